import { round2, sum } from '../../money';
import { defineRegister, type Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { attachmentsOf } from '../attachments';
import type { Call } from '../handler';
import type { Address } from '../partners';

/** Types of the API, and JOURNAL for the hidden invoice that stands behind every journal receipt. */
export type InvoiceType =
	| 'SALES_INVOICE'
	| 'SALES_ORDER'
	| 'PURCHASE_INVOICE'
	| 'PURCHASE_ORDER'
	| 'TRAVEL_INVOICE'
	| 'BILL_OF_CHARGES'
	| 'PERIODIC_TAX_RETURN'
	| 'JOURNAL';

export type InvoiceStatus =
	| 'EMPTY'
	| 'UNFINISHED'
	| 'NOT_SENT'
	| 'SENT'
	| 'RECEIVED'
	| 'PAID'
	| 'PAYMENT_DENIED'
	| 'VERIFIED'
	| 'APPROVED'
	| 'INVALIDATED'
	| 'PAYMENT_QUEUED'
	| 'PARTLY_PAID'
	| 'PAYMENT_SENT_TO_BANK'
	| 'MARKED_PAID'
	| 'STARTED'
	| 'INVOICED'
	| 'OVERRIDDEN'
	| 'DELETED'
	| 'UNSAVED'
	| 'PAYMENT_TRANSACTION_REMOVED';

export interface InvoiceRow {
	id?: number;
	productId?: number;
	product: string;
	productCode?: string;
	quantity: number;
	unit: string;
	unitPrice: number;
	discountPercent: number;
	vatPercent: number;
	vatStatus?: number;
	comment?: string;
}

export interface Checker {
	userId: number;
	/** Day on which the person verified or approved. */
	eventPerformed?: string;
}

/** An invoice's fields that the sandbox reads; what else the contract has is kept as it came. */
export interface InvoiceFields {
	partnerId?: number;
	type: InvoiceType;
	date: string;
	paymentDate?: string;
	counterParty: {
		identifier?: string;
		taxCode?: string;
		customerNumber?: string;
		email?: string;
		bccAddresses?: string[];
		counterPartyAddress: Address & { name: string };
		einvoiceAddress?: { operator?: string; address?: string; ediId?: string };
	};
	billingAddress?: Address;
	deliveryAddress?: Address;
	paymentInfo: {
		paymentMethod: string;
		currency: string;
		bankAccount?: { accountNumber?: string; bic?: string };
		dueDate: string;
		newDueDate?: string;
		currencyRate: number;
		bankReferenceCode?: string;
		bankReferenceCodeType?: string;
	};
	extraInfo: { accountingByRow: boolean; unitPricesIncludeVat: boolean };
	discountPercent: number;
	invoiceRows: InvoiceRow[];
	vatStatus?: number;
	vatCountry?: string;
	originalInvoiceNumber?: string;
	invoiceChannel: string;
	language?: string;
	invoiceTemplateId?: number;
	additionalInformation?: string;
	notes?: string;
	factoringContractId?: number;
	deliveryMethod?: string;
	travelInformationItems?: unknown[];
	invoiceApprovalInformation?: { acceptors?: Checker[]; verifiers?: Checker[] };
	isOffer?: boolean;
	sum?: number;
}

export interface Invoice extends InvoiceFields {
	id: number;
	status: InvoiceStatus;
	invoiceNumber?: number;
	ledgerReceiptId?: number;
}

export const invoices = defineRegister<Invoice>('invoices', 100_001);

export const isSales = (type: InvoiceType) => type.startsWith('SALES');
export const isTravelOrExpense = (type: InvoiceType) => type === 'TRAVEL_INVOICE' || type === 'BILL_OF_CHARGES';

/** Next number of a series that a company counts: invoice numbers, receipt numbers, row and transaction ids. */
export function nextNumber(company: Company, series: string, first: number): number {
	const counter = company.fact(`counter ${series}`, () => ({ next: first }));
	return counter.next++;
}

/** Net amount of a row after its own and the invoice's discount, in the invoice's currency and not rounded. */
export function rowNet(invoice: InvoiceFields, row: InvoiceRow): number {
	const price = row.quantity * row.unitPrice * (1 - row.discountPercent / 100) * (1 - invoice.discountPercent / 100);
	return invoice.extraInfo.unitPricesIncludeVat ? price / (1 + row.vatPercent / 100) : price;
}

export interface Sums {
	net: number;
	vat: number;
	total: number;
}

/** Sums of an invoice in its own currency: each row rounded to cents, VAT by row. */
export function sumsOf(invoice: InvoiceFields): Sums {
	const net = sum(invoice.invoiceRows.map((row) => round2(rowNet(invoice, row))));
	const vat = sum(invoice.invoiceRows.map((row) => round2((rowNet(invoice, row) * row.vatPercent) / 100)));
	return { net, vat, total: invoice.type === 'PERIODIC_TAX_RETURN' ? (invoice.sum ?? 0) : round2(net + vat) };
}

/** An amount of the invoice in euros: the rate is the price of one euro in the invoice's currency. */
export const inEuros = (invoice: InvoiceFields, amount: number) =>
	round2(amount / (invoice.paymentInfo.currencyRate || 1));

function sumInfo(invoice: Invoice): unknown[] {
	const { net, vat, total } = sumsOf(invoice);
	const line = (currency: string, inAccountingCurrency: boolean, amount: (value: number) => number) => ({
		currency,
		inAccountingCurrency,
		excludingVatTotal: amount(net),
		vatSumTotal: amount(vat),
		invoiceSumTotal: amount(total),
	});
	const { currency } = invoice.paymentInfo;
	const own = line('EUR', true, (value) => inEuros(invoice, value));
	return currency === 'EUR' ? [own] : [own, line(currency, false, (value) => value)];
}

/** An invoice with all its details. The time of its creation is not among them: only lists tell it. */
export const showInvoice =
	(call: Pick<Call, 'clock' | 'company'>) =>
	(entry: Entry<Invoice>): unknown => ({
		...entry.record,
		attachments: attachmentsOf(call.company, 'INVOICE', entry.id),
		version: call.clock.text(entry.version),
		invoiceSumInfo: sumInfo(entry.record),
		creatorId: entry.creatorId,
	});

/** The short form of the list. */
export const showBasic =
	(call: Pick<Call, 'clock'>) =>
	(entry: Entry<Invoice>): unknown => {
		const {
			id,
			partnerId,
			type,
			status,
			invoiceNumber,
			originalInvoiceNumber,
			invoiceChannel,
			date,
			counterParty,
			paymentInfo,
			isOffer,
		} = entry.record;
		return {
			id,
			partnerId,
			type,
			status,
			invoiceNumber,
			originalInvoiceNumber,
			invoiceChannel,
			date,
			dueDate: paymentInfo.dueDate,
			newDueDate: paymentInfo.newDueDate,
			created: call.clock.text(entry.created),
			version: call.clock.text(entry.version),
			invoiceSumInfo: sumInfo(entry.record),
			creatorId: entry.creatorId,
			counterParty,
			isOffer: isOffer ?? false,
		};
	};
