import type { IDataObject } from 'n8n-workflow';
import calls from './calls.json';
import { COUNTRY_VALUES } from '../../validation/countries';
import schemas from './schemas.json';
import type { Query } from '../request';
import type { Calls } from './schemas';

/** A call of the API, named as in the contract: `GET /invoices/{invoiceId}`. */
export type Call = keyof Calls;

/** The calls of one method: `CallOf<'GET'>`. */
export type CallOf<Method extends string> = Extract<Call, `${Method} ${string}`>;

/** The JSON that a call returns: `ResponseOf<'GET /invoices/{invoiceId}'>` is an `Invoice`. */
export type ResponseOf<C extends Call> = Calls[C]['response'];

/** A call's path, query, headers and body, as far as the contract has them. */
export type ParametersOf<C extends Call> = Pick<Calls[C], Extract<keyof Calls[C], 'path' | 'query' | 'headers' | 'body'>>;

/** The JSON body of a call. */
export type BodyOf<C extends Call> = Calls[C] extends { body: infer Known } ? Known : never;

/** The query of a call; any query if the call is known only at run time. */
export type QueryOf<C extends Call> = Call extends C ? Query : Calls[C] extends { query?: infer Known } ? Known : never;

/** The record of a list, or the record that a call returns; any object if the call is known only at run time. */
export type RecordOf<C extends Call> = Call extends C
	? IDataObject
	: Calls[C] extends { record: infer Listed }
		? Listed
		: ResponseOf<C>;

/** The part of JSON Schema that the contract uses. */
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

/** The schema of a query or header parameter. `repeated`: a list is sent as repeated parameters. */
export interface ParameterSchema extends Schema {
	isRequired?: boolean;
	repeated?: boolean;
}

/** The parameters and the response of a call, compiled from the contract by `npm run contract`. */
export interface CallInfo {
	path?: Record<string, Schema>;
	query?: Record<string, ParameterSchema>;
	header?: Record<string, ParameterSchema>;
	body?: Schema;
	/** Whether the body is a multipart form of `meta` and `file`. */
	form?: boolean;
	/** How many comma-separated IDs one request may contain. */
	batch?: number;
	/** Whether a user confirms the call in the Procountor Key app. */
	secondFactor?: boolean;
	deprecated?: boolean;
	/** The schema of the response; `Name[]` for a bare list, `multipart` or `bytes` for files. */
	response?: string;
	/** The property of the response that contains the list's records. */
	listPath?: string;
}

const callTable: Record<Call, CallInfo> = calls;
const countries = [...COUNTRY_VALUES].sort();
/** Countries that addresses can have, but VAT cannot. */
const TERRITORIES = ['BRITISH_INDIAN_OCEAN_TERRITORY', 'NORTHERN_MARIANA_ISLANDS', 'SAINT_MARTIN_FRENCH_PART'];
const schemaTable: Record<string, Schema> = {
	...(schemas as Record<string, Schema>),
	Country: { type: 'string', enum: countries },
	CountryWithoutThreeTerritories: { type: 'string', enum: countries.filter((code) => !TERRITORIES.includes(code)) },
};

export const allCalls = Object.keys(calls) as Call[];

/** Returns the contract's information about a call; an empty object if the contract lacks the call. */
export function callInfo(call: string | undefined): CallInfo {
	return callTable[call as Call] ?? {};
}

/** Follows a reference to the schema that it names. */
export function resolve(schema: Schema): Schema {
	return schema.$ref === undefined ? schema : schemaTable[schema.$ref];
}

/** Returns a named schema of the contract, such as `Invoice`. @throws {RangeError} for a name that no body uses */
export function schemaNamed(name: string): Schema {
	const schema = schemaTable[name];
	if (schema === undefined) throw new RangeError(`No schema '${name}' in the contract`);
	return schema;
}

/**
 * Returns the schema at a dotted path, such as `paymentInfo.dueDate`; for a list, the path continues in its items.
 * @throws {RangeError} if the path is not in the contract, so that a declaration cannot name a field that does not exist
 */
export function schemaAt(schema: Schema, path: string): Schema {
	let current = resolve(schema);
	for (const name of path.split('.')) {
		if (current.items !== undefined) current = resolve(current.items);
		const next = current.properties?.[name];
		if (next === undefined) throw new RangeError(`No '${path}' in the contract's schema`);
		current = resolve(next);
	}
	return current;
}

/** Whether the contract requires the field at a path, and each object that contains it. */
export function isRequiredAt(schema: Schema, path: string): boolean {
	let current = resolve(schema);
	for (const name of path.split('.')) {
		if (!current.required?.includes(name)) return false;
		current = resolve(current.properties?.[name] ?? {});
	}
	return true;
}
