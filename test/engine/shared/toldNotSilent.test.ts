/** Warnings and limits: moved dates, credits that exceed their invoice, and sales to the EU without a VAT number. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { fiscalYearsOf } from '../../sandbox/records/periods';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const row = { product: 'Kahvi', quantity: 3, unitPrice: 10, vatPercent: 25.5 };
const rowsOf = (rows: unknown): INodeParameters => ({ specifyRows: 'json', invoiceRowsJson: JSON.stringify(rows) });
const create = async (more: INodeParameters = {}): Promise<IDataObject> =>
	(await bench.json('invoice', 'create', { counterPartyName: 'Kahvila Oy', ...rowsOf([row]), ...more }))[0];
const credit = async (id: unknown, more: INodeParameters = {}): Promise<IDataObject> =>
	(await bench.json('invoice', 'credit', { invoiceId: byId(id), ...more }))[0];
const refused = async (id: unknown, more: INodeParameters = {}): Promise<string> => {
	const { size } = books;
	const { error } = await bench.run('invoice', 'credit', { invoiceId: byId(id), ...more });
	expect(books.size).toBe(size);
	return `${error?.message} | ${error?.description}`;
};

describe('Move to the First Open Day', () => {
	type Period = [startDate: string, endDate: string, status?: 'OPEN' | 'PENDING' | 'CLOSED'];
	const month = (text: string, last: number, status: Period[2] = 'CLOSED'): Period => [
		`${text}-01`,
		`${text}-${last}`,
		status,
	];
	/** Sets the fiscal years of the company, in the order in which they were added. */
	function setYears(years: Array<{ year: [string, string]; isOpen?: boolean; periods?: Period[] }>): void {
		const list = fiscalYearsOf(bench.sandbox.world.company(DEMO.companyId));
		list.splice(
			0,
			list.length,
			...years.map(({ year: [startDate, endDate], isOpen = true, periods = [] }, index) => ({
				id: 70 + index,
				startDate,
				endDate,
				isOpen,
				modified: 0,
				trackingPeriods: periods.map(([start, end, status = 'CLOSED'], place) => ({
					id: 700 + index * 20 + place,
					startDate: start,
					endDate: end,
					status,
					modified: 0,
				})),
			})),
		);
	}
	const year2026 = { year: ['2026-01-01', '2026-12-31'] as [string, string] };

	const cases: Array<[string, string, string, Parameters<typeof setYears>[0]]> = [
		['the last day of a closed month', '2026-01-31', '2026-02-01', [{ ...year2026, periods: [month('2026-01', 31)] }]],
		['the first day of a closed month', '2026-01-01', '2026-02-01', [{ ...year2026, periods: [month('2026-01', 31)] }]],
		['the day after a closed month', '2026-02-01', '2026-02-01', [{ ...year2026, periods: [month('2026-01', 31)] }]],
		[
			'several closed months in any order',
			'2026-02-28',
			'2026-05-01',
			[
				{
					...year2026,
					periods: [month('2026-04', 30), month('2026-02', 28), month('2026-03', 31, 'PENDING'), month('2026-01', 31)],
				},
			],
		],
		[
			'an open month between closed ones',
			'2026-01-15',
			'2026-02-01',
			[{ ...year2026, periods: [month('2026-01', 31), month('2026-02', 28, 'OPEN'), month('2026-03', 31)] }],
		],
		[
			'the end of February in a leap year',
			'2028-02-29',
			'2028-03-01',
			[{ year: ['2028-01-01', '2028-12-31'], periods: [month('2028-02', 29)] }],
		],
		[
			'a closed December, with January of the next year closed too',
			'2025-12-31',
			'2026-02-01',
			[
				{ ...year2026, periods: [month('2026-01', 31)] },
				{ year: ['2025-01-01', '2025-12-31'], periods: [month('2025-12', 31)] },
			],
		],
		[
			'a closed year before a year of other months',
			'2026-03-31',
			'2026-06-01',
			[
				{ year: ['2026-06-01', '2027-05-31'] },
				{ year: ['2025-04-01', '2026-03-31'], isOpen: false },
				{ year: ['2026-04-01', '2026-05-31'], isOpen: false },
			],
		],
		['a day before the first year', '2020-05-04', '2026-01-01', [year2026]],
		[
			'a quarter that is closed as one period',
			'2026-03-31',
			'2026-04-01',
			[{ ...year2026, periods: [['2026-01-01', '2026-03-31']] }],
		],
	];
	const told = (label: string, from: string, to: string): string[] | undefined =>
		from === to ? undefined : [`${label} was moved from ${from} to ${to}, the first open day`];

	it.each(cases)('saves the first open day for %s: %s becomes %s', async (_, from, to, years) => {
		setYears(years);
		const options = { closedPeriod: 'move' };
		const sale = await create({ date: from, additionalFields: options, after: 'approve' });
		expect([books.invoice(sale.id).date, sale.warnings]).toEqual([to, told('Invoice Date', from, to)]);
		const [bill] = await bench.json('invoice', 'createPurchase', {
			counterPartyName: 'Tukku Ab',
			date: from,
			...rowsOf([row]),
			additionalFields: { ...options, bankAccount: 'FI2112345600000785', dueDate: to },
		});
		expect([books.invoice(bill.id).date, bill.warnings]).toEqual([to, told('Invoice Date', from, to)]);
		const back = await credit(sale.id, { date: from, options });
		expect(books.invoice(back.id).date).toBe(to);
		expect(toList(back.warnings)).toEqual(told('Credit Date', from, to) ?? []);
		const journal = {
			name: 'Myynti',
			receiptDate: from,
			vatType: 'SALES',
			specifyRows: 'json',
			transactionsJson: JSON.stringify([
				{ account: '3000', accountingValue: -10, vatPercent: 0 },
				{ account: '1910', accountingValue: 10, vatPercent: 0 },
			]),
			additionalFields: options,
		};
		const [posted] = await bench.json('ledgerReceipt', 'create', journal);
		expect([books.receipt(posted.id).receiptDate, posted.warnings]).toEqual([to, told('Receipt Date', from, to)]);
		// A second run finds the records that the first run moved.
		const [again] = await bench.json('ledgerReceipt', 'create', journal);
		expect(again).toMatchObject({ id: posted.id, wasCreated: false });
		const secondBack = await credit(sale.id, { date: from, options });
		expect(secondBack).toMatchObject({ id: back.id, wasCreated: false });
	});

	it.each([
		['after the last year', '2027-01-01', [year2026]],
		['in the last month, which is closed', '2026-12-31', [{ ...year2026, periods: [month('2026-12', 31)] }]],
		['with all years closed', '2026-05-04', [{ ...year2026, isOpen: false }]],
		['without a year', '2026-05-04', []],
	] as Array<[string, string, Parameters<typeof setYears>[0]]>)(
		'stops before anything is saved if no open day follows: %s',
		async (_, date, years) => {
			setYears(years);
			const { size } = books;
			const { error } = await bench.run('invoice', 'create', {
				counterPartyName: 'Kahvila Oy',
				date,
				...rowsOf([row]),
				additionalFields: { closedPeriod: 'move' },
			});
			expect(error?.message).toBe(`Invoice Date is in a closed period, and no open day follows ${date}`);
			expect(books.size).toBe(size);
		},
	);
});

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

describe('Credit', () => {
	const parts = (...rows: IDataObject[]): INodeParameters =>
		({ specifyRows: 'fields', parts: { row: rows } }) as unknown as INodeParameters;
	const numbered = (number: string): INodeParameters => ({ options: { number } });

	it('is refused if it exceeds the amount that earlier credits left', async () => {
		const { id } = await create({ after: 'approve' });
		// 37.65 with VAT: three pieces of 12.55.
		const first = await credit(id, { ...parts({ row: '1', quantity: '1' }), ...numbered('H-1') });
		const second = await credit(id, { ...parts({ vatPercent: '25,5', amount: '10,00' }), ...numbered('H-2') });
		for (const more of [
			{ ...parts({ row: 'KAHVI', quantity: '2' }), ...numbered('H-3') },
			{ ...parts({ row: '1', amount: '10,01' }), ...numbered('H-4') },
			numbered('H-5'),
			{},
		])
			expect(await refused(id, more)).toMatch(/12\.55.*(25\.10|left to credit).* \| Credit less.*Nothing was saved/);
		const third = await credit(id, { ...parts({ row: '1', amount: '10' }), ...numbered('H-6') });
		expect(await refused(id, { ...parts({ row: '1', amount: '0,01' }), ...numbered('H-7') })).toContain('0.00');
		const sum = [first, second, third].reduce((all, one) => all + Math.round(books.sums(one.id).total * 100), 0);
		expect(sum).toBe(-3765);
	});

	it('is accepted after an earlier credit was invalidated', async () => {
		const { id } = await create({ after: 'approve' });
		const first = await credit(id, { ...parts({ row: '1', quantity: '2' }), ...numbered('H-1') });
		expect(await refused(id, { ...parts({ row: '1', quantity: '2' }), ...numbered('H-2') })).toContain('left');
		await bench.json('invoice', 'invalidate', { invoiceId: byId(first.id) });
		const second = await credit(id, { ...parts({ row: '1', quantity: '2' }), ...numbered('H-2') });
		expect(books.sums(second.id).total).toBe(-25.1);
	});

	it('reports that its invoice is a credit itself, also for parts', async () => {
		const { id } = await create({ after: 'approve' });
		const part = await credit(id, { ...parts({ row: '1', quantity: '2' }), ...numbered('H-1') });
		const back = await credit(part.id, { ...parts({ row: '1', quantity: '1' }), ...numbered('H-2') });
		expect(back.warnings).toEqual([expect.stringMatching(/is itself a credit: this credit takes it back$/)]);
		expect(books.sums(back.id).total).toBe(12.55);
		expect(await refused(part.id, { ...parts({ row: '1', quantity: '3' }), ...numbered('H-3') })).toContain(
			'takes more than row 1',
		);
		const rest = await credit(part.id, { ...parts({ row: '1', quantity: '1' }), ...numbered('H-4') });
		expect(rest.warnings).toEqual(back.warnings);
		expect(await refused(part.id, { ...parts({ row: '1', amount: '1' }), ...numbered('H-5') })).toContain('0.00');
	});

	it('warns if its date is before the invoice date', async () => {
		const { id } = await create({ date: '2026-10-01', after: 'approve' });
		const dated = async (date: string, number: string) =>
			await credit(id, { date, ...parts({ row: '1', amount: '1' }), ...numbered(number) });
		expect((await dated('2026-10-01', 'H-1')).warnings).toBeUndefined();
		for (const [date, day, number] of [
			['2026-09-30', '2026-09-30', 'H-2'],
			['30.9.2026 klo 23.59', '2026-09-30', 'H-3'],
			['2026-07-01', '2026-07-01', 'H-4'],
		])
			expect((await dated(date, number)).warnings).toEqual([
				expect.stringMatching(new RegExp(`^Credit Date ${day} is before the date of .*\\(2026-10-01\\)$`)),
			]);
	});
});

describe('Sale to the EU without a VAT number', () => {
	const zero = { ...row, vatPercent: 0 };
	const services = expect.stringMatching(
		/^VAT Status is 22 \(EU sales, services\), but VAT Number is empty\. Enter the customer's VAT number/,
	);

	it.each<[string, INodeParameters]>([
		['as a number', { additionalFields: { vatStatus: '22' } }],
		["as Procountor's code", { additionalFields: { vatStatus: 'vat_22' } }],
		['by name', { additionalFields: { vatStatus: 'EU sales, services' } }],
		['only on a row', rowsOf([{ ...zero, vatStatus: 22 }, zero])],
		['with an empty VAT number', { additionalFields: { vatStatus: '22', taxCode: ' ' } }],
	])('is reported if the VAT status is given %s', async (_, more) => {
		const made = await create({ ...rowsOf([zero]), ...more });
		expect(made.warnings).toEqual([services]);
	});

	it('is reported for orders and offers, also with a business ID', async () => {
		for (const isOffer of [false, true]) {
			const [order] = await bench.json('invoice', 'createOrder', {
				counterPartyName: 'Kund AB',
				date: '2026-10-01',
				...rowsOf([zero]),
				additionalFields: { vatStatus: '22', isOffer, identifier: '556677-8899', counterPartyCountry: 'SWEDEN' },
			});
			expect(order.warnings).toEqual([services]);
		}
	});

	it.each([['SE556677889901'], ['SE 556677-8899 01'], ['se556677889901'], ['EE100931558'], ['DE 136695976']])(
		'is not reported if the VAT number is %s',
		async (taxCode) => {
			const made = await create({ ...rowsOf([zero]), additionalFields: { vatStatus: '22', taxCode } });
			expect(made.warnings).toBeUndefined();
		},
	);

	it.each(['SE556677889901', 'SE 556677-8899 01', 'se556677889901'])(
		'is not reported if the register contains the customer with the business ID %s',
		async (identifier) => {
			const [partner] = await bench.json('businessPartner', 'create', {
				type: 'CUSTOMER',
				name: 'Kund AB',
				street: 'Storgatan 1',
				zip: '11122',
				city: 'Stockholm',
				country: byId('SWEDEN'),
				additionalFields: { identifier },
			});
			const known = await create({
				counterPartyName: '',
				partnerId: byId(partner.id),
				...rowsOf([zero]),
				additionalFields: { vatStatus: '22' },
			});
			expect(known.warnings).toBeUndefined();
			expect(books.invoice(known.id).counterParty).toMatchObject({ taxCode: 'SE556677889901' });
		},
	);

	it('is not reported if the sale has no VAT handling', async () => {
		expect((await create({ ...rowsOf([zero]), additionalFields: { vatStatus: '12' } })).warnings).toBeUndefined();
	});
});
