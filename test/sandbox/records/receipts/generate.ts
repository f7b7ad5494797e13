import { round2, sum } from '../../money';
import type { Switches } from '../../switches';
import type { Entry } from '../../world/register';
import type { Company } from '../../world/world';
import {
	inEuros,
	type Invoice,
	type InvoiceRow,
	isSales,
	isTravelOrExpense,
	nextNumber,
	rowNet,
	sumsOf,
} from '../invoices/model';
import { products } from '../products';
import { type Receipt, receipts, type Transaction } from './model';

/** Where differences of cents go. */
export const ROUNDING_ACCOUNT = '8450';

/** Gross value of a transaction: what must add up to zero on a receipt. */
export const gross = ({ accountingValue, vatPercent }: Pick<Transaction, 'accountingValue' | 'vatPercent'>): number =>
	round2(accountingValue + round2((accountingValue * vatPercent) / 100));

/** Default accounts by kind of invoice: the balance sheet's side, and the entries'. */
function defaultAccounts({ type }: Invoice): { balance: string; entry: string } {
	if (isSales(type)) return { balance: '1701', entry: '3000' };
	if (isTravelOrExpense(type)) return { balance: '2876', entry: type === 'TRAVEL_INVOICE' ? '7800' : '7600' };
	return { balance: '2871', entry: '4000' };
}

function accountOf(company: Company, invoice: Invoice, row: InvoiceRow): string {
	const product = row.productId === undefined ? undefined : company.register(products).get(row.productId)?.record;
	// The register's account counts only with accounting by row.
	const own = invoice.extraInfo.accountingByRow ? (product?.bookkeepingAccount ?? product?.defaultAccount) : undefined;
	return own ?? defaultAccounts(invoice).entry;
}

/** The transactions that Procountor makes of an invoice: one on the balance sheet, the entries, and cents that are left over. */
export function transactionsOf(company: Company, invoice: Invoice, switches: Switches): Transaction[] {
	const sign = isSales(invoice.type) ? 1 : -1;
	const vatType = isSales(invoice.type) ? 'SALES' : 'PURCHASE';
	const entries: Array<Omit<Transaction, 'id'>> = [];
	for (const row of invoice.invoiceRows) {
		const accountingValue = inEuros(invoice, -sign * round2(rowNet(invoice, row)));
		if (switches.receiptOmitsZeroRows && accountingValue === 0) continue;
		const vatStatus = row.vatStatus ?? invoice.vatStatus ?? 1;
		const account = accountOf(company, invoice, row);
		const twin = entries.find(
			(one) => one.account === account && one.vatPercent === row.vatPercent && one.vatStatus === vatStatus,
		);
		if (twin && (!invoice.extraInfo.accountingByRow || switches.receiptMergesRows))
			twin.accountingValue = round2(twin.accountingValue + accountingValue);
		else
			entries.push({
				transactionType: 'ENTRY',
				account,
				accountingValue,
				vatPercent: row.vatPercent,
				vatType,
				vatStatus,
				description: row.product.slice(0, 255),
				dimensionItemValues: [],
			});
	}
	if (switches.receiptRowOrder === 'reversed') entries.reverse();
	const total = inEuros(invoice, sign * sumsOf(invoice).total);
	const balance: Omit<Transaction, 'id'> = {
		transactionType: 'REVERSING_ENTRY',
		account: defaultAccounts(invoice).balance,
		accountingValue: total,
		vatPercent: 0,
		dimensionItemValues: [],
	};
	const all = [balance, ...entries];
	const difference = sum(all.map(gross));
	if (difference !== 0)
		all.push({
			transactionType: 'RECONCILIATION_ENTRY',
			account: ROUNDING_ACCOUNT,
			accountingValue: -difference,
			vatPercent: 0,
			dimensionItemValues: [],
		});
	return all.map((transaction) => ({ id: nextNumber(company, 'transaction', 700_001), ...transaction }));
}

/** Fields of an invoice's receipt without its id. */
export function receiptOf(company: Company, invoice: Invoice, switches: Switches): Omit<Receipt, 'id'> {
	return {
		type: invoice.type,
		status: invoice.status,
		name: invoice.counterParty.counterPartyAddress.name.slice(0, 80),
		receiptDate: invoice.date,
		vatType: isSales(invoice.type) ? 'SALES' : 'PURCHASE',
		vatStatus: invoice.vatStatus ?? 1,
		invoiceId: invoice.id,
		invoiceNumber: invoice.invoiceNumber,
		receiptNumber: nextNumber(company, 'receipt', 1),
		...(invoice.partnerId === undefined ? {} : { partnerId: invoice.partnerId }),
		transactions: transactionsOf(company, invoice, switches),
	};
}

/** Makes the receipt of an invoice and ties both together. */
export function addReceiptFor(
	company: Company,
	entry: Entry<Invoice>,
	switches: Switches,
	at?: number,
): Entry<Receipt> {
	const fields = receiptOf(company, entry.record, switches);
	const made = company.register(receipts).add((id) => ({ ...fields, id }), entry.creatorId, { at });
	entry.record = { ...entry.record, ledgerReceiptId: made.id };
	return made;
}

/** What decides an invoice's bookkeeping: when it changes, the receipt is made again, with a new id and without what was changed in it. */
export const accountingKey = ({
	invoiceRows,
	discountPercent,
	paymentInfo,
	vatStatus,
	vatCountry,
	extraInfo,
}: Invoice): string =>
	JSON.stringify([
		invoiceRows.map(({ productId, quantity, unitPrice, discountPercent: discount, vatPercent, vatStatus: status }) => [
			productId,
			quantity,
			unitPrice,
			discount,
			vatPercent,
			status,
		]),
		discountPercent,
		paymentInfo.currency,
		paymentInfo.currencyRate,
		vatStatus,
		vatCountry,
		extraInfo.accountingByRow,
		extraInfo.unitPricesIncludeVat,
	]);

/** Brings the receipt of a replaced invoice up to date. */
export function followInvoice(company: Company, entry: Entry<Invoice>, before: Invoice, switches: Switches): void {
	const register = company.register(receipts);
	const old = before.ledgerReceiptId === undefined ? undefined : register.get(before.ledgerReceiptId);
	if (!old || accountingKey(before) !== accountingKey(entry.record)) {
		if (old) register.delete(old.id);
		addReceiptFor(company, entry, switches);
		return;
	}
	entry.record = { ...entry.record, ledgerReceiptId: old.id };
	register.put(old, {
		...old.record,
		name: entry.record.counterParty.counterPartyAddress.name.slice(0, 80),
		receiptDate: entry.record.date,
	});
}
