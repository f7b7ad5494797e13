import type { IDataObject } from 'n8n-workflow';
import { date as dayOf } from '../../validation/dates';
import { toNumber, toText } from '../../validation/money';
import { vatPercentUnderStatus, vatStatus, type VatStatus } from '../../validation/vat';
import { type Client, InputError, type LedgerReceipt, ProcountorError } from '../../api';
import { checkedBody, type Input, type Values } from '../../engine/input';
import type { OperationHandler } from '../../engine/task';
import type { Operation } from '../../engine/types';
import { outputShaper } from '../../engine/simplify';
import { checkSizes } from '../../engine/files';
import type { IncomingFile } from '../../engine/incomingFiles';
import { withWarnings } from '../shared/warnings';
import { attachFile, fileNames, filesToAttach } from '../shared/attach';
import { readSession, readVats } from '../shared/companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { firstOpenDay, movedDayWarnings } from '../shared/bookkeeping/openDay';
import { resolvePosting } from '../shared/bookkeeping/dimensions';
import { foldName, isActive } from '../shared/invoiceRecord';
import { DEFAULT_BALANCE_LIMIT, needsBalancingRow, reportBalance } from './journalBalance';
import { debitOf, journalDifference, notesOf, sameJournals, transactionsKey } from './journalIdentity';
import { type GivenTransaction, inTransaction, readTransaction } from './transactions';
import { unwrap } from '../shared/bookkeeping/rows';
import { dimensionValues } from '../shared/bookkeeping/dimensionAmounts';
import { type Created, createOnce, creationNote, pollUntil } from '../shared/createOnce';
import { ifExistsOf, lookUpSecondsOf } from '../shared/formSettings';
import { Duplicates } from '../shared/duplicates';
import { refuseMissingText } from '../shared/missingText';
import { twoPhaseTask } from '../../engine/phases';
import { ensureState, runSteps, type Step } from '../shared/steps';
import { listAt, toList, toObject } from '../../utils/objects';

interface JournalTask {
	operation: Operation;
	input: Input;
	memory: ItemMemory;
	duplicates: Duplicates;
	shape: (record: IDataObject) => IDataObject;
	fields: IDataObject;
	transactions: GivenTransaction[];
	files: IncomingFile[];
	settings: IDataObject;
	/** The largest difference that may be balanced. */
	limit: number;
	query: Values['query'];
}

export const callsOfJournal = [
	'GET /ledgerreceipts',
	'GET /ledgerreceipts/{receiptId}',
	'PUT /ledgerreceipts/{receiptId}/approve',
	'POST /attachments',
	'GET /sessioninfo',
	'GET /vats/default',
	'GET /dimensions',
	'GET /fiscalyears',
] as const;

const APPROVABLE = 'UNFINISHED';

/**
 * Creates a journal. It is balanced before it is sent, and safe to repeat: its own reference identifies it, or else its
 * name, date, and all transactions.
 */
export const createJournal: OperationHandler = (operation, input, execution) => {
	const { body, settings: given, query } = input.values(operation);
	const settings = toObject(given);
	const fields = { ...toObject(body), name: String(toObject(body).name).trim() };
	const transactions = listAt(settings, 'transactions').map((one, index) =>
		readTransaction(one, index, settings.amountsIncludeVat === true),
	);
	if (transactions.length === 0)
		throw new InputError('Transactions', 'are empty', 'A journal has at least one transaction.');
	const limit = Number(settings.balanceLimit ?? DEFAULT_BALANCE_LIMIT);
	const createReconciliation = needsBalancingRow(transactions, {
		includesVat: settings.amountsIncludeVat === true,
		balances: query.createReconciliation === true,
		limit,
	});
	refuseMissingText('Own Reference', String(settings.ownReference ?? ''));
	const files = filesToAttach(input, settings);
	const memory = new ItemMemory(input);
	const rest = { settings, limit, query: { ...query, ...(createReconciliation ? { createReconciliation } : {}) } };
	const shape = outputShaper(operation, input);
	const duplicates = Duplicates.of(execution);
	const task: JournalTask = { operation, input, memory, duplicates, shape, fields, transactions, files, ...rest };
	return {
		readOnly: false,
		resumable: true,
		concurrent: settings.order === 'together',
		...twoPhaseTask({
			begin: async (client) => await save(client, task),
			finish: async (client, created) => [{ json: await finish(client, task, created) }],
			name: ({ name, created }) => `${name} (ID ${String(created.record.id)})`,
		}),
	};
};

/** A journal that was saved or found, before the steps that follow. */
interface Saved {
	name: string;
	created: Created;
	warnings: string[];
}

async function save(client: Client, task: JournalTask): Promise<Saved> {
	const { settings } = task;
	await checkSizes(task.input, task.files);
	const { body, warnings, asked } = await completed(client, task);
	const debit = debitOf(toList(body.transactions));
	const name = `the journal '${String(body.name)}' of ${String(body.receiptDate)} over ${toText(debit, 2)}`;
	const { companyId } = await readSession(client);
	const reference = settings.ownReference as string | undefined;
	const day = String(body.receiptDate);
	const find = async (): Promise<number[]> => await sameJournals(client, body, reference, asked);
	const created = await createOnce({
		client,
		memory: task.memory,
		name,
		identity: {
			key:
				reference === undefined
					? [companyId, 'JOURNAL', foldName(String(body.name)), asked, day, transactionsKey(body)]
					: [companyId, 'JOURNAL', 'own reference', day, reference],
			find,
			search: {
				list: 'GET /ledgerreceipts',
				query: { types: ['JOURNAL'] },
				keyOf: (row) => [row.receiptDate, reference === undefined && foldName(String(row.name))],
				ownKey: [day, reference === undefined && foldName(String(body.name))],
				findAll: find,
			},
		},
		duplicates: task.duplicates,
		ifExists: ifExistsOf(settings),
		lookUpSeconds: lookUpSecondsOf(settings),
		post: async () =>
			(await client.requestJson({ call: 'POST /ledgerreceipts', query: task.query, body, noun: name })) ?? {},
		read: async (id) => await receiptOf(client, id),
		isActive: isActive,
		where: `in Procountor among the journals of ${day}`,
	});
	if (!created.isNew) checkSame(body, created.record, reference);
	return { name, created, warnings };
}

async function finish(client: Client, task: JournalTask, { created, warnings }: Saved): Promise<IDataObject> {
	const { settings } = task;
	const { isNew } = created;
	const id = Number(created.record.id);
	if (isNew) await task.duplicates.check(client, id);
	// The item that made it may have approved it since.
	const record =
		created.createdByItem === undefined ? created.record : ((await receiptOf(client, id)) ?? created.record);
	const saved = { client, record, lookUpSeconds: lookUpSecondsOf(settings) };
	const done = [`journal ${String(record.receiptNumber ?? '')} (ID ${id}) ${isNew ? 'saved' : 'found'}`];
	const hasOnlyEntries = !task.transactions.some((one) => one.fields.transactionType === 'RECONCILIATION_ENTRY');
	if (hasOnlyEntries) done.push(...reportBalance(record, task.transactions, task.limit));
	await runSteps([filesStep(saved, task), ...(settings.after === 'approve' ? [approveStep(saved)] : [])], done);
	return {
		...task.shape(saved.record),
		wasCreated: isNew,
		done,
		...creationNote(task.input.context, created, 'journal'),
		...withWarnings(task.input.context, warnings),
	};
}

/** The same own reference must be the same journal: another content is a mistake in the data. */
function checkSame(body: IDataObject, record: IDataObject, reference: string | undefined): void {
	const difference = journalDifference(body, record);
	if (difference === undefined) return;
	throw new ProcountorError({
		message: `Journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) already has the own reference '${reference ?? ''}', but differs from this item: ${difference}`,
		advice: 'Nothing was saved. Use another Own Reference, or correct the transactions.',
	});
}

async function completed(
	client: Client,
	{ operation, fields, transactions, settings }: JournalTask,
): Promise<{ body: IDataObject; warnings: string[]; asked: string }> {
	const statuses = ((await readVats(client)).vatStatuses ?? []) as VatStatus[];
	const side = (vatType: unknown): 'sales' | 'purchase' => (vatType === 'SALES' ? 'sales' : 'purchase');
	const status = unwrap(
		'VAT Status',
		vatStatus(settings.vatStatus ?? fields.vatStatus ?? 1, statuses, side(fields.vatType)),
	);
	const asked = String(fields.receiptDate ?? unwrap('Receipt Date', dayOf(new Date())));
	const receiptDate = settings.closedPeriod === 'move' ? await firstOpenDay(client, asked, 'Receipt Date') : asked;
	const rows: IDataObject[] = [];
	for (const { index, fields: own, amount, vatPercent: percent, vatStatus: given, dimensions } of transactions) {
		const ownStatus =
			given === undefined
				? undefined
				: unwrap(inTransaction(index, 'VAT Status'), vatStatus(given, statuses, side(own.vatType ?? fields.vatType)));
		const number = unwrap(
			inTransaction(index, 'VAT %'),
			vatPercentUnderStatus(Number(toText(percent)), ownStatus ?? status, statuses, fields.vatProcessing !== undefined),
		);
		const wish = await resolvePosting(client, { dimensions }, (label) => inTransaction(index, label));
		const dimensionItemValues = unwrap(
			inTransaction(index, 'Dimensions'),
			dimensionValues(wish?.dimensions ?? [], amount),
		);
		rows.push({
			...own,
			accountingValue: unwrap(inTransaction(index, 'Amount'), toNumber(amount)),
			vatPercent: number,
			...(ownStatus === undefined ? {} : { vatStatus: ownStatus }),
			...(dimensionItemValues.length ? { dimensionItemValues } : {}),
		});
	}
	const body = checkedBody(operation, {
		...fields,
		...notesOf(fields.accountantsNotes, settings.ownReference, { asked, used: receiptDate }),
		type: 'JOURNAL',
		receiptDate,
		vatStatus: status,
		transactions: rows,
	});
	return { body, warnings: movedDayWarnings('Receipt Date', asked, receiptDate), asked };
}

async function receiptOf(client: Client, id: number): Promise<LedgerReceipt | undefined> {
	const options = { path: { receiptId: id }, noun: `journal ${id}` };
	return await client.getOptional('GET /ledgerreceipts/{receiptId}', options);
}

interface SavedJournal {
	client: Client;
	record: IDataObject;
	lookUpSeconds: number;
}

async function reread(saved: SavedJournal): Promise<IDataObject> {
	const id = Number(saved.record.id);
	const record = await pollUntil(saved, async () => await receiptOf(saved.client, id));
	if (!record)
		throw new ProcountorError({
			message: `Procountor does not show the journal with ID ${id} yet`,
			advice: 'Run it again later.',
		});
	saved.record = record;
	return record;
}

/** A journal's files hang on the invoice that stands behind it (docs/procountor.md#attachments). */
function filesStep(saved: SavedJournal, { input, files }: JournalTask): Step {
	return {
		name: 'attach the files',
		async run() {
			if (files.length === 0 || saved.record.status !== APPROVABLE) return undefined;
			await reread(saved);
			const present = fileNames(saved.record);
			const missing = files.filter(({ name }) => !present.includes(name));
			const holder = { referenceType: 'INVOICE', referenceId: Number(saved.record.invoiceId) };
			for (const file of missing)
				await attachFile(saved.client, input, file, holder, async () => fileNames(await reread(saved)), present);
			return missing.length ? `${missing.map(({ name }) => name).join(', ')} attached` : undefined;
		},
	};
}

function approveStep(saved: SavedJournal): Step {
	return {
		name: 'approve',
		async run() {
			if (saved.record.status !== APPROVABLE) return undefined;
			await reread(saved);
			const request = {
				call: 'PUT /ledgerreceipts/{receiptId}/approve',
				path: { receiptId: Number(saved.record.id) },
				noun: `journal ${String(saved.record.id)}`,
			};
			await ensureState(
				saved.client,
				async () => await saved.client.request(request),
				async () => (await reread(saved)).status !== APPROVABLE,
			);
			await reread(saved);
			return `journal ${String(saved.record.receiptNumber ?? '')} (ID ${String(saved.record.id)}) approved`;
		},
	};
}
