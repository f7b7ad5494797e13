import type { IDataObject } from 'n8n-workflow';
import calls from './calls.json';
import { countryValues } from '../../validation/countries';
import schemas from './schemas.json';
import type { Query } from '../request';
import type { Calls } from './schemas';

/** A call of the API as its contract names it: `GET /invoices/{invoiceId}`. */
export type Call = keyof Calls;

/** The calls of one method: `CallOf<'GET'>`. */
export type CallOf<Method extends string> = Extract<Call, `${Method} ${string}`>;

/** The JSON that a call returns: `ResponseOf<'GET /invoices/{invoiceId}'>` is an `Invoice`. */
export type ResponseOf<C extends Call> = Calls[C]['response'];

/** What a call takes: path, query, headers and body, each where the contract has it. */
export type ParametersOf<C extends Call> = Pick<Calls[C], Extract<keyof Calls[C], 'path' | 'query' | 'headers' | 'body'>>;

/** The query that a call takes; any where the call is known at run time only. */
export type QueryOf<C extends Call> = Call extends C ? Query : Calls[C] extends { query?: infer Known } ? Known : never;

/** A record of a list, or the record that a call returns; of any form where the call is known at run time only. */
export type RecordOf<C extends Call> = Call extends C
	? IDataObject
	: Calls[C] extends { record: infer Listed }
		? Listed
		: ResponseOf<C>;

/** What a value has to be: the part of JSON Schema that the contract uses. */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: string[];
	pattern?: string;
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
	minItems?: number;
	maxItems?: number;
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** A query or header parameter: its schema, whether the call needs it, and whether a list is sent as repeated parameters. */
export interface ParameterSchema extends Schema {
	isRequired?: boolean;
	repeated?: boolean;
}

/** What a call takes and gives, compiled from the contract by `npm run contract`. */
export interface CallInfo {
	path?: Record<string, Schema>;
	query?: Record<string, ParameterSchema>;
	header?: Record<string, ParameterSchema>;
	body?: Schema;
	/** The body is a multipart form of `meta` and `file`. */
	form?: boolean;
	/** How many ids one request may ask for, comma separated. */
	batch?: number;
	/** A person confirms the call in the Procountor Key app. */
	secondFactor?: boolean;
	deprecated?: boolean;
	/** The schema that comes back; `Name[]` for a bare list, `multipart` or `bytes` for files. */
	response?: string;
	/** The property of the response that holds a list's records. */
	listPath?: string;
}

const callTable: Record<Call, CallInfo> = calls;
const countries = [...countryValues].sort();
/** Countries that addresses have, and VAT has not. */
const TERRITORIES = ['BRITISH_INDIAN_OCEAN_TERRITORY', 'NORTHERN_MARIANA_ISLANDS', 'SAINT_MARTIN_FRENCH_PART'];
const schemaTable: Record<string, Schema> = {
	...(schemas as Record<string, Schema>),
	Country: { type: 'string', enum: countries },
	CountryWithoutThreeTerritories: { type: 'string', enum: countries.filter((one) => !TERRITORIES.includes(one)) },
};

export const allCalls = Object.keys(calls) as Call[];

/** The contract's facts about a call; none for a request in free form. */
export function callInfo(call: string | undefined): CallInfo {
	return callTable[call as Call] ?? {};
}

/** Follows a reference to the schema that it names. */
export function resolve(schema: Schema): Schema {
	return schema.$ref === undefined ? schema : schemaTable[schema.$ref];
}

/** A named schema of the contract, such as `Invoice`; throws for a name that no body uses. */
export function schemaNamed(name: string): Schema {
	const schema = schemaTable[name];
	if (schema === undefined) throw new RangeError(`No schema '${name}' in the contract`);
	return schema;
}

/**
 * The schema at a dotted path inside another, `paymentInfo.dueDate`; a list's items are passed through.
 * Throws when the path is not in the contract, so that a declaration cannot name what does not exist.
 */
export function schemaAt(schema: Schema, path: string): Schema {
	let here = resolve(schema);
	for (const name of path.split('.')) {
		if (here.items !== undefined) here = resolve(here.items);
		const next = here.properties?.[name];
		if (next === undefined) throw new RangeError(`No '${path}' in the contract's schema`);
		here = resolve(next);
	}
	return here;
}

/** Whether the path and each object on its way are required by the contract. */
export function isRequiredAt(schema: Schema, path: string): boolean {
	let here = resolve(schema);
	for (const name of path.split('.')) {
		if (!here.required?.includes(name)) return false;
		here = resolve(here.properties?.[name] ?? {});
	}
	return true;
}
