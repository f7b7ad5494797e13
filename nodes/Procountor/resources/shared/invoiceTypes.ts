/** The types of invoices that the node creates. */
export type InvoiceType =
	'SALES_INVOICE' | 'SALES_ORDER' | 'PURCHASE_INVOICE' | 'PURCHASE_ORDER' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES';

/** Whether an invoice or order goes to a customer. */
export const isSales = (type: string): boolean => type.startsWith('SALES');

/** Whether an invoice is an employee's. */
export const isOfPerson = (type: string): boolean => type === 'TRAVEL_INVOICE' || type === 'BILL_OF_CHARGES';

export const isOrder = (type: string): boolean => type.endsWith('_ORDER');

/** Returns the label of an invoice's counterparty. */
export function counterpartyLabel(type: string): 'Customer' | 'Supplier' | 'Person' {
	return isSales(type) ? 'Customer' : isOfPerson(type) ? 'Person' : 'Supplier';
}

/** The names of invoice types in messages. */
export const nameOfType: Readonly<Record<InvoiceType, string>> = {
	SALES_INVOICE: 'sales invoice',
	SALES_ORDER: 'sales order',
	PURCHASE_INVOICE: 'purchase invoice',
	PURCHASE_ORDER: 'purchase order',
	TRAVEL_INVOICE: 'travel invoice',
	BILL_OF_CHARGES: 'expense claim',
};
