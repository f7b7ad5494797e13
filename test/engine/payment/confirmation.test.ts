/** The decision on an order, requested by several runs and by processes that are killed before it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { confirmationsOf } from '../../sandbox/records/secondFactor';
import type { Engine } from '../harness';
import { startSecondProcess, type SecondProcess } from '../harness/secondProcess';
import { outputOf, startBench, type Bench } from '../support';
import type { Step, Work } from '../harness/process';

/** Each process loads all of n8n's engine, which takes long. */
jest.setTimeout(300_000);

let bench: Bench;
let second: SecondProcess;
const children: ChildProcess[] = [];
beforeAll(async () => {
	bench = await startBench();
	second = await startSecondProcess();
});
// Not reset: the node remembers what it ordered.
beforeEach(() => {
	bench.sandbox.journal.clear();
	bench.sandbox.faults.clear();
	bench.sandbox.switches.mfaResultOnlyOnce = false;
});
afterEach(() => {
	expect(bench.sandbox.state.problems).toEqual([]);
	for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
	second.close();
	await bench.close();
});

const bill = (): number =>
	bench.sandbox.backdoor.addInvoice(
		{
			type: 'PURCHASE_INVOICE',
			language: undefined,
			counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } },
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'EUR',
				currencyRate: 1,
				dueDate: '2099-03-02',
				bankAccount: { accountNumber: 'FI2112345600000785' },
			},
		},
		{ status: 'APPROVED' },
	).id;
const payInvoices = (...ids: number[]): INodeParameters => ({
	resource: 'payment',
	operation: 'payInvoices',
	invoiceIds: ids.join(),
});
const waitFor = (id: unknown, wait = 0): INodeParameters => ({
	resource: 'payment',
	operation: 'waitForConfirmation',
	transactionIdentifier: String(id),
	wait,
});
const run = async (parameters: INodeParameters, engine: Engine = bench.engine) =>
	await engine.runNode({
		type: 'procountor',
		parameters,
		credentials: { procountorApi: bench.credential() },
	});
const output = async (parameters: INodeParameters, engine?: Engine): Promise<IDataObject> =>
	outputOf(await run(parameters, engine))[0];
const decide = async (id: unknown, decision: string): Promise<unknown> =>
	await bench.steer(`/secondfactors/${String(id)}/${decision}`);
const orders = (): number => bench.sandbox.journal.to('POST /payments').length;
const asked = (): number => bench.sandbox.journal.to('GET /mfatransactionresult/{transactionIdentifier}').length;
const payments = async (id: number): Promise<IDataObject[]> =>
	await bench.json('payment', 'getAll', { returnAll: true, filters: { invoiceId: String(id) } });
const waiting = () =>
	[...confirmationsOf(bench.sandbox.world.company(DEMO.companyId)).values()].filter(
		({ state, expires }) => state === 'waiting' && expires > bench.sandbox.clock.now(),
	);
async function until(what: string, isSo: () => boolean): Promise<void> {
	for (let tries = 0; tries < 5000; tries++) {
		if (isSo()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`${what} did not happen`);
}

/** Another n8n in its own process; `next` returns its results one by one, and undefined after its end. */
function start(work: Omit<Work, 'credential'>): { child: ChildProcess; next(): Promise<Step | undefined> } {
	const argument = JSON.stringify({ ...work, credential: bench.credential() } satisfies Work);
	const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, '..', 'harness', 'process.ts'), argument], {
		cwd: join(__dirname, '..', '..', '..'),
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	children.push(child);
	const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
	return {
		child,
		async next() {
			for (;;) {
				const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
				if (done) return undefined;
				if (value.startsWith('{"')) return JSON.parse(value) as Step;
			}
		},
	};
}
async function kill(child: ChildProcess): Promise<void> {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await ended;
	expect(child.signalCode).toBe('SIGKILL');
}

describe('Payment: Wait for Confirmation', () => {
	it.each([
		['confirm', 'CONFIRMED'],
		['reject', 'REJECTED'],
		['expire', 'EXPIRED'],
	])('returns the decision to all runs that wait for it: %s', async (decision, result) => {
		const id = bill();
		const { transactionIdentifier } = await output(payInvoices(id));
		expect(await output(waitFor(transactionIdentifier))).toMatchObject({ result: 'WAITING' });
		const before = asked();
		const runs = [bench.engine, bench.engine, second.engine].map(
			async (engine) => await output(waitFor(transactionIdentifier, 60), engine),
		);
		await until('that all of them wait', () => asked() >= before + 3);
		await decide(transactionIdentifier, decision);
		const decisions = await Promise.all(runs);
		expect(decisions.map((one) => one.result)).toEqual([result, result, result]);
		expect(await payments(id)).toHaveLength(result === 'CONFIRMED' ? 1 : 0);
	});

	it('returns the payments again if Procountor returns them only once', async () => {
		bench.sandbox.switches.mfaResultOnlyOnce = true;
		const id = bill();
		const { transactionIdentifier } = await output(payInvoices(id));
		await decide(transactionIdentifier, 'confirm');
		const both = await Promise.all([1, 2].map(async () => await output(waitFor(transactionIdentifier))));
		expect(both.map(({ result }) => result).sort()).toEqual(['CONFIRMED', 'CONFIRMED']);
		expect((await output(waitFor(transactionIdentifier))).payments).toMatchObject([{ invoiceId: id }]);
		// Another process did not see the result.
		expect(await output(waitFor(transactionIdentifier), second.engine)).toMatchObject({ result: 'PROCESSED' });
		expect(await output(payInvoices(id), second.engine)).toMatchObject({ result: 'NOTHING_TO_PAY' });
		expect(await payments(id)).toHaveLength(1);
		expect(orders()).toBe(1);
	});

	it('reports an order that was confirmed after another order had paid the bill', async () => {
		const id = bill();
		const [first, other] = [await output(payInvoices(id)), await output(payInvoices(id), second.engine)];
		expect([first.ordered, other.ordered]).toEqual([true, true]);
		for (const { transactionIdentifier } of [first, other]) await decide(transactionIdentifier, 'confirm');
		expect(await output(waitFor(first.transactionIdentifier))).toMatchObject({ result: 'CONFIRMED' });
		expect((await run(waitFor(other.transactionIdentifier))).error?.message).toMatch(
			/^Confirmation .* has no result: .* the invoice was paid in the meantime/,
		);
		expect(await payments(id)).toHaveLength(1);
	});

	it('returns the first decision if the order is decided again', async () => {
		const id = bill();
		const { transactionIdentifier } = await output(payInvoices(id));
		await decide(transactionIdentifier, 'confirm');
		for (const decision of ['confirm', 'reject', 'expire'])
			await expect(decide(transactionIdentifier, decision)).rejects.toThrow('409');
		expect(await output(waitFor(transactionIdentifier))).toMatchObject({ result: 'CONFIRMED' });
		expect(await payments(id)).toHaveLength(1);
	});
});

describe('A killed process', () => {
	it('leaves its order and the decision to the next process if killed before the confirmation', async () => {
		const id = bill();
		const killed = start({ steps: [{ parameters: payInvoices(id) }] });
		const step = await killed.next();
		const [order] = step?.items ?? [];
		const waits = start({ steps: [{ parameters: waitFor(order.transactionIdentifier, 300) }] });
		const before = asked();
		await until('that it waits', () => asked() > before);
		await kill(waits.child);
		const next = start({
			saved: step?.saved,
			steps: [{ parameters: payInvoices(id) }, { parameters: waitFor(order.transactionIdentifier, 60) }],
		});
		expect(await next.next()).toMatchObject({
			items: [{ ordered: false, result: 'WAITING', transactionIdentifier: order.transactionIdentifier }],
		});
		await decide(order.transactionIdentifier, 'confirm');
		expect(await next.next()).toMatchObject({ items: [{ result: 'CONFIRMED', payments: [{ invoiceId: id }] }] });
		expect(await payments(id)).toHaveLength(1);
		expect(orders()).toBe(1);
	});

	it('causes a second order but only one payment if killed before its execution ends', async () => {
		const id = bill();
		const before = waiting().length;
		bench.sandbox.faults.add({ kind: 'slowBody', ms: 60_000, method: 'POST', path: '/payments' });
		const { child } = start({ steps: [{ parameters: payInvoices(id) }] });
		await until('the order', () => waiting().length > before);
		await kill(child);
		const next = start({ steps: [{ parameters: payInvoices(id) }] });
		expect(await next.next()).toMatchObject({ items: [{ ordered: true }] });
		const both = waiting();
		expect(both).toHaveLength(before + 2);
		for (const { transactionIdentifier } of both) await decide(transactionIdentifier, 'confirm');
		expect(await payments(id)).toHaveLength(1);
		expect(await output(payInvoices(id))).toMatchObject({ result: 'NOTHING_TO_PAY' });
	});
});

it('Two processes at the same time make one payment for each bill', async () => {
	const bills = [bill(), bill()];
	const before = waiting().length;
	const both = [1, 2].map(() => start({ steps: [{ parameters: payInvoices(...bills) }] }));
	const steps = await Promise.all(both.map(async ({ next }) => await next()));
	expect(steps).toMatchObject([{ items: [{ ordered: true }] }, { items: [{ ordered: true }] }]);
	const open = waiting();
	expect(open).toHaveLength(before + 2);
	for (const { transactionIdentifier } of open) await decide(transactionIdentifier, 'confirm');
	for (const id of bills) expect(await payments(id)).toHaveLength(1);
});
