/** The credits that an invoice has already. */
import type { IDataObject } from 'n8n-workflow';
import { type Client, loadRecords, pages } from '../../api';
import { invoicesNumbered, isActive, partyName, totalOf } from '../shared/invoiceRecord';

/** What ties a credit to its invoice where it has no number of its own: a line in the notes, which nobody but the company sees. */
export const MARK = 'Credit of invoice ';
export const markOf = ({ id, invoiceNumber }: IDataObject): string =>
	`${MARK}${String(invoiceNumber ?? '')} (ID ${String(id)})`;

/** The credits of an invoice: by their own number, or by the mark in their notes; void ones left aside. */
export async function creditsOf(
	client: Client,
	original: IDataObject,
	number: string | undefined,
	date: string,
): Promise<number[]> {
	const partnerId = original.partnerId as number | undefined;
	const isOpposite = (one: IDataObject): boolean =>
		one.id !== original.id && (totalOf(one) ?? 0) * (totalOf(original) ?? 0) <= 0;
	if (number !== undefined)
		return await invoicesNumbered(client, {
			type: 'SALES_INVOICE',
			number,
			partnerId,
			name: partyName(original),
			counts: isOpposite,
		});
	const startDate = [String(original.date), date].sort()[0];
	const query = {
		types: ['SALES_INVOICE'] as const,
		startDate,
		...(partnerId ? { businessPartnerId: partnerId } : {}),
	};
	const ids: number[] = [];
	for await (const page of pages(client, { call: 'GET /invoices', query, confirmEmpty: true })) {
		const opposite = page
			.filter((one) => isActive(one) && isOpposite(one) && partyName(one) === partyName(original))
			.map(({ id }) => Number(id));
		const whole = await loadRecords(client, 'GET /invoices/{invoiceId}', opposite);
		const marked = whole.filter(({ notes }) => String(notes ?? '').split('\n')[0] === markOf(original));
		ids.push(...marked.map(({ id }) => Number(id)));
	}
	return ids;
}
