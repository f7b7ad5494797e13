import type { IDataObject } from 'n8n-workflow';
import { withoutZeroDecimals } from '../../validation/cellValues';
import { headerText } from '../../engine/headerText';
import { type Client, callInfo, InputError, type Listing, ProcountorError, type Request } from '../../api';
import { checkedBody } from '../../engine/input';
import { getPath, merge, setPath } from '../../utils/objects';
import { readCallOf } from '../../engine/request';
import type { Operation } from '../../engine/types';
import { mergeAndPut } from '../../engine/updateHandler';
import { readSession } from './companyData';
import { type Created, type Creation, createOnce } from './createOnce';
import { refuseMissingText } from './missingText';
import { numberOf, findByNumber, searchParameters } from './registerSearch';
import type { Key, Register } from './registers';

/** A record to create or update in a register, identified by one of its numbers. */
export interface RegisterEntry {
	register: Register;
	key: Key;
	/** The operation that creates such records. It has the labels and the noun for messages. */
	operation: Operation;
	/** The given fields, including the trimmed number. */
	given: IDataObject;
	number: string;
}

/** Whether a number stands for no customer, as shops and spreadsheets write it for guests: `0`, `0.0`, `-`, `guest`. */
export const isGuestNumber = (number: string): boolean =>
	/^(?:[-–—.,0\s]+|guest|vieras|gäst|anonym(?:ous|yymi)?|unknown|tuntematon|okänd|ei ole|puuttuu|ingen|saknas)$/i.test(
		number.normalize('NFC').trim(),
	);

/**
 * Returns a record to create or update, with its number trimmed.
 * @throws {InputError} if the number is missing, or the register cannot be searched for it
 */
export function toRegisterEntry(register: Register, key: Key, operation: Operation, body: IDataObject): RegisterEntry {
	const text = numberOf(body, key);
	const number = key.isNumber ? withoutZeroDecimals(text) : (key.normalize?.(text) ?? text);
	refuseMissingText(`The ${key.name}`, number);
	if (number === '') throw new InputError(`The ${key.name}`, 'is empty', 'Records are matched by it.');
	if (key.filter.header) headerText(`The ${key.name}`, number);
	return { register, key, operation, given: setPath(body, key.path, number), number };
}

/** Returns the ID of the record that has the number; undefined if there is none. Writes nothing. */
export async function findEntry(client: Client, entry: RegisterEntry): Promise<number | undefined> {
	return pickOne(await findIdsByNumber(client, entry), entry)[0];
}

/**
 * Creates the record once, or returns the existing one.
 */
export async function saveEntry(
	client: Client,
	entry: RegisterEntry,
	options: Pick<Creation, 'memory' | 'duplicates' | 'lookUpSeconds' | 'step'>,
): Promise<Created> {
	const { register, key, operation, given, number } = entry;
	const { companyId } = await readSession(client);
	return await createOnce({
		...options,
		client,
		name: nameOfEntry(entry),
		identity: {
			key: [
				companyId,
				operation.noun,
				register.typeField && String(given[register.typeField]),
				key.name,
				key.fold(number),
			],
			find: async () => pickOne(await findIdsByNumber(client, entry), entry),
			search: {
				list: register.list,
				query: { ...register.listFilters[0], ...typeFilter(entry) },
				keyOf: (row) => key.fold(numberOf(row, key)),
				ownKey: key.fold(number),
				findAll: async () => [...(await findIdsByNumber(client, entry)).keys()],
			},
		},
		ifExists: 'return',
		post: async () => (await client.requestJson(await postRequest(client, entry))) ?? {},
		read: async (id) => await readEntry(client, entry, id),
		isActive: (one) => key.fold(numberOf(one, key)) === key.fold(number),
		where: 'in the register in Procountor',
	});
}

/**
 * Merges the given fields into the record.
 * @param current the record if it is known to be the newest, otherwise it is read
 */
export async function updateEntry(
	client: Client,
	entry: RegisterEntry,
	record: IDataObject,
	current: IDataObject | undefined,
): Promise<IDataObject> {
	return await mergeAndPut(client, putRequest(entry, Number(record.id)), changesOf(entry, record), {
		...entry.register,
		current,
	});
}

/** Returns the changes that an update sends. The register's own spelling of a code or a foreign number stays. */
export function changesOf({ key, given, number }: RegisterEntry, record: IDataObject): IDataObject {
	return (key.keepsSpelling?.(number) ?? key.exactFirst) ? setPath(given, key.path, getPath(record, key.path)) : given;
}

/** Returns the record's name in messages: `the business partner with the business ID 1234567-1`. */
export const nameOfEntry = ({ operation, key, number }: RegisterEntry): string =>
	`the ${operation.noun} with the ${key.name} ${number}`;

/** Returns a record with all register details; undefined while it cannot be read. */
export async function readEntry(client: Client, entry: RegisterEntry, id: number): Promise<IDataObject | undefined> {
	const put = putRequest(entry, id);
	const { readQuery: query } = entry.register;
	return await client.requestOptionalJson({ ...put, call: readCallOf(put.call), query });
}

/**
 * Returns the request for a new record: the given values, and the register's defaults for the others.
 * @throws {InputError} for what a new record cannot be without
 */
export async function postRequest(
	client: Client,
	{ register, key, operation, given, number }: RegisterEntry,
): Promise<Request> {
	const base = merge(await register.defaults(given, client), key.defaults?.(number) ?? {});
	return { call: register.post, noun: operation.noun, body: checkedBody(operation, merge(base, given)) };
}

function putRequest({ register: { put }, operation: { noun } }: RegisterEntry, id: number): Request {
	return { call: put, path: { [Object.keys(callInfo(put).path ?? {})[0]]: id }, noun: `${noun} ${id}` };
}

const typeFilter = ({ register: { typeField }, given }: RegisterEntry): Record<string, string> =>
	typeField === undefined ? {} : { [typeField]: given[typeField] as string };

/** Returns the records with the number in any spelling: the register's own spelling by ID. */
async function findIdsByNumber(client: Client, entry: RegisterEntry): Promise<Map<number, string>> {
	const { register, key, operation, number } = entry;
	const listing = (filter: Record<string, boolean>, spelling: string): Listing => {
		const { query, headers } = searchParameters(key.filter, spelling);
		return {
			call: register.list,
			query: { ...filter, ...typeFilter(entry), ...query },
			headers,
			noun: operation.noun,
			confirmEmpty: true,
		};
	};
	const found = await Promise.all(
		register.listFilters.map(
			async (filter) => await findByNumber(client, { key, number, listing: (spelling) => listing(filter, spelling) }),
		),
	);
	return new Map(found.flat().map((record) => [Number(record.id), numberOf(record, key)]));
}

/**
 * Returns the ID of the only record with the number; an empty list if there is none.
 * @param found the register's own spellings of the number by ID
 * @throws {ProcountorError} if there are several
 */
function pickOne(found: Map<number, string>, { key, number, operation: { noun } }: RegisterEntry): number[] {
	const exact = key.exactFirst ? [...found].filter(([, spelling]) => spelling === number) : [];
	const ids = exact.length ? exact.map(([id]) => id) : [...found.keys()].sort((one, other) => one - other);
	if (ids.length < 2) return ids;
	throw new ProcountorError({
		message: `Several records have the ${key.name} ${number} (${noun} ${ids.join(', ')}), so none was changed`,
		advice: 'Use Update with the ID of the right one, or correct the register.',
	});
}
