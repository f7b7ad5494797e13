import type { AxiosInstance } from 'axios';

import { demoInvoice } from './client';
import { DEMO, type Sandbox, smallestInvoice } from '.';
import { isReference } from './finnish';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

type Body = ReturnType<typeof smallestInvoice>;

const cup = (changes: Partial<Record<keyof Body | string, unknown>> = {}): Body => ({
	...smallestInvoice(sandbox.world.company(DEMO.companyId), '2026-10-01'),
	...changes,
});
const row = (changes: Record<string, unknown> = {}) => ({ ...cup().invoiceRows[0], ...changes });
const payment = (changes: Record<string, unknown> = {}) => ({ paymentInfo: { ...cup().paymentInfo, ...changes } });
const address = { name: 'Ostaja Oy', street: 'Kuja 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' };
const purchase = (changes: Record<string, unknown> = {}) => {
	const body = cup({ type: 'PURCHASE_INVOICE', ...changes });
	delete body.language;
	return body;
};
const travel = (changes: Record<string, unknown> = {}) => {
	const product = sandbox.world
		.company(DEMO.companyId)
		.registerByName('products')
		?.all()
		.find(({ record }) => (record as { type: string }).type === 'TRAVEL');
	const body = purchase({
		type: 'TRAVEL_INVOICE',
		extraInfo: { accountingByRow: false, unitPricesIncludeVat: true },
		invoiceRows: [row({ productId: product?.id, vatPercent: 0 })],
		...changes,
	});
	delete body.vatStatus;
	return body;
};
const without = (body: Body, ...fields: Array<keyof Body>) => {
	for (const field of fields) delete body[field];
	return body;
};

async function refused(body: unknown, field: string, message?: string) {
	const { status, data } = await admin.post('/invoices', body);
	expect([status, data.errors?.[0].field]).toEqual([400, field]);
	if (message) expect(data.errors[0].message).toBe(message);
}

async function created(body: unknown) {
	const { status, data } = await admin.post('/invoices', body);
	expect([status, data.errors]).toEqual([200, undefined]);
	return data;
}

describe('Smallest sales invoice', () => {
	// The same text as in docs/procountor.md#invoice-fields.
	const smallest =
		JSON.parse(`{"type":"SALES_INVOICE","status":"UNFINISHED","date":"2026-10-01","counterParty":{"counterPartyAddress":{"name":"Buyer"}},
 "paymentInfo":{"paymentMethod":"BANK_TRANSFER","currency":"EUR","bankAccount":{"accountNumber":"FI2112345600000785"},
 "dueDate":"2026-10-15","currencyRate":1},"extraInfo":{"accountingByRow":false,"unitPricesIncludeVat":false},
 "discountPercent":0,"invoiceRows":[{"product":"Cup","quantity":2,"unit":"PIECE","unitPrice":3.5,"discountPercent":0,
 "vatPercent":25.5}],"vatStatus":1,"invoiceChannel":"NO_SENDING","language":"FINNISH"}`);

	it('is created as a draft and can be read', async () => {
		const made = await created(smallest);
		expect(made).toMatchObject({
			type: 'SALES_INVOICE',
			status: 'UNFINISHED',
			version: '2026-10-01T09:00:01',
			creatorId: 1001,
		});
		expect(made.invoiceSumInfo).toEqual([
			{ currency: 'EUR', inAccountingCurrency: true, excludingVatTotal: 7, vatSumTotal: 1.79, invoiceSumTotal: 8.79 },
		]);
		expect((await admin.get(`/invoices/${made.id}`)).data).toEqual(made);
		expect(made.created).toBeUndefined();
		const [listed] = (await admin.get('/invoices?size=1')).data.results;
		expect(listed).toMatchObject({ id: made.id, created: '2026-10-01T09:00:01', version: '2026-10-01T09:00:01' });
	});

	it('is a draft whatever status is sent', async () => {
		expect((await created({ ...smallest, status: 'SENT' })).status).toBe('UNFINISHED');
	});

	it('gets the next invoice number and keeps the own invoice number', async () => {
		const first = await created({ ...smallest, originalInvoiceNumber: 'WEB-1', invoiceNumber: 5 });
		const second = await created(smallest);
		expect(second.invoiceNumber).toBe(first.invoiceNumber + 1);
		expect(first.originalInvoiceNumber).toBe('WEB-1');
	});

	it.each([
		'type',
		'date',
		'counterParty',
		'paymentInfo',
		'extraInfo',
		'discountPercent',
		'invoiceRows',
		'invoiceChannel',
		'vatStatus',
		'language',
	])('requires %s', async (field) => {
		await refused(without({ ...smallest }, field as keyof Body), field);
	});

	it.each(['paymentMethod', 'currency', 'dueDate', 'currencyRate'])('requires paymentInfo.%s', async (field) => {
		const paymentInfo = { ...smallest.paymentInfo };
		delete paymentInfo[field];
		await refused({ ...smallest, paymentInfo }, `paymentInfo.${field}`);
	});
});

describe('Invoice checks beyond the contract', () => {
	it('require rows, VAT status and language', async () => {
		await refused(cup({ invoiceRows: [] }), 'invoiceRows');
		await refused(without(purchase(), 'vatStatus'), 'vatStatus');
		await refused(without(cup({ type: 'SALES_ORDER' }), 'language'), 'language');
		await created(purchase());
		await created(travel());
	});

	it('require an IBAN without spaces unless the payment method is cash', async () => {
		await refused(cup(payment({ bankAccount: undefined })), 'paymentInfo.bankAccount.accountNumber');
		await refused(
			cup(payment({ bankAccount: { accountNumber: 'FI21 1234 5600 0007 85' } })),
			'paymentInfo.bankAccount.accountNumber',
		);
		await refused(
			cup(payment({ bankAccount: { accountNumber: 'FI2212345600000785' } })),
			'paymentInfo.bankAccount.accountNumber',
		);
		await refused(
			cup(payment({ bankAccount: { accountNumber: '12345600000785' } })),
			'paymentInfo.bankAccount.accountNumber',
		);
		await created(cup(payment({ bankAccount: undefined, paymentMethod: 'CASH' })));
	});

	it('require a due date 0 to 999 days after the invoice date', async () => {
		await refused(cup(payment({ dueDate: '2026-09-30' })), 'paymentInfo.dueDate', 'DUE_DATE_BEFORE_BILL_DATE');
		await refused(cup(payment({ dueDate: '2029-06-27' })), 'paymentInfo.dueDate');
		await created(cup(payment({ dueDate: '2026-10-01' })));
		await created(cup(payment({ dueDate: '2029-06-26' })));
	});

	it('require an invoice date in an open period', async () => {
		for (const date of ['2025-12-31', '2026-03-31', '2026-06-30', '2028-01-01'])
			await refused(cup({ date, ...payment({ dueDate: date }) }), 'date', 'CLOSED_FISCAL_PERIOD');
		await created(cup({ date: '2026-07-01' }));
		await created(cup({ date: '2027-01-01', ...payment({ dueDate: '2027-01-15' }) }));
	});

	it('reject payment methods, channels and types that the API only reads', async () => {
		await refused(cup(payment({ paymentMethod: 'DIRECT_DEBIT' })), 'paymentInfo.paymentMethod');
		await refused(cup(payment({ paymentMethod: 'DKLMPKRE' })), 'paymentInfo.paymentMethod');
		await refused(cup({ invoiceChannel: 'EDIFACT' }), 'invoiceChannel');
		await refused(cup({ invoiceChannel: 'PAPER_INVOICE' }), 'invoiceChannel');
		await refused(cup({ type: 'PERIODIC_TAX_RETURN' }), 'type');
		await refused(cup({ isOffer: true }), 'isOffer');
		expect((await created(cup({ type: 'SALES_ORDER', isOffer: true }))).isOffer).toBe(true);
	});

	it('require currency rate 1 for euros and accept another rate for other currencies', async () => {
		await refused(cup(payment({ currencyRate: 1.1 })), 'paymentInfo.currencyRate');
		const { invoiceSumInfo } = await created(cup(payment({ currency: 'SEK', currencyRate: 10 })));
		expect(
			invoiceSumInfo.map(({ currency, invoiceSumTotal }: Record<string, unknown>) => [currency, invoiceSumTotal]),
		).toEqual([
			['EUR', 0.88],
			['SEK', 8.79],
		]);
	});

	it('accept accounting by row only if the company uses it', async () => {
		const body = cup({ extraInfo: { accountingByRow: true, unitPricesIncludeVat: false } });
		await created(body);
		sandbox.world.company(DEMO.companyId).settings.accountingByRow = false;
		await refused(body, 'extraInfo.accountingByRow');
		expect((await admin.get('/company/usagesettings')).data.accountingByRow.salesInvoicePosting).toBe(false);
	});
});

describe('VAT checks', () => {
	it('require VAT percentages and statuses that are in use and match each other', async () => {
		await refused(cup({ invoiceRows: [row({ vatPercent: 24 })] }), 'invoiceRows[0].vatPercent');
		await refused(cup({ invoiceRows: [row({ vatPercent: 14 })] }), 'invoiceRows[0].vatPercent');
		await refused(cup({ vatStatus: 99 }), 'vatStatus');
		await refused(purchase({ vatStatus: 22 }), 'vatStatus');
		await refused(cup({ vatStatus: 12 }), 'invoiceRows[0].vatPercent', 'ERROR_VATSTATUS_VATPERC');
		await refused(
			cup({ invoiceRows: [row(), row({ vatStatus: 22 })] }),
			'invoiceRows[1].vatPercent',
			'ERROR_VATSTATUS_VATPERC',
		);
		await created(cup({ vatStatus: 22, invoiceRows: [row({ vatPercent: 0 })] }));
		await created(cup({ invoiceRows: [row({ vatPercent: 0 }), row({ vatPercent: 13.5 }), row({ vatPercent: 10 })] }));
	});

	it('require a VAT country if the company uses foreign VAT, and reject a foreign one otherwise', async () => {
		await refused(cup({ vatCountry: 'SWEDEN' }), 'vatCountry');
		await created(cup({ vatCountry: 'FINLAND' }));
		sandbox.world.company(DEMO.companyId).settings.foreignVat = true;
		await refused(cup(), 'vatCountry');
		await created(cup({ vatCountry: 'SWEDEN' }));
	});

	it('require a VAT number in a valid format', async () => {
		const withCode = (taxCode: string) => cup({ counterParty: { counterPartyAddress: { name: 'X' }, taxCode } });
		await refused(withCode('FI1234567-8'), 'counterParty.taxCode', 'ERROR_BRN_CODE');
		await created(withCode('FI12345678'));
		await created(withCode('SE556012579001'));
	});
});

describe('Bank reference', () => {
	it('is generated if empty, stays absent if omitted, and is rejected with a wrong check digit', async () => {
		expect((await created(cup())).paymentInfo.bankReferenceCode).toBeUndefined();
		const { bankReferenceCode } = (await created(cup(payment({ bankReferenceCode: '' })))).paymentInfo;
		expect(isReference(bankReferenceCode)).toBe(true);
		const rf = (await created(cup(payment({ bankReferenceCode: '', bankReferenceCodeType: 'RF' })))).paymentInfo
			.bankReferenceCode;
		expect([rf.slice(0, 2), isReference(rf)]).toEqual(['RF', true]);
		await refused(cup(payment({ bankReferenceCode: '123454' })), 'paymentInfo.bankReferenceCode');
		await refused(cup(payment({ bankReferenceCode: 'RF17539007547034' })), 'paymentInfo.bankReferenceCode');
		expect((await created(cup(payment({ bankReferenceCode: '123453' })))).paymentInfo.bankReferenceCode).toBe('123453');
		await created(cup(payment({ bankReferenceCode: 'RF18539007547034' })));
		await refused(cup(payment({ bankReferenceCodeType: 'OCR' })), 'paymentInfo.bankReferenceCodeType');
	});
});

describe('Checks of addresses and channels', () => {
	const to = (channel: string, changes: Record<string, unknown> = {}, counterParty: Record<string, unknown> = {}) =>
		cup({ invoiceChannel: channel, counterParty: { counterPartyAddress: address, ...counterParty }, ...changes });

	it('copy the buyer address to omitted addresses and keep {} empty', async () => {
		const copied = await created(to('NO_SENDING'));
		expect([copied.billingAddress, copied.deliveryAddress]).toEqual([address, address]);
		const empty = await created(to('NO_SENDING', { billingAddress: {}, deliveryAddress: {} }));
		expect([empty.billingAddress, empty.deliveryAddress]).toEqual([{}, {}]);
		await refused(
			to('NO_SENDING', { deliveryAddress: { name: 'Varasto' } }),
			'deliveryAddress.country',
			"Value of 'deliveryAddress.country' cannot be blank",
		);
	});

	it('require an email address for the channel email', async () => {
		await refused(to('EMAIL'), 'counterParty.email');
		await refused(to('EMAIL', {}, { email: 'nowhere' }), 'counterParty.email');
		await created(to('EMAIL', {}, { email: 'laskut@example.fi' }));
	});

	it('require street, postal code and city in one address for the channel mail', async () => {
		await refused(
			to('MAIL', {}, { counterPartyAddress: { name: 'X', street: 'Kuja 1', zip: '00100' } }),
			'counterParty.counterPartyAddress.city',
		);
		await created(to('MAIL'));
		await created(to('MAIL', { billingAddress: address }, { counterPartyAddress: { name: 'X' } }));
	});

	it('require two complete addresses for an e-invoice, and in Finland also its address and operator', async () => {
		const einvoiceAddress = { address: '003721471389', operator: '003721291126' };
		await refused(
			to('ELECTRONIC_INVOICE', {}, { einvoiceAddress, counterPartyAddress: { ...address, zip: undefined } }),
			'counterParty.counterPartyAddress.zip',
		);
		await refused(to('ELECTRONIC_INVOICE', { billingAddress: {} }, { einvoiceAddress }), 'billingAddress.street');
		await refused(to('ELECTRONIC_INVOICE'), 'counterParty.einvoiceAddress.address', 'INVALID_OVT');
		await refused(
			to('ELECTRONIC_INVOICE', {}, { einvoiceAddress: { ...einvoiceAddress, address: '12345' } }),
			'counterParty.einvoiceAddress.address',
			'INVALID_OVT',
		);
		await refused(
			to('ELECTRONIC_INVOICE', {}, { einvoiceAddress: { address: einvoiceAddress.address } }),
			'counterParty.einvoiceAddress.operator',
			'ERROR_OPERATOR',
		);
		await created(to('ELECTRONIC_INVOICE', {}, { einvoiceAddress }));
		await created(
			to('ELECTRONIC_INVOICE', {}, { einvoiceAddress: { address: 'FI2112345600000785', operator: 'NDEAFIHH' } }),
		);
		await created(to('ELECTRONIC_INVOICE', {}, { counterPartyAddress: { ...address, country: 'SWEDEN' } }));
	});
});

describe('Checks of partners, products and approvers', () => {
	it('require registered partners and products of the right type', async () => {
		for (const partnerId of [511, 519, 9999]) await refused(cup({ partnerId }), 'partnerId');
		await created(cup({ partnerId: 501 }));
		await created(purchase({ partnerId: 511 }));
		await refused(travel({ partnerId: 511 }), 'partnerId');
		await created(travel({ partnerId: 519 }));
		await refused(cup({ invoiceRows: [row({ productId: 310 })] }), 'invoiceRows[0].productId');
		await created(cup({ invoiceRows: [row({ productId: 301 })] }));
	});

	it('require travel products and prices with VAT on a travel invoice', async () => {
		await refused(travel({ invoiceRows: [row({ vatPercent: 0 })] }), 'invoiceRows[0].productId');
		await refused(
			travel({ extraInfo: { accountingByRow: false, unitPricesIncludeVat: false } }),
			'extraInfo.unitPricesIncludeVat',
		);
		await refused(purchase({ travelInformationItems: [{ places: 'Pori' }] }), 'travelInformationItems');
	});

	it("use the company's approvers if none are given, and nobody for {}", async () => {
		expect((await created(purchase())).invoiceApprovalInformation).toEqual({
			verifiers: [{ userId: 1004 }],
			acceptors: [{ userId: 1001 }],
		});
		expect((await created(purchase({ invoiceApprovalInformation: {} }))).invoiceApprovalInformation).toEqual({});
		await refused(
			purchase({ invoiceApprovalInformation: { acceptors: [{ userId: 7 }] } }),
			'invoiceApprovalInformation',
		);
		await refused(cup({ invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] } }), 'invoiceApprovalInformation');
	});

	it('accept negative rows unless the switch rejects them', async () => {
		const credit = cup({ invoiceRows: [row({ quantity: -2 })] });
		expect((await created(credit)).invoiceSumInfo[0].invoiceSumTotal).toBe(-8.79);
		sandbox.switches.negativeRowsRefused = true;
		await refused(credit, 'invoiceRows[0].unitPrice');
	});
});

describe('PUT /invoices', () => {
	const draft = () => demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED').id;
	const read = async (id: number) => (await admin.get(`/invoices/${id}`)).data;

	it('replaces the entire invoice and clears omitted fields, except the partner', async () => {
		const before = await created(
			cup({ partnerId: 501, notes: 'x', originalInvoiceNumber: 'A', ...payment({ bankReferenceCode: '' }) }),
		);
		const { status, data } = await admin.put(`/invoices/${before.id}`, {
			...cup({ additionalInformation: 'uusi' }),
			version: before.version,
		});
		expect(status).toBe(200);
		expect(data).toMatchObject({
			id: before.id,
			partnerId: 501,
			invoiceNumber: before.invoiceNumber,
			additionalInformation: 'uusi',
			version: '2026-10-01T09:00:02',
		});
		expect([data.notes, data.originalInvoiceNumber, data.paymentInfo.bankReferenceCode]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(await read(before.id)).toEqual(data);
	});

	it('accepts the unchanged response of GET', async () => {
		const before = await read(draft());
		const { status, data } = await admin.put(`/invoices/${before.id}`, before);
		expect(status).toBe(200);
		expect({ ...data, version: 0, invoiceRows: 0 }).toEqual({ ...before, version: 0, invoiceRows: 0 });
		expect(data.ledgerReceiptId).toBe(before.ledgerReceiptId);
	});

	it('rejects an old version', async () => {
		const before = await read(draft());
		expect((await admin.put(`/invoices/${before.id}`, before)).status).toBe(200);
		const again = await admin.put(`/invoices/${before.id}`, before);
		expect([again.status, again.data.errors[0].field]).toEqual([400, 'version']);
	});

	it('rejects another type, partner or ID', async () => {
		const before = await read(draft());
		const put = async (changes: Record<string, unknown>) =>
			(await admin.put(`/invoices/${before.id}`, { ...before, ...changes })).data.errors?.[0].field;
		expect(await put({ type: 'SALES_ORDER' })).toBe('type');
		expect(await put({ partnerId: 502 === before.partnerId ? 501 : 502 })).toBe('partnerId');
		expect(await put({ id: 1 })).toBe('id');
		expect(await put({ language: undefined })).toBe('language');
	});

	it.each([
		['SALES_INVOICE', 'NOT_SENT', 403],
		['SALES_INVOICE', 'SENT', 403],
		['SALES_INVOICE', 'PAID', 403],
		['SALES_ORDER', 'STARTED', 403],
		['PURCHASE_INVOICE', 'UNFINISHED', 200],
		['PURCHASE_INVOICE', 'RECEIVED', 200],
		['PURCHASE_INVOICE', 'VERIFIED', 403],
		['TRAVEL_INVOICE', 'RECEIVED', 200],
		['BILL_OF_CHARGES', 'UNFINISHED', 200],
		['PERIODIC_TAX_RETURN', 'APPROVED', 403],
	] as const)('for a %s in status %s returns %i', async (type, status, expected) => {
		const before = await read(demoInvoice(sandbox, type, status).id);
		expect((await admin.put(`/invoices/${before.id}`, before)).status).toBe(expected);
	});

	it('keeps the receipt if a text changes, and creates a new one if rows change', async () => {
		const before = await read(draft());
		const renamed = (await admin.put(`/invoices/${before.id}`, { ...before, additionalInformation: 'x' })).data;
		expect(renamed.ledgerReceiptId).toBe(before.ledgerReceiptId);
		const rows = renamed.invoiceRows.map((one: Body['invoiceRows'][number]) => ({
			...one,
			quantity: one.quantity + 1,
		}));
		const changed = (await admin.put(`/invoices/${before.id}`, { ...renamed, invoiceRows: rows })).data;
		expect(changed.ledgerReceiptId).toBeGreaterThan(before.ledgerReceiptId);
		expect((await admin.get(`/ledgerreceipts/${before.ledgerReceiptId}`)).status).toBe(404);
		expect((await admin.get(`/ledgerreceipts/${changed.ledgerReceiptId}`)).data.invoiceId).toBe(before.id);
	});
});
