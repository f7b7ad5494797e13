import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api';
import { checkSizes } from '../../engine/files';
import { twoPhaseTask } from '../../engine/phases';
import type { OperationHandler } from '../../engine/task';
import { raise } from '../../utils/raise';
import { type Created, createOnce, creationNote } from '../shared/createOnce';
import { ifExistsOf, lookUpSecondsOf } from '../shared/formSettings';
import { counterpartyName, isActive, nameOfInvoice, readInvoice } from '../shared/invoiceRecord';
import { nameOfType, type InvoiceType } from '../shared/invoiceTypes';
import { runSteps, type Step } from '../shared/steps';
import { withWarnings } from '../shared/warnings';
import { approveStep, circulationStep, filesStep, postingsStep, resumeAdvice, sendStep } from './afterCreate';
import { checkInvoice } from './checks';
import type { EnrichedInvoice } from './enrich';
import { invoiceExists, similarNumberWarnings } from './identity';
import { completeInvoice, prepareCandidate, prepareTask, type Candidate, type CreateTask } from './prepareCreate';
import { withCompleted, writeRegisterEntries } from './registerSteps';
import { checkSameInvoice } from './sameInvoice';
import type { SavedInvoice } from './savedInvoice';

/** An invoice that was saved or found, before its later steps. */
interface Saved {
	enriched: EnrichedInvoice;
	created: Created;
	name: string;
	/** The register entries that were written before it. */
	done: string[];
	warnings: string[];
}

export const createSalesInvoice: OperationHandler = createHandler(() => ({ type: 'SALES_INVOICE' }));
export const createPurchaseInvoice: OperationHandler = createHandler(() => ({ type: 'PURCHASE_INVOICE' }));
export const createTravelInvoice: OperationHandler = createHandler(() => ({ type: 'TRAVEL_INVOICE' }));
export const createExpenseClaim: OperationHandler = createHandler(() => ({ type: 'BILL_OF_CHARGES' }));
export const createOrder: OperationHandler = createHandler(({ orderType }) =>
	orderType === 'OFFER' ? { type: 'SALES_ORDER', isOffer: true } : { type: orderType as InvoiceType },
);

function createHandler(typeOf: (settings: IDataObject) => { type: InvoiceType; isOffer?: boolean }): OperationHandler {
	return (operation, input, execution) => {
		const task = prepareTask(operation, input, execution, typeOf);
		const { settings } = task;
		// An earlier item may write the register entries, or create an invoice under the same number.
		const canLookAhead = !task.registerOptions && settings.ifExists !== 'create';
		return {
			readOnly: false,
			resumable: true,
			concurrent: settings.order === 'together',
			// Only saving gives numbers.
			finishesConcurrently: true,
			...twoPhaseTask<Candidate, Saved>({
				lookAhead: async (client) => (canLookAhead ? await lookUpCandidate(client, task) : undefined),
				begin: async (client, candidate) => await save(client, task, candidate),
				finish: async (client, saved) => [{ json: await finish(client, task, saved) }],
				name: ({ name, created }) => `${name} (ID ${String(created.record.id)})`,
			}),
		};
	};
}

async function lookUpCandidate(client: Client, task: CreateTask): Promise<Candidate> {
	const candidate = await prepareCandidate(client, task);
	return { ...candidate, existing: await candidate.identity?.find() };
}

async function save(client: Client, task: CreateTask, candidate: Candidate | undefined): Promise<Saved> {
	await checkSizes(task.input, task.files);
	const done: string[] = [];
	try {
		const ready = await saveRegisterEntries(client, task, done);
		return { ...(await saveInvoice(client, ready, candidate ?? (await prepareCandidate(client, ready)))), done };
	} catch (error) {
		return raise(withCompleted(error, done));
	}
}

/** Creates or updates the customer and the products in their registers, if the user chose that. Adds their names to `done`. */
async function saveRegisterEntries(client: Client, task: CreateTask, done: string[]): Promise<CreateTask> {
	const { registerOptions, memory, settings } = task;
	if (!registerOptions) return task;
	const wanted = await writeRegisterEntries(client, task.wanted, registerOptions, {
		memory,
		lookUpSeconds: lookUpSecondsOf(settings),
		check: async (invoice) => {
			const enriched = await completeInvoice(client, { ...task, wanted: invoice });
			return { ...enriched, body: checkInvoice(invoice.type, enriched.body, enriched.registerFields) };
		},
		exists: async ({ body }) =>
			memory.getStep('create') !== undefined || (await invoiceExists(client, task.wanted.type, body, settings)),
		done,
	});
	return { ...task, wanted };
}

async function saveInvoice(
	client: Client,
	task: CreateTask,
	{ enriched, body, identity, existing }: Candidate,
): Promise<Omit<Saved, 'done'>> {
	const { settings, memory, query } = task;
	const { type } = task.wanted;
	const number = body.originalInvoiceNumber as string | undefined;
	const counterparty = counterpartyName(body);
	const name = `the ${nameOfType[type]} ${number === undefined ? '' : `${number} `}for ${counterparty}`;
	const created = await createOnce({
		client,
		memory,
		name,
		identity,
		existing,
		duplicates: task.duplicates,
		ifExists: ifExistsOf(settings),
		lookUpSeconds: lookUpSecondsOf(settings),
		post: async () => (await client.requestJson({ call: 'POST /invoices', query, body, noun: name })) ?? {},
		read: async (id) => await readInvoice(client, id),
		isActive,
		where: `in Procountor among the ${nameOfType[type]}s of ${counterparty}, dated ${String(body.date)}`,
	});
	const { isNew, record } = created;
	if (!isNew) checkSameInvoice(type, body, record);
	else if (record.ledgerReceiptId !== undefined && enriched.wantedRows.some(({ posting }) => posting))
		task.receipts.announce([Number(record.ledgerReceiptId)]);
	return { enriched, created, name, warnings: isNew && identity ? similarNumberWarnings(identity, body) : [] };
}

async function finish(client: Client, task: CreateTask, saved: Saved): Promise<IDataObject> {
	const id = Number(saved.created.record.id);
	return await task.turns.take(id, async (isFirst) => await finishInTurn(client, task, saved, isFirst));
}

async function finishInTurn(
	client: Client,
	task: CreateTask,
	{ enriched, created, done: written, warnings: numberWarnings }: Saved,
	isFirst: boolean,
): Promise<IDataObject> {
	const { settings, memory, input } = task;
	const { isNew } = created;
	const id = Number(created.record.id);
	if (isNew) await task.duplicates.check(client, id);
	// Another item of the run may have changed the invoice since it was read.
	const isCurrent = isFirst && created.createdByItem === undefined;
	const record = isCurrent ? created.record : ((await readInvoice(client, id)) ?? created.record);
	const receipts = isNew ? task.receipts : undefined;
	const saved: SavedInvoice = { client, record, isNew, receipts, lookUpSeconds: lookUpSecondsOf(settings), memory };
	const done = [...written, `${nameOfInvoice(record)} ${isNew ? 'saved' : 'found'}`];
	const isIdentified = enriched.body.originalInvoiceNumber !== undefined;
	await runSteps(laterSteps(task, saved, enriched), done, resumeAdvice(isIdentified, settings.ifExists));
	const note = creationNote(input.context, created, nameOfType[task.wanted.type]);
	const warnings = [...(task.registerOptions?.warnings ?? []), ...enriched.warnings, ...numberWarnings];
	return { ...task.shape(saved.record), wasCreated: isNew, done, ...note, ...withWarnings(input.context, warnings) };
}

function laterSteps(
	{ settings, files, input }: CreateTask,
	saved: SavedInvoice,
	{ wantedRows }: EnrichedInvoice,
): Step[] {
	const { after } = settings;
	const steps = [postingsStep(saved, wantedRows), filesStep(saved, input, files, settings.sendFiles === true)];
	if (after === 'approve' || after === 'send') steps.push(approveStep(saved, settings.updateInventory === true));
	if (after === 'send') steps.push(sendStep(saved));
	if (after === 'circulate') steps.push(circulationStep(saved));
	return steps;
}
