import type { Company, User } from '../world/world';
import type { ReferenceType } from './attachments';
import { findStatementEvent } from './bankstatements';
import { invoices } from './invoices/model';
import { seesInvoice } from './invoices/search';
import { partnerRight, partners } from './partners';
import { employees } from './payroll/model';
import { products } from './products';
import { receipts } from './receipts/model';
import { referencePayments } from './referencepayments';
import { mayEdit, mayView, mayViewType, type Right, rightsForType } from './rights';

/** The record that an attachment belongs to, as far as attachments need to know it. */
export interface Owner {
	mayView(user: User): boolean;
	mayEdit(user: User): boolean;
	/** What the `type` of the list of attachments calls it. */
	documentType: string;
	/** Whether its attachments can be sent with it. */
	sends: boolean;
}

const SENDING = ['SALES_INVOICE', 'SALES_ORDER', 'PURCHASE_ORDER'];

const byRight = (right: Right, documentType: string): Owner => ({
	mayView: (user) => mayView(user, right),
	mayEdit: (user) => mayEdit(user, right),
	documentType,
	sends: false,
});

function invoiceOwner(company: Company, id: number): Owner | undefined {
	const entry = company.register(invoices).get(id);
	if (!entry) return undefined;
	const { type, isOffer } = entry.record;
	return {
		mayView: (user) => seesInvoice(user, entry),
		mayEdit: (user) => mayEdit(user, rightsForType(type).edit),
		documentType: isOffer ? 'OFFER' : type,
		sends: SENDING.includes(type),
	};
}

/** Attachments of a journal belong to its invoice, never to the receipt itself. */
function receiptOwner(company: Company, id: number): Owner | undefined {
	const entry = company.register(receipts).get(id);
	if (!entry || entry.record.type === 'JOURNAL') return undefined;
	const { type } = entry.record;
	return {
		mayView: (user) => mayViewType(user, type, entry.creatorId),
		mayEdit: (user) => mayEdit(user, rightsForType(type).edit),
		documentType: type,
		sends: false,
	};
}

function partnerOwner(company: Company, type: 'CUSTOMER' | 'SUPPLIER' | 'PERSON', id: number): Owner | undefined {
	const found = company.register(partners).get(id)?.record;
	return found?.type === type ? byRight(partnerRight(type), `${type}_BUSINESS_PARTNER_REGISTER`) : undefined;
}

function productOwner(company: Company, type: 'SALES' | 'PURCHASE', id: number): Owner | undefined {
	const found = company.register(products).get(id)?.record;
	return found?.type === type
		? byRight(type === 'SALES' ? 'sales.productRegister' : 'purchases.productRegister', `${type}_PRODUCT_REGISTER`)
		: undefined;
}

const BANK: Right = 'payments.bankStatementAndReferencePayment';

/** The record of a reference type and an id, or undefined where there is none, or none that the sandbox keeps. */
export function ownerOf(company: Company, type: ReferenceType, id: number): Owner | undefined {
	switch (type) {
		case 'INVOICE':
			return invoiceOwner(company, id);
		case 'LEDGERRECEIPT':
			return receiptOwner(company, id);
		case 'CUSTOMER_BUSINESS_PARTNER_REGISTER':
			return partnerOwner(company, 'CUSTOMER', id);
		case 'SUPPLIER_BUSINESS_PARTNER_REGISTER':
			return partnerOwner(company, 'SUPPLIER', id);
		case 'PERSON_BUSINESS_PARTNER_REGISTER':
			return partnerOwner(company, 'PERSON', id);
		case 'SALES_PRODUCT_REGISTER':
			return productOwner(company, 'SALES', id);
		case 'PURCHASE_PRODUCT_REGISTER':
			return productOwner(company, 'PURCHASE', id);
		case 'EMPLOYEE_INFO':
			return company.register(employees).get(id) && byRight('salaries.payroll', 'EMPLOYEE_INFO');
		case 'ENVIRONMENT':
			return id === company.id ? byRight('management.basicCompanyInfo', 'ENVIRONMENT') : undefined;
		case 'BANKSTATEMENTEVENT':
			return findStatementEvent(company, id) && byRight(BANK, 'BANK_STATEMENT_EVENT');
		case 'REFERENCE_PAYMENT':
			return company.register(referencePayments).get(id) && byRight(BANK, 'REFERENCE_PAYMENT_EVENT');
		default:
			return undefined;
	}
}
