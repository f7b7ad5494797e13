import type { Ajv, ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';

import { Refusal } from '../errors';
import type { Switches } from '../switches';
import { findForeignText } from './characters';
import { RequestForms } from './requestForms';

export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: unknown[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	oneOf?: Schema[];
	maxLength?: number;
}

export interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header';
	required?: boolean;
	explode?: boolean;
	schema: Schema & { default?: unknown; pattern?: string };
}

/** An operation as the contract has it, with references kept. */
export interface Operation {
	operationId: string;
	method: string;
	path: string;
	parameters: Parameter[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
	'x-public'?: boolean;
	'x-batch'?: { maxIds: number; separator: string };
	'x-version-required'?: 'body' | 'body or query';
}

export interface ContractDocument {
	paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
	components: { schemas: Record<string, Schema> };
}

/** A request on its way to be checked: path parameters decoded, query as it stood in the URL. */
export interface RawRequest {
	params: Record<string, string>;
	search: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

export type QueryValue = string | number | boolean | Array<string | number>;

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?$/;

/** The contract, and the checks that follow from it. */
export class Contract {
	readonly document: ContractDocument;
	readonly operations: Operation[];
	private readonly backend: OpenAPIBackend;
	private readonly byId: Map<string, Operation>;
	private readonly dereferenced: Map<string, ReturnType<OpenAPIBackend['router']['getOperations']>[number]>;
	private readonly forms: RequestForms;

	private constructor(private readonly switches: Switches) {
		const text = readFileSync(join(__dirname, '../../contract/contract.json'), 'utf8');
		this.document = JSON.parse(text) as ContractDocument;
		this.operations = Object.entries(this.document.paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
		);
		this.byId = new Map(this.operations.map((operation) => [operation.operationId, operation]));
		this.backend = new OpenAPIBackend({
			definition: JSON.parse(text),
			quick: true,
			coerceTypes: true,
			ajvOpts: { strict: false, allErrors: true },
			customizeAjv: (ajv) => this.withFormats(ajv),
		});
		this.dereferenced = new Map();
		this.forms = new RequestForms(switches, (schema) => this.resolve(schema));
	}

	static async load(switches: Switches): Promise<Contract> {
		const contract = new Contract(switches);
		await contract.backend.init();
		for (const operation of contract.backend.router.getOperations()) {
			contract.dereferenced.set(operation.operationId ?? '', operation);
		}
		return contract;
	}

	operation(operationId: string): Operation {
		const found = this.byId.get(operationId);
		if (!found) throw new Error(`The contract has no operation '${operationId}'`);
		return found;
	}

	/** Times have no zone (docs/procountor.md#times), milliseconds only where the switch says so; a URL may also be a local one. */
	private withFormats<T extends Ajv>(ajv: T): T {
		addFormats(ajv);
		const isDate = ajv.formats.date as { validate: (text: string) => boolean };
		ajv.addFormat('date-time', (text: string) => {
			const parts = DATE_TIME.exec(text);
			return (
				parts !== null && isDate.validate(parts[1]) && (parts[3] === undefined || this.switches.timesWithMilliseconds)
			);
		});
		ajv.addFormat('url', /^https?:\/\/[^\s]+$/);
		return ajv;
	}

	/**
	 * Checks a request against the contract and gives its query with types. A body that may be left out becomes `{}`.
	 * @throws Refusal 400 with a line for each thing wrong, 415 for a wrong content type.
	 */
	checkRequest(operation: Operation, request: RawRequest): Record<string, QueryValue> {
		this.checkBodyPresence(operation, request);
		if (operation.requestBody) request.body = this.bodyInContractForm(operation, request.body ?? {});
		const query = this.readQuery(operation, request.search);
		const result = this.backend.validator.validateRequest(
			{
				method: operation.method,
				path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) => request.params[name]),
				headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? ''])),
				query,
				body: request.body,
			},
			this.dereferenced.get(operation.operationId),
		);
		const lines = [
			...numericIds(operation, request.params),
			...(result.errors ?? []).filter((error) => !this.isTolerated(operation, error)).map(toLine),
			...this.checkBody(operation, request.body),
		];
		if (operation['x-version-required'] && !hasVersion(operation, request)) {
			lines.push({ field: 'version', message: 'Version is required.' });
		}
		if (lines.length) throw Refusal.list(400, lines);
		return (result.coerced?.query ?? {}) as Record<string, QueryValue>;
	}

	private checkBodyPresence(operation: Operation, request: RawRequest): void {
		const accepted = Object.keys(operation.requestBody?.content ?? {});
		const type = String(request.headers['content-type'] ?? '')
			.split(';')[0]
			.trim()
			.toLowerCase();
		if (accepted.length === 0) {
			if (this.switches.bodyWhereNoneBelongs === 'emptyAccepted' && isEmpty(request.body)) request.body = undefined;
			if (request.body !== undefined) throw new Refusal(400, `${operation.method} ${operation.path} takes no body.`);
			return;
		}
		if (request.body === undefined) {
			if (this.switches.emptyBodyRefused) throw new Refusal(400, 'Request body is missing.');
			return;
		}
		if (!accepted.includes(type)) throw new Refusal(415, `Content type must be ${accepted.join(' or ')}.`);
	}

	private bodyInContractForm(operation: Operation, body: unknown): unknown {
		const { content } = operation.requestBody ?? {};
		const schema = content?.['application/json']?.schema;
		if (schema) return this.forms.body(schema, body);
		const meta = content?.['multipart/form-data']?.schema.properties?.meta;
		const parts = body as { meta?: unknown };
		return meta && parts.meta !== undefined ? { ...parts, meta: this.forms.body(meta, parts.meta) } : body;
	}

	/** What the contract requires and Procountor does not: a whole partner in PATCH, and by switch a field of an upload. */
	private isTolerated({ operationId }: Operation, { keyword, instancePath, params }: ErrorObject): boolean {
		if (keyword !== 'required') return false;
		if (operationId === 'updateBusinessPartner') return instancePath === '/requestBody';
		return params.missingProperty === 'sendWithInvoice' && !this.switches.sendWithInvoiceRequired;
	}

	private checkBody(operation: Operation, body: unknown): Array<{ field?: string; message: string }> {
		if (body === undefined || Buffer.isBuffer(body)) return [];
		const foreign = findForeignText(body);
		if (foreign !== undefined)
			return [{ field: foreign, message: 'Value contains characters that are not supported.' }];
		const schema = operation.requestBody?.content['application/json']?.schema;
		if (!schema || !this.switches.unknownBodyFieldsRefused) return [];
		return this.unknownFields(schema, body, '').map((field) => ({ field, message: 'Unrecognized field.' }));
	}

	private unknownFields(schema: Schema, value: unknown, path: string): string[] {
		if (value === null || typeof value !== 'object') return [];
		if (schema.$ref) return this.unknownFields(this.resolve(schema), value, path);
		if (Array.isArray(value)) {
			return schema.items
				? value.flatMap((item, index) => this.unknownFields(schema.items ?? {}, item, `${path}[${index}]`))
				: [];
		}
		if (!schema.properties) return [];
		return Object.entries(value).flatMap(([name, inner]) => {
			const at = path === '' ? name : `${path}.${name}`;
			const known = schema.properties?.[name];
			return known ? this.unknownFields(known, inner, at) : [at];
		});
	}

	/** Reads a query as the contract writes it: a list is one parameter with commas, or repeated where `explode` says so. */
	private readQuery(operation: Operation, search: URLSearchParams): Record<string, string | string[]> {
		const query: Record<string, string | string[]> = {};
		for (const name of new Set(search.keys())) {
			const values = search.getAll(name);
			const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name);
			const isList = parameter?.schema.type === 'array';
			if (isList && parameter.explode === true) query[name] = values;
			else if (values.length > 1) throw new Refusal(400, 'Parameter is given more than once.', name);
			else if (isList) query[name] = values[0].split(',');
			else query[name] = parameter ? this.forms.queryValue(parameter, values[0]) : values[0];
		}
		return query;
	}

	/** The schema behind a reference. */
	resolve(schema: Schema): Schema {
		return schema.$ref ? this.document.components.schemas[schema.$ref.split('/').pop() ?? ''] : schema;
	}

	/** The schema of an operation's good answer in JSON, if it has one. */
	answerSchema(operation: Operation): Schema | undefined {
		const [, good] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
		return good?.content?.['application/json']?.schema;
	}

	/** What is wrong with an answer by the contract, or undefined. */
	checkAnswer(operation: Operation, status: number, body: unknown): string | undefined {
		if (operation.responses[String(status)] === undefined) {
			return status < 400 ? `${status} is not an answer of ${operation.operationId}` : undefined;
		}
		const { errors } = this.backend.validator.validateResponse(
			body,
			this.dereferenced.get(operation.operationId) ?? '',
			status,
		);
		return errors?.map((error) => `${error.instancePath} ${error.message ?? ''}`).join('; ');
	}
}

const isEmpty = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length === 0;

function numericIds(operation: Operation, params: Record<string, string>) {
	return operation.parameters
		.filter(
			({ in: place, schema, name }) => place === 'path' && schema.type === 'number' && !/^\d{1,10}$/.test(params[name]),
		)
		.map(({ name }) => ({ field: name, message: 'Id must be a number.' }));
}

function hasVersion(operation: Operation, request: RawRequest): boolean {
	const inBody = typeof (request.body as { version?: unknown } | undefined)?.version === 'string';
	return inBody || (operation['x-version-required'] === 'body or query' && request.search.has('version'));
}

/** An ajv error in the API's form: `/requestBody/invoiceRows/3/vatStatus` becomes `invoiceRows[3].vatStatus`. */
function toLine(error: ErrorObject): { field?: string; message: string } {
	const [, , ...steps] = error.instancePath.split('/');
	if (error.keyword === 'required') steps.push(String(error.params.missingProperty));
	if (error.keyword === 'additionalProperties') steps.push(String(error.params.additionalProperty));
	const field = steps.reduce(
		(path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
		'',
	);
	return { ...(field === '' ? {} : { field }), message: error.message ?? error.keyword };
}
