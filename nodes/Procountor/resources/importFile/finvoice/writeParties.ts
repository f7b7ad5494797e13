import type { IDataObject } from 'n8n-workflow';
import { countryCode, countryValue } from '../../../validation/countries';
import { branch, leaf, type XmlNode } from './xmlWriter';

/** A party of an invoice to be written. */
export interface WrittenParty {
	name: string;
	specifier?: string;
	identifier?: string;
	taxCode?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
	contactPerson?: string;
	email?: string;
	einvoiceAddress?: string;
	einvoiceOperator?: string;
}

/** Maximum lengths in the schema of Finvoice 3.0. */
const LINE_LENGTH = 35;
const NAME_LENGTH = 70;
const MAX_STREET_LINES = 3;

/** Cuts a text to the length of its element; undefined if it is empty or too short. */
export function truncate(value: unknown, maxLength: number, minLength = 1): string | undefined {
	const text = value === undefined || value === null ? '' : String(value).replace(/\s+/g, ' ').trim();
	return text.length < minLength ? undefined : text.slice(0, maxLength).trim();
}

/** Splits a text into lines, at spaces if possible. */
export function wrapText(text: string | undefined, length: number, maxLines: number): string[] {
	const lines: string[] = [];
	for (let rest = text ?? ''; rest !== '' && lines.length < maxLines;) {
		const space = rest.length > length ? rest.lastIndexOf(' ', length) : -1;
		const end = rest.length <= length ? rest.length : space > 0 ? space : length;
		lines.push(rest.slice(0, end).trim());
		rest = rest.slice(end).trim();
	}
	return lines.filter((line) => line !== '');
}

/** Returns the elements of a seller or buyer in the schema's order. */
export function partyElements(role: 'Seller' | 'Buyer', party: WrittenParty): Array<XmlNode | undefined> {
	return [
		branch(`${role}PartyDetails`, [
			leaf(`${role}PartyIdentifier`, truncate(party.identifier, LINE_LENGTH)),
			leaf(`${role}OrganisationName`, truncate(party.name, NAME_LENGTH, 2)),
			leaf(`${role}OrganisationDepartment`, truncate(party.specifier, LINE_LENGTH)),
			leaf(`${role}OrganisationTaxCode`, truncate(party.taxCode, LINE_LENGTH)),
			addressElement(role, party),
		]),
		leaf(`${role}ContactPersonName`, truncate(party.contactPerson, NAME_LENGTH)),
		branch(`${role}CommunicationDetails`, [leaf(`${role}EmailaddressIdentifier`, truncate(party.email, NAME_LENGTH))]),
	];
}

/** Returns the receiver of the delivery; undefined if the address is incomplete. */
export function deliveryElement(address: IDataObject | undefined, buyer: WrittenParty): XmlNode | undefined {
	const party = { ...(address as unknown as WrittenParty), name: String(address?.name ?? buyer.name) };
	const postal = address && addressElement('Delivery', party);
	if (!postal) return undefined;
	const names = wrapText(truncate(party.name, NAME_LENGTH, 2), LINE_LENGTH, 2);
	return branch('DeliveryPartyDetails', [...names.map((name) => leaf('DeliveryOrganisationName', name)), postal]);
}

/** Returns an address; undefined without street, city, and zip code of at least two characters each. */
function addressElement(role: string, { street, zip, city, country }: WrittenParty): XmlNode | undefined {
	const lines = wrapText(truncate(street, LINE_LENGTH * MAX_STREET_LINES, 2), LINE_LENGTH, MAX_STREET_LINES).filter(
		(line) => line.length > 1,
	);
	const [town, code] = [truncate(city, LINE_LENGTH, 2), truncate(zip, LINE_LENGTH, 2)];
	if (lines.length === 0 || town === undefined || code === undefined) return undefined;
	return branch(`${role}PostalAddressDetails`, [
		...lines.map((line) => leaf(`${role}StreetName`, line)),
		leaf(`${role}TownName`, town),
		leaf(`${role}PostCodeIdentifier`, code),
		leaf('CountryCode', toCountryCode(country)),
	]);
}

function toCountryCode(country: string | undefined): string | undefined {
	const value = country === undefined ? undefined : countryValue(country);
	return value === undefined ? undefined : countryCode(value);
}
