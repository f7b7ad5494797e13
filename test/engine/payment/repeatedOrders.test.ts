/** The same payment requested twice: in one run, in two runs, by another process, and by n8n's retries. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { startSecondProcess, type SecondProcess } from '../harness/secondProcess';
import type { Engine, RunResult } from '../harness';
import { outputOf, startBench, type Bench } from '../support';

let bench: Bench;
let second: SecondProcess;
beforeAll(async () => {
	bench = await startBench();
	second = await startSecondProcess();
});
// Not reset: the node remembers what it ordered.
beforeEach(() => bench.sandbox.journal.clear());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => {
	second.close();
	await bench.close();
});

const IBAN = 'FI2112345600000785';
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

interface More {
	engine?: Engine;
	items?: IDataObject[];
	settings?: Partial<INode>;
	workflowData?: { saved?: IDataObject };
}
const run = async (parameters: INodeParameters, { engine = bench.engine, ...more }: More = {}): Promise<RunResult> =>
	await engine.runNode({ type: 'procountor', parameters, credentials: { procountorApi: bench.credential() }, ...more });
const output = async (parameters: INodeParameters, more?: More): Promise<IDataObject[]> =>
	outputOf(await run(parameters, more));
const confirm = async (id: unknown): Promise<unknown> => await bench.steer(`/secondfactors/${String(id)}/confirm`);
const reject = async (id: unknown): Promise<unknown> => await bench.steer(`/secondfactors/${String(id)}/reject`);
const sent = (path: string): number => bench.sandbox.journal.to(`POST ${path}`).length;

describe('A bank transfer without an own ID', () => {
	const path = '/payments/directbanktransfers';
	let day = 0;
	/** Each test pays on a different day. */
	beforeEach(() => day++);
	const transfers = (rows: IDataObject[] = [{}], more: IDataObject = {}): INodeParameters =>
		({
			resource: 'payment',
			operation: 'createBankTransfers',
			specifyRows: 'fields',
			transfers: {
				row: rows.map((row) => ({
					recipientName: 'Verohallinto',
					recipientBankAccount: IBAN,
					paymentMethod: 'FINNISH_BANK_TRANSFER',
					paymentDate: `2098-03-${String(day + 9)}`,
					currencyCode: 'EUR',
					amount: '100.10',
					message: 'ALV',
					...row,
				})),
			},
			...more,
		}) as INodeParameters;
	const anyway = { additionalFields: { ifExists: 'create' } };

	it('is ordered once by two executions, even with another spelling', async () => {
		const [first] = await output(transfers());
		const [again] = await output(
			transfers([{ recipientName: ' VEROHALLINTO', recipientBankAccount: 'fi21 1234 5600 0007 85', amount: '100,1' }]),
		);
		expect(again).toMatchObject({ transactionIdentifier: first.transactionIdentifier, ordered: false });
		expect(sent(path)).toBe(1);
		await reject(first.transactionIdentifier);
		expect((await output(transfers()))[0].ordered).toBe(true);
	});

	it('is ordered once by two processes that share the workflow data', async () => {
		const workflowData = {};
		const [first] = await output(transfers(), { workflowData });
		const [again] = await output(transfers(), { workflowData, engine: second.engine });
		expect(again).toMatchObject({ transactionIdentifier: first.transactionIdentifier, ordered: false });
		expect(sent(path)).toBe(1);
	});

	it('is found among the payments by a process without the workflow data', async () => {
		const [first] = await output(transfers());
		await confirm(first.transactionIdentifier);
		const [again] = await output(transfers(), { engine: second.engine });
		expect(again.leftOut).toMatchObject([{ reason: expect.stringContaining('is in Procountor already') }]);
		expect(sent(path)).toBe(1);
	});

	it('stops an order that contains it twice, unless each has an own ID or Create Anyway is set', async () => {
		const twice = await run(transfers([{}, {}]));
		expect(twice.error?.message).toBe(
			'Item 1, Transfer 2: it is the same transfer as Item 1, Transfer 1, so nothing was ordered',
		);
		const items = await run(transfers(), { items: [{}, {}] });
		expect(items.error?.message).toContain('Item 2, Transfer 1: it is the same transfer as Item 1, Transfer 1');
		expect(sent(path)).toBe(0);
		expect((await output(transfers([{ customId: 'A-1' }, { customId: 'A-2' }])))[0].payments).toHaveLength(2);
		expect((await output(transfers([{}, {}], anyway)))[0].payments).toHaveLength(2);
		expect(sent(path)).toBe(2);
	});

	it('is ordered again only if Create Anyway is set', async () => {
		await output(transfers());
		expect((await output(transfers([{}], anyway)))[0].ordered).toBe(true);
		expect((await output(transfers()))[0].ordered).toBe(false);
		expect(sent(path)).toBe(2);
	});

	it('matches an earlier order with an own ID, and vice versa', async () => {
		const [first] = await output(transfers([{ customId: 'B-1' }]));
		expect((await output(transfers()))[0]).toMatchObject({ transactionIdentifier: first.transactionIdentifier });
		const other = { amount: '5' };
		const [plain] = await output(transfers([other]));
		expect((await output(transfers([{ ...other, customId: 'B-2' }])))[0]).toMatchObject({
			transactionIdentifier: plain.transactionIdentifier,
			ordered: false,
		});
		expect(sent(path)).toBe(2);
	});

	it('is a different one with another amount, day, recipient, or message', async () => {
		const rows = [
			{ amount: '100.11' },
			{ paymentDate: '2098-04-01' },
			{ recipientName: 'Tulli' },
			{ message: 'ALV 2' },
		];
		const [{ payments }] = await output(transfers([{}, ...rows]));
		expect(payments).toHaveLength(5);
	});

	it('is not sent again by Retry On Fail or a new execution if its outcome is unknown', async () => {
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path });
		const first = await run(transfers(), { settings: retrying });
		expect(first.error?.message).toMatch(/^It is unclear whether/);
		expect((await run(transfers())).error?.message).toMatch(/^Item 1, Transfer 1: it is unclear whether an order/);
		expect(sent(path)).toBe(1);
	});

	it('is returned in one item with the other transfers of a waiting order', async () => {
		const rows = [{}, { amount: '1' }, { amount: '2' }];
		await output(transfers(rows));
		const again = await output(transfers(rows));
		expect(again.map(({ payments }) => (payments as IDataObject[]).length)).toEqual([3]);
	});
});

describe('Payment: Create', () => {
	const path = '/payments';
	const approved = (): number =>
		bench.sandbox.backdoor.addInvoice(
			{
				type: 'PURCHASE_INVOICE',
				language: undefined,
				counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } },
			},
			{ status: 'APPROVED' },
		).id;
	const payment = async (...ids: number[]): Promise<INodeParameters> => ({
		resource: 'payment',
		operation: 'create',
		specifyRows: 'fields',
		payments: {
			row: await Promise.all(
				ids.map(async (id) => {
					const [{ version }] = await bench.json('invoice', 'get', { invoiceId: String(id), simple: false });
					return {
						invoiceId: String(id),
						invoiceVersion: String(version),
						amount: 8.79,
						paymentDate: '2098-03-02',
						recipientName: 'Toimittaja Oy',
						recipientBankAccount: IBAN,
						paymentMethod: 'FINNISH_BANK_TRANSFER',
					};
				}),
			),
		},
	});

	it('does not pay an invoice again while its payment waits for confirmation', async () => {
		const id = approved();
		const workflowData = {};
		const [first] = await output(await payment(id), { workflowData });
		for (const engine of [bench.engine, second.engine])
			expect((await run(await payment(id), { workflowData, engine })).error?.message).toBe(
				`A payment of invoice ${id} waits for confirmation already (${String(first.transactionIdentifier)}), so nothing was ordered`,
			);
		expect(sent(path)).toBe(1);
		await reject(first.transactionIdentifier);
		expect(await output(await payment(id))).toMatchObject([{ confirmationApp: 'PROCOUNTOR_KEY' }]);
	});

	it('recognizes orders of Pay Invoices, and vice versa', async () => {
		const [a, b] = [approved(), approved()];
		const payInvoices = { resource: 'payment', operation: 'payInvoices' };
		await output({ ...payInvoices, invoiceIds: String(a) });
		expect((await run(await payment(a))).error?.message).toContain('waits for confirmation already');
		const [order] = await output(await payment(b));
		expect(await output({ ...payInvoices, invoiceIds: String(b) })).toMatchObject([
			{ transactionIdentifier: order.transactionIdentifier, ordered: false },
		]);
		expect(sent(path)).toBe(2);
	});

	it('orders once for two items with the same invoice, and refuses a duplicate in a list', async () => {
		const id = approved();
		const both = await run(await payment(id), { items: [{}, {}], settings: { onError: 'continueRegularOutput' } });
		expect(both.items[0].map(({ json }) => json.error !== undefined)).toEqual([false, true]);
		expect((await run(await payment(id, id))).error?.message).toBe('Payment 2 is the same as payment 1');
		expect(sent(path)).toBe(1);
	});

	it('does not send a payment again by Retry On Fail or a new execution if its outcome is unknown', async () => {
		const id = approved();
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path });
		expect((await run(await payment(id), { settings: retrying })).error?.message).toMatch(/^It is unclear whether/);
		expect((await run(await payment(id))).error?.message).toMatch(/^It is unclear whether a payment of invoice/);
		expect(sent(path)).toBe(1);
	});
});

describe('Salary: Create Payment without an own list ID', () => {
	const path = '/payments/directsalarypayments';
	const list = (listName: string): INodeParameters => ({
		resource: 'salary',
		operation: 'createPayment',
		listName,
		paymentDate: '2098-03-02',
		specifyRows: 'fields',
		payments: {
			row: [
				{
					recipientName: 'Aino Esimerkki',
					recipientBankAccount: IBAN,
					customId: 'P-1',
					amount: '2500.55',
					currencyCode: 'EUR',
					recipientCode: '010190-900P',
					brnType: 'HETU',
					code: '010190-900P',
				},
			],
		},
	});

	it('orders the same list once, before and after its confirmation', async () => {
		const [first] = await output(list('Palkat 3'));
		const [again] = await output(list('Palkat 3'));
		expect(again).toMatchObject({ transactionIdentifier: first.transactionIdentifier, ordered: false });
		await confirm(first.transactionIdentifier);
		for (const engine of [bench.engine, second.engine])
			expect(await output(list('Palkat 3'), { engine })).toMatchObject([{ result: 'EXISTS', ordered: false }]);
		expect((await output(list('Palkat 4')))[0].ordered).toBe(true);
		expect(sent(path)).toBe(2);
	});
});
