import type { IDataObject } from 'n8n-workflow';
import { businessId } from '../../validation/businessId';
import { latin1Header } from '../../validation/charset';
import { compactCode } from '../../validation/result';
import {
	bodyObject,
	type Call,
	type Client,
	callInfo,
	InputError,
	pages,
	ProcountorError,
	type Request,
} from '../../api';
import { checkedBody, type Input, type Values } from '../../engine/input';
import { getPath, merge, setPath } from '../../utils/objects';
import { readCallOf, requestFor } from '../../engine/request';
import type { OperationHandler } from '../../engine/task';
import type { Operation } from '../../engine/types';
import { layOver, shaper } from '../../engine/handlers';
import { sessionOf } from './companyData';
import { ItemMemory } from '../../engine/itemMemory';
import { createSafely } from './createOnce';

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
	/** What makes two spellings the same number; the text itself otherwise. */
	same?: (value: string) => string;
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
	/** What a new record has where nothing was given. */
	whenNew: (given: IDataObject, client: Client) => IDataObject | Promise<IDataObject>;
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
			same: (value) => compactCode(value).replaceAll('-', ''),
		},
		{ name: 'customer number', at: 'invoicingInfo.customerNumber', filter: { query: 'customerNumber' } },
	],
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
	keys: [{ name: 'product code', at: 'code', filter: { query: 'code' } }],
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
	keys: [{ name: 'person number', at: 'invoicingInfo.personNumber', filter: { query: 'personNumber' } }],
	whenNew: () => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'NOT_APPLICABLE' },
		registryInfo: { active: true },
	}),
};

/** The ways of matching a business partner, as the operation's setting names them. */
export const PARTNER_KEYS = ['businessId', 'customerNumber'];

export const upsertPartner: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const key = partners.keys[PARTNER_KEYS.indexOf(String(values.settings.matchBy))] ?? partners.keys[0];
	const given = String(values.settings.matchValue).trim();
	const id = key === partners.keys[0] ? businessId(given) : undefined;
	const body = setPath(values.body as IDataObject, key.at, id?.ok ? id.value : given);
	return upsert(partners, key, operation, { ...values, body: checkedBody(operation, body, false) }, input);
};

export const upsertProduct: OperationHandler = (operation, input) =>
	upsert(products, products.keys[0], operation, input.values(operation), input);

export const upsertPerson: OperationHandler = (operation, input) =>
	upsert(persons, persons.keys[0], operation, input.values(operation), input);

/** Creates the record once, however often it is asked for; one that is there gets the given fields laid over it. */
function upsert(
	register: Register,
	key: Key,
	operation: Operation,
	values: Values,
	input: Input,
): ReturnType<OperationHandler> {
	const number = textAt(values.body as IDataObject, key.at);
	// Spaces around a number are none of it.
	const given = setPath(values.body as IDataObject, key.at, number);
	if (number === '') throw new InputError(`The ${key.name}`, 'is empty', 'Records are matched by it.');
	if (key.filter.header && !latin1Header(number).ok)
		throw new InputError(
			`The ${key.name}`,
			'has letters that cannot be searched for',
			'This search travels in a header, which holds Western European letters alone.',
		);
	const same = sameness(key);
	const shape = shaper(operation, input);
	const memory = new ItemMemory(input);
	return {
		readOnly: false,
		resumes: true,
		async run(client) {
			const { companyId } = await sessionOf(client);
			const { record, how } = await createSafely({
				client,
				memory,
				name: `the ${operation.noun} with the ${key.name} ${number}`,
				identity: {
					key: [companyId, operation.noun, register.kind && String(given[register.kind]), key.name, same(number)],
					find: async () => await withNumber(client, register, key, given, operation),
				},
				ifExists: 'return',
				lookUp: Number(values.settings.lookUp ?? 30),
				post: async () =>
					bodyObject(
						await client.request(await postRequest(client, register, key, operation, { ...values, body: given })),
					) ?? {},
				read: async (id) => await whole(client, register, id, operation),
				counts: (one) => same(textAt(one, key.at)) === same(number),
				where: 'in the register in Procountor',
			});
			return [
				{
					json: shape(
						how === 'made'
							? record
							: await layOver(client, putRequest(register, Number(record.id), operation), given, {
									...register,
									current: record,
								}),
					),
				},
			];
		},
	};
}

/** A new record: what was given, over what the register has where nothing is. */
async function postRequest(
	client: Client,
	register: Register,
	key: Key,
	operation: Operation,
	values: Values,
): Promise<Request> {
	const given = values.body as IDataObject;
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

/** The ID of the one record with the number, or none. Refuses to choose among several. */
async function withNumber(
	client: Client,
	register: Register,
	key: Key,
	given: IDataObject,
	{ noun }: Operation,
): Promise<number[]> {
	const number = textAt(given, key.at);
	const same = sameness(key);
	const kind = register.kind === undefined ? {} : { [register.kind]: given[register.kind] as string };
	const found = new Set<number>();
	for (const part of register.parts) {
		const query = { ...part, ...kind, ...(key.filter.query ? { [key.filter.query]: number } : {}) };
		const headers = key.filter.header ? { [key.filter.header]: number } : undefined;
		for await (const records of pages(client, { call: register.list, query, headers, noun, confirmEmpty: true })) {
			for (const record of records) if (same(textAt(record, key.at)) === same(number)) found.add(Number(record.id));
		}
	}
	const ids = [...found];
	if (ids.length < 2) return ids;
	throw new ProcountorError({
		message: `Several records have the ${key.name} ${number} (${noun} ${ids.join(', ')}), so none was changed`,
		advice: 'Use Update with the ID of the right one, or correct the register.',
	});
}

function sameness({ same }: Key): (value: string) => string {
	return same ?? ((value) => value);
}

function textAt(record: IDataObject, path: string): string {
	const value = getPath(record, path);
	return value === undefined || value === null ? '' : String(value).trim();
}
