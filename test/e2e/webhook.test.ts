/**
 * The webhook trigger in a real n8n: it registers itself or repairs its registration, emits each
 * delivery once, trusts signed payloads only, and leaves nothing behind.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { DEMO, type Sandbox } from '../sandbox';
import {
	deliveriesOf,
	publish,
	publishResult,
	sendDeliveries,
	webhooks,
	type Delivery,
	type SendOptions,
	type WebhookEvent,
} from '../sandbox/records/webhooks';
import { addPaymentOf } from '../sandbox/records/payments/model';
import type { N8nDriver, CredentialReference, StoredWorkflow } from './driver';
import { waitFor } from './processes';
import { searchForSecrets } from './runData';
import { describeStorm, runStorm } from './storm';
import type { N8nServer } from './server';
import { clientData, owner, startStage, type Stage } from './stage';
import { N8nDriver as Driver } from './driver';

const minute = 60_000;
const scratch = join(__dirname, '..', '..', '.scratch', 'e2e-webhook');
const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const WEBHOOK_ID = 'b9f5a8c1-8a4e-4f5e-9f0a-3f6f3f0f1a2b';
const NAME = 'Procountor Webhook Trigger';
/** How many deliveries arrive at once; with 1,000 the test takes some minutes. */
const STORM = Number(process.env.E2E_WEBHOOK_DELIVERIES ?? 100);
const AT_ONCE = Number(process.env.E2E_WEBHOOK_AT_ONCE ?? 4);

let stage: Stage;
let sandbox: Sandbox;
let server: N8nServer;
let n8n: N8nDriver;
let workflow: StoredWorkflow;

beforeAll(async () => {
	stage = await startStage({ folder: scratch, sandbox: { checkAnswers: true }, print });
	({ sandbox, server, n8n } = stage);
	const credential = await n8n.createCredential('procountorApi', 'Company', {
		...clientData(sandbox),
		apiKey: DEMO.keys.admin,
	});
	workflow = await n8n.createWorkflow(workflowFor(credential));
}, 40 * minute);

afterAll(async () => {
	await stage?.close();
}, 2 * minute);

function workflowFor(credential: CredentialReference) {
	const trigger: INode & { webhookId: string } = {
		id: 'a',
		name: NAME,
		type: 'n8n-nodes-procountor.procountorWebhookTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId: WEBHOOK_ID,
		parameters: { authentication: 'apiKey', events: ['PAYMENT_UPDATED', 'USER_UPDATED'] },
		credentials: { procountorApi: credential },
	};
	return { name: 'Webhook', nodes: [trigger], connections: {}, settings: { saveDataSuccessExecution: 'all' } };
}

const company = () => sandbox.world.company(DEMO.companyId);
function plainWebhook() {
	const parameters = { httpMethod: 'POST', path: 'plain', responseMode: 'onReceived', options: {} };
	const node: INode & { webhookId: string } = {
		id: 'p',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: 'plain',
		parameters,
	};
	return { name: 'Plain', nodes: [node], connections: {}, settings: { saveDataSuccessExecution: 'all' } };
}

const registrations = () =>
	company()
		.register(webhooks)
		.all()
		.map(({ record }) => record)
		.filter(({ url }) => url.includes(`:${server.port}/`));
const place = () => ({ company: company(), clock: sandbox.clock, switches: sandbox.switches });
const happened = (eventType: WebhookEvent, payload: unknown): Delivery => {
	publish(place(), eventType, payload);
	return deliveriesOf(company()).at(-1) as Delivery;
};
const deliver = async (options?: SendOptions): Promise<Delivery[]> =>
	await sendDeliveries(company(), sandbox.switches, options);
/** The items that the trigger emitted, one for each execution. */
async function items(): Promise<IDataObject[]> {
	const executions = await n8n.executions(workflow.id);
	const all = await Promise.all(executions.map(async ({ id }) => await n8n.readExecution(id)));
	return all.map(({ result }) => result.resultData.runData[NAME]?.[0].data?.main[0]?.[0].json as IDataObject);
}
const itemsAfter = async (count: number): Promise<IDataObject[]> =>
	await waitFor(`${count} executions`, 30, async () => {
		const executions = await n8n.executions(workflow.id);
		const isOver = executions.every(({ status }) => status === 'success' || status === 'error');
		return executions.length >= count && isOver ? await items() : undefined;
	});
const count = (records: unknown): number => (records as unknown[]).length;
const payment = (amount: number) =>
	addPaymentOf(
		company(),
		{
			kind: 'transfer',
			paymentDate: '2099-03-02',
			amount,
			currency: 'EUR',
			receiverName: 'Verohallinto',
			receiverAccount: 'FI2112345600000785',
			payerAccount: 'FI2112345600000785',
			createdBy: 'Aino Koivuranta',
			status: 'PAYMENT_QUEUED',
		},
		1001,
	);

describe('Webhook trigger', () => {
	it(
		'repairs the registration of its URL at the activation, and keeps it across two restarts',
		async () => {
			const count = async (wanted: number): Promise<unknown> =>
				await waitFor(`${wanted} registrations`, 60, async () =>
					registrations().length === wanted ? true : undefined,
				);
			await n8n.activate(workflow);
			await count(1);
			const [{ url }] = registrations();
			await n8n.deactivate(workflow);
			await count(0);
			// Registrations that a crashed n8n left behind and that a person changed.
			const left = { url, authenticationType: 'NONE' as const, subscriptions: ['PAYMENT_DELETED' as const] };
			for (const one of ['00000000-0000-4000-a000-000000000001', '00000000-0000-4000-a000-000000000002'])
				company()
					.register(webhooks)
					.add(() => ({ ...left, uuid: one }), 1001);
			await n8n.activate(workflow);
			const [first] = await waitFor('one registration', 60, async () =>
				registrations().length === 1 && registrations()[0].authenticationType === 'HMAC' ? registrations() : undefined,
			);
			expect(first).toMatchObject({
				uuid: expect.stringMatching(/^0{8}-/),
				url,
				authenticationType: 'HMAC',
				authenticationMeta: { secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
				subscriptions: ['PAYMENT_UPDATED', 'USER_UPDATED'],
			});
			for (const end of ['stop', 'kill'] as const) {
				await server[end]();
				await server.start();
				n8n = new Driver(server.url);
				await n8n.logIn(owner);
				await waitFor('the webhook to answer', 30, async () => {
					const answer = await fetch(first.url, { method: 'POST', body: 'x' });
					return answer.status === 400 ? true : undefined;
				});
				expect(registrations()).toEqual([first]);
			}
			print(`webhook: registrations after activation and two restarts: ${registrations().length}`);
		},
		5 * minute,
	);

	it(
		'emits a signed event once, however often it is delivered',
		async () => {
			const { id } = payment(10);
			happened('PAYMENT_UPDATED', { paymentId: id, status: 'PAID' });
			const [delivery] = await deliver({ times: 3 });
			expect(delivery).toMatchObject({ state: 'delivered', status: 200, attempts: 3 });
			const [item] = await itemsAfter(1);
			expect(item).toMatchObject({
				eventType: 'PAYMENT_UPDATED',
				event: 'Payment Updated',
				verified: true,
				payload: { paymentId: id, status: 'PAID' },
				records: [{ id, amount: 10, status: 'PAYMENT_QUEUED' }],
			});
			expect(item.warnings).toBeUndefined();
		},
		2 * minute,
	);

	it.each(['headerHex', 'headerBase64', 'authorization'] as const)(
		'verifies a signature sent as %s',
		async (webhookSignature) => {
			sandbox.switches.webhookSignature = webhookSignature;
			const before = (await items()).length;
			happened('PAYMENT_UPDATED', { paymentId: payment(11).id, form: webhookSignature });
			await deliver();
			expect((await itemsAfter(before + 1)).at(-1)).toMatchObject({ verified: true });
		},
		minute,
	);

	it.each(['wrong', 'missing'] as const)(
		'emits only what the API returns when the signature is %s',
		async (signature) => {
			const before = (await items()).length;
			const { id } = payment(12);
			happened('PAYMENT_UPDATED', { paymentId: id, status: 'PAID', amount: 999_999 });
			await deliver({ signature });
			const item = (await itemsAfter(before + 1)).at(-1);
			expect(item).toMatchObject({ verified: false, records: [{ id, amount: 12 }], warnings: [expect.any(String)] });
			expect(JSON.stringify(item)).not.toContain('999999');
		},
		minute,
	);

	it(
		'emits a signed payload of unknown form unchanged, with a warning',
		async () => {
			const before = (await items()).length;
			const payload = { something: [{ new: 1 }] };
			happened('PAYMENT_UPDATED', payload);
			await deliver();
			happened('PAYMENT_UPDATED', { something: [{ new: 2 }] });
			await deliver({ signature: 'missing' });
			const emitted = (await itemsAfter(before + 2)).slice(-2);
			const [unsigned, signed] = emitted.sort((a, b) => Number(a.verified) - Number(b.verified));
			expect(signed).toMatchObject({ verified: true, payload, records: [] });
			expect(signed.warnings).toEqual([expect.stringContaining('unknown form')]);
			expect(unsigned).toMatchObject({ verified: false, records: [] });
			expect(unsigned.payload).toBeUndefined();
		},
		minute,
	);

	it.each(['nested', 'flat'] as const)(
		'reads the payments that a second factor created from a %s payload',
		async (webhookPayload) => {
			sandbox.switches.webhookPayload = webhookPayload;
			const before = (await items()).length;
			const { id } = payment(13);
			const transactionIdentifier = `transaction-${webhookPayload}`;
			publishResult(place(), 'PAYMENT_UPDATED', transactionIdentifier, {
				directBankTransfers: { transactions: [{ paymentId: id }] },
			});
			publishResult(place(), 'PAYMENT_UPDATED', `${transactionIdentifier}-cancelled`, { info: { message: 'OK' } });
			await deliver();
			const emitted = (await itemsAfter(before + 2)).slice(-2);
			const [cancelled, created] = emitted.sort((a, b) => count(a.records) - count(b.records));
			expect(created).toMatchObject({
				transactionIdentifier,
				timestamp: expect.any(Number),
				records: [{ id, amount: 13 }],
			});
			expect(cancelled).toMatchObject({ transactionIdentifier: `${transactionIdentifier}-cancelled`, records: [] });
			expect([created.warnings, cancelled.warnings]).toEqual([undefined, undefined]);
		},
		minute,
	);

	it(
		'responds before a slow Procountor returns the records, and emits them afterwards',
		async () => {
			const before = (await items()).length;
			const { id } = payment(14);
			sandbox.faults.add({ kind: 'latency', ms: 8000, method: 'GET', path: '/payments/{paymentId}' });
			happened('PAYMENT_UPDATED', { paymentId: id });
			expect(await deliver()).toMatchObject([{ state: 'delivered', status: 200 }]);
			expect(await n8n.executions(workflow.id)).toHaveLength(before);
			expect((await itemsAfter(before + 1)).at(-1)).toMatchObject({ verified: true, records: [{ id, amount: 14 }] });
		},
		minute,
	);

	it(
		'registers the test URL beside the production URL, and removes it after the test event',
		async () => {
			const production = registrations();
			const before = (await items()).length;
			await n8n.listen(workflow, NAME);
			const [test] = registrations().filter(({ url }) => url !== production[0].url);
			expect(test).toMatchObject({
				subscriptions: production[0].subscriptions,
				authenticationMeta: { secret: expect.not.stringMatching(String(production[0].authenticationMeta?.secret)) },
			});
			happened('USER_UPDATED', {});
			const sent = await deliver();
			expect(sent.map(({ status }) => status)).toEqual([200, 200]);
			expect((await itemsAfter(before + 2)).slice(-2)).toMatchObject([
				{ eventType: 'USER_UPDATED', verified: true },
				{ eventType: 'USER_UPDATED', verified: true },
			]);
			await waitFor('the end of the test registration', 30, async () =>
				registrations().length === 1 ? true : undefined,
			);
			expect(registrations()).toEqual(production);
			await n8n.listen(workflow, NAME);
			expect(registrations()).toHaveLength(2);
			await n8n.stopListening(workflow);
			await waitFor('the end of the test registration', 30, async () =>
				registrations().length === 1 ? true : undefined,
			);
			expect(registrations()).toEqual(production);
		},
		2 * minute,
	);

	it(
		'rejects foreign, malformed and oversized deliveries',
		async () => {
			const [{ url, uuid }] = registrations();
			const before = (await items()).length;
			const post = async (body: string): Promise<number> =>
				(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
			expect(await post('{"eventType":"PAYMENT_UPDATED","webhookUuid":"another"}')).toBe(404);
			expect(await post('{"webhookUuid":')).toBeGreaterThanOrEqual(400);
			expect(await post('[1]')).toBe(400);
			const long = 'x'.repeat(1_100_000);
			expect(await post(JSON.stringify({ eventType: 'PAYMENT_UPDATED', webhookUuid: uuid, payload: long }))).toBe(413);
			expect((await items()).length).toBe(before);
		},
		minute,
	);

	it(
		'emits each of many simultaneous deliveries once',
		async () => {
			const plain = await n8n.createWorkflow(plainWebhook());
			await n8n.activate(plain);
			await waitFor('the plain webhook', 60, async () =>
				(await fetch(`${server.url}/webhook/plain`, { method: 'POST' })).ok ? true : undefined,
			);
			const known = company().register(webhooks);
			const { id: registration } = known.add(
				() => ({
					uuid: '00000000-0000-4000-a000-000000000003',
					url: `${server.url}/webhook/plain`,
					authenticationType: 'NONE',
					subscriptions: ['PAYMENT_DELETED'],
				}),
				1001,
			);
			const send = async (): Promise<Delivery[]> => await deliver({ reversed: true, atOnce: AT_ONCE });
			const ids = Array.from({ length: STORM }, (_, index) => payment(index + 1).id);
			for (const paymentId of ids) happened('PAYMENT_DELETED', { paymentId });
			const theirs = await runStorm(n8n, server.pid, plain, send);
			print(describeStorm("n8n's own Webhook node", theirs));
			known.delete(registration);
			await n8n.deactivate(plain);
			for (const paymentId of ids) happened('PAYMENT_UPDATED', { paymentId });
			const ours = await runStorm(n8n, server.pid, workflow, send);
			print(describeStorm('Procountor Webhook Trigger', ours));
			const ratio = (what: 'executedInMs' | 'cpuMs'): string => (ours[what] / theirs[what]).toFixed(2);
			print(
				`webhook: the trigger takes ${ratio('executedInMs')} times as long, ${ratio('cpuMs')} times the processor time`,
			);
			const unanswered = [...theirs.sent, ...ours.sent].filter(({ state }) => state !== 'delivered');
			expect(unanswered.map(({ no, status, tookMs, error }) => ({ no, status, tookMs, error }))).toEqual([]);
			const emitted = ours.items.flatMap(({ records }) => (records as IDataObject[]).map(({ id }) => Number(id)));
			expect(emitted.sort((a, b) => a - b)).toEqual(ids);
		},
		30 * minute,
	);

	it(
		'removes its registration and leaves its secret in no log',
		async () => {
			const [{ authenticationMeta }] = registrations();
			await n8n.deactivate(workflow);
			await waitFor('the end of the registration', 30, async () => (registrations().length === 0 ? true : undefined));
			const executions = await n8n.executions(workflow.id);
			const texts = await Promise.all(executions.map(async ({ id }) => (await n8n.readExecution(id)).text));
			await server.stop();
			const { status, output } = searchForSecrets(
				{ 'e2e-webhook-n8n.log': readFileSync(server.logFile, 'utf8'), 'e2e-webhook-executions.log': texts.join('\n') },
				[DEMO.client.secret, DEMO.keys.admin, String(authenticationMeta?.secret)],
			);
			print(output);
			expect(status).toBe(0);
			print(`webhook: registrations after deactivation: ${registrations().length}`);
		},
		2 * minute,
	);
});
