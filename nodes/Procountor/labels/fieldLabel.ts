/** How the members of the API's lists are called; their number follows. */
const members: Readonly<Record<string, string>> = {
	invoiceRows: 'Row',
	transactions: 'Transaction',
	dimensionItemValues: 'Dimension',
	travelInformationItems: 'Travel Information',
	bccAddresses: 'BCC Address',
	allocationMetadataRows: 'Row',
	productLocalizations: 'Translation',
	associatedAccounts: 'Associated Account',
};

/** Names in Procountor's user interface that the API's names don't give by themselves. */
const terms: Readonly<Record<string, string>> = {
	account: 'Ledger Account',
	bankReferenceCode: 'Reference Number',
	bankReferenceCodeType: 'Reference Number Type',
	currencyRate: 'Exchange Rate',
	customerNumber: 'Customer Number',
	discountPercent: 'Discount %',
	dimensionItemValues: 'Dimensions',
	einvoiceAddress: 'E-Invoice Address',
	einvoiceOperator: 'E-Invoice Operator',
	identifier: 'Business ID',
	invoiceRows: 'Rows',
	mobilePhone: 'Mobile Phone',
	originalInvoiceNumber: 'Own Invoice Number',
	partnerId: 'Business Partner',
	penaltyPercent: 'Penal Interest %',
	productId: 'Product',
	socialSecurityNumber: 'Personal Identity Code',
	ssn: 'Personal Identity Code',
	taxCode: 'VAT Number',
	unitPricesIncludeVat: 'Prices Include VAT',
	vatProcessing: 'VAT Country',
	webAddress: 'Website',
	zip: 'Zip Code',
};

/** Names that a part of a path gets together with what stands before it. */
const pairs: Readonly<Record<string, string>> = {
	'bankAccount.accountNumber': 'Bank Account',
	'bankAccount.bic': 'BIC',
	'einvoiceAddress.address': 'E-Invoice Address',
	'einvoiceAddress.operator': 'E-Invoice Operator',
	'einvoiceAddress.ediId': 'EDI ID',
	'deliveryTermsInfo.name': 'Terms of Delivery',
	'deliveryTermsInfo.municipality': 'Place of Delivery',
};

/** Groups of the API that users never see. */
const silent = new Set([
	'paymentInfo',
	'extraInfo',
	'deliveryTermsInfo',
	'invoicingInfo',
	'additionalInfo',
	'invoiceApprovalInformation',
	'basicCompanyInfo',
]);

const capitals = new Set(['vat', 'iban', 'bic', 'ovt', 'id', 'url', 'edi', 'bcc', 'api', 'uuid', 'ssn']);
const small = new Set(['by', 'of', 'in', 'for', 'to', 'and', 'on', 'with']);

function titleCase(name: string): string {
	const words = name
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.split(/[\s_-]+/)
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
	return words
		.map((word, index) => {
			if (capitals.has(word)) return word.toUpperCase();
			if (index > 0 && word === 'percent') return '%';
			return index > 0 && small.has(word) ? word : word[0].toUpperCase() + word.slice(1);
		})
		.join(' ');
}

function memberName(list: string): string {
	const known = members[list];
	if (known !== undefined) return known;
	return titleCase(list)
		.replace(/ies$/, 'y')
		.replace(/([^s])s$/, '$1');
}

/** The parts of a path: a name, and the index where it is a member of a list. Both rows[3] and rows.3 are understood. */
function partsOf(field: string): Array<{ name: string; index?: number }> {
	const parts: Array<{ name: string; index?: number }> = [];
	for (const [, name, bracketed] of field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
		const index = bracketed ?? (/^\d+$/.test(name) ? name : undefined);
		const last = parts.at(-1);
		if (index === undefined) parts.push({ name });
		else if (last !== undefined) last.index = Number(index);
	}
	return parts;
}

/**
 * What the API calls a field, in the words of Procountor's user interface: invoiceRows[3].vatStatus gives 'Row 4, VAT Status',
 * paymentInfo.dueDate gives 'Due Date'. `party` is who the counterparty is: Customer, Supplier or Person. Unknown names are
 * spelled out in words; an empty field gives an empty text.
 */
export function fieldLabel(field: string, party = 'Customer'): string {
	const parts = partsOf(field);
	const labels: string[] = [];
	parts.forEach(({ name, index }, position) => {
		const last = position === parts.length - 1;
		const next = last ? undefined : parts[position + 1].name;
		const previous = position === 0 ? undefined : parts[position - 1].name;
		const pair = previous === undefined ? undefined : pairs[`${previous}.${name}`];
		if (index !== undefined) labels.push(`${memberName(name)} ${index + 1}`);
		else if (pair !== undefined) labels.push(pair);
		else if (next !== undefined && pairs[`${name}.${next}`] !== undefined) return;
		else if (name === 'counterPartyAddress') labels.push(`${party} Address`);
		else if (name === 'counterParty') labels.push(...(next === 'counterPartyAddress' ? [] : [party]));
		else if (last || !silent.has(name)) labels.push(terms[name] ?? titleCase(name));
	});
	return labels.join(', ');
}
