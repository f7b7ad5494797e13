import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { date as dayOf } from '../../validation/dates';
import { decimal, negate, toNumber, toText, type Decimal } from '../../validation/money';
import { bodyObject, type Client, InputError, ProcountorError, resolve, type Schema } from '../../api';
import { isPlainObject } from '../../utils/objects';
import type { OperationHandler } from '../../engine/task';
import { shaper } from '../../engine/handlers';
import { sessionOf } from '../shared/companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { approveStep, goingOn, ledgerStep, sendStep, type SavedInvoice } from './afterCreate';
import { creditsOf, MARK, markOf } from './earlierCredits';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { firstOpenDay } from '../shared/bookkeeping/openDay';
import { marked, openSum, paymentsOf, setOff } from '../shared/invoicePayments';
import { invoiceOf, isActive, nameOfInvoice, partyName, totalOf } from '../shared/invoiceRecord';
import { inRow, passed } from '../shared/bookkeeping/rows';
import { createSafely, sameRunNote, type IfExists } from '../shared/createOnce';
import { inSteps, type Step } from '../shared/steps';

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

interface Task {
	invoiceId: number;
	settings: IDataObject;
	memory: ItemMemory;
	context: IExecuteFunctions;
}

/**
 * Credits a sales invoice: a new one with the rows negated, the accounts and dimensions of the old one, and, if wanted,
 * both set off against each other. Procountor has no credit note of its own (docs/procountor.md#credit-notes).
 */
export const creditInvoice: OperationHandler = (operation, input) => {
	const { settings: given } = input.values(operation);
	// A number is looked up as it was stored: spaces around it are none of it.
	const settings = { ...given, number: String(given.number ?? '').trim() || undefined } as IDataObject;
	const task: Task = {
		invoiceId: Number(settings.invoiceId),
		settings,
		memory: new ItemMemory(input),
		context: input.context,
	};
	if (!/^\d+$/.test(String(settings.invoiceId)))
		throw new InputError('Invoice', `is not an ID: '${String(settings.invoiceId)}'`);
	if (settings.setOff === true && settings.after === 'unfinished')
		throw new InputError('Set Off', 'needs the credit to be approved', 'Choose to approve it under After Creating.');
	const shape = shaper(operation, input);
	return { readOnly: false, resumes: true, run: async (client) => [{ json: await credit(client, task, shape) }] };
};

async function credit(client: Client, task: Task, shape: (record: IDataObject) => IDataObject): Promise<IDataObject> {
	const { settings, memory, invoiceId } = task;
	const original = (await invoiceOf(client, invoiceId)) ?? none(invoiceId);
	const body = await creditOf(client, original, settings);
	const number = settings.number as string | undefined;
	const ledger = await ledgerOf(client, original);
	const name = `the credit of ${nameOfInvoice(original)}`;
	const lookUp = Number(settings.lookUp ?? 30);
	const { companyId } = await sessionOf(client);
	const made = await createSafely({
		client,
		memory,
		name,
		identity: {
			key: [companyId, 'CREDIT', invoiceId, number],
			find: async () => await creditsOf(client, original, number, String(body.date)),
		},
		ifExists: (settings.ifExists ?? 'return') as IfExists,
		lookUp,
		post: async () => bodyObject(await client.request({ call: 'POST /invoices', body, noun: name })) ?? {},
		read: async (id) => await invoiceOf(client, id),
		counts: isActive,
		where: `in Procountor among the sales invoices of ${partyName(original)}`,
	});
	const { record, how } = made;
	const mark = String(record.notes ?? '').split('\n')[0];
	if (mark.startsWith(MARK) && mark !== markOf(original))
		throw new InputError(
			'Own Invoice Number',
			`is that of the credit of another invoice: ${nameOfInvoice(record)}`,
			'Give another number.',
		);
	const saved: SavedInvoice = { client, record, isNew: how === 'made', lookUp, memory };
	const done = [`${nameOfInvoice(record)} ${how === 'made' ? 'saved' : 'found'}`];
	const steps: Step[] = [ledgerStep(saved, ledger)];
	if (settings.after !== 'unfinished') steps.push(approveStep(saved, false));
	if (settings.after === 'send') steps.push(sendStep(saved));
	if (settings.setOff === true) steps.push(...setOffSteps(saved, original, body));
	await inSteps(steps, done, goingOn(true, settings.ifExists));
	// Payments change its status.
	const last = settings.setOff === true ? ((await invoiceOf(client, Number(record.id))) ?? saved.record) : saved.record;
	return {
		...shape(last),
		creditedInvoiceId: invoiceId,
		created: how === 'made',
		done,
		...sameRunNote(task.context, made, 'credit'),
	};
}

function none(id: number): never {
	throw new ProcountorError({
		message: `Procountor has no such record: invoice ${id}`,
		status: 404,
		advice: 'Check the ID, and that the credential is of the company that the invoice belongs to.',
	});
}

async function creditOf(client: Client, original: IDataObject, settings: IDataObject): Promise<IDataObject> {
	if (original.type !== 'SALES_INVOICE')
		throw new InputError('Invoice', `is not a sales invoice (${String(original.type)})`);
	if (NOT_ISSUED.includes(String(original.status)))
		throw new InputError(
			'Invoice',
			`has the status ${String(original.status)}, so there is nothing to credit`,
			'Change or invalidate it instead.',
		);
	let date = String(settings.date ?? passed('Date', dayOf(new Date())));
	if (settings.closedPeriod === 'move') date = await firstOpenDay(client, date);
	if (
		settings.setOff === true &&
		openSum(original, await paymentsOf(client, Number(original.id))).digits === 0n &&
		!(await creditsOf(client, original, settings.number as string | undefined, date)).length
	) {
		throw new InputError(
			'Set Off',
			'is not possible: the invoice is paid already',
			'Credit it without setting off, and pay the money back.',
		);
	}
	if (settings.after === 'send' && original.invoiceChannel === 'NO_SENDING')
		throw new InputError(
			'Invoice Channel',
			"is 'No Sending' on the invoice, so its credit cannot be sent",
			'Only approve the credit.',
		);
	const copied = without(known({ $ref: 'Invoice' }, original) as IDataObject, OWN);
	const rows = ((copied.invoiceRows ?? []) as IDataObject[]).map((row, index) => negated(row, index));
	const payment = without(copied.paymentInfo as IDataObject, ['newDueDate', 'cashDiscount', 'bankReferenceCode']);
	const reference = settings.reference === 'none' ? {} : { bankReferenceCode: '' };
	const notes = [markOf(original), settings.notes].filter((text) => text !== undefined).join('\n');
	const body = {
		...copied,
		date,
		paymentInfo: { ...payment, ...reference, dueDate: date },
		invoiceRows: rows,
		notes,
		...(settings.number === undefined ? {} : { originalInvoiceNumber: settings.number }),
		...(settings.text === undefined ? {} : { additionalInformation: settings.text }),
	};
	// What Procountor holds already, such as an old IBAN or VAT rate, is not judged again; the settings were checked.
	return withoutNulls(body);
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
	const label = inRow(index, 'Quantity');
	return { ...without(row, ['id']), quantity: passed(label, toNumber(negate(passed(label, decimal(row.quantity))))) };
}

/**
 * The old receipt's entries, turned round: the new receipt's should have the same accounts and dimensions, whoever set
 * them. Where Procountor posts by itself a user without the right to receipts can credit all the same.
 */
async function ledgerOf(client: Client, original: IDataObject): Promise<WantedRow[]> {
	const id = original.ledgerReceiptId;
	if (id === undefined) return [];
	const isByRow = (original.extraInfo as IDataObject | undefined)?.accountingByRow === true;
	const answer = await client
		.requestOptional({
			call: 'GET /ledgerreceipts/{receiptId}',
			path: { receiptId: Number(id) },
			noun: `receipt ${String(id)}`,
		})
		.catch((error: unknown) => unlessHidden(error, isByRow));
	const transactions = ((answer && bodyObject(answer)?.transactions) ?? []) as IDataObject[];
	const exact = (value: unknown): Decimal => passed('Amount', decimal(value ?? 0));
	return transactions
		.filter(({ transactionType }) => transactionType === 'ENTRY')
		.map(({ account, accountingValue, vatPercent, description, dimensionItemValues }, row) => {
			const dimensions = ((dimensionItemValues ?? []) as IDataObject[]).map(({ dimensionId, itemId, value }) => ({
				dimensionId: Number(dimensionId),
				itemId: Number(itemId),
				amount: negate(exact(value)),
			}));
			return {
				row,
				amount: negate(exact(accountingValue)),
				vatPercent: exact(vatPercent),
				text: String(description ?? ''),
				posting: { account: String(account), dimensions },
			};
		});
}

function unlessHidden(error: unknown, matters: boolean): undefined {
	if (matters || !(error instanceof ProcountorError) || error.problem.status !== 403) throw error;
	return undefined;
}

/** Marks both as paid by each other, each once: a payment that bears the other's number is there already. */
function setOffSteps(saved: SavedInvoice, original: IDataObject, body: IDataObject): Step[] {
	const { client, lookUp } = saved;
	const currency = String((body.paymentInfo as IDataObject).currency);
	const step = (
		name: string,
		invoice: () => IDataObject,
		other: () => IDataObject,
		method: string,
		amountOf: (open: Decimal) => Decimal,
	): Step => ({
		name,
		async run() {
			const payments = await paymentsOf(client, Number(invoice().id));
			const description = `Set off against ${nameOfInvoice(other())}`;
			const earlier = payments.find((payment) => payment.description === description);
			if (earlier) return void (share ??= passed('Amount', decimal(earlier.paidAmount)));
			const amount = amountOf(openSum(invoice(), payments));
			if (amount.digits === 0n) return undefined;
			await marked(
				client,
				invoice(),
				payments,
				{ paymentDate: String(body.date), amount, currency, description, paymentMethodType: method },
				lookUp,
			);
			return `${nameOfInvoice(invoice())} set off (${toText(amount, 2)})`;
		},
	});
	// What the credit can take is decided before the first of the two is marked.
	let share: Decimal | undefined;
	const creditTotal = (): Decimal => passed('Sum', decimal(totalOf(saved.record) ?? 0));
	return [
		step(
			'set off the invoice',
			() => original,
			() => saved.record,
			'CREDIT_NOTE',
			(open) => (share = setOff(open, creditTotal())),
		),
		step(
			'set off the credit',
			() => saved.record,
			() => original,
			'SET_OFF',
			(open) => (share === undefined ? open : negate(share)),
		),
	];
}
