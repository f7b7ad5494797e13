/** The texts of a field in the editor. */
export interface Term {
	label?: string;
	description?: string;
	placeholder?: string;
}

/**
 * The labels and descriptions of the API's fields, in the terms of Procountor's user interface. An entry applies to all
 * operations with the field, unless their declaration differs. The label of a field without an entry is its name in title
 * case.
 */
export const terms: Record<string, Term> = {
	account: { label: 'Ledger Account' },
	arrival: { label: 'Return' },
	bankReferenceCode: { label: 'Reference Number' },
	bankReferenceCodeType: { label: 'Reference Number Type' },
	discountPercent: { label: 'Discount %' },
	dimensionItemValues: { label: 'Dimensions' },
	invoiceRows: { label: 'Rows' },
	mobilePhone: { label: 'Mobile Phone' },
	partnerId: { label: 'Business Partner' },
	businessPartnerId: { label: 'Business Partner' },
	penaltyPercent: { label: 'Penal Interest %' },
	productId: { label: 'Product' },
	socialSecurityNumber: { label: 'Personal Identity Code' },
	taxCode: { label: 'VAT Number' },
	unitPricesIncludeVat: { label: 'Prices Include VAT' },
	vatProcessing: { label: 'VAT Country' },
	active: { label: 'Active', description: 'Whether it is active' },
	accountNumber: { label: 'Account Number (IBAN)', placeholder: 'e.g. FI2112345600000785' },
	bic: { label: 'BIC', placeholder: 'e.g. NDEAFIHH' },
	comment: { label: 'Comment' },
	contactPerson: { label: 'Contact Person' },
	createdEndDate: { label: 'Created Until', description: 'Created at or before this time, in Finnish time' },
	createdStartDate: { label: 'Created From', description: 'Created at or after this time, in Finnish time' },
	customerNumber: { label: 'Customer Number' },
	currencyRate: {
		label: 'Exchange Rate',
		description: "Units of the invoice currency per unit of the company's currency; 1 for the same currency",
	},
	date: { label: 'Date' },
	defaultAccount: { label: 'Ledger Account', description: 'Account that the product is posted to' },
	defaultAdditionalInformation: { label: 'Additional Information', description: 'Text that new invoices begin with' },
	discount: { label: 'Discount %' },
	discountPercentage: { label: 'Discount %' },
	dueEndDate: { label: 'Due Until' },
	dueStartDate: { label: 'Due From' },
	einvoiceAddress: {
		label: 'E-Invoice Address',
		description: 'OVT identifier or IBAN that electronic invoices go to',
		placeholder: 'e.g. 003712345671',
	},
	einvoiceOperator: { label: 'E-Invoice Operator', description: 'EDI identifier or BIC of the operator' },
	email: { label: 'Email', placeholder: 'name@email.com' },
	endDate: { label: 'Date Until', description: 'Dated on or before this day' },
	startDate: { label: 'Date From', description: 'Dated on or after this day' },
	financingCompanyBankAccount: {
		label: 'Bank Account',
		description: 'Account of the financing company',
		placeholder: 'e.g. FI2112345600000785',
	},
	identifier: { label: 'Business ID', placeholder: 'e.g. 1234567-1' },
	identifierType: {
		label: 'Business ID Type',
		description: 'FI for a Finnish business ID, the code of the country for a VAT number',
	},
	invoiceChannel: { label: 'Invoice Channel', description: 'How the invoice is sent' },
	isOffer: {
		label: 'Offers Only',
		description: 'Whether to list offers in place of other sales orders; Procountor leaves offers out otherwise',
	},
	orderReference: { label: 'Order Reference' },
	originalInvoiceNumber: { label: 'Own Invoice Number', description: 'Number from another system' },
	paymentTermDays: { label: 'Payment Term (Days)' },
	penalInterestRate: { label: 'Penal Interest %' },
	personNumber: { label: 'Person Number' },
	productGroupId: { label: 'Product Group' },
	searchTerm: { label: 'Search Term', description: 'Text to search for in names and numbers' },
	specifier: { label: 'Address Specifier', description: 'Address line between name and street, such as a department' },
	types: { label: 'Types', description: 'Leave empty for all types' },
	status: { label: 'Status', description: 'All when empty' },
	vat: { label: 'VAT %' },
	versionEndDate: {
		label: 'Changed Until',
		description: 'Last changed at or before this time, in Finnish time',
	},
	versionStartDate: {
		label: 'Changed From',
		description: 'Last changed at or after this time, in Finnish time',
	},
	vatPercent: { label: 'VAT %' },
	webAddress: { label: 'Website' },
	zip: { label: 'Zip Code' },
	vatStatus: {
		label: 'VAT Status',
		description: '1 domestic, 12 no VAT, 22 services to the EU',
	},
};

const ABBREVIATIONS: Record<string, string> = {
	id: 'ID',
	ids: 'IDs',
	vat: 'VAT',
	url: 'URL',
	bic: 'BIC',
	iban: 'IBAN',
	uuid: 'UUID',
	sie: 'SIE',
	ovt: 'OVT',
	ssn: 'SSN',
	edi: 'EDI',
	bcc: 'BCC',
	api: 'API',
	einvoice: 'E-Invoice',
	assn: 'ASSN',
	edifact: 'EDIFACT',
	eur: 'EUR',
	hetu: 'HETU',
	hmac: 'HMAC',
	jpeg: 'JPEG',
	jpg: 'JPG',
	kid: 'KID',
	nets: 'NETS',
	ocr: 'OCR',
	png: 'PNG',
	yhd: 'YHD',
	// The API writes these as one word.
	bankstatementevent: 'Bank Statement Event',
	directbankdatatransfer: 'Direct Bank Data Transfer',
	esalary: 'E-Salary',
	invoicedraft: 'Invoice Draft',
	ledgerreceipt: 'Ledger Receipt',
	paymentevents: 'Payment Events',
};
const SMALL = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/** A name in words, in title case: `bankReferenceCode` or `SALES_INVOICE` give `Bank Reference Code` and `Sales Invoice`. */
export function titleOf(name: string): string {
	// Codes of countries stay as they are.
	if (/^[A-Z]{2}$/.test(name)) return name;
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.split(/[\s_-]+/)
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
	return words
		.map(
			(word, index) =>
				(Object.hasOwn(ABBREVIATIONS, word) ? ABBREVIATIONS[word] : undefined) ??
				(index > 0 && index < words.length - 1 && SMALL.has(word) ? word : word[0].toUpperCase() + word.slice(1)),
		)
		.join(' ');
}
