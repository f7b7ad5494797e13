/** Create or Update is safe to repeat: whatever fails, a run sends a number once, and the register contains it once. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { RunResult, SavedCredential } from '../harness';
import { outputOf, startBench, type Bench } from '../support';

let bench: Bench;
/** One credential for all runs of a test, as in n8n. */
let saved: SavedCredential;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => {
	bench.sandbox.reset();
	saved = bench.engine.saveCredential('procountorApi', bench.credential());
});
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const partner: INodeParameters = {
	matchBy: 'businessId',
	matchValue: '1234567-1',
	type: 'CUSTOMER',
	name: 'Katkos Oy',
};
const product: INodeParameters = { code: 'UUSI-1', type: 'SALES', name: 'Uusi' };
const person: INodeParameters = { personNumber: '9100', lastName: 'Uusitalo' };
const registers = [
	[
		'businessPartner',
		partner,
		{ street: 'Kauppakatu 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' },
		'/businesspartners',
		'partners',
		'the business partner with the business ID 1234567-1',
		{ filters: { identifier: '1234567-1' } },
	],
	[
		'product',
		product,
		{ price: 5 },
		'/products',
		'products',
		'the product with the product code UUSI-1',
		{ filters: { code: 'UUSI-1' } },
	],
	[
		'person',
		person,
		{ firstName: 'Ilona' },
		'/persons',
		'partners',
		'the person with the person number 9100',
		{ filters: { personNumber: '9100' } },
	],
] as const;
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

async function upsert(
	resource: string,
	parameters: INodeParameters,
	more: IDataObject,
	{ items = [{}], settings }: { items?: IDataObject[]; settings?: Partial<INode> } = {},
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource, operation: 'upsert', ...parameters, additionalFields: more as INodeParameters },
		credentials: { procountorApi: saved },
		items,
		settings,
	});
}

describe.each(registers)('Create or Update: %s', (resource, parameters, more, path, register, name, listed) => {
	const posts = (): number => bench.sandbox.journal.to(`POST ${path}`).length;
	const inRegister = async (): Promise<IDataObject[]> =>
		await bench.json(resource, 'getAll', { returnAll: true, ...listed });

	it.each(['cutBefore', 'cutAfter'] as const)(
		'reports a create with an unknown outcome (%s) as unclear and does not send it again in that run',
		async (kind) => {
			bench.sandbox.faults.late.push({ register, delayMs: 3_600_000 });
			bench.sandbox.faults.add({ kind, method: 'POST', path });
			const result = await upsert(resource, parameters, { ...more, lookUp: 0.1 }, { settings: retrying });
			expect(result.error?.message).toMatch(new RegExp(`^It is unclear whether Procountor saved ${name}`));
			expect(result.error?.description).toContain(
				'The node looked for it for 0.1 seconds and did not find it. Look for it in the register in Procountor before you run this again.',
			);
			expect(posts()).toBe(1);
			// A new run does not assume that a record is missing only because lists show it late.
			expect((await upsert(resource, parameters, { ...more, lookUp: 1 })).error?.message).toMatch(/^It is unclear/);
			await new Promise((resolve) => setTimeout(resolve, 2100));
			bench.sandbox.clock.advance(3_700_000);
			bench.sandbox.faults.late = [];
			outputOf(await upsert(resource, parameters, { ...more, lookUp: 0.1 }));
			expect(posts()).toBe(kind === 'cutBefore' ? 2 : 1);
			expect(await inRegister()).toHaveLength(1);
		},
	);

	it('creates one record in two concurrent runs, even if it appears late', async () => {
		bench.sandbox.clock.flowing = true;
		bench.sandbox.faults.late.push({ register, delayMs: 600 });
		const both = await Promise.all(
			[1, 2].map(async () => outputOf(await upsert(resource, parameters, { ...more, lookUp: 5 }))[0]),
		);
		expect(both[0].id).toBe(both[1].id);
		expect(posts()).toBe(1);
	});

	it('creates no duplicate if n8n retries the node because a later item failed', async () => {
		const numbers = {
			businessPartner: ['1234567-1', '0112038-9'],
			product: ['UUSI-1', 'UUSI-2'],
			person: ['9100', '9101'],
		}[resource];
		const field = { businessPartner: 'matchValue', product: 'code', person: 'personNumber' }[resource];
		bench.sandbox.faults.late.push({ register, delayMs: 3_600_000 });
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
			method: 'POST',
			path,
			after: 1,
		});
		// The list does not show the first record for a long time, but the second try finds it.
		const made = outputOf(
			await upsert(
				resource,
				{ ...parameters, [field]: '={{ $json.number }}' },
				{ ...more, lookUp: 10 },
				{ items: numbers.map((number) => ({ number })), settings: retrying },
			),
		);
		expect(new Set(made.map(({ id }) => id)).size).toBe(2);
		expect(posts()).toBe(3);
		bench.sandbox.clock.advance(3_700_000);
		expect(await inRegister()).toHaveLength(1);
	});
});

it('A record that was found and then deleted is created again', async () => {
	const [made] = outputOf(await upsert('product', product, { price: 5 }));
	expect(outputOf(await upsert('product', product, { price: 6 }))[0]).toMatchObject({ id: made.id, price: 6 });
	await bench.json('product', 'delete', { productId: { __rl: true, mode: 'id', value: String(made.id) } });
	const [again] = outputOf(await upsert('product', product, { price: 7, lookUp: 0.3 }));
	expect(again).toMatchObject({ code: 'UUSI-1', price: 7 });
	expect(again.id).not.toBe(made.id);
});

it('A deleted record that Procountor has shown is created again at once, with a note in the output', async () => {
	const [made] = outputOf(await upsert('product', product, { price: 5 }));
	await bench.json('product', 'delete', { productId: { __rl: true, mode: 'id', value: String(made.id) } });
	const [again] = outputOf(await upsert('product', product, { price: 7 }));
	expect(again).toMatchObject({
		price: 7,
		note: `The product that an earlier run created (ID ${String(made.id)}) was deleted in Procountor, so this run created it again`,
	});
	expect(again.id).not.toBe(made.id);
});

it('A record that never appeared is reported as late or deleted, with the time until it is created again', async () => {
	bench.sandbox.faults.late.push({ register: 'products', delayMs: 3_600_000 });
	const [made] = outputOf(await upsert('product', product, { price: 5, lookUp: 0.1 }));
	const { error } = await upsert('product', product, { price: 7, lookUp: 0.1 });
	expect(error?.message).toBe(
		`An earlier run saved the product with the product code UUSI-1 (ID ${String(made.id)}), but Procountor does not return it: it is late, or it was deleted`,
	);
	expect(error?.description).toContain(
		'Run the workflow again in a minute. If it was deleted, a run in 1 minute or later creates it again.',
	);
	await new Promise((resolve) => setTimeout(resolve, 2100));
	expect(outputOf(await upsert('product', product, { price: 7, lookUp: 0.1 }))[0].id).not.toBe(made.id);
});

it('A deleted record that the list still shows is reported', async () => {
	const [made] = outputOf(await upsert('product', product, { price: 5 }));
	bench.sandbox.faults.add({ kind: 'status', status: 404, method: 'GET', path: '/products/{productId}', times: 0 });
	const { error } = await upsert('product', product, { price: 7, lookUp: 0.1 });
	expect(error?.message).toBe(
		`Procountor lists the product with the product code UUSI-1 (ID ${String(made.id)}), but does not return it`,
	);
});

it('A record whose number was changed does not match its old number', async () => {
	const [made] = outputOf(await upsert('product', product, { price: 5 }));
	await bench.json('product', 'update', {
		productId: { __rl: true, mode: 'id', value: String(made.id) },
		updateFields: { code: 'TOINEN-1' },
	});
	expect(outputOf(await upsert('product', product, { price: 7 }))[0].id).not.toBe(made.id);
});
