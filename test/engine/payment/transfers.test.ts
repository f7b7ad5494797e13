import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { confirmationsOf, decide, type Confirmation } from '../../sandbox/records/secondFactor';
import { startBench, type Bench, type RunMore } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
// Not reset: the node remembers what it ordered.
beforeEach(() => bench.sandbox.journal.clear());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const IBAN = 'FI2112345600000785';
const transfer = {
	recipientName: 'Verohallinto',
	recipientBankAccount: 'FI21 1234 5600 0007 85',
	paymentMethod: 'FINNISH_BANK_TRANSFER',
	paymentDate: '2099-03-02',
	currencyCode: 'EUR',
	amount: '100.10',
	message: 'ALV',
};
let number = 0;
const ownId = (): string => `T-${++number}`;
const form = (...rows: IDataObject[]): INodeParameters => ({
	specifyRows: 'fields',
	transfers: { row: rows.map((row) => ({ ...transfer, ...row })) } as INodeParameters,
});
const run = async (parameters: INodeParameters, more?: RunMore) =>
	await bench.run('payment', 'createBankTransfers', parameters, more);
const order = async (parameters: INodeParameters, more?: RunMore) =>
	await bench.json('payment', 'createBankTransfers', parameters, more);
const answer = async (id: unknown, decision: string): Promise<unknown> =>
	await bench.steer(`/secondfactors/${String(id)}/${decision}`);
const orders = (): number => bench.sandbox.journal.to('POST /payments/directbanktransfers').length;
const paidOn = async (day: string): Promise<IDataObject[]> =>
	await bench.json('payment', 'getAll', { returnAll: true, filters: { startDate: day, endDate: day } });

describe('Payment: Create Bank Transfers', () => {
	it('orders the transfers of all items with one confirmation', async () => {
		const [a, b] = [ownId(), ownId()];
		const more = {
			items: [
				{ id: a, sum: 0.1 },
				{ id: b, sum: '2 000,20' },
			],
		};
		const items = await order(form({ customId: '={{ $json.id }}', amount: '={{ $json.sum }}' }), more);
		expect(items).toMatchObject([
			{
				ordered: true,
				result: 'WAITING',
				totals: { EUR: '2000.30' },
				payments: [{ customId: a, amount: 0.1, recipientBankAccount: IBAN }, { customId: b }],
			},
		]);
		await answer(items[0].transactionIdentifier, 'confirm');
		const transactionIdentifier = String(items[0].transactionIdentifier);
		expect(await bench.json('payment', 'waitForConfirmation', { transactionIdentifier, wait: 0 })).toMatchObject([
			{ result: 'CONFIRMED', payments: [{ customId: a, paymentId: expect.any(Number) }, { customId: b }] },
		]);
		expect(orders()).toBe(1);
	});

	it('orders a transfer with an own ID once, unless the order was rejected', async () => {
		const day = '2099-04-01';
		const one = form({ customId: ownId(), paymentDate: day });
		const [first] = await order(one);
		expect(await order(one)).toMatchObject([
			{ transactionIdentifier: first.transactionIdentifier, ordered: false, result: 'WAITING' },
		]);
		await answer(first.transactionIdentifier, 'reject');
		const [second] = await order(one);
		expect(second.ordered).toBe(true);
		await answer(second.transactionIdentifier, 'confirm');
		expect(await order(one)).toMatchObject([
			{ result: 'NOTHING_TO_PAY', leftOut: [{ reason: 'was ordered and confirmed before' }] },
		]);
		expect(await paidOn(day)).toHaveLength(1);
	});

	it('skips a transfer that is already among the payments, unless Create Anyway is set', async () => {
		const day = '2099-04-02';
		const [first] = await order(form({ customId: ownId(), paymentDate: day }));
		await answer(first.transactionIdentifier, 'confirm');
		const unknown = form({ customId: ownId(), paymentDate: day });
		expect((await order(unknown))[0].leftOut).toMatchObject([{ reason: expect.stringContaining('is in Procountor') }]);
		expect((await order({ ...unknown, additionalFields: { ifExists: 'create' } }))[0].ordered).toBe(true);
		const otherMessage = form({ customId: ownId(), paymentDate: day, message: 'ALV 2' });
		expect((await order(otherMessage))[0].ordered).toBe(true);
	});

	it('sends one order if two runs start at the same time', async () => {
		const one = form({ customId: ownId(), paymentDate: '2099-04-03' });
		const [[a], [b]] = await Promise.all([order(one), order(one)]);
		expect(a.transactionIdentifier).toBe(b.transactionIdentifier);
		expect(orders()).toBe(1);
	});

	it('does not repeat a transfer with an unknown outcome', async () => {
		const day = '2099-04-06';
		const one = form({ customId: ownId(), paymentDate: day });
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/payments/directbanktransfers' });
		expect((await run(one)).error?.message).toContain('unclear');
		const again = await run(one);
		expect(again.error?.message).toMatch(/^Item 1, Transfer 1: it is unclear/);
		const waiting = [...confirmationsOf(bench.sandbox.world.company(DEMO.companyId)).values()].at(-1);
		decide(waiting as Confirmation, 'confirm', bench.sandbox.clock);
		expect((await order(one))[0].leftOut).toMatchObject([{ reason: expect.stringContaining('is in Procountor') }]);
		expect(await paidOn(day)).toHaveLength(1);
	});

	it('checks address, account, reference, and decimals before anything is sent', async () => {
		const refused = async (row: IDataObject): Promise<string | undefined> => (await run(form(row))).error?.message;
		const more = (address: IDataObject): IDataObject => ({ moreFields: address });
		expect(await refused(more({ street: 'Main Street 1', city: 'Helsinki' }))).toContain('has no country');
		expect(await refused({ paymentMethod: 'FINNISH_FOREIGN_PAYMENT', ...more({ country: 'Sweden' }) })).toContain(
			'no street, no zip code, no town',
		);
		expect(await refused({ recipientBankAccount: 'FI21 1234 5600 0007 86' })).toBe(
			'Direct Bank Transfer 1, Recipient Account (IBAN) is not an IBAN: its check digits do not match the account number',
		);
		expect(await refused({ bankReferenceCode: '123454' })).toContain('Reference Number');
		expect(await refused({ amount: '10.005' })).toContain('Amount has 3 decimals');
		expect(orders()).toBe(0);
		const good = { ...more({ street: 'Main Street 1', zip: '00100', city: 'Helsinki', country: 'fi' }) };
		expect(await refused({ ...good, bankReferenceCode: 'RF81 123453', bankReferenceCodeType: 'RF' })).toBeUndefined();
		expect(bench.sandbox.journal.to('POST /payments/directbanktransfers')[0].body).toMatchObject({
			directBankTransfers: [{ recipientNameAndAddress: { zip: '00100', city: 'Helsinki', country: 'FINLAND' } }],
		});
	});
});

describe('Salary: Create Payment', () => {
	const list = (customId: string): INodeParameters => ({
		listName: 'Palkat',
		paymentDate: '2099-03-02',
		specifyRows: 'fields',
		payments: {
			row: [
				{
					recipientName: 'Aino Esimerkki',
					recipientBankAccount: IBAN,
					amount: '2500.55',
					currencyCode: 'EUR',
					customId: 'P-1',
					recipientCode: '010190-900P',
					brnType: 'HETU',
					code: '010190-900P',
				},
			],
		},
		additionalFields: { customId },
	});
	const orderList = async (id: string): Promise<IDataObject> =>
		(await bench.json('salary', 'createPayment', list(id)))[0];

	it('orders a list with an own ID once, unless the order expired', async () => {
		const id = ownId();
		const first = await orderList(id);
		expect(first).toMatchObject({ ordered: true, result: 'WAITING' });
		expect(await orderList(id)).toMatchObject({
			transactionIdentifier: first.transactionIdentifier,
			ordered: false,
		});
		await answer(first.transactionIdentifier, 'expire');
		const second = await orderList(id);
		expect(second.ordered).toBe(true);
		await answer(second.transactionIdentifier, 'confirm');
		expect(await orderList(id)).toMatchObject({ result: 'EXISTS', ordered: false, totalSum: 2500.55 });
		expect(bench.sandbox.journal.to('POST /payments/directsalarypayments')).toHaveLength(2);
	});
});
