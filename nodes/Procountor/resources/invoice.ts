import { create, get, list, resource, type FieldNote } from '../operation/declare';

const rows: FieldNote = [
	'invoiceRows',
	{
		label: 'Rows',
		columns: [
			['product', { label: 'Product', hint: 'Name as it is printed on the invoice' }],
			['productId', { label: 'Product ID', hint: 'Product in the register' }],
			['productCode', { label: 'Product Code' }],
			['quantity', { label: 'Quantity', default: 1 }],
			['unit', { label: 'Unit', default: 'PIECE', hint: 'One of Procountor\'s units, such as PIECE, HOUR or KILOGRAM' }],
			['unitPrice', { label: 'Unit Price' }],
			['discountPercent', { label: 'Discount %' }],
			['vatPercent', { label: 'VAT %', default: 25.5 }],
			'vatStatus',
			['comment', { label: 'Comment' }],
			['startDate', { label: 'Accrual Start' , hint: 'First day of the period that the row belongs to' }],
			['endDate', { label: 'Accrual End', hint: 'Last day of the period that the row belongs to' }],
			'headerText',
			'explanationText',
		],
	},
];

export const invoice = resource('invoice', 'Invoice', ['invoice', 'invoices'], {
	create: create('POST /invoices', 'Saves a new invoice as unfinished', {
		fields: [
			['type', { label: 'Invoice Type', choices: { BILL_OF_CHARGES: 'Expense Claim' }, default: 'SALES_INVOICE' }],
			['counterParty.counterPartyAddress.name', { name: 'counterPartyName', label: 'Customer or Supplier Name' }],
			['date', { label: 'Invoice Date' }],
			['paymentInfo.dueDate', { label: 'Due Date' }],
			['paymentInfo.paymentMethod', { label: 'Payment Method', default: 'BANK_TRANSFER' }],
			['paymentInfo.bankAccount.accountNumber', { name: 'bankAccount', label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
			['paymentInfo.currency', { label: 'Currency', default: 'EUR' }],
			['paymentInfo.currencyRate', { label: 'Exchange Rate', default: 1 }],
			['vatStatus', { default: 1 }],
			['invoiceChannel', { default: 'NO_SENDING', choices: { MAIL: 'Post', NO_SENDING: 'No Sending' } }],
			['discountPercent', { label: 'Discount %' }],
			['extraInfo.accountingByRow', { label: 'Accounting by Row', hint: 'Whether each row is posted by itself' }],
			['extraInfo.unitPricesIncludeVat', { label: 'Prices Include VAT', hint: 'Whether the unit prices include VAT' }],
			rows,
		],
		more: [
			['additionalInformation', { label: 'Additional Information' }],
			['counterParty.email', { name: 'counterPartyEmail', label: 'Email', placeholder: 'e.g. name@example.com' }],
			['language', { label: 'Language' }],
			['notes', { label: 'Notes' }],
			['orderReference', { label: 'Order Reference' }],
			['originalInvoiceNumber', { label: 'Own Invoice Number' }],
			['partnerId', { label: 'Business Partner', hint: 'Register entry that the invoice belongs to; it cannot be changed later' }],
			['paymentInfo.bankReferenceCode', { label: 'Reference Number' }],
			['penaltyPercent', { label: 'Penal Interest %' }],
		],
		words: { addCollectionPenalCosts: { label: 'Add Collection Costs', hint: 'Whether to add unpaid collection and penal costs to the invoice' } },
		simple: ['id', 'type', 'status', 'invoiceNumber', 'originalInvoiceNumber', 'date', 'paymentInfo.dueDate', 'sum', 'ledgerReceiptId', 'version'],
	}),
	get: get('GET /invoices/{invoiceId}', 'Reads one or more invoices with their rows', {
		words: { invoiceId: { label: 'Invoice ID', hint: 'One ID, or several separated by commas', placeholder: 'e.g. 12345' } },
		simple: ['id', 'type', 'status', 'invoiceNumber', 'originalInvoiceNumber', 'date', 'paymentInfo.dueDate', 'counterParty.counterPartyAddress.name', 'sum', 'ledgerReceiptId'],
	}),
	getAll: list('GET /invoices', 'Searches invoices of every type', {
		details: 'GET /invoices/{invoiceId}',
		simple: ['id', 'type', 'status', 'invoiceNumber', 'originalInvoiceNumber', 'date', 'dueDate', 'counterParty.counterPartyAddress.name', 'created', 'version'],
	}),
});
