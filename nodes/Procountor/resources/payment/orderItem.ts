import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { add, parseDecimal, toText, ZERO, type Decimal } from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import type { PaymentOrder } from '../shared/payments/orders';
import { objectAt } from '../../utils/objects';
import { joinFirst } from '../../utils/texts';

/** Returns the fields that identify a bill in the order's output. */
export function billSummary(invoice: IDataObject): IDataObject {
	const { id, invoiceNumber, originalInvoiceNumber, status } = invoice;
	return { invoiceId: id, invoiceNumber, originalInvoiceNumber, status };
}

/** Returns a payment for the order's output. */
export function paymentRow(invoice: IDataObject, payment: IDataObject): IDataObject {
	const { amount, paymentDate, paymentMethod, recipientBankAccount, bankReferenceCode, message } = payment;
	const { name } = objectAt(payment, 'recipientNameAndAddress');
	const { currency } = objectAt(invoice, 'paymentInfo');
	const recipient = { recipient: name, recipientBankAccount, bankReferenceCode, message };
	return { ...billSummary(invoice), amount, currency, paymentDate, paymentMethod, ...recipient };
}

/** Returns an order's output. */
export function orderOutput(
	{ transactionIdentifier, confirmationApp }: PaymentOrder,
	payments: IDataObject[],
	isNew: boolean,
): IDataObject {
	return {
		transactionIdentifier,
		confirmationApp,
		result: 'WAITING',
		ordered: isNew,
		totals: sumByCurrency(payments),
		payments,
	};
}

/** Returns the total of each currency as text, such as `1234.50`. */
function sumByCurrency(payments: readonly IDataObject[]): IDataObject {
	const totals = new Map<string, Decimal>();
	for (const { currency, amount } of payments)
		totals.set(String(currency), add(totals.get(String(currency)) ?? ZERO, unwrap('Amount', parseDecimal(amount))));
	return Object.fromEntries([...totals].map(([currency, total]) => [currency, toText(total, 2)]));
}

/** Shows a hint with the payments that were left out. */
export function hintLeftOut(context: IExecuteFunctions, leftOut: readonly IDataObject[]): void {
	if (leftOut.length === 0) return;
	const names = leftOut.map(
		({ invoiceNumber, invoiceId, reason }) => `${String(invoiceNumber ?? invoiceId)} ${String(reason)}`,
	);
	const message = `Left out: ${joinFirst(names, 10)}`;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
