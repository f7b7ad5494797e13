import { round2, sum } from '../../money';
import type { Switches } from '../../switches';
import type { Company } from '../../world/world';
import { invoices } from '../invoices/model';
import { type Receipt, receipts, statusOf, type Transaction } from '../receipts/model';

/** Where the VAT of transactions goes: they carry their net amount and the percentage alone. */
export const VAT_ACCOUNTS = { SALES: '2939', PURCHASE: '1763' } as const;

/** Statuses of a receipt that counts: what is void or still empty does not. */
const COUNTED = [
	'APPROVED',
	'SENT',
	'NOT_SENT',
	'PAYMENT_SENT_TO_BANK',
	'PAID',
	'PARTLY_PAID',
	'MARKED_PAID',
	'PAYMENT_QUEUED',
	'PAYMENT_DENIED',
	'UNFINISHED',
	'VERIFIED',
	'RECEIVED',
];
const NOT_APPROVED_YET = ['UNFINISHED', 'VERIFIED', 'RECEIVED', 'PAYMENT_DENIED'];

/** Orders are no bookkeeping: they count only where they are asked for. */
const ORDERS = ['SALES_ORDER', 'PURCHASE_ORDER'];

/** The statuses of a report that names none: see the switch `reportDefaultStatuses`. */
export const defaultStatuses = ({ reportDefaultStatuses }: Switches): string[] =>
	COUNTED.filter((status) => reportDefaultStatuses === 'all' || !NOT_APPROVED_YET.includes(status));

/** Which receipts a report is made of. What is absent does not matter. */
export interface Selection {
	statuses?: string[];
	types?: string[];
	currency?: string;
	/** Part of the receipt's name. */
	name?: string;
	/** First and last day of the months that the receipt's period must touch. */
	periodStart?: string;
	periodEnd?: string;
}

/** A receipt with the status that it has now. */
export type Booked = Receipt & { currency: string; currencyRate: number };

function fits(
	receipt: Booked,
	{ statuses = COUNTED, types, currency, name, periodStart, periodEnd }: Selection,
): boolean {
	const [start, end] = [
		receipt.periodStartDate ?? receipt.receiptDate,
		receipt.periodEndDate ?? receipt.periodStartDate ?? receipt.receiptDate,
	];
	return (
		statuses.includes(receipt.status) &&
		(types ? types.includes(receipt.type) : !ORDERS.includes(receipt.type)) &&
		(currency === undefined || receipt.currency === currency) &&
		(name === undefined || receipt.name.toLowerCase().includes(name.toLowerCase())) &&
		(periodStart === undefined || end >= periodStart) &&
		(periodEnd === undefined || start <= periodEnd)
	);
}

/** The receipts that a report counts, by rising id. */
export function bookedReceipts(company: Company, selection: Selection): Booked[] {
	const booked = company
		.register(receipts)
		.all()
		.map(({ record }): Booked => {
			const invoice = company.register(invoices).get(record.invoiceId ?? 0)?.record;
			const { currency = 'EUR', currencyRate = 1 } = invoice?.type === 'JOURNAL' ? {} : (invoice?.paymentInfo ?? {});
			return { ...record, status: statusOf(company, record), currency, currencyRate };
		});
	return booked.filter((receipt) => fits(receipt, selection));
}

/** What a transaction moves on one account: its own net amount, or its VAT. */
export interface Move {
	account: string;
	/** Debit positive, credit negative, in euros. */
	value: number;
	transaction: Transaction;
}

/** VAT of a transaction, and the part that may not be deducted and stays on its own account. */
export function vatOf(
	receipt: Receipt,
	transaction: Transaction & { vatDeductionPercent?: number },
): { vat: number; kept: number; account: string } {
	const side = transaction.vatType ?? receipt.vatType;
	const vat = round2((transaction.accountingValue * transaction.vatPercent) / 100);
	const deduction = side === 'PURCHASE' ? (transaction.vatDeductionPercent ?? 100) : 100;
	return { vat, kept: round2(vat - round2((vat * deduction) / 100)), account: VAT_ACCOUNTS[side] };
}

/** All moves of a receipt. They add up to zero. */
export function movesOf(receipt: Receipt): Move[] {
	return receipt.transactions.flatMap((transaction): Move[] => {
		const { vat, kept, account } = vatOf(receipt, transaction);
		const own = { account: transaction.account, value: round2(transaction.accountingValue + kept), transaction };
		return vat === kept ? [own] : [own, { account, value: round2(vat - kept), transaction }];
	});
}

/** Sums of moves by account. */
export function balances(moves: Move[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const { account, value } of moves) sums.set(account, round2((sums.get(account) ?? 0) + value));
	return sums;
}

/** Sum of the accounts from one code to another, both included. */
export const between = (sums: Map<string, number>, from: string, to: string): number =>
	sum([...sums].filter(([account]) => account >= from && account <= to).map(([, value]) => value));
