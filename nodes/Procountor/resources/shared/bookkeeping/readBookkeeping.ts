import { sleep, type IDataObject } from 'n8n-workflow';
import { type Client, type DimensionItemValue, type LedgerReceipt, ProcountorError, RecordLoader } from '../../../api';
import { raise } from '../../../utils/raise';
import { toList } from '../../../utils/objects';
import { readDimensions } from '../companyData';

export const callsOfBookkeeping = ['GET /ledgerreceipts/{receiptId}', 'GET /dimensions'] as const;

export type ReceiptLoader = RecordLoader<'GET /ledgerreceipts/{receiptId}'>;

export const receiptLoader = (): ReceiptLoader => new RecordLoader('GET /ledgerreceipts/{receiptId}');

/** The names of dimensions and of their items, by ID. */
type DimensionNames = Map<number, { name: string; items: Map<number, string> }>;

/**
 * Reads the bookkeeping of invoices, in their order: accounts, amounts, and dimension items by name
 * (docs/procountor.md#accounts-and-dimensions). Null for an invoice without a receipt.
 * @param invoices invoices that were read in full
 * @throws {ProcountorError} if the user has no right to receipts
 */
export async function readBookkeeping(
	client: Client,
	loader: ReceiptLoader,
	invoices: ReadonlyArray<IDataObject | undefined>,
): Promise<Array<IDataObject | null>> {
	const ids = invoices.map((invoice) => (invoice?.ledgerReceiptId ? Number(invoice.ledgerReceiptId) : undefined));
	const known = ids.filter((id) => id !== undefined);
	if (known.length === 0) return ids.map(() => null);
	// Items that shared a request continue at the same time, so their receipts can share one too.
	loader.announce(known);
	await sleep(0);
	const receipts = await loader.load(client, known);
	const byId = new Map(receipts.flatMap((receipt, index) => (receipt ? [[known[index], receipt]] : [])));
	const names = await readDimensionNames(client);
	return ids.map((id) => {
		const receipt = id === undefined ? undefined : byId.get(id);
		return receipt ? summarizeReceipt(receipt, names) : null;
	});
}

/** Reads the names of dimensions; none if the user has no right to them, so that IDs are returned instead. */
async function readDimensionNames(client: Client): Promise<DimensionNames> {
	const dimensions = await readDimensions(client).catch((error: unknown) =>
		error instanceof ProcountorError && error.problem.status === 403 ? [] : raise(error),
	);
	return new Map(
		dimensions.map(({ id, name, items }) => [
			Number(id),
			{
				name: String(name),
				items: new Map(toList(items).map((item) => [Number(item.id), String(item.codeName)])),
			},
		]),
	);
}

function summarizeReceipt(
	{ id, receiptNumber, status, transactions }: LedgerReceipt,
	names: DimensionNames,
): IDataObject {
	const entries = toList(transactions).filter(({ transactionType }) => transactionType === 'ENTRY');
	const posted = entries.map(({ account, accountingValue, vatPercent, description, dimensionItemValues }) => ({
		account,
		accountingValue,
		vatPercent,
		description,
		dimensions: toList(dimensionItemValues).map((value) => withNames(value, names)),
	}));
	return {
		ledgerReceiptId: id,
		receiptNumber,
		status,
		accounts: [...new Set(posted.map(({ account }) => account))],
		dimensions: groupItems(posted.flatMap(({ dimensions }) => dimensions)),
		transactions: posted,
	};
}

function withNames({ dimensionId, itemId, value }: DimensionItemValue, names: DimensionNames): IDataObject {
	const dimension = names.get(Number(dimensionId));
	return {
		dimension: dimension?.name ?? String(dimensionId),
		item: dimension?.items.get(Number(itemId)) ?? String(itemId),
		value,
		dimensionId,
		itemId,
	};
}

/** Groups items by dimension, so that a workflow can route a bill by them: `{ Project: ['P-100', 'P-200'] }`. */
function groupItems(values: readonly IDataObject[]): Record<string, string[]> {
	const result: Record<string, string[]> = {};
	for (const { dimension, item } of values) {
		const items = (result[String(dimension)] ??= []);
		if (!items.includes(String(item))) items.push(String(item));
	}
	return result;
}
