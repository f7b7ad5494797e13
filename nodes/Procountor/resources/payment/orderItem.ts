import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { add, decimal, toText, zero, type Decimal } from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import type { PaymentOrder } from '../shared/payments/orders';
import { objectAt } from '../../utils/objects';

/** Returns how the order's item names a bill. */
export function summaryOf(invoice: IDataObject): IDataObject {
	const { id, invoiceNumber, originalInvoiceNumber, status } = invoice;
	return { invoiceId: id, invoiceNumber, originalInvoiceNumber, status };
}

/** Returns a payment for the order's item. */
export function rowOf(invoice: IDataObject, payment: IDataObject): IDataObject {
	const { amount, paymentDate, paymentMethod, recipientBankAccount, bankReferenceCode, message } = payment;
	const { name } = objectAt(payment, 'recipientNameAndAddress');
	const { currency } = objectAt(invoice, 'paymentInfo');
	const account = { recipient: name, recipientBankAccount, bankReferenceCode, message };
	return { ...summaryOf(invoice), amount, currency, paymentDate, paymentMethod, ...account };
}

/** Returns an order as an item. */
export function itemOf(
	{ transactionIdentifier, confirmationApp }: PaymentOrder,
	payments: IDataObject[],
	isNew: boolean,
): IDataObject {
	return {
		transactionIdentifier,
		confirmationApp,
		result: 'WAITING',
		ordered: isNew,
		totals: totalsOf(payments),
		payments,
	};
}

/** Sums by currency, as texts such as `1234.50`. */
function totalsOf(payments: readonly IDataObject[]): IDataObject {
	const totals = new Map<string, Decimal>();
	for (const { currency, amount } of payments)
		totals.set(String(currency), add(totals.get(String(currency)) ?? zero, unwrap('Amount', decimal(amount))));
	return Object.fromEntries([...totals].map(([currency, total]) => [currency, toText(total, 2)]));
}

/** Shows in the editor which bills were left out. */
export function tell(context: IExecuteFunctions, leftOut: readonly IDataObject[]): void {
	if (leftOut.length === 0) return;
	const names = leftOut.map(
		({ invoiceNumber, invoiceId, reason }) => `${String(invoiceNumber ?? invoiceId)} ${String(reason)}`,
	);
	const message = `Left out: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
