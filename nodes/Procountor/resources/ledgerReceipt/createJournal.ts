import type { IDataObject } from 'n8n-workflow';
import { parseDate } from '../../validation/dates';
import { toNumber, toText } from '../../validation/money';
import { checkVatPercentOfStatus, parseVatStatus, type VatStatus } from '../../validation/vat';
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
import { debitTotal, journalDifference, identifyingNotes, findJournals, transactionsKey } from './journalIdentity';
import { type JournalTransaction, transactionLabel, readTransaction } from './transactions';
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
	transactions: JournalTransaction[];
	files: IncomingFile[];
	settings: IDataObject;
	/** The largest difference that Procountor may balance. */
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
 * Creates a journal. The node checks the balance before it sends the journal. A repeated run finds the journal by its own
 * reference, or by its name, date, and all transactions.
 */
export const createJournal: OperationHandler = (operation, input, execution) => {
	const { body, query, ...values } = input.values(operation);
	const settings = toObject(values.settings);
	const fields = { ...toObject(body), name: String(toObject(body).name).trim() };
	const transactions = listAt(settings, 'transactions').map((row, index) =>
		readTransaction(row, index, settings.amountsIncludeVat === true),
	);
	if (transactions.length === 0)
		throw new InputError('Transactions', 'are empty', 'A journal has at least one transaction.');
	const limit = Number(settings.balanceLimit ?? DEFAULT_BALANCE_LIMIT);
	const createReconciliation = needsBalancingRow(transactions, {
		includesVat: settings.amountsIncludeVat === true,
		mayBalance: query.createReconciliation === true,
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
			begin: async (client) => await saveJournal(client, task),
			finish: async (client, created) => [{ json: await finishJournal(client, task, created) }],
			name: ({ name, created }) => `${name} (ID ${String(created.record.id)})`,
		}),
	};
};

/** A created or existing journal, before its files are attached and it is approved. */
interface SaveResult {
	name: string;
	created: Created;
	warnings: string[];
}

async function saveJournal(client: Client, task: JournalTask): Promise<SaveResult> {
	const { settings } = task;
	await checkSizes(task.input, task.files);
	const { body, warnings, requestedDate } = await buildBody(client, task);
	const debit = debitTotal(toList(body.transactions));
	const name = `the journal '${String(body.name)}' of ${String(body.receiptDate)} over ${toText(debit, 2)}`;
	const { companyId } = await readSession(client);
	const reference = settings.ownReference as string | undefined;
	const day = String(body.receiptDate);
	const find = async (): Promise<number[]> => await findJournals(client, body, reference, requestedDate);
	const created = await createOnce({
		client,
		memory: task.memory,
		name,
		identity: {
			key:
				reference === undefined
					? [companyId, 'JOURNAL', foldName(String(body.name)), requestedDate, day, transactionsKey(body)]
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
		read: async (id) => await readReceipt(client, id),
		isActive,
		where: `in Procountor among the journals of ${day}`,
	});
	if (!created.isNew) checkOwnReference(body, created.record, reference);
	return { name, created, warnings };
}

async function finishJournal(
	client: Client,
	task: JournalTask,
	{ created, warnings }: SaveResult,
): Promise<IDataObject> {
	const { settings } = task;
	const { isNew } = created;
	const id = Number(created.record.id);
	if (isNew) await task.duplicates.check(client, id);
	// The item that created the journal may have approved it since then.
	const record =
		created.createdByItem === undefined ? created.record : ((await readReceipt(client, id)) ?? created.record);
	const saved = { client, record, lookUpSeconds: lookUpSecondsOf(settings) };
	const done = [`journal ${String(record.receiptNumber ?? '')} (ID ${id}) ${isNew ? 'saved' : 'found'}`];
	const hasOnlyEntries = !task.transactions.some(({ fields }) => fields.transactionType === 'RECONCILIATION_ENTRY');
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

/** Refuses a journal whose own reference belongs to a journal with other content. */
function checkOwnReference(body: IDataObject, record: IDataObject, reference: string | undefined): void {
	const difference = journalDifference(body, record);
	if (difference === undefined) return;
	throw new ProcountorError({
		message: `Journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) already has the own reference '${reference ?? ''}', but differs from this item: ${difference}`,
		advice: 'Nothing was saved. Use another Own Reference, or correct the transactions.',
	});
}

async function buildBody(
	client: Client,
	{ operation, fields, transactions, settings }: JournalTask,
): Promise<{ body: IDataObject; warnings: string[]; requestedDate: string }> {
	const statuses = ((await readVats(client)).vatStatuses ?? []) as VatStatus[];
	const vatSide = (vatType: unknown): 'sales' | 'purchase' => (vatType === 'SALES' ? 'sales' : 'purchase');
	const status = unwrap(
		'VAT Status',
		parseVatStatus(settings.vatStatus ?? fields.vatStatus ?? 1, statuses, vatSide(fields.vatType)),
	);
	const requestedDate = String(fields.receiptDate ?? unwrap('Receipt Date', parseDate(new Date())));
	const receiptDate =
		settings.closedPeriod === 'move' ? await firstOpenDay(client, requestedDate, 'Receipt Date') : requestedDate;
	const rows: IDataObject[] = [];
	for (const { index, fields: rowFields, amount, vatPercent, vatStatus: rowStatus, dimensions } of transactions) {
		const ownStatus =
			rowStatus === undefined
				? undefined
				: unwrap(
						transactionLabel(index, 'VAT Status'),
						parseVatStatus(rowStatus, statuses, vatSide(rowFields.vatType ?? fields.vatType)),
					);
		const actualPercent = unwrap(
			transactionLabel(index, 'VAT %'),
			checkVatPercentOfStatus(
				Number(toText(vatPercent)),
				ownStatus ?? status,
				statuses,
				fields.vatProcessing !== undefined,
			),
		);
		const posting = await resolvePosting(client, { dimensions }, (label) => transactionLabel(index, label));
		const dimensionItemValues = unwrap(
			transactionLabel(index, 'Dimensions'),
			dimensionValues(posting?.dimensions ?? [], amount),
		);
		rows.push({
			...rowFields,
			accountingValue: unwrap(transactionLabel(index, 'Amount'), toNumber(amount)),
			vatPercent: actualPercent,
			...(ownStatus === undefined ? {} : { vatStatus: ownStatus }),
			...(dimensionItemValues.length ? { dimensionItemValues } : {}),
		});
	}
	const body = checkedBody(operation, {
		...fields,
		...identifyingNotes(fields.accountantsNotes, settings.ownReference, {
			requested: requestedDate,
			used: receiptDate,
		}),
		type: 'JOURNAL',
		receiptDate,
		vatStatus: status,
		transactions: rows,
	});
	return { body, warnings: movedDayWarnings('Receipt Date', requestedDate, receiptDate), requestedDate };
}

async function readReceipt(client: Client, id: number): Promise<LedgerReceipt | undefined> {
	const options = { path: { receiptId: id }, noun: `journal ${id}` };
	return await client.getOptional('GET /ledgerreceipts/{receiptId}', options);
}

interface JournalState {
	client: Client;
	record: IDataObject;
	lookUpSeconds: number;
}

async function reload(saved: JournalState): Promise<IDataObject> {
	const id = Number(saved.record.id);
	const record = await pollUntil(saved, async () => await readReceipt(saved.client, id));
	if (!record)
		throw new ProcountorError({
			message: `Procountor does not show the journal with ID ${id} yet`,
			advice: 'Run it again later.',
		});
	saved.record = record;
	return record;
}

/** Attaches the files to the journal's invoice, which holds them (docs/procountor.md#attachments). */
function filesStep(saved: JournalState, { input, files }: JournalTask): Step {
	return {
		name: 'attach the files',
		async run() {
			if (files.length === 0 || saved.record.status !== APPROVABLE) return undefined;
			await reload(saved);
			const present = fileNames(saved.record);
			const missing = files.filter(({ name }) => !present.includes(name));
			const holder = { referenceType: 'INVOICE', referenceId: Number(saved.record.invoiceId) };
			for (const file of missing)
				await attachFile(saved.client, input, file, holder, async () => fileNames(await reload(saved)), present);
			return missing.length ? `${missing.map(({ name }) => name).join(', ')} attached` : undefined;
		},
	};
}

function approveStep(saved: JournalState): Step {
	return {
		name: 'approve',
		async run() {
			if (saved.record.status !== APPROVABLE) return undefined;
			await reload(saved);
			const request = {
				call: 'PUT /ledgerreceipts/{receiptId}/approve',
				path: { receiptId: Number(saved.record.id) },
				noun: `journal ${String(saved.record.id)}`,
			};
			await ensureState(
				saved.client,
				async () => await saved.client.request(request),
				async () => (await reload(saved)).status !== APPROVABLE,
			);
			await reload(saved);
			return `journal ${String(saved.record.receiptNumber ?? '')} (ID ${String(saved.record.id)}) approved`;
		},
	};
}
