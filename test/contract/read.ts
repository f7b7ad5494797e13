/** The API's contract as published, for tests and scripts: read by itself, not through what the package compiles of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema that the contract uses. */
export interface ContractSchema {
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
	properties?: Record<string, ContractSchema>;
	items?: ContractSchema;
	oneOf?: ContractSchema[];
}

export interface ContractParameter {
	name: string;
	in: 'path' | 'query' | 'header';
	required?: boolean;
	explode?: boolean;
	schema: ContractSchema;
}

/** One operation of the API that needs a login; the two that give one belong to the credentials. */
export interface ContractOperation {
	/** `GET /invoices/{invoiceId}` */
	call: string;
	deprecated: boolean;
	parameters: ContractParameter[];
	/** The JSON body, or what a form's `meta` has to be. */
	body?: ContractSchema;
	secondFactor: boolean;
}

interface Document {
	paths: Record<string, Record<string, Published>>;
	components: { schemas: Record<string, ContractSchema> };
}

interface Published {
	deprecated?: boolean;
	parameters?: ContractParameter[];
	requestBody?: { content: Record<string, { schema: ContractSchema }> };
	'x-public'?: boolean;
	'x-confirmed-by-person'?: boolean;
}

const document = JSON.parse(readFileSync(join(__dirname, 'contract.json'), 'utf8')) as Document;

export const contractOperations: ContractOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods)
		.filter(([, published]) => !published['x-public'])
		.map(([method, published]) => ({
			call: `${method.toUpperCase()} ${path}`,
			deprecated: published.deprecated === true,
			parameters: published.parameters ?? [],
			body: bodyOf(published),
			secondFactor: published['x-confirmed-by-person'] === true,
		})),
);

function bodyOf({ requestBody }: Published): ContractSchema | undefined {
	const content = requestBody?.content;
	if (!content) return undefined;
	return content['application/json']?.schema ?? resolved(content['multipart/form-data'].schema).properties?.meta;
}

/** Follows a reference to the schema that it names. */
export function resolved(schema: ContractSchema): ContractSchema {
	return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
}

/** The schema at a dotted path, through lists; undefined where the contract has none. */
export function schemaAtPath(schema: ContractSchema, path: string): ContractSchema | undefined {
	return path.split('.').reduce<ContractSchema | undefined>((here, name) => {
		const outer = here && resolved(here);
		const inner = outer?.items ? resolved(outer.items) : outer;
		return inner?.properties?.[name];
	}, schema);
}
