/** Mark as Paid with a given amount, requested twice. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { parseDate } from '../../../nodes/Procountor/validation/dates';
import { addDays } from '../../../nodes/Procountor/validation/dates';
import { DEMO } from '../../sandbox';
import { paymentsOf } from '../../sandbox/records/invoices/payments';
import { startSecondProcess, type SecondProcess } from '../harness/secondProcess';
import type { Engine, RunResult } from '../harness';
import { byId, outputOf, startBench, type Bench } from '../support';

let bench: Bench;
let second: SecondProcess;
beforeAll(async () => {
	bench = await startBench();
	second = await startSecondProcess();
});
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => {
	second.close();
	await bench.close();
});

/** An invoice of 8.79 €. */
const invoice = (type: 'PURCHASE_INVOICE' | 'SALES_INVOICE' = 'PURCHASE_INVOICE'): number =>
	bench.sandbox.backdoor.addInvoice(type === 'SALES_INVOICE' ? { type } : { type, language: undefined }, {
		status: type === 'SALES_INVOICE' ? 'SENT' : 'APPROVED',
	}).id;
const amounts = (id: number): unknown[] =>
	paymentsOf(bench.sandbox.world.company(DEMO.companyId), id).map(({ record }) => record.paidAmount);

async function mark(
	id: number,
	parameters: IDataObject,
	{
		engine = bench.engine,
		items = [{}],
		settings,
	}: { engine?: Engine; items?: IDataObject[]; settings?: Partial<INode> } = {},
): Promise<RunResult> {
	return await engine.runNode({
		type: 'procountor',
		parameters: {
			resource: 'paymentEvent',
			operation: 'markAsPaid',
			invoiceId: byId(id),
			paymentDate: '2026-10-01',
			...parameters,
		} as INodeParameters,
		credentials: { procountorApi: bench.credential() },
		items,
		settings,
	});
}
const anyway = { additionalFields: { ifExists: 'create' } };

describe('Mark as Paid with an amount', () => {
	it('marks a payment of the same amount and date once, in two executions and two processes', async () => {
		const id = invoice();
		const [first] = outputOf(await mark(id, { amount: '5' }));
		for (const engine of [bench.engine, second.engine])
			expect(outputOf(await mark(id, { amount: '5,00' }, { engine }))).toMatchObject([
				{ id: first.id, invoiceId: id, marked: false, changed: false },
			]);
		expect(amounts(id)).toEqual([5]);
	});

	it('marks a payment once for two equal items of a run, and names the first item', async () => {
		const id = invoice();
		const run = await mark(id, { amount: '4' }, { items: [{}, {}] });
		expect(outputOf(run)).toMatchObject([
			{ marked: true },
			{ marked: false, note: expect.stringMatching(/^Item 1 of this run created this payment \(ID \d+\)/) },
		]);
		expect(run.hints[0].message).toContain('no second one was created');
		expect(amounts(id)).toEqual([4]);
	});

	it('marks an equal payment again if Create Anyway is set', async () => {
		const id = invoice();
		const items = [{}, {}];
		expect(outputOf(await mark(id, { amount: '4', ...anyway }, { items })).map(({ marked }) => marked)).toEqual([
			true,
			true,
		]);
		expect(amounts(id)).toEqual([4, 4]);
	});

	it('treats another amount, day, or description as another payment', async () => {
		const id = invoice('SALES_INVOICE');
		const more = (description: string): IDataObject => ({ additionalFields: { description } });
		outputOf(await mark(id, { amount: '1', ...more('Kuitti 1') }));
		outputOf(await mark(id, { amount: '2', ...more('Kuitti 1') }));
		outputOf(await mark(id, { amount: '1', ...more('Kuitti 2') }));
		outputOf(await mark(id, { amount: '1', paymentDate: '2026-10-02', ...more('Kuitti 1') }));
		expect(outputOf(await mark(id, { amount: '1', ...more('Kuitti 2') }))).toMatchObject([{ marked: false }]);
		expect(amounts(id)).toEqual([1, 2, 1, 1]);
	});

	it('finds the payment of an earlier execution whose outcome was unknown', async () => {
		const id = invoice();
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'PUT', path: '/invoices/{invoiceId}/paymentevents/markpaid' });
		bench.sandbox.faults.add({
			kind: 'unavailable',
			method: 'GET',
			path: '/invoices/{invoiceId}/paymentevents',
			after: 1,
		});
		await mark(id, { amount: '5', additionalFields: { lookUp: 0 } });
		bench.sandbox.faults.clear();
		expect(outputOf(await mark(id, { amount: '5' }))).toMatchObject([{ paidAmount: 5, marked: false }]);
		expect(amounts(id)).toEqual([5]);
	});

	it('marks once a day without a date, and requires the date if another day has the same amount', async () => {
		const id = invoice();
		const undated = { amount: '3', paymentDate: '' };
		outputOf(await mark(id, undated));
		expect(outputOf(await mark(id, undated))).toMatchObject([{ marked: false }]);
		const other = invoice();
		const today = parseDate(new Date());
		const yesterday = addDays(today.ok ? today.value : '', -1);
		outputOf(await mark(other, { amount: '3', paymentDate: yesterday }));
		const { error } = await mark(other, undated);
		expect(error?.message).toMatch(
			new RegExp(
				`^Invoice \\d+ \\(ID ${other}\\) has a payment of 3\\.00 on ${yesterday} \\(ID \\d+\\)\\. It may be the same one, because Payment Date is empty`,
			),
		);
		expect(error?.description).toContain('Enter the Payment Date.');
		expect(outputOf(await mark(other, { ...undated, ...anyway }))).toMatchObject([{ marked: true }]);
		expect([amounts(id), amounts(other)]).toEqual([[3], [3, 3]]);
	});

	it('reports a payment that another process marked at the same moment, and finds the one that is kept', async () => {
		const id = invoice();
		const path = '/invoices/{invoiceId}/paymentevents/markpaid';
		bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'PUT', path, times: 2 });
		const runs = await Promise.all(
			[bench.engine, second.engine].map(async (engine) => await mark(id, { amount: '5' }, { engine })),
		);
		expect(amounts(id)).toEqual([5, 5]);
		const messages = runs.flatMap(({ error }) => error?.message ?? []);
		expect(messages.length).toBeGreaterThan(0);
		for (const message of messages)
			expect(message).toMatch(
				new RegExp(
					`^Invoice \\d+ \\(ID ${id}\\) has the payment of 5\\.00 more than once \\(IDs \\d+ and \\d+\\): another execution marked it`,
				),
			);
		// After one of them is deleted, as the message advises, the next run finds the other.
		const company = bench.sandbox.world.company(DEMO.companyId);
		const [first, other] = paymentsOf(company, id);
		const [asked] = await bench.json('paymentEvent', 'delete', {
			invoiceId: byId(id),
			paymentEventId: String(other.id),
		});
		await bench.steer(`/secondfactors/${String(asked.transactionIdentifier)}/confirm`);
		for (const engine of [bench.engine, second.engine])
			expect(outputOf(await mark(id, { amount: '5' }, { engine }))).toMatchObject([{ id: first.id, marked: false }]);
		expect(amounts(id)).toEqual([5]);
	});

	it('does not search for duplicates if Create Anyway is set', async () => {
		const id = invoice();
		bench.sandbox.journal.clear();
		outputOf(await mark(id, { amount: '4', ...anyway }));
		expect(bench.sandbox.journal.to('GET /invoices/{invoiceId}/paymentevents')).toHaveLength(1);
	});

	it('reports the finished mark if the payments cannot be read afterwards', async () => {
		const id = invoice();
		const path = '/invoices/{invoiceId}/paymentevents';
		bench.sandbox.faults.add({ kind: 'status', status: 403, method: 'GET', path, after: 1 });
		const { error } = await mark(id, { amount: '4' });
		expect([error?.message, error?.description].join(' ')).toMatch(/marked as paid/);
		expect(outputOf(await mark(id, { amount: '4' }))).toMatchObject([{ marked: false, paidAmount: 4 }]);
		expect(amounts(id)).toEqual([4]);
	});

	it('does not mistake another payment for the one with an unknown outcome', async () => {
		const id = invoice();
		const path = '/invoices/{invoiceId}/paymentevents/markpaid';
		bench.sandbox.faults.add({ kind: 'cutBefore', method: 'PUT', path });
		const unknown = mark(
			id,
			{ amount: '5', additionalFields: { lookUp: 0 } },
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1500 } },
		);
		while (bench.sandbox.journal.to(`PUT ${path}`).length === 0)
			await new Promise((resolve) => setTimeout(resolve, 20));
		outputOf(await mark(id, { amount: '1' }, { engine: second.engine }));
		const { error } = await unknown;
		expect(error?.message).toMatch(/^It is unclear whether invoice \d+ \(ID \d+\) was marked as paid/);
		expect(amounts(id)).toEqual([1]);
	});
});
