import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseDate } from '../../validation/dates';
import { parseDecimal, negate, toNumber } from '../../validation/money';
import { type Client, InputError, type Invoice, resolve, type Schema } from '../../api';
import { titleOf } from '../../labels/terms';
import { isPlainObject, objectAt, toList, toObject } from '../../utils/objects';
import type { OperationHandler } from '../../engine/task';
import { recordId } from '../../engine/recordId';
import { outputShaper } from '../../engine/simplify';
import { readSession } from '../shared/companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { approveStep, postingsStep, resumeAdvice, sendStep } from './afterCreate';
import type { SavedInvoice } from './savedInvoice';
import { checkMark, checkRemaining, findCredits, creditMark, creditWarnings, duplicateSearch } from './earlierCredits';
import { readCreditLedger } from './creditLedger';
import { readCreditParts, toCreditRows, type CreditPart, type CreditRow } from './creditParts';
import { setOffSteps } from './creditSetOff';
import { firstOpenDay, movedDayWarnings } from '../shared/bookkeeping/openDay';
import { openAmount, readPayments } from '../shared/invoicePayments';
import { throwInvoiceNotFound, readInvoice, isActive, nameOfInvoice, counterpartyName } from '../shared/invoiceRecord';
import { rowLabel, unwrap } from '../shared/bookkeeping/rows';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { type Created, createOnce, creationNote } from '../shared/createOnce';
import { ifExistsOf, lookUpSecondsOf } from '../shared/formSettings';
import { Duplicates } from '../shared/duplicates';
import { refuseMissingText } from '../shared/missingText';
import { twoPhaseTask } from '../../engine/phases';
import { withWarnings } from '../shared/warnings';
import { runSteps, type Step } from '../shared/steps';

/** Fields of an invoice that are not copied into its credit. */
const NOT_COPIED = [
	'id',
	'status',
	'invoiceNumber',
	'originalInvoiceNumber',
	'ledgerReceiptId',
	'sum',
	'version',
	'invoiceSumInfo',
	'creatorId',
	'attachments',
	'paymentDate',
	'invoiceOperatorInfo',
	'invoiceApprovalInformation',
	'isOffer',
];
/** Statuses of invoices that were never issued, so that there is nothing to credit. */
const NOT_ISSUED = ['EMPTY', 'UNSAVED', 'UNFINISHED', 'INVALIDATED', 'DELETED', 'OVERRIDDEN'];

export const callsOfCredit = [
	'GET /invoices',
	'GET /invoices/{invoiceId}',
	'GET /ledgerreceipts/{receiptId}',
	'PUT /ledgerreceipts/{receiptId}',
	'PUT /invoices/{invoiceId}/approve',
	'PUT /invoices/{invoiceId}/send',
	'GET /invoices/{invoiceId}/paymentevents',
	'PUT /invoices/{invoiceId}/paymentevents/markpaid',
	'GET /sessioninfo',
	'GET /fiscalyears',
] as const;

interface CreditTask {
	invoiceId: number;
	settings: IDataObject;
	/** The parts that are credited; the entire invoice if there are none. */
	parts: CreditPart[];
	memory: ItemMemory;
	duplicates: Duplicates;
	context: IExecuteFunctions;
}

/** A credit that was saved or found, before its later steps. */
interface Saved {
	name: string;
	original: Invoice;
	body: IDataObject;
	wantedRows: WantedRow[];
	warnings: string[];
	created: Created;
}

/**
 * Credits a sales invoice: creates an invoice with negated rows and the same accounts and dimensions, and optionally
 * sets both off. Procountor has no type for credit notes (docs/procountor.md#credit-notes).
 */
export const creditInvoice: OperationHandler = (operation, input, execution) => {
	const { settings: given } = input.values(operation);
	// Procountor stores numbers without surrounding spaces, so they are searched for without them.
	const settings: IDataObject = { ...given, number: String(given.number ?? '').trim() || undefined };
	const task: CreditTask = {
		invoiceId: recordId('Invoice', settings.invoiceId),
		settings,
		parts: readCreditParts(toList(given.parts)),
		memory: new ItemMemory(input),
		duplicates: Duplicates.of(execution),
		context: input.context,
	};
	refuseMissingText('Own Invoice Number', String(settings.number ?? ''));
	if (settings.setOff === true && settings.after === 'unfinished')
		throw new InputError('Set Off', 'needs the credit to be approved', 'Choose to approve it under After Creating.');
	const shape = outputShaper(operation, input);
	return {
		readOnly: false,
		resumable: true,
		...twoPhaseTask({
			begin: async (client) => await save(client, task),
			finish: async (client, saved) => [{ json: await finish(client, task, saved, shape) }],
			name: ({ name, created }) => `${name} (ID ${String(created.record.id)})`,
		}),
	};
};

async function save(client: Client, task: CreditTask): Promise<Saved> {
	const { settings, memory, invoiceId, parts, duplicates } = task;
	const original = (await readInvoice(client, invoiceId)) ?? throwInvoiceNotFound(invoiceId);
	const { body, rows, warnings } = await buildCredit(client, original, task);
	const number = settings.number as string | undefined;
	const wantedRows = await readCreditLedger(client, original, rows);
	const mark = creditMark(original, parts);
	const name = `the credit of ${nameOfInvoice(original)}`;
	const identity = { number, mark, date: String(body.date) };
	const earlierIds = new Set<number>();
	const { companyId } = await readSession(client);
	const created = await createOnce({
		client,
		memory,
		name,
		identity: {
			key: [companyId, 'CREDIT', invoiceId, number, ...(parts.length ? [mark] : [])],
			find: async () => await findCredits(client, original, identity),
			search: duplicateSearch(client, original, identity, earlierIds),
		},
		duplicates,
		ifExists: ifExistsOf(settings),
		lookUpSeconds: lookUpSecondsOf(settings),
		post: async () => {
			warnings.push(...(await checkRemaining(client, original, body, task, earlierIds)));
			return (await client.requestJson({ call: 'POST /invoices', body, noun: name })) ?? {};
		},
		read: async (id) => await readInvoice(client, id),
		isActive,
		where: `in Procountor among the sales invoices of ${counterpartyName(original)}`,
	});
	checkMark(created.record, original, mark);
	return { name, original, body, wantedRows, warnings, created };
}

async function finish(
	client: Client,
	task: CreditTask,
	saved: Saved,
	shape: (record: IDataObject) => IDataObject,
): Promise<IDataObject> {
	const { settings, memory, invoiceId, context } = task;
	const { created, warnings } = saved;
	const { isNew } = created;
	const id = Number(created.record.id);
	const reread = async (): Promise<IDataObject | undefined> => await readInvoice(client, id);
	// The item that created it may have changed it since.
	const record = created.createdByItem === undefined ? created.record : ((await reread()) ?? created.record);
	if (isNew) await task.duplicates.check(client, id);
	const credit: SavedInvoice = { client, record, isNew, lookUpSeconds: lookUpSecondsOf(settings), memory };
	const done = [`${nameOfInvoice(record)} ${isNew ? 'saved' : 'found'}`];
	await runSteps(laterSteps(credit, settings, saved), done, resumeAdvice(true, settings.ifExists));
	// Setting off changes the credit's status.
	const last = settings.setOff === true ? ((await reread()) ?? credit.record) : credit.record;
	return {
		...shape(last),
		creditedInvoiceId: invoiceId,
		wasCreated: isNew,
		done,
		...creationNote(context, created, 'credit'),
		...withWarnings(context, warnings),
	};
}

function laterSteps(
	credit: SavedInvoice,
	{ after, setOff }: IDataObject,
	{ original, body, wantedRows }: Saved,
): Step[] {
	const steps: Step[] = [postingsStep(credit, wantedRows)];
	if (after !== 'unfinished') steps.push(approveStep(credit, false));
	if (after === 'send') steps.push(sendStep(credit));
	if (setOff === true) steps.push(...setOffSteps(credit, original, body));
	return steps;
}

/** Refuses invoices that cannot be credited as chosen. @throws {InputError} */
function checkCreditable(original: IDataObject, settings: IDataObject): void {
	if (original.type !== 'SALES_INVOICE')
		throw new InputError('Invoice', `is not a sales invoice but a ${titleOf(String(original.type)).toLowerCase()}`);
	if (NOT_ISSUED.includes(String(original.status)))
		throw new InputError(
			'Invoice',
			`has the status ${String(original.status)}, so there is nothing to credit`,
			'Change or invalidate it instead.',
		);
	if (settings.after === 'send' && original.invoiceChannel === 'NO_SENDING')
		throw new InputError(
			'Invoice Channel',
			"is 'No Sending' on the invoice, so its credit cannot be sent",
			'Only approve the credit.',
		);
}

/** Refuses to set off an invoice that is paid in full, unless its credit exists already. */
async function checkSetOff(
	client: Client,
	original: IDataObject,
	{ settings, parts }: Pick<CreditTask, 'settings' | 'parts'>,
	date: string,
): Promise<void> {
	if (settings.setOff !== true) return;
	if (openAmount(original, await readPayments(client, Number(original.id))).digits !== 0n) return;
	const number = settings.number as string | undefined;
	const credits = await findCredits(client, original, { number, mark: creditMark(original, parts), date });
	if (credits.length) return;
	throw new InputError(
		'Set Off',
		'is not possible: the invoice is paid already',
		'Credit it without setting off, and pay the money back.',
	);
}

/** Returns the body of the credit, and its rows if it is a partial credit. */
async function buildCredit(
	client: Client,
	original: Invoice,
	{ settings, parts }: CreditTask,
): Promise<{ body: IDataObject; rows: CreditRow[]; warnings: string[] }> {
	checkCreditable(original, settings);
	const givenDate = String(settings.date ?? unwrap('Credit Date', parseDate(new Date())));
	const date = settings.closedPeriod === 'move' ? await firstOpenDay(client, givenDate, 'Credit Date') : givenDate;
	await checkSetOff(client, original, { settings, parts }, date);
	const copied = omitFields(toObject(omitUnknownFields({ $ref: 'Invoice' }, original)), NOT_COPIED);
	const copiedRows = toList(copied.invoiceRows).map((row) => omitFields(row, ['id']));
	const partial = parts.length ? toCreditRows({ ...copied, invoiceRows: copiedRows }, parts) : undefined;
	const payment = omitFields(objectAt(copied, 'paymentInfo'), ['newDueDate', 'cashDiscount', 'bankReferenceCode']);
	const reference = settings.reference === 'none' ? {} : { bankReferenceCode: '' };
	// Old values that Procountor has, such as an IBAN or a VAT rate, are not checked again; the settings were checked.
	const body = {
		...copied,
		date,
		paymentInfo: { ...payment, ...reference, dueDate: date },
		invoiceRows: partial ? partial.rows.map((row) => row.body) : copiedRows.map(negateRow),
		...(partial ? { discountPercent: unwrap('Discount %', toNumber(partial.discount)) } : {}),
		notes: [creditMark(original, parts), settings.notes].filter((text) => text !== undefined).join('\n'),
		...(settings.number === undefined ? {} : { originalInvoiceNumber: settings.number }),
		...(settings.text === undefined ? {} : { additionalInformation: settings.text }),
	};
	const warnings = [...movedDayWarnings('Credit Date', givenDate, date), ...creditWarnings(original, date)];
	return { body: omitNulls(body), rows: partial?.rows ?? [], warnings };
}

/** Returns a copy without nulls, in objects and lists alike, because some calls reject them. */
function omitNulls<T>(value: T): T {
	return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner))) as T;
}

/** Returns a value without the fields that Procountor has added to its API since this package was made. */
function omitUnknownFields(schema: Schema, value: unknown): unknown {
	const { properties, items } = resolve(schema);
	if (Array.isArray(value)) return value.map((item) => omitUnknownFields(items ?? {}, item));
	if (!properties || !isPlainObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => name in properties)
			.map(([name, inner]) => [name, omitUnknownFields(properties[name], inner)]),
	);
}

function omitFields(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([name, value]) => !names.includes(name) && value !== null));
}

function negateRow(row: IDataObject, index: number): IDataObject {
	const label = rowLabel(index, 'Quantity');
	return { ...row, quantity: unwrap(label, toNumber(negate(unwrap(label, parseDecimal(row.quantity))))) };
}
