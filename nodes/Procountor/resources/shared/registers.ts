import type { IDataObject } from 'n8n-workflow';
import { businessId, vatNumber, withoutName } from '../../validation/businessId';
import { compactCode } from '../../validation/result';
import { type Call, type Client } from '../../api';
import type { NumberSearch } from '../../engine/numberSearch';
import type { Operation } from '../../engine/types';
import { renameAddresses } from './renameAddresses';

/** One way in which a record of a register is known. */
export interface Key {
	/** What the number is called in messages: `business ID`. */
	name: string;
	/** Where it stands, in the record and in the list alike. */
	at: string;
	/** The filter of the list that finds it; it may find more than the exact number. */
	filter: { query?: string; header?: string };
	/** The number as it is stored, and what a new record with it also needs. */
	whenNew?: (value: string) => IDataObject;
	/** What makes two spellings the same number. */
	fold: (value: string) => string;
	/** The spellings to search for, since the list may find a number only in the register's own spelling (U). */
	spellings: (value: string) => string[];
	/** Among several records, the one with exactly this spelling is meant. */
	exactFirst?: boolean;
	/** Whether an update leaves the number as the register has it; by default where the exact spelling counts first. */
	keepsSpelling?: (value: string) => boolean;
	/** The number without what people write around it. */
	plain?: (value: string) => string;
	/** It consists of digits, to which systems may add decimals: `1001.0`. */
	isNumber?: boolean;
}

/** A register whose records are created, or updated where the number is there already. */
export interface Register {
	list: Call;
	/** Parts of the list that it must be asked for one by one, and the field that tells its registers apart. */
	parts: Array<Record<string, boolean>>;
	kind?: string;
	post: Call;
	put: Call;
	readQuery?: Operation['readQuery'];
	keys: [Key, ...Key[]];
	/** What follows from the given fields for a record that is there, such as the name on its address. */
	derive?: (record: IDataObject, changes: IDataObject) => IDataObject;
	/** What a new record has where nothing was given. */
	whenNew: (given: IDataObject, client: Client) => IDataObject | Promise<IDataObject>;
}

/** A code regardless of case, of the kind and number of spaces, and of the kind of hyphens: `kah  001` becomes `KAH 001`. */
const foldCode = (value: string): string => plainSigns(value).toUpperCase();

const plainSigns = (value: string): string =>
	value
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\s+/g, ' ')
		.trim();

const spellingsOfCode = (value: string): string[] => [
	...new Set([value, plainSigns(value), foldCode(value), plainSigns(value).toLowerCase()]),
];

const code = { fold: foldCode, spellings: spellingsOfCode, exactFirst: true };

/**
 * The digits of a Finnish business ID or a Swedish organisation number, also of one that is written as a VAT number; other numbers
 * without spaces and signs between their characters.
 */
function foldBusinessId(value: string): string {
	const finnish = businessId(value);
	if (finnish.ok) return finnish.value.replace('-', '');
	const compact = compactCode(withoutName(value)).replace(/[-.]/g, '');
	return /^SE(\d{10})01$/.exec(compact)?.[1] ?? compact;
}

/** Without its name in front; a VAT number in its own form. */
function plainBusinessId(value: string): string {
	const bare = withoutName(value);
	const vat = vatNumber(bare);
	return vat.ok ? vat.value : bare;
}

/** `0112038-9`, `01120389` and `FI01120389` are one partner (docs/procountor.md#business-ids). */
function spellingsOfBusinessId(value: string): string[] {
	const compact = foldBusinessId(value);
	const parted = (place: number): string => `${compact.slice(0, place)}-${compact.slice(place)}`;
	const finnish = businessId(value).ok ? [parted(7), compact, `FI${compact}`] : [];
	const swedish = /^\d{10}$/.test(compact) ? [parted(6), compact, `SE${compact}01`] : [];
	return [...new Set([value, ...finnish, ...swedish, compactCode(value), compact])];
}

export const partners: Register = {
	list: 'GET /businesspartners',
	parts: [{ active: true }, { active: false }],
	kind: 'type',
	post: 'POST /businesspartners',
	put: 'PUT /businesspartners/{id}',
	keys: [
		{
			name: 'business ID',
			at: 'invoicingInfo.identifier',
			filter: { header: 'identifier' },
			whenNew: (value) => (businessId(value).ok ? { invoicingInfo: { identifierType: 'FI' } } : {}),
			plain: plainBusinessId,
			fold: foldBusinessId,
			spellings: spellingsOfBusinessId,
			keepsSpelling: (value) => !businessId(value).ok,
		},
		{
			name: 'customer number',
			at: 'invoicingInfo.customerNumber',
			filter: { query: 'customerNumber' },
			isNumber: true,
			...code,
		},
	],
	derive: renameAddresses,
	whenNew: ({ type, name }) => ({
		...(type === 'CUSTOMER' ? { address: { name } } : {}),
		paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
		registryInfo: { active: true },
	}),
};

/** Returns the search for a whole business ID in the list of partners, in each of its usual forms. */
export const byBusinessId: NumberSearch = {
	header: 'identifier',
	at: 'invoicingInfo.identifier',
	forms: (number) =>
		businessId(number).ok || /^\d{10}$/.test(foldBusinessId(number)) ? spellingsOfBusinessId(number) : [],
	isSame: (own, number) => foldBusinessId(own) === foldBusinessId(number),
};

export const products: Register = {
	list: 'GET /products',
	parts: [{}],
	kind: 'type',
	post: 'POST /products',
	put: 'PUT /products/{productId}',
	readQuery: { includeLocalizations: true },
	keys: [{ name: 'product code', at: 'code', filter: { query: 'code' }, ...code }],
	whenNew: async ({ currency }, client) => ({
		active: true,
		discount: 0,
		currency: currency ?? (await companyCurrency(client)),
	}),
};

export const persons: Register = {
	list: 'GET /persons',
	parts: [{ includeInactive: true }],
	post: 'POST /persons',
	put: 'PUT /persons/{id}',
	keys: [
		{
			name: 'person number',
			at: 'invoicingInfo.personNumber',
			filter: { query: 'personNumber' },
			isNumber: true,
			...code,
		},
	],
	whenNew: () => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'NOT_APPLICABLE' },
		registryInfo: { active: true },
	}),
};

async function companyCurrency(client: Client): Promise<IDataObject[string]> {
	return (await client.get('GET /currencies/company', { noun: "the company's currency" })).companyCurrency;
}
