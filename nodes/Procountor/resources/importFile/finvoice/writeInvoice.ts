import type { IDataObject } from 'n8n-workflow';
import { addDays } from '../../../validation/dates';
import { compactCode } from '../../../validation/result';
import { parseDecimal, equal, toText, ZERO, type Decimal } from '../../../validation/money';
import type { Sums } from '../../../validation/sums';
import { InputError } from '../../../api';
import { truncate, deliveryElement, wrapText, partyElements, type WrittenParty } from './writeParties';
import { paymentElement } from './writePayment';
import {
	amountElement,
	formatDecimal,
	dateElement,
	readDate,
	rowElement,
	prepareRows,
	sumGroups,
	vatElement,
	vatGroups,
	type VatGroup,
} from './writeRows';
import { branch, leaf, renderXml, type XmlNode } from './xmlWriter';
import { listAt, objectAt } from '../../../utils/objects';

/** The user's company. The API's invoices do not contain it. */
export interface OwnCompany extends WrittenParty {
	bic?: string;
}

export interface WrittenInvoice {
	xml: string;
	number: string;
	total: string;
}

const MAX_NUMBER = 20;
const DETAILS_ADVICE = 'Use complete invoices: Get, or Get Many with Include Details, and Simplify off.';
const ATTRIBUTES = {
	Version: '3.0',
	'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
	'xsi:noNamespaceSchemaLocation': 'Finvoice3.0.xsd',
};

/**
 * Writes a sales or purchase invoice as a Finvoice 3.0 message.
 * @param invoice an invoice with the API's fields, as Get returns it without Simplify
 * @param own the user's company: the seller of a sales invoice, the buyer of a purchase invoice
 * @param now the time stamp of the message
 * @throws {InputError} if required data is missing, or the rows do not add up to Procountor's total
 */
export function writeInvoice(invoice: IDataObject, own: OwnCompany, now: Date): WrittenInvoice {
	const { type } = invoice;
	if (type !== 'SALES_INVOICE' && type !== 'PURCHASE_INVOICE')
		throw new InputError(
			'Type',
			`is ${String(type)}, which Finvoice does not know`,
			'Use sales and purchase invoices.',
		);
	const number = invoiceNumberOf(invoice, type);
	const currency = String(objectAt(invoice, 'paymentInfo').currency ?? '');
	if (!/^[A-Z]{3}$/.test(currency)) throw new InputError('Currency', 'is missing', DETAILS_ADVICE);
	const includesVat = objectAt(invoice, 'extraInfo').unitPricesIncludeVat === true;
	const discountPercent = readDecimal('Discount %', invoice.discountPercent);
	const rows = prepareRows(invoice, includesVat, discountPercent);
	if (!rows.some(({ isText }) => !isText)) throw new InputError('Rows', 'are empty', DETAILS_ADVICE);
	const groups = vatGroupsForTotal(rows, procountorSums(invoice));
	const sums = sumGroups(groups);
	const partner = counterpartyOf(invoice);
	const [seller, buyer] = type === 'SALES_INVOICE' ? [own, partner] : [partner, own];
	const root: XmlNode = {
		name: 'Finvoice',
		attributes: ATTRIBUTES,
		content: [
			transmissionElement(seller, buyer, number, now),
			...partyElements('Seller', seller),
			...partyElements('Buyer', buyer),
			deliveryElement(objectAt(invoice, 'deliveryAddress'), buyer),
			deliveryDatesElement(invoice),
			detailsElement(invoice, { number, currency, groups, sums }),
			factoringElement(invoice),
			...rows.map((row) => rowElement(row, currency, includesVat, discountPercent)),
			paymentElement(invoice, {
				currency,
				sums,
				beneficiary: seller.name,
				bic: type === 'SALES_INVOICE' ? own.bic : undefined,
				number,
			}),
		].filter((node): node is XmlNode => node !== undefined),
	};
	return { xml: renderXml(root), number, total: toText(sums.gross, 2) };
}

function readDecimal(label: string, value: unknown): Decimal {
	if (value === undefined || value === null || value === '') return ZERO;
	const number = parseDecimal(value);
	if (!number.ok) throw new InputError(label, number.message, number.advice && `${number.advice}.`);
	return number.value;
}

/** Returns Procountor's number of a sales invoice, or the seller's number of a purchase invoice. */
function invoiceNumberOf({ invoiceNumber, originalInvoiceNumber }: IDataObject, type: string): string {
	const numbers =
		type === 'SALES_INVOICE' ? [invoiceNumber, originalInvoiceNumber] : [originalInvoiceNumber, invoiceNumber];
	const number = numbers.map((value) => String(value ?? '').trim()).find((text) => text !== '') ?? '';
	if (number === '') throw new InputError('Invoice Number', 'is empty', 'Only saved invoices have one.');
	if (number.length > MAX_NUMBER)
		throw new InputError('Own Invoice Number', `has more than the ${MAX_NUMBER} characters of Finvoice: '${number}'`);
	return number;
}

/** Returns the sums that Procountor calculated, in the invoice's currency. */
function procountorSums(invoice: IDataObject): Sums | undefined {
	const infos = listAt(invoice, 'invoiceSumInfo');
	const info = infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? infos[0];
	if (info?.invoiceSumTotal === undefined) return undefined;
	return {
		net: readDecimal('excludingVatTotal', info.excludingVatTotal),
		vat: readDecimal('vatSumTotal', info.vatSumTotal),
		gross: readDecimal('invoiceSumTotal', info.invoiceSumTotal),
	};
}

/** Calculates VAT by row, or by rate if only that gives Procountor's total. How Procountor rounds is not published. */
function vatGroupsForTotal(rows: Parameters<typeof vatGroups>[0], known: Sums | undefined): VatGroup[] {
	const byRow = vatGroups(rows, false);
	if (!known || equal(sumGroups(byRow).gross, known.gross)) return byRow;
	const byGroup = vatGroups(rows, true);
	if (equal(sumGroups(byGroup).gross, known.gross)) return byGroup;
	throw new InputError(
		'The rows',
		`add up to ${toText(sumGroups(byRow).gross, 2)}, but Procountor's total is ${toText(known.gross, 2)}`,
		DETAILS_ADVICE,
	);
}

/** Returns the counterparty, also from an item of Read. */
function counterpartyOf(invoice: IDataObject): WrittenParty {
	const counterparty = objectAt(invoice, 'counterParty');
	const address = objectAt(counterparty, 'counterPartyAddress');
	const electronic = objectAt(counterparty, 'einvoiceAddress');
	const text = (value: unknown): string | undefined =>
		value === undefined || value === null || value === '' ? undefined : String(value);
	const name = text(address.name);
	if (name === undefined || name.trim().length < 2)
		throw new InputError('Customer or Supplier Name', 'is missing', DETAILS_ADVICE);
	return {
		name,
		specifier: text(address.specifier),
		identifier: text(counterparty.identifier),
		taxCode: text(counterparty.taxCode ?? invoice.taxCode),
		street: text(address.street),
		zip: text(address.zip),
		city: text(address.city),
		country: text(address.country),
		contactPerson: text(counterparty.contactPersonName),
		email: text(counterparty.email),
		einvoiceAddress: text(electronic.address),
		einvoiceOperator: text(electronic.operator),
	};
}

/** Returns the envelope for operators; undefined if an address or operator is missing. */
function transmissionElement(
	seller: WrittenParty,
	buyer: WrittenParty,
	number: string,
	now: Date,
): XmlNode | undefined {
	const addresses = [
		seller.einvoiceAddress,
		seller.einvoiceOperator,
		buyer.einvoiceAddress,
		buyer.einvoiceOperator,
	].map((address) => truncate(address === undefined ? undefined : compactCode(address), 35, 2));
	if (addresses.some((address) => address === undefined)) return undefined;
	const [from, fromOperator, to, toOperator] = addresses;
	return branch('MessageTransmissionDetails', [
		branch('MessageSenderDetails', [leaf('FromIdentifier', from), leaf('FromIntermediator', fromOperator)]),
		branch('MessageReceiverDetails', [leaf('ToIdentifier', to), leaf('ToIntermediator', toOperator)]),
		branch('MessageDetails', [
			leaf('MessageIdentifier', truncate(`${number}-${now.getTime()}`, 48)),
			leaf('MessageTimeStamp', now.toISOString().replace(/\.\d+Z$/, 'Z')),
		]),
	]);
}

function deliveryDatesElement({ deliveryStartDate: start, deliveryEndDate: end }: IDataObject): XmlNode | undefined {
	const hasPeriod = start && end && start !== end;
	return branch('DeliveryDetails', [
		hasPeriod ? undefined : dateElement('DeliveryDate', start),
		hasPeriod
			? branch('DeliveryPeriodDetails', [dateElement('StartDate', start), dateElement('EndDate', end)])
			: undefined,
	]);
}

interface InvoiceDetails {
	number: string;
	currency: string;
	groups: VatGroup[];
	sums: Sums;
}

function detailsElement(invoice: IDataObject, { number, currency, groups, sums }: InvoiceDetails): XmlNode | undefined {
	const isCredit = sums.gross.digits < 0n;
	const payment = objectAt(invoice, 'paymentInfo');
	const date = readDate('Invoice Date', invoice.date);
	const own = String(invoice.originalInvoiceNumber ?? '');
	return branch('InvoiceDetails', [
		leaf('InvoiceTypeCode', isCredit ? 'INV02' : 'INV01'),
		leaf('InvoiceTypeText', isCredit ? 'HYVITYSLASKU' : 'LASKU'),
		leaf('OriginCode', 'Original'),
		leaf('InvoiceNumber', number),
		dateElement('InvoiceDate', date),
		leaf('SellerReferenceIdentifier', truncate(invoice.sellerReferenceIdentifier || (own === number ? '' : own), 70)),
		leaf('SellersBuyerIdentifier', truncate(objectAt(invoice, 'counterParty').customerNumber, 70)),
		leaf('OrderIdentifier', truncate(invoice.orderReference, 70)),
		leaf('AgreementIdentifier', truncate(invoice.agreementNumber, 70)),
		leaf('BuyerReferenceIdentifier', truncate(invoice.buyerReferenceIdentifier, 70)),
		amountElement('InvoiceTotalVatExcludedAmount', sums.net, currency),
		amountElement('InvoiceTotalVatAmount', sums.vat, currency),
		amountElement('InvoiceTotalVatIncludedAmount', sums.gross, currency),
		...groups.map((group) => vatElement(group, currency)),
		...wrapText(truncate(invoice.additionalInformation, 5120), 512, 10).map((text) => leaf('InvoiceFreeText', text)),
		termsElement(invoice, payment, date),
		leaf('TenderReference', truncate(invoice.tenderReference, 70)),
	]);
}

function termsElement(invoice: IDataObject, payment: IDataObject, date: string): XmlNode | undefined {
	const [option] = listAt(payment, 'cashDiscount.optionList');
	const days = Number(option?.numberOfDays);
	const discount = readDecimal('Cash Discount %', option?.discountPercentage);
	const fine = readDecimal('Penal Interest %', invoice.penaltyPercent);
	return branch('PaymentTermsDetails', [
		dateElement('InvoiceDueDate', payment.dueDate),
		...(Number.isInteger(days) && discount.digits > 0n
			? [dateElement('CashDiscountDate', addDays(date, days)), leaf('CashDiscountPercent', formatDecimal(discount))]
			: []),
		fine.digits > 0n
			? branch('PaymentOverDueFineDetails', [leaf('PaymentOverDueFinePercent', formatDecimal(fine))])
			: undefined,
	]);
}

/** Returns the agreement under which an invoice is sold to a financing company. */
function factoringElement({ factoringContractId, factoringText }: IDataObject): XmlNode | undefined {
	if (factoringContractId === undefined || factoringContractId === null || factoringContractId === '') return undefined;
	return branch('FactoringAgreementDetails', [
		leaf('FactoringAgreementIdentifier', truncate(factoringContractId, 35)),
		...wrapText(truncate(factoringText, 700), 70, 10).map((text) => leaf('FactoringFreeText', text)),
	]);
}
