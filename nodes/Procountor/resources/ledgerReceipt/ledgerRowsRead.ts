import type { IDataObject } from 'n8n-workflow';
import {
	type Client,
	loadRecords,
	type QueryValue,
	readInParallel,
	RecordLoader,
	recordsIn,
	resolve,
	schemaAt,
	schemaNamed,
} from '../../api';
import { toList } from '../../utils/objects';

const RECEIPTS = 'GET /ledgerreceipts';
const RECEIPT = 'GET /ledgerreceipts/{receiptId}';

/** Orders are kept as receipts too, but are no bookkeeping (docs/procountor.md#ledger-receipts). */
const NO_BOOKKEEPING = new Set(['SALES_ORDER', 'PURCHASE_ORDER']);

/** Statuses of receipts that count in reports, as the contract lists them: not void, empty, or draft. */
export const countingStatuses: string[] =
	resolve(schemaAt(schemaNamed('AccountingReportRequest'), 'receiptStatus').items ?? {}).enum ?? [];

/** Every type of receipt that is bookkeeping; `VAT_SUMMARY` is one of them, though the list's filter does not know it. */
export const bookkeepingTypes: string[] = (schemaAt(schemaNamed('LedgerReceipt'), 'type').enum ?? []).filter(
	(type) => !NO_BOOKKEEPING.has(type),
);

/** Which receipts are read. */
export interface ReceiptQuery {
	query: Record<string, QueryValue | undefined>;
	types: ReadonlySet<string>;
}

/** Whole receipts of bookkeeping, by rising id. What the list shows and the details do not is given by its id. */
export interface FoundReceipts {
	receipts: IDataObject[];
	unreadable: number[];
}

/** Reads every receipt that a search finds, 200 to a request, with its transactions. */
export async function readReceipts(client: Client, { query, types }: ReceiptQuery): Promise<FoundReceipts> {
	const loader = new RecordLoader(RECEIPT);
	const unreadable: number[] = [];
	// Types are chosen here: the API's filter lacks VAT_SUMMARY, and would leave it out without a word.
	const pages = await readInParallel(
		client,
		{ call: RECEIPTS, query, noun: 'ledger receipts', isLong: query.versionStartDate === undefined },
		async (page) => {
			const wanted = page.filter(({ type }) => types.has(String(type)));
			const ids = wanted.map(({ id }) => Number(id));
			const found = await loader.loadWhenFull(client, ids);
			return found.flatMap((receipt, index) => (receipt === undefined ? (unreadable.push(ids[index]), []) : [receipt]));
		},
		() => loader.flush(client),
	);
	return { receipts: pages.flat(), unreadable };
}

/** Returns receipts by ID, without those that Procountor does not have. */
export async function readKnown(client: Client, ids: readonly number[]): Promise<Map<number, IDataObject>> {
	const receipts = await loadRecords(client, RECEIPT, ids);
	return new Map(receipts.map((receipt) => [Number(receipt.id), receipt]));
}

/**
 * Returns the IDs of the receipts of invoices that changed since a time. Whether a status change of an invoice gives
 * its receipt a new version is uncertain (U), so a search by the receipts' own version may miss it.
 */
export async function receiptsOfChangedInvoices(client: Client, since: string): Promise<number[]> {
	const loader = new RecordLoader('GET /invoices/{invoiceId}');
	const pages = await readInParallel(
		client,
		{ call: 'GET /invoices', query: { versionStartDate: since }, noun: 'invoices' },
		async (page) =>
			await loader.loadWhenFull(
				client,
				page.map(({ id }) => Number(id)),
			),
		() => loader.flush(client),
	);
	return pages
		.flat()
		.flatMap((invoice) => (invoice?.ledgerReceiptId === undefined ? [] : [Number(invoice.ledgerReceiptId)]));
}

/** Returns names of ledger accounts by number; empty without the right to see the chart of accounts. */
export async function readAccounts(client: Client): Promise<Map<string, string>> {
	const accounts = toList((await client.tryGet('GET /coa'))?.ledgerAccounts);
	return new Map(accounts.map(({ ledgerAccountCode, name }) => [String(ledgerAccountCode), String(name)]));
}

/** Returns dimensions with the names of their items; empty without the right. */
export async function readDimensions(
	client: Client,
): Promise<Array<{ id: number; name: string; items: Map<number, string> }>> {
	const dimensions = recordsIn((await client.tryGet('GET /dimensions')) ?? [], undefined);
	return dimensions.map(({ id, name, items }) => ({
		id: Number(id),
		name: String(name),
		items: new Map(toList(items).map((item) => [Number(item.id), String(item.codeName)])),
	}));
}

/** Returns names of partners by ID, without those that cannot be read. */
export async function readPartnerNames(client: Client, ids: readonly number[]): Promise<Map<number, string>> {
	const partners = await loadRecords(client, 'GET /businesspartners/{id}', ids).catch(() => []);
	return new Map(partners.map(({ id, name }) => [Number(id), String(name)]));
}
