/** Invoices from other systems, from their input items to the postings, to the cent. */
import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { attachmentsOf } from '../../sandbox/records/attachments';
import { asJson, type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const run = async (operation: string, parameters: INodeParameters, items: IDataObject[] = [{}]) =>
	await bench.json('invoice', operation, parameters, { items });
const failing = async (parameters: INodeParameters, operation = 'create') => {
	const { error } = await bench.run('invoice', operation, {
		date: '2026-10-01',
		counterPartyName: 'Kahvila',
		...parameters,
	});
	return `${error?.message} | ${error?.description ?? ''}`;
};
/** The body of the last create request. */
const sent = () => bench.sandbox.journal.to('POST /invoices').at(-1)?.body as IDataObject;

it("A shop's orders with a coupon, a return, and delivery add up to what the customer paid", async () => {
	const orders = [
		{
			name: '#1001',
			created_at: '2026-09-30T22:15:00Z',
			currency: 'EUR',
			total_price: '81.52',
			customer: {
				name: 'Žofia Nováková',
				email: 'zofia@example.com',
				address1: 'Kauppakatu 1',
				zip: '40100',
				city: 'Jyväskylä',
				country_code: 'FI',
			},
			lines: [
				{ title: 'Kahvi 500 g', sku: 'K-500', quantity: 3, price: '14.90', tax: 0.135 },
				{ title: 'Kuppi', sku: 'KU-1', quantity: 2, price: '19.95', tax: 0.255 },
			],
			discount: { title: 'Kuponki SYYS10', amount: '-8.98', tax: 0.135 },
			shipping: { title: 'Toimitus', price: '5.90', tax: 0.255 },
		},
		{
			name: '#1002',
			created_at: '2026-10-01T06:00:00+03:00',
			currency: 'EUR',
			total_price: '-14.90',
			customer: {
				name: 'Matti Meikäläinen',
				email: 'matti@example.com',
				address1: 'Rantatie 2',
				zip: '00100',
				city: 'Helsinki',
				country_code: 'FI',
			},
			lines: [{ title: 'Palautus: Kahvi 500 g', sku: 'K-500', quantity: -1, price: '14.90', tax: 0.135 }],
			discount: null,
			shipping: null,
		},
	];
	// Rows as a Set node or an expression builds them.
	const items = orders.map((order) => ({
		...order,
		rows: [
			...order.lines.map(({ title, sku, quantity, price, tax }) => ({
				product: title,
				productCode: sku,
				quantity,
				unitPrice: price,
				vatPercent: tax * 100,
				account: tax === 0.255 ? '3000' : '3010',
				dimensions: [{ dimensionId: 'Kustannuspaikka', itemId: 'Verkkokauppa' }],
			})),
			...(order.discount
				? [
						{
							product: order.discount.title,
							quantity: 1,
							unitPrice: order.discount.amount,
							vatPercent: order.discount.tax * 100,
							account: '3500',
						},
					]
				: []),
			...(order.shipping
				? [
						{
							product: order.shipping.title,
							unitPrice: order.shipping.price,
							vatPercent: order.shipping.tax * 100,
							account: '3900',
						},
					]
				: []),
		],
	}));
	const parameters = {
		counterPartyName: '={{ $json.customer.name }}',
		date: '={{ $json.created_at }}',
		originalInvoiceNumber: '={{ $json.name }}',
		unitPricesIncludeVat: true,
		after: 'approve',
		specifyRows: 'json',
		invoiceRowsJson: '={{ $json.rows }}',
		additionalFields: {
			counterPartyStreet: '={{ $json.customer.address1 }}',
			counterPartyZip: '={{ $json.customer.zip }}',
			counterPartyCity: '={{ $json.customer.city }}',
			counterPartyCountry: '={{ $json.customer.country_code }}',
			counterPartyEmail: '={{ $json.customer.email }}',
			currency: '={{ $json.currency }}',
			letters: 'nearest',
		},
	};
	const made = await run('create', parameters, items);
	expect(made.map(({ wasCreated, status }) => [wasCreated, status])).toEqual([
		[true, 'APPROVED'],
		[true, 'APPROVED'],
	]);
	expect(made.map(({ id }) => books.sums(id).total)).toEqual(orders.map(({ total_price: paid }) => Number(paid)));
	const [first, second] = made.map(({ id }) => books.invoice(id));
	// 22:15 UTC is already the next day in Finland.
	expect([first.date, second.date]).toEqual(['2026-10-01', '2026-10-01']);
	expect(first.counterParty).toMatchObject({
		email: 'zofia@example.com',
		counterPartyAddress: { name: 'Žofia Nováková', country: 'FINLAND' },
	});
	// 44.70 / 1.135 = 39.38, 39.90 / 1.255 = 31.79, 8.98 / 1.135 = 7.91, 5.90 / 1.255 = 4.70.
	expect(books.entries(first.id)).toMatchObject([
		{ account: '3010', accountingValue: -39.38, dimensionItemValues: [{ itemId: 13, value: -39.38 }] },
		{ account: '3000', accountingValue: -31.79, dimensionItemValues: [{ itemId: 13, value: -31.79 }] },
		{ account: '3500', accountingValue: 7.91, dimensionItemValues: [] },
		{ account: '3900', accountingValue: -4.7, dimensionItemValues: [] },
	]);
	expect(books.entries(second.id)).toMatchObject([
		{ account: '3010', accountingValue: 13.13, dimensionItemValues: [{ value: 13.13 }] },
	]);
	// The shop sends the same orders once more.
	expect((await run('create', parameters, items)).map(({ id, wasCreated }) => [id, wasCreated])).toEqual(
		made.map(({ id }) => [id, false]),
	);
});

it("A project tool's hours are posted to a project and two cost centres, with a heading for each phase", async () => {
	const phases = [
		{
			name: 'Määrittely',
			hours: [
				{ person: 'Aino', hours: 7.25, rate: 95.5 },
				{ person: 'Eero', hours: 0.75, rate: 110 },
			],
		},
		{ name: 'Toteutus\nsyyskuu', hours: [{ person: 'Aino', hours: 37.5, rate: 95.5 }] },
	];
	const rows = phases.flatMap(({ name, hours }) => [
		{ header: name },
		...hours.map(({ person, hours: quantity, rate }) => ({
			product: `Asiantuntijatyö ${person}`,
			quantity,
			unit: 'h',
			unitPrice: rate,
			vatPercent: 25.5,
			account: 3020,
			startDate: '2026-09-01',
			endDate: '2026-09-30',
			dimensions: [
				{ dimensionId: 'Projekti', itemId: 'P-101 Kahvilaketju' },
				{ dimensionId: 'Kustannuspaikka', itemId: 'Helsinki', percent: '66,67' },
				{ dimensionId: 'Kustannuspaikka', itemId: 'Tampere', percent: 33.33 },
			],
		})),
	]);
	const [{ id, status }] = await run('create', {
		partnerId: byId(books.partner('1003')),
		date: '2026-10-01',
		originalInvoiceNumber: 'P-101/9',
		...asJson(rows),
	});
	expect(status).toBe('UNFINISHED');
	expect(books.invoice(id).invoiceRows).toMatchObject([
		{ product: 'Määrittely', quantity: 0 },
		{ unit: 'HOUR', quantity: 7.25, startDate: '2026-09-01', endDate: '2026-09-30' },
		{ quantity: 0.75 },
		{ product: 'Toteutus', comment: 'syyskuu' },
		{ quantity: 37.5 },
	]);
	// 7.25 × 95.50 = 692.375, 0.75 × 110 = 82.50, 37.5 × 95.50 = 3581.25.
	const posted = books.entries(id).filter(({ accountingValue }) => accountingValue !== 0);
	expect(posted.map(({ account, accountingValue }) => [account, accountingValue])).toEqual([
		['3020', -692.38],
		['3020', -82.5],
		['3020', -3581.25],
	]);
	expect(books.sums(id).net).toBe(4356.13);
	for (const { accountingValue, dimensionItemValues = [] } of posted) {
		const of = (dimension: number) =>
			dimensionItemValues
				.filter(({ dimensionId }) => dimensionId === dimension)
				.map(({ value }) => Math.round(value * 100));
		expect(of(2)).toEqual([Math.round(accountingValue * 100)]);
		expect(of(1)).toHaveLength(2);
		expect(of(1)[0] + of(1)[1]).toBe(Math.round(accountingValue * 100));
		expect(Math.abs(of(1)[0] - accountingValue * 66.67)).toBeLessThan(1);
	}
});

it("An expense app's receipts become a circulated claim with images, accounts, and cost centres", async () => {
	const picture = (fileName: string) => ({
		data: Buffer.from('GIF89a').toString('base64'),
		mimeType: 'image/gif',
		fileName,
	});
	const binary: IBinaryKeyData = { kuitti1: picture('taksi.gif'), kuitti2: picture('lounas.gif') };
	const people = await bench.json('person', 'getAll', { returnAll: true, simple: false });
	const { personNumber } = people.find(({ id }) => id === books.partner('9002'))?.invoicingInfo as {
		personNumber: string;
	};
	const json = {
		id: 'exp_77',
		employee: personNumber,
		day: '28.9.2026',
		rows: [
			{
				product: 'Taksi',
				unitPrice: '24,50',
				vatPercent: '13,5 %',
				account: '7800',
				dimensions: [
					{ dimensionId: 1, itemId: 12, amount: 10 },
					{ dimensionId: 1, itemId: 11, amount: 11.59 },
				],
			},
			{
				product: 'Lounas',
				quantity: 3,
				unitPrice: 13.7,
				vatPercent: 13.5,
				discountPercent: '10 %',
				account: '7000',
				dimensions: [{ dimensionId: 1, itemId: 12, percent: '100 %' }],
			},
		],
	};
	const parameters = {
		date: '={{ $json.day }}',
		originalInvoiceNumber: '={{ $json.id }}',
		after: 'circulate',
		specifyRows: 'json',
		invoiceRowsJson: '={{ $json.rows }}',
		additionalFields: { personNumber: '={{ $json.employee }}', files: 'kuitti1, kuitti2' },
	};
	const result = await bench.run('invoice', 'createExpenseClaim', parameters, { items: [{ json, binary }] });
	expect(result.error).toBeUndefined();
	const { id, status } = result.items[0][0].json;
	expect([status, books.invoice(id).date, books.invoice(id).partnerId]).toEqual([
		'RECEIVED',
		'2026-09-28',
		books.partner('9002'),
	]);
	// 24.50 and 41.10 − 10 % = 36.99 with VAT.
	expect(books.sums(id).total).toBe(61.49);
	expect(books.entries(id)).toMatchObject([
		{
			account: '7800',
			accountingValue: 21.59,
			dimensionItemValues: [
				{ itemId: 12, value: 10 },
				{ itemId: 11, value: 11.59 },
			],
		},
		{ account: '7000', accountingValue: 32.59, dimensionItemValues: [{ itemId: 12, value: 32.59 }] },
	]);
	expect(
		attachmentsOf(bench.sandbox.world.company(DEMO.companyId), 'INVOICE', Number(id)).map(({ name }) => name),
	).toEqual(['taksi.gif', 'lounas.gif']);
	// The images are attached before the claim goes to its approvers.
	expect(bench.asked().filter((call) => /^(POST|PUT)/.test(call))).toEqual([
		'POST /invoices',
		'PUT /ledgerreceipts/{receiptId}',
		'POST /attachments',
		'POST /attachments',
		'PUT /invoices/{invoiceId}/sendToCirculation',
	]);
	const sending = await bench.run(
		'invoice',
		'createExpenseClaim',
		{
			...parameters,
			originalInvoiceNumber: 'exp_78',
			additionalFields: { personNumber, files: 'kuitti1', sendFiles: true },
		},
		{ items: [{ json, binary }] },
	);
	expect(sending.error?.message).toBe(
		'Send Files with Invoice is for sales invoices, sales orders and purchase orders only',
	);
	expect(books.numbered('exp_78')).toEqual([]);
});

it('A trip entered in the editor is saved with its days, places, allowances, and project', async () => {
	const travelInformationItems = {
		row: [
			{ departure: '28.9.2026 8.00', arrival: '28.9.2026 20.00', places: 'Tampere–Pori–Tampere', purpose: 'Asennus' },
			{ departure: '29.9.2026 9.00', arrival: '29.9.2026 12.00', places: 'Tampere–Nokia', purpose: 'Huolto' },
		],
	};
	const invoiceRows = {
		row: [
			{
				productId: byId(books.product('KM-2026')),
				quantity: '225',
				dimensions: { row: [{ dimensionId: byId(2), itemId: byId(21), percent: '', amount: '' }] },
			},
			{ productId: byId(books.product('PR-2026')), quantity: '1', moreFields: { comment: 'Pori' } },
		],
	};
	const [{ id }] = await run('createTravelInvoice', {
		partnerId: byId(books.partner('9003')),
		date: '2026-10-01',
		specifyTravelInformationItems: 'fields',
		travelInformationItems,
		specifyRows: 'fields',
		invoiceRows,
		additionalFields: { notes: 'Huoltokierros' },
	});
	expect(books.invoice(id)).toMatchObject({
		type: 'TRAVEL_INVOICE',
		travelInformationItems: travelInformationItems.row,
		notes: 'Huoltokierros',
		extraInfo: { unitPricesIncludeVat: true, accountingByRow: true },
		counterParty: { counterPartyAddress: { name: 'Hyväri Onni' } },
	});
	// 225 × 0.55 = 123.75.
	expect(books.sums(id)).toEqual({ net: 177.75, vat: 0, total: 177.75 });
	expect(books.entries(id)).toMatchObject([
		{ account: '7830', accountingValue: 123.75, dimensionItemValues: [{ dimensionId: 2, itemId: 21, value: 123.75 }] },
		{ account: '7820', accountingValue: 54, dimensionItemValues: [] },
	]);
	expect(
		await failing(
			{
				partnerId: byId(books.partner('9003')),
				...asJson([{ product: 'Kilometrit', quantity: 10, unitPrice: 0.55, vatPercent: 0 }]),
			},
			'createTravelInvoice',
		),
	).toContain('Row 1, Product: A travel row needs a travel product.');
});

it("An accounting firm's bill with gross prices is posted to two cost centres by amount", async () => {
	const rows = [
		{
			product: 'Tilitoimistopalvelut',
			unitPrice: 310.6,
			vatPercent: 25.5,
			account: '8380',
			dimensions: [
				{ dimensionId: 1, itemId: 11, amount: 147.49 },
				{ dimensionId: 1, itemId: 12, amount: '100,00' },
			],
		},
		{
			product: 'Hyvitys',
			quantity: -1,
			unitPrice: 31.06,
			vatPercent: 25.5,
			account: '8380',
			dimensions: [{ dimensionId: 1, itemId: 12, amount: -24.75 }],
		},
	];
	const [made] = await run('createPurchase', {
		partnerId: byId(books.partner('5006')),
		date: '2026-10-01',
		originalInvoiceNumber: '2026-9001',
		unitPricesIncludeVat: true,
		after: 'circulate',
		reference: 'given',
		...asJson(rows),
		additionalFields: { bankReferenceCode: '0000 1232', acceptors: '1001' },
	});
	expect(books.sums(made.id).total).toBe(279.54);
	expect(books.invoice(made.id)).toMatchObject({
		status: 'RECEIVED',
		paymentInfo: { bankReferenceCode: '1232' },
		invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] },
	});
	expect(books.entries(made.id)).toMatchObject([
		{
			account: '8380',
			accountingValue: 247.49,
			dimensionItemValues: [
				{ itemId: 11, value: 147.49 },
				{ itemId: 12, value: 100 },
			],
		},
		{ account: '8380', accountingValue: -24.75, dimensionItemValues: [{ itemId: 12, value: -24.75 }] },
	]);
});

it('The editor table and a JSON list send the same invoice', async () => {
	const dimensions = [
		{ dimensionId: '1', itemId: '11', amount: '4' },
		{ dimensionId: '1', itemId: '12', amount: '3' },
		{ dimensionId: '2', itemId: '21', percent: '100' },
	];
	const rows: IDataObject[] = [
		{ header: 'Otsikko' },
		{
			product: 'Kuppi',
			productCode: 'OMA-1',
			quantity: '2',
			unit: 'PIECE',
			unitPrice: '3.50',
			discountPercent: '0',
			vatPercent: '25.5',
			vatStatus: '1',
			comment: 'Sininen\nlasite',
			account: '3020',
			dimensions,
			startDate: '2026-10-01',
			endDate: '2026-10-31',
			headerText: 'Yllä',
			explanationText: 'Alla',
		},
		{
			productId: String(books.product('KAH-001')),
			quantity: '4',
			dimensions: [{ dimensionId: '1', itemId: '13', percent: '100' }],
		},
	];
	const picked = ['productId', 'unit', 'vatStatus', 'account', 'dimensionId', 'itemId'];
	const cells = (one: IDataObject): IDataObject =>
		Object.fromEntries(
			Object.entries(one).map(([name, value]) => [
				name,
				Array.isArray(value)
					? { row: (value as IDataObject[]).map(cells) }
					: picked.includes(name) && name !== 'unit'
						? byId(value)
						: value,
			]),
		);
	const atFirstSight = ['productId', 'product', 'quantity', 'unitPrice', 'vatPercent', 'account', 'dimensions'];
	const inEditor = (row: IDataObject): IDataObject => {
		const [shown, folded] = [true, false].map((first) =>
			Object.fromEntries(Object.entries(row).filter(([name]) => atFirstSight.includes(name) === first)),
		);
		return { ...shown, moreFields: folded };
	};
	const parameters = { date: '2026-10-01', counterPartyName: 'Kahvila' };
	const bodies: unknown[] = [];
	const ledgers: unknown[] = [];
	let saved: unknown;
	for (const given of [asJson(rows), { specifyRows: 'fields', invoiceRows: { row: rows.map(cells).map(inEditor) } }]) {
		const [{ id }] = await run('create', { ...parameters, ...given } as INodeParameters);
		bodies.push(sent());
		saved = books.invoice(id);
		ledgers.push(
			books
				.entries(id)
				.map(({ account, accountingValue, dimensionItemValues }) => [account, accountingValue, dimensionItemValues]),
		);
	}
	expect(bodies[1]).toEqual(bodies[0]);
	expect(ledgers[1]).toEqual(ledgers[0]);
	expect(saved).toMatchObject({
		invoiceRows: [
			{ quantity: 0, product: 'Otsikko' },
			{
				productCode: 'OMA-1',
				comment: 'Sininen\\lasite',
				startDate: '2026-10-01',
				endDate: '2026-10-31',
				headerText: 'Yllä',
				explanationText: 'Alla',
				vatStatus: 1,
			},
			{ productCode: 'KAH-001', unitPrice: 14.9 },
		],
	});
	expect(ledgers[0]).toEqual(
		expect.arrayContaining([
			[
				'3020',
				-7,
				[
					{ dimensionId: 1, itemId: 11, value: -4 },
					{ dimensionId: 1, itemId: 12, value: -3 },
					{ dimensionId: 2, itemId: 21, value: -7 },
				],
			],
			['3010', -59.6, [{ dimensionId: 1, itemId: 13, value: -59.6 }]],
		]),
	);
});

it('An exchange rate of zero is refused', async () => {
	expect(
		await failing({
			...asJson([{ product: 'A', unitPrice: 1, vatPercent: 25.5 }]),
			additionalFields: { currency: 'SEK', currencyRate: 0 },
		}),
	).toBe(
		"Exchange Rate is not above 0 | Enter how many units of the currency one unit of the company's currency is worth.",
	);
});

it('Contradictory or unknown dimension items of a row are refused before the invoice is sent', async () => {
	const dimensions = (list: IDataObject[]) =>
		asJson([{ product: 'A', unitPrice: 10, vatPercent: 25.5, dimensions: list }]);
	expect(
		await failing(
			dimensions([
				{ dimensionId: 1, itemId: 11, percent: 50 },
				{ dimensionId: 1, itemId: 'Helsinki', percent: 50 },
			]),
		),
	).toContain('Row 1, Dimensions names an item twice | Add both shares up.');
	expect(
		await failing(
			dimensions([
				{ dimensionId: 1, itemId: 11, percent: 50 },
				{ dimensionId: 1, itemId: 12, amount: 5 },
			]),
		),
	).toContain('Row 1, Dimensions has amounts and shares within one dimension | Use only one of them.');
	expect(await failing(dimensions([{ dimensionId: 1, itemId: 11, percent: 50, amount: 5 }]))).toContain(
		'Row 1, Dimension 1 has both a share and an amount | Enter one of them.',
	);
	expect(await failing(dimensions([{ dimensionId: 1, itemId: '' }]))).toContain(
		'Row 1, Dimension 1 needs both a dimension and an item',
	);
	expect(
		await failing(
			dimensions([
				{ dimensionId: 1, itemId: 11, percent: -10 },
				{ dimensionId: 1, itemId: 12, percent: 110 },
			]),
		),
	).toContain('Row 1, Dimensions has a share below 0 %');
	expect(await failing(dimensions([{ dimensionId: 'Kustannuspaikka', itemId: 'P-101 Kahvilaketju' }]))).toContain(
		"Row 1, Dimension 1 names 'P-101 Kahvilaketju', which does not exist in the dimension 'Kustannuspaikka'",
	);
	expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
});
