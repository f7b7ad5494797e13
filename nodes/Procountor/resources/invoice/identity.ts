import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api';
import { readSession } from '../shared/companyData';
import type { Identity } from '../shared/createOnce';
import { capitalized } from '../../utils/texts';
import { foldName, findInvoicesByNumber, counterpartyName, nameOfInvoice } from '../shared/invoiceRecord';
import { isSales, type InvoiceType } from '../shared/invoiceTypes';

/** What identifies an invoice. `similar` collects the invoices whose numbers `find` saw in another spelling, by ID. */
export interface InvoiceIdentity extends Identity {
	similar: Map<number, IDataObject>;
}

/** Returns the identity of an invoice with an own number. */
export async function invoiceIdentity(
	client: Client,
	type: InvoiceType,
	number: string,
	body: IDataObject,
): Promise<InvoiceIdentity> {
	const { companyId } = await readSession(client);
	const partnerId = body.partnerId as number | undefined;
	const name = counterpartyName(body);
	const isOffer = body.isOffer === true;
	const similar: InvoiceIdentity['similar'] = new Map();
	const find = async (): Promise<number[]> =>
		await findInvoicesByNumber(client, {
			type,
			number,
			partnerId,
			name,
			isOffer,
			anyCounterparty: isSales(type),
			onSimilar: (record) => void similar.set(Number(record.id), record),
		});
	return {
		similar,
		// Sales numbers are the company's own, so another customer with the same number is a mistake in the data.
		key: [companyId, type, isOffer, isSales(type) || (partnerId ?? foldName(name)), number],
		find,
		search: {
			list: 'GET /invoices',
			query: { types: [type], ...(isOffer ? { isOffer } : {}) },
			keyOf: (row) => String(row.originalInvoiceNumber ?? '').trim(),
			ownKey: number,
			findAll: find,
		},
	};
}

/** Whether Procountor already has the invoice. Without an own number, it counts as new. */
export async function invoiceExists(
	client: Client,
	type: InvoiceType,
	body: IDataObject,
	{ ifExists }: IDataObject,
): Promise<boolean> {
	const number = body.originalInvoiceNumber as string | undefined;
	if (number === undefined || ifExists === 'create') return false;
	const { find } = await invoiceIdentity(client, type, number, body);
	return (await find()).length > 0;
}

/**
 * Warns of invoices whose numbers differ only in spelling. They count as other invoices, because numbers are compared
 * exactly.
 */
export function similarNumberWarnings({ similar }: InvoiceIdentity, { originalInvoiceNumber }: IDataObject): string[] {
	return [...similar.values()].map(
		(record) =>
			`${capitalized(nameOfInvoice(record))} has the number '${String(record.originalInvoiceNumber)}', and this one '${String(originalInvoiceNumber)}'. If they are the same invoice, invalidate one of them`,
	);
}
