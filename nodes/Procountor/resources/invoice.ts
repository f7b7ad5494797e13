import { create, download, get, list, resource, send, update, type FieldNote, type FieldWords } from '../operation/declare';

const invoiceId: FieldWords = { label: 'Invoice', pick: 'invoice' };
const comment: FieldNote = ['comment', { label: 'Comment', hint: 'Shown in the history of the invoice, at most 100 characters' }];
const reviewed = 'purchase invoice, travel invoice or expense claim';

const basics = ['id', 'type', 'status', 'invoiceNumber', 'originalInvoiceNumber', 'date'];

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
			['startDate', { label: 'Accrual Start', hint: 'First day of the period that the row belongs to' }],
			['endDate', { label: 'Accrual End', hint: 'Last day of the period that the row belongs to' }],
			'headerText',
			'explanationText',
		],
	},
];

const changeable: FieldNote[] = [
	['additionalInformation', { label: 'Additional Information', hint: 'Printed on the invoice' }],
	['counterParty.contactPersonName', { name: 'contactPerson', label: 'Contact Person' }],
	['counterParty.counterPartyAddress.city', { name: 'counterPartyCity', label: 'City' }],
	['counterParty.counterPartyAddress.country', { name: 'counterPartyCountry', label: 'Country', placeholder: 'e.g. Finland' }],
	['counterParty.counterPartyAddress.name', { name: 'counterPartyName', label: 'Customer or Supplier Name' }],
	['counterParty.counterPartyAddress.street', { name: 'counterPartyStreet', label: 'Street' }],
	['counterParty.counterPartyAddress.zip', { name: 'counterPartyZip', label: 'Zip Code' }],
	['counterParty.email', { name: 'counterPartyEmail', label: 'Email', placeholder: 'e.g. name@example.com' }],
	['date', { label: 'Invoice Date' }],
	['discountPercent', { label: 'Discount %' }],
	['invoiceChannel', { choices: { MAIL: 'Post', NO_SENDING: 'No Sending' } }],
	['language', { label: 'Language' }],
	['notes', { label: 'Notes', hint: 'Not printed on the invoice' }],
	['orderReference', { label: 'Order Reference' }],
	['originalInvoiceNumber', { label: 'Own Invoice Number' }],
	['paymentInfo.bankAccount.accountNumber', { name: 'bankAccount', label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
	['paymentInfo.bankReferenceCode', { label: 'Reference Number' }],
	['paymentInfo.dueDate', { label: 'Due Date' }],
	['penaltyPercent', { label: 'Penal Interest %' }],
	['vatStatus', { default: 1 }],
];

export const invoice = resource('invoice', 'Invoice', ['invoice', 'invoices'], {
	approve: send('PUT /invoices/{invoiceId}/approve', 'Approve', 'Approves a sales invoice that is unfinished, or a purchase, travel or expense invoice that has been verified', {
		fields: [],
		more: [comment],
		words: { invoiceId, updateInventory: { label: 'Update Inventory', hint: 'Whether the stock of the products is changed too' } },
	}),
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
		simple: [...basics, 'paymentInfo.dueDate', 'sum', 'ledgerReceiptId', 'version'],
	}),
	downloadImage: download('GET /invoices/{invoiceId}/image', 'Download Image', 'Fetches a page of the picture of an invoice', {
		action: 'Download image of invoice',
		words: { invoiceId, page: { label: 'Page', default: 1 }, format: { label: 'Format' } },
	}),
	get: get('GET /invoices/{invoiceId}', 'Reads one or more invoices with their rows', {
		words: { invoiceId: { label: 'Invoice ID', hint: 'One ID, or several separated by commas', placeholder: 'e.g. 12345' } },
		simple: [...basics, 'paymentInfo.dueDate', 'counterParty.counterPartyAddress.name', 'invoiceSumInfo', 'ledgerReceiptId'],
	}),
	getAll: list('GET /invoices', 'Searches invoices of every type', {
		details: 'GET /invoices/{invoiceId}',
		shows: {
			parameter: 'isOffer',
			label: 'Show',
			hint: 'Procountor leaves offers out of its list unless it is asked for them',
			choices: [
				{ name: 'Invoices and Orders', value: 'invoices', asks: [undefined] },
				{ name: 'Invoices, Orders and Offers', value: 'all', asks: [undefined, true] },
				{ name: 'Offers', value: 'offers', asks: [true] },
			],
		},
		simple: [...basics, 'dueDate', 'counterParty.counterPartyAddress.name', 'created', 'version'],
	}),
	getApprovals: list('GET /invoices/personalapprovals', 'Lists the invoices that wait for the approval of the credential\'s user', { name: 'Get Many to Approve', action: 'Get many invoices to approve', words: { types: { label: 'Invoice Type' } } }),
	getHistories: list('GET /invoices/transactions', 'Lists what has happened to several invoices, at most 200 at a time', { name: 'Get Many Histories', action: 'Get many histories of invoices', words: { invoiceIds: { label: 'Invoice IDs', placeholder: 'e.g. 12345, 12346' } } }),
	getHistory: list('GET /invoices/{invoiceId}/transactions', 'Lists what has happened to an invoice, when and by whom', { name: 'Get History', action: 'Get history of invoice', words: { invoiceId } }),
	getVerifications: list('GET /invoices/personalverifications', 'Lists the invoices that wait for the verification of the credential\'s user', { name: 'Get Many to Verify', action: 'Get many invoices to verify', words: { types: { label: 'Invoice Type' } } }),
	invalidate: send('PUT /invoices/{invoiceId}/invalidate', 'Invalidate', 'Makes an invoice void; its day must be in an open period', { words: { invoiceId } }),
	markAsUnfinished: send('PUT /invoices/{invoiceId}/unfinished', 'Mark as Unfinished', 'Takes an invoice back to unfinished, so that it can be changed', { action: 'Mark invoice as unfinished', words: { invoiceId } }),
	reject: send('PUT /invoices/{invoiceId}/reject', 'Reject', 'Refuses to pay a bill, or rejects a sales invoice; its day must be in an open period', { fields: [], more: [comment], words: { invoiceId } }),
	send: send('PUT /invoices/{invoiceId}/send', 'Send', 'Sends an approved sales invoice to the customer by its channel, or sends it again', { words: { invoiceId } }),
	sendToCirculation: send('PUT /invoices/{invoiceId}/sendToCirculation', 'Send to Circulation', `Sends an unfinished ${reviewed} round to those who verify and approve it`, { action: 'Send invoice to circulation', words: { invoiceId } }),
	setNotes: send('PUT /invoices/{invoiceId}/notes', 'Set Notes', 'Replaces the notes of an invoice, in any status', { action: 'Set notes of invoice', fields: [['notes', { label: 'Notes', hint: 'Not printed on the invoice' }]], words: { invoiceId } }),
	update: update('PUT /invoices/{invoiceId}', 'Changes an unfinished invoice; changed rows, VAT or currency can give it a new receipt', {
		more: [...changeable, ['invoiceRows', { label: 'Rows' }]],
		words: { invoiceId },
		simple: [...basics, 'paymentInfo.dueDate', 'invoiceSumInfo', 'ledgerReceiptId', 'version'],
	}),
	verify: send('PUT /invoices/{invoiceId}/verify', 'Verify', `Verifies a ${reviewed} that has been received`, { fields: [], more: [comment], words: { invoiceId } }),
});
