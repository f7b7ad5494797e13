/** Real-life data: empty rows, bank accounts of others, old VAT rates, and personal identity codes. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const row = { product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5 };
const asJson = (rows: unknown): INodeParameters => ({
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify(rows),
});
const sale = (more: INodeParameters = {}): INodeParameters => ({
	counterPartyName: 'Kahvila Oy',
	...asJson([row]),
	...more,
});
const bill = { bankAccount: 'FI2112345600000785', dueDate: '2026-10-15' };

async function refusal(resource: string, operation: string, parameters: INodeParameters): Promise<string> {
	const { error } = await bench.run(resource, operation, parameters);
	return `${error?.message ?? ''} | ${error?.description ?? ''}`;
}

const writes = (): string[] => bench.asked().filter((call) => !call.startsWith('GET'));

describe('Empty row', () => {
	const entry = { account: '1910', accountingValue: 0, vatPercent: 0 };
	const journal = (transactions: unknown): INodeParameters => ({
		name: 'Myynti',
		specifyRows: 'json',
		transactionsJson: JSON.stringify(transactions),
	});
	const dimensions = [{ dimensionId: 1, itemId: 11, percent: 100 }, null];
	it.each<[string, string, INodeParameters, string]>([
		['invoice', 'create', sale(asJson([row, null])), 'Row 2 is empty'],
		['invoice', 'create', sale(asJson([null, row])), 'Row 1 is empty'],
		['invoice', 'create', sale(asJson([row, '', row])), 'Row 2 is empty'],
		['invoice', 'create', sale(asJson([{ ...row, dimensions }])), 'Row 1, Dimension 2 is empty'],
		['invoice', 'createOrder', sale(asJson([row, null])), 'Row 2 is empty'],
		[
			'invoice',
			'createPurchase',
			sale({ ...asJson([row, null]), date: '2026-10-01', additionalFields: bill }),
			'Row 2 is empty',
		],
		[
			'invoice',
			'update',
			{ invoiceId: byId(1), updateFields: { invoiceRows: JSON.stringify([row, null]) } },
			'Row 2 is empty',
		],
		[
			'invoice',
			'update',
			{ invoiceId: byId(1), updateFields: { bodyJson: { invoiceRows: [row, null] } as unknown as string } },
			'Row 2 is empty',
		],
		['ledgerReceipt', 'create', journal([entry, null, entry]), 'Transaction 2 is empty'],
		[
			'ledgerReceipt',
			'update',
			{ receiptId: byId(1), updateFields: { transactions: JSON.stringify([entry, null]) } },
			'Transaction 2 is empty',
		],
		[
			'ledgerReceipt',
			'setDimensions',
			{
				receiptId: byId(1),
				transactionId: '1',
				specifyDimensionItemValues: 'json',
				dimensionItemValuesJson: JSON.stringify([{ dimensionId: 1, itemId: 11, value: 1 }, null]),
			},
			'Dimension 2 is empty',
		],
	])('is refused with its number in %s: %s', async (resource, operation, parameters, message) => {
		expect(await refusal(resource, operation, parameters)).toContain(message);
		expect(writes()).toEqual([]);
	});
});

describe("Bank account that is not the company's own", () => {
	const stranger = 'DE89370400440532013000';

	it.each(['create', 'createOrder'])('is refused on a sales document by %s', async (operation) => {
		const accounts = await bench.json('bankAccount', 'getAll', { returnAll: true, simple: false });
		const own = accounts.filter(({ status }) => status !== 'INACTIVE').map(({ iban }) => String(iban));
		const message = await refusal('invoice', operation, sale({ additionalFields: { bankAccount: stranger } }));
		expect(message).toContain(`Bank Account (IBAN) is '${stranger}', which is not one of the company's own accounts`);
		for (const iban of own) expect(message).toContain(iban);
		expect(message).toContain("choose 'Another Payee' under 'Bank Account Belongs To'");
		expect(writes()).toEqual([]);
	});

	it("is accepted for another payee, like the company's own account in any spelling", async () => {
		const [factoring] = await bench.json(
			'invoice',
			'create',
			sale({ additionalFields: { bankAccount: stranger, accountOwner: 'other' } }),
		);
		expect(factoring.wasCreated).toBe(true);
		const [{ iban }] = await bench.json('bankAccount', 'getAll', { sort: 'orderById:ASC', simple: false });
		const spaced = String(iban)
			.toLowerCase()
			.replace(/(.{4})/g, '$1 ');
		const [own] = await bench.json('invoice', 'create', sale({ additionalFields: { bankAccount: spaced } }));
		expect(own.wasCreated).toBe(true);
	});

	it("is accepted as the supplier's account on a bill", async () => {
		const [saved] = await bench.json(
			'invoice',
			'createPurchase',
			sale({ date: '2026-10-01', additionalFields: { ...bill, bankAccount: stranger } }),
		);
		expect(saved.wasCreated).toBe(true);
	});

	it('is refused in an update of a sales invoice, but accepted for another payee', async () => {
		const [{ id }] = await bench.json('invoice', 'create', sale());
		const change = (more: INodeParameters = {}): INodeParameters => ({
			invoiceId: byId(id),
			updateFields: { bankAccount: stranger, ...more },
		});
		bench.sandbox.journal.clear();
		expect(await refusal('invoice', 'update', change())).toContain("not one of the company's own accounts");
		expect(writes()).toEqual([]);
		await bench.json('invoice', 'update', change({ accountOwner: 'other' }));
		expect(writes()).toEqual(['PUT /invoices/{invoiceId}']);
	});
});

describe('VAT rate of earlier years', () => {
	it.each([24, 14, 10])('is saved if Procountor accepts it: %s', async (vatPercent) => {
		bench.sandbox.switches.oldVatRates = 'accepted';
		const rows = asJson([{ ...row, vatPercent }]);
		const [saved] = await bench.json('invoice', 'create', sale({ date: '2026-10-01', ...rows }));
		const [whole] = await bench.json('invoice', 'get', { invoiceId: String(saved.id), simple: false });
		expect((whole.invoiceRows as IDataObject[])[0].vatPercent).toBe(vatPercent);
	});

	it('is sent, and if Procountor rejects it, the error shows where to enable it', async () => {
		const message = await refusal('invoice', 'create', sale(asJson([{ ...row, vatPercent: 24 }])));
		expect(writes()).toEqual(['POST /invoices']);
		expect(message).toContain('The VAT rate is not among those that the company uses');
		expect(message).toContain('Used VAT percentages');
	});
});

describe('Credit of an old invoice', () => {
	it.each<[string, (invoice: IDataObject) => void]>([
		['an old VAT rate', (invoice) => ((invoice.invoiceRows as IDataObject[])[0].vatPercent = 24)],
		[
			'an invalid IBAN',
			(invoice) => ((invoice.paymentInfo as IDataObject).bankAccount = { accountNumber: 'FI00 OLD 1' }),
		],
		['an invalid VAT number', (invoice) => ((invoice.counterParty as IDataObject).taxCode = 'DE12')],
		['a business ID with a wrong digit', (invoice) => ((invoice.counterParty as IDataObject).identifier = '1234567-8')],
	])('does not check stored values again: %s', async (_, change) => {
		bench.sandbox.switches.oldVatRates = 'accepted';
		const { id } = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
		bench.sandbox.faults.clear();
		const stored = (await bench.json('invoice', 'get', { invoiceId: String(id), simple: false }))[0];
		const old = structuredClone(stored);
		change(old);
		bench.sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: old,
			method: 'GET',
			path: `/invoices/${id}`,
			times: 0,
		});
		bench.sandbox.journal.clear();
		const { error } = await bench.run('invoice', 'credit', { invoiceId: byId(id), after: 'unfinished' });
		// The node must send it, whether or not Procountor accepts it.
		expect(writes()).toContain('POST /invoices');
		expect(error?.message ?? '').not.toMatch(/is not an IBAN|check digit|not among the VAT rates in use/);
	});
});

describe('Personal identity code', () => {
	const person = (more: IDataObject): INodeParameters =>
		({ firstName: 'Onni', lastName: 'Hyväri', additionalFields: more }) as INodeParameters;

	it.each([
		[
			{ identifier: 'rubbish', identifierType: 'HETU' },
			/Personal Identity Code is not a Finnish personal identity code/,
		],
		[{ identifier: '131052-308U', identifierType: 'HETU' }, /Personal Identity Code .* check character does not match/],
		[{ identifier: '1234567-8', identifierType: 'FI' }, /check digit should be 1/],
	])('is checked before a person is created: %j', async (given, message) => {
		expect(await refusal('person', 'create', person(given))).toMatch(message);
		expect(writes()).toEqual([]);
	});

	it('is stored in its standard form', async () => {
		const [created] = await bench.json(
			'person',
			'create',
			person({ identifier: '131052-308t ', identifierType: 'HETU' }),
		);
		const [whole] = await bench.json('person', 'get', { personId: byId(created.id), simple: false });
		expect((whole.invoicingInfo as IDataObject).identifier).toBe('131052-308T');
	});

	it.each<[string, IDataObject, RegExp]>([
		[
			'salaryData',
			{ ssn: 'rubbish', salaryTypeCode: '1', quantity: 1 },
			/Personal Identity Code \(column B\) is not a/,
		],
		['salaryData', { ssn: '131052-308U', salaryTypeCode: '1', quantity: 1 }, /check character does not match/],
		[
			'businessPartners',
			{ type: 'PERSON', name: 'H', language: 'fi', identifierType: 'SSN', identifier: 'rubbish' },
			/ID \(column B\) is not a Finnish personal identity code/,
		],
		[
			'businessPartners',
			{ type: 'CUSTOMER', name: 'K', language: 'fi', identifierType: 'FI', identifier: '1234567-8' },
			/ID \(column B\) is not a Finnish business ID: its check digit should be 1/,
		],
		[
			'businessPartners',
			{ type: 'PERSON', name: 'H', language: 'fi', identifierType: 'SSN', identifier: '131052Y308U' },
			/check character does not match/,
		],
		[
			'businessPartners',
			{ type: 'PERSON', name: 'H', language: 'fi', identifier: '131052A308U' },
			/ID \(column B\) is not a Finnish personal identity code/,
		],
		[
			'invoices',
			{ type: 'BILL_OF_CHARGES', identifier: '131052-308U' },
			/Business ID \(column E\) is not a Finnish personal identity code/,
		],
	])('is checked in the import file of %s: %j', async (fileType, given, message) => {
		const json = fileType === 'invoices' ? { ...invoiceLine, ...given } : given;
		const run = await bench.run('importFile', 'create', { fileType }, { items: [{ json }] });
		expect(run.error?.message).toMatch(message);
	});
});

const invoiceLine: IDataObject = {
	type: 'SALES_INVOICE',
	partnerName: 'Kahvila Oy',
	date: '2026-10-01',
	invoiceRows: [{ product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5 }],
};

describe('Business ID in an import file', () => {
	const first = { type: 'CUSTOMER', name: 'Eka Oy', language: 'fi', identifierType: 'FI', identifier: '1234567-1' };
	const file = async (fileType: string, json: IDataObject) =>
		await bench.run(
			'importFile',
			'create',
			{ fileType },
			// The first cell of a file must not be empty.
			{ items: fileType === 'invoices' ? [json] : [first, json] },
		);
	const written = ({ items, error }: Awaited<ReturnType<typeof file>>): string[] => {
		if (error) throw error;
		return Buffer.from(String(items[0][0].binary?.data.data), 'base64').toString('latin1').split('\r\n');
	};
	const partner = (identifier: string, country?: string): IDataObject => ({
		type: 'CUSTOMER',
		name: 'Kahvila Oy',
		language: 'fi',
		identifier,
		address: { country },
	});

	it.each([
		['1234567-8', undefined, /check digit should be 1/],
		['FI12345678', undefined, /is not a Finnish VAT number: its check digit should be 1/],
		['12345678', 'FI', /check digit should be 1/],
		['0112038-90', 'FI', /should be seven digits, a hyphen and a check digit/],
		['1120389', 'FINLAND', /should be seven digits, a hyphen and a check digit/],
	])('is refused in columns E and B: %s (%s)', async (identifier, country, message) => {
		const line = { ...invoiceLine, counterParty: { identifier, counterPartyAddress: { country } } };
		const [invoice, register] = [
			await file('invoices', line),
			await file('businessPartners', partner(identifier, country)),
		];
		expect(invoice.error?.message).toMatch(/Business ID \(column E\)/);
		expect(invoice.error?.message).toMatch(message);
		expect(register.error?.message).toMatch(/ID \(column B\)/);
		expect(register.error?.message).toMatch(message);
	});

	it.each([
		['0112038-9', undefined, '0112038-9'],
		['0112038 \u2013 9', undefined, '0112038-9'],
		['01120389', 'FI', '0112038-9'],
		['112038-9', 'FI', '0112038-9'],
		['fi01120389', undefined, 'FI01120389'],
		['12345678', undefined, '12345678'],
		['12345678', 'DK', '12345678'],
		['556677-8899', 'SE', '556677-8899'],
		['SE556677889901', undefined, 'SE556677889901'],
		['0112038-90', 'EE', '0112038-90'],
		['123.456', 'FI', '123.456'],
		['123456', 'FI', '123456'],
	])('is written in its standard form, and accepted if it may be valid: %s (%s)', async (identifier, country, cell) => {
		const line = { ...invoiceLine, counterParty: { identifier, counterPartyAddress: { country } } };
		expect(written(await file('invoices', line))[0].split(';')[4]).toBe(cell);
		expect(written(await file('businessPartners', partner(identifier, country)))[1].split(';')[1]).toBe(cell);
	});
});

describe('Import file', () => {
	const file = async (fileType: string, json: IDataObject) =>
		await bench.run('importFile', 'create', { fileType }, { items: [{ json }] });

	it.each<[string, IDataObject, string]>([
		['a row', { invoiceRows: [null] }, 'Row 1 is empty'],
		['a second row', { invoiceRows: [...(invoiceLine.invoiceRows as IDataObject[]), ''] }, 'Row 2 is empty'],
		['a row in JSON text', { invoiceRows: JSON.stringify([row, null]), sum: 1 }, 'Row 2 is empty'],
		[
			'a dimension of a row',
			{ invoiceRows: [{ ...row, dimensions: [null, { dimension: 'A', item: 'B', percent: 100 }] }] },
			'Row 1, Dimension of a Row 1 is empty',
		],
	])('refuses %s that is empty, with its number', async (_what, given, message) => {
		expect((await file('invoices', { ...invoiceLine, ...given })).error?.message).toContain(message);
	});

	it.each<[string, IDataObject, RegExp]>([
		['invoices', { customerNumber: 'undefined' }, /Customer Number \(column AF\) is "undefined"/],
		['invoices', { originalInvoiceNumber: 'WEB-[object Object]' }, /Own Invoice Number \(column AM\) is "WEB-\[object/],
		['invoices', { identifier: 'null' }, /Business ID \(column E\) is "null"/],
		['invoices', { invoiceRows: [{ ...row, productCode: '#REF!' }] }, /Row 1, Product Code \(column C\) is "#REF!"/],
		['invoices', { originalInvoiceNumber: 8202522731445526000 }, /Own Invoice Number .* cannot be read exactly/],
	])('refuses a number that results from a missing or rounded value: %s %j', async (fileType, given, message) => {
		expect((await file(fileType, { ...invoiceLine, ...given })).error?.message).toMatch(message);
	});

	it('warns about the accounts that customers pay to', async () => {
		const accounts = async (type: string) =>
			(await file('invoices', { ...invoiceLine, type, bankAccount: 'DE89370400440532013000' })).items[0][0].json
				.warnings;
		const warning =
			"Check that the accounts of sales invoices (column D) are the company's own: DE89370400440532013000";
		expect(await accounts('SALES_INVOICE')).toContain(warning);
		expect(await accounts('PURCHASE_INVOICE')).not.toContain(warning);
	});
});

describe('Postal code with zero decimals', () => {
	it.each([
		['20100.0', 'FINLAND', '20100'],
		['170,0', 'FINLAND', '00170'],
		['11151.00', 'SWEDEN', '11151'],
	])('is stored without decimals: %s in %s', async (zip, country, stored) => {
		const address = {
			counterPartyZip: zip,
			counterPartyCountry: country,
			counterPartyCity: 'C',
			counterPartyStreet: 'S',
		};
		const [{ id }] = await bench.json('invoice', 'create', sale({ additionalFields: { ...address, vatStatus: '1' } }));
		const [saved] = await bench.json('invoice', 'get', { invoiceId: String(id), simple: false });
		expect((saved.counterParty as IDataObject).counterPartyAddress).toMatchObject({ zip: stored });
	});
});

describe('Travel times in an update', () => {
	const update = async (departure: string, arrival: string) => {
		const [product] = await bench.json('product', 'getAll', { show: 'travel', limit: 1 });
		const { id } = bench.sandbox.backdoor.addInvoice({ type: 'TRAVEL_INVOICE', language: undefined });
		bench.sandbox.journal.clear();
		const journeys = [{ departure, arrival }];
		const rows = [{ productId: product.id, product: 'Km', quantity: 1, unit: 'PIECE', unitPrice: 1, vatPercent: 0 }];
		const { error } = await bench.run('invoice', 'update', {
			invoiceId: byId(id),
			updateFields: { bodyJson: JSON.stringify({ invoiceRows: rows, travelInformationItems: journeys }) },
		});
		const [put] = bench.sandbox.journal.to('PUT /invoices/{invoiceId}');
		return { error, sent: (put?.body as IDataObject | undefined)?.travelInformationItems };
	};

	it.each([
		['2026-09-28T23:30:00Z', '2026-09-30T10:00:00Z', '29.9.2026 2.30', '30.9.2026 13.00'],
		['2026-09-28T23:30:00+03:00', '2026-09-28T22:00:00Z', '28.9.2026 23.30', '29.9.2026 1.00'],
		['28.9.2026 klo 8', '28.9.2026 klo 16', '28.9.2026 klo 8', '28.9.2026 klo 16'],
		['aamulla', 'illalla', 'aamulla', 'illalla'],
	])(
		'are sent in Finnish time, or as given if they are not recognized: %s to %s',
		async (departure, arrival, first, last) => {
			expect((await update(departure, arrival)).sent).toMatchObject([{ departure: first, arrival: last }]);
		},
	);

	it.each([
		['2026-09-28T23:30:00Z', '2026-09-28T10:00:00Z'],
		['29.9.2026 8.00', '28.9.2026 18.00'],
		['2026-09-30', '2026-09-29'],
	])('are refused in the wrong order: %s to %s', async (departure, arrival) => {
		const { error, sent } = await update(departure, arrival);
		expect(error?.message).toMatch(/before the departure/);
		expect(sent).toBeUndefined();
	});
});

describe('Business ID from the register', () => {
	it.each(['1234567-8', '0112038-90', '1120389'])('is not checked again by an invoice: %s', async (identifier) => {
		const [{ id }] = await bench.json('businessPartner', 'create', {
			type: 'CUSTOMER',
			name: 'Vanha Oy',
			paymentMethod: 'BANK_TRANSFER',
			street: 'Katu 1',
			zip: '00100',
			city: 'HELSINKI',
			country: 'FINLAND',
		});
		bench.sandbox.backdoor.change('partners', Number(id), { invoicingInfo: { identifier } });
		const saved = await bench.json('invoice', 'create', { ...asJson([row]), partnerId: byId(id) });
		expect(saved[0].wasCreated).toBe(true);
		expect(await refusal('invoice', 'create', sale({ additionalFields: { identifier: '1234567-8' } }))).toContain(
			'check digit should be 1',
		);
	});
});

describe('Warning about a created record', () => {
	const abroad = (more: INodeParameters): INodeParameters =>
		sale({ ...asJson([{ ...row, vatPercent: 0 }]), additionalFields: { vatStatus: '22', ...more } });

	it('reports a sale of services to the EU without a VAT number, once as a hint', async () => {
		const items = [{}, {}];
		const run = await bench.run('invoice', 'create', abroad({}), { items });
		const warning = expect.stringMatching(/^VAT Status is 22 \(EU sales, services\), but VAT Number is empty\./);
		expect(run.items[0].map(({ json }) => json.warnings)).toEqual([[warning], [warning]]);
		expect(run.hints.map(({ message }) => message)).toEqual([warning]);
	});

	it('is absent if the VAT number is given or the sale is domestic', async () => {
		for (const parameters of [abroad({ taxCode: 'SE556677889901' }), sale()])
			expect((await bench.json('invoice', 'create', parameters))[0].warnings).toBeUndefined();
	});

	it.each(['invoice', 'ledgerReceipt'])('reports both days if a date was moved: %s', async (resource) => {
		const closedPeriod = { additionalFields: { closedPeriod: 'move' } };
		const [saved] =
			resource === 'invoice'
				? await bench.json('invoice', 'create', sale({ date: '2026-05-04', ...closedPeriod }))
				: await bench.json('ledgerReceipt', 'create', {
						name: 'Myynti',
						receiptDate: '2026-05-04',
						specifyRows: 'json',
						transactionsJson: JSON.stringify([{ account: '1910', accountingValue: 0, vatPercent: 0 }]),
						...closedPeriod,
					});
		expect(saved.warnings).toEqual([
			`${resource === 'invoice' ? 'Invoice' : 'Receipt'} Date was moved from 2026-05-04 to 2026-07-01, the first open day`,
		]);
	});
});
