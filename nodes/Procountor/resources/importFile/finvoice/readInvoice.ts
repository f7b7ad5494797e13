import type { IDataObject } from 'n8n-workflow';
import { parseLanguage } from '../../../validation/languages';
import { toNumber, toText } from '../../../validation/money';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import { ASK_SENDER, textOf, dateAt, elementAt, elementsOf, numberAt, textAt, textsOf } from './xmlValues';
import { addressFields, readParty, type Party } from './parties';
import { PAYMENT_PATH, readPayment } from './payment';
import { readRows, type AmountRow } from './rows';
import { readTotals, rowsWithTotal, soleVatRate, type Totals } from './totals';
import type { XmlElement } from './xml';

/** The counterparty of a purchase invoice is the seller, that of a sales invoice the buyer. */
export type ReadAs = 'purchase' | 'sales' | 'businessId';

export interface ReadOptions {
	readAs: ReadAs;
	/** The user's company. Messages that are neither from nor to it are refused. */
	ownBusinessId?: string;
}

const DETAILS = 'InvoiceDetails';
const CREDIT_NOTE = 'INV02';
/** The types that are invoices: commercial, credit, interest, internal, collection, self-billing, direct payment. */
const INVOICE_TYPES = ['INV01', CREDIT_NOTE, 'INV03', 'INV04', 'INV05', 'INV07', 'INV09'];
const TYPE_NAMES = new Map([
	['INV06', ', a pro forma invoice'],
	['INV08', ', a reminder'],
]);
const VERSIONS = /^(1\.[123]|2\.0|2\.01|3\.0)$/;
const MAX_NUMBER = 40;
const MAX_TEXT = 10_000;

/**
 * Returns a Finvoice message as an item with the field names of Create Sales Invoice and Create Purchase Invoice.
 * `otherFields` contains fields that these forms do not have, by the API's names; `finvoice` describes the message.
 * Throws an InputError if the message is not an invoice, totals contradict each other, or a number is invalid.
 */
export function readInvoice(message: XmlElement, options: ReadOptions): IDataObject {
	const details = elementAt(message, DETAILS);
	if (!details) throw new InputError('The file', `has no ${DETAILS}`, 'Check that it is a Finvoice invoice.');
	const version = readVersion(message);
	const typeCode = readTypeCode(details);
	const [seller, buyer] = [readParty(message, 'Seller'), readParty(message, 'Buyer')];
	if (!seller || !buyer)
		throw new InputError(seller ? 'BuyerOrganisationName' : 'SellerOrganisationName', 'is missing', ASK_SENDER);
	const isSale = isSalesSide(options, seller, buyer);
	const totals = readTotals(message);
	if (typeCode === CREDIT_NOTE && totals.gross.digits > 0n)
		throw new InputError(
			'InvoiceTotalVatIncludedAmount',
			`is ${toText(totals.gross, 2)}, but the amounts of a credit note (${CREDIT_NOTE}) are negative`,
			ASK_SENDER,
		);
	const rows = readRows(message, totals.currency, soleVatRate(message));
	const { invoiceRows, unitPricesIncludeVat, sum } = rowsWithTotal(message, rows, totals);
	const payment = readPayment(message);
	const total = toNumber(sum);
	if (!total.ok) throw new InputError('InvoiceTotalVatIncludedAmount', total.message);
	return omitMissing({
		type: isSale ? 'SALES_INVOICE' : 'PURCHASE_INVOICE',
		...(sum.digits < 0n ? { isCredit: true } : {}),
		originalInvoiceNumber: readNumber(details),
		date: requiredDate(details, 'InvoiceDate'),
		dueDate:
			dateAt(message, `${PAYMENT_PATH}/EpiDateOptionDate`) ?? dateAt(details, 'PaymentTermsDetails/InvoiceDueDate'),
		currency: totals.currency,
		sum: total.value,
		...counterpartyFields(message, isSale ? buyer : seller, isSale),
		...payment,
		// A choice of the Create operations' field 'Reference Number'.
		reference: payment.bankReferenceCode === undefined ? (isSale ? 'procountor' : 'none') : 'given',
		...referenceFields(message, details),
		...deliveryDates(message, details),
		unitPricesIncludeVat,
		invoiceRows: invoiceRows.map(omitMissing),
		otherFields: otherFields(message, details, isSale ? {} : payment),
		finvoice: messageSummary(message, details, {
			version,
			typeCode,
			seller,
			buyer,
			totals,
			rows: rows.filter((row) => 'net' in row),
		}),
	});
}

function omitMissing(record: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ''));
}

function readVersion(message: XmlElement): string {
	const version = message.attributes.get('Version')?.trim() ?? '';
	if (!VERSIONS.test(version))
		throw new InputError(
			'Version',
			version === '' ? 'is missing from the Finvoice element' : `is ${quoted(version)}`,
			'Finvoice 1.3, 2.0, 2.01 and 3.0 can be read.',
		);
	return version;
}

function readTypeCode(details: XmlElement): string {
	const code = textAt(details, 'InvoiceTypeCode') ?? '';
	if (!INVOICE_TYPES.includes(code))
		throw new InputError(
			'InvoiceTypeCode',
			`is ${quoted(code)}${TYPE_NAMES.get(code) ?? ''}, which does not become an invoice`,
			`These do: ${INVOICE_TYPES.join(', ')}.`,
		);
	if (textAt(details, 'OriginCode') === 'Cancel')
		throw new InputError(
			'OriginCode',
			'is "Cancel": the file cancels an invoice',
			'Credit or invalidate the invoice instead.',
		);
	return code;
}

function readNumber(details: XmlElement): string {
	const number = textAt(details, 'InvoiceNumber');
	if (number === undefined) throw new InputError('InvoiceNumber', 'is missing', ASK_SENDER);
	if (number.length > MAX_NUMBER)
		throw new InputError('InvoiceNumber', `has more than ${MAX_NUMBER} characters: ${quoted(number)}`);
	return number;
}

function requiredDate(details: XmlElement, name: string): string {
	const day = dateAt(details, name);
	if (day === undefined) throw new InputError(name, 'is missing', ASK_SENDER);
	return day;
}

/** Whether the message is read as a sales invoice. If the own business ID is given, it must be on that side. */
function isSalesSide({ readAs, ownBusinessId }: ReadOptions, seller: Party, buyer: Party): boolean {
	if (ownBusinessId === undefined) {
		if (readAs === 'businessId')
			throw new InputError('Own Business ID', 'is empty', 'Enter it, or choose a type under Read As.');
		return readAs === 'sales';
	}
	const isOwn = ({ identifier, taxCode }: Party): boolean =>
		identifier === ownBusinessId || taxCode === `FI${ownBusinessId.replace('-', '')}`;
	const [isSeller, isBuyer] = [isOwn(seller), isOwn(buyer)];
	if (readAs === 'businessId' && isSeller !== isBuyer) return isSeller;
	if (readAs === 'sales' && isSeller) return true;
	if (readAs === 'purchase' && isBuyer) return false;
	throw new InputError(
		'The file',
		`is an invoice from ${nameWithId(seller)} to ${nameWithId(buyer)}, not one of ${ownBusinessId}`,
		'Check the file, and Own Business ID.',
	);
}

const nameWithId = ({ name, identifier, otherIdentifier }: Party): string =>
	`${name} (${identifier ?? otherIdentifier ?? 'no business ID'})`;

function counterpartyFields(message: XmlElement, party: Party, isSale: boolean): IDataObject {
	// Older messages have a customer number in place of a Finnish buyer's missing business ID.
	const isFinnish = (party.country ?? 'FINLAND') === 'FINLAND';
	const address = {
		counterPartyName: party.name,
		counterPartySpecifier: party.specifier,
		counterPartyStreet: party.street,
		counterPartyZip: party.zip,
		counterPartyCity: party.city,
		counterPartyCountry: party.country,
		identifier: party.identifier ?? (isSale && isFinnish ? undefined : party.otherIdentifier),
		taxCode: party.taxCode,
	};
	if (!isSale) return address;
	const receiver = elementAt(message, 'MessageTransmissionDetails/MessageReceiverDetails');
	return {
		...address,
		customerNumber:
			textAt(message, `${DETAILS}/SellersBuyerIdentifier`) ?? (isFinnish ? party.otherIdentifier : undefined),
		contactPersonName: party.contactPersonName,
		counterPartyEmail: party.email,
		einvoiceAddress: textAt(receiver, 'ToIdentifier') ?? textAt(message, 'BuyerOrganisationUnitNumber'),
		einvoiceOperator: textAt(receiver, 'ToIntermediator'),
		language: knownLanguage(textAt(message, 'InvoiceRecipientLanguageCode')),
	};
}

function knownLanguage(code: string | undefined): string | undefined {
	const parsed = parseLanguage(code);
	return parsed.ok ? parsed.value : undefined;
}

function referenceFields(message: XmlElement, details: XmlElement): IDataObject {
	const texts = [
		...textsOf(details, 'InvoiceFreeText'),
		...elementsOf(elementAt(message, 'SpecificationDetails'), 'SpecificationFreeText').map(textOf),
	];
	const fine = numberAt(details, 'PaymentTermsDetails/PaymentOverDueFineDetails/PaymentOverDueFinePercent');
	return {
		orderReference: textAt(details, 'OrderIdentifier'),
		additionalInformation: texts.join('\n').slice(0, MAX_TEXT) || undefined,
		penaltyPercent: fine && Number(toText(fine)),
	};
}

function deliveryDates(message: XmlElement, details: XmlElement): IDataObject {
	const period = elementAt(message, 'DeliveryDetails/DeliveryPeriodDetails');
	const day = dateAt(message, 'DeliveryDetails/DeliveryDate');
	const start = dateAt(period, 'StartDate') ?? day ?? dateAt(details, 'InvoicingPeriodStartDate');
	const end = dateAt(period, 'EndDate') ?? day ?? dateAt(details, 'InvoicingPeriodEndDate');
	return start !== undefined && end !== undefined && start <= end
		? { deliveryStartDate: start, deliveryEndDate: end }
		: { deliveryStartDate: start };
}

/** Returns fields that the forms do not have, for 'Other Fields (JSON)' of the Create operations. */
function otherFields(message: XmlElement, details: XmlElement, { bic }: IDataObject): IDataObject {
	return omitMissing({
		paymentInfo: bic === undefined ? undefined : { bankAccount: { bic } },
		billingAddress: addressFields(readParty(message, 'InvoiceRecipient')),
		deliveryAddress: addressFields(readParty(message, 'Delivery')),
		agreementNumber: textAt(details, 'AgreementIdentifier'),
		buyerReferenceIdentifier: textAt(details, 'BuyerReferenceIdentifier'),
		sellerReferenceIdentifier: textAt(details, 'SellerReferenceIdentifier'),
		tenderReference: textAt(details, 'TenderReference'),
	});
}

interface MessageSummary {
	version: string;
	typeCode: string;
	seller: Party;
	buyer: Party;
	totals: Totals;
	rows: AmountRow[];
}

/** Describes the message, for decisions in the workflow. */
function messageSummary(
	message: XmlElement,
	details: XmlElement,
	{ version, typeCode, seller, buyer, totals, rows }: MessageSummary,
): IDataObject {
	const names = textsOf(message, 'InvoiceUrlNameText');
	const text = (amount: Totals['net']): string | undefined => amount && toText(amount, 2);
	return omitMissing({
		version,
		typeCode,
		typeText: textAt(details, 'InvoiceTypeText'),
		isCopy: textAt(details, 'OriginCode') === 'Copy',
		seller: omitMissing({
			name: seller.name,
			identifier: seller.identifier ?? seller.otherIdentifier,
			taxCode: seller.taxCode,
		}),
		buyer: omitMissing({
			name: buyer.name,
			identifier: buyer.identifier ?? buyer.otherIdentifier,
			taxCode: buyer.taxCode,
		}),
		totalWithoutVat: text(totals.net),
		vat: text(totals.vat),
		total: text(totals.gross),
		amountToPay: text(totals.payable),
		vatCodes: [...new Set(rows.flatMap(({ vatCode }) => vatCode ?? []))],
		originalInvoice:
			textAt(details, 'OriginalInvoiceNumber') ?? textAt(details, 'OriginalInvoiceReference/InvoiceNumber'),
		projectReference: textAt(details, 'ProjectReferenceIdentifier'),
		factoringAgreement: textAt(message, 'FactoringAgreementDetails/FactoringAgreementIdentifier'),
		links: textsOf(message, 'InvoiceUrlText').map((url, index) => omitMissing({ name: names[index], url })),
		attachmentMessage: textAt(message, 'AttachmentMessageDetails/AttachmentMessageIdentifier'),
	});
}
