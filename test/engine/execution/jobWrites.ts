import type { INodeParameters } from 'n8n-workflow';
import type { JournalEntry } from '../../sandbox/http/journal';
import { DEMO } from '../../sandbox';
import type { InvoiceStatus } from '../../sandbox/records/invoices/model';
import { salarySlips } from '../../sandbox/records/payroll/model';
import { byId, type Bench } from '../support';

/** An operation with several requests, and the write at which a fault occurs. */
export interface JobWrite {
	name: string;
	/** The write at which the fault occurs. */
	call: string;
	parameters: INodeParameters;
	/** Creates the record for one item; returns the text that identifies the request in its path or body. */
	key(bench: Bench): string;
	/** Whether one request contains all items. */
	isOneOrder?: boolean;
}

/** The key of the item; each round of a loop has another one. */
const KEY = '={{ $json.keys[$runIndex] }}';
let count = 0;
const number = (): string => `JOB-${++count}`;
const add =
	(type: 'SALES_INVOICE' | 'PURCHASE_INVOICE', status: InvoiceStatus, more: object = {}) =>
	({ sandbox }: Bench): string =>
		String(
			sandbox.backdoor.addInvoice(
				type === 'SALES_INVOICE'
					? { type, ...more }
					: {
							type,
							language: undefined,
							invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] },
							...more,
						},
				{ status },
			).id,
		);
const byEmail = {
	invoiceChannel: 'EMAIL' as const,
	counterParty: { email: 'a@example.fi', counterPartyAddress: { name: 'Ostaja Oy' } },
};
const rows = {
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
};
/** A short look-up time keeps the test fast. */
const quick = { lookUp: 0.3 };

const creating = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'invoice',
	operation,
	date: '2026-10-01',
	counterPartyName: 'Kahvila',
	originalInvoiceNumber: KEY,
	...rows,
	additionalFields: quick,
	...more,
});
const ofPerson: INodeParameters = { additionalFields: { ...quick, personNumber: '9001' } };
/** The field that names the record of a step. */
const idFields = { invoice: 'invoiceId', ledgerReceipt: 'receiptId', salary: 'salarySlipId' };
const step = (
	operation: string,
	call: string,
	key: JobWrite['key'],
	resource: keyof typeof idFields = 'invoice',
): JobWrite => ({
	name: `${resource}: ${operation}`,
	call: `PUT ${call}`,
	parameters: { resource, operation, [idFields[resource]]: byId(KEY) },
	key,
});
const slip =
	(status: 'CREATED' | 'APPROVED') =>
	({ sandbox }: Bench): string => {
		const slips = sandbox.world.company(DEMO.companyId).register(salarySlips);
		const [{ record }] = slips.all();
		const settings = { ...record.settings, accountingDate: sandbox.clock.today() };
		return String(slips.add((id) => ({ ...record, id, status, settings, receiptId: undefined }), 1001).id);
	};
const journal =
	(status: 'UNFINISHED' | 'APPROVED') =>
	({ sandbox }: Bench): string =>
		String(sandbox.backdoor.addJournal({}, { status }).id);
const createJournal: INodeParameters = {
	resource: 'ledgerReceipt',
	operation: 'create',
	receiptDate: '2026-10-01',
	vatType: 'SALES',
	name: KEY,
	specifyRows: 'json',
	transactionsJson: JSON.stringify([
		{ account: '1910', accountingValue: 100 },
		{ account: '3900', accountingValue: -100 },
	]),
	additionalFields: quick,
};
const payment = {
	amount: 8.79,
	paymentDate: '2098-03-03',
	recipientName: 'Toimittaja Oy',
	recipientBankAccount: 'FI2112345600000785',
	paymentMethod: 'FINNISH_BANK_TRANSFER',
};

/** Every operation with several requests that writes; one entry for each write. */
export const jobWrites: JobWrite[] = [
	{ name: 'invoice: create', call: 'POST /invoices', parameters: creating('create'), key: number },
	{
		name: 'invoice: create, its approval',
		call: 'PUT /invoices/{invoiceId}/approve',
		parameters: creating('create', { after: 'approve' }),
		key: number,
	},
	{
		name: 'invoice: create, its file',
		call: 'POST /attachments',
		parameters: creating('create', { additionalFields: { ...quick, files: 'data' } }),
		key: number,
	},
	{
		name: 'invoice: createPurchase',
		call: 'POST /invoices',
		parameters: creating('createPurchase', {
			additionalFields: { ...quick, dueDate: '2026-10-15', bankAccount: 'FI2112345600000785' },
		}),
		key: number,
	},
	{
		name: 'invoice: createOrder',
		call: 'POST /invoices',
		parameters: creating('createOrder', { orderType: 'SALES_ORDER' }),
		key: number,
	},
	{
		name: 'invoice: createTravelInvoice',
		call: 'POST /invoices',
		parameters: creating('createTravelInvoice', {
			...ofPerson,
			invoiceRowsJson: JSON.stringify([{ productCode: 'PR-2026', quantity: 2 }]),
		}),
		key: number,
	},
	{
		name: 'invoice: createExpenseClaim',
		call: 'POST /invoices',
		parameters: creating('createExpenseClaim', ofPerson),
		key: number,
	},
	{
		name: 'invoice: credit',
		call: 'POST /invoices',
		parameters: {
			resource: 'invoice',
			operation: 'credit',
			invoiceId: byId(KEY),
			options: { ...quick, number: `${KEY}-C` },
		},
		key: add('SALES_INVOICE', 'SENT'),
	},
	{
		name: 'invoice: setAccounts',
		call: 'PUT /ledgerreceipts/{receiptId}',
		parameters: {
			resource: 'invoice',
			operation: 'setAccounts',
			invoiceId: byId(KEY),
			specifyPostings: 'fields',
			postings: { row: [{ matchBy: 'all', account: byId('4090') }] },
		},
		key: add('PURCHASE_INVOICE', 'RECEIVED', { extraInfo: { accountingByRow: true, unitPricesIncludeVat: false } }),
	},
	step('approve', '/invoices/{invoiceId}/approve', add('SALES_INVOICE', 'UNFINISHED')),
	step('send', '/invoices/{invoiceId}/send', add('SALES_INVOICE', 'NOT_SENT', byEmail)),
	step('verify', '/invoices/{invoiceId}/verify', add('PURCHASE_INVOICE', 'RECEIVED')),
	step('reject', '/invoices/{invoiceId}/reject', add('PURCHASE_INVOICE', 'RECEIVED')),
	step('invalidate', '/invoices/{invoiceId}/invalidate', add('SALES_INVOICE', 'UNFINISHED')),
	step('markAsUnfinished', '/invoices/{invoiceId}/unfinished', add('SALES_INVOICE', 'APPROVED')),
	step('sendToCirculation', '/invoices/{invoiceId}/sendToCirculation', add('PURCHASE_INVOICE', 'UNFINISHED')),
	step('approve', '/ledgerreceipts/{receiptId}/approve', journal('UNFINISHED'), 'ledgerReceipt'),
	step('invalidate', '/ledgerreceipts/{receiptId}/invalidate', journal('UNFINISHED'), 'ledgerReceipt'),
	step('markAsUnfinished', '/ledgerreceipts/{receiptId}/unfinished', journal('APPROVED'), 'ledgerReceipt'),
	step('approveSlip', '/payrolls/salaryslips/{id}/approve', slip('CREATED'), 'salary'),
	step('cancelSlipApproval', '/payrolls/salaryslips/{id}/cancelapproval', slip('APPROVED'), 'salary'),
	{ name: 'ledgerReceipt: create', call: 'POST /ledgerreceipts', parameters: createJournal, key: number },
	{
		name: 'ledgerReceipt: create, its approval',
		call: 'PUT /ledgerreceipts/{receiptId}/approve',
		parameters: { ...createJournal, after: 'approve' },
		key: number,
	},
	{
		name: 'businessPartner: upsert',
		call: 'POST /businesspartners',
		parameters: {
			resource: 'businessPartner',
			operation: 'upsert',
			matchBy: 'customerNumber',
			matchValue: KEY,
			type: 'CUSTOMER',
			name: 'Kahvila',
			additionalFields: quick,
		},
		key: number,
	},
	{
		name: 'product: upsert',
		call: 'POST /products',
		parameters: {
			resource: 'product',
			operation: 'upsert',
			code: KEY,
			name: KEY,
			type: 'SALES',
			additionalFields: { unit: 'PIECE', price: 3.5, vatPercent: 25.5, ...quick },
		},
		key: number,
	},
	{
		name: 'person: upsert',
		call: 'POST /persons',
		parameters: {
			resource: 'person',
			operation: 'upsert',
			personNumber: KEY,
			firstName: 'Maija',
			lastName: 'Virtanen',
			name: 'Maija Virtanen',
			additionalFields: quick,
		},
		key: number,
	},
	{
		name: 'attachment: uploadMany',
		call: 'POST /attachments',
		parameters: { resource: 'attachment', operation: 'uploadMany', to: 'invoice', recordId: KEY },
		key: add('PURCHASE_INVOICE', 'RECEIVED'),
	},
	{
		name: 'paymentEvent: markAsPaid',
		call: 'PUT /invoices/{invoiceId}/paymentevents/markpaid',
		parameters: {
			resource: 'paymentEvent',
			operation: 'markAsPaid',
			invoiceId: byId(KEY),
			amount: '5',
			additionalFields: quick,
		},
		key: add('PURCHASE_INVOICE', 'APPROVED'),
	},
	{
		name: 'payment: create',
		call: 'POST /payments',
		parameters: {
			resource: 'payment',
			operation: 'create',
			specifyRows: 'fields',
			payments: { row: [{ ...payment, invoiceId: KEY, invoiceVersion: '={{ $json.versions[$runIndex] }}' }] },
		},
		key: add('PURCHASE_INVOICE', 'APPROVED'),
	},
	{
		name: 'payment: payInvoices',
		call: 'POST /payments',
		parameters: { resource: 'payment', operation: 'payInvoices', invoiceIds: KEY },
		key: add('PURCHASE_INVOICE', 'APPROVED'),
		isOneOrder: true,
	},
	{
		name: 'payment: createBankTransfers',
		call: 'POST /payments/directbanktransfers',
		parameters: {
			resource: 'payment',
			operation: 'createBankTransfers',
			specifyRows: 'fields',
			transfers: { row: [{ ...payment, message: KEY, currencyCode: 'EUR' }] },
		},
		key: number,
		isOneOrder: true,
	},
	{
		name: 'webhook: create',
		call: 'POST /webhooks',
		parameters: {
			resource: 'webhook',
			operation: 'create',
			url: '=https://example.com/{{ $json.keys[$runIndex] }}',
			authenticationType: 'NONE',
			subscriptions: ['USER_UPDATED'],
		},
		key: number,
	},
	{
		name: 'salary: createPayment',
		call: 'POST /payments/directsalarypayments',
		parameters: {
			resource: 'salary',
			operation: 'createPayment',
			listName: KEY,
			paymentDate: '2098-03-03',
			specifyRows: 'fields',
			payments: {
				row: [
					{
						recipientName: 'Aino Esimerkki',
						recipientBankAccount: 'FI2112345600000785',
						customId: 'P-1',
						amount: '2500.55',
						currencyCode: 'EUR',
						recipientCode: '010190-900P',
						brnType: 'HETU',
						code: '010190-900P',
					},
				],
			},
		},
		key: number,
	},
];

/** Whether a request is the write of the item with the key; a credit has its invoice's key with `-C`. */
export function isWriteOf(entry: JournalEntry, key: string): boolean {
	return (
		entry.path.split('/').includes(key) || new RegExp(`[":/]${key}(-C)?[",}]`).test(JSON.stringify(entry.body ?? ''))
	);
}
