import type { IDataObject } from 'n8n-workflow';
import { parseVatNumber } from '../../validation/businessId';
import { type Client, InputError, type RecordLoader } from '../../api';
import { readPerson } from '../shared/companyData';
import { isOfPerson, isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { objectAt } from '../../utils/objects';

/** The counterparty's register entry as fields of an invoice; empty if no entry was chosen. */
export interface Counterparty {
	fields: IDataObject;
	/** The register's channel, term of payment in days, and language. */
	channel?: string;
	termDays?: number;
	language?: string;
}

/** Payment methods of the register that the API rejects on invoices (docs/procountor.md#invoice-fields). */
const UNSUPPORTED_METHODS = ['DIRECT_DEBIT', 'DKLMPKRE'];

/** References that partners and invoices have under the same names. */
const REFERENCES = [
	'orderReference',
	'orderNumber',
	'agreementNumber',
	'accountingCode',
	'deliverySite',
	'tenderReference',
	'buyerReferenceIdentifier',
	'sellerReferenceIdentifier',
];

/** Reads the counterparty from its register. */
export async function readCounterparty(
	client: Client,
	loader: RecordLoader<'GET /businesspartners/{id}'>,
	type: InvoiceType,
	id: number | undefined,
): Promise<Counterparty> {
	if (id === undefined) return { fields: {} };
	if (isOfPerson(type)) return counterpartyFromPerson(await readPerson(client, id), id);
	const [partner] = await loader.load(client, [id]);
	const wanted = isSales(type) ? 'CUSTOMER' : 'SUPPLIER';
	if (!partner)
		throw new InputError(
			counterpartyLabel(type),
			`is not in the register: ${id}`,
			'Check the ID, and that the credential is of the company that the register belongs to.',
		);
	if (partner.type !== wanted)
		throw new InputError(
			counterpartyLabel(type),
			`is in another register: ${String(partner.name)} is a ${String(partner.type).toLowerCase()}`,
		);
	return counterpartyFromPartner(partner, type);
}

/** Returns an object without its empty values. */
export function omitEmpty(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) =>
				value !== undefined &&
				value !== null &&
				value !== '' &&
				!(typeof value === 'object' && Object.keys(value).length === 0),
		),
	);
}

function counterpartyFromPartner(partner: IDataObject, type: InvoiceType): Counterparty {
	const [invoicing, payment] = [objectAt(partner, 'invoicingInfo'), objectAt(partner, 'paymentInfo')];
	const sales = isSales(type);
	const identifier = invoicing.identifier as string | undefined;
	const fields: IDataObject = {
		partnerId: partner.id,
		counterParty: omitEmpty({
			counterPartyAddress: readAddress(partner, 'address', String(partner.name)),
			identifier,
			taxCode: identifier !== undefined && parseVatNumber(identifier).ok ? identifier : undefined,
			customerNumber: invoicing.customerNumber,
			contactPersonName: invoicing.contactPerson,
			email: sales || type === 'PURCHASE_ORDER' ? invoicing.email : undefined,
			bccAddresses: sales ? invoicing.bccAddresses : undefined,
			einvoiceAddress:
				type === 'SALES_INVOICE'
					? omitEmpty({ address: invoicing.einvoiceAddress, operator: invoicing.einvoiceOperator })
					: undefined,
		}),
		paymentInfo: omitEmpty({
			paymentMethod: UNSUPPORTED_METHODS.includes(String(payment.paymentMethod)) ? undefined : payment.paymentMethod,
			currency: payment.currency,
			cashDiscount: payment.cashDiscount,
			bankAccount: sales ? undefined : omitEmpty({ accountNumber: payment.bankAccount, bic: payment.bic }),
		}),
		discountPercent: payment.discountPercentage,
		penaltyPercent: sales ? payment.penalInterestRate : undefined,
		billingAddress: sales ? secondAddress(partner, 'billingAddress') : undefined,
		deliveryAddress: sales ? secondAddress(partner, 'deliveryAddress') : undefined,
		...(type === 'SALES_INVOICE' ? Object.fromEntries(REFERENCES.map((name) => [name, invoicing[name]])) : {}),
	};
	return {
		fields: omitEmpty(fields),
		channel: invoicing.invoiceChannel as string | undefined,
		termDays: parseDays(payment.paymentTermDays),
		language: invoicing.language as string | undefined,
	};
}

function counterpartyFromPerson(person: IDataObject, id: number): Counterparty {
	const payment = objectAt(person, 'paymentInfo');
	const name = [person.lastName, person.firstName].filter((part) => part).join(' ');
	const { street, zip, city, country } = objectAt(person, 'deliveryAddress');
	const fields = {
		partnerId: id,
		counterParty: { counterPartyAddress: omitEmpty({ name, street, zip, city, country }) },
		paymentInfo: omitEmpty({
			paymentMethod: UNSUPPORTED_METHODS.includes(String(payment.paymentMethod)) ? undefined : payment.paymentMethod,
			bankAccount: omitEmpty({ accountNumber: payment.accountNumber, bic: payment.bic }),
		}),
	};
	return { fields, termDays: parseDays(payment.paymentTermDays) };
}

function readAddress(partner: IDataObject, name: string, fallback?: string): IDataObject {
	const { name: recipient, specifier, street, zip, city, country, subdivision } = objectAt(partner, name);
	return omitEmpty({ name: recipient || fallback, specifier, street, zip, city, country, subdivision });
}

/**
 * Returns a billing or delivery address if it has more than a name. Procountor refuses an address without a country
 * (docs/procountor.md#addresses).
 */
function secondAddress(partner: IDataObject, name: string): IDataObject | undefined {
	const address = readAddress(partner, name, String(partner.name));
	if (!address.street && !address.city && !address.zip) return undefined;
	return { ...address, country: address.country ?? objectAt(partner, 'address').country ?? 'FINLAND' };
}

/** Parses a payment term in days, which the register stores as text. */
function parseDays(value: unknown): number | undefined {
	const text = String(value ?? '').trim();
	return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
