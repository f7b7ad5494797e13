import type { IDataObject } from 'n8n-workflow';
import { parseBusinessId, parseVatNumber, stripNumberName } from '../../validation/businessId';
import { compactCode } from '../../validation/result';
import { type Call, type Client } from '../../api';
import type { NumberSearch } from '../../engine/numberSearch';
import type { Operation } from '../../engine/types';
import { renameAddresses } from './renameAddresses';

/** A number that identifies the records of a register. */
export interface Key {
	/** The number's name in messages: `business ID`. */
	name: string;
	/** The path to the number, in a record and in a row of the list. */
	path: string;
	/** The list's filter for it; it may also find longer numbers. */
	filter: { query?: string; header?: string };
	/** Returns fields that a new record with the number needs. */
	defaults?: (value: string) => IDataObject;
	/** Returns the same text for all spellings of a number. */
	fold: (value: string) => string;
	/** Returns the spellings to search for, because the list may find a number only in the register's own spelling (U). */
	spellings: (value: string) => string[];
	/** Whether a record with exactly this spelling is preferred to others. */
	exactFirst?: boolean;
	/** Whether an update keeps the register's spelling of the number; by default if `exactFirst` is set. */
	keepsSpelling?: (value: string) => boolean;
	/** Returns the number without what people write around it. */
	normalize?: (value: string) => string;
	/** Whether the number consists of digits, to which some systems add decimals: `1001.0`. */
	isNumber?: boolean;
}

/** A register of Procountor whose records the node creates or updates. */
export interface Register {
	list: Call;
	/** The list returns all records only with several requests, one for each of these filters. */
	listFilters: Array<Record<string, boolean>>;
	/** The field that distinguishes several registers in one list. */
	typeField?: string;
	post: Call;
	put: Call;
	readQuery?: Operation['readQuery'];
	keys: [Key, ...Key[]];
	/** Returns the changes with those that follow from them, such as the name on an address. */
	derive?: (record: IDataObject, changes: IDataObject) => IDataObject;
	/** Returns the values of a new record for fields that were not given. */
	defaults: (given: IDataObject, client: Client) => IDataObject | Promise<IDataObject>;
}

/** Returns a code without differences in case, spaces, and kinds of hyphens: `kah  001` becomes `KAH 001`. */
const foldCode = (value: string): string => plainCode(value).toUpperCase();

const plainCode = (value: string): string =>
	value
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\s+/g, ' ')
		.trim();

const spellingsOfCode = (value: string): string[] => [
	...new Set([value, plainCode(value), foldCode(value), plainCode(value).toLowerCase()]),
];

const code = { fold: foldCode, spellings: spellingsOfCode, exactFirst: true };

/**
 * Returns the digits of a Finnish business ID or a Swedish organisation number, even if it is written as a VAT number.
 * Other numbers are returned without spaces and signs between their characters.
 */
function foldBusinessId(value: string): string {
	const finnish = parseBusinessId(value);
	if (finnish.ok) return finnish.value.replace('-', '');
	const compact = compactCode(stripNumberName(value)).replace(/[-.]/g, '');
	return /^SE(\d{10})01$/.exec(compact)?.[1] ?? compact;
}

/** Returns a business ID without a label such as `VAT`; a VAT number in its usual form. */
function plainBusinessId(value: string): string {
	const bare = stripNumberName(value);
	const vat = parseVatNumber(bare);
	return vat.ok ? vat.value : bare;
}

/** Returns the spellings of one business ID: `0112038-9`, `01120389`, and `FI01120389` (docs/procountor.md#business-ids). */
function spellingsOfBusinessId(value: string): string[] {
	const compact = foldBusinessId(value);
	const hyphenated = (index: number): string => `${compact.slice(0, index)}-${compact.slice(index)}`;
	const finnish = parseBusinessId(value).ok ? [hyphenated(7), compact, `FI${compact}`] : [];
	const swedish = /^\d{10}$/.test(compact) ? [hyphenated(6), compact, `SE${compact}01`] : [];
	return [...new Set([value, ...finnish, ...swedish, compactCode(value), compact])];
}

export const partners: Register = {
	list: 'GET /businesspartners',
	listFilters: [{ active: true }, { active: false }],
	typeField: 'type',
	post: 'POST /businesspartners',
	put: 'PUT /businesspartners/{id}',
	keys: [
		{
			name: 'business ID',
			path: 'invoicingInfo.identifier',
			filter: { header: 'identifier' },
			defaults: (value) => (parseBusinessId(value).ok ? { invoicingInfo: { identifierType: 'FI' } } : {}),
			normalize: plainBusinessId,
			fold: foldBusinessId,
			spellings: spellingsOfBusinessId,
			keepsSpelling: (value) => !parseBusinessId(value).ok,
		},
		{
			name: 'customer number',
			path: 'invoicingInfo.customerNumber',
			filter: { query: 'customerNumber' },
			isNumber: true,
			...code,
		},
	],
	derive: renameAddresses,
	defaults: ({ type, name }) => ({
		...(type === 'CUSTOMER' ? { address: { name } } : {}),
		paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
		registryInfo: { active: true },
	}),
};

/** Searches the list of partners for a full business ID in each of its usual spellings. */
export const byBusinessId: NumberSearch = {
	header: 'identifier',
	path: 'invoicingInfo.identifier',
	spellings: (number) =>
		parseBusinessId(number).ok || /^\d{10}$/.test(foldBusinessId(number)) ? spellingsOfBusinessId(number) : [],
	isSameNumber: (own, number) => foldBusinessId(own) === foldBusinessId(number),
};

export const products: Register = {
	list: 'GET /products',
	listFilters: [{}],
	typeField: 'type',
	post: 'POST /products',
	put: 'PUT /products/{productId}',
	readQuery: { includeLocalizations: true },
	keys: [{ name: 'product code', path: 'code', filter: { query: 'code' }, ...code }],
	defaults: async ({ currency }, client) => ({
		active: true,
		discount: 0,
		currency: currency ?? (await companyCurrency(client)),
	}),
};

export const persons: Register = {
	list: 'GET /persons',
	listFilters: [{ includeInactive: true }],
	post: 'POST /persons',
	put: 'PUT /persons/{id}',
	keys: [
		{
			name: 'person number',
			path: 'invoicingInfo.personNumber',
			filter: { query: 'personNumber' },
			isNumber: true,
			...code,
		},
	],
	defaults: () => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'NOT_APPLICABLE' },
		registryInfo: { active: true },
	}),
};

async function companyCurrency(client: Client): Promise<IDataObject[string]> {
	return (await client.get('GET /currencies/company', { noun: "the company's currency" })).companyCurrency;
}
