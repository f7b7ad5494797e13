// Compiles the API's contract (OpenAPI) into the two tables that the package ships (what each call takes, and the schemas
// of the bodies it can send) and into the types of both. `--check` fails when one of the three is stale.
// `--from openapi.json` first makes the contract from a document as the publisher gives it, and prints what changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { contractTypes } from './contractTypes.mjs';

const fromAt = process.argv.indexOf('--from');
if (fromAt > 0) {
	const { updateContract } = await import('./contract/from.ts');
	updateContract(process.argv[fromAt + 1]);
}

const contract = JSON.parse(readFileSync('test/contract/contract.json', 'utf8'));
const shortName = (ref) => ref.split('/').pop();
const FACTS = [
	'type',
	'format',
	'enum',
	'pattern',
	'minimum',
	'maximum',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
	'required',
];

/** A schema with nothing but what a value can be held against; limits that exclude nothing fall away. */
function lean(schema) {
	if (schema.$ref) return { $ref: shortName(schema.$ref) };
	const kept = {};
	for (const key of FACTS) if (schema[key] !== undefined) kept[key] = schema[key];
	if (['int32', 'int64', 'double'].includes(kept.format)) delete kept.format;
	if (kept.type === 'string') delete kept.maximum;
	if (kept.minLength === 0) delete kept.minLength;
	if (schema.properties)
		kept.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, lean(inner)]));
	if (schema.items) kept.items = lean(schema.items);
	return kept;
}

const reachable = new Set();
function reach(schema) {
	if (schema.$ref) {
		const name = shortName(schema.$ref);
		if (reachable.has(name)) return;
		reachable.add(name);
		reach(contract.components.schemas[name]);
	}
	for (const inner of Object.values(schema.properties ?? {})) reach(inner);
	if (schema.items) reach(schema.items);
}

/** What comes back: the name of the schema, `Name[]` for a list, `bytes`, `multipart`, or nothing. */
function responseOf(operation) {
	const content = (operation.responses['200'] ?? operation.responses['202'] ?? {}).content ?? {};
	const types = Object.keys(content);
	if (types.some((type) => type.startsWith('multipart/'))) return 'multipart';
	if (types.includes('application/octet-stream')) return 'bytes';
	const schema = content['application/json']?.schema;
	if (!schema) return undefined;
	const one = schema.oneOf?.[0] ?? schema;
	if (one.$ref) return shortName(one.$ref);
	return one.type === 'array' && one.items.$ref ? `${shortName(one.items.$ref)}[]` : undefined;
}

/** Where a list's records stand in the response: under `results`, or under the one list that the response wraps. */
function rowsOf(response) {
	const properties = contract.components.schemas[response]?.properties ?? {};
	const names = Object.keys(properties);
	if (names.includes('results')) return 'results';
	return names.length === 1 && properties[names[0]].type === 'array' ? names[0] : undefined;
}

const calls = {};
for (const [path, methods] of Object.entries(contract.paths)) {
	for (const [method, operation] of Object.entries(methods)) {
		if (operation['x-public'] && path.startsWith('/oauth/')) continue;
		const call = {};
		for (const parameter of operation.parameters ?? []) {
			const place = (call[parameter.in] ??= {});
			reach(parameter.schema);
			place[parameter.name] = {
				...lean(parameter.schema),
				...(parameter.in !== 'path' && parameter.required ? { isRequired: true } : {}),
			};
			if (parameter.schema.type === 'array' && parameter.explode !== false) place[parameter.name].repeated = true;
		}
		const content = operation.requestBody?.content;
		if (content) {
			const [type, { schema }] = Object.entries(content)[0];
			reach(schema);
			if (type === 'multipart/form-data') call.form = true;
			else call.body = lean(schema);
		}
		if (operation['x-batch']) call.batch = operation['x-batch'].maxIds;
		if (operation['x-confirmed-by-person']) call.secondFactor = true;
		if (operation.deprecated) call.deprecated = true;
		const response = responseOf(operation);
		if (response) call.response = response;
		const rows = response && rowsOf(response);
		if (rows) call.listPath = rows;
		calls[`${method.toUpperCase()} ${path}`] = call;
	}
}
for (const name of ['Attachment']) reach({ $ref: name });
// The values of countries are those of validation/countryTable.ts; a test compares them with the contract.
const schemas = Object.fromEntries(
	[...reachable]
		.sort()
		.map((name) => [name, name.startsWith('Country') ? { type: 'string' } : lean(contract.components.schemas[name])]),
);

const linesOf = (table) =>
	`{\n${Object.entries(table)
		.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
		.join(',\n')}\n}\n`;

let stale = false;
for (const [file, text] of [
	['calls.json', linesOf(calls)],
	['schemas.json', linesOf(schemas)],
	['schemas.d.ts', contractTypes(contract, calls)],
]) {
	const path = `nodes/Procountor/api/contract/${file}`;
	if (process.argv.includes('--check')) stale ||= readFileSync(path, 'utf8') !== text;
	else writeFileSync(path, text);
}
console.log(
	`${Object.keys(calls).length} calls, ${Object.keys(schemas).length} schemas${stale ? ': stale, run npm run contract' : ''}`,
);
if (stale) process.exit(1);
