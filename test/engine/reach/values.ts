/** Values that the contract's schemas take, made from the schemas themselves. */
import { resolve, type Schema } from '../../../nodes/Procountor/api/contract';

/** Values that are held to rules beyond their schema, by the name of their field. All of them are made up. */
const BY_NAME: Record<string, string> = {
	account: '3000',
	bookkeepingAccount: '3000',
	defaultAccount: '3000',
	accountNumber: 'FI2112345600000785',
	bankAccount: 'FI2112345600000785',
	bankReferenceCode: '123453',
	bic: 'NDEAFIHH',
	email: 'aino@example.fi',
	financingCompanyBankAccount: 'FI2112345600000785',
	iban: 'FI2112345600000785',
	identifier: '1234567-1',
	name: 'näyte.pdf',
	payerBankAccount: 'FI2112345600000785',
	recipientBankAccount: 'FI2112345600000785',
	recipientBicCode: 'NDEAFIHH',
	taxCode: 'FI12345671',
	ssn: '131052-308T',
	// The one in the samples.
	uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
};

const BY_ENUMERATION: Record<string, string> = {
	Country: 'FINLAND',
	CountryWithoutThreeTerritories: 'FINLAND',
	CurrencyCode: 'EUR',
	ProductUnit: 'PIECE',
};

const BY_FORMAT: Record<string, string> = {
	date: '2026-10-01',
	'date-time': '2026-10-01T12:00:00',
	url: 'https://example.com/hook',
	uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
};

/** How deep objects in objects are filled; deeper ones are left out where they may be. */
const DEEPEST = 6;

/**
 * A value that a schema takes. With `everything` objects have all their fields, otherwise the required ones alone.
 * @param name the field's name, for what the schema does not say
 */
export function valueOf(given: Schema, name: string, everything: boolean, depth = 0): unknown {
	const schema = resolve(given);
	switch (schema.type) {
		case 'object':
			return objectOf(schema, everything, depth);
		case 'array':
			return Array.from({ length: schema.minItems ?? 1 }, () =>
				valueOf(schema.items ?? {}, name, everything, depth + 1),
			);
		case 'boolean':
			return true;
		case 'integer':
		case 'number':
			return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? Infinity);
		default:
			return textOf(given, schema, name);
	}
}

function objectOf(schema: Schema, everything: boolean, depth: number): Record<string, unknown> {
	const names = everything && depth < DEEPEST ? Object.keys(schema.properties ?? {}) : (schema.required ?? []);
	return Object.fromEntries(
		names.map((name) => [name, valueOf(schema.properties?.[name] ?? {}, name, everything, depth + 1)]),
	);
}

function textOf(given: Schema, schema: Schema, name: string): string {
	const known = BY_ENUMERATION[given.$ref ?? ''] ?? BY_FORMAT[schema.format ?? ''];
	if (known !== undefined) return known;
	if (schema.enum) return schema.enum[0];
	if (schema.pattern?.startsWith('^\\d+(,')) return '1';
	const text = BY_NAME[name] ?? 'Näyte';
	return schema.maxLength === undefined ? text : text.slice(0, schema.maxLength);
}
