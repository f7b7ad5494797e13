/**
 * What the most used operations return, as n8n's editor reads it before a node has run: one JSON schema an operation, made from the
 * contract and the declarations. Where an operation has Simplify, which is on by default, the simplified item.
 */
import { readFileSync } from 'node:fs';
import { setPath } from '../nodes/Procountor/utils/objects';
import { callInfo } from '../nodes/Procountor/api/contract';
import { isFlat, renameFields, simplify, type Simple } from '../nodes/Procountor/engine/simplify';
import type { Operation } from '../nodes/Procountor/engine/types';
import { resources } from '../nodes/Procountor/resources';
import { JOB_FIELDS } from './jobFields';

/** A JSON schema as n8n shows it: types alone. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

interface ContractSchema {
	$ref?: string;
	type?: string;
	properties?: Record<string, ContractSchema>;
	items?: ContractSchema;
	oneOf?: ContractSchema[];
}
interface Contract {
	paths: Record<
		string,
		Record<string, { responses: Record<string, { content?: Record<string, { schema?: ContractSchema }> }> }>
	>;
	components: { schemas: Record<string, ContractSchema> };
}

const contract = JSON.parse(readFileSync('test/contract/contract.json', 'utf8')) as Contract;

/**
 * How deep the schemas of the most used resources go. Deeper levels are shown as objects without fields: they add bytes to the package
 * and are rarely mapped. All others would take the package over its limit of size.
 */
const DEEPEST: Record<string, number> = {
	attachment: 1,
	bankStatement: 1,
	businessPartner: 3,
	dimension: 3,
	invoice: 3,
	ledgerAccount: 1,
	ledgerReceipt: 3,
	payment: 3,
	paymentEvent: 1,
	person: 3,
	product: 3,
	referencePayment: 1,
	report: 1,
};

/** The schemas of the most used operations by `resource/operation`: from the contract, or for a job from its own list of fields. */
export function outputSchemas(): Map<string, OutputSchema> {
	const all = new Map<string, OutputSchema>();
	for (const { value, operations } of resources)
		for (const [key, operation] of Object.entries(operations)) {
			const name = `${value}/${key}`;
			const schema = name in JOB_FIELDS ? schemaOfJob(JOB_FIELDS[name]) : schemaOf(operation, DEEPEST[value] ?? 0);
			if (schema) all.set(name, schema);
		}
	return all;
}

const schemaOfJob = (fields: Record<string, string>): OutputSchema => ({
	type: 'object',
	properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
});

function schemaOf(operation: Operation, deepest: number): OutputSchema | undefined {
	if (deepest === 0) return undefined;
	const isJob = operation.kind === 'job';
	const isCreate = isJob && operation.call === 'POST /invoices' && operation.simple !== undefined;
	const isRead = isJob && operation.call === 'GET /invoices/{invoiceId}' && operation.simple !== undefined;
	if (['delete', 'download'].includes(operation.kind) || (isJob && !isCreate && !isRead)) return undefined;
	const { properties } = recordOf(operation, deepest) ?? {};
	if (!properties || Object.keys(properties).length === 0) return undefined;
	if (operation.simple) return simplifiedSchema(properties, operation.simple, isCreate ? OF_A_CREATE : {});
	const ids = operation.kind !== 'list' && properties.id === undefined ? pathOf(operation) : {};
	return {
		type: 'object',
		properties: { ...ids, ...renameFields(properties as never, operation.rename) },
	} as OutputSchema;
}

/** What the response holds of one record: the whole body, or an entry of its list. */
function recordOf({ call, listPath }: Operation, deepest: number): OutputSchema | undefined {
	if (call === undefined) return undefined;
	const [method, path] = call.split(' ');
	const { responses } = contract.paths[path]?.[method.toLowerCase()] ?? { responses: {} };
	const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
	const body = good?.content?.['application/json']?.schema;
	if (!body) return undefined;
	let here = resolved(body);
	for (const name of (listPath ?? callInfo(call).listPath)?.split('.') ?? []) {
		if (here.items) here = resolved(here.items);
		here = resolved(here.properties?.[name] ?? {});
	}
	return shown(here.items ?? here, deepest);
}

/** The schema behind a reference; of one record or a list of them, the node returns the records either way. */
function resolved({ $ref, oneOf, ...schema }: ContractSchema): ContractSchema {
	if (oneOf) return resolved(oneOf[0]);
	return $ref === undefined ? schema : contract.components.schemas[$ref.split('/').at(-1) ?? ''];
}

/** @param levels how many of them are shown with their fields */
function shown(schema: ContractSchema, levels: number): OutputSchema {
	const { type = 'object', properties, items } = resolved(schema);
	if (properties && levels > 0)
		return {
			type: 'object',
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, inner]) => [name, shown(inner, levels - 1)]),
			),
		};
	if (type === 'array' && items) return { type, items: shown(items, levels) };
	return { type };
}

/** What a create of several steps adds to its record. */
const OF_A_CREATE: Record<string, OutputSchema> = {
	wasCreated: { type: 'boolean' },
	done: { type: 'array', items: { type: 'string' } },
};

/** Simplifies a record whose values are the schemas of its fields, so that names are those of real items. */
function simplifiedSchema(
	properties: Record<string, OutputSchema>,
	simple: Simple,
	added: Record<string, OutputSchema>,
): OutputSchema {
	if (isFlat(simple)) {
		const flat = Object.entries(simple.fields).map(([name, type]) => [name, properties[name] ?? { type }]);
		return { type: 'object', properties: { ...Object.fromEntries(flat), ...added } };
	}
	let sample: Record<string, unknown> = {};
	for (const one of simple) {
		const path = typeof one === 'string' ? one : one[1];
		const field = path
			.split('.')
			.reduce<OutputSchema | undefined>((here, name) => here?.properties?.[name], { type: 'object', properties });
		if (field) sample = setPath(sample as never, path, field as never);
	}
	const kept = simplify(sample as never, simple) as unknown as Record<string, OutputSchema>;
	return { type: 'object', properties: { ...kept, ...added } };
}

/** IDs of the path, which the node adds to a record that has none. */
function pathOf({ call }: Operation): Record<string, OutputSchema> {
	return Object.fromEntries(
		Object.entries(callInfo(call).path ?? {}).map(([name, { type = 'string' }]) => [
			name,
			{ type: type === 'integer' ? 'number' : type },
		]),
	);
}
