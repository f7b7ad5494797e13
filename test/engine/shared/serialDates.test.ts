/** Dates as serial numbers: a sheet without a date format contains 46296 for 1.10.2026, and 46296.5 for noon. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const NAMED = `looks like a spreadsheet's serial number for 2026-10-01: "46296`;
const row = { product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5, startDate: 46296 };
const sale = (more: IDataObject = {}): INodeParameters =>
	({
		counterPartyName: 'Kahvila Oy',
		date: '46296',
		specifyRows: 'json',
		invoiceRowsJson: JSON.stringify([row]),
		...more,
	}) as INodeParameters;
const sent = (call: string): unknown => bench.sandbox.journal.to(call).at(-1)?.body;

interface Way {
	resource: string;
	operation: string;
	parameters: () => INodeParameters;
	/** Name of the collection that contains the option. */
	options?: string;
	call: string;
	/** The dates of the request, each of them 2026-10-01. */
	dates: (body: IDataObject) => unknown[];
}

const ways: Array<[string, Way]> = [
	[
		'a sales invoice, its rows and its JSON',
		{
			resource: 'invoice',
			operation: 'create',
			parameters: () =>
				sale({ additionalFields: { deliveryStartDate: 46296.5, bodyJson: '{"deliveryEndDate": "46296,25"}' } }),
			call: 'POST /invoices',
			dates: ({ date, deliveryStartDate, deliveryEndDate, invoiceRows }) => [
				date,
				deliveryStartDate,
				deliveryEndDate,
				(invoiceRows as IDataObject[])[0].startDate,
			],
		},
	],
	[
		'a bill with rows from a list',
		{
			resource: 'invoice',
			operation: 'createPurchase',
			parameters: () => ({
				...sale({ date: '46296' }),
				specifyRows: 'list',
				list: JSON.stringify([{ name: 'Kahvi', price: 10, from: 46296 }]),
				listColumns: {
					mappingMode: 'defineBelow',
					value: { product: 'name', quantity: 1, unitPrice: 'price', vatPercent: 25.5, startDate: 'from' },
				} as never,
				additionalFields: { bankAccount: 'FI2112345600000785', dueDate: 46296 },
			}),
			call: 'POST /invoices',
			dates: ({ date, paymentInfo, invoiceRows }) => [
				date,
				(paymentInfo as IDataObject).dueDate,
				(invoiceRows as IDataObject[])[0].startDate,
			],
		},
	],
	[
		'a journal',
		{
			resource: 'ledgerReceipt',
			operation: 'create',
			parameters: () => ({
				name: 'Myynti',
				receiptDate: '46296.75',
				specifyRows: 'json',
				transactionsJson: JSON.stringify([{ account: '1910', accountingValue: 0, vatPercent: 0 }]),
			}),
			call: 'POST /ledgerreceipts',
			dates: ({ receiptDate }) => [receiptDate],
		},
	],
	[
		'a payment outside Procountor',
		{
			resource: 'paymentEvent',
			operation: 'markAsPaid',
			parameters: () => ({
				invoiceId: byId(bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' }).id),
				paymentDate: '46296',
				amount: 5,
				currency: 'EUR',
			}),
			call: 'PUT /invoices/{invoiceId}/paymentevents/markpaid',
			dates: ({ paymentDate }) => [paymentDate],
		},
	],
	[
		'an update of an invoice',
		{
			resource: 'invoice',
			operation: 'update',
			parameters: () => ({
				invoiceId: byId(bench.sandbox.backdoor.addInvoice().id),
				updateFields: { date: '46296' },
			}),
			options: 'updateFields',
			call: 'PUT /invoices/{invoiceId}',
			dates: ({ date }) => [date],
		},
	],
	[
		'a credit',
		{
			resource: 'invoice',
			operation: 'credit',
			parameters: () => ({
				invoiceId: byId(bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' }).id),
				date: '46296',
				after: 'unfinished',
			}),
			options: 'options',
			call: 'POST /invoices',
			dates: ({ date }) => [date],
		},
	],
];

describe.each(ways)('Serial number in %s', (_, { resource, operation, parameters, options, call, dates }) => {
	const collection = options ?? 'additionalFields';
	const chosen = (serialDates: string): INodeParameters => {
		const given = parameters();
		return { ...given, [collection]: { ...(given[collection] as INodeParameters), serialDates } };
	};

	it('is refused and recognized as a serial number', async () => {
		const { error } = await bench.run(resource, operation, parameters());
		expect(error?.message).toContain(NAMED);
		expect(error?.description).toContain("under 'Dates as Serial Numbers'");
		expect(sent(call)).toBeUndefined();
	});

	it('is converted to a day with the 1900 or the 1904 system', async () => {
		await bench.json(resource, operation, chosen('system1900'));
		for (const one of dates(sent(call) as IDataObject)) expect(one).toBe('2026-10-01');
		const { error } = await bench.run(resource, operation, chosen('system1904'));
		// Most periods of 2030 are not open yet, so that day is either sent or refused.
		const [last] = dates((sent(call) ?? {}) as IDataObject);
		expect(`${String(last)} ${error?.message ?? ''}`).toContain('2030-10-02');
	});
});

describe('Serial number in an import file', () => {
	const invoice = {
		type: 'PURCHASE_INVOICE',
		counterPartyName: 'Tukku Oy',
		date: 46296.5,
		dueDate: '46310',
		sum: 1,
		invoiceRows: [],
	};
	const write = async (options: INodeParameters, json: IDataObject = invoice) =>
		await bench.run('importFile', 'create', { fileType: 'invoices', options }, { items: [{ json }] });

	it('is refused and recognized as a serial number', async () => {
		expect((await write({})).error?.message).toBe(
			`Invoice Date (column M) is not a date but ${NAMED}.5"; Due Date (column O) is not a date but looks like a spreadsheet's serial number for 2026-10-15: "46310"`,
		);
	});

	it.each([
		['system1900', '01.10.2026;;15.10.2026'],
		['system1904', '02.10.2030;;16.10.2030'],
	])('is converted to a day with %s', async (serialDates, days) => {
		const { items, error } = await write({ serialDates });
		expect(error).toBeUndefined();
		expect(Buffer.from(items[0][0].binary?.data.data ?? '', 'base64').toString('latin1')).toContain(days);
	});

	it('is compared with the other dates', async () => {
		const { error } = await write({ serialDates: 'system1900' }, { ...invoice, dueDate: 46290 });
		expect(error?.message).toBe('Due Date (column O) is before the invoice date 01.10.2026');
	});
});

it('Travel times are converted from serial numbers with the time of day', async () => {
	const trip = { departure: 46293.979166666664, arrival: '46294,5' };
	const claim = (options: IDataObject): INodeParameters => ({
		...sale({ date: '2026-10-01' }),
		invoiceRowsJson: JSON.stringify([{ quantity: 340, productCode: 'KM-2026' }]),
		specifyTravelInformationItems: 'json',
		travelInformationItemsJson: JSON.stringify([trip]),
		additionalFields: { personNumber: '9002', ...options } as INodeParameters,
	});
	const { error } = await bench.run('invoice', 'createTravelInvoice', claim({}));
	expect(error?.message).toContain("looks like a spreadsheet's serial number for 2026-09-28");
	await bench.json('invoice', 'createTravelInvoice', claim({ serialDates: 'system1900' }));
	expect((sent('POST /invoices') as IDataObject).travelInformationItems).toMatchObject([
		{ departure: '28.9.2026 23.30', arrival: '29.9.2026 12.00' },
	]);
});
