import { DEMO } from '../../sandbox';
import { confirmationsOf, decide, type Decision } from '../../sandbox/records/secondFactor';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

/** The decision of the user in the Procountor Key app. */
function answer(transactionIdentifier: unknown, decision: Decision): void {
	const confirmation = confirmationsOf(bench.sandbox.world.company(DEMO.companyId)).get(String(transactionIdentifier));
	if (!confirmation) throw new Error('Nothing waits');
	decide(confirmation, decision, bench.sandbox.clock);
}

const result = async (transactionIdentifier: unknown, options = {}) =>
	(
		await bench.json('user', 'getConfirmationResult', { transactionIdentifier: String(transactionIdentifier), options })
	)[0];

describe('User', () => {
	it('returns the user, the rights and the profile of a colleague', async () => {
		expect((await bench.json('user', 'get'))[0]).toMatchObject({
			id: 1001,
			username: 'aino.koivuranta',
			companyId: DEMO.companyId,
		});
		expect((await bench.json('user', 'getRights'))[0]).toMatchObject({
			role: 'MAIN_USER',
			rights: { sales: { customerRegister: 'ALL_RIGHTS' } },
		});
		expect(await bench.json('user', 'getProfile', { userId: '1002' })).toEqual([
			{ userId: 1002, firstname: 'Eero', surname: 'Myllymäki' },
		]);
	});

	it('updates own data after the confirmation and keeps all other fields', async () => {
		const [{ transactionIdentifier, confirmationApp }] = await bench.json('user', 'update', {
			updateFields: { city: 'TURKU', secondaryPhone: '+358 2 1' },
		});
		expect(confirmationApp).toBe('PROCOUNTOR_KEY');
		expect(await result(transactionIdentifier)).toMatchObject({ transactionIdentifier, result: 'WAITING' });
		answer(transactionIdentifier, 'confirm');
		expect(await result(transactionIdentifier)).toMatchObject({
			result: 'CONFIRMED',
			info: { message: expect.any(String) },
		});
		// Procountor returns the result once (U 31); the node remembers it.
		expect(await result(transactionIdentifier)).toMatchObject({
			result: 'CONFIRMED',
			info: { message: expect.any(String) },
		});
		expect((await bench.json('user', 'get', { simple: false }))[0]).toMatchObject({
			city: 'TURKU',
			firstName: 'Aino',
			email: 'aino.koivuranta@example.fi',
		});
	});

	it.each([
		['reject', 'REJECTED'],
		['expire', 'EXPIRED'],
	] as const)('does not update own data if the confirmation ends with: %s', async (decision, expected) => {
		const [{ transactionIdentifier }] = await bench.json('user', 'update', { updateFields: { city: 'TURKU' } });
		answer(transactionIdentifier, decision);
		expect((await result(transactionIdentifier)).result).toBe(expected);
		expect((await bench.json('user', 'get', { simple: false }))[0].city).not.toBe('TURKU');
	});

	it('waits for the confirmation if a waiting time is set', async () => {
		const [{ transactionIdentifier }] = await bench.json('user', 'update', { updateFields: { city: 'TURKU' } });
		const waiting = result(transactionIdentifier, { wait: 60 });
		while (bench.sandbox.journal.to('GET /mfatransactionresult/{transactionIdentifier}').length === 0)
			await new Promise((resolve) => setTimeout(resolve, 20));
		answer(transactionIdentifier, 'confirm');
		expect((await waiting).result).toBe('CONFIRMED');
		expect(bench.sandbox.journal.to('GET /mfatransactionresult/{transactionIdentifier}')).toHaveLength(2);
	}, 20_000);

	it('does not return the confirmation of another user, and refuses an invalid ID', async () => {
		const [{ transactionIdentifier }] = await bench.json('user', 'update', { updateFields: { city: 'TURKU' } });
		const other = await bench.run(
			'user',
			'getConfirmationResult',
			{ transactionIdentifier: String(transactionIdentifier) },
			{ credential: bench.credential({ apiKey: DEMO.keys.sales }) },
		);
		expect(other.error?.httpCode).toBe('403');
		const { error } = await bench.run('user', 'getConfirmationResult', { transactionIdentifier: '../users' });
		expect(error?.message).toBe('Transaction Identifier is not an ID: "../users"');
	});

	it("reports Procountor's reason for an invalid email address", async () => {
		const { error } = await bench.run('user', 'update', { updateFields: { email: 'not an address' } });
		expect(error?.message).toBe('Email: Email address is not valid.');
	});
});
