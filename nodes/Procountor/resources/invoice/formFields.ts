import type { FieldOptions, FieldSpec } from '../../engine/declare';

/** The invoice that an operation is about. */
export const invoiceId: FieldOptions = { label: 'Invoice', listSearch: 'invoice' };

export const pricesIncludeVat = (byDefault = false): FieldSpec => [
	'extraInfo.unitPricesIncludeVat',
	{
		description: 'Whether the unit prices include VAT',
		default: byDefault,
		required: false,
	},
];

export const address: FieldSpec[] = [
	['counterParty.counterPartyAddress.specifier', { name: 'counterPartySpecifier' }],
	['counterParty.counterPartyAddress.street', { name: 'counterPartyStreet', label: 'Street' }],
	['counterParty.counterPartyAddress.zip', { name: 'counterPartyZip' }],
	['counterParty.counterPartyAddress.city', { name: 'counterPartyCity', label: 'City' }],
	[
		'counterParty.counterPartyAddress.country',
		{
			name: 'counterPartyCountry',
			label: 'Country',
			description: "A name, a code such as SE, or Procountor's own value",
		},
	],
];

export const common: FieldSpec[] = [
	['additionalInformation', { label: 'Additional Information', description: 'Printed on the invoice' }],
	'discountPercent',
	[
		'extraInfo.accountingByRow',
		{
			label: 'Accounting by Row',
			description: 'Whether each row is posted by itself; when empty, it depends on what the rows need',
		},
	],
	['notes', { label: 'Notes', description: 'Not printed on the invoice' }],
	[
		'paymentInfo.bankAccount.accountNumber',
		{
			name: 'bankAccount',
			label: 'Bank Account (IBAN)',
			placeholder: 'e.g. FI2112345600000785',
			description: "When empty, the company's default account for sales, otherwise the register's",
		},
	],
	['paymentInfo.currency', { label: 'Currency', description: "The register's or the company's when empty" }],
	['paymentInfo.currencyRate', { default: 1 }],
	['paymentInfo.dueDate', { label: 'Due Date', description: 'From the payment term when empty' }],
	['paymentInfo.paymentMethod', { label: 'Payment Method', default: 'BANK_TRANSFER' }],
];

/** The reference number of sales invoices, orders and bills: a field below the choice. */
export const givenReference: FieldSpec = [
	'paymentInfo.bankReferenceCode',
	{
		label: 'Reference Number (Given)',
		required: false,
		displayOptions: { show: { reference: ['given'] } },
	},
];

/** The reference number of claims, among the optional fields. */
export const referenceOfClaim: FieldSpec = ['paymentInfo.bankReferenceCode', { label: 'Reference Number (Given)' }];

export const business: FieldSpec[] = [
	['counterParty.customerNumber', { refuseEmptyExpression: 'parts' }],
	'counterParty.identifier',
	['counterParty.taxCode', { placeholder: 'e.g. FI12345671' }],
	['deliveryEndDate', { label: 'Delivery End' }],
	['deliveryStartDate', { label: 'Delivery Start' }],
	'orderReference',
	['vatCountry', { label: 'VAT Country', description: 'For foreign VAT, where the company uses it' }],
];

export const sending: FieldSpec[] = [
	['counterParty.contactPersonName', { label: 'Contact Person' }],
	[
		'counterParty.einvoiceAddress.address',
		{ name: 'einvoiceAddress', label: 'E-Invoice Address', placeholder: 'e.g. 003712345671' },
	],
	['counterParty.einvoiceAddress.operator', { name: 'einvoiceOperator', label: 'E-Invoice Operator' }],
	['counterParty.email', { name: 'counterPartyEmail', placeholder: 'e.g. name@example.com' }],
	[
		'invoiceChannel',
		{
			choices: { MAIL: 'Post', NO_SENDING: 'No Sending' },
			default: 'NO_SENDING',
			description: "The register's when empty, or the company's if the invoice has what it needs",
		},
	],
	['invoiceTemplateId', { label: 'Invoice Template', listSearch: 'invoiceTemplate' }],
	['language', { label: 'Language', default: 'FINNISH', description: "The register's or the country's when empty" }],
	['paymentInfo.bankReferenceCodeType', { default: 'FI' }],
	'penaltyPercent',
];

export const travel: FieldSpec = [
	'travelInformationItems',
	{
		label: 'Travel',
		description: 'Where and when the person traveled',
		required: false,
		columns: [
			['departure', { label: 'Departure' }],
			['arrival', {}],
			['places', { label: 'Destinations' }],
			['purpose', { label: 'Purpose' }],
		],
	},
];

export const person: FieldSpec = [
	'partnerId',
	{
		label: 'Person',
		listSearch: 'person',
		description: 'Person who makes the claim; or enter the person number',
		required: false,
	},
];
