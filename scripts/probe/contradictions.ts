import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Json } from './values';

/** How a response differs from the contract. */
export type ContradictionKind = 'missing' | 'extra' | 'type' | 'enumeration' | 'limit' | 'status';

export interface Contradiction {
	call: string;
	kind: ContradictionKind;
	/** Where in the response, with `*` for any entry of a list: `results.*.counterParty`. */
	field: string;
	/** What the contract says against what came, in terms of forms only. */
	detail: string;
	times: number;
}

interface ContractDocument {
	paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: Json }> }> }>>;
	components: { schemas: Record<string, Json> };
}

export const contractFile = join(__dirname, '../../test/contract/contract.json');

/** Values that look like constants of an API. Anything else could be somebody's data, and is never shown. */
const CONSTANT = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$/;

/** Holds responses against the contract and collects where they differ. */
export class Contradictions {
	private readonly found = new Map<string, Contradiction>();
	private readonly document: ContractDocument;
	private readonly ajv: Ajv;
	private readonly validators = new Map<string, ValidateFunction | undefined>();
	/** Calls whose responses were compared. */
	readonly compared = new Set<string>();

	constructor(file = contractFile) {
		this.document = JSON.parse(readFileSync(file, 'utf8')) as ContractDocument;
		this.ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
		addFormats(this.ajv);
		this.ajv.addFormat('date-time', DATE_TIME);
		this.ajv.addFormat('url', true);
		this.ajv.addSchema({ $id: 'contract', components: { schemas: closed(this.document.components.schemas) } });
	}

	/** Compares one response. Refusals are compared by their status alone. */
	compare(call: string, status: number, json: unknown): void {
		const [method, path] = call.split(' ');
		const operation = this.document.paths[path]?.[method.toLowerCase()];
		if (!operation) return;
		this.compared.add(call);
		if (operation.responses[String(status)] === undefined) {
			// Any call can be refused for its token, its pace or a fault of the server.
			if (status < 400) this.add(call, 'status', '', `the contract has no status ${status}`);
			return;
		}
		if (status >= 300 || json === undefined) return;
		const validate = this.validator(call, status, operation.responses[String(status)].content);
		if (!validate || validate(json)) return;
		for (const error of validate.errors ?? []) this.addError(call, error);
	}

	get list(): Contradiction[] {
		return [...this.found.values()].sort(
			(a, b) => a.call.localeCompare(b.call) || a.kind.localeCompare(b.kind) || a.field.localeCompare(b.field),
		);
	}

	/** Takes over what an interrupted run had found. */
	restore(list: Contradiction[], compared: string[]): void {
		for (const one of list) this.found.set(keyOf(one), { ...one });
		for (const call of compared) this.compared.add(call);
	}

	private validator(
		call: string,
		status: number,
		content: Record<string, { schema: Json }> | undefined,
	): ValidateFunction | undefined {
		const key = `${call} ${status}`;
		if (!this.validators.has(key)) {
			const schema = content?.['application/json']?.schema;
			this.validators.set(key, schema && this.ajv.compile(closed(schema) as Json));
		}
		return this.validators.get(key);
	}

	private addError(call: string, error: ErrorObject): void {
		const field = error.instancePath
			.split('/')
			.slice(1)
			.map((step) => (/^\d+$/.test(step) ? '*' : step))
			.join('.');
		const inside = (name: unknown) => (field === '' ? String(name) : `${field}.${String(name)}`);
		switch (error.keyword) {
			case 'required':
				return this.add(call, 'missing', inside(error.params.missingProperty), 'required by the contract');
			case 'additionalProperties':
				return this.add(call, 'extra', inside(error.params.additionalProperty), 'unknown to the contract');
			case 'type':
				return this.add(call, 'type', field, `${String(error.params.type)} expected, ${typeOf(error.data)} received`);
			case 'enum':
				return this.add(call, 'enumeration', field, enumerationDetail(error.data));
			case 'oneOf':
			case 'anyOf':
				return;
			default:
				return this.add(call, 'limit', field, `${error.keyword}: ${limitOf(error)}`);
		}
	}

	private add(call: string, kind: ContradictionKind, field: string, detail: string): void {
		const one: Contradiction = { call, kind, field, detail, times: 1 };
		const known = this.found.get(keyOf(one));
		if (known) known.times++;
		else this.found.set(keyOf(one), one);
	}
}

const keyOf = ({ call, kind, field, detail }: Contradiction): string => [call, kind, field, detail].join('\n');

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function enumerationDetail(value: unknown): string {
	if (typeof value === 'string' && CONSTANT.test(value) && value.includes('_')) return `new value ${value}`;
	return `a value that the contract does not list (${typeOf(value)}, not shown)`;
}

/** The limit itself, which stands in the contract. */
function limitOf({ params, keyword }: ErrorObject): string {
	return String((params as Json).limit ?? (params as Json).format ?? (params as Json).pattern ?? keyword);
}

/** A copy of schemas in which objects with known fields accept no others, and references point into the added contract. */
function closed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(closed);
	if (typeof value !== 'object' || value === null) return value;
	const copy: Json = {};
	for (const [key, inner] of Object.entries(value)) {
		copy[key] = key === '$ref' && typeof inner === 'string' ? inner.replace(/^#/, 'contract#') : closed(inner);
	}
	const { properties } = value as Json;
	if (typeof properties === 'object' && properties !== null && isSchema(value as Json))
		copy.additionalProperties ??= false;
	return copy;
}

/** Tells a schema from a table of schemas that happens to have a field named `properties`. */
const isSchema = ({ type, properties }: Json): boolean =>
	(type === undefined || typeof type === 'string') &&
	Object.values(properties as Json).every((one) => typeof one === 'object');
