/** Calls that an operation that creates an invoice can make, besides the create itself. */
export const callsOfCreate = [
	'GET /invoices',
	'GET /invoices/{invoiceId}',
	'GET /invoices/{invoiceId}/transactions',
	'GET /ledgerreceipts/{receiptId}',
	'PUT /ledgerreceipts/{receiptId}',
	'PUT /invoices/{invoiceId}/approve',
	'PUT /invoices/{invoiceId}/send',
	'PUT /invoices/{invoiceId}/sendToCirculation',
	'POST /attachments',
	'GET /sessioninfo',
	'GET /businesspartners/{id}',
	'GET /businesspartners/{id}/defaults/accounts',
	'GET /persons',
	'GET /persons/{id}',
	'GET /products',
	'GET /products/{productId}',
	'GET /coa',
	'GET /dimensions',
	'GET /bankaccounts',
	'GET /company/usagesettings',
	'GET /company/expenses/collectionpenal/settings',
	'GET /company/invoicecirculation/verifierlists/{id}',
	'GET /currencies/company',
	'GET /currencies/exchangerate',
	'GET /vats/default',
	'GET /vats/settings',
	'GET /fiscalyears',
] as const;

/** Further calls of an operation that also writes the customer and the products to their registers. */
export const callsOfEntries = [
	'GET /businesspartners',
	'POST /businesspartners',
	'PUT /businesspartners/{id}',
	'POST /products',
	'PUT /products/{productId}',
] as const;
