import type { IDataObject } from 'n8n-workflow';
import { parseBusinessId, parseVatNumber } from '../../../validation/businessId';
import { parseCountry } from '../../../validation/countries';
import { elementAt, textAt, textsOf } from './xmlValues';
import type { XmlElement } from './xml';

/** A party of a Finvoice message, with Procountor's field names. */
export interface Party {
	name: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
	identifier?: string;
	taxCode?: string;
	/** An identifier that is not a business ID, such as a customer number. */
	otherIdentifier?: string;
	contactPersonName?: string;
	email?: string;
}

/** The prefix of a party's elements. */
export type PartyRole = 'Seller' | 'Buyer' | 'InvoiceRecipient' | 'Delivery';

const MAX_NAME = 80;

/** Reads a party; undefined if the message has none. Further name lines and departments become the specifier. */
export function readParty(message: XmlElement, role: PartyRole): Party | undefined {
	const details = elementAt(message, `${role}PartyDetails`);
	const [name, ...moreNames] = textsOf(details, `${role}OrganisationName`);
	if (!details || name === undefined) return undefined;
	const departments = textsOf(
		details,
		role === 'InvoiceRecipient' ? `${role}Department` : `${role}OrganisationDepartment`,
	);
	const partyIdentifier = textAt(details, `${role}PartyIdentifier`);
	const identifier = partyIdentifier === undefined ? undefined : parseBusinessId(partyIdentifier);
	return {
		name: name.slice(0, MAX_NAME),
		specifier: [...moreNames, ...departments].join(', ') || undefined,
		...readAddress(details, role),
		...(identifier?.ok ? { identifier: identifier.value } : { otherIdentifier: partyIdentifier }),
		taxCode: parseTaxCode(textAt(details, `${role}OrganisationTaxCode`)),
		contactPersonName: textAt(message, `${role}ContactPersonName`),
		email: textAt(message, `${role}CommunicationDetails/${role}EmailaddressIdentifier`),
	};
}

function readAddress(details: XmlElement, role: PartyRole): Pick<Party, 'street' | 'zip' | 'city' | 'country'> {
	const address = elementAt(details, `${role}PostalAddressDetails`);
	const box = textAt(address, `${role}PostOfficeBoxIdentifier`) ?? textAt(address, `${role}PostofficeBoxIdentifier`);
	const known = parseCountry(textAt(address, 'CountryCode') ?? textAt(address, 'CountryName'));
	return {
		street: [...textsOf(address, `${role}StreetName`), box].filter((line) => line).join(', ') || undefined,
		zip: textAt(address, `${role}PostCodeIdentifier`),
		city: textAt(address, `${role}TownName`),
		country: known.ok ? known.value : undefined,
	};
}

/** Returns a VAT number. Converts a Finnish business ID to one. */
function parseTaxCode(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const number = parseVatNumber(text);
	if (number.ok) return number.value;
	const id = parseBusinessId(text);
	return id.ok ? `FI${id.value.replace('-', '')}` : undefined;
}

/** Returns an address of the API; undefined without street and city. */
export function addressFields(party: Party | undefined): IDataObject | undefined {
	if (!party || (party.street === undefined && party.city === undefined)) return undefined;
	const { name, specifier, street, zip, city, country: countryValue = 'FINLAND' } = party;
	return { name, specifier, street, zip, city, country: countryValue };
}
