/** Holds items against the output schema that the package ships for their operation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** Where the built package has its schemas. */
export const schemaFolder = join(__dirname, '../../dist/nodes/Procountor/__schema__/v1.0.0');

/** The schema of an operation's output, or undefined where the package has none. */
export function outputSchemaOf(resource: string, operation: string): OutputSchema | undefined {
	const file = join(schemaFolder, resource, `${operation}.json`);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OutputSchema) : undefined;
}

/** What items have that their schema lacks, or has in another type; a null says nothing of its type. */
export function schemaFaults(schema: OutputSchema, items: IDataObject[]): string[] {
	return [...new Set(items.flatMap((item) => faultsOf(schema, item, '')))];
}

function faultsOf(schema: OutputSchema, value: unknown, path: string): string[] {
	if (value === null || value === undefined) return [];
	const type = Array.isArray(value) ? 'array' : typeof value;
	const expected = schema.type === 'integer' ? 'number' : schema.type;
	if (type !== expected) return [`${path} is ${type}, not ${expected}`];
	if (Array.isArray(value))
		return schema.items ? value.flatMap((one) => faultsOf(schema.items as OutputSchema, one, `${path}[]`)) : [];
	if (type !== 'object' || !schema.properties) return [];
	return Object.entries(value as object).flatMap(([name, inner]) => {
		const field = schema.properties?.[name];
		const here = path ? `${path}.${name}` : name;
		return field ? faultsOf(field, inner, here) : [`${here} is not in the schema`];
	});
}
