import { schemaNamed, type Schema } from '../../api/contract';
import type { FieldNote, FieldWords, Setting } from '../../engine/declare';

const TEXT: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const YES_OR_NO: Schema = { type: 'boolean' };
const optional = true;

/** A setting that is one of some values, with a name each. */
function choice(name: string, choices: Record<string, string>, words: FieldWords & { optional?: boolean }): Setting {
	return [
		name,
		{ type: 'string', enum: Object.keys(choices) },
		{ choices, default: Object.keys(choices)[0], ...words },
	];
}

/** Properties of the API's row that are taken as they are. */
const TAKEN = ['product', 'productCode', 'unit', 'comment', 'startDate', 'endDate', 'headerText', 'explanationText'];
const texts = Object.fromEntries(
	Object.entries(schemaNamed('InvoiceRow').properties ?? {}).filter(([name]) => TAKEN.includes(name)),
);

/** A row as people give it: the API's fields, numbers in any usual writing, and what the API keeps elsewhere. */
const rowSchema: Schema = {
	type: 'object',
	properties: {
		...texts,
		productId: TEXT,
		quantity: TEXT,
		unitPrice: TEXT,
		discountPercent: TEXT,
		vatPercent: TEXT,
		vatStatus: TEXT,
		account: TEXT,
		header: { type: 'string', minLength: 1, maxLength: 512 },
		dimensions: {
			type: 'array',
			items: { type: 'object', properties: { dimensionId: TEXT, itemId: TEXT, percent: TEXT, amount: TEXT } },
		},
	},
};

const dimensions: FieldNote = [
	'dimensions',
	{
		label: 'Dimension',
		hint: 'By share or by amount; one item alone takes the whole row',
		columns: [
			['dimensionId', { label: 'Dimension', pick: 'dimension', hint: 'By ID or name' }],
			['itemId', { label: 'Item', pick: 'dimensionItem', hint: 'By ID or name' }],
			['percent', { label: 'Share %' }],
			['amount', { label: 'Amount', hint: 'Without VAT, in the currency of the books' }],
		],
	},
];

/** The rows of an invoice that is to be created, as a table or from a list. */
export const rows: Setting = [
	'invoiceRows',
	{ type: 'array', items: rowSchema },
	{
		label: 'Rows',
		columns: [
			[
				'productId',
				{
					label: 'Product',
					pick: 'product',
					hint: 'From the register: name, unit, price and VAT follow where they are not given',
				},
			],
			['product', { label: 'Product Name', hint: 'As it is printed on the invoice' }],
			['quantity', { label: 'Quantity', placeholder: '1', hint: '1 when empty' }],
			['unitPrice', { label: 'Unit Price' }],
			[
				'vatPercent',
				{ label: 'VAT %', hint: "The product's or the partner's when empty; 0 where the VAT status has none" },
			],
		],
		folded: [
			'VAT Status, Account and More',
			[
				[
					'productCode',
					{ label: 'Product Code', hint: 'Finds the product in the register where neither product nor name is given' },
				],
				['unit', { label: 'Unit', hint: "The product's, or pieces, when empty" }],
				['discountPercent', { label: 'Discount %' }],
				['vatStatus', { label: 'VAT Status', pick: 'vatStatus', hint: "Where it is not the invoice's" }],
				['comment', { label: 'Comment' }],
				[
					'account',
					{
						label: 'Ledger Account',
						pick: 'ledgerAccount',
						hint: "Account that the row is posted to; Procountor's own choice when empty",
					},
				],
				dimensions,
				['startDate', { label: 'Accrual Start', hint: 'First day of the period that the row belongs to' }],
				['endDate', { label: 'Accrual End', hint: 'Last day of the period that the row belongs to' }],
				['headerText', { label: 'Text Above', hint: 'Sales only' }],
				['explanationText', { label: 'Text Below', hint: 'Sales only' }],
				['header', { label: 'Heading', hint: 'In place of a product: a row of zero with this text as its comment' }],
			],
		],
	},
];

/** What happens when the number is there already, and how a create of unknown outcome is settled. */
const IF_EXISTS = { return: 'Return the Existing One', stop: 'Stop with an Error', create: 'Create Anyway' };
const ifKnown = choice('ifExists', IF_EXISTS, {
	label: 'If It Already Exists',
	hint: 'A journal is known by name, date and sum together',
});
const vatStatusOfJournal: Setting = [
	'vatStatus',
	TEXT,
	{ label: 'VAT Status', pick: 'vatStatus', optional, hint: 'Domestic when left out' },
];
const ifExists = choice('ifExists', IF_EXISTS, {
	label: 'If It Already Exists',
	hint: 'Known by type, partner and own number together. What an earlier run left undone on it is done then.',
});

export const lookUp: Setting = [
	'lookUp',
	{ type: 'number', minimum: 0, maximum: 600 },
	{
		label: 'Look-Up Time (Seconds)',
		default: 30,
		optional,
		hint: 'How long a record of unknown outcome is looked for after a failed connection',
	},
];

export const order = choice(
	'order',
	{ inTurn: 'One After the Other', together: 'Several at a Time' },
	{ label: 'Order', optional, hint: "One after the other, Procountor's numbers follow the items" },
);

export const letters = choice(
	'letters',
	{ refuse: 'Refuse', nearest: 'Replace by the Nearest' },
	{ label: 'Letters Procountor Lacks', optional, hint: 'What happens to emoji, Cyrillic and the like' },
);

export const closedPeriod = choice(
	'closedPeriod',
	{ stop: 'Stop with an Error', move: 'Move to the First Open Day' },
	{ label: 'Closed Period', optional, hint: 'What happens when the date is in one' },
);

const files: Setting[] = [
	[
		'files',
		TEXT,
		{
			label: 'Files From Fields',
			optional,
			placeholder: 'e.g. data, receipt',
			hint: 'Binary fields whose files are attached, separated by commas',
		},
	],
	[
		'sendFiles',
		YES_OR_NO,
		{ label: 'Send Files with Invoice', optional, hint: 'Whether the receiver gets the files too' },
	],
];

const vatStatus: Setting = [
	'vatStatus',
	TEXT,
	{ label: 'VAT Status', pick: 'vatStatus', optional, hint: "The partner's default, or domestic, when left out" },
];
const termDays: Setting = [
	'termDays',
	NUMBER,
	{ label: 'Payment Term (Days)', default: 14, optional, hint: 'Gives the due date where that is left out' },
];

const reference = choice(
	'reference',
	{ procountor: 'Made by Procountor', given: 'Given Below', none: 'None' },
	{ label: 'Reference Number', hint: 'Given ones stand under Additional Fields and are checked' },
);
const referenceOfBill = choice(
	'reference',
	{ none: 'None', given: 'Given Below' },
	{ label: 'Reference Number', hint: 'Given ones stand under Additional Fields and are checked' },
);

const circulation: Setting[] = [
	choice(
		'circulation',
		{ default: 'By Default', none: 'Nobody', chosen: 'Chosen' },
		{ label: 'Verifiers and Acceptors', optional, hint: 'Who verifies and approves it' },
	),
	[
		'verifiers',
		TEXT,
		{
			label: 'Verifier User IDs',
			optional,
			placeholder: 'e.g. 1001, 1002',
			hint: 'For chosen verifiers and acceptors',
		},
	],
	[
		'acceptors',
		TEXT,
		{
			label: 'Acceptor User IDs',
			optional,
			placeholder: 'e.g. 1001, 1002',
			hint: 'For chosen verifiers and acceptors',
		},
	],
	[
		'verifierListId',
		TEXT,
		{ label: 'Verifier List', pick: 'verifierList', optional, hint: 'In place of single users' },
	],
];

const safety: Setting[] = [lookUp, order, letters, closedPeriod];
const afterSale = choice(
	'after',
	{ unfinished: 'Leave Unfinished', approve: 'Approve', send: 'Approve and Send' },
	{ label: 'After Creating' },
);
const afterBill = choice(
	'after',
	{ unfinished: 'Leave Unfinished', circulate: 'Send to Circulation' },
	{ label: 'After Creating' },
);

const name = (label: string): FieldNote => [
	'counterParty.counterPartyAddress.name',
	{
		name: 'counterPartyName',
		label: `${label} Name`,
		placeholder: 'When not in the register',
		hint: `Without a register entry; with one, it stands on this ${label === 'Person' ? 'claim' : 'invoice'} in place of the register's`,
		required: false,
	},
];
const number = (label: string, hint?: string): FieldNote => [
	'originalInvoiceNumber',
	{ label, required: false, ...(hint ? { hint } : {}) },
];
const date: FieldNote = [
	'date',
	{ label: 'Invoice Date', placeholder: 'Today', hint: 'Today when empty', required: false },
];
const pricesIncludeVat = (byDefault = false): FieldNote => [
	'extraInfo.unitPricesIncludeVat',
	{ label: 'Prices Include VAT', hint: 'Whether the unit prices include VAT', default: byDefault, required: false },
];

const address: FieldNote[] = [
	['counterParty.counterPartyAddress.specifier', { name: 'counterPartySpecifier', label: 'Address Specifier' }],
	['counterParty.counterPartyAddress.street', { name: 'counterPartyStreet', label: 'Street' }],
	['counterParty.counterPartyAddress.zip', { name: 'counterPartyZip', label: 'Zip Code' }],
	['counterParty.counterPartyAddress.city', { name: 'counterPartyCity', label: 'City' }],
	[
		'counterParty.counterPartyAddress.country',
		{ name: 'counterPartyCountry', label: 'Country', hint: "A name, a code such as SE, or Procountor's own value" },
	],
];

const common: FieldNote[] = [
	['additionalInformation', { label: 'Additional Information', hint: 'Printed on the invoice' }],
	['discountPercent', { label: 'Discount %' }],
	[
		'extraInfo.accountingByRow',
		{
			label: 'Accounting by Row',
			hint: 'Whether each row is posted by itself; chosen by what the rows need when left out',
		},
	],
	['notes', { label: 'Notes', hint: 'Not printed on the invoice' }],
	[
		'paymentInfo.bankAccount.accountNumber',
		{
			name: 'bankAccount',
			label: 'Bank Account (IBAN)',
			placeholder: 'e.g. FI2112345600000785',
			hint: "The company's default account for sales, the register's otherwise, when left out",
		},
	],
	['paymentInfo.bankReferenceCode', { label: 'Reference Number (Given)' }],
	['paymentInfo.currency', { label: 'Currency', hint: "The register's or the company's when left out" }],
	['paymentInfo.currencyRate', { label: 'Exchange Rate', default: 1 }],
	['paymentInfo.dueDate', { label: 'Due Date', hint: 'By the term of payment when left out' }],
	['paymentInfo.paymentMethod', { label: 'Payment Method', default: 'BANK_TRANSFER' }],
];

const business: FieldNote[] = [
	['counterParty.customerNumber', { label: 'Customer Number' }],
	['counterParty.identifier', { label: 'Business ID' }],
	['counterParty.taxCode', { label: 'VAT Number', placeholder: 'e.g. FI12345671' }],
	['deliveryEndDate', { label: 'Delivery End' }],
	['deliveryStartDate', { label: 'Delivery Start' }],
	['orderReference', { label: 'Order Reference' }],
	['vatCountry', { label: 'VAT Country', hint: 'For foreign VAT, where the company uses it' }],
];

const sending: FieldNote[] = [
	['counterParty.contactPersonName', { label: 'Contact Person' }],
	[
		'counterParty.einvoiceAddress.address',
		{ name: 'einvoiceAddress', label: 'E-Invoice Address', placeholder: 'e.g. 003712345671' },
	],
	['counterParty.einvoiceAddress.operator', { name: 'einvoiceOperator', label: 'E-Invoice Operator' }],
	['counterParty.email', { name: 'counterPartyEmail', label: 'Email', placeholder: 'e.g. name@example.com' }],
	[
		'invoiceChannel',
		{
			choices: { MAIL: 'Post', NO_SENDING: 'No Sending' },
			default: 'NO_SENDING',
			hint: "The register's, or the company's where the invoice has what it needs, when left out",
		},
	],
	['invoiceTemplateId', { label: 'Invoice Template', pick: 'invoiceTemplate' }],
	['language', { label: 'Language', default: 'FINNISH', hint: "The register's or the country's when left out" }],
	['paymentInfo.bankReferenceCodeType', { label: 'Reference Number Type', default: 'FI' }],
	['penaltyPercent', { label: 'Penal Interest %' }],
];

const travel: FieldNote = [
	'travelInformationItems',
	{
		label: 'Travel',
		hint: 'Where the person went, and when',
		required: false,
		columns: [
			['departure', { label: 'Departure' }],
			['arrival', { label: 'Return' }],
			['places', { label: 'Destinations' }],
			['purpose', { label: 'Purpose' }],
		],
	},
];

const person: FieldNote = [
	'partnerId',
	{ label: 'Person', pick: 'person', hint: 'Whose claim it is; or give the person number', required: false },
];
const personNumber: Setting = [
	'personNumber',
	TEXT,
	{ label: 'Person Number', optional, hint: 'Finds the person where none is chosen' },
];

/** The fields of each operation that creates an invoice. */
export const forms = {
	sales: {
		fields: [
			[
				'partnerId',
				{
					label: 'Customer',
					pick: 'customer',
					hint: 'From the register; or give a name and an address',
					required: false,
				},
			],
			name('Customer'),
			date,
			number('Own Invoice Number', 'Number of the order or invoice in your system; it makes the create safe to repeat'),
			pricesIncludeVat(),
		] as FieldNote[],
		settings: [
			ifExists,
			reference,
			afterSale,
			rows,
			vatStatus,
			termDays,
			[
				'updateInventory',
				YES_OR_NO,
				{ label: 'Update Inventory', optional, hint: 'Whether approving changes the stock of the products too' },
			],
			...files,
			...safety,
		] as Setting[],
		more: [...address, ...common, ...business, ...sending],
	},
	order: {
		fields: [
			[
				'partnerId',
				{
					label: 'Customer or Supplier',
					pick: 'businessPartner',
					hint: 'From the register; or give a name and an address',
					required: false,
				},
			],
			name('Partner'),
			date,
			number('Own Order Number', 'Number of the order in your system; it makes the create safe to repeat'),
			pricesIncludeVat(),
		] as FieldNote[],
		settings: [
			choice(
				'orderType',
				{ SALES_ORDER: 'Sales Order', OFFER: 'Offer', PURCHASE_ORDER: 'Purchase Order' },
				{ label: 'Order Type' },
			),
			ifExists,
			reference,
			rows,
			vatStatus,
			termDays,
			...files,
			...safety,
		] as Setting[],
		more: [...address, ...common, ...business, ...sending],
	},
	purchase: {
		fields: [
			[
				'partnerId',
				{
					label: 'Supplier',
					pick: 'supplier',
					hint: 'From the register; or give a name and an address',
					required: false,
				},
			],
			name('Supplier'),
			date,
			number("Supplier's Invoice Number", 'It makes the create safe to repeat'),
			pricesIncludeVat(),
		] as FieldNote[],
		settings: [
			ifExists,
			referenceOfBill,
			afterBill,
			rows,
			vatStatus,
			termDays,
			...circulation,
			...files,
			...safety,
		] as Setting[],
		more: [...address, ...common, ...business],
	},
	travel: {
		fields: [
			person,
			date,
			number('Own Number', 'Number of the claim in your system; it makes the create safe to repeat'),
			travel,
		],
		settings: [
			ifExists,
			afterBill,
			rows,
			personNumber,
			vatStatus,
			termDays,
			...circulation,
			...files,
			...safety,
		] as Setting[],
		more: [name('Person'), ...address, ...common],
	},
	expense: {
		fields: [
			person,
			date,
			number('Own Number', 'Number of the claim in your system; it makes the create safe to repeat'),
			pricesIncludeVat(true),
		],
		settings: [
			ifExists,
			afterBill,
			rows,
			personNumber,
			vatStatus,
			termDays,
			...circulation,
			...files,
			...safety,
		] as Setting[],
		more: [name('Person'), ...address, ...common],
	},
};

/** What crediting an invoice asks for besides the invoice and the day. */
export const creditSettings: Setting[] = [
	choice(
		'after',
		{ approve: 'Approve', send: 'Approve and Send', unfinished: 'Leave Unfinished' },
		{ label: 'After Creating' },
	),
	['setOff', YES_OR_NO, { label: 'Set Off', hint: 'Whether to mark the invoice and its credit as paid by each other' }],
	[
		'number',
		{ type: 'string', maxLength: 40 },
		{
			label: 'Own Invoice Number',
			optional,
			hint: 'Number of the credit in your system; without it the credit is known by a line in its notes',
		},
	],
	choice('ifExists', IF_EXISTS, { label: 'If It Already Exists', optional }),
	choice('reference', { procountor: 'Made by Procountor', none: 'None' }, { label: 'Reference Number', optional }),
	['notes', { type: 'string', maxLength: 9000 }, { label: 'Notes', optional, hint: 'Not printed on the invoice' }],
	[
		'text',
		{ type: 'string', maxLength: 10000 },
		{ label: 'Additional Information', optional, hint: "Printed on the credit in place of the invoice's" },
	],
	lookUp,
	closedPeriod,
];

const transactionSchema: Schema = {
	type: 'object',
	properties: {
		...Object.fromEntries(
			Object.entries(schemaNamed('Transaction').properties ?? {}).filter(([name]) =>
				['transactionType', 'vatType', 'description', 'startDate', 'endDate'].includes(name),
			),
		),
		account: TEXT,
		accountingValue: TEXT,
		vatPercent: TEXT,
		vatStatus: TEXT,
		dimensions: (rowSchema.properties as Record<string, Schema>).dimensions,
	},
};

/** What a journal asks for besides its own fields. */
export const journalSettings: Setting[] = [
	ifKnown,
	choice('after', { unfinished: 'Leave Unfinished', approve: 'Approve' }, { label: 'After Creating' }),
	[
		'transactions',
		{ type: 'array', items: transactionSchema },
		{
			label: 'Transactions',
			columns: [
				['account', { label: 'Ledger Account', pick: 'ledgerAccount' }],
				[
					'accountingValue',
					{ label: 'Amount', hint: 'Debit positive, credit negative; net of VAT unless chosen otherwise' },
				],
				['vatPercent', { label: 'VAT %', hint: '0 when empty' }],
				['description', { label: 'Description' }],
			],
			folded: [
				'VAT Status, Dimension and More',
				[
					['vatStatus', { label: 'VAT Status', pick: 'vatStatus', hint: "Where it is not the journal's" }],
					['vatType', { label: 'VAT Type' }],
					dimensions,
					['startDate', { label: 'Accrual Start' }],
					['endDate', { label: 'Accrual End' }],
					['transactionType', { label: 'Type', default: 'ENTRY' }],
				],
			],
		},
	],
	[
		'amountsIncludeVat',
		YES_OR_NO,
		{
			label: 'Amounts Include VAT',
			optional,
			hint: 'Whether the amounts are with VAT, as a cash register reports them',
		},
	],
	vatStatusOfJournal,
	[
		'files',
		TEXT,
		{
			label: 'Files From Fields',
			optional,
			placeholder: 'e.g. data, receipt',
			hint: 'Binary fields whose files are attached, separated by commas',
		},
	],
	...safety,
];
