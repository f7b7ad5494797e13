import type { IDataObject } from 'n8n-workflow';
import { businessId } from '../../validation/businessId';
import { latin1Header } from '../../validation/charset';
import { compactCode } from '../../validation/result';
import {
	bodyObject,
	type Call,
	type Client,
	callInfo,
	type Execution,
	InputError,
	pages,
	ProcountorError,
	type Request,
} from '../../api';
import { checkedBody, type Input, type Values } from '../../engine/input';
import { getPath, merge, objectAt, setPath } from '../../utils/objects';
import { readCallOf, requestFor } from '../../engine/request';
import { inTwoParts } from '../../engine/phases';
import type { Output, OperationHandler, ItemTask } from '../../engine/task';
import type { Operation } from '../../engine/types';
import { layOver } from '../../engine/handlers';
import { shaper } from '../../engine/simplify';
import { sessionOf } from './companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { type Created, createSafely, sameRunNote } from './createOnce';
import { Doubles } from './doubles';
import { renameAddresses } from './renameAddresses';

/** One way in which a record of a register is known. */
interface Key {
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
interface Register {
	list: Call;
	/** Parts of the list that it must be asked for one by one, and the field that tells its registers apart. */
	parts: Array<Record<string, boolean>>;
	kind?: string;
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

const partners: Register = {
	list: 'GET /businesspartners',
	parts: [{ active: true }, { active: false }],
	kind: 'type',
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

const products: Register = {
	list: 'GET /products',
	parts: [{}],
	kind: 'type',
	put: 'PUT /products/{productId}',
	readQuery: { includeLocalizations: true },
	keys: [{ name: 'product code', at: 'code', filter: { query: 'code' }, ...code }],
	whenNew: async ({ currency }, client) => ({
		active: true,
		discount: 0,
		currency: currency ?? (await companyCurrency(client)),
	}),
};

const persons: Register = {
	list: 'GET /persons',
	parts: [{ includeInactive: true }],
	put: 'PUT /persons/{id}',
	keys: [{ name: 'person number', at: 'invoicingInfo.personNumber', filter: { query: 'personNumber' }, ...code }],
	whenNew: () => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'NOT_APPLICABLE' },
		registryInfo: { active: true },
	}),
};

/** The ways of matching a business partner, as the operation's setting names them. */
export const PARTNER_KEYS = ['businessId', 'customerNumber'];

export const upsertPartner: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const key = partners.keys[PARTNER_KEYS.indexOf(String(values.settings.matchBy))] ?? partners.keys[0];
	const given = String(values.settings.matchValue).trim();
	if (/^0+$/.test(given))
		throw new InputError(
			'Number',
			`is "${given}", as shops write it for guests: all guests would share one register entry`,
			'Skip guests before this node; invoices take a name and an address without a register entry.',
		);
	const id = key === partners.keys[0] ? businessId(given) : undefined;
	const body = setPath(objectAt(values, 'body'), key.at, id?.ok ? id.value : given);
	return upsert(partners, key, operation, { ...values, body: checkedBody(operation, body, false) }, input, execution);
};

export const upsertProduct: OperationHandler = (operation, input, execution) =>
	upsert(products, products.keys[0], operation, input.values(operation), input, execution);

export const upsertPerson: OperationHandler = (operation, input, execution) =>
	upsert(persons, persons.keys[0], operation, input.values(operation), input, execution);

/** Creates the record once, however often it is asked for; an existing one is updated with the given fields. */
function upsert(
	register: Register,
	key: Key,
	operation: Operation,
	values: Values,
	input: Input,
	execution: Execution,
): ItemTask {
	const number = textAt(objectAt(values, 'body'), key.at);
	// Spaces around a number do not belong to it.
	const given = setPath(objectAt(values, 'body'), key.at, number);
	// A missing value that an expression turned into text.
	if (/^(null|undefined|nan)$/i.test(number))
		throw new InputError(`The ${key.name}`, `is "${number}"`, 'Check the expression: it returns no number.');
	if (number === '') throw new InputError(`The ${key.name}`, 'is empty', 'Records are matched by it.');
	if (key.filter.header && !latin1Header(number).ok)
		throw new InputError(
			`The ${key.name}`,
			'has letters that cannot be searched for',
			'This search travels in a header, which holds Western European letters alone.',
		);
	const { fold } = key;
	const shape = shaper(operation, input);
	const memory = new ItemMemory(input);
	const doubles = Doubles.of(execution);
	const kind = register.kind === undefined ? {} : { [register.kind]: given[register.kind] as string };
	const all = async (client: Client): Promise<Map<number, string>> =>
		await withNumber(client, register, key, given, operation);
	const save = async (client: Client): Promise<Created> => {
		const { companyId } = await sessionOf(client);
		return await createSafely({
			client,
			memory,
			name: `the ${operation.noun} with the ${key.name} ${number}`,
			identity: {
				key: [companyId, operation.noun, register.kind && String(given[register.kind]), key.name, fold(number)],
				find: async () => onlyOne(await all(client), key, number, operation),
				search: {
					list: register.list,
					query: { ...register.parts[0], ...kind },
					mark: (row) => fold(textAt(row, key.at)),
					own: fold(number),
					all: async () => [...(await all(client)).keys()],
				},
			},
			doubles,
			ifExists: 'return',
			lookUp: Number(values.settings.lookUp ?? 30),
			post: async () =>
				bodyObject(
					await client.request(await postRequest(client, register, key, operation, { ...values, body: given })),
				) ?? {},
			read: async (id) => await whole(client, register, id, operation),
			counts: (one) => fold(textAt(one, key.at)) === fold(number),
			where: 'in the register in Procountor',
		});
	};
	const finish = async (client: Client, created: Created): Promise<Output[]> => {
		const { record, how } = created;
		const id = Number(record.id);
		if (how === 'made') {
			await doubles.check(client, id);
			return [{ json: { ...shape(record), ...sameRunNote(input.context, created, operation.noun) } }];
		}
		// The register's own spelling of a code stays.
		const changes = key.exactFirst ? setPath(given, key.at, getPath(record, key.at)) : given;
		// The item that made it may have changed it since.
		const current = created.madeByItem === undefined ? record : undefined;
		const answer = await layOver(client, putRequest(register, id, operation), changes, { ...register, current });
		return [{ json: { ...shape(answer), ...updatedTwice(input, created, operation.noun) } }];
	};
	return { readOnly: false, resumes: true, ...inTwoParts(save, finish) };
}

/** Adds a note and a hint if another item of this run created the record: two items with one number may be a mistake. */
function updatedTwice(input: Input, { record, madeByItem }: Created, noun: string): IDataObject {
	if (madeByItem === undefined) return {};
	const note = `Item ${madeByItem} of this run created this ${noun} (ID ${String(record.id)}); this item updated it`;
	input.context.addExecutionHints({
		message: `${note}. If they are two, give each its own number.`,
		type: 'warning',
		location: 'outputPane',
	});
	return { note };
}

/** A new record: what was given, over what the register has where nothing is. */
async function postRequest(
	client: Client,
	register: Register,
	key: Key,
	operation: Operation,
	values: Values,
): Promise<Request> {
	const given = objectAt(values, 'body');
	const base = merge(await register.whenNew(given, client), key.whenNew?.(textAt(given, key.at)) ?? {});
	return { ...requestFor(operation, values), body: checkedBody(operation, merge(base, given)) };
}

async function companyCurrency(client: Client): Promise<IDataObject[string]> {
	return bodyObject(await client.request({ call: 'GET /currencies/company', noun: "the company's currency" }))
		?.companyCurrency;
}

/** A record with everything that it holds; undefined while it cannot be read. */
async function whole(
	client: Client,
	register: Register,
	id: number,
	operation: Operation,
): Promise<IDataObject | undefined> {
	const put = putRequest(register, id, operation);
	const answer = await client.requestOptional({
		...put,
		call: readCallOf(put.call),
		query: register.readQuery,
	});
	return answer && bodyObject(answer);
}

function putRequest({ put }: Register, id: number, { noun }: Operation): Request {
	return { call: put, path: { [Object.keys(callInfo(put).path ?? {})[0]]: id }, noun: `${noun} ${id}` };
}

/** The IDs of all records with the number, in any spelling; each with the number as the register has it. */
async function withNumber(
	client: Client,
	register: Register,
	key: Key,
	given: IDataObject,
	{ noun }: Operation,
): Promise<Map<number, string>> {
	const number = textAt(given, key.at);
	const kind = register.kind === undefined ? {} : { [register.kind]: given[register.kind] as string };
	const found = new Map<number, string>();
	const search = async (part: Record<string, boolean>, spelling: string): Promise<void> => {
		const query = { ...part, ...kind, ...(key.filter.query ? { [key.filter.query]: spelling } : {}) };
		const headers = key.filter.header ? { [key.filter.header]: spelling } : undefined;
		for await (const records of pages(client, { call: register.list, query, headers, noun, confirmEmpty: true })) {
			for (const record of records) {
				const own = textAt(record, key.at);
				if (key.fold(own) === key.fold(number)) found.set(Number(record.id), own);
			}
		}
	};
	const spellings = key.spellings(number);
	await Promise.all(register.parts.flatMap((part) => spellings.map(async (spelling) => await search(part, spelling))));
	return found;
}

/**
 * The ID of the one record with the number, or none.
 * @param found the numbers of the records as the register has them
 * @throws {ProcountorError} if there are several, since none can be chosen
 */
function onlyOne(found: Map<number, string>, key: Key, number: string, { noun }: Operation): number[] {
	const exact = key.exactFirst ? [...found].filter(([, own]) => own === number) : [];
	const ids = exact.length ? exact.map(([id]) => id) : [...found.keys()].sort((one, other) => one - other);
	if (ids.length < 2) return ids;
	throw new ProcountorError({
		message: `Several records have the ${key.name} ${number} (${noun} ${ids.join(', ')}), so none was changed`,
		advice: 'Use Update with the ID of the right one, or correct the register.',
	});
}

function textAt(record: IDataObject, path: string): string {
	const value = getPath(record, path);
	return value === undefined || value === null ? '' : String(value).trim();
}
