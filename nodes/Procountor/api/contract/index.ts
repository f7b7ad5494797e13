import calls from './calls.json';
import schemas from './schemas.json';

/** A call of the API as its contract names it: `GET /invoices/{invoiceId}`. */
export type Call = keyof typeof calls;

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
	uniqueItems?: boolean;
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** A query or header parameter: its schema, whether the call needs it, and whether a list is sent as repeated parameters. */
export interface ParameterSchema extends Schema {
	needed?: boolean;
	repeated?: boolean;
}

/** What a call takes and gives, compiled from the contract by `npm run contract`. */
export interface CallFacts {
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
	answer?: string;
	/** The property of the answer that holds a list's records. */
	rows?: string;
}

const callTable = calls as Record<Call, CallFacts>;
const schemaTable = schemas as Record<string, Schema>;

export const allCalls = Object.keys(calls) as Call[];

/** The contract's facts about a call; none for a request in free form. */
export function factsOf(call: Call | undefined): CallFacts {
	return call === undefined ? {} : callTable[call];
}

/** Splits `GET /invoices/{invoiceId}` into its method and its path template. */
export function splitCall(call: string): { method: string; path: string } {
	const space = call.indexOf(' ');
	return { method: call.slice(0, space), path: call.slice(space + 1) };
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
