import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { RunResult, SavedCredential } from '../harness';
import { asJson, type Books, fromItem, useBooks } from './state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
/** One credential for all runs of a test, as in n8n. */
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const order = {
	date: '2026-10-01',
	counterPartyName: 'Kahvila',
	originalInvoiceNumber: 'W-1',
	...asJson([row]),
	additionalFields: { lookUp: 1 },
};
const POST = { method: 'POST', path: '/invoices' };

async function run(
	parameters: INodeParameters,
	{
		items = [{}],
		settings,
		operation = 'create',
	}: { items?: IDataObject[]; settings?: Partial<INode>; operation?: string } = {},
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource: 'invoice', operation, ...parameters },
		credentials: { procountorApi: saved },
		items,
		settings,
	});
}

const posts = (): number => bench.sandbox.journal.to('POST /invoices').length;
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('An existing invoice', () => {
	it('is returned, stops the run, or is created again, depending on the option', async () => {
		const [first] = outputOf(await run(order));
		const [again] = outputOf(await run(order));
		expect(again).toMatchObject({ id: first.id, wasCreated: false, invoiceNumber: first.invoiceNumber });
		const stopped = await run({ ...order, ifExists: 'stop' });
		expect(stopped.error?.message).toBe(
			`There is the sales invoice W-1 for Kahvila already (ID ${String(first.id)}), so none was created`,
		);
		const [twin] = outputOf(await run({ ...order, ifExists: 'create' }));
		expect(twin).toMatchObject({ wasCreated: true });
		expect(books.numbered('W-1').map(({ id }) => id)).toEqual([first.id, twin.id]);
	});

	it('is identified by exact number, type, and partner, ignoring void invoices', async () => {
		const suppliers = ['5001', '5002'].map((number) => books.partner(number));
		const bill = (partnerId: number, number: string) => ({
			date: '2026-10-01',
			partnerId: byId(partnerId),
			originalInvoiceNumber: number,
			...asJson([row]),
		});
		// Two suppliers use the same number, and the search may also match parts of numbers.
		for (const originalNumberSearchExact of [false, true]) {
			Object.assign(bench.sandbox.switches, { originalNumberSearchExact });
			const number = originalNumberSearchExact ? '5678' : '1234';
			const made = [];
			for (const [partner, own] of [
				[suppliers[0], number],
				[suppliers[1], number],
				[suppliers[0], `${number}1`],
				[suppliers[0], number.slice(1)],
			] as const)
				made.push(outputOf(await run(bill(partner, own), { operation: 'createPurchase' }))[0].wasCreated);
			expect(made).toEqual([true, true, true, true]);
			const sale = outputOf(await run({ ...order, originalInvoiceNumber: number }))[0];
			expect(sale.wasCreated).toBe(true);
			const [{ id }] = books.numbered(number).filter(({ partnerId }) => partnerId === suppliers[0]);
			expect(outputOf(await run(bill(suppliers[0], number), { operation: 'createPurchase' }))[0]).toMatchObject({
				id,
				wasCreated: false,
			});
			bench.sandbox.backdoor.change('invoices', id, { status: 'INVALIDATED' });
			expect(outputOf(await run(bill(suppliers[0], number), { operation: 'createPurchase' }))[0].wasCreated).toBe(true);
		}
	});

	it('is not matched between an offer and an order with the same number', async () => {
		const offer = { ...order, originalInvoiceNumber: 'O-1', orderType: 'OFFER' };
		expect(outputOf(await run(offer, { operation: 'createOrder' }))[0].wasCreated).toBe(true);
		expect(
			outputOf(await run({ ...offer, orderType: 'SALES_ORDER' }, { operation: 'createOrder' }))[0].wasCreated,
		).toBe(true);
		for (const again of [offer, { ...offer, orderType: 'SALES_ORDER' }])
			expect(outputOf(await run(again, { operation: 'createOrder' }))[0].wasCreated).toBe(false);
		expect(books.numbered('O-1').map(({ type, isOffer }) => [type, isOffer ?? false])).toEqual([
			['SALES_ORDER', true],
			['SALES_ORDER', false],
		]);
	});

	it('is not assumed if Procountor returns 404 for an empty list', async () => {
		Object.assign(bench.sandbox.switches, { emptyListAs404: true });
		expect(outputOf(await run(order))[0].wasCreated).toBe(true);
		expect(outputOf(await run(order))[0].wasCreated).toBe(false);
	});
});

it.each(['inTurn', 'together'])(
	'The same number in several items creates one invoice, even if records appear late (%s)',
	async (way) => {
		bench.sandbox.clock.flowing = true;
		bench.sandbox.faults.late.push({ register: 'invoices', delayMs: 400 });
		const items = Array.from({ length: 12 }, (_, index) => ({ number: `W-${index % 4}`, rows: [row] }));
		const made = outputOf(
			await run(
				{
					...order,
					...fromItem,
					originalInvoiceNumber: '={{ $json.number }}',
					additionalFields: { lookUp: 5, order: way },
				},
				{ items },
			),
		);
		expect(made.filter(({ wasCreated }) => wasCreated)).toHaveLength(4);
		for (const number of ['W-0', 'W-1', 'W-2', 'W-3']) expect(books.numbered(number)).toHaveLength(1);
		expect(made.map(({ originalInvoiceNumber }) => originalInvoiceNumber)).toEqual(items.map(({ number }) => number));
	},
);

it('Invoices are created in item order, and several at a time only if the option is set', async () => {
	const items = Array.from({ length: 8 }, (_, index) => ({ number: `W-${index}`, rows: [row] }));
	const parameters = { ...order, ...fromItem, originalInvoiceNumber: '={{ $json.number }}' };
	bench.sandbox.faults.add({ kind: 'latency', ms: 40, ...POST, times: 0 });
	const numbers = outputOf(await run(parameters, { items })).map(({ invoiceNumber }) => Number(invoiceNumber));
	expect(numbers).toEqual(items.map((_, index) => numbers[0] + index));
	const times = bench.sandbox.journal.to('POST /invoices').map(({ atMs }) => atMs);
	expect(times).toHaveLength(items.length);
	expect(times.slice(1).every((at, index) => at - times[index] >= 40)).toBe(true);

	bench.sandbox.journal.clear();
	const others = items.map(({ number, rows }) => ({ number: `X${number}`, rows }));
	expect(
		outputOf(await run({ ...parameters, additionalFields: { order: 'together', lookUp: 1 } }, { items: others })).map(
			({ originalInvoiceNumber }) => originalInvoiceNumber,
		),
	).toEqual(others.map(({ number }) => number));
	const spread = bench.sandbox.journal.to('POST /invoices').map(({ atMs }) => atMs);
	expect(spread.some((at, index) => index > 0 && at - spread[index - 1] < 40)).toBe(true);
});

describe('A create request with an unknown outcome', () => {
	it.each([
		['its response is lost', { kind: 'cutAfter' } as const],
		['its response is lost and the record appears late', { kind: 'cutAfter' } as const, 400],
	])('is found again by its number if %s', async (_what, fault, delayMs = 0) => {
		bench.sandbox.clock.flowing = true;
		if (delayMs) bench.sandbox.faults.late.push({ register: 'invoices', delayMs });
		bench.sandbox.faults.add({ ...fault, ...POST });
		const [made] = outputOf(await run({ ...order, after: 'approve' }));
		expect(made).toMatchObject({ wasCreated: true, status: 'APPROVED', originalInvoiceNumber: 'W-1' });
		expect(posts()).toBe(1);
	});

	it.each([
		['cut off before it arrives', { kind: 'cutBefore' } as const],
		['answered with an HTML page', { kind: 'htmlError' } as const],
		['answered with 502', { kind: 'badGateway' } as const],
	])('is reported as unclear and sent only once in the run if it is %s', async (_what, fault) => {
		bench.sandbox.faults.add({ ...fault, ...POST, times: 0 });
		const result = await run({ ...order, additionalFields: { lookUp: 0.3 } }, { settings: retrying });
		expect(result.error?.message).toMatch(/^It is unclear whether Procountor saved the sales invoice W-1 for Kahvila/);
		expect(result.error?.description).toBe(
			'The node looked for it for 0.3 seconds and did not find it. Look for it in Procountor among the sales invoices of Kahvila, dated 2026-10-01 before you run this again.',
		);
		expect(posts()).toBe(1);
		// Three tries of the node with a search each, plus the search before the create request.
		expect(bench.sandbox.journal.to('GET /invoices').length).toBeGreaterThanOrEqual(4);
	});

	it('is repeated by a later run once it is certain that nothing was saved', async () => {
		bench.sandbox.faults.add({ kind: 'cutBefore', ...POST });
		const parameters = { ...order, additionalFields: { lookUp: 0.1 } };
		expect((await run(parameters)).error?.message).toContain('unclear');
		expect((await run(parameters)).error?.message).toContain('unclear');
		expect(posts()).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 2100));
		expect(outputOf(await run(parameters))[0].wasCreated).toBe(true);
		expect(books.numbered('W-1')).toHaveLength(1);
	});

	it('is found by a later run if the record appears after the look-up time', async () => {
		bench.sandbox.clock.flowing = true;
		bench.sandbox.faults.late.push({ register: 'invoices', delayMs: 1200 });
		bench.sandbox.faults.add({ kind: 'cutAfter', ...POST });
		const parameters = { ...order, additionalFields: { lookUp: 0.2 } };
		expect((await run(parameters)).error?.message).toContain('unclear');
		await new Promise((resolve) => setTimeout(resolve, 1200));
		expect(outputOf(await run(parameters))[0].wasCreated).toBe(false);
		expect(books.numbered('W-1')).toHaveLength(1);
	});

	it('is reported as unclear and sent only once in the run if the invoice has no number', async () => {
		bench.sandbox.faults.add({ kind: 'cutAfter', ...POST });
		const before = books.size;
		const result = await run({ ...order, originalInvoiceNumber: '' }, { settings: retrying });
		expect(result.error?.message).toMatch(/^It is unclear whether Procountor saved the sales invoice for Kahvila/);
		expect(result.error?.description).toContain(
			'It has no number of its own, so its record cannot be told from others.',
		);
		expect(posts()).toBe(1);
		expect(books.size).toBe(before + 1);
	});

	it('is not assumed after a rejection, so the next run creates the invoice', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, field: 'date', message: 'CLOSED_FISCAL_PERIOD' }] },
			...POST,
		});
		expect((await run(order)).error?.message).toBe(
			'Invoice Date: The date is in a fiscal year or tracking period that is closed',
		);
		expect(outputOf(await run(order))[0].wasCreated).toBe(true);
	});
});

it.each<[string, INodeParameters]>([
	['with numbers', { originalInvoiceNumber: '={{ $json.number }}' }],
	['without numbers', { originalInvoiceNumber: '' }],
])("n8n's retry after a failed item creates no invoice twice (%s)", async (_, numbers) => {
	const items = Array.from({ length: 5 }, (_, index) => ({
		number: `W-${index}`,
		rows: [{ ...row, unitPrice: index + 1 }],
	}));
	// The server rejects the fourth request twice, because it has no free connection.
	bench.sandbox.faults.add({
		kind: 'status',
		status: 400,
		body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
		...POST,
		after: 3,
		times: 2,
	});
	const before = books.size;
	const made = outputOf(await run({ ...order, ...fromItem, ...numbers }, { items, settings: retrying }));
	expect(made).toHaveLength(5);
	expect(made.every(({ wasCreated }) => wasCreated)).toBe(true);
	expect(books.size).toBe(before + 5);
});

it('Two executions create two invoices if equal invoices have no number', async () => {
	const before = books.size;
	await run({ ...order, originalInvoiceNumber: '' });
	await run({ ...order, originalInvoiceNumber: '' });
	expect(books.size).toBe(before + 2);
});

it('A revoked token is renewed, and the invoice is created once', async () => {
	outputOf(await run({ ...order, originalInvoiceNumber: 'W-0' }));
	bench.sandbox.state.auth.revokeTokens();
	expect(outputOf(await run(order))[0].wasCreated).toBe(true);
	expect(books.numbered('W-1')).toHaveLength(1);
});

it.each(['/products', '/invoices'])(
	'A token revoked during a run is renewed, and the invoice is created once (revoked at %s)',
	async (path) => {
		const rows = asJson([{ ...row, productCode: 'KUP-1' }]);
		const parameters = { ...order, ...rows, additionalFields: { lookUp: 1, productRegister: 'create' } };
		// Procountor checks the token after the delay, when it is already revoked.
		bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'POST', path });
		const running = run(parameters);
		while (bench.sandbox.journal.to(`POST ${path}`).length === 0)
			await new Promise((resolve) => setTimeout(resolve, 10));
		bench.sandbox.state.auth.revokeTokens();
		expect(outputOf(await running)[0].wasCreated).toBe(true);
		expect(bench.sandbox.journal.to(`POST ${path}`).map(({ status }) => status)).toEqual([401, 200]);
		expect(books.numbered('W-1')).toHaveLength(1);
	},
);

it('A deleted invoice is created again with a new ID', async () => {
	const [{ id }] = outputOf(await run(order));
	bench.sandbox.backdoor.change('invoices', Number(id), { status: 'DELETED' });
	const [again] = outputOf(await run(order));
	expect(again).toMatchObject({ wasCreated: true });
	expect(again.id).not.toBe(id);
});

it('An invoice that Procountor has never shown is created again only once it is certain that it was deleted', async () => {
	bench.sandbox.clock.flowing = true;
	bench.sandbox.faults.late.push({ register: 'invoices', delayMs: 60_000 });
	const parameters = { ...order, additionalFields: { lookUp: 0.1 } };
	const [{ id }] = outputOf(await run(parameters));
	bench.sandbox.backdoor.remove('invoices', Number(id));
	bench.sandbox.faults.clear();
	const { error } = await run(parameters);
	expect(error?.message).toBe(
		`An earlier run saved the sales invoice W-1 for Kahvila (ID ${String(id)}), but Procountor does not return it: it is late, or it was deleted`,
	);
	expect(posts()).toBe(1);
	// Twenty times the look-up time.
	await new Promise((resolve) => setTimeout(resolve, 2100));
	const [again] = outputOf(await run(parameters));
	expect(again).toMatchObject({ wasCreated: true });
	expect(books.numbered('W-1').map((one) => one.id)).toEqual([again.id]);
});
