import type { IDataObject } from 'n8n-workflow';
import { decimal, toText, type Decimal } from '../../validation/money';
import { type Call, type Client, type LedgerReceipt, ProcountorError, type RecordLoader, schemaNamed } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import type { Input } from '../../engine/input';
import type { IncomingFile } from '../../engine/incomingFiles';
import { attachFile, fileNames } from '../shared/attach';
import { pollUntil } from '../shared/createOnce';
import { ensureState, type Step } from '../shared/steps';
import { matchRows, type Comparable, type WantedRow, type Posting } from '../shared/bookkeeping/matchRows';
import { readInvoice, nameOfInvoice } from '../shared/invoiceRecord';
import { dimensionValues, sameValues, textOfValues } from '../shared/bookkeeping/dimensionAmounts';
import { raise } from '../../utils/raise';
import { listAt, toList } from '../../utils/objects';

export type Receipts = RecordLoader<'GET /ledgerreceipts/{receiptId}'>;

/** An invoice on its way through the steps after it was saved. */
export interface SavedInvoice {
	client: Client;
	/** As it was last read. */
	record: IDataObject;
	/** It was saved just now, so nothing has happened to it yet. */
	isNew: boolean;
	/** Reads the receipts of the invoices that an execution saves together. */
	receipts?: Receipts;
	/** How long a record that does not show yet is waited for, in seconds. */
	lookUp: number;
	/** What the item did in earlier tries. */
	memory: ItemMemory;
}

/**
 * Says how a person continues with an invoice whose later step failed; undefined if another run continues by itself.
 */
export function goingOn(isKnown: boolean, ifExists: unknown): string | undefined {
	if (!isKnown || ifExists === 'create')
		return 'Another run would create another invoice. Finish this one in Procountor.';
	return ifExists === 'stop'
		? "Run it again afterwards with 'Return the Existing One' under 'If It Already Exists'."
		: undefined;
}

/** Statuses in which accounts are still to be set: later on a person may have changed them. */
const OPEN = ['UNFINISHED', 'RECEIVED'];
/** Statuses in which files are still to be attached. */
const UNSENT = [...OPEN, 'NOT_SENT', 'VERIFIED', 'APPROVED'];

async function reread(saved: SavedInvoice): Promise<IDataObject> {
	const id = Number(saved.record.id);
	saved.record =
		(await pollUntil(saved, async () => await readInvoice(saved.client, id))) ?? notShown(`invoice with ID ${id}`);
	return saved.record;
}

function notShown(name: string): never {
	throw new ProcountorError({ message: `Procountor does not show ${name} yet`, advice: 'Run it again later.' });
}

/** Writes the rows' accounts and dimensions into the invoice's receipt. */
export function ledgerStep(saved: SavedInvoice, rows: readonly WantedRow[]): Step {
	const name = 'set accounts and dimensions';
	return {
		name,
		async run() {
			if (!rows.some(({ posting }) => posting) || !OPEN.includes(String(saved.record.status))) return undefined;
			const receipt = await receiptOf(saved);
			const changed = withPostings(receipt, rows);
			if (!changed) return undefined;
			const id = Number(receipt.id);
			await putLedger(saved, changed, rows, (before) => withPostings(before, rows));
			return `accounts and dimensions set in receipt ${id}`;
		},
	};
}

/**
 * Writes a changed receipt of an invoice. After an unclear failure, it checks whether the change is there.
 * @param change returns the changed receipt; undefined if nothing has to change
 */
export async function putLedger(
	saved: SavedInvoice,
	changed: IDataObject,
	rows: readonly WantedRow[],
	change: (receipt: IDataObject) => IDataObject | undefined,
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
		async () => change(await receiptOf(saved)) === undefined,
	).catch((error: unknown) => inRows(error, changed, rows));
}

/** Returns the receipt of an invoice as soon as Procountor shows it. */
export async function receiptOf(saved: SavedInvoice): Promise<IDataObject> {
	if (saved.record.ledgerReceiptId === undefined) await reread(saved);
	const receiptId = Number(saved.record.ledgerReceiptId);
	const together = await readTogether(saved, receiptId);
	if (together) return together;
	const noun = `receipt ${receiptId}`;
	const read = async (): Promise<LedgerReceipt | undefined> =>
		await saved.client.getOptional('GET /ledgerreceipts/{receiptId}', { path: { receiptId }, noun });
	return (await pollUntil(saved, read)) ?? notShown(noun);
}

/** The receipt as it was read with others, once: whoever asks again wants what has changed. One that could not be is read alone. */
async function readTogether(saved: SavedInvoice, receiptId: number): Promise<IDataObject | undefined> {
	const { client, receipts } = saved;
	saved.receipts = undefined;
	return await receipts?.take(client, receiptId).catch(() => undefined);
}

type Posted = Comparable & { index: number };

/** The receipt's entries as they can be compared with rows. */
function entriesOf(receipt: IDataObject): Posted[] {
	return listAt(receipt, 'transactions').flatMap(
		({ transactionType, accountingValue, vatPercent, description }, index) =>
			transactionType === 'ENTRY'
				? [{ index, amount: exact(accountingValue), vatPercent: exact(vatPercent), text: String(description ?? '') }]
				: [],
	);
}

function exact(value: unknown): Decimal {
	const number = decimal(value ?? 0);
	if (number.ok) return number.value;
	throw new ProcountorError({ message: `The receipt has an amount that ${number.message}` });
}

/**
 * Returns the receipt with the rows' postings; undefined if it already has all of them. Refuses postings that cannot be
 * matched to a row.
 */
export function withPostings(receipt: IDataObject, rows: readonly WantedRow[]): IDataObject | undefined {
	const matches = matchRows(rows, entriesOf(receipt));
	if (!matches.ok) {
		if (hasAll(receipt, rows)) return undefined;
		throw new ProcountorError({
			message: `The receipt ${String(receipt.id)} ${matches.message}, so no account or dimension was set`,
			advice: `${matches.advice ?? 'Set them in Procountor'}, or change the receipt with Ledger Receipt: Update.`,
		});
	}
	const transactions = [...listAt(receipt, 'transactions')];
	let isChanged = false;
	for (const { wanted, found } of matches.value) {
		const before = transactions[found.index];
		const after = granted(before, wanted.posting, found.amount, `Row ${wanted.row + 1}, Dimensions`);
		if (after === before) continue;
		transactions[found.index] = after;
		isChanged = true;
	}
	return isChanged ? { ...writable(receipt), transactions } : undefined;
}

/** Whether the entries as a whole have what all rows want, so that it does not matter which belongs to which. */
function hasAll(receipt: IDataObject, rows: readonly WantedRow[]): boolean {
	const posted = listAt(receipt, 'transactions').filter(({ transactionType }) => transactionType === 'ENTRY');
	const has = posted.map(({ account, accountingValue, vatPercent, dimensionItemValues }) =>
		entryText(account, exact(accountingValue), exact(vatPercent), toList(dimensionItemValues)),
	);
	const want = rows.map(({ amount, vatPercent, posting }) => {
		const values = dimensionValues(posting?.dimensions ?? [], amount);
		return entryText(posting?.account, amount, vatPercent, values.ok ? values.value : []);
	});
	return rows.every(({ posting }) => posting?.account !== undefined) && has.sort().join() === want.sort().join();
}

function entryText(account: unknown, amount: Decimal, vatPercent: Decimal, values: IDataObject[]): string {
	return JSON.stringify([String(account), toText(amount, 2), toText(vatPercent), textOfValues(values)]);
}

/** Returns the fields of a receipt that its PUT accepts. */
export function writable(receipt: IDataObject): IDataObject {
	const properties = schemaNamed('LedgerReceipt').properties ?? {};
	return Object.fromEntries(Object.entries(receipt).filter(([name, value]) => name in properties && value !== null));
}

/**
 * Returns a transaction with an account and dimensions; the same object if it already has them. `label` names the
 * dimensions in messages.
 */
export function granted(
	transaction: IDataObject,
	posting: Posting | undefined,
	amount: Decimal,
	label: string,
): IDataObject {
	const values = dimensionValues(posting?.dimensions ?? [], amount);
	if (!values.ok)
		throw new ProcountorError({
			field: label,
			message: values.message,
			advice: values.advice && `${values.advice}.`,
		});
	const account = posting?.account ?? transaction.account;
	const present = listAt(transaction, 'dimensionItemValues');
	// What stands on dimensions that the row does not name is Procountor's own default, and stays.
	const named = new Set(values.value.map(({ dimensionId }) => dimensionId));
	const isKept = (id: unknown): boolean => !(posting?.replace && named.size) && !named.has(id as number);
	const dimensionItemValues = [...present.filter(({ dimensionId }) => isKept(dimensionId)), ...values.value];
	if (account === transaction.account && sameValues(present, dimensionItemValues)) return transaction;
	return { ...transaction, account, dimensionItemValues };
}

/** Procountor's faults name transactions: a person knows rows. */
function inRows(error: unknown, receipt: IDataObject, rows: readonly WantedRow[]): never {
	if (!(error instanceof ProcountorError)) throw error;
	const matches = matchRows(rows, entriesOf(receipt));
	const rowOf = new Map(matches.ok ? matches.value.map(({ wanted, found }) => [found.index + 1, wanted.row + 1]) : []);
	const what = error.problem.message.replace(/\bTransaction (\d+)\b/g, (text, number) =>
		rowOf.has(Number(number)) ? `Row ${String(rowOf.get(Number(number)))}` : text,
	);
	throw new ProcountorError({ ...error.problem, message: what });
}

/** Attaches the item's files that the invoice does not have yet. */
export function filesStep(
	saved: SavedInvoice,
	input: Input,
	files: readonly IncomingFile[],
	sendWithInvoice: boolean,
): Step {
	return {
		name: 'attach the files',
		async run() {
			if (files.length === 0 || !UNSENT.includes(String(saved.record.status))) return undefined;
			await reread(saved);
			const missing = files.filter(({ name }) => !fileNames(saved.record).includes(name));
			const holder = { referenceType: 'INVOICE', referenceId: Number(saved.record.id), sendWithInvoice };
			for (const file of missing)
				await attachFile(saved.client, input, file, holder, async () => fileNames(await reread(saved)));
			return missing.length ? `${missing.map(({ name }) => name).join(', ')} attached` : undefined;
		},
	};
}

/** A call that moves the invoice on, where it stands in one of the statuses from which it does. */
function moveStep(
	saved: SavedInvoice,
	name: string,
	call: Call,
	from: readonly string[],
	told: string,
	more: { query?: Record<string, boolean>; body?: IDataObject; once?: boolean } = {},
): Step {
	const { client } = saved;
	const isMoved = async (): Promise<boolean> => !from.includes(String((await reread(saved)).status));
	return {
		name,
		async run() {
			if (!from.includes(String(saved.record.status))) return undefined;
			const { once, ...parts } = more;
			const request = {
				call,
				path: { invoiceId: Number(saved.record.id) },
				...parts,
				noun: nameOfInvoice(saved.record),
			};
			const act = async (): Promise<void> => {
				if (await client.requestOptional(request)) return;
				// A new invoice may not show yet.
				await reread(saved);
				await client.request(request);
			};
			if (once) await actOnce(saved, name, act, isMoved);
			else await ensureState(client, act, isMoved);
			await reread(saved);
			return `${nameOfInvoice(saved.record)} ${told}`;
		},
	};
}

/** Moves the invoice on, never twice in an execution where the first time may have had its effect. */
async function actOnce(
	{ memory, record }: SavedInvoice,
	name: string,
	act: () => Promise<void>,
	isMoved: () => Promise<boolean>,
): Promise<void> {
	if (memory.of(name)) throw stillUnclear(name, nameOfInvoice(record));
	memory.set(name, { before: [] });
	try {
		await act();
	} catch (error) {
		const isUnclear = error instanceof ProcountorError && error.problem.outcomeUnknown === true;
		if (isUnclear && (await isMoved())) return;
		if (!isUnclear) memory.set(name, undefined);
		return raise(error);
	}
}

function stillUnclear(name: string, invoice: string): ProcountorError {
	return new ProcountorError({
		message: `It is unclear whether an earlier try could ${name} ${invoice}, so this try did not repeat it`,
		advice: 'Check the invoice in Procountor. If nothing happened, start a new execution.',
		outcomeUnknown: true,
	});
}

export const approveStep = (saved: SavedInvoice, updateInventory: boolean): Step =>
	moveStep(saved, 'approve', 'PUT /invoices/{invoiceId}/approve', ['UNFINISHED'], 'approved', {
		query: { updateInventory },
		body: {},
	});

/**
 * Sends the invoice. An unclear sending is never repeated in the same run, because the customer would get the invoice
 * twice.
 */
export const sendStep = (saved: SavedInvoice): Step =>
	moveStep(saved, 'send', 'PUT /invoices/{invoiceId}/send', ['NOT_SENT'], 'sent', { once: true });

/**
 * Sends the invoice to circulation. The status afterwards is uncertain (docs/procountor.md#invoice-statuses), so the
 * history shows whether it was sent.
 */
export function circulationStep(saved: SavedInvoice): Step {
	const step = moveStep(
		saved,
		'send to circulation',
		'PUT /invoices/{invoiceId}/sendToCirculation',
		['UNFINISHED'],
		'sent to circulation',
		{ once: true },
	);
	return {
		...step,
		run: async () => (!saved.isNew && (await wentRound(saved.client, saved.record)) ? undefined : await step.run()),
	};
}

/** Whether an invoice was sent to circulation after it was last unfinished. */
export async function wentRound(client: Client, record: IDataObject): Promise<boolean> {
	const path = { invoiceId: Number(record.id) };
	const history = await client.getOptional('GET /invoices/{invoiceId}/transactions', { path });
	const last = (action: RegExp): string =>
		toList(history?.transactions)
			.filter((one) => action.test(String(one.action)))
			.reduce((latest, { date }) => (String(date) > latest ? String(date) : latest), '');
	return last(/^SEND_TO_CIRCULATION$/) > last(/UNFINISHED$/);
}
