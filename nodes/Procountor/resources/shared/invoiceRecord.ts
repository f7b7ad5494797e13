import type { IDataObject } from 'n8n-workflow';
import { type Client, type Invoice, pages, ProcountorError } from '../../api';
import type { InvoiceType } from './invoiceTypes';
import { listAt } from '../../utils/objects';

/** Whether an invoice or journal counts as existing; void and deleted ones do not. */
export function isActive({ status }: IDataObject): boolean {
	return status !== 'INVALIDATED' && status !== 'DELETED';
}

/** Reads an invoice; undefined while Procountor does not show it. */
export async function readInvoice(client: Client, id: number): Promise<Invoice | undefined> {
	return await client.getOptional('GET /invoices/{invoiceId}', { path: { invoiceId: id }, noun: `invoice ${id}` });
}

/** @throws {ProcountorError} for an ID that no invoice has; it names the invoice that has the ID as its number */
export function throwInvoiceNotFound(id: number): never {
	throw new ProcountorError({
		message: `Procountor has no such record: invoice ${id}`,
		status: 404,
		advice: 'Check the ID, and that the credential is of the company that the invoice belongs to.',
		refused: { call: 'GET /invoices/{invoiceId}', ids: [id] },
	});
}

/** What identifies an invoice: type, own number, and counterparty (docs/procountor.md#invoice-numbers). */
export interface InvoiceSearch {
	type: InvoiceType;
	number: string;
	partnerId?: number;
	name: string;
	isOffer?: boolean;
	/** Whether to include invoices of other counterparties, after those of this one. */
	anyCounterparty?: boolean;
	/** A further condition; void and deleted invoices are always left out. */
	isCandidate?: (record: IDataObject) => boolean;
	/** Called with each invoice whose number differs only in case and spaces. */
	onSimilar?: (record: IDataObject) => void;
}

/**
 * Returns the IDs of the invoices with the number and the counterparty, by rising ID, without void ones. Numbers are
 * compared here, because it is uncertain whether Procountor's search also finds parts of numbers. Counterparties are
 * compared by their register entries, or by their names in any case and spacing.
 */
export async function findInvoicesByNumber(
	client: Client,
	{ type, number, partnerId, name, isOffer, anyCounterparty, isCandidate = () => true, onSimilar }: InvoiceSearch,
): Promise<number[]> {
	const ids: number[] = [];
	const idsOfOthers: number[] = [];
	const query = { types: [type], originalInvoiceNumber: number, ...(isOffer ? { isOffer } : {}) };
	for await (const page of pages(client, { call: 'GET /invoices', query, confirmEmpty: true })) {
		for (const record of page.filter((one) => one.type === type && isActive(one) && isCandidate(one))) {
			const recordNumber = String(record.originalInvoiceNumber ?? '').trim();
			const isOwn = isOfCounterparty(record, partnerId, name);
			if (recordNumber === number) (isOwn ? ids : idsOfOthers).push(Number(record.id));
			else if ((isOwn || anyCounterparty) && withoutSpaces(recordNumber) === withoutSpaces(number)) onSimilar?.(record);
		}
	}
	return anyCounterparty ? [...ids, ...idsOfOthers] : ids;
}

const withoutSpaces = (number: string): string => foldName(number).replaceAll(' ', '');

/** Returns a name for comparison, without differences in case and spaces. */
export function foldName(name: string): string {
	return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function isOfCounterparty(record: IDataObject, partnerId: number | undefined, name: string): boolean {
	if (partnerId !== undefined && record.partnerId !== undefined && record.partnerId !== null)
		return Number(record.partnerId) === partnerId;
	return foldName(counterpartyName(record)) === foldName(name);
}

/** Returns the counterparty's name on an invoice. */
export function counterpartyName(record: IDataObject): string {
	const counterparty = record.counterParty as { counterPartyAddress?: IDataObject } | undefined;
	return String(counterparty?.counterPartyAddress?.name ?? '').trim();
}

/** Returns the total of an invoice with VAT, in its own currency, as Procountor calculates it. */
export function totalOf(invoice: IDataObject): number | undefined {
	const sums = listAt(invoice, 'invoiceSumInfo');
	const own = sums.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? sums[0];
	const total = own?.invoiceSumTotal ?? invoice.sum;
	return total === undefined ? undefined : Number(total);
}

/** `invoice 1042` by Procountor's own number, or by its ID. */
export function nameOfInvoice({ invoiceNumber, id }: IDataObject): string {
	return invoiceNumber === undefined
		? `invoice with ID ${String(id)}`
		: `invoice ${String(invoiceNumber)} (ID ${String(id)})`;
}
