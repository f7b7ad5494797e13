import { badRequest, Refusal } from '../../errors';
import { isEInvoiceAddress, isIban, isReference } from '../../finnish';
import { daysBetween } from '../../money';
import type { Company } from '../../world/world';
import { checkVat, checkVatStatus } from '../accounts';
import { bankAccounts } from '../bankaccounts';
import { factsOf } from '../company';
import type { Call } from '../handler';
import { type Address, partners } from '../partners';
import { checkOpenDay } from '../periods';
import { products } from '../products';
import { type InvoiceFields, type InvoiceRow, isSales, isTravelOrExpense } from './model';

const CREDIT_TYPES = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];
const FOREIGN_METHODS = [
	'DKLMPKRE',
	'DOMESTIC_PAYMENT_PLUSGIRO',
	'DOMESTIC_PAYMENT_BANKGIRO',
	'DOMESTIC_PAYMENT_CREDITOR',
	'NETS',
];

/**
 * Everything that an invoice must fulfil beyond the contract when it is created or replaced (docs/procountor.md#invoice-fields).
 * @throws Refusal 400 at the first thing wrong
 */
export function checkInvoice(call: Call, invoice: InvoiceFields): void {
	const { company } = call;
	if (invoice.type === 'PERIODIC_TAX_RETURN') throw badRequest('Invoice type is not supported.', 'type');
	if (invoice.isOffer && invoice.type !== 'SALES_ORDER')
		throw badRequest('Only a sales order can be an offer.', 'isOffer');
	if (invoice.invoiceRows.length === 0) throw badRequest('At least one row is required.', 'invoiceRows');
	if (isSales(invoice.type) && invoice.language === undefined) throw badRequest('Language is required.', 'language');
	checkOpenDay(company, invoice.date, 'date');
	checkPayment(company, invoice);
	checkVatOf(company, invoice);
	checkPartner(company, invoice);
	invoice.invoiceRows.forEach((row, index) => checkRow(call, invoice, row, `invoiceRows[${index}]`));
	checkChannel(invoice);
	checkSalesFields(company, invoice);
	checkTravel(invoice);
	if (invoice.extraInfo.accountingByRow && !company.settings.accountingByRow) {
		throw badRequest('Accounting by row is not in use.', 'extraInfo.accountingByRow');
	}
	const { acceptors = [], verifiers = [] } = invoice.invoiceApprovalInformation ?? {};
	if ([...acceptors, ...verifiers].length && !CREDIT_TYPES.includes(invoice.type)) {
		throw badRequest('Approvers are not supported for this type.', 'invoiceApprovalInformation');
	}
	for (const { userId } of [...acceptors, ...verifiers]) {
		if (!company.users.has(userId)) throw badRequest('User does not exist.', 'invoiceApprovalInformation');
	}
}

function checkPayment(company: Company, { paymentInfo, date, type }: InvoiceFields): void {
	const { paymentMethod, bankAccount, dueDate, currency, currencyRate, bankReferenceCode, bankReferenceCodeType } =
		paymentInfo;
	if (FOREIGN_METHODS.includes(paymentMethod))
		throw badRequest('Payment method cannot be used.', 'paymentInfo.paymentMethod');
	const account = bankAccount?.accountNumber;
	if (account === undefined && paymentMethod !== 'CASH')
		throw badRequest('Bank account is required.', 'paymentInfo.bankAccount.accountNumber');
	if (account !== undefined && !isIban(account))
		throw badRequest('Bank account must be an IBAN without spaces.', 'paymentInfo.bankAccount.accountNumber');
	const isOwn = () =>
		company
			.register(bankAccounts)
			.all()
			.some(({ record }) => record.iban === account);
	if (account !== undefined && isSales(type) && company.switches.salesAccount === 'companyOnly' && !isOwn())
		throw badRequest('Bank account does not belong to the company.', 'paymentInfo.bankAccount.accountNumber');
	if (bankAccount?.bic !== undefined && isSales(type))
		throw badRequest('BIC is not supported.', 'paymentInfo.bankAccount.bic');
	const days = daysBetween(date, dueDate);
	if (days < 0) throw badRequest('DUE_DATE_BEFORE_BILL_DATE', 'paymentInfo.dueDate');
	if (days > 999) throw badRequest('Payment term must be from 0 to 999 days.', 'paymentInfo.dueDate');
	if (currency === 'EUR' ? currencyRate !== 1 : currencyRate === 0)
		throw badRequest('Currency rate is not valid.', 'paymentInfo.currencyRate');
	if (bankReferenceCodeType !== undefined && !['FI', 'RF'].includes(bankReferenceCodeType)) {
		throw badRequest('Reference type is not allowed in Finland.', 'paymentInfo.bankReferenceCodeType');
	}
	if (bankReferenceCode && !isReference(bankReferenceCode))
		throw badRequest('Reference code is not valid.', 'paymentInfo.bankReferenceCode');
}

function checkVatOf(company: Company, invoice: InvoiceFields): void {
	if (invoice.vatStatus === undefined && !isTravelOrExpense(invoice.type))
		throw badRequest('VAT status is required.', 'vatStatus');
	checkVatStatus(company, isSales(invoice.type) ? 'sales' : 'purchase', invoice.vatStatus, 'vatStatus');
	const foreign = invoice.vatCountry !== undefined && invoice.vatCountry !== 'FINLAND';
	if (company.settings.foreignVat && invoice.vatCountry === undefined)
		throw badRequest('VAT country is required.', 'vatCountry');
	if (foreign && !company.settings.foreignVat) throw badRequest('Foreign VAT is not in use.', 'vatCountry');
}

function checkPartner(company: Company, invoice: InvoiceFields): void {
	const { taxCode, bccAddresses = [], email } = invoice.counterParty;
	if (taxCode !== undefined && !(/^FI\d{8}$/.test(taxCode) || /^(?!FI)[A-Z]{2}[0-9A-Z]{2,13}$/.test(taxCode))) {
		throw badRequest('ERROR_BRN_CODE', 'counterParty.taxCode');
	}
	if (bccAddresses.length > 4 || bccAddresses.some((address) => address === email || address.length > 256)) {
		throw badRequest('Blind copy addresses are not valid.', 'counterParty.bccAddresses');
	}
	if (invoice.partnerId === undefined) return;
	const partner = company.register(partners).get(invoice.partnerId)?.record;
	const wanted = isSales(invoice.type) ? 'CUSTOMER' : isTravelOrExpense(invoice.type) ? 'PERSON' : 'SUPPLIER';
	if (partner?.type !== wanted) throw badRequest('Business partner does not exist in the register.', 'partnerId');
}

function checkRow(call: Call, invoice: InvoiceFields, row: InvoiceRow, field: string): void {
	const { company } = call;
	checkVat(
		company,
		isSales(invoice.type) ? 'sales' : 'purchase',
		row.vatStatus ?? invoice.vatStatus,
		row.vatPercent,
		field,
	);
	if (call.switches.negativeRowsRefused && row.quantity * row.unitPrice < 0)
		throw badRequest('Negative rows are not allowed.', `${field}.unitPrice`);
	if (invoice.type === 'TRAVEL_INVOICE' && row.productId === undefined)
		throw badRequest('A travel row needs a travel product.', `${field}.productId`);
	if (row.productId === undefined) return;
	const product = company.register(products).get(row.productId)?.record;
	const allowed = isSales(invoice.type)
		? ['SALES']
		: invoice.type === 'TRAVEL_INVOICE'
			? ['TRAVEL']
			: invoice.type === 'BILL_OF_CHARGES'
				? ['PURCHASE', 'TRAVEL']
				: ['PURCHASE'];
	if (!product || !allowed.includes(product.type))
		throw badRequest('Product does not exist in the register.', `${field}.productId`);
}

const lacks = (address: Address | undefined) => (['street', 'zip', 'city'] as const).find((part) => !address?.[part]);

function checkChannel({ type, invoiceChannel, counterParty, billingAddress, deliveryAddress }: InvoiceFields): void {
	if (['EDIFACT', 'PAPER_INVOICE'].includes(invoiceChannel))
		throw badRequest('Invoice channel is read only.', 'invoiceChannel');
	if (deliveryAddress && Object.keys(deliveryAddress).length > 0 && deliveryAddress.country === undefined) {
		throw badRequest("Value of 'deliveryAddress.country' cannot be blank", 'deliveryAddress.country');
	}
	if (!isSales(type)) return;
	const { counterPartyAddress, email, einvoiceAddress } = counterParty;
	if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
		throw badRequest('Email address is not valid.', 'counterParty.email');
	if (invoiceChannel === 'EMAIL' && email === undefined)
		throw badRequest('Email address is required.', 'counterParty.email');
	// Left out, the billing address is the counterparty's; `{}` is an empty one.
	const billing = billingAddress ?? counterPartyAddress;
	if (invoiceChannel === 'MAIL' && lacks(counterPartyAddress) && lacks(billing)) {
		throw badRequest(
			'Street, zip and city are required.',
			`counterParty.counterPartyAddress.${lacks(counterPartyAddress)}`,
		);
	}
	if (invoiceChannel !== 'ELECTRONIC_INVOICE') return;
	if (lacks(counterPartyAddress))
		throw badRequest(
			'Street, zip and city are required.',
			`counterParty.counterPartyAddress.${lacks(counterPartyAddress)}`,
		);
	if (lacks(billing)) throw badRequest('Street, zip and city are required.', `billingAddress.${lacks(billing)}`);
	if ((counterPartyAddress.country ?? 'FINLAND') !== 'FINLAND') return;
	if (!einvoiceAddress?.address || !isEInvoiceAddress(einvoiceAddress.address))
		throw badRequest('INVALID_OVT', 'counterParty.einvoiceAddress.address');
	if (!einvoiceAddress.operator) throw badRequest('ERROR_OPERATOR', 'counterParty.einvoiceAddress.operator');
}

function checkSalesFields(company: Company, invoice: InvoiceFields): void {
	const { type, invoiceTemplateId, factoringContractId, deliveryMethod, paymentInfo } = invoice;
	if (isSales(type) && deliveryMethod === 'OTHER')
		throw badRequest('Delivery method is not supported.', 'deliveryMethod');
	if (
		invoiceTemplateId !== undefined &&
		!(isSales(type) && factsOf(company).invoiceTemplates.some(({ id }) => id === invoiceTemplateId))
	) {
		throw badRequest('Invoice template does not exist.', 'invoiceTemplateId');
	}
	if (factoringContractId !== undefined && (!isSales(type) || paymentInfo.paymentMethod === 'CASH')) {
		throw new Refusal(400, 'Financing agreement cannot be used.', 'factoringContractId');
	}
}

function checkTravel({ type, extraInfo, travelInformationItems }: InvoiceFields): void {
	if (type !== 'TRAVEL_INVOICE') {
		if (travelInformationItems?.length)
			throw badRequest('Only a travel invoice has travel information.', 'travelInformationItems');
	} else if (!extraInfo.unitPricesIncludeVat) {
		throw badRequest('Prices of a travel invoice include VAT.', 'extraInfo.unitPricesIncludeVat');
	}
}
