import type { IDataObject } from 'n8n-workflow';
import { parseBusinessId } from '../../validation/businessId';
import { type Client, InputError } from '../../api';
import { checkedBody } from '../../engine/input';
import { getPath, objectAt } from '../../utils/objects';
import { businessPartner } from '../businessPartner';
import { toRegisterEntry, isGuestNumber, type RegisterEntry } from '../shared/registerEntry';
import { partners } from '../shared/registers';
import { omitEmpty } from './counterparty';
import type { EntryCache } from './entryCache';

const operation = businessPartner.operations.upsert;
const [byBusinessId, byCustomerNumber] = partners.keys;

/** An invoice's customer as an entry of the register, once for each given number; the business ID comes first. */
export type CustomerEntries = RegisterEntry[];

/**
 * Returns the customer of an invoice as entries of the register; none for a guest without a business ID and a customer
 * number.
 * @param fields the given fields of the invoice
 * @throws {InputError} for values that the register would reject
 */
export function toCustomerEntries(fields: IDataObject): CustomerEntries {
	const counterparty = objectAt(fields, 'counterParty');
	const { name, ...address } = objectAt(counterparty, 'counterPartyAddress');
	const [identifier, customerNumber] = [readNumber(counterparty.identifier), readNumber(counterparty.customerNumber)];
	const id = identifier === undefined ? undefined : parseBusinessId(identifier);
	const einvoice = objectAt(counterparty, 'einvoiceAddress');
	const given = omitEmpty({
		type: 'CUSTOMER',
		name,
		address: omitEmpty(Object.keys(address).length ? { name, ...address } : {}),
		invoicingInfo: omitEmpty({
			identifier: id?.ok ? id.value : identifier,
			customerNumber,
			contactPerson: counterparty.contactPersonName,
			email: counterparty.email,
			einvoiceAddress: einvoice.address,
			einvoiceOperator: einvoice.operator,
			invoiceChannel: fields.invoiceChannel === 'NO_SENDING' ? undefined : fields.invoiceChannel,
			language: fields.language,
		}),
	});
	const keys = [identifier && byBusinessId, customerNumber && byCustomerNumber].filter(
		(key) => typeof key === 'object',
	);
	const body = keys.length ? checkedBody(operation, given, { requireAll: false }) : {};
	return keys.map((key) => toRegisterEntry(partners, key, operation, body));
}

/** Returns a trimmed number; undefined if it is empty or stands for a guest. */
function readNumber(value: unknown): string | undefined {
	const number = String(value ?? '').trim();
	return number === '' || isGuestNumber(number) ? undefined : number;
}

/**
 * Finds the customer in the register. Returns the entry to write, and the record if the register has one.
 * @throws {InputError} if the two numbers of the customer belong to different records
 */
export async function findCustomer(
	client: Client,
	entries: CustomerEntries,
	mode: string,
	cache: EntryCache,
): Promise<{ entry: RegisterEntry; record?: IDataObject }> {
	for (const entry of entries) {
		const record = await cache.find(client, entry);
		if (!record) continue;
		// An entry that is not updated may have another customer number than the shop's.
		if (entry.key === byCustomerNumber || mode === 'update') checkNumbersMatch(entry, entries, record);
		return { entry, record };
	}
	const [entry] = entries;
	if (entry.given.name === undefined)
		throw new InputError(
			'Customer Name',
			`is empty, and the register has no customer with the ${entry.key.name} ${entry.number}`,
		);
	return { entry };
}

/** Refuses a record whose other number differs from the given one, because one record must not get another's number. */
function checkNumbersMatch(found: RegisterEntry, entries: CustomerEntries, record: IDataObject): void {
	for (const { key, number } of entries) {
		const present = String(getPath(record, key.path) ?? '').trim();
		if (present === '' || key.fold(present) === key.fold(number)) continue;
		throw new InputError(
			'Customer Register',
			`cannot be updated: the customer with the ${found.key.name} ${found.number} (ID ${String(record.id)}) has the ${key.name} ${present}, not ${number}`,
			'Correct the number, or the register.',
		);
	}
}
