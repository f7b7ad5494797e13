import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { byId } from '../support';

/** An operation that creates a record only once: its request and the parameters of the node. */
export interface CreatingKind {
	path: string;
	/** Default: `POST`. */
	method?: 'PUT';
	/** The later status call, if the parameters request one. */
	approve?: string;
	parameters: INodeParameters;
	/** Creates the records that the operation needs; returns further fields of the item. */
	prepare?(sandbox: Sandbox): IDataObject;
}

/** Credits the item's invoice of two cups; `specifyRows` selects the parts. */
const crediting = (parts: INodeParameters): CreatingKind => ({
	path: '/invoices',
	approve: '/invoices/{invoiceId}/approve',
	parameters: { resource: 'invoice', operation: 'credit', invoiceId: byId('={{ $json.invoiceId }}'), ...parts },
	prepare: ({ backdoor }) => ({ invoiceId: backdoor.addInvoice({}, { status: 'SENT' }).id }),
});

/** One operation for each kind of record; the item contains the number in `number`. */
export const creatingKinds: Record<string, CreatingKind> = {
	invoice: {
		path: '/invoices',
		approve: '/invoices/{invoiceId}/approve',
		parameters: {
			resource: 'invoice',
			operation: 'create',
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ $json.number }}',
			after: 'approve',
			specifyRows: 'json',
			invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
		},
	},
	credit: crediting({}),
	partialCredit: crediting({
		specifyRows: 'fields',
		parts: { row: [{ row: '1', quantity: '={{ $json.quantity ?? 1 }}' }] },
	}),
	journal: {
		path: '/ledgerreceipts',
		approve: '/ledgerreceipts/{receiptId}/approve',
		parameters: {
			resource: 'ledgerReceipt',
			operation: 'create',
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			name: '={{ $json.number }}',
			after: 'approve',
			specifyRows: 'json',
			transactionsJson: JSON.stringify([
				{ account: '1910', accountingValue: 100 },
				{ account: '3900', accountingValue: -100 },
			]),
		},
	},
	/** Has no number: a payment is identified by invoice, amount and day. Procountor rejects a second payment of the whole amount. */
	partialPayment: {
		path: '/invoices/{invoiceId}/paymentevents/markpaid',
		method: 'PUT',
		parameters: {
			resource: 'paymentEvent',
			operation: 'markAsPaid',
			invoiceId: byId('={{ $json.invoiceId }}'),
			amount: '2',
			paymentDate: '2026-10-01',
		},
		prepare: ({ backdoor }) => ({ invoiceId: backdoor.addInvoice({}, { status: 'SENT' }).id }),
	},
	purchaseInvoice: {
		path: '/invoices',
		parameters: {
			resource: 'invoice',
			operation: 'createPurchase',
			date: '2026-10-01',
			additionalFields: { dueDate: '2026-10-15', bankAccount: 'FI2112345600000785' },
			counterPartyName: 'Toimittaja',
			originalInvoiceNumber: '={{ $json.number }}',
			specifyRows: 'json',
			invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
		},
	},
	partner: {
		path: '/businesspartners',
		parameters: {
			resource: 'businessPartner',
			operation: 'upsert',
			matchBy: 'customerNumber',
			matchValue: '={{ $json.number }}',
			type: 'CUSTOMER',
			name: 'Kahvila',
		},
	},
	product: {
		path: '/products',
		parameters: {
			resource: 'product',
			operation: 'upsert',
			code: '={{ $json.number }}',
			name: 'Kuppi',
			type: 'SALES',
			additionalFields: { unit: 'PIECE', price: 3.5, vatPercent: 25.5 },
		},
	},
	person: {
		path: '/persons',
		parameters: {
			resource: 'person',
			operation: 'upsert',
			personNumber: '={{ $json.number }}',
			firstName: 'Maija',
			lastName: 'Virtanen',
			name: 'Maija Virtanen',
		},
	},
};
