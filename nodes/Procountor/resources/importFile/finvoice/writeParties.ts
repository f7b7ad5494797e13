import type { IDataObject } from 'n8n-workflow';
import { countryCode, countryValue } from '../../../validation/countries';
import { branch, leaf, type XmlNode } from './xmlWriter';

/** A party of an invoice that is written. */
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

/** Lengths that the schema of Finvoice 3.0 sets. */
const LINE = 35;
const NAME = 70;
const MAX_STREET_LINES = 3;

/** Returns a text cut to the length of its element; undefined if it is empty or too short. */
export function truncate(value: unknown, most: number, least = 1): string | undefined {
	const text = value === undefined || value === null ? '' : String(value).replace(/\s+/g, ' ').trim();
	return text.length < least ? undefined : text.slice(0, most).trim();
}

/** Splits a text into lines of a given length, at spaces if possible. */
export function wrapText(text: string | undefined, length: number, most: number): string[] {
	const lines: string[] = [];
	for (let rest = text ?? ''; rest !== '' && lines.length < most;) {
		const space = rest.length > length ? rest.lastIndexOf(' ', length) : -1;
		const end = rest.length <= length ? rest.length : space > 0 ? space : length;
		lines.push(rest.slice(0, end).trim());
		rest = rest.slice(end).trim();
	}
	return lines.filter((line) => line !== '');
}

/** The elements of a seller or buyer: party, contact person, communication, in the schema's order. */
export function partyElements(role: 'Seller' | 'Buyer', party: WrittenParty): Array<XmlNode | undefined> {
	return [
		branch(`${role}PartyDetails`, [
			leaf(`${role}PartyIdentifier`, truncate(party.identifier, LINE)),
			leaf(`${role}OrganisationName`, truncate(party.name, NAME, 2)),
			leaf(`${role}OrganisationDepartment`, truncate(party.specifier, LINE)),
			leaf(`${role}OrganisationTaxCode`, truncate(party.taxCode, LINE)),
			addressElement(role, party),
		]),
		leaf(`${role}ContactPersonName`, truncate(party.contactPerson, NAME)),
		branch(`${role}CommunicationDetails`, [leaf(`${role}EmailaddressIdentifier`, truncate(party.email, NAME))]),
	];
}

/** Returns the receiver of a delivery; undefined if the address is incomplete. */
export function deliveryElement(address: IDataObject | undefined, buyer: WrittenParty): XmlNode | undefined {
	const party = { ...(address as unknown as WrittenParty), name: String(address?.name ?? buyer.name) };
	const postal = address && addressElement('Delivery', party);
	if (!postal) return undefined;
	const names = wrapText(truncate(party.name, NAME, 2), LINE, 2);
	return branch('DeliveryPartyDetails', [...names.map((name) => leaf('DeliveryOrganisationName', name)), postal]);
}

/** An address needs a street, a town and a zip code of two characters at least. */
function addressElement(role: string, { street, zip, city, country }: WrittenParty): XmlNode | undefined {
	const lines = wrapText(truncate(street, LINE * MAX_STREET_LINES, 2), LINE, MAX_STREET_LINES).filter(
		(line) => line.length > 1,
	);
	const [town, code] = [truncate(city, LINE, 2), truncate(zip, LINE, 2)];
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
