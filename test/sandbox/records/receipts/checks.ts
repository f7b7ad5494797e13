import { badRequest } from '../../errors';
import { round2, sum } from '../../money';
import type { Company } from '../../world/world';
import { checkAccount, checkVat, checkVatStatus } from '../accounts';
import { checkDimensionValues } from '../dimensions';
import { partners } from '../partners';
import { checkOpenDay } from '../periods';
import { gross, ROUNDING_ACCOUNT } from './generate';
import type { ReceiptFields, Transaction } from './model';

type Draft = Omit<Transaction, 'id'> & { id?: number };

/**
 * Checks a receipt and gives its transactions with amounts in cents, balanced if asked for (docs/procountor.md#ledger-receipts).
 * @param createReconciliation adds a row for what is missing to zero
 * @throws Refusal 400 at the first thing wrong
 */
export function checkedTransactions(company: Company, receipt: ReceiptFields, createReconciliation: boolean): Draft[] {
	checkOpenDay(company, receipt.receiptDate, 'receiptDate');
	const side = receipt.vatType === 'SALES' ? 'sales' : 'purchase';
	checkVatStatus(company, side, receipt.vatStatus, 'vatStatus');
	if (receipt.vatProcessing !== undefined && receipt.vatProcessing !== 'FINLAND' && !company.settings.foreignVat)
		throw badRequest('Foreign VAT is not in use.', 'vatProcessing');
	if (receipt.partnerId !== undefined && !company.register(partners).get(receipt.partnerId))
		throw badRequest('Business partner does not exist in the register.', 'partnerId');
	const { periodStartDate, periodEndDate } = receipt;
	if (periodStartDate !== undefined && periodEndDate !== undefined && periodStartDate >= periodEndDate)
		throw badRequest('Period must end after its start.', 'periodEndDate');
	const transactions: Draft[] = receipt.transactions.map((one) => ({
		...one,
		accountingValue: round2(one.accountingValue),
	}));
	for (const type of ['REVERSING_ENTRY', 'RECONCILIATION_ENTRY']) {
		if (transactions.filter(({ transactionType }) => transactionType === type).length > 1)
			throw badRequest(`At most one ${type} is allowed.`, 'transactions');
	}
	transactions.forEach((one, index) => checkTransaction(company, receipt, one, `transactions[${index}]`));
	return balanced(transactions, createReconciliation);
}

function checkTransaction(company: Company, receipt: ReceiptFields, one: Draft, field: string): void {
	checkAccount(company, one.account, one.vatPercent, field);
	if (one.transactionType === 'ENTRY') {
		const side = (one.vatType ?? receipt.vatType) === 'SALES' ? 'sales' : 'purchase';
		checkVat(company, side, one.vatStatus ?? receipt.vatStatus, one.vatPercent, field);
	} else if (one.vatPercent !== 0) {
		throw badRequest('VAT percentage must be 0.', `${field}.vatPercent`);
	} else if (one.vatStatus !== undefined) {
		throw badRequest('VAT status cannot be given.', `${field}.vatStatus`);
	}
	checkDimensionValues(company, one.dimensionItemValues, one.accountingValue, `${field}.dimensionItemValues`);
}

function balanced(transactions: Draft[], createReconciliation: boolean): Draft[] {
	const difference = sum(transactions.map(gross));
	if (difference === 0) return transactions;
	if (!createReconciliation) throw badRequest('Ledger receipt does not reconcile.', 'transactions');
	const present = transactions.find(({ transactionType }) => transactionType === 'RECONCILIATION_ENTRY');
	if (present) present.accountingValue = round2(present.accountingValue - difference);
	else
		transactions.push({
			transactionType: 'RECONCILIATION_ENTRY',
			account: ROUNDING_ACCOUNT,
			accountingValue: -difference,
			vatPercent: 0,
			dimensionItemValues: [],
		});
	return transactions;
}
