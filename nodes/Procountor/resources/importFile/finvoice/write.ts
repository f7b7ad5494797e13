import type { IDataObject } from 'n8n-workflow';
import { addDays, date as dayOf } from '../../../validation/dates';
import { compactCode } from '../../../validation/result';
import { bic as checkBic, iban } from '../../../validation/iban';
import { decimal, equal, toText, zero, type Decimal } from '../../../validation/money';
import { referenceNumber } from '../../../validation/reference';
import type { Sums } from '../../../validation/sums';
import { InputError } from '../../../api';
import { cut, deliveryElement, linesOf, partyElements, type WrittenParty } from './writeParties';
import { amount, comma, day, rowElement, rowsOf, totalsOf, vatElement, vatGroups, type VatGroup } from './writeRows';
import { branch, leaf, xmlFile, type Node } from './xmlWriter';
import { listAt, objectAt } from '../../../utils/objects';

/** The own company, which invoices of the API do not contain. */
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
const CHARGE = 'SHA';
const ATTRIBUTES = {
	Version: '3.0',
	'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
	'xsi:noNamespaceSchemaLocation': 'Finvoice3.0.xsd',
};

/**
 * A sales or purchase invoice of Procountor as a Finvoice 3.0 message.
 * @param invoice the fields of an invoice by the API's names, as Get returns them without Simplify
 * @param own the own company: the seller of a sales invoice, the buyer of a purchase invoice
 * @param now the time to write into the message
 * Throws an InputError for what the message cannot be without, and where Procountor's total is not the one of the rows.
 */
export function writeInvoice(invoice: IDataObject, own: OwnCompany, now: Date): WrittenInvoice {
	const { type } = invoice;
	if (type !== 'SALES_INVOICE' && type !== 'PURCHASE_INVOICE')
		throw new InputError(
			'Type',
			`is ${String(type)}, which Finvoice does not know`,
			'Use sales and purchase invoices.',
		);
	const number = numberOf(invoice, type);
	const currency = String(objectAt(invoice, 'paymentInfo').currency ?? '');
	if (!/^[A-Z]{3}$/.test(currency)) throw new InputError('Currency', 'is missing', DETAILS_ADVICE);
	const includesVat = objectAt(invoice, 'extraInfo').unitPricesIncludeVat === true;
	const discountPercent = exact('Discount %', invoice.discountPercent);
	const rows = rowsOf(invoice, includesVat, discountPercent);
	if (!rows.some(({ isText }) => !isText)) throw new InputError('Rows', 'are empty', DETAILS_ADVICE);
	const groups = groupsWithTotal(rows, knownSums(invoice));
	const sums = totalsOf(groups);
	const partner = partnerOf(invoice);
	const [seller, buyer] = type === 'SALES_INVOICE' ? [own, partner] : [partner, own];
	const root: Node = {
		name: 'Finvoice',
		attributes: ATTRIBUTES,
		content: [
			transmission(seller, buyer, number, now),
			...partyElements('Seller', seller),
			...partyElements('Buyer', buyer),
			deliveryElement(objectAt(invoice, 'deliveryAddress'), buyer),
			deliveryDates(invoice),
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
		].filter((node): node is Node => node !== undefined),
	};
	return { xml: xmlFile(root), number, total: toText(sums.gross, 2) };
}

function exact(label: string, value: unknown): Decimal {
	if (value === undefined || value === null || value === '') return zero;
	const number = decimal(value);
	if (!number.ok) throw new InputError(label, number.message, number.advice && `${number.advice}.`);
	return number.value;
}

/** A sales invoice has Procountor's number, a purchase invoice its seller's. */
function numberOf({ invoiceNumber, originalInvoiceNumber }: IDataObject, type: string): string {
	const numbers =
		type === 'SALES_INVOICE' ? [invoiceNumber, originalInvoiceNumber] : [originalInvoiceNumber, invoiceNumber];
	const number = numbers.map((one) => String(one ?? '').trim()).find((one) => one !== '') ?? '';
	if (number === '') throw new InputError('Invoice Number', 'is empty', 'Only saved invoices have one.');
	if (number.length > MAX_NUMBER)
		throw new InputError('Own Invoice Number', `has more than the ${MAX_NUMBER} characters of Finvoice: '${number}'`);
	return number;
}

/** What Procountor says that the invoice adds up to, in its own currency. */
function knownSums(invoice: IDataObject): Sums | undefined {
	const infos = listAt(invoice, 'invoiceSumInfo');
	const info = infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? infos[0];
	if (info?.invoiceSumTotal === undefined) return undefined;
	return {
		net: exact('excludingVatTotal', info.excludingVatTotal),
		vat: exact('vatSumTotal', info.vatSumTotal),
		gross: exact('invoiceSumTotal', info.invoiceSumTotal),
	};
}

/** VAT by row or by per cent, whichever makes Procountor's total: how Procountor rounds is not published. */
function groupsWithTotal(rows: Parameters<typeof vatGroups>[0], known: Sums | undefined): VatGroup[] {
	const byRow = vatGroups(rows, false);
	if (!known || equal(totalsOf(byRow).gross, known.gross)) return byRow;
	const byGroup = vatGroups(rows, true);
	if (equal(totalsOf(byGroup).gross, known.gross)) return byGroup;
	throw new InputError(
		'The rows',
		`add up to ${toText(totalsOf(byRow).gross, 2)}, but Procountor's total is ${toText(known.gross, 2)}`,
		DETAILS_ADVICE,
	);
}

/** The counterparty; fields that stand flat, as Read gives them, count too. */
function partnerOf(invoice: IDataObject): WrittenParty {
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

/** The envelope that operators read; only where both ends of the way are known. */
function transmission(seller: WrittenParty, buyer: WrittenParty, number: string, now: Date): Node | undefined {
	const ends = [seller.einvoiceAddress, seller.einvoiceOperator, buyer.einvoiceAddress, buyer.einvoiceOperator].map(
		(end) => cut(end === undefined ? undefined : compactCode(end), 35, 2),
	);
	if (ends.some((end) => end === undefined)) return undefined;
	const [from, fromOperator, to, toOperator] = ends;
	return branch('MessageTransmissionDetails', [
		branch('MessageSenderDetails', [leaf('FromIdentifier', from), leaf('FromIntermediator', fromOperator)]),
		branch('MessageReceiverDetails', [leaf('ToIdentifier', to), leaf('ToIntermediator', toOperator)]),
		branch('MessageDetails', [
			leaf('MessageIdentifier', cut(`${number}-${now.getTime()}`, 48)),
			leaf('MessageTimeStamp', now.toISOString().replace(/\.\d+Z$/, 'Z')),
		]),
	]);
}

function deliveryDates({ deliveryStartDate: start, deliveryEndDate: end }: IDataObject): Node | undefined {
	const hasPeriod = start && end && start !== end;
	return branch('DeliveryDetails', [
		hasPeriod ? undefined : day('DeliveryDate', start),
		hasPeriod ? branch('DeliveryPeriodDetails', [day('StartDate', start), day('EndDate', end)]) : undefined,
	]);
}

interface Details {
	number: string;
	currency: string;
	groups: VatGroup[];
	sums: Sums;
}

function detailsElement(invoice: IDataObject, { number, currency, groups, sums }: Details): Node | undefined {
	const isCredit = sums.gross.digits < 0n;
	const payment = objectAt(invoice, 'paymentInfo');
	const date = required('Invoice Date', invoice.date);
	const own = String(invoice.originalInvoiceNumber ?? '');
	return branch('InvoiceDetails', [
		leaf('InvoiceTypeCode', isCredit ? 'INV02' : 'INV01'),
		leaf('InvoiceTypeText', isCredit ? 'HYVITYSLASKU' : 'LASKU'),
		leaf('OriginCode', 'Original'),
		leaf('InvoiceNumber', number),
		day('InvoiceDate', date),
		leaf('SellerReferenceIdentifier', cut(invoice.sellerReferenceIdentifier || (own === number ? '' : own), 70)),
		leaf('SellersBuyerIdentifier', cut(objectAt(invoice, 'counterParty').customerNumber, 70)),
		leaf('OrderIdentifier', cut(invoice.orderReference, 70)),
		leaf('AgreementIdentifier', cut(invoice.agreementNumber, 70)),
		leaf('BuyerReferenceIdentifier', cut(invoice.buyerReferenceIdentifier, 70)),
		amount('InvoiceTotalVatExcludedAmount', sums.net, currency),
		amount('InvoiceTotalVatAmount', sums.vat, currency),
		amount('InvoiceTotalVatIncludedAmount', sums.gross, currency),
		...groups.map((group) => vatElement(group, currency)),
		...linesOf(cut(invoice.additionalInformation, 5120), 512, 10).map((text) => leaf('InvoiceFreeText', text)),
		termsElement(invoice, payment, date),
		leaf('TenderReference', cut(invoice.tenderReference, 70)),
	]);
}

function termsElement(invoice: IDataObject, payment: IDataObject, date: string): Node | undefined {
	const [option] = listAt(payment, 'cashDiscount.optionList');
	const days = Number(option?.numberOfDays);
	const discount = exact('Cash Discount %', option?.discountPercentage);
	const fine = exact('Penal Interest %', invoice.penaltyPercent);
	return branch('PaymentTermsDetails', [
		day('InvoiceDueDate', payment.dueDate),
		...(Number.isInteger(days) && discount.digits > 0n
			? [day('CashDiscountDate', addDays(date, days)), leaf('CashDiscountPercent', comma(discount))]
			: []),
		fine.digits > 0n
			? branch('PaymentOverDueFineDetails', [leaf('PaymentOverDueFinePercent', comma(fine))])
			: undefined,
	]);
}

function required(label: string, value: unknown): string {
	const given = dayOf(value);
	if (!given.ok) throw new InputError(label, given.message, given.advice && `${given.advice}.`);
	return given.value;
}

/** An invoice that is sold to a financing company. */
function factoringElement({ factoringContractId, factoringText }: IDataObject): Node | undefined {
	if (factoringContractId === undefined || factoringContractId === null || factoringContractId === '') return undefined;
	return branch('FactoringAgreementDetails', [
		leaf('FactoringAgreementIdentifier', cut(factoringContractId, 35)),
		...linesOf(cut(factoringText, 700), 70, 10).map((text) => leaf('FactoringFreeText', text)),
	]);
}

interface Payment {
	currency: string;
	sums: Sums;
	beneficiary: string;
	bic?: string;
	number: string;
}

function paymentElement(invoice: IDataObject, { currency, sums, beneficiary, bic, number }: Payment): Node | undefined {
	const payment = objectAt(invoice, 'paymentInfo');
	const account = objectAt(payment, 'bankAccount');
	const code = compactCode(String(account.accountNumber ?? ''));
	if (code === '') throw new InputError('Bank Account', 'is missing, and a Finvoice message needs one');
	const bank = checkBic(account.bic ?? bic);
	return branch('EpiDetails', [
		branch('EpiIdentificationDetails', [
			day('EpiDate', required('Invoice Date', invoice.date)),
			{ name: 'EpiReference', attributes: {}, content: number.replace(/[^\w.:-]/g, '-') },
		]),
		branch('EpiPartyDetails', [
			{ name: 'EpiBfiPartyDetails', attributes: {}, content: bank.ok ? [bfi(bank.value)] : [] },
			branch('EpiBeneficiaryPartyDetails', [
				leaf('EpiNameAddressDetails', cut(beneficiary, 35, 2)),
				leaf('EpiAccountID', code, { IdentificationSchemeName: iban(code).ok ? 'IBAN' : 'BBAN' }),
			]),
		]),
		branch('EpiPaymentInstructionDetails', [
			referenceElement(payment.bankReferenceCode),
			amount('EpiInstructedAmount', sums.gross, currency),
			leaf('EpiCharge', CHARGE, { ChargeOption: CHARGE }),
			day('EpiDateOptionDate', required('Due Date', payment.dueDate)),
		]),
	]);
}

const bfi = (code: string): Node => ({
	name: 'EpiBfiIdentifier',
	attributes: { IdentificationSchemeName: 'BIC' },
	content: code,
});

/** Foreign references have no place in the message. */
function referenceElement(code: unknown): Node | undefined {
	const number = referenceNumber(typeof code === 'number' ? String(code) : code);
	if (!number.ok) return undefined;
	return leaf('EpiRemittanceInfoIdentifier', number.value, {
		IdentificationSchemeName: number.value.startsWith('RF') ? 'ISO' : 'SPY',
	});
}
