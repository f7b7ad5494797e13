import { createHmac, randomBytes } from 'node:crypto';

import type { Probe } from '../probe';
import type { Notification } from '../receiver';
import { at, type Json, listAt, movedDay, numberAt, textAt } from '../values';
import { approvedInvoice, ownIban } from './invoices';
import { search } from './lists';
import { cannotTell, type Fact, type Finding, found } from './types';

const ALLOCATION = '/bankstatements/{statementId}/events/{eventId}/invoices';

/** Declares how the other records that the probe makes are removed. */
export function defineMoneyRecords({ api, options: { records } }: Probe): void {
	const gone = (status: number) =>
		[200, 204, 404].includes(status) ? undefined : `could not be removed: status ${status}`;
	const stays = async () => 'stays: Procountor has no call that deletes it';
	records.define('payment order', async () => 'expires without a confirmation; nothing is paid');
	records.define('payment event', async () => 'stays with its invoice');
	records.define('salary list', stays);
	records.define('salary slip', stays);
	records.define('webhook', async (uuid) => gone((await api.delete('/webhooks/{uuid}', { path: { uuid } })).status));
	records.define('bank statement allocation', async (id) => {
		const [statementId, eventId] = id.split('/');
		return gone((await api.delete(ALLOCATION, { path: { statementId, eventId } })).status);
	});
}

/** Asks for a transfer of one cent to the company itself, which nobody confirms: it expires and nothing is paid. */
async function orderTransfer(probe: Probe, paymentDate: string, iban: string): Promise<number> {
	const { records, mark } = probe.options;
	const transfer = {
		amount: 0.01,
		recipientBankAccount: iban,
		paymentMethod: 'FINNISH_BANK_TRANSFER',
		paymentDate,
		recipientNameAndAddress: { name: mark },
		currencyCode: 'EUR',
		message: mark,
	};
	const { status, json } = await probe.api.post('/payments/directbanktransfers', {
		body: { directBankTransfers: [transfer] },
	});
	const order = textAt(json, 'transactionIdentifier');
	if (status === 202 && order !== undefined) records.add('payment order', order);
	return status;
}

async function paymentDateMayBeToday(probe: Probe): Promise<Finding> {
	const [today, iban] = [await probe.today(), await ownIban(probe)];
	if (iban === undefined) return cannotTell('the company has no active bank account');
	const later = await orderTransfer(probe, movedDay(today, 1), iban);
	if (later !== 202) return cannotTell(`a transfer dated tomorrow was refused with ${later}`);
	const now = await orderTransfer(probe, today, iban);
	if (now === 202) return found(true);
	return now === 400 ? found(false) : cannotTell(`a transfer dated today returned ${now}`);
}

/** Allocates a deposit that has no invoice to an invoice of its sum, reads the status, and takes the allocation back. */
async function allocatedInvoiceBecomes(probe: Probe): Promise<Finding> {
	const { records } = probe.options;
	const events = (await search(probe, '/bankstatements', { size: 50 })).rows.flatMap((statement) =>
		listAt(statement, 'events').map((event) => ({ statementId: numberAt(statement, 'id') ?? 0, event })),
	);
	const open = events.find(({ event }) => isOpenDeposit(event));
	if (!open) return cannotTell('no bank statement has a deposit without an invoice');
	const invoice = await approvedInvoice(probe, numberAt(open.event, 'sum') ?? 0);
	if ('problem' in invoice) return cannotTell(invoice.problem);
	const read = async () =>
		textAt((await probe.api.get('/invoices/{invoiceId}', { path: { invoiceId: invoice.id } })).json, 'status') ?? '';
	const before = await read();
	const path = { statementId: open.statementId, eventId: numberAt(open.event, 'id') ?? 0 };
	records.add('bank statement allocation', `${path.statementId}/${path.eventId}`);
	const { status } = await probe.api.put(ALLOCATION, { path, body: invoice.id });
	if (status !== 200) return cannotTell(`the allocation returned ${status}`);
	const after = await read();
	const made = await probe.api.get('/invoices/{invoiceId}/paymentevents', { path: { invoiceId: invoice.id } });
	for (const one of listAt(made.json, 'results')) records.add('payment event', numberAt(one, 'id') ?? 0);
	if (after === before) return found('unchanged');
	return after === 'PAID' || after === 'MARKED_PAID' ? found(after) : cannotTell(`the invoice became ${after}`);
}

const isOpenDeposit = (event: Json): boolean =>
	event.allocated === false &&
	(numberAt(event, 'sum') ?? 0) > 0 &&
	event.productId === undefined &&
	listAt(event, 'event').length === 0 &&
	listAt(event, 'allocationMetadataRows').length === 0;

interface ConfirmedOrder {
	problem?: string;
	/** Status of the result when it is read again. */
	again: number;
}

/** Marks an own invoice as paid and takes that back, which a person confirms. A webhook that is registered sees it. */
function confirmedOrder(probe: Probe): Promise<ConfirmedOrder> {
	return probe.once('confirmedOrder', async () => {
		const problem = (text: string): ConfirmedOrder => ({ problem: text, again: 0 });
		const { person } = probe.options;
		if (!person) return problem('needs a person who confirms an order: --confirm');
		const invoice = await approvedInvoice(probe, 1);
		if ('problem' in invoice) return problem(invoice.problem);
		const path = { invoiceId: invoice.id };
		const body = { paymentDate: await probe.today(), amount: 1, currency: 'EUR' };
		const paid = await probe.api.put('/invoices/{invoiceId}/paymentevents/markpaid', { path, body });
		const paymentEventId = numberAt(paid.json, 'id');
		if (paid.status !== 200 || paymentEventId === undefined) return problem(`marking as paid returned ${paid.status}`);
		const order = await probe.api.delete('/invoices/{invoiceId}/paymentevents/{paymentEventId}', {
			path: { ...path, paymentEventId },
		});
		const transactionIdentifier = textAt(order.json, 'transactionIdentifier');
		if (order.status !== 202 || transactionIdentifier === undefined)
			return problem(`the order returned ${order.status}`);
		await person.confirm("remove the probe's own payment event", transactionIdentifier);
		const result = () =>
			probe.api.get('/mfatransactionresult/{transactionIdentifier}', { path: { transactionIdentifier } });
		const first = await result();
		if (first.status !== 200) return problem(`the result returned ${first.status} after the confirmation`);
		return { again: (await result()).status };
	});
}

async function mfaResultOnlyOnce(probe: Probe): Promise<Finding> {
	// A webhook has to be there before the order is confirmed.
	await webhook(probe);
	const { problem, again } = await confirmedOrder(probe);
	if (problem !== undefined) return cannotTell(problem);
	if (again === 409) return found(true);
	return again === 200 ? found(false) : cannotTell(`the second reading returned ${again}`);
}

interface Webhook {
	problem?: string;
	key: string;
}

/** Registers a webhook with a key of its own. */
function webhook(probe: Probe): Promise<Webhook> {
	return probe.once('webhook', async () => {
		const { receiver, records } = probe.options;
		const key = randomBytes(24).toString('hex');
		if (!receiver) return { key, problem: 'needs an address that Procountor can reach: --receiver' };
		const { status, json } = await probe.api.post('/webhooks', {
			body: {
				url: receiver.url,
				authenticationType: 'HMAC',
				authenticationMeta: { key },
				subscriptions: ['INVOICE_PAYMENTEVENTS_DELETED'],
			},
		});
		const uuid = textAt(json, 'uuid');
		if (status !== 200 || uuid === undefined) return { key, problem: `the webhook was refused with ${status}` };
		records.add('webhook', uuid);
		return { key };
	});
}

/** The notification of the confirmed order, once it has arrived. */
function notification(probe: Probe): Promise<{ problem?: string; first?: Notification; key: string }> {
	return probe.once('notification', async () => {
		const { key, problem } = await webhook(probe);
		const order = problem === undefined ? await confirmedOrder(probe) : undefined;
		const why = problem ?? order?.problem;
		const { person, receiver } = probe.options;
		if (why !== undefined || !person || !receiver) return { key, problem: why ?? 'needs a person: --confirm' };
		await person.awaitDelivery(() => receiver.received.length > 0);
		const [first] = receiver.received;
		return first ? { key, first } : { key, problem: 'no notification arrived' };
	});
}

async function webhookSignature(probe: Probe): Promise<Finding> {
	const { problem, first, key } = await notification(probe);
	if (!first) return cannotTell(problem ?? 'no notification arrived');
	const digest = createHmac('sha256', key).update(first.body).digest();
	const [hex, base64] = [digest.toString('hex'), digest.toString('base64')];
	const headers = Object.entries(first.headers).map(([name, value]) => [name, String(value)] as const);
	if (headers.some(([name, value]) => name === 'authorization' && (value.includes(base64) || value.includes(hex))))
		return found('authorization');
	const holder = (text: string) => headers.find(([, value]) => value.includes(text))?.[0];
	const [inHex, inBase64] = [holder(hex), holder(base64)];
	if (inHex !== undefined) return found('headerHex', `header ${inHex}`);
	return inBase64 === undefined
		? cannotTell('no header holds the HMAC-SHA256 of the body, in hex or base64')
		: found('headerBase64', `header ${inBase64}`);
}

/** The JSON of the notification, which may be of any form. */
async function ofNotification(probe: Probe, answer: (json: unknown) => Finding): Promise<Finding> {
	const { problem, first } = await notification(probe);
	if (!first) return cannotTell(problem ?? 'no notification arrived');
	try {
		return answer(JSON.parse(first.body.toString('utf8')));
	} catch {
		return cannotTell('the notification is not JSON');
	}
}

/** Any number of seconds since 1970 is below this one, and any number of milliseconds above. */
const FIRST_MILLISECONDS = 100_000_000_000;

function webhookTimestamp(json: unknown): Finding {
	const seconds = numberAt(json, 'meta.timestamp');
	if (seconds !== undefined) return found(seconds < FIRST_MILLISECONDS ? 'seconds' : 'milliseconds');
	return textAt(json, 'meta.timestamp') === undefined ? cannotTell('the notification has no timestamp') : found('text');
}

function webhookPayload(json: unknown): Finding {
	if (textAt(json, 'payload.transactionIdentifier') === undefined)
		return cannotTell('the payload holds no transaction identifier');
	return found(at(json, 'payload.body') === undefined ? 'flat' : 'nested');
}

/** The receiver answers the first delivery with 500. */
async function webhookRetries(probe: Probe): Promise<Finding> {
	const { problem, first } = await notification(probe);
	const { person, receiver } = probe.options;
	if (!first || !person || !receiver) return cannotTell(problem ?? 'no notification arrived');
	await person.awaitDelivery(() => receiver.received.length > 1);
	return found(receiver.received.length > 1);
}

/** Makes a salary list with one slip, approves the slip and cancels the approval. */
async function cancelledApprovalBecomes(probe: Probe): Promise<Finding> {
	const { records, mark } = probe.options;
	const employees = await search(probe, '/payrolls/employees', { size: 1 });
	const employeeId = employees.rows[0] && numberAt(employees.rows[0], 'id');
	if (employeeId === undefined) return cannotTell('there is no employee, or no right to the payroll');
	const today = await probe.today();
	const days = { accountingDate: today, dueDate: today, payday: today };
	const list = await probe.api.post('/payrolls/salarylists', {
		body: {
			name: mark,
			paymentPeriodStart: `${today.slice(0, 8)}01`,
			paymentPeriodEnd: today,
			...days,
			employeesDataForSalarySlip: [{ employeeId }],
		},
	});
	const listId = numberAt(list.json, 'id');
	const id = numberAt(list.json, 'salarySlips.0.id');
	if (listId !== undefined) records.add('salary list', listId);
	if (list.status !== 200 || id === undefined) return cannotTell(`the salary list was refused with ${list.status}`);
	records.add('salary slip', id);
	for (const step of ['approve', 'cancelapproval']) {
		const { status } = await probe.api.put(`/payrolls/salaryslips/{id}/${step}`, { path: { id } });
		if (status !== 200) return cannotTell(`${step} returned ${status}`);
	}
	const status = textAt((await probe.api.get('/payrolls/salaryslips/{id}', { path: { id } })).json, 'status') ?? '';
	return status === 'CREATED' || status === 'IN_CORRECTION' ? found(status) : cannotTell(`the slip became ${status}`);
}

export const moneyFacts: Fact[] = [
	{
		name: 'paymentDateMayBeToday',
		need: 'write',
		question: 'May a payment be dated today?',
		ask: paymentDateMayBeToday,
	},
	{
		name: 'allocatedInvoiceBecomes',
		need: 'write',
		question: 'Which status has an invoice that a bank statement event of its sum is allocated to?',
		ask: allocatedInvoiceBecomes,
	},
	{
		name: 'cancelledApprovalBecomes',
		need: 'write',
		question: 'Which status has a salary slip whose approval was cancelled?',
		ask: cancelledApprovalBecomes,
	},
	{
		name: 'mfaResultOnlyOnce',
		need: 'confirm',
		question: 'Can the result of a confirmed order be read only once?',
		ask: mfaResultOnlyOnce,
	},
	{
		name: 'webhookSignature',
		need: 'confirm',
		question: 'How is the signature of a webhook notification sent?',
		ask: webhookSignature,
	},
	{
		name: 'webhookRetries',
		need: 'confirm',
		question: 'Is a failed delivery tried again?',
		ask: webhookRetries,
	},
	{
		name: 'webhookTimestamp',
		need: 'confirm',
		question: 'In which unit is the timestamp of a notification?',
		ask: (probe) => ofNotification(probe, webhookTimestamp),
	},
	{
		name: 'webhookPayload',
		need: 'confirm',
		question: 'Does the payload hold the body of the response, or its fields?',
		ask: (probe) => ofNotification(probe, webhookPayload),
	},
];
