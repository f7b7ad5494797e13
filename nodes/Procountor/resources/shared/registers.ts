import type { IDataObject } from 'n8n-workflow';
import { businessId } from '../../validation/businessId';
import { compactCode } from '../../validation/result';
import { type Call, type Client } from '../../api';
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

/** A code regardless of case and of the kind and number of spaces: `kah  001` becomes `KAH 001`. */
const foldCode = (value: string): string => oneSpaced(value).toUpperCase();

const oneSpaced = (value: string): string => value.normalize('NFKC').replace(/\s+/g, ' ').trim();

const spellingsOfCode = (value: string): string[] => [
	...new Set([value, oneSpaced(value), foldCode(value), oneSpaced(value).toLowerCase()]),
];

const code = { fold: foldCode, spellings: spellingsOfCode, exactFirst: true };

/** The digits of a Finnish business ID, also of one that is written as a VAT number; other numbers without spaces and hyphens. */
function foldBusinessId(value: string): string {
	const compact = compactCode(value).replaceAll('-', '').toUpperCase();
	return /^FI\d{8}$/.test(compact) ? compact.slice(2) : compact;
}

/** `0112038-9`, `01120389` and `FI01120389` are one partner (docs/procountor.md#business-ids). */
function spellingsOfBusinessId(value: string): string[] {
	const digits = foldBusinessId(value);
	const finnish = /^\d{8}$/.test(digits) ? [`${digits.slice(0, 7)}-${digits.slice(7)}`, digits, `FI${digits}`] : [];
	return [...new Set([value, ...finnish, compactCode(value)])];
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
			fold: foldBusinessId,
			spellings: spellingsOfBusinessId,
		},
		{ name: 'customer number', at: 'invoicingInfo.customerNumber', filter: { query: 'customerNumber' }, ...code },
	],
	derive: renameAddresses,
	whenNew: ({ type, name }) => ({
		...(type === 'CUSTOMER' ? { address: { name } } : {}),
		paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
		registryInfo: { active: true },
	}),
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
	keys: [{ name: 'person number', at: 'invoicingInfo.personNumber', filter: { query: 'personNumber' }, ...code }],
	whenNew: () => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'NOT_APPLICABLE' },
		registryInfo: { active: true },
	}),
};

async function companyCurrency(client: Client): Promise<IDataObject[string]> {
	return (await client.get('GET /currencies/company', { noun: "the company's currency" })).companyCurrency;
}
