import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { fiscalYearsOf } from '../../sandbox/records/periods';
import type { RunResult, SavedCredential } from '../harness';
import { type Books, useBooks } from '../invoice/state';
import { outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

/** Runs Create for items that each contain their own transactions. */
async function run(items: IDataObject[], more: INodeParameters = {}): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: {
			resource: 'ledgerReceipt',
			operation: 'create',
			name: 'Korttitilitys',
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			specifyRows: 'json',
			transactionsJson: '={{ $json.rows }}',
			...more,
		},
		credentials: { procountorApi: saved },
		items,
	});
}

const at = (item: string): IDataObject[] => [{ dimensionId: 'Kustannuspaikka', itemId: item }];
const entry = (account: string, accountingValue: number, more: IDataObject = {}): IDataObject => ({
	account,
	accountingValue,
	...more,
});
const helsinki = { rows: [entry('1910', 100, { dimensions: at('Helsinki') }), entry('1900', -100)] };

describe('Identity of a journal', () => {
	it.each([
		[
			'another dimension and counter account',
			{ rows: [entry('1910', 100, { dimensions: at('Tampere') }), entry('1930', -100)] },
		],
		['another dimension', { rows: [entry('1910', 100, { dimensions: at('Tampere') }), entry('1900', -100)] }],
		['another counter account', { rows: [entry('1910', 100, { dimensions: at('Helsinki') }), entry('1930', -100)] }],
		[
			'the same debit in two rows',
			{ rows: [entry('1910', 60, { dimensions: at('Helsinki') }), entry('1910', 40), entry('1900', -100)] },
		],
		['no dimension', { rows: [entry('1910', 100), entry('1900', -100)] }],
	])('treats a journal with %s as another journal', async (_what, other) => {
		const made = outputOf(await run([helsinki, other]));
		expect(made.map(({ wasCreated }) => wasCreated)).toEqual([true, true]);
		expect(books.journals('Korttitilitys')).toHaveLength(2);
		expect(outputOf(await run([helsinki, other])).map(({ wasCreated }) => wasCreated)).toEqual([false, false]);
	});

	it('treats exchanged VAT rates with the same total as another journal', async () => {
		// 100 with 13.5 % and 10 % of VAT on two rows: the same sums with the rates exchanged.
		const sale = (first: number, second: number) => ({
			rows: [
				entry('3000', -100, { vatPercent: first }),
				entry('3010', -100, { vatPercent: second }),
				entry('1910', 223.5),
			],
		});
		const made = outputOf(await run([sale(13.5, 10), sale(10, 13.5)]));
		expect(made.map(({ wasCreated }) => wasCreated)).toEqual([true, true]);
	});

	it('finds a journal again if its transactions have another order', async () => {
		const [first] = outputOf(await run([helsinki]));
		const reversed = { rows: [...helsinki.rows].reverse() };
		expect(outputOf(await run([reversed]))[0]).toMatchObject({ id: first.id, wasCreated: false });
	});

	it.each(['KORTTITILITYS', ' Korttitilitys ', 'korttitilitys\u00a0'])(
		'finds a journal again by its name in another spelling: %j',
		async (name) => {
			const [first] = outputOf(await run([helsinki]));
			expect(outputOf(await run([helsinki], { name }))[0]).toMatchObject({ id: first.id, wasCreated: false });
			expect(outputOf(await run([helsinki], { name: 'Korttitilitys 2' }))[0].wasCreated).toBe(true);
		},
	);

	it.each([
		['decimal commas and a true minus', entry('1910', 100, {}), '100,00', '\u2212100,00'],
		['a euro sign', entry('1910', 100, {}), '100,00 €', '-100 €'],
		['an account with its name', entry('1910 Pankkitili', 100, {}), 100, -100],
		['a VAT rate with its sign', entry('1910', 100, { vatPercent: '0 %' }), 100, -100],
	])('finds a journal again that is written with %s', async (_what, first, debit, credit) => {
		const [made] = outputOf(await run([{ rows: [entry('1910', 100), entry('1900', -100)] }]));
		const rows = [
			{ ...first, accountingValue: debit },
			{ account: '1900', accountingValue: credit },
		];
		expect(outputOf(await run([{ rows }]))[0]).toMatchObject({ id: made.id, wasCreated: false });
	});

	it('counts equal transactions, so two equal rows do not match one', async () => {
		const row = entry('1910', 50);
		const twice = { rows: [row, row, entry('1900', -100)] };
		const mixed = { rows: [row, entry('1910', 25), entry('1910', 25), entry('1900', -100)] };
		expect(outputOf(await run([twice, mixed, twice])).map(({ wasCreated }) => wasCreated)).toEqual([true, true, false]);
	});

	it('reports a journal that another item of the same run created', async () => {
		const result = await run([helsinki, helsinki]);
		const [first, second] = outputOf(result);
		expect(result.hints).toMatchObject([
			{ type: 'warning', message: expect.stringContaining('give each item its own number') },
		]);
		expect(first.note).toBeUndefined();
		expect(second).toMatchObject({
			id: first.id,
			wasCreated: false,
			note: `Item 1 of this run created this journal (ID ${String(first.id)}); no second one was created`,
		});
	});
});

describe('Own reference of a journal', () => {
	const reference = { additionalFields: { ownReference: '={{ $json.ref }}', accountantsNotes: 'Kassa 1' } };

	it('separates two journals with equal transactions, and finds each of them again', async () => {
		const items = ['Z-1', 'Z-2'].map((ref) => ({ ref, ...helsinki }));
		expect(outputOf(await run(items, reference)).map(({ wasCreated }) => wasCreated)).toEqual([true, true]);
		expect(outputOf(await run(items, reference)).map(({ wasCreated }) => wasCreated)).toEqual([false, false]);
		expect(books.journals('Korttitilitys')).toMatchObject([
			{ accountantsNotes: 'Kassa 1\nReference: Z-1' },
			{ accountantsNotes: 'Kassa 1\nReference: Z-2' },
		]);
	});

	it('does not match a part of another reference', async () => {
		const items = ['Z-1', 'Z-11', 'Z'].map((ref) => ({ ref, ...helsinki }));
		expect(outputOf(await run(items, reference)).map(({ wasCreated }) => wasCreated)).toEqual([true, true, true]);
	});

	it.each([
		[
			'another account',
			[entry('1910', 100, { dimensions: at('Helsinki') }), entry('1930', -100)],
			"it has 'account 1900, -100.00, VAT 0 %'; it lacks 'account 1930, -100.00, VAT 0 %'",
		],
		[
			'another amount',
			[entry('1910', 90, { dimensions: at('Helsinki') }), entry('1900', -90)],
			"it has 'account 1900, -100.00, VAT 0 %', 'account 1910, 100.00, VAT 0 %, 1:11:100.00'; it lacks 'account 1900, -90.00, VAT 0 %', 'account 1910, 90.00, VAT 0 %, 1:11:90.00'",
		],
		[
			'an additional row',
			[entry('1910', 100, { dimensions: at('Helsinki') }), entry('1900', -100), entry('1930', 0)],
			"it lacks 'account 1930, 0.00, VAT 0 %'",
		],
	])('refuses the same reference with %s, and names the difference', async (_what, rows, difference) => {
		const [{ id, receiptNumber }] = outputOf(await run([{ ref: 'Z-1', ...helsinki }], reference));
		const { error } = await run([{ ref: 'Z-1', rows }], reference);
		expect(error?.message).toBe(
			`Journal ${String(receiptNumber)} (ID ${String(id)}) already has the own reference 'Z-1', but differs from this item: ${difference}`,
		);
		expect(books.journals('Korttitilitys')).toHaveLength(1);
	});

	it.each(['undefined', 'Z-undefined', '[object Object]', 'Z-NaN', '#REF!'])(
		'refuses a reference that contains the text of a missing value: %s',
		async (ownReference) => {
			const { error } = await run([helsinki], { additionalFields: { ownReference } });
			expect(error?.message).toBe(`Own Reference is "${ownReference}"`);
			expect(books.journals('Korttitilitys')).toEqual([]);
		},
	);

	it('finds a moved journal again after its new day has been closed', async () => {
		const moved = { receiptDate: '2026-05-04', additionalFields: { ownReference: 'Z-1', closedPeriod: 'move' } };
		const [first] = outputOf(await run([helsinki], moved));
		expect(first.receiptDate).toBe('2026-07-01');
		close('2026-07-01', '2026-07-31');
		expect(outputOf(await run([helsinki], moved))[0]).toMatchObject({ id: first.id, wasCreated: false });
		expect(books.journals('Korttitilitys')).toHaveLength(1);
	});

	it('refuses an expression that returns nothing', async () => {
		const { error } = await run([helsinki], reference);
		expect(error?.message).toBe('Own Reference is empty: its expression returned nothing');
	});
});

describe('Journals moved to the first open day', () => {
	const moving = { receiptDate: '={{ $json.day }}', additionalFields: { closedPeriod: 'move' } };
	const days = (...list: string[]): IDataObject[] => list.map((day) => ({ day, ...helsinki }));
	const wasCreated = async (items: IDataObject[], more: INodeParameters = moving) =>
		outputOf(await run(items, more)).map((one) => one.wasCreated);

	it('are separate if their original days differ, and each is found again', async () => {
		const items = days('2026-05-04', '2026-05-05', '2026-06-30', '2026-07-01');
		expect(await wasCreated(items)).toEqual([true, true, true, true]);
		expect(books.journals('Korttitilitys')).toMatchObject([
			{ receiptDate: '2026-07-01', accountantsNotes: 'Original date: 2026-05-04' },
			{ receiptDate: '2026-07-01', accountantsNotes: 'Original date: 2026-05-05' },
			{ receiptDate: '2026-07-01', accountantsNotes: 'Original date: 2026-06-30' },
			{ receiptDate: '2026-07-01' },
		]);
		expect(books.journals('Korttitilitys')[3]).not.toHaveProperty('accountantsNotes');
		expect(await wasCreated(items)).toEqual([false, false, false, false]);
		expect(await wasCreated([...items].reverse())).toEqual([false, false, false, false]);
		expect(books.journals('Korttitilitys')).toHaveLength(4);
	});

	it('are created once for two items of the same day', async () => {
		expect(await wasCreated(days('2026-05-04', '2026-05-04'))).toEqual([true, false]);
	});

	it('keep the given notes and an own reference', async () => {
		const accountantsNotes = 'Kassa 1';
		const more = { additionalFields: { ...moving.additionalFields, accountantsNotes, ownReference: 'Z-1' } };
		expect(await wasCreated(days('2026-05-04'), { ...moving, ...more })).toEqual([true]);
		expect(books.journals('Korttitilitys')).toMatchObject([
			{ accountantsNotes: 'Kassa 1\nOriginal date: 2026-05-04\nReference: Z-1' },
		]);
	});

	it('are found again if their original day was open in an earlier run', async () => {
		expect(await wasCreated(days('2026-07-20'))).toEqual([true]);
		close('2026-07-01', '2026-07-31');
		expect(await wasCreated(days('2026-07-20', '2026-07-21'))).toEqual([false, true]);
		expect(books.journals('Korttitilitys')).toMatchObject([
			{ receiptDate: '2026-07-20' },
			{ receiptDate: '2026-08-01' },
		]);
	});

	it('are found again after the day that they were moved to has been closed', async () => {
		expect(await wasCreated(days('2026-05-04', '2026-05-05'))).toEqual([true, true]);
		close('2026-07-01', '2026-07-31');
		expect(await wasCreated(days('2026-05-04', '2026-05-05'))).toEqual([false, false]);
	});
});

/** Closes a period, as a user does in Procountor. */
function close(startDate: string, endDate: string): void {
	const period = { id: 99, startDate, endDate, status: 'CLOSED' as const, modified: 0 };
	for (const year of fiscalYearsOf(bench.sandbox.world.company(DEMO.companyId)).filter(({ isOpen }) => isOpen))
		year.trackingPeriods = [...year.trackingPeriods.filter((one) => one.startDate !== startDate), period];
}
