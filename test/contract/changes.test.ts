import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { changesBetween } from '../../scripts/contract/changes';
import { contractOf, type Contract, type Correction } from '../../scripts/contract/document';
import { reportOf } from '../../scripts/contract/from';
import { randomOf } from '../probe/proof';

const read = <T>(file: string): T => JSON.parse(readFileSync(join(__dirname, '../..', file), 'utf8')) as T;
const present = read<Contract>('test/contract/contract.json');
const corrections = read<Correction[]>('scripts/contract/corrections.json');

interface Schema {
	type?: string;
	enum?: string[];
	required?: string[];
	properties: Record<string, Schema & { maxLength?: number; minimum?: number }>;
}
interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}
interface Operation {
	operationId: string;
	deprecated?: boolean;
	parameters: Parameter[];
	responses: Record<string, unknown>;
	[fact: string]: unknown;
}
interface Published {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema> };
}

/** A change of the published document; returns the line that the report must contain. */
type Edit = (document: Published, pick: <T>(values: T[]) => T) => string;

/** A schema that some call uses and that has fields. */
const objectOf = (document: Published, pick: <T>(values: T[]) => T): [string, Schema] =>
	pick(
		Object.entries(document.components.schemas).filter(([, { properties }]) => Object.keys(properties ?? {}).length),
	);
const callOf = (document: Published, pick: <T>(values: T[]) => T): [string, Operation] => {
	const [path, methods] = pick(Object.entries(document.paths).filter(([one]) => !one.startsWith('/oauth/')));
	const [method, operation] = pick(Object.entries(methods));
	return [`${method.toUpperCase()} ${path}`, operation];
};
/** Picks a query parameter that no correction changes, with its call. */
function queryOf(document: Published, pick: <T>(values: T[]) => T): [string, Operation, Parameter] {
	const all = Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).flatMap(([method, operation]) =>
			(operation.parameters ?? [])
				.filter((one) => one.in === 'query' && !(path === '/journals' && one.name === 'statuses'))
				.map((one): [string, Operation, Parameter] => [`${method.toUpperCase()} ${path}`, operation, one]),
		),
	);
	return pick(all);
}

const edits: Record<string, Edit> = {
	'field renamed': (document, pick) => {
		const [name, { properties }] = objectOf(document, pick);
		const field = pick(Object.keys(properties));
		properties.renamedField = properties[field];
		delete properties[field];
		return `${name} ${field}: field gone`;
	},
	'field added': (document, pick) => {
		const [name, { properties }] = objectOf(document, pick);
		properties.addedField = { type: 'string', properties: {} };
		return `${name} addedField: field new`;
	},
	'type changed': (document, pick) => {
		const all = Object.entries(document.components.schemas).filter(([, { properties }]) => properties?.id?.type);
		const [name, { properties }] = pick(all);
		const { type } = properties.id;
		properties.id = { ...properties.id, type: 'boolean' };
		return `${name} id: type type: "${type}" is now "boolean"`;
	},
	'limit changed': (document, pick) => {
		const all = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
			Object.entries(properties).flatMap(([field, one]) => (one.maxLength ? [{ name, field, one }] : [])),
		);
		const { name, field, one } = pick(all);
		const before = one.maxLength;
		one.maxLength = 7777;
		return `${name} ${field}: limit maxLength: ${before} is now 7777`;
	},
	'field required': (document, pick) => {
		const [name, schema] = objectOf(document, pick);
		schema.required = [...(schema.required ?? []), 'addedRule'];
		return `${name}: required new: addedRule`;
	},
	'enumeration grown': (document, pick) => {
		const all = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
			Object.entries(properties).flatMap(([field, one]) => (one.enum ? [{ name, field, one }] : [])),
		);
		const { name, field, one } = pick(all);
		one.enum?.push('GROWN');
		return `${name} ${field}: enumeration new: GROWN`;
	},
	'shared enumeration shrunk': (document, pick) => {
		const name = pick(['CurrencyCode', 'Country', 'ProductUnit', 'InvoiceTransactionAction']);
		const gone = document.components.schemas[name].enum?.pop();
		return `${name}: enumeration gone: ${gone}`;
	},
	'operation added': (document, pick) => {
		const [, operation] = callOf(document, pick);
		document.paths['/added/things'] = { get: { ...operation, operationId: 'getAddedThings' } };
		return 'GET /added/things: operation new';
	},
	'operation gone': (document) => {
		delete document.paths['/vats/default'].get;
		return 'GET /vats/default: operation gone';
	},
	'operation deprecated': (document, pick) => {
		const [call, operation] = callOf(document, pick);
		if (operation.deprecated) delete operation.deprecated;
		else operation.deprecated = true;
		return `${call} deprecated: property`;
	},
	'parameter gone': (document, pick) => {
		const [call, operation, { name }] = queryOf(document, pick);
		operation.parameters = operation.parameters.filter((one) => !(one.name === name && one.in === 'query'));
		return `${call} query ${name}: parameter gone`;
	},
	'parameter required': (document, pick) => {
		const [call, , parameter] = queryOf(document, pick);
		parameter.required = !parameter.required;
		return `${call} query ${parameter.name}: required`;
	},
};

/** A document as published: without our corrections, and with texts. */
function published(): Published {
	const document = structuredClone(present) as unknown as Published;
	delete document.paths['/oauth/token'];
	delete document.paths['/oauth/key'];
	for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
		for (const key of Object.keys(operation)) if (key.startsWith('x-')) delete operation[key];
		operation.summary = 'What it does';
		operation.parameters = operation.parameters?.filter((one) => one.in !== 'header');
	}
	return document;
}

const after = (document: Published): Contract => contractOf(document as unknown as Contract, corrections, present);

describe('Contract of a new document', () => {
	it('equals the present contract if the publisher changes nothing', () => {
		expect(changesBetween(present, after(published()))).toEqual([]);
	});

	it('keeps shared enumerations that the publisher writes out', () => {
		const document = published();
		const { schemas } = document.components;
		const writtenOut = JSON.parse(
			JSON.stringify(document).replaceAll('{"$ref":"#/components/schemas/Country"}', () =>
				JSON.stringify(schemas.Country),
			),
		) as Published;
		delete writtenOut.components.schemas.Country;
		expect(after(writtenOut).components.schemas).toEqual(present.components.schemas);
	});

	it('keeps a field that is called description', () => {
		expect(JSON.stringify(after(published()))).toContain('"description":{"type":"string"');
	});

	it('rejects a file that is not an OpenAPI document, and a correction for a removed call', () => {
		expect(() => contractOf({} as Contract, corrections, present)).toThrow('no OpenAPI 3 document');
		const document = published();
		delete document.paths['/journals'];
		expect(() => after(document)).toThrow('GET /journals is not in the document. Change or remove its correction.');
	});
});

describe('Corrections of the contract', () => {
	it('each have a reason and a changed value', () => {
		for (const { reason, set } of corrections)
			expect([reason.length > 30, Object.keys(set).length > 0]).toEqual([true, true]);
	});
});

describe('Changes of the contract', () => {
	const random = randomOf(17);
	const pick = <T>(values: T[]): T => values[Math.floor(random() * values.length)];
	const names = Object.keys(edits);

	it.each(Array.from({ length: 24 }, (_, index) => [index + 1, names[index % names.length]]))(
		'are each reported once: case %i, %s',
		(_no, name) => {
			const document = published();
			const expected = edits[name](document, pick);
			const next = after(document);
			const lines = reportOf(changesBetween(present, next), present, next);
			expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1);
			expect(lines.length).toBeLessThan(10);
		},
	);

	it('are reported with affected declarations, switches, saved workflows and undeclared calls', () => {
		const document = published();
		document.paths['/added/things'] = { get: structuredClone(document.paths['/vats/default'].get) };
		document.components.schemas.Invoice.properties.addedField = { type: 'string', properties: {} };
		const next = after(document);
		const report = reportOf(changesBetween(present, next), present, next).join('\n');
		expect(report).toMatch(/^Declarations: .*\binvoice\.create\b/m);
		expect(report).toMatch(/^Switches: .*\boriginalNumberSearchExact\b/m);
		expect(report).toMatch(/^Saved workflows: .*examples\/order-to-sent-invoice\.json/m);
		expect(report).toMatch(/^Calls without a declaration: GET \/added\/things$/m);
	});
});
