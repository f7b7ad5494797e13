import type { IDataObject } from 'n8n-workflow';
import { businessId, vatNumber } from '../../../validation/businessId';
import { country } from '../../../validation/countries';
import { elementAt, textAt, textsOf } from './xmlValues';
import type { XmlElement } from './xml';

/** A party of a Finvoice message, with the names of Procountor's fields. */
export interface Party {
	name: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
	identifier?: string;
	taxCode?: string;
	/** What the message has in place of a business ID, such as a customer number. */
	otherIdentifier?: string;
	contactPersonName?: string;
	email?: string;
}

/** A party's two halves in the schema: the element that holds it, and the word that its elements begin with. */
export type PartyRole = 'Seller' | 'Buyer' | 'InvoiceRecipient' | 'Delivery';

const MAX_NAME = 80;

/** Reads a party; undefined if the message has none. Further name lines and a department go to the specifier. */
export function readParty(message: XmlElement, role: PartyRole): Party | undefined {
	const details = elementAt(message, `${role}PartyDetails`);
	const [name, ...moreNames] = textsOf(details, `${role}OrganisationName`);
	if (!details || name === undefined) return undefined;
	const departments = textsOf(
		details,
		role === 'InvoiceRecipient' ? `${role}Department` : `${role}OrganisationDepartment`,
	);
	const given = textAt(details, `${role}PartyIdentifier`);
	const identifier = given === undefined ? undefined : businessId(given);
	return {
		name: name.slice(0, MAX_NAME),
		specifier: [...moreNames, ...departments].join(', ') || undefined,
		...readAddress(details, role),
		...(identifier?.ok ? { identifier: identifier.value } : { otherIdentifier: given }),
		taxCode: parseTaxCode(textAt(details, `${role}OrganisationTaxCode`)),
		contactPersonName: textAt(message, `${role}ContactPersonName`),
		email: textAt(message, `${role}CommunicationDetails/${role}EmailaddressIdentifier`),
	};
}

function readAddress(details: XmlElement, role: PartyRole): Pick<Party, 'street' | 'zip' | 'city' | 'country'> {
	const address = elementAt(details, `${role}PostalAddressDetails`);
	const box = textAt(address, `${role}PostOfficeBoxIdentifier`) ?? textAt(address, `${role}PostofficeBoxIdentifier`);
	const land = country(textAt(address, 'CountryCode') ?? textAt(address, 'CountryName'));
	return {
		street: [...textsOf(address, `${role}StreetName`), box].filter((line) => line).join(', ') || undefined,
		zip: textAt(address, `${role}PostCodeIdentifier`),
		city: textAt(address, `${role}TownName`),
		country: land.ok ? land.value : undefined,
	};
}

/** A VAT number; a Finnish business ID in its place becomes one. */
function parseTaxCode(given: string | undefined): string | undefined {
	if (given === undefined) return undefined;
	const number = vatNumber(given);
	if (number.ok) return number.value;
	const id = businessId(given);
	return id.ok ? `FI${id.value.replace('-', '')}` : undefined;
}

/** An address in the API's form; undefined without a street and a town. */
export function addressFields(party: Party | undefined): IDataObject | undefined {
	if (!party || (party.street === undefined && party.city === undefined)) return undefined;
	const { name, specifier, street, zip, city, country: land = 'FINLAND' } = party;
	return { name, specifier, street, zip, city, country: land };
}
