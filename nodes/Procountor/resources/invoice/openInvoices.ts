import type { IDataObject } from 'n8n-workflow';
import { parseDate, daysBetween } from '../../validation/dates';
import type { OperationHandler } from '../../engine/task';
import { type Client, type InvoiceStatus, type InvoiceType, pages, readInParallel } from '../../api';
import { hintAtMissingRights } from '../../access/missingRightsHint';
import { toCents, toEuros } from '../../validation/cents';
import { fieldsOrNull, listAt, objectAt } from '../../utils/objects';
import { QUEUED } from '../shared/invoicePayments';

type Side = 'receivables' | 'payables';

/** The types of invoices that are receivables or payables. */
export const TYPES: Record<Side, InvoiceType[]> = {
	receivables: ['SALES_INVOICE'],
	payables: ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'],
};

/**
 * Statuses of invoices that are still to be paid: no drafts, and no rejected, void, or paid invoices. A payment that is
 * queued or on its way to the bank has not been made.
 */
export const openStatuses: Record<Side, InvoiceStatus[]> = {
	receivables: ['NOT_SENT', 'APPROVED', 'SENT', 'PARTLY_PAID', 'PAYMENT_TRANSACTION_REMOVED'],
	payables: [
		'RECEIVED',
		'VERIFIED',
		'APPROVED',
		'PAYMENT_QUEUED',
		'PAYMENT_SENT_TO_BANK',
		'PARTLY_PAID',
		'PAYMENT_TRANSACTION_REMOVED',
	],
};

/** Statuses of invoices that can have payments. A payment changes any other status. */
const MAY_HAVE_PAYMENTS = new Set([
	'PARTLY_PAID',
	'PAYMENT_QUEUED',
	'PAYMENT_SENT_TO_BANK',
	'PAYMENT_TRANSACTION_REMOVED',
]);

/** Whether an invoice of this status can have payments. They are not part of its record. */
export function mayHavePayments(status: unknown): boolean {
	return MAY_HAVE_PAYMENTS.has(String(status));
}

/** Statuses of payment events that were paid or marked as paid. */
const PAID_EVENTS = new Set(['PAID', 'MARKED_PAID', 'PARTLY_PAID']);
const QUEUED_EVENTS = new Set(['APPROVED', ...QUEUED]);

/** The last day overdue of each age bracket. */
const AGE_BRACKETS: Array<[name: string, upTo: number]> = [
	['notDue', 0],
	['overdue1To30', 30],
	['overdue31To60', 60],
	['overdue61To90', 90],
	['overdueOver90', Infinity],
];

/** Returns the paid, open, and overdue amounts to the cent, one item for each invoice or partner. */
export const getOpenInvoices: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const sides: Side[] =
		settings.side === 'both'
			? ['receivables', 'payables']
			: [settings.side === 'payables' ? 'payables' : 'receivables'];
	const today = parseDate(new Date());
	const day = settings.day === undefined ? (today.ok ? today.value : '') : String(settings.day);
	const statuses = (Array.isArray(settings.statuses) ? settings.statuses : []) as InvoiceStatus[];
	const allPayments = settings.allPayments === true;
	return {
		readOnly: true,
		async run(client) {
			const found = await Promise.all(
				sides.map(
					async (side) =>
						await readOpenInvoices(client, side, statuses.length ? statuses : openStatuses[side], day, allPayments),
				),
			);
			const rows = found.flat().filter((row) => settings.onlyOverdue !== true || Number(row.daysOverdue) > 0);
			if (rows.length === 0)
				for (const side of sides)
					await hintAtMissingRights(input.context, client, 'GET /invoices', { types: TYPES[side] });
			return (settings.per === 'partner' ? sumByPartner(rows) : rows).map((json) => ({ json }));
		},
	};
};

async function readOpenInvoices(
	client: Client,
	side: Side,
	statuses: readonly InvoiceStatus[],
	day: string,
	allPayments: boolean,
): Promise<IDataObject[]> {
	const invoices = await readInParallel(
		client,
		{ call: 'GET /invoices', query: { types: TYPES[side], status: statuses }, noun: 'invoices' },
		async (page) => page,
	);
	const rows = await Promise.all(
		invoices
			.flat()
			.map(async (invoice) =>
				toOpenRow(
					side,
					invoice,
					allPayments || mayHavePayments(invoice.status) ? await readPaymentEvents(client, invoice) : [],
					day,
				),
			),
	);
	return rows
		.filter(({ open, openInBooks }) => open !== 0 || openInBooks !== 0)
		.sort((a, b) => Number(b.daysOverdue) - Number(a.daysOverdue) || Number(a.invoiceId) - Number(b.invoiceId));
}

async function readPaymentEvents(client: Client, { id }: IDataObject): Promise<IDataObject[]> {
	const events: IDataObject[] = [];
	for await (const page of pages(client, {
		call: 'GET /invoices/{invoiceId}/paymentevents',
		path: { invoiceId: Number(id) },
		noun: `payments of invoice ${String(id)}`,
	}))
		events.push(...page);
	return events;
}

/** Returns one open invoice with amounts in its own currency and in the currency of the books. */
function toOpenRow(side: Side, invoice: IDataObject, events: readonly IDataObject[], day: string): IDataObject {
	const infos = listAt(invoice, 'invoiceSumInfo');
	const books = infos.find(({ inAccountingCurrency }) => inAccountingCurrency === true) ?? infos[0] ?? {};
	const own = infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? books;
	const paidEvents = events.filter(({ status }) => PAID_EVENTS.has(String(status)));
	const queued = events.filter(({ status }) => QUEUED_EVENTS.has(String(status)));
	const inOwn = (list: readonly IDataObject[]): number =>
		list.reduce(
			(sum, event) =>
				sum +
				toCents(
					event.paidCurrency === own.currency || event.paidCurrency === undefined
						? (event.paidAmount ?? event.amount)
						: inInvoiceCurrency(event, own, books),
				),
			0,
		);
	const inBooks = (list: readonly IDataObject[]): number => list.reduce((sum, { amount }) => sum + toCents(amount), 0);
	const dueDate = invoice.newDueDate ?? invoice.dueDate;
	const daysOverdue = typeof dueDate === 'string' ? Math.max(0, daysBetween(dueDate, day)) : 0;
	const [paid, paidInBooks] = [inOwn(paidEvents), inBooks(paidEvents)];
	return {
		side,
		invoiceId: invoice.id ?? null,
		...fieldsOrNull(invoice, ['invoiceNumber', 'originalInvoiceNumber', 'type', 'status', 'date']),
		dueDate: dueDate ?? null,
		daysOverdue,
		age: AGE_BRACKETS.find(([, upTo]) => daysOverdue <= upTo)?.[0] ?? null,
		...partnerFields(invoice),
		currency: own.currency ?? null,
		total: toEuros(toCents(own.invoiceSumTotal)),
		paid: toEuros(paid),
		queued: toEuros(inOwn(queued)),
		open: toEuros(toCents(own.invoiceSumTotal) - paid),
		currencyOfBooks: books.currency ?? null,
		totalInBooks: toEuros(toCents(books.invoiceSumTotal)),
		paidInBooks: toEuros(paidInBooks),
		openInBooks: toEuros(toCents(books.invoiceSumTotal) - paidInBooks),
	};
}

function partnerFields(invoice: IDataObject): IDataObject {
	const counterparty = objectAt(invoice, 'counterParty');
	return {
		partnerId: invoice.partnerId ?? null,
		partnerName: objectAt(counterparty, 'counterPartyAddress').name ?? null,
		customerNumber: counterparty.customerNumber ?? null,
		businessId: counterparty.identifier ?? null,
		email: counterparty.email ?? null,
	};
}

/** Converts a payment in a third currency from the currency of the books, at the invoice's own rate. */
function inInvoiceCurrency({ amount }: IDataObject, own: IDataObject, books: IDataObject): number {
	const total = Number(books.invoiceSumTotal);
	return total === 0 ? 0 : (Number(amount) * Number(own.invoiceSumTotal)) / total;
}

/** Returns the totals of each partner's open invoices in the currency of the books, by days overdue. */
function sumByPartner(rows: readonly IDataObject[]): IDataObject[] {
	const groups = new Map<string, IDataObject[]>();
	for (const row of rows) {
		// A partner outside the register is identified by business ID and name.
		const key = JSON.stringify([row.side, row.partnerId ?? [row.businessId, row.partnerName]]);
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()].map((group) => {
		const sum = (name: string, of: readonly IDataObject[] = group): number =>
			toEuros(of.reduce((cents, row) => cents + toCents(row[name]), 0));
		const { side, partnerId, partnerName, customerNumber, businessId, currencyOfBooks } = group[0];
		return {
			side,
			partnerId,
			partnerName,
			customerNumber,
			businessId,
			currency: currencyOfBooks,
			invoices: group.length,
			total: sum('totalInBooks'),
			paid: sum('paidInBooks'),
			open: sum('openInBooks'),
			overdue: sum(
				'openInBooks',
				group.filter(({ daysOverdue }) => Number(daysOverdue) > 0),
			),
			daysOverdue: Math.max(...group.map(({ daysOverdue }) => Number(daysOverdue))),
			...Object.fromEntries(
				AGE_BRACKETS.map(([name]) => [
					name,
					sum(
						'openInBooks',
						group.filter(({ age }) => age === name),
					),
				]),
			),
		};
	});
}
