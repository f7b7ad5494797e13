/** What people read about a field. */
export interface Term {
	label?: string;
	hint?: string;
	placeholder?: string;
}

/**
 * The words of the editor: what a field of the API is called in Procountor's user interface, and what it means. One
 * entry serves every operation that has the field; a declaration can say it otherwise. Without an entry a field is
 * called by its own name in title case.
 */
export const terms: Record<string, Term> = {
	account: { label: 'Ledger Account' },
	bankReferenceCode: { label: 'Reference Number' },
	bankReferenceCodeType: { label: 'Reference Number Type' },
	discountPercent: { label: 'Discount %' },
	dimensionItemValues: { label: 'Dimensions' },
	invoiceRows: { label: 'Rows' },
	mobilePhone: { label: 'Mobile Phone' },
	partnerId: { label: 'Business Partner' },
	penaltyPercent: { label: 'Penal Interest %' },
	productId: { label: 'Product' },
	socialSecurityNumber: { label: 'Personal Identity Code' },
	taxCode: { label: 'VAT Number' },
	unitPricesIncludeVat: { label: 'Prices Include VAT' },
	vatProcessing: { label: 'VAT Country' },
	active: { label: 'Active', hint: 'Whether it is in use' },
	accountNumber: { label: 'Account Number (IBAN)', placeholder: 'e.g. FI2112345600000785' },
	bic: { label: 'BIC', placeholder: 'e.g. NDEAFIHH' },
	comment: { label: 'Comment' },
	contactPerson: { label: 'Contact Person' },
	createdEndDate: { label: 'Created Until', hint: 'Only what was saved up to this moment, in Finnish time' },
	createdStartDate: { label: 'Created From', hint: 'Only what was saved from this moment on, in Finnish time' },
	customerNumber: { label: 'Customer Number' },
	currencyRate: {
		label: 'Exchange Rate',
		hint: "How much of the currency one unit of the company's own is worth; 1 for the same currency",
	},
	date: { label: 'Date' },
	defaultAccount: { label: 'Ledger Account', hint: 'Account that the product is posted to' },
	defaultAdditionalInformation: { label: 'Additional Information', hint: 'Text that new invoices begin with' },
	discount: { label: 'Discount %' },
	discountPercentage: { label: 'Discount %' },
	dueEndDate: { label: 'Due Until' },
	dueStartDate: { label: 'Due From' },
	einvoiceAddress: {
		label: 'E-Invoice Address',
		hint: 'OVT identifier or IBAN that electronic invoices go to',
		placeholder: 'e.g. 003712345671',
	},
	einvoiceOperator: { label: 'E-Invoice Operator', hint: 'EDI identifier or BIC of the operator' },
	email: { label: 'Email', placeholder: 'name@email.com' },
	endDate: { label: 'Date Until', hint: 'Only what is dated up to this day' },
	startDate: { label: 'Date From', hint: 'Only what is dated from this day on' },
	financingCompanyBankAccount: {
		label: 'Bank Account',
		hint: 'Account of the financing company',
		placeholder: 'e.g. FI2112345600000785',
	},
	identifier: { label: 'Business ID', placeholder: 'e.g. 1234567-1' },
	identifierType: {
		label: 'Business ID Type',
		hint: 'FI for a Finnish business ID, the code of the country for a VAT number',
	},
	invoiceChannel: { label: 'Invoice Channel', hint: 'How the invoice is sent' },
	isOffer: {
		label: 'Offers Only',
		hint: 'Whether to list offers in place of other sales orders; Procountor leaves offers out otherwise',
	},
	orderReference: { label: 'Order Reference' },
	originalInvoiceNumber: { label: 'Own Invoice Number', hint: 'Number from another system' },
	paymentTermDays: { label: 'Payment Term (Days)' },
	penalInterestRate: { label: 'Penal Interest %' },
	personNumber: { label: 'Person Number' },
	productGroupId: { label: 'Product Group' },
	searchTerm: { label: 'Search Term', hint: 'A text to look for in names and numbers' },
	specifier: { label: 'Address Specifier', hint: 'Line between name and street, such as a department' },
	types: { label: 'Types', hint: 'All types when empty' },
	status: { label: 'Status', hint: 'All when empty' },
	vat: { label: 'VAT %' },
	versionEndDate: { label: 'Changed Until', hint: 'Only what was last changed up to this moment, in Finnish time' },
	versionStartDate: { label: 'Changed From', hint: 'Only what was last changed from this moment on, in Finnish time' },
	vatPercent: { label: 'VAT %' },
	webAddress: { label: 'Website' },
	zip: { label: 'Zip Code' },
	vatStatus: {
		label: 'VAT Status',
		hint: "Procountor's number of the VAT treatment: 1 domestic, 12 no VAT, 22 services to the EU",
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
				ABBREVIATIONS[word] ??
				(index > 0 && index < words.length - 1 && SMALL.has(word) ? word : word[0].toUpperCase() + word.slice(1)),
		)
		.join(' ');
}
