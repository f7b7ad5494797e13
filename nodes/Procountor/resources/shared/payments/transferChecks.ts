import type { IDataObject } from 'n8n-workflow';
import { coerce } from '../../../engine/coerce';
import { fieldLabel } from '../../../labels/fieldLabel';
import { type DirectBankTransfer, type DirectSalaryPayment, InputError, type InvoicePayment } from '../../../api';
import { checkIdentities } from '../../../validation/identities';
import { decimalWithin } from '../../../validation/money';
import { isSepaAccount } from '../../../validation/iban';
import { parseReferenceNumber } from '../../../validation/reference';
import { toObject } from '../../../utils/objects';
import { adviceFor } from '../../../utils/texts';

const FOREIGN = 'FINNISH_FOREIGN_PAYMENT';
/** The parts of an address that a foreign payment needs (docs/procountor.md#payments). */
const ADDRESS = { name: 'name', street: 'street', zip: 'zip code', city: 'town', country: 'country' } as const;

/** Returns the payment method for an account in Finland: a SEPA credit transfer if possible. */
export function paymentMethodFor(account: string, currency: string): string {
	return currency === 'EUR' && isSepaAccount(account.replaceAll(' ', '').toUpperCase())
		? 'FINNISH_BANK_TRANSFER'
		: FOREIGN;
}

/**
 * Returns the address in the form that banks accept: with town and country as separate fields, or only the name. A
 * foreign payment needs all of it.
 */
export function structuredAddress(address: IDataObject, method: string): IDataObject {
	const { name, specifier, street, zip, city, country, subdivision } = address;
	const hasTown = method === FOREIGN || (isFilled(city) && isFilled(country));
	const parts = hasTown ? { name, specifier, street, zip, city, country, subdivision } : { name };
	return Object.fromEntries(Object.entries(parts).filter(([, value]) => isFilled(value)));
}

/** Returns the reference number fields of a payment. A number of an unknown kind becomes the message. */
export function referenceFields(code: unknown, type: unknown, message: string | undefined, label: string): IDataObject {
	const text = String(code ?? '').trim();
	if (text === '') return message === undefined ? {} : { message };
	const reference = parseReferenceNumber(text);
	if (reference.ok) {
		const kind = reference.value.startsWith('RF') ? 'RF' : 'FI';
		return { bankReferenceCode: reference.value, bankReferenceCodeType: kind };
	}
	if (type === 'FI' || type === 'RF')
		throw new InputError(`${label}: Reference Number`, reference.message, reference.advice && `${reference.advice}.`);
	return { message: message ?? text };
}

/** The payments of an order, by the names of their schemas. */
interface Payments {
	InvoicePayment: InvoicePayment;
	DirectBankTransfer: DirectBankTransfer;
	DirectSalaryPayment: DirectSalaryPayment;
}

/**
 * Returns a payment in the API's form.
 * @param schema its name in the contract
 * @param label where it comes from, such as 'Item 2, invoice 1042'
 * @throws {InputError} with everything that is wrong with it
 */
export function checkPayment<Name extends keyof Payments>(
	schema: Name,
	payment: IDataObject,
	label: string,
): Payments[Name] {
	const conformed = coerce({ $ref: schema }, payment, '');
	const { value, faults } = conformed.faults.length ? conformed : checkIdentities(conformed.value);
	const problems = [
		...faults.map(({ path, message }) => `${labelOf(path)} ${message}`),
		...(faults.length ? [] : findMissingParts(payment)),
	];
	if (problems.length === 0) return toObject(value) as Payments[Name];
	throw new InputError(`${label}:`, problems.join('; '), adviceFor(faults));
}

const labels: Readonly<Record<string, string>> = {
	recipientBankAccount: 'Recipient Account (IBAN)',
	recipientBicCode: 'Recipient BIC',
	payerBankAccount: 'Payer Account (IBAN)',
	'recipientNameAndAddress.name': 'Recipient',
	'recipientNameAndAddress.city': 'Town',
	'recipientNameAndAddress.zip': 'Zip Code',
	'recipientNameAndAddress.country': 'Country',
	'recipientNameAndAddress.street': 'Street',
};

const labelOf = (path: string): string => labels[path] ?? fieldLabel(path);

function findMissingParts({ paymentMethod, recipientNameAndAddress, amount }: IDataObject): string[] {
	const problems: string[] = [];
	const cents = decimalWithin(amount, 2);
	if (!cents.ok) problems.push(`Amount ${cents.message}`);
	else if (cents.value.digits <= 0n) problems.push('Amount is not greater than zero');
	const address = toObject(recipientNameAndAddress);
	if (paymentMethod === FOREIGN) {
		const missing = Object.entries(ADDRESS).filter(([part]) => !isFilled(address[part]));
		if (missing.length)
			problems.push(
				`Recipient has no ${missing.map(([, name]) => name).join(', no ')}; a foreign payment needs the whole address, each part in its own field`,
			);
	} else if ((['street', 'zip', 'city', 'country'] as const).some((part) => isFilled(address[part]))) {
		const missing = (['city', 'country'] as const).filter((part) => !isFilled(address[part]));
		if (missing.length)
			problems.push(
				`Recipient's address has no ${missing.map((part) => ADDRESS[part]).join(' and no ')}, without which banks reject it`,
			);
	}
	return problems;
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && String(value).trim() !== '';
}
