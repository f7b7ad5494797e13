import type { IDataObject } from 'n8n-workflow';
import { businessId } from '../checks/businessId';
import { latin1Header } from '../checks/charset';
import { compactCode } from '../checks/verdict';
import { factsOf, splitCall, type Call } from '../contract';
import type { Setting } from '../operation/declare';
import { checkedBody, laid, overlaid, type Values } from '../operation/input';
import { requestFor } from '../operation/request';
import type { Prepare, Readers } from '../operation/task';
import type { Operation } from '../operation/types';
import { layOver, shaper } from '../operation/work';
import type { Client, Request } from '../transport/client';
import { bodyObject } from '../transport/outcome';
import { pages } from '../transport/pages';
import { InputError, ProcountorError } from '../transport/problem';
import { onceOrFound, sought } from './unclear';

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
	readWith?: Operation['readWith'];
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
	whenNew: ({ type, name }) => ({ ...(type === 'CUSTOMER' ? { address: { name } } : {}), paymentInfo: { paymentMethod: 'BANK_TRANSFER' }, registryInfo: { active: true } }),
};

const products: Register = {
	list: 'GET /products',
	parts: [{}],
	kind: 'type',
	put: 'PUT /products/{productId}',
	readWith: { includeLocalizations: true },
	keys: [{ name: 'product code', at: 'code', filter: { query: 'code' } }],
	whenNew: async ({ currency }, client) => ({ active: true, discount: 0, currency: currency ?? (await companyCurrency(client)) }),
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

/** How long a new record is looked for when the connection broke while it was sent. */
export const LOOK_FOR: Setting = ['lookFor', { type: 'integer', minimum: 0, maximum: 600 }, { label: 'Look For (Seconds)', default: 30, optional: true, hint: 'How long to look whether a new record was saved when the connection broke on the way' }];

/** The ways of matching a business partner, as the operation's setting names them. */
export const PARTNER_KEYS = ['businessId', 'customerNumber'];

export const upsertPartner: Prepare = (operation, input, readers) => {
	const values = input.values(operation);
	const key = partners.keys[PARTNER_KEYS.indexOf(String(values.settings.matchBy))] ?? partners.keys[0];
	const given = String(values.settings.matchValue).trim();
	const id = key === partners.keys[0] ? businessId(given) : undefined;
	const body = laid(values.body as IDataObject, key.at, id?.ok ? id.value : given);
	return upsert(partners, key, operation, { ...values, body: checkedBody(operation, body, false) }, shaper(operation, input), readers);
};

export const upsertProduct: Prepare = (operation, input, readers) => upsert(products, products.keys[0], operation, input.values(operation), shaper(operation, input), readers);

export const upsertPerson: Prepare = (operation, input, readers) => upsert(persons, persons.keys[0], operation, input.values(operation), shaper(operation, input), readers);

/** The records that an execution made, by register and number: a list may show a new record late, the next item must know it. */
const made = new WeakMap<Readers, Map<string, IDataObject>>();

function upsert(register: Register, key: Key, operation: Operation, values: Values, shape: (record: IDataObject) => IDataObject, readers: Readers): ReturnType<Prepare> {
	const given = values.body as IDataObject;
	const number = textAt(given, key.at);
	if (number === '') throw new InputError(`The ${key.name}`, 'is empty', 'Records are matched by it.');
	if (key.filter.header && !latin1Header(number).ok) throw new InputError(`The ${key.name}`, 'has letters that cannot be searched for', 'This search travels in a header, which holds Western European letters alone.');
	const own = made.get(readers) ?? new Map<string, IDataObject>();
	made.set(readers, own);
	const place = JSON.stringify([register.kind && given[register.kind], sameness(key)(number)]);
	return {
		reads: false,
		async run(client) {
			const look = async (): Promise<IDataObject | undefined> => await only(client, register, key, given, operation);
			const mine = own.get(place);
			const found = mine ?? (await look());
			// What this run has just made may not be readable at once.
			const current = mine && (await sought(client, async () => await whole(client, register, mine, operation)));
			const record = found ? await layOver(client, putRequest(register, found, operation), given, { ...register, current }) : await create(client, register, key, operation, values, look);
			own.set(place, { id: record.id ?? found?.id });
			return [{ json: shape(record) }];
		},
	};
}

/** Posts a new record once; where the outcome is unclear, the record that is found under its number is the one. */
async function create(client: Client, register: Register, key: Key, operation: Operation, values: Values, look: () => Promise<IDataObject | undefined>): Promise<IDataObject> {
	const given = values.body as IDataObject;
	const base = overlaid(await register.whenNew(given, client), key.whenNew?.(textAt(given, key.at)) ?? {});
	const request = { ...requestFor(operation, values), body: checkedBody(operation, overlaid(base, given)) };
	const saved = async (): Promise<IDataObject | undefined> => {
		const found = await look();
		return found && (await whole(client, register, found, operation));
	};
	const { lookFor } = values.settings;
	return await onceOrFound<IDataObject>(client, async () => bodyObject(await client.ask(request)) ?? {}, saved, lookFor === undefined ? undefined : Number(lookFor) * 1000);
}

async function companyCurrency(client: Client): Promise<IDataObject[string]> {
	return bodyObject(await client.ask({ method: 'GET', path: '/currencies/company', about: 'the company\'s currency' }))?.companyCurrency;
}

/** A record with everything that it holds; undefined while it cannot be read. */
async function whole(client: Client, register: Register, { id }: IDataObject, operation: Operation): Promise<IDataObject | undefined> {
	const answer = await client.find({ ...putRequest(register, { id }, operation), method: 'GET', query: register.readWith });
	return answer && bodyObject(answer);
}

function putRequest({ put }: Register, { id }: IDataObject, { about }: Operation): Request {
	return { ...splitCall(put), ids: { [Object.keys(factsOf(put).path ?? {})[0]]: String(id) }, about: `${about} ${String(id)}` };
}

/** The one record with the number; undefined where there is none. Refuses to choose among several. */
async function only(client: Client, register: Register, key: Key, given: IDataObject, { about }: Operation): Promise<IDataObject | undefined> {
	const number = textAt(given, key.at);
	const kind = register.kind === undefined ? {} : { [register.kind]: given[register.kind] as string };
	const matches: IDataObject[] = [];
	for (const part of register.parts) {
		const query = { ...part, ...kind, ...(key.filter.query ? { [key.filter.query]: number } : {}) };
		const headers = key.filter.header ? { [key.filter.header]: number } : undefined;
		for await (const records of pages(client, { call: register.list, query, headers, about })) {
			matches.push(...records.filter((record) => sameness(key)(textAt(record, key.at)) === sameness(key)(number)));
		}
	}
	if (matches.length < 2) return matches[0];
	const ids = matches.map(({ id }) => String(id)).join(', ');
	throw new ProcountorError({ what: `Several records have the ${key.name} ${number} (${about} ${ids}), so none was changed`, todo: 'Use Update with the ID of the right one, or correct the register.' });
}

function sameness({ same }: Key): (value: string) => string {
	return same ?? ((value) => value);
}

function textAt(record: IDataObject, path: string): string {
	const value = path.split('.').reduce<unknown>((here, name) => (here as IDataObject | undefined)?.[name], record);
	return value === undefined || value === null ? '' : String(value).trim();
}
