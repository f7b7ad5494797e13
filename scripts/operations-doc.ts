// `npm run docs:operations`: writes docs/operations.md from the declarations (each resource with its operations, their calls and
// their fields), and docs/errors.md from the tables of errors. `-- --check` writes nothing and fails when a page is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { INodeProperties } from 'n8n-workflow';
import { callInfo } from '../nodes/Procountor/api/contract';
import { operationProperties } from '../nodes/Procountor/engine/properties';
import { specifyParameterName } from '../nodes/Procountor/engine/property';
import type { Operation, Resource } from '../nodes/Procountor/engine/types';
import { resources } from '../nodes/Procountor/resources';
import { errorsPage } from './errors-doc';

const FILE = 'docs/operations.md';
const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
const isCollection = ({ type }: INodeProperties): boolean => type === 'collection';

/** What every list or reply has; a row tells of it in a word. */
const COMMON: Record<string, string> = {
	returnAll: '',
	limit: '',
	simple: 'simplified',
	includeDetails: 'details on request',
};

const pages: Array<[file: string, text: string]> = [
	[FILE, document([...resources].sort(byName))],
	['docs/errors.md', errorsPage()],
];
if (!process.argv.includes('--check')) {
	mkdirSync('docs', { recursive: true });
	for (const [file, text] of pages) writeFileSync(file, text);
}
const stale = pages.filter(([file, text]) => read(file) !== text).map(([file]) => file);
const count = resources.flatMap(({ operations }) => Object.keys(operations)).length;
console.log(`${pages.map(([file]) => file).join(', ')}: ${resources.length} resources, ${count} operations`);
if (stale.length) {
	console.log(`stale, run npm run docs:operations: ${stale.join(', ')}`);
	process.exitCode = 1;
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function document(sorted: Resource[]): string {
	const head = [
		'# Operations of the Procountor node',
		'',
		'This page is made by `npm run docs:operations` from the declarations in `nodes/Procountor/resources`. Change it there.',
		'',
		'- **Bold** fields are required.',
		'- *JSON*: you can give all further fields of the call as JSON. It is bold if some of them are required.',
		'- *details on request*: Include Details reads each record with its rows.',
		'- *simplified*: Simplify returns the fields that people use.',
		'- ⚿ marks operations that a user confirms in the Procountor Key app.',
		'- Every list has Return All and Limit.',
		'',
		sorted.map(({ name }) => `[${name}](#${anchor(name)})`).join(' · '),
		'',
	];
	return `${[...head, ...sorted.flatMap(section)].join('\n')}\n`;
}

/** The name by which Markdown viewers link to a heading. */
function anchor(name: string): string {
	return name.toLowerCase().replaceAll(' ', '-');
}

function section({ name, operations }: Resource): string[] {
	return [
		`## ${name}`,
		'',
		'| operation | what it does | calls | fields |',
		'| --- | --- | --- | --- |',
		...Object.values(operations).sort(byName).map(row),
		'',
	];
}

function row(operation: Operation): string {
	const cells = [operation.name, operation.description, calls(operation), fields(operation)];
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function calls(operation: Operation): string {
	const all = [operation.call, ...(operation.calls ?? []), operation.details, operation.findInList].filter(
		(call) => call !== undefined,
	);
	const sign = callInfo(operation.call).secondFactor ? ' ⚿' : '';
	return all.length ? [...new Set(all)].map((call) => `\`${call}\``).join('<br>') + sign : 'any';
}

function fields(operation: Operation): string {
	const properties = distinct(operationProperties(operation));
	const shown = properties
		.filter(
			(property) =>
				!isCollection(property) &&
				!(property.name in COMMON) &&
				!isOfTable(operation, property) &&
				property.name !== 'bodyJson',
		)
		.map(label);
	const tables = operation.fields
		.filter(({ columns }) => columns)
		.map(({ label: table, columns = [] }) => `**${table}** (${columns.map((column) => column.label).join(', ')})`);
	const optional = properties
		.filter(isCollection)
		.flatMap(({ options = [] }) => (options as INodeProperties[]).filter(({ name }) => name !== 'bodyJson').map(label));
	const words = properties.map(({ name }) => COMMON[name]).filter((word) => word);
	const body = properties.some(({ name }) => name === 'bodyJson')
		? '***JSON***'
		: operation.json === undefined
			? ''
			: '*JSON*';
	const parts = [
		[...shown, ...tables].join(', '),
		optional.length ? `optional: ${optional.join(', ')}` : '',
		body,
		...words,
	];
	return parts.filter((part) => part).join('; ') || '–';
}

/** A table takes three parameters, which its own entry stands for. */
function isOfTable({ fields: declared }: Operation, { name }: INodeProperties): boolean {
	return declared.some(
		(field) => field.columns && [field.name, `${field.name}Json`, specifyParameterName(field)].includes(name),
	);
}

function label({ displayName, required }: INodeProperties): string {
	return required ? `**${displayName}**` : displayName;
}

/** Two values that look the same are one parameter of the editor. */
function distinct(properties: INodeProperties[]): INodeProperties[] {
	return [...new Map(properties.map((property) => [JSON.stringify(property), property])).values()];
}
