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

/** Orders are receipts too, but not bookkeeping (docs/procountor.md#ledger-receipts). */
const ORDER_TYPES = new Set(['SALES_ORDER', 'PURCHASE_ORDER']);

/** The statuses of receipts that count in reports, from the contract: not void, empty, or draft. */
export const countingStatuses: string[] =
	resolve(schemaAt(schemaNamed('AccountingReportRequest'), 'receiptStatus').items ?? {}).enum ?? [];

/** The types of receipts that are bookkeeping. They include `VAT_SUMMARY`, which the filter of the list does not have. */
export const bookkeepingTypes: string[] = (schemaAt(schemaNamed('LedgerReceipt'), 'type').enum ?? []).filter(
	(type) => !ORDER_TYPES.has(type),
);

/** Which receipts to read. */
export interface ReceiptQuery {
	query: Record<string, QueryValue | undefined>;
	types: ReadonlySet<string>;
}

/** Receipts with all details, by ascending ID. */
export interface FoundReceipts {
	receipts: IDataObject[];
	/** IDs of receipts that are in the list, but cannot be read. */
	unreadable: number[];
}

/** Reads the receipts of a search with their transactions, 200 per request. */
export async function readReceipts(client: Client, { query, types }: ReceiptQuery): Promise<FoundReceipts> {
	const loader = new RecordLoader(RECEIPT);
	const unreadable: number[] = [];
	// The API's filter for types lacks VAT_SUMMARY, so the types are filtered here.
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

/** Returns the receipts that exist, by ID. */
export async function readReceiptsById(client: Client, ids: readonly number[]): Promise<Map<number, IDataObject>> {
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

/** Returns the names of ledger accounts by number; empty if the user cannot see the chart of accounts. */
export async function readAccounts(client: Client): Promise<Map<string, string>> {
	const accounts = toList((await client.tryGet('GET /coa'))?.ledgerAccounts);
	return new Map(accounts.map(({ ledgerAccountCode, name }) => [String(ledgerAccountCode), String(name)]));
}

/** Returns dimensions with the names of their items; empty if the user cannot see them. */
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

/** Returns the names of partners by ID, without those that cannot be read. */
export async function readPartnerNames(client: Client, ids: readonly number[]): Promise<Map<number, string>> {
	const partners = await loadRecords(client, 'GET /businesspartners/{id}', ids).catch(() => []);
	return new Map(partners.map(({ id, name }) => [Number(id), String(name)]));
}
