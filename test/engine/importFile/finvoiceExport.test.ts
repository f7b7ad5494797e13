/**
 * Exports invoices as Finvoice files, checks them against the public rules and Procountor's totals, and reads them back.
 * With FINVOICE_SCHEMA=Finvoice3.0.xsd they are also validated against the publisher's schema, which is not part of this repository.
 */
import { spawnSync } from 'node:child_process';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { readXml } from '../../../nodes/Procountor/resources/importFile/finvoice/xml';
import { rulesBrokenBy } from '../../finvoiceRules';
import type { RunResult } from '../harness';
import { asJson } from '../invoice/state';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const own = {
	ownName: 'Koivurannan Kahvitukku Oy',
	ownBusinessId: '2345670-5',
	ownStreet: 'Satamakuja 4',
	ownZip: '00160',
	ownCity: 'Helsinki',
	ownEinvoiceAddress: '003723456705',
	ownEinvoiceOperator: '003721291126',
	ownBic: 'NDEAFIHH',
};

async function run(
	operation: 'create' | 'read',
	items: Array<IDataObject | INodeExecutionData>,
	options: INodeParameters,
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource: 'importFile', operation, fileType: 'finvoice', binaryPropertyName: 'data', options },
		items,
	});
}

async function exported(invoices: IDataObject[], options: INodeParameters = own): Promise<INodeExecutionData[]> {
	const { error, items } = await run('create', invoices, options);
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items[0];
}

const textOf = ({ binary }: INodeExecutionData): string =>
	Buffer.from(binary?.data.data ?? '', 'base64').toString('utf8');

function brokenRules(xml: string): string[] {
	const steps = readXml(xml);
	for (;;) {
		const step = steps.next();
		if (step.done) return [...step.value.flatMap((root) => rulesBrokenBy(root)), ...brokenSchema(xml)];
	}
}

function brokenSchema(xml: string): string[] {
	const schema = process.env.FINVOICE_SCHEMA;
	if (!schema) return [];
	const args = ['--noout', '--nonet', '--schema', schema, '-'];
	const { status, stderr } = spawnSync('xmllint', args, { input: xml, encoding: 'utf8' });
	return status === 0 ? [] : [stderr];
}

const totalOf = (invoice: IDataObject): number => {
	const infos = invoice.invoiceSumInfo as IDataObject[];
	return Number((infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? infos[0]).invoiceSumTotal);
};

async function madeSale(parameters: IDataObject): Promise<IDataObject> {
	const [{ id }] = await bench.json('invoice', 'create', {
		counterPartyName: 'Kahvila Kulma Oy',
		date: '2026-10-01',
		...parameters,
	} as INodeParameters);
	return (await bench.json('invoice', 'get', { invoiceId: String(id), simple: false }))[0];
}

describe('Finvoice export', () => {
	it("follows the rules and keeps Procountor's total for every sales and purchase invoice", async () => {
		const all = await bench.json('invoice', 'getAll', {
			returnAll: true,
			simple: false,
			includeDetails: true,
			filters: { types: ['SALES_INVOICE', 'PURCHASE_INVOICE'] },
		});
		// A draft that somebody has just opened has no rows.
		const invoices = all.filter(({ invoiceRows }) => (invoiceRows as IDataObject[]).length > 0);
		expect(invoices.length).toBeGreaterThan(20);
		const files = await exported(invoices);
		expect(files).toHaveLength(invoices.length);
		for (const [index, file] of files.entries()) {
			const invoice = invoices[index];
			expect([invoice.id, brokenRules(textOf(file))]).toEqual([invoice.id, []]);
			expect([invoice.id, Number(file.json.total)]).toEqual([invoice.id, totalOf(invoice)]);
			const { error, items } = await run('read', [file], { readAs: 'businessId', ownBusinessId: own.ownBusinessId });
			expect([invoice.id, error?.message]).toEqual([invoice.id, undefined]);
			expect(items[0][0].json).toMatchObject({ type: invoice.type, date: invoice.date, sum: totalOf(invoice) });
		}
	});

	it('supports discounts, text rows, credits, prices with VAT and foreign currencies', async () => {
		const rows = [
			{ header: 'Toimitus 1.10.' },
			{
				product: 'Kahvi',
				productCode: 'K-1',
				quantity: 3,
				unit: 'kg',
				unitPrice: 14.9,
				discountPercent: 12.5,
				vatPercent: 13.5,
				comment: 'Erä <7> & 8',
			},
			{ product: 'Kuppi', quantity: 11, unitPrice: 3.333, vatPercent: 25.5 },
		];
		const vat = { __rl: true, mode: 'id', value: '12' };
		const credit = rows.slice(1).map((row) => ({ ...row, quantity: -Number(row.quantity) }));
		const made = [
			await madeSale({
				...asJson(rows),
				additionalFields: { discountPercent: 5, orderReference: 'PO-9', penaltyPercent: 8 },
			}),
			await madeSale({ ...asJson(credit), unitPricesIncludeVat: true }),
			await madeSale({
				...asJson([{ product: 'Beans', quantity: 2, unitPrice: 20, vatPercent: 0 }]),
				additionalFields: { currency: 'SEK', currencyRate: 11.2, vatStatus: vat },
			}),
		];
		const files = await exported(made);
		expect(files.map((file) => brokenRules(textOf(file)))).toEqual([[], [], []]);
		expect(files.map(({ json }) => Number(json.total))).toEqual(made.map(totalOf));
		const [first, second, third] = files.map(textOf);
		expect(first).toContain('<RowFreeText>Erä &lt;7&gt; &amp; 8</RowFreeText>');
		expect(first.match(/<RowDiscountPercent>[\d,]+</g)).toEqual([
			'<RowDiscountPercent>12,5<',
			'<RowDiscountPercent>5<',
			'<RowDiscountPercent>5<',
		]);
		expect(second).toContain('<InvoiceTypeCode>INV02</InvoiceTypeCode>');
		expect(second).toContain('<UnitPriceVatIncludedAmount AmountCurrencyIdentifier="EUR">14,90<');
		expect(third).toContain('<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier="SEK">40,00<');
		const back = await run('read', files, { readAs: 'sales' });
		expect(back.items[0].map(({ json }) => json.sum)).toEqual(made.map(totalOf));
		expect(back.items[0][0].json.invoiceRows).toMatchObject([
			{ header: expect.stringContaining('Toimitus 1.10.') },
			{ product: 'Kahvi', productCode: 'K-1', quantity: 3, unitPrice: 14.9, discountPercent: 16.875, unit: 'KILOGRAM' },
			{ product: 'Kuppi' },
		]);
	});

	it('contains the financing agreement of a factored invoice', async () => {
		const invoice = await madeSale(asJson([{ product: 'Kahvi', unitPrice: 10, vatPercent: 13.5 }]));
		const [file] = await exported([
			{ ...invoice, factoringContractId: 8801, factoringText: 'Saatava on siirretty rahoitusyhtiölle.' },
		]);
		expect(brokenRules(textOf(file))).toEqual([]);
		expect(textOf(file)).toContain('<FactoringAgreementIdentifier>8801</FactoringAgreementIdentifier>');
		expect(textOf(file)).toContain('<FactoringFreeText>Saatava on siirretty rahoitusyhtiölle.</FactoringFreeText>');
	});

	it.each([
		['an invoice without details', { paymentInfo: {} }, {}, 'Currency is missing'],
		[
			'rows with another total',
			{ invoiceSumInfo: [{ invoiceSumTotal: 99, excludingVatTotal: 99, vatSumTotal: 0 }] },
			{},
			"The rows add up to 11.35, but Procountor's total is 99.00",
		],
		['another invoice type', { type: 'TRAVEL_INVOICE' }, {}, 'Type is TRAVEL_INVOICE, which Finvoice does not know'],
		[
			'a number that is too long',
			{ invoiceNumber: null, originalInvoiceNumber: 'A'.repeat(21) },
			{},
			'Own Invoice Number has more than the 20 characters of Finvoice',
		],
		[
			'a missing own business ID',
			{},
			{ ownBusinessId: '' },
			'Own Business ID is empty, and an invoice of Procountor does not contain it',
		],
		[
			'a wrong own business ID',
			{},
			{ ownBusinessId: '2345670-6' },
			'Own Business ID is not a Finnish business ID: its check digit should be 5',
		],
	])('refuses %s', async (_name, change, options, message) => {
		const invoice = await madeSale(asJson([{ product: 'Kahvi', unitPrice: 10, vatPercent: 13.5 }]));
		const { error } = await run('create', [{ ...invoice, ...change } as IDataObject], { ...own, ...options });
		expect(error?.message).toContain(message);
	});

	it('creates one file for each invoice and returns the invoice ID', async () => {
		const invoice = await madeSale(asJson([{ product: 'Kahvi', unitPrice: 10, vatPercent: 13.5 }]));
		const files = await exported([invoice, { ...invoice, invoiceNumber: 'A/7' }]);
		expect(files.map(({ json, pairedItem }) => [json.fileName, json.invoiceId, pairedItem])).toEqual([
			[`finvoice-${String(invoice.invoiceNumber)}.xml`, invoice.id, { item: 0 }],
			['finvoice-A-7.xml', invoice.id, { item: 1 }],
		]);
	});
});
