/**
 * Rules of Finvoice 3.0 for what the node writes, noted from the public schema and guidelines of Finance Finland: which
 * elements a parent has, in which order, how often, how long, and in which form. Written for tests, independent of the node.
 */
import type { XmlElement } from '../nodes/Procountor/resources/importFile/finvoice/xml';

/** An element of a parent: its name, then how often (`1`, `?`, `*`, `+`, or a most), then its form. */
type Rule = [name: string, count: string, form?: string];

const address = (role: string): Rule[] => [
	[`${role}StreetName`, '1-3', 'text 2-35'],
	[`${role}TownName`, '1', 'text 2-35'],
	[`${role}PostCodeIdentifier`, '1', 'text 2-35'],
	['CountryCode', '?', 'country'],
];
const party = (role: string): Rule[] => [
	[`${role}PartyIdentifier`, '?', 'text 0-35'],
	[`${role}OrganisationName`, '+', 'text 2-70'],
	[`${role}OrganisationDepartment`, '0-2', 'text 0-35'],
	[`${role}OrganisationTaxCode`, '?', 'text 0-35'],
	[`${role}PostalAddressDetails`, '?'],
];

const children: Record<string, Rule[]> = {
	Finvoice: [
		['MessageTransmissionDetails', '?'],
		['SellerPartyDetails', '1'],
		['SellerContactPersonName', '?', 'text 0-70'],
		['SellerCommunicationDetails', '?'],
		['BuyerPartyDetails', '1'],
		['BuyerContactPersonName', '?', 'text 0-70'],
		['BuyerCommunicationDetails', '?'],
		['DeliveryPartyDetails', '?'],
		['DeliveryDetails', '?'],
		['InvoiceDetails', '1'],
		['FactoringAgreementDetails', '?'],
		['InvoiceRow', '+'],
		['EpiDetails', '1'],
	],
	MessageTransmissionDetails: [
		['MessageSenderDetails', '1'],
		['MessageReceiverDetails', '1'],
		['MessageDetails', '1'],
	],
	MessageSenderDetails: [
		['FromIdentifier', '1', 'text 2-35'],
		['FromIntermediator', '1', 'text 2-35'],
	],
	MessageReceiverDetails: [
		['ToIdentifier', '1', 'text 2-35'],
		['ToIntermediator', '1', 'text 2-35'],
	],
	MessageDetails: [
		['MessageIdentifier', '1', 'text 2-48'],
		['MessageTimeStamp', '1', 'time'],
	],
	SellerPartyDetails: party('Seller'),
	SellerPostalAddressDetails: address('Seller'),
	SellerCommunicationDetails: [['SellerEmailaddressIdentifier', '?', 'text 0-70']],
	BuyerPartyDetails: party('Buyer'),
	BuyerPostalAddressDetails: address('Buyer'),
	BuyerCommunicationDetails: [['BuyerEmailaddressIdentifier', '?', 'text 0-70']],
	DeliveryPartyDetails: [
		['DeliveryOrganisationName', '+', 'text 2-35'],
		['DeliveryPostalAddressDetails', '1'],
	],
	DeliveryPostalAddressDetails: address('Delivery'),
	DeliveryDetails: [
		['DeliveryDate', '?', 'day'],
		['DeliveryPeriodDetails', '?'],
	],
	DeliveryPeriodDetails: [
		['StartDate', '1', 'day'],
		['EndDate', '1', 'day'],
	],
	InvoiceDetails: [
		['InvoiceTypeCode', '1', 'type'],
		['InvoiceTypeText', '1', 'text 1-35'],
		['OriginCode', '1', 'origin'],
		['InvoiceNumber', '1', 'text 1-20'],
		['InvoiceDate', '1', 'day'],
		['SellerReferenceIdentifier', '?', 'text 0-70'],
		['SellersBuyerIdentifier', '?', 'text 0-70'],
		['OrderIdentifier', '?', 'text 0-70'],
		['AgreementIdentifier', '?', 'text 0-70'],
		['BuyerReferenceIdentifier', '?', 'text 0-70'],
		['InvoiceTotalVatExcludedAmount', '?', 'amount'],
		['InvoiceTotalVatAmount', '?', 'amount'],
		['InvoiceTotalVatIncludedAmount', '1', 'amount'],
		['VatSpecificationDetails', '*'],
		['InvoiceFreeText', '*', 'text 0-512'],
		['PaymentTermsDetails', '*'],
		['TenderReference', '?', 'text 1-70'],
	],
	VatSpecificationDetails: [
		['VatBaseAmount', '?', 'amount'],
		['VatRatePercent', '?', 'percent'],
		['VatCode', '?', 'vatCode'],
		['VatRateAmount', '?', 'amount'],
	],
	PaymentTermsDetails: [
		['InvoiceDueDate', '?', 'day'],
		['CashDiscountDate', '?', 'day'],
		['CashDiscountPercent', '?', 'percent'],
		['PaymentOverDueFineDetails', '?'],
	],
	PaymentOverDueFineDetails: [['PaymentOverDueFinePercent', '?', 'percent']],
	FactoringAgreementDetails: [
		['FactoringAgreementIdentifier', '1', 'text 0-35'],
		['FactoringFreeText', '*', 'text 0-70'],
	],
	InvoiceRow: [
		['ArticleIdentifier', '?', 'text 0-70'],
		['ArticleName', '?', 'text 0-100'],
		['InvoicedQuantity', '*', 'quantity'],
		['StartDate', '?', 'day'],
		['EndDate', '?', 'day'],
		['UnitPriceAmount', '?', 'amount'],
		['UnitPriceVatIncludedAmount', '?', 'amount'],
		['RowFreeText', '*', 'text 0-512'],
		['RowDiscountPercent', '?', 'percent'],
		['RowProgressiveDiscountDetails', '*'],
		['RowVatRatePercent', '?', 'percent'],
		['RowVatCode', '?', 'vatCode'],
		['RowVatAmount', '?', 'amount'],
		['RowVatExcludedAmount', '?', 'amount'],
		['RowAmount', '?', 'amount'],
	],
	RowProgressiveDiscountDetails: [['RowDiscountPercent', '?', 'percent']],
	EpiDetails: [
		['EpiIdentificationDetails', '1'],
		['EpiPartyDetails', '1'],
		['EpiPaymentInstructionDetails', '1'],
	],
	EpiIdentificationDetails: [
		['EpiDate', '1', 'day'],
		['EpiReference', '1', 'token 0-35'],
	],
	EpiPartyDetails: [
		['EpiBfiPartyDetails', '1'],
		['EpiBeneficiaryPartyDetails', '1'],
	],
	EpiBfiPartyDetails: [['EpiBfiIdentifier', '?', 'token 8-11']],
	EpiBeneficiaryPartyDetails: [
		['EpiNameAddressDetails', '?', 'text 2-35'],
		['EpiAccountID', '1', 'token 1-34'],
	],
	EpiPaymentInstructionDetails: [
		['EpiRemittanceInfoIdentifier', '?', 'reference'],
		['EpiInstructedAmount', '1', 'cents'],
		['EpiCharge', '1', 'charge'],
		['EpiDateOptionDate', '1', 'day'],
	],
};

const forms: Record<string, RegExp> = {
	amount: /^-?\d{1,15}(,\d{2,5})?$/,
	cents: /^-?\d{1,15},\d{2}$/,
	charge: /^SHA$/,
	country: /^[A-Z]{2}$/,
	day: /^\d{8}$/,
	origin: /^(Original|Copy|Cancel)$/,
	percent: /^[1-9]?\d{1,2}(,\d{1,4})?$/,
	quantity: /^-?\d+(,\d+)?$/,
	reference: /^(\d{2,20}|RF\d\d[0-9A-Za-z]{1,21})$/,
	time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/,
	type: /^INV0[12]$/,
	vatCode: /^[A-Z0-9]{1,3}$/,
};

/** Attributes that elements must have. */
const attributes: Array<[RegExp, string, RegExp]> = [
	[/Amount$/, 'AmountCurrencyIdentifier', /^[A-Z]{3}$/],
	[/(Date|^EpiDate)$/, 'Format', /^CCYYMMDD$/],
	[/^EpiAccountID$/, 'IdentificationSchemeName', /^(IBAN|BBAN)$/],
	[/^EpiBfiIdentifier$/, 'IdentificationSchemeName', /^BIC$/],
	[/^EpiRemittanceInfoIdentifier$/, 'IdentificationSchemeName', /^(SPY|ISO)$/],
	[/^EpiCharge$/, 'ChargeOption', /^SHA$/],
	[/^Finvoice$/, 'Version', /^3\.0$/],
];

/** Everything in a message that is against the rules; empty when it keeps them. */
export function rulesBrokenBy(element: XmlElement, path = element.name): string[] {
	const own = attributes
		.filter(([name, attribute, form]) => name.test(element.name) && !form.test(element.attributes.get(attribute) ?? ''))
		.map(([, attribute]) => `${path}: ${attribute} is '${element.attributes.get(attribute) ?? ''}'`);
	const rules = children[element.name];
	if (rules === undefined) return own;
	return [...own, ...orderFaults(element, rules, path), ...rules.flatMap((rule) => ruleFaults(element, rule, path))];
}

function orderFaults(element: XmlElement, rules: Rule[], path: string): string[] {
	const places = element.children.map(({ name }) => rules.findIndex(([known]) => known === name));
	const unknown = element.children.filter((_, index) => places[index] < 0).map(({ name }) => `${path} has ${name}`);
	const isSorted = places.every((place, index) => index === 0 || places[index - 1] <= place);
	return isSorted ? unknown : [...unknown, `${path} has its elements in another order`];
}

function ruleFaults(element: XmlElement, [name, count, form]: Rule, path: string): string[] {
	const found = element.children.filter((child) => child.name === name);
	const [least, most] = boundsOf(count);
	const counted = found.length < least || found.length > most ? [`${path} has ${found.length} ${name}`] : [];
	const inner = found.flatMap((child) => rulesBrokenBy(child, `${path}/${name}`));
	const shaped = found
		.filter((child) => form !== undefined && !fits(child.text, form))
		.map((child) => `${path}/${name} is '${child.text}', not ${String(form)}`);
	return [...counted, ...shaped, ...inner];
}

function boundsOf(count: string): [least: number, most: number] {
	const known: Record<string, [number, number]> = { '1': [1, 1], '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] };
	const [least, most] = count.split('-').map(Number);
	return known[count] ?? [least, most];
}

function fits(text: string, form: string): boolean {
	const [kind, range] = form.split(' ');
	if (range === undefined) return forms[kind].test(text);
	const [least, most] = range.split('-').map(Number);
	const isToken = kind !== 'token' || /^[\w.:-]*$/.test(text);
	return text.length >= least && text.length <= most && isToken;
}
