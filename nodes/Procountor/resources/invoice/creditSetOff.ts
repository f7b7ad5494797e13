import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, negate, toText, type Decimal } from '../../validation/money';
import type { CurrencyCode, MarkAsPaidMethod } from '../../api';
import { unwrap } from '../shared/bookkeeping/rows';
import { objectAt } from '../../utils/objects';
import { markPaid, openAmount, readPayments, setOffAmount } from '../shared/invoicePayments';
import { nameOfInvoice, totalOf } from '../shared/invoiceRecord';
import type { Step } from '../shared/steps';
import type { SavedInvoice } from './savedInvoice';

/** Marks the invoice and its credit as paid by each other. A payment whose description names the other counts as done. */
export function setOffSteps(saved: SavedInvoice, original: IDataObject, body: IDataObject): Step[] {
	const { client, lookUpSeconds } = saved;
	const currency = objectAt(body, 'paymentInfo').currency as CurrencyCode;
	const step = (
		name: string,
		invoice: () => IDataObject,
		other: () => IDataObject,
		method: MarkAsPaidMethod,
		amountOf: (open: Decimal) => Decimal,
	): Step => ({
		name,
		async run() {
			const payments = await readPayments(client, Number(invoice().id));
			const description = `Set off against ${nameOfInvoice(other())}`;
			const earlier = payments.find((payment) => payment.description === description);
			if (earlier) return void (creditShare ??= unwrap('Amount', parseDecimal(earlier.paidAmount)));
			const amount = amountOf(openAmount(invoice(), payments));
			if (amount.digits === 0n) return undefined;
			await markPaid(
				client,
				invoice(),
				payments,
				{ paymentDate: String(body.date), amount, currency, description, paymentMethodType: method },
				lookUpSeconds,
			);
			return `${nameOfInvoice(invoice())} set off (${toText(amount, 2)})`;
		},
	});
	/** The amount that is set off, known after the first step. */
	let creditShare: Decimal | undefined;
	const creditTotal = (): Decimal => unwrap('Sum', parseDecimal(totalOf(saved.record) ?? 0));
	return [
		step(
			'set off the invoice',
			() => original,
			() => saved.record,
			'CREDIT_NOTE',
			(open) => (creditShare = setOffAmount(open, creditTotal())),
		),
		step(
			'set off the credit',
			() => saved.record,
			() => original,
			'SET_OFF',
			(open) => (creditShare === undefined ? open : negate(creditShare)),
		),
	];
}
