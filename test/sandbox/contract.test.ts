import type { AxiosInstance, AxiosResponse } from 'axios';

import { demoInvoice, login, newBankAccount } from './client';
import type { Operation } from './http/contract';
import { DEMO, type Sandbox, smallestInvoice, smallestJournal } from '.';
import { accountHandlers } from './records/accounts';
import { bankAccountHandlers } from './records/bankaccounts';
import { companyHandlers } from './records/company';
import { dimensionHandlers } from './records/dimensions';
import { families } from './records';
import { invoiceCommentHandlers } from './records/invoices/comments';
import { invoiceImageHandlers } from './records/invoices/image';
import { invoiceLifecycleHandlers } from './records/invoices/lifecycle';
import { invoicePaymentHandlers } from './records/invoices/payments';
import { invoiceSearchHandlers } from './records/invoices/search';
import { invoiceWriteHandlers } from './records/invoices/write';
import { partnerHandlers } from './records/partners';
import { periodHandlers } from './records/periods';
import { productHandlers } from './records/products';
import { receiptHandlers } from './records/receipts/handlers';
import { sampleOf } from './records/sample';
import { type Switches, switchTable } from './switches';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;
let approver: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));
beforeEach(async () => void (approver = await login(sandbox, 'approver')));

type Recipe = () => Promise<AxiosResponse>;

const add = (
	type: 'SALES_INVOICE' | 'PURCHASE_INVOICE' = 'SALES_INVOICE',
	status?: 'SENT' | 'NOT_SENT' | 'UNFINISHED' | 'RECEIVED' | 'VERIFIED',
) => sandbox.backdoor.addInvoice({ type }, { status }).id;
const got = async (path: string) => (await admin.get(path)).data;
const journal = async () => (await admin.post('/ledgerreceipts', smallestJournalBody())).data.id as number;
const smallestJournalBody = () => {
	const body = smallestJournal('2026-10-01');
	return { ...body, transactions: body.transactions.map(({ id: _id, ...one }) => one) };
};
const comment = async () => {
	const id = add('PURCHASE_INVOICE');
	const { data } = await admin.post(`/invoices/${id}/comments`, { comment: 'Katso @onnihyväri' });
	return `/invoices/${id}/comments/${data.id}`;
};
const paid = async () => {
	const id = add('SALES_INVOICE', 'SENT');
	const { data } = await admin.put(`/invoices/${id}/paymentevents/markpaid`, {
		paymentDate: '2026-10-01',
		amount: 1,
		currency: 'EUR',
	});
	return { id, event: data.id };
};
const partner = {
	name: 'Uusi Oy',
	type: 'CUSTOMER',
	address: { name: 'Uusi Oy' },
	paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
};
const product = { type: 'SALES', name: 'Muki', discount: 0, price: 5, active: true, currency: 'EUR' };
const bankAccount = newBankAccount();
const share = { items: [{ id: 11, codeName: 'Helsinki', percent: 100 }] };

/** A valid request for every operation whose records have additional rules. */
const recipes: Record<string, Recipe> = {
	searchInvoice: () => admin.get('/invoices?size=200'),
	getInvoice: () => admin.get('/invoices/100001,100002'),
	saveInvoice: () => admin.post('/invoices', smallestInvoice(sandbox.world.company(DEMO.companyId), '2026-10-01')),
	updateInvoice: async () => {
		const id = add();
		return admin.put(`/invoices/${id}`, await got(`/invoices/${id}`));
	},
	approveInvoice1: () => admin.put(`/invoices/${add()}/approve`, {}),
	verifyInvoice: () => approver.put(`/invoices/${add('PURCHASE_INVOICE', 'RECEIVED')}/verify`, { comment: 'OK' }),
	sendToCirculation: () => admin.put(`/invoices/${add('PURCHASE_INVOICE', 'UNFINISHED')}/sendToCirculation`),
	markInvoiceAsUnfinished: () => admin.put(`/invoices/${add('SALES_INVOICE', 'SENT')}/unfinished`),
	markInvoiceAsInvalidated: () => admin.put(`/invoices/${add()}/invalidate`),
	rejectInvoice: () => admin.put(`/invoices/${add('PURCHASE_INVOICE')}/reject`, {}),
	send: () => admin.put(`/invoices/${add('SALES_INVOICE', 'NOT_SENT')}/send`),
	addNotesToInvoice: () => admin.put(`/invoices/${add()}/notes`, { notes: 'x' }),
	getInvoiceTransactions: async () => {
		const id = add();
		await admin.put(`/invoices/${id}/approve`, {});
		return admin.get(`/invoices/${id}/transactions`);
	},
	getInvoiceTransactionsBulk: async () => {
		const id = add();
		await admin.put(`/invoices/${id}/approve`, {});
		return admin.get(`/invoices/transactions?invoiceIds=${id}`);
	},
	getInvoicesForPersonalVerifications: () => admin.get('/invoices/personalverifications?types=PURCHASE_INVOICE'),
	getInvoicesForPersonalApprovals: () => admin.get('/invoices/personalapprovals?types=PURCHASE_INVOICE'),
	searchPaymentEvents: () => admin.get(`/invoices/${demoInvoice(sandbox, 'SALES_INVOICE', 'PAID').id}/paymentevents`),
	getPaymentEventByIdAndInvoiceId: async () => {
		const { id, event } = await paid();
		return admin.get(`/invoices/${id}/paymentevents/${event}`);
	},
	markInvoiceAsPaid: () =>
		admin.put(`/invoices/${add('SALES_INVOICE', 'SENT')}/paymentevents/markpaid`, {
			paymentDate: '2026-10-01',
			amount: 8.79,
			currency: 'EUR',
		}),
	getInvoiceComments: async () => admin.get((await comment()).replace(/\/\d+$/, '')),
	saveInvoiceComment: () => admin.post(`/invoices/${add('PURCHASE_INVOICE')}/comments`, { comment: 'x' }),
	getCommentById: async () => admin.get(await comment()),
	setCommentReadByUser: async () => approver.put(`${await comment()}/read`),
	getTaggeableUsers: () => admin.get(`/invoices/${add('PURCHASE_INVOICE')}/comments/taggableusers`),
	getInvoiceImage: () => admin.get('/invoices/100001/image?page=1&format=JPG'),

	searchLedgerReceipt: () => admin.get('/ledgerreceipts?size=200'),
	getLedgerReceipt: () => admin.get('/ledgerreceipts/200001,200002'),
	saveLedgerReceipt: () => admin.post('/ledgerreceipts?createReconciliation=true', smallestJournalBody()),
	updateLedgerReceipt: async () => {
		const id = await journal();
		return admin.put(`/ledgerreceipts/${id}`, await got(`/ledgerreceipts/${id}`));
	},
	updateLedgerReceiptTransactionDimensions: async () => {
		const { id, transactions } = await got(`/ledgerreceipts/${await journal()}`);
		return admin.put(`/ledgerreceipts/${id}/transactions/${transactions[0].id}/dimensions`, {
			dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: 10 }],
		});
	},
	approveInvoice: async () => admin.put(`/ledgerreceipts/${await journal()}/approve`),
	markLedgerReceiptAsInvalidated: async () => admin.put(`/ledgerreceipts/${await journal()}/invalidate`),
	markLedgerReceiptAsUnfinished: async () => {
		const id = await journal();
		await admin.put(`/ledgerreceipts/${id}/approve`);
		return admin.put(`/ledgerreceipts/${id}/unfinished`);
	},
	searchJournalsByStatuses: () => admin.get('/journals?statuses=APPROVED'),

	searchBusinessPartners: () => admin.get('/businesspartners?size=200'),
	getBusinessPartner: () => admin.get('/businesspartners/501,511,519'),
	insertBusinessPartner: () => admin.post('/businesspartners', partner),
	putBusinessPartner: async () => admin.put('/businesspartners/501', partner),
	updateBusinessPartner: async () =>
		admin.patch('/businesspartners/501', { ...partner, version: (await got('/businesspartners/501')).version }),
	getDefaultAccounts: () => admin.get('/businesspartners/501/defaults/accounts'),
	getDefaultDimensions1: () => admin.get('/businesspartners/501/defaults/dimensions'),
	getDefaultDimension1: () => admin.get('/businesspartners/501/defaults/dimensions/1'),
	updateDefaultDimension2: () => admin.put('/businesspartners/501/defaults/dimensions/1', share),
	getDefaultProducts: () => admin.get('/businesspartners/501/defaults/products'),
	getPersonalDetails: () => admin.get('/businesspartners/personaldetails'),
	getPartnerGroups: () => admin.get('/businesspartners/groups'),
	getPartnerGroup: () => admin.get('/businesspartners/groups/41'),
	createBusinessPartnerGroup: () => admin.post('/businesspartners/groups', { name: 'Uudet', type: 'CUSTOMER' }),
	updateBusinessPartnerGroup: () => admin.put('/businesspartners/groups/41', { name: 'Uudet', type: 'CUSTOMER' }),

	getProducts: () => admin.get('/products?size=200&includeLocalizations=true'),
	getProduct: () => admin.get('/products/301,314'),
	addProduct: () => admin.post('/products', product),
	updateProduct: () => admin.put('/products/301', product),
	removeProductById: () => admin.delete('/products/301'),
	getDefaultDimensions: () => admin.get('/products/301/defaults/dimensions'),
	getDefaultDimension: () => admin.get('/products/301/defaults/dimensions/1'),
	updateDefaultDimension: () => admin.put('/products/301/defaults/dimensions/1', share),
	getProductGroups: () => admin.get('/products/groups?type=TRAVEL'),
	getProductGroupByGroupId: () => admin.get('/products/groups/21'),
	addProductGroupName: () => admin.post('/products/groups', { name: 'Uusi', type: 'SALES' }),
	updateProductGroupName: () => admin.put('/products/groups/21', { name: 'Uusi' }),
	removeProductGroupById: async () =>
		admin.delete(`/products/groups/${(await admin.post('/products/groups', { name: 'Uusi', type: 'SALES' })).data.id}`),

	getDimensions: () => admin.get('/dimensions'),
	getDimension: () => admin.get('/dimensions/1'),
	updateDimension: () => admin.put('/dimensions/1', { name: 'Osasto' }),
	addDimensionItem: () => admin.post('/dimensions/1/items', { codeName: 'Oulu' }),
	updateDimensionItem: () => admin.put('/dimensions/1/items', { id: 11, codeName: 'Oulu' }),
	getFiscalYears: () => admin.get('/fiscalyears'),
	updateFiscalYear: () => admin.put('/fiscalyears/4/trackingPeriods/44', { status: 'PENDING' }),
	getBankAccounts: () => admin.get('/bankaccounts'),
	getBankAccount: () => admin.get('/bankaccounts/11'),
	createBankAccount: () => admin.post('/bankaccounts', bankAccount),
	updateBankAccount: async () => admin.put('/bankaccounts/11', { ...bankAccount, ...(await got('/bankaccounts/11')) }),
	updateCompanyInfo: async () => admin.put('/company', await got('/company')),
	getVerifierList1: () => admin.get('/company/invoicecirculation/verifierlists/61'),
	getUserProfile: () => admin.get('/users/profiles/1004'),
	getCurrencyExchangeRate: () =>
		admin.get(
			'/currencies/exchangerate?baseCurrency=EUR&currency=SEK&day=2026-10-01&rateType=PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE',
		),
	getVatStatusesForCountry: () => admin.get('/vats/country?countryCode=SE'),
};

/** Families whose operations are all called here; the others have their own test files. */
const askedHere = [
	invoiceSearchHandlers,
	invoiceWriteHandlers,
	invoiceLifecycleHandlers,
	invoicePaymentHandlers,
	invoiceCommentHandlers,
	invoiceImageHandlers,
	receiptHandlers,
	partnerHandlers,
	productHandlers,
	dimensionHandlers,
	accountHandlers,
	periodHandlers,
	bankAccountHandlers,
	companyHandlers,
];

/** A request built only from the contract: required parameters and a body of the schema's form. */
async function fromContract(operation: Operation): Promise<AxiosResponse> {
	const { contract } = sandbox.state;
	const path = operation.path.replace(/\{\w+\}/g, '11');
	const params = Object.fromEntries(
		operation.parameters
			.filter(({ in: place, required }) => place === 'query' && required)
			.map(({ name, schema }) => [name, sampleOf(contract, schema)]),
	);
	const schema = operation.requestBody?.content['application/json']?.schema;
	if (operation.requestBody?.content['multipart/form-data']) {
		const form = new FormData();
		form.append(
			'meta',
			new Blob(
				[JSON.stringify({ name: 'a.txt', referenceType: 'INVOICE', referenceId: 100_001, sendWithInvoice: false })],
				{ type: 'application/json' },
			),
		);
		form.append('file', new Blob(['text']), 'a.txt');
		return admin.request({ method: operation.method, url: path, data: form });
	}
	const data = schema ? JSON.stringify(sampleOf(contract, schema)) : undefined;
	return admin.request({
		method: operation.method,
		url: path,
		params,
		data,
		...(data ? { headers: { 'Content-Type': 'application/json' } } : {}),
	});
}

const contractText: { paths: Record<string, Record<string, { operationId: string }>> } =
	jest.requireActual('../contract/contract.json');
const everyId = Object.values(contractText.paths).flatMap((methods) =>
	Object.values(methods).map(({ operationId }) => operationId),
);
const familyOf = (operationId: string) => families.find((family) => operationId in family);
const simple = everyId.filter(
	(id) =>
		!(id in recipes) &&
		!['requestToken', 'requestApiKey'].includes(id) &&
		(!familyOf(id) || askedHere.includes(familyOf(id) ?? {})),
);

/** The request was valid and the response matches the contract; otherwise `checkAnswers` would return 500. */
function expectGood(answer: AxiosResponse): void {
	expect([answer.status >= 200 && answer.status < 300, answer.data?.errors]).toEqual([true, undefined]);
	expect(sandbox.state.problems).toEqual([]);
}

it('The contract has 194 operations, and every recipe is for one of them', () => {
	expect(everyId).toHaveLength(194);
	expect(Object.keys(recipes).filter((id) => !everyId.includes(id))).toEqual([]);
});

it.each(simple)('%s accepts a request built from the contract', async (operationId) => {
	expectGood(await fromContract(sandbox.state.contract.operation(operationId)));
});

it.each(Object.keys(recipes))('%s accepts a valid request', async (operationId) => {
	expectGood(await recipes[operationId]());
	expect(sandbox.journal.to(operationId).length).toBeGreaterThan(0);
});

it.each(everyId.filter((id) => !['requestToken', 'requestApiKey'].includes(id)))(
	'%s rejects a missing token and an unknown parameter',
	async (operationId) => {
		const { method, path } = sandbox.state.contract.operation(operationId);
		const url = path.replace(/\{\w+\}/g, '11');
		const anonymous = await admin.request({ method, url, headers: { Authorization: '' } });
		expect([anonymous.status, anonymous.data]).toEqual([401, { errors: [{ status: 401, message: 'Unauthorized' }] }]);
		const unknown = await admin.request({
			method,
			url: `${url}?noSuchParameter=1`,
			data: method === 'GET' ? undefined : {},
		});
		expect(unknown.status).toBeGreaterThanOrEqual(400);
		expect(unknown.status).toBeLessThan(500);
	},
);

describe('Switch position', () => {
	const positions = Object.entries(switchTable).flatMap(([name, { values }]) =>
		values.slice(1).map((value) => ({ name, value })),
	);

	it.each(positions)('$name = $value still returns responses that match the contract', async ({ name, value }) => {
		Object.assign(sandbox.switches, { [name]: value } as Partial<Switches>);
		for (const id of [
			'searchInvoice',
			'saveInvoice',
			'getInvoice',
			'updateInvoice',
			'getInvoiceImage',
			'searchLedgerReceipt',
			'updateLedgerReceipt',
			'searchJournalsByStatuses',
			'searchBusinessPartners',
			'getProducts',
			'sendToCirculation',
		]) {
			expectGood(await recipes[id]());
		}
	});
});
