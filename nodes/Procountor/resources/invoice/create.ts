import type { IDataObject } from 'n8n-workflow';
import { withoutZeroDecimals } from '../../validation/cellValues';
import type { Input, Values } from '../../engine/input';
import { listAt, setPath, toObject } from '../../utils/objects';
import type { OperationHandler } from '../../engine/task';
import { type Client, type Execution, InputError, RecordLoader } from '../../api';
import { shaper } from '../../engine/simplify';
import { checkSizes } from '../../engine/files';
import type { IncomingFile } from '../../engine/incomingFiles';
import { withWarnings } from '../shared/warnings';
import { filesToAttach } from '../shared/attach';
import { ItemMemory } from '../../engine/itemMemory';
import { type Created, createOnce, repeatNote } from '../shared/createOnce';
import { ifExistsOf, lookUpSecondsOf } from '../shared/formSettings';
import { Duplicates } from '../shared/duplicates';
import { RecordTurns } from '../shared/recordTurns';
import { inTwoParts } from '../../engine/phases';
import { runSteps, type Step } from '../shared/steps';
import { raise } from '../../utils/raise';
import { approveStep, circulationStep, filesStep, postingsStep, resumeAdvice, sendStep } from './afterCreate';
import type { SavedInvoice } from './savedInvoice';
import { receiptLoader, type ReceiptLoader } from '../shared/bookkeeping/readBookkeeping';
import { approvalOf } from './approvers';
import { checkChoices } from './createChoices';
import { checkedInvoice } from './checks';
import { partnerIdBy, personIdBy } from './partnerBy';
import { enrichInvoice, type EnrichedInvoice, type Registers, type WantedInvoice } from './enrich';
import { alikeWarnings, identityOf, invoiceExists, type InvoiceIdentity } from './identity';
import { checkSameInvoice } from './sameInvoice';
import { afterEntries, registerWishes, type RegisterWishes, withRegisterEntries } from './registerSteps';
import { isOfPerson, nameOfType, type InvoiceType } from '../shared/invoiceTypes';
import { refuseMissingText } from '../shared/missingText';
import { matchRows } from '../shared/bookkeeping/matchRows';
import { readInvoice, isActive, nameOfInvoice, counterpartyName } from '../shared/invoiceRecord';
import { readRows } from '../shared/bookkeeping/rows';

/** Everything that one item asks for. */
interface CreateTask {
	wanted: WantedInvoice;
	input: Input;
	memory: ItemMemory;
	doubles: Duplicates;
	turns: RecordTurns;
	/** The receipts of the invoices that the items save. */
	receipts: ReceiptLoader;
	shape: (record: IDataObject) => IDataObject;
	registers: Registers;
	files: IncomingFile[];
	settings: IDataObject;
	query: Values['query'];
	wishes?: RegisterWishes;
}

export const createSalesInvoice: OperationHandler = creating(() => ({ type: 'SALES_INVOICE' }));
export const createPurchaseInvoice: OperationHandler = creating(() => ({ type: 'PURCHASE_INVOICE' }));
export const createTravelInvoice: OperationHandler = creating(() => ({ type: 'TRAVEL_INVOICE' }));
export const createExpenseClaim: OperationHandler = creating(() => ({ type: 'BILL_OF_CHARGES' }));
export const createOrder: OperationHandler = creating(({ orderType }) =>
	orderType === 'OFFER' ? { type: 'SALES_ORDER', isOffer: true } : { type: orderType as InvoiceType },
);

function creating(kindOf: (settings: IDataObject) => { type: InvoiceType; isOffer?: boolean }): OperationHandler {
	return (operation, input, execution) => {
		const { body, settings: given, query } = input.values(operation);
		const settings = toObject(given);
		const { type, isOffer } = kindOf(settings);
		const fields = withPlainNumber({ ...toObject(body), ...(isOffer ? { isOffer } : {}) });
		const wanted = wantedInvoice(type, fields, settings);
		const registers = registersFor(execution);
		const task: CreateTask = {
			wanted,
			input,
			memory: new ItemMemory(input),
			doubles: Duplicates.of(execution),
			turns: RecordTurns.of(execution),
			receipts: execution.shared('receipts of new invoices', receiptLoader),
			shape: shaper(operation, input),
			registers,
			files: filesToAttach(input, settings),
			settings,
			query,
			wishes: registerWishes(wanted, settings, execution, registers),
		};
		checkChoices(task.wanted, settings, task.wishes);
		announce(task);
		return {
			readOnly: false,
			resumes: true,
			together: settings.order === 'together',
			// Only saving gives numbers.
			finishesTogether: true,
			...inTwoParts<Candidate, Saved>({
				// What an earlier item creates in the registers, or under the same number, must show: nothing is read before it.
				lookAhead: async (client) =>
					task.wishes || settings.ifExists === 'create' ? undefined : await lookedUp(client, task),
				begin: async (client, ahead) => await save(client, task, ahead),
				finish: async (client, saved) => [{ json: await finish(client, task, saved) }],
				name: ({ name, created }) => `${name} (ID ${String(created.record.id)})`,
			}),
		};
	};
}

/** A number is looked up as it was stored: spaces around it are none of it. */
function withPlainNumber({ originalInvoiceNumber, ...fields }: IDataObject): IDataObject {
	const number = String(originalInvoiceNumber ?? '').trim();
	refuseMissingText('Own Invoice Number', number);
	return number === '' ? fields : { ...fields, originalInvoiceNumber: number };
}

function wantedInvoice(type: InvoiceType, fields: IDataObject, settings: IDataObject): WantedInvoice {
	const { unitPricesIncludeVat, accountingByRow } = (fields.extraInfo ?? {}) as {
		unitPricesIncludeVat?: boolean;
		accountingByRow?: boolean;
	};
	return {
		type,
		fields,
		rows: readRows(listAt(settings, 'invoiceRows')),
		// Prices of a travel invoice always include VAT (docs/procountor.md#travel-invoices).
		pricesIncludeVat: type === 'TRAVEL_INVOICE' || unitPricesIncludeVat === true,
		termDays: settings.termDays as number | undefined,
		vatStatus: settings.vatStatus as string | undefined,
		accountingByRow,
		otherPayee: settings.accountOwner === 'other',
		moveToOpenDay: settings.closedPeriod === 'move',
	};
}

function registersFor(execution: Execution): Registers {
	return {
		partners: execution.shared('partners of invoices', () => new RecordLoader('GET /businesspartners/{id}')),
		products: execution.shared(
			'products of invoices',
			() => new RecordLoader('GET /products/{productId}', { query: { includeLocalizations: true } }),
		),
	};
}

/** Items that name the same partners and products share the requests for them. */
function announce({ wanted: { type, fields, rows }, registers }: CreateTask): void {
	if (fields.partnerId !== undefined && !isOfPerson(type)) registers.partners.announce([Number(fields.partnerId)]);
	registers.products.announce(rows.flatMap(({ productId }) => productId ?? []));
}

/** An invoice that was saved or found, before the steps that follow. */
interface Saved {
	complete: EnrichedInvoice;
	created: Created;
	name: string;
	/** What was written before it. */
	done: string[];
	warnings: string[];
}

/** An invoice that is ready to be saved; `existing` are the IDs of those that Procountor has under its own number. */
interface Candidate {
	complete: EnrichedInvoice;
	body: IDataObject;
	identity?: InvoiceIdentity;
	existing?: number[];
}

async function candidateOf(client: Client, task: CreateTask): Promise<Candidate> {
	const complete = await completed(client, task);
	const { type } = task.wanted;
	const body = checkedInvoice(type, complete.body, complete.held);
	const number = body.originalInvoiceNumber as string | undefined;
	return {
		complete,
		body,
		identity: number === undefined ? undefined : await identityOf(client, type, number, body),
	};
}

async function lookedUp(client: Client, task: CreateTask): Promise<Candidate> {
	const candidate = await candidateOf(client, task);
	return { ...candidate, existing: await candidate.identity?.find() };
}

async function save(client: Client, task: CreateTask, ahead: Candidate | undefined): Promise<Saved> {
	await checkSizes(task.input, task.files);
	const done: string[] = [];
	try {
		const ready = await withEntries(client, task, done);
		return { ...(await saveInvoice(client, ready, ahead ?? (await candidateOf(client, ready)))), done };
	} catch (error) {
		return raise(afterEntries(error, done));
	}
}

/** The task with the customer and products that it creates or updates in their registers; their names are added to `done`. */
async function withEntries(client: Client, task: CreateTask, done: string[]): Promise<CreateTask> {
	const { wishes, memory, settings } = task;
	if (!wishes) return task;
	const { type } = task.wanted;
	const wanted = await withRegisterEntries(client, task.wanted, wishes, {
		memory,
		lookUpSeconds: lookUpSecondsOf(settings),
		check: async (invoice) => {
			const complete = await completed(client, { ...task, wanted: invoice });
			return { ...complete, body: checkedInvoice(invoice.type, complete.body, complete.held) };
		},
		exists: async ({ body }) =>
			memory.of('create') !== undefined || (await invoiceExists(client, type, body, settings)),
		done,
	});
	return { ...task, wanted };
}

async function saveInvoice(
	client: Client,
	task: CreateTask,
	{ complete, body, identity, existing }: Candidate,
): Promise<Omit<Saved, 'done'>> {
	const { settings, memory } = task;
	const { type } = task.wanted;
	const number = body.originalInvoiceNumber as string | undefined;
	const name =
		number === undefined
			? `the ${nameOfType[type]} for ${counterpartyName(body)}`
			: `the ${nameOfType[type]} ${number} for ${counterpartyName(body)}`;
	const created = await createOnce({
		client,
		memory,
		name,
		identity,
		existing,
		doubles: task.doubles,
		ifExists: ifExistsOf(settings),
		lookUpSeconds: lookUpSecondsOf(settings),
		post: async () => (await client.requestJson({ call: 'POST /invoices', query: task.query, body, noun: name })) ?? {},
		read: async (id) => await readInvoice(client, id),
		isActive: isActive,
		where: `in Procountor among the ${nameOfType[type]}s of ${counterpartyName(body)}, dated ${String(body.date)}`,
	});
	if (created.how === 'found') checkSameInvoice(type, body, created.record);
	else if (complete.ledger.some(({ posting }) => posting)) announceReceipt(task, created.record);
	const isNew = created.how === 'made';
	return { complete, created, name, warnings: isNew && identity ? alikeWarnings(identity, body) : [] };
}

/** The receipts of many new invoices are read with one request. */
function announceReceipt({ receipts }: CreateTask, { ledgerReceiptId }: IDataObject): void {
	if (ledgerReceiptId !== undefined) receipts.announce([Number(ledgerReceiptId)]);
}

async function finish(client: Client, task: CreateTask, saved: Saved): Promise<IDataObject> {
	const id = Number(saved.created.record.id);
	return await task.turns.take(id, async (isFirst) => await finishInTurn(client, task, saved, isFirst));
}

async function finishInTurn(
	client: Client,
	task: CreateTask,
	{ complete, created, done: before, warnings: ofNumber }: Saved,
	isFirst: boolean,
): Promise<IDataObject> {
	const { settings, memory, input } = task;
	const isNew = created.how === 'made';
	if (isNew) await task.doubles.check(client, Number(created.record.id));
	// Another item of the run has moved it on since.
	const isCurrent = isFirst && created.madeByItem === undefined;
	const record = isCurrent
		? created.record
		: ((await readInvoice(client, Number(created.record.id))) ?? created.record);
	const receipts = isNew ? task.receipts : undefined;
	const saved: SavedInvoice = { client, record, isNew, receipts, lookUpSeconds: lookUpSecondsOf(settings), memory };
	const done = [...before, `${nameOfInvoice(record)} ${isNew ? 'saved' : 'found'}`];
	const isKnown = complete.body.originalInvoiceNumber !== undefined;
	await runSteps(stepsAfter(task, saved, complete), done, resumeAdvice(isKnown, settings.ifExists));
	const note = repeatNote(input.context, created, nameOfType[task.wanted.type]);
	const warnings = withWarnings(input.context, [...(task.wishes?.warnings ?? []), ...complete.warnings, ...ofNumber]);
	return { ...task.shape(saved.record), wasCreated: isNew, done, ...note, ...warnings };
}

/** The invoice with everything, and what nobody but this job decides: reference, circulation, whether it can be sent. */
async function completed(client: Client, { wanted, settings, registers }: CreateTask): Promise<EnrichedInvoice> {
	let fields = wanted.fields;
	if (fields.partnerId === undefined && settings.personNumber !== undefined)
		fields = {
			...fields,
			partnerId: await personIdBy(client, withoutZeroDecimals(String(settings.personNumber).trim())),
		};
	if (settings.partnerBy !== undefined)
		fields = { ...fields, partnerId: await partnerIdBy(client, wanted.type, toObject(settings.partnerBy)) };
	if (settings.reference === 'procountor') fields = setPath(fields, 'paymentInfo.bankReferenceCode', '');
	const approval = await approvalOf(client, settings);
	if (approval) fields = { ...fields, invoiceApprovalInformation: approval };
	const complete = await enrichInvoice(client, { ...wanted, fields }, registers);
	if (settings.after === 'send' && complete.body.invoiceChannel === 'NO_SENDING')
		throw new InputError(
			'Invoice Channel',
			"is 'No Sending', so the invoice cannot be sent",
			'Choose another channel, with the addresses that it needs, or only approve the invoice.',
		);
	const alike = complete.ledger.some(({ posting }) => posting)
		? matchRows(complete.ledger, complete.ledger)
		: undefined;
	if (alike && !alike.ok)
		throw new InputError(
			'Rows',
			`cannot be posted as requested: Procountor ${alike.message}`,
			`${alike.advice ?? ''}. Nothing was saved.`,
		);
	return complete;
}

function stepsAfter({ settings, files, input }: CreateTask, saved: SavedInvoice, { ledger }: EnrichedInvoice): Step[] {
	const steps = [postingsStep(saved, ledger), filesStep(saved, input, files, settings.sendFiles === true)];
	if (settings.after === 'approve' || settings.after === 'send')
		steps.push(approveStep(saved, settings.updateInventory === true));
	if (settings.after === 'send') steps.push(sendStep(saved));
	if (settings.after === 'circulate') steps.push(circulationStep(saved));
	return steps;
}
