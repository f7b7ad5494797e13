// `npm run contract -- --from openapi.json`: the contract of a new API version, and what changes with it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

import { resources } from '../../nodes/Procountor/resources';
import { switchTable } from '../../test/sandbox/switches';
import { changesBetween, type Change } from './changes';
import { contractOf, type Contract, type Correction } from './document';

const CONTRACT = 'test/contract/contract.json';
const CORRECTIONS = 'scripts/contract/corrections.json';
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Workflow files of the repository that run one of the operations (`invoice.create`). */
function workflowsWith(operations: Set<string>): string[] {
	const files = execFileSync('git', ['ls-files', 'examples/*.json', 'test/fixtures/*.json'], { encoding: 'utf8' });
	const runs = (file: string): boolean => {
		const { nodes = [] } = readJson<{ nodes?: Array<{ parameters?: { resource?: string; operation?: string } }> }>(
			file,
		);
		return nodes.some(({ parameters }) => operations.has(`${parameters?.resource}.${parameters?.operation}`));
	};
	return files.split('\n').filter((file) => file !== '' && runs(file));
}

/** Operations of the node that make one of the calls: `invoice.create`. */
function operationsWith(calls: Set<string>): string[] {
	return resources.flatMap(({ value, operations }) =>
		Object.entries(operations)
			.filter(([, { call, calls: more = [], details, findInList }]) =>
				[call, details, findInList, ...more].some((one) => one !== undefined && calls.has(one)),
			)
			.map(([name]) => `${value}.${name}`),
	);
}

/** Switches whose handlers in the sandbox answer one of the operations. */
function switchesOf(operationIds: string[]): string[] {
	const files = execFileSync('git', ['ls-files', 'test/sandbox/records/*.ts'], { encoding: 'utf8' }).split('\n');
	const texts = files.filter(Boolean).map((file) => readFileSync(file, 'utf8'));
	const concerned = texts.filter((text) => operationIds.some((id) => new RegExp(`\\b${id}\\b`).test(text)));
	return Object.keys(switchTable).filter((name) =>
		concerned.some((text) => new RegExp(`switches\\.${name}\\b|\\{[^}]*\\b${name}\\b[^}]*\\} = .*switches`).test(text)),
	);
}

const callIds = ({ paths }: Contract): Map<string, string> =>
	new Map(
		Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, { operationId }]) => [`${method.toUpperCase()} ${path}`, operationId]),
		),
	);

/** The report of a new document: each change, then what it touches. */
export function reportOf(changes: Change[], before: Contract, after: Contract): string[] {
	if (changes.length === 0) return ['No changes.'];
	const lines = changes.map(({ where, field, kind, detail }) => `${where}${field && ` ${field}`}: ${kind} ${detail}`);
	const calls = new Set(changes.flatMap((change) => change.calls));
	const ids = new Map([...callIds(before), ...callIds(after)]);
	const operations = operationsWith(calls);
	const undeclared = [...callIds(after).keys()].filter(
		(call) => !callIds(before).has(call) && operationsWith(new Set([call])).length === 0,
	);
	const list = (title: string, names: string[]): string => `${title}: ${names.length ? names.join(', ') : 'none'}`;
	return [
		...lines.sort(),
		'',
		`${changes.length} changes in ${calls.size} calls`,
		list('Declarations', operations),
		list('Switches', switchesOf([...calls].flatMap((call) => ids.get(call) ?? []))),
		list('Saved workflows', workflowsWith(new Set(operations))),
		list('Calls without a declaration', undeclared),
	];
}

/**
 * Writes the contract of a document as the publisher gives it, and prints what has changed.
 * @throws Error when the file is no OpenAPI document, or a correction no longer fits
 */
export function updateContract(file: string | undefined): void {
	if (!file) throw new Error('Name the file of the new OpenAPI document: npm run contract -- --from openapi.json');
	const before = readJson<Contract>(CONTRACT);
	const after = contractOf(readJson<Contract>(file), readJson<Correction[]>(CORRECTIONS), before);
	process.stdout.write(`${reportOf(changesBetween(before, after), before, after).join('\n')}\n`);
	writeFileSync(CONTRACT, `${JSON.stringify(after, null, 1)}\n`);
}
