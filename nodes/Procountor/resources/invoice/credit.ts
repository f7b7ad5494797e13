import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { date as dayOf } from '../../validation/dates';
import { decimal, negate, toNumber } from '../../validation/money';
import { type Client, InputError, type Invoice, resolve, type Schema } from '../../api';
import { titleOf } from '../../labels/terms';
import { isPlainObject, objectAt, toList, toObject } from '../../utils/objects';
import type { OperationHandler } from '../../engine/task';
import { recordId } from '../../engine/recordId';
import { shaper } from '../../engine/simplify';
import { readSession } from '../shared/companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { approveStep, postingsStep, resumeAdvice, sendStep } from './afterCreate';
import type { SavedInvoice } from './savedInvoice';
import { checkMark, checkWhatIsLeft, creditsOf, markOf, oddities, searchForDoubles } from './earlierCredits';
import { readCreditLedger } from './creditLedger';
import { readCreditParts, rowsOfParts, type CreditPart, type CreditRow } from './creditParts';
import { setOffSteps } from './creditSetOff';
import { firstOpenDay, movedDayWarnings } from '../shared/bookkeeping/openDay';
import { openAmount, readPayments } from '../shared/invoicePayments';
import { throwInvoiceNotFound, readInvoice, isActive, nameOfInvoice, counterpartyName } from '../shared/invoiceRecord';
import { rowLabel, unwrap } from '../shared/bookkeeping/rows';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { type Created, createOnce, repeatNote } from '../shared/createOnce';
import { ifExistsOf, lookUpSecondsOf } from '../shared/formSettings';
import { Duplicates } from '../shared/duplicates';
import { refuseMissingText } from '../shared/missingText';
import { inTwoParts } from '../../engine/phases';
import { withWarnings } from '../shared/warnings';
import { runSteps, type Step } from '../shared/steps';

/** Fields of an invoice that belong to it alone and are not copied into its credit. */
const OWN = [
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
/** Statuses of invoices that were never sent out, and need no credit. */
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
	/** What is credited; everything if there are none. */
	parts: CreditPart[];
	memory: ItemMemory;
	doubles: Duplicates;
	context: IExecuteFunctions;
}

/** A credit that was saved or found, before the steps that follow. */
interface Saved {
	name: string;
	original: Invoice;
	body: IDataObject;
	ledger: WantedRow[];
	warnings: string[];
	made: Created;
}

/**
 * Credits a sales invoice: creates an invoice with negated rows and the same accounts and dimensions, and optionally
 * sets both off. Procountor has no type for credit notes (docs/procountor.md#credit-notes).
 */
export const creditInvoice: OperationHandler = (operation, input, execution) => {
	const { settings: given } = input.values(operation);
	// A number is looked up as it was stored: spaces around it are none of it.
	const settings: IDataObject = { ...given, number: String(given.number ?? '').trim() || undefined };
	const task: CreditTask = {
		invoiceId: recordId('Invoice', settings.invoiceId),
		settings,
		parts: readCreditParts(toList(given.parts)),
		memory: new ItemMemory(input),
		doubles: Duplicates.of(execution),
		context: input.context,
	};
	refuseMissingText('Own Invoice Number', String(settings.number ?? ''));
	if (settings.setOff === true && settings.after === 'unfinished')
		throw new InputError('Set Off', 'needs the credit to be approved', 'Choose to approve it under After Creating.');
	const shape = shaper(operation, input);
	return {
		readOnly: false,
		resumes: true,
		...inTwoParts({
			begin: async (client) => await save(client, task),
			finish: async (client, saved) => [{ json: await finish(client, task, saved, shape) }],
			name: ({ name, made }) => `${name} (ID ${String(made.record.id)})`,
		}),
	};
};

async function save(client: Client, task: CreditTask): Promise<Saved> {
	const { settings, memory, invoiceId, parts } = task;
	const original = (await readInvoice(client, invoiceId)) ?? throwInvoiceNotFound(invoiceId);
	const { body, rows, warnings } = await creditOf(client, original, task);
	const number = settings.number as string | undefined;
	const ledger = await readCreditLedger(client, original, rows);
	const mark = markOf(original, parts);
	const name = `the credit of ${nameOfInvoice(original)}`;
	const known = { number, mark, date: String(body.date) };
	const earlier = new Set<number>();
	const { companyId } = await readSession(client);
	const made = await createOnce({
		client,
		memory,
		name,
		identity: {
			key: [companyId, 'CREDIT', invoiceId, number, ...(parts.length ? [mark] : [])],
			find: async () => await creditsOf(client, original, known),
			search: searchForDoubles(client, original, known, earlier),
		},
		doubles: task.doubles,
		ifExists: ifExistsOf(settings),
		lookUpSeconds: lookUpSecondsOf(settings),
		post: async () => {
			warnings.push(...(await checkWhatIsLeft(client, original, body, task, earlier)));
			return (await client.requestJson({ call: 'POST /invoices', body, noun: name })) ?? {};
		},
		read: async (id) => await readInvoice(client, id),
		isActive: isActive,
		where: `in Procountor among the sales invoices of ${counterpartyName(original)}`,
	});
	checkMark(made.record, original, mark);
	return { name, original, body, ledger, warnings, made };
}

async function finish(
	client: Client,
	task: CreditTask,
	{ original, body, ledger, warnings, made }: Saved,
	shape: (record: IDataObject) => IDataObject,
): Promise<IDataObject> {
	const { settings, memory, invoiceId } = task;
	const { how } = made;
	// The item that made it has moved it on since.
	const record =
		made.madeByItem === undefined ? made.record : ((await readInvoice(client, Number(made.record.id))) ?? made.record);
	if (how === 'made') await task.doubles.check(client, Number(record.id));
	const saved: SavedInvoice = {
		client,
		record,
		isNew: how === 'made',
		lookUpSeconds: lookUpSecondsOf(settings),
		memory,
	};
	const done = [`${nameOfInvoice(record)} ${how === 'made' ? 'saved' : 'found'}`];
	await runSteps(stepsAfter(saved, task, { original, body, ledger }), done, resumeAdvice(true, settings.ifExists));
	// Payments change its status.
	const last =
		settings.setOff === true ? ((await readInvoice(client, Number(record.id))) ?? saved.record) : saved.record;
	return {
		...shape(last),
		creditedInvoiceId: invoiceId,
		wasCreated: how === 'made',
		done,
		...repeatNote(task.context, made, 'credit'),
		...withWarnings(task.context, warnings),
	};
}

/** The step for the accounts, and those that the person chose. */
function stepsAfter(
	saved: SavedInvoice,
	{ settings }: CreditTask,
	{ original, body, ledger }: { original: IDataObject; body: IDataObject; ledger: WantedRow[] },
): Step[] {
	const steps: Step[] = [postingsStep(saved, ledger)];
	if (settings.after !== 'unfinished') steps.push(approveStep(saved, false));
	if (settings.after === 'send') steps.push(sendStep(saved));
	if (settings.setOff === true) steps.push(...setOffSteps(saved, original, body));
	return steps;
}

/** Refuses what cannot be credited before anything is read or saved. */
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

/** An invoice that is paid in full has nothing to set off, unless its credit is there already. */
async function checkSetOff(
	client: Client,
	original: IDataObject,
	{ settings, parts }: Pick<CreditTask, 'settings' | 'parts'>,
	date: string,
): Promise<void> {
	if (settings.setOff !== true) return;
	if (
		openAmount(original, await readPayments(client, Number(original.id))).digits === 0n &&
		!(
			await creditsOf(client, original, {
				number: settings.number as string | undefined,
				mark: markOf(original, parts),
				date,
			})
		).length
	) {
		throw new InputError(
			'Set Off',
			'is not possible: the invoice is paid already',
			'Credit it without setting off, and pay the money back.',
		);
	}
}

/** The body of the credit, and its rows where it credits parts. */
async function creditOf(
	client: Client,
	original: Invoice,
	{ settings, parts }: CreditTask,
): Promise<{ body: IDataObject; rows: CreditRow[]; warnings: string[] }> {
	checkCreditable(original, settings);
	const asked = String(settings.date ?? unwrap('Credit Date', dayOf(new Date())));
	const date = settings.closedPeriod === 'move' ? await firstOpenDay(client, asked, 'Credit Date') : asked;
	await checkSetOff(client, original, { settings, parts }, date);
	const copied = without(toObject(known({ $ref: 'Invoice' }, original)), OWN);
	const copiedRows = toList(copied.invoiceRows).map((row) => without(row, ['id']));
	const partial = parts.length ? rowsOfParts({ ...copied, invoiceRows: copiedRows }, parts) : undefined;
	const rows = partial ? partial.rows.map((one) => one.body) : copiedRows.map(negated);
	const payment = without(objectAt(copied, 'paymentInfo'), ['newDueDate', 'cashDiscount', 'bankReferenceCode']);
	const reference = settings.reference === 'none' ? {} : { bankReferenceCode: '' };
	const notes = [markOf(original, parts), settings.notes].filter((text) => text !== undefined).join('\n');
	const body = {
		...copied,
		date,
		paymentInfo: { ...payment, ...reference, dueDate: date },
		invoiceRows: rows,
		...(partial ? { discountPercent: unwrap('Discount %', toNumber(partial.discount)) } : {}),
		notes,
		...(settings.number === undefined ? {} : { originalInvoiceNumber: settings.number }),
		...(settings.text === undefined ? {} : { additionalInformation: settings.text }),
	};
	// What Procountor holds already, such as an old IBAN or VAT rate, is not judged again; the settings were checked.
	const warnings = [...movedDayWarnings('Credit Date', asked, date), ...oddities(original, date)];
	return { body: withoutNulls(body), rows: partial?.rows ?? [], warnings };
}

/** A copy without nulls, in objects and lists alike: not every call takes them. */
function withoutNulls<T>(value: T): T {
	return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner))) as T;
}

/** What Procountor has come to tell since this package was made is not sent back to it. */
function known(schema: Schema, value: unknown): unknown {
	const { properties, items } = resolve(schema);
	if (Array.isArray(value)) return value.map((one) => known(items ?? {}, one));
	if (!properties || !isPlainObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => name in properties)
			.map(([name, inner]) => [name, known(properties[name], inner)]),
	);
}

function without(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([name, value]) => !names.includes(name) && value !== null));
}

function negated(row: IDataObject, index: number): IDataObject {
	const label = rowLabel(index, 'Quantity');
	return { ...row, quantity: unwrap(label, toNumber(negate(unwrap(label, decimal(row.quantity))))) };
}
