import { type Client, type Invoice, type LedgerReceipt, ProcountorError } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import { raise } from '../../utils/raise';
import type { ReceiptLoader } from '../shared/bookkeeping/readBookkeeping';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { withRowNumbers } from '../shared/bookkeeping/receiptPostings';
import { pollUntil } from '../shared/createOnce';
import { nameOfInvoice, readInvoice } from '../shared/invoiceRecord';
import { ensureState } from '../shared/steps';

/** Statuses in which the node sets accounts and dimensions; in later ones a user may have changed them. */
export const POSTABLE_STATUSES = ['UNFINISHED', 'RECEIVED'];

/** An invoice that exists in Procountor and goes through its later steps. */
export interface SavedInvoice {
	client: Client;
	/** The invoice as it was last read. */
	record: Invoice;
	/** Whether this item created it just now, so that nothing has happened to it yet. */
	isNew: boolean;
	/** Reads the receipts of the execution's new invoices together. */
	receipts?: ReceiptLoader;
	/** How long to wait for a record that Procountor does not show yet. */
	lookUpSeconds: number;
	/** What earlier tries of the item did. */
	memory: ItemMemory;
}

/** Reads the invoice again, and waits until Procountor shows it. */
export async function refresh(saved: SavedInvoice): Promise<Invoice> {
	const id = Number(saved.record.id);
	const record = await pollUntil(saved, async () => await readInvoice(saved.client, id));
	return (saved.record = record ?? throwNotShown(`invoice with ID ${id}`));
}

/** Returns the receipt of an invoice as soon as Procountor shows it. */
export async function readReceipt(saved: SavedInvoice): Promise<LedgerReceipt> {
	if (saved.record.ledgerReceiptId === undefined) await refresh(saved);
	const receiptId = Number(saved.record.ledgerReceiptId);
	const first = await readInBatch(saved, receiptId);
	if (first) return first;
	const noun = `receipt ${receiptId}`;
	const read = async (): Promise<LedgerReceipt | undefined> =>
		await saved.client.getOptional('GET /ledgerreceipts/{receiptId}', { path: { receiptId }, noun });
	return (await pollUntil(saved, read)) ?? throwNotShown(noun);
}

/**
 * Returns the receipt from the batch of the execution's new invoices. Only the first call returns it, because later calls
 * look for changes. After a failure it returns undefined, and the receipt is read by itself.
 */
async function readInBatch(saved: SavedInvoice, receiptId: number): Promise<LedgerReceipt | undefined> {
	const { client, receipts } = saved;
	saved.receipts = undefined;
	return await receipts?.take(client, receiptId).catch(() => undefined);
}

/**
 * Saves a changed receipt of an invoice. If the outcome is unknown, it checks whether the receipt has the change.
 * @param change returns the changed receipt; undefined if nothing has to change
 */
export async function putReceipt(
	saved: SavedInvoice,
	changed: LedgerReceipt,
	rows: readonly WantedRow[],
	change: (receipt: LedgerReceipt) => LedgerReceipt | undefined,
): Promise<void> {
	const id = Number(saved.record.ledgerReceiptId);
	const request = {
		call: 'PUT /ledgerreceipts/{receiptId}',
		path: { receiptId: id },
		body: changed,
		noun: `receipt ${id} of ${nameOfInvoice(saved.record)}`,
	};
	await ensureState(
		saved.client,
		async () => await saved.client.request(request),
		async () => change(await readReceipt(saved)) === undefined,
	).catch((error: unknown) => raise(withRowNumbers(error, changed, rows)));
}

function throwNotShown(name: string): never {
	throw new ProcountorError({ message: `Procountor does not show ${name} yet`, advice: 'Run it again later.' });
}
