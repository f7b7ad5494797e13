import type { IDataObject } from 'n8n-workflow';
import { businessId } from '../../validation/businessId';
import { type Client, InputError } from '../../api';
import { checkedBody } from '../../engine/input';
import { getPath, objectAt } from '../../utils/objects';
import { businessPartner } from '../businessPartner';
import { toRegisterEntry, isGuestNumber, type RegisterEntry } from '../shared/registerEntry';
import { partners } from '../shared/registers';
import { omitEmpty } from './counterparty';
import type { KnownEntries } from './knownEntries';

const operation = businessPartner.operations.upsert;
const [byBusinessId, byCustomerNumber] = partners.keys;

/** An invoice's customer as the register would have it, by each number that was given: the business ID first. */
export type CustomerEntries = RegisterEntry[];

/**
 * Returns the customer of an invoice as entries of the register; none for a guest, who has neither a business ID nor a
 * customer number.
 * @param fields the invoice as it was given
 * @throws {InputError} for what the register would not take
 */
export function toCustomerEntries(fields: IDataObject): CustomerEntries {
	const counterparty = objectAt(fields, 'counterParty');
	const { name, ...address } = objectAt(counterparty, 'counterPartyAddress');
	const [identifier, customerNumber] = [readNumber(counterparty.identifier), readNumber(counterparty.customerNumber)];
	const id = identifier === undefined ? undefined : businessId(identifier);
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
	const body = keys.length ? checkedBody(operation, given, { whole: false }) : {};
	return keys.map((key) => toRegisterEntry(partners, key, operation, body));
}

/** A number without spaces; undefined for none, and for one that stands for nobody. */
function readNumber(value: unknown): string | undefined {
	const number = String(value ?? '').trim();
	return number === '' || isGuestNumber(number) ? undefined : number;
}

/**
 * The entry that the register is to be searched and written by, and the record that it has.
 * @throws {InputError} if the two numbers of the customer belong to different records
 */
export async function findCustomer(
	client: Client,
	entries: CustomerEntries,
	mode: string,
	known: KnownEntries,
): Promise<{ entry: RegisterEntry; record?: IDataObject }> {
	for (const entry of entries) {
		const record = await known.find(client, entry);
		if (!record) continue;
		// Left alone, an entry may have another customer number than the shop's.
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

/** One record must not get the number of another. */
function checkNumbersMatch(found: RegisterEntry, entries: CustomerEntries, record: IDataObject): void {
	for (const { key, number } of entries) {
		const own = String(getPath(record, key.path) ?? '').trim();
		if (own === '' || key.fold(own) === key.fold(number)) continue;
		throw new InputError(
			'Customer Register',
			`cannot be updated: the customer with the ${found.key.name} ${found.number} (ID ${String(record.id)}) has the ${key.name} ${own}, not ${number}`,
			'Correct the number, or the register.',
		);
	}
}
