// `npm run docs:import-files`: writes the tables of docs/import-files.md, between its markers, from the tables of the package.
// `-- --check` writes nothing and fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileKinds } from '../nodes/Procountor/resources/importFile/kinds';
import type { Column, FileKind, ChildRow, RowKind } from '../nodes/Procountor/resources/importFile/types';

const FILE = join(__dirname, '..', 'docs', 'import-files.md');
const [BEGIN, END] = ['<!-- made by npm run docs:import-files -->', '<!-- end of what is made -->'];

/** The document as it should be: what people wrote, and the tables between the markers. */
export function documentWithTables(text: string): string {
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${FILE} lacks '${BEGIN}' or '${END}'`);
	return `${before}${BEGIN}\n\n${fileKinds.map(section).join('\n')}\n${END}${after}`;
}

function section({ name, menu, row, children, reimportWarning, clearsEmptyFields }: FileKind): string {
	const facts = [
		`Read in under ${menu}.`,
		reimportWarning,
		...(clearsEmptyFields ? ["An empty field empties the register's value."] : []),
	].join(' ');
	return [`### ${name}`, '', facts, '', ...table(row, ''), ...children.flatMap((child) => childTables(child, ''))].join(
		'\n',
	);
}

function childTables({ path, row, children = [], standaloneType }: ChildRow, parentPath: string): string[] {
	const fullPath = parentPath === '' ? path : `${parentPath}[].${path}`;
	const standalone = standaloneType === undefined ? '' : `, or a separate item with \`type: '${standaloneType}'\``;
	return [
		`**${row.name}**: in the list \`${fullPath}\`${standalone}`,
		'',
		...table(row, ''),
		...children.flatMap((child) => childTables(child, fullPath)),
	];
}

function table({ columns }: RowKind, indent: string): string[] {
	return [
		`${indent}| column | field | in Procountor | form | |`,
		'| --- | --- | --- | --- | --- |',
		...columns.map(line),
		'',
	];
}

function line({ letter, path, label, format, required, onlyFor, alias }: Column): string {
	const field = path === '' ? '' : `\`${path}\`${alias === undefined ? '' : `, \`${alias}\``}`;
	const notes = [required ? 'required' : '', onlyFor ? `${onlyFor.join(', ')} only` : '']
		.filter((note) => note)
		.join('; ');
	return `| ${[letter, field, label, format.description.replaceAll('|', '\\|'), notes].join(' | ')} |`;
}

if (require.main === module) {
	const text = readFileSync(FILE, 'utf8');
	const wanted = documentWithTables(text);
	const isStale = text !== wanted;
	if (!process.argv.includes('--check')) writeFileSync(FILE, wanted);
	else if (isStale) process.exitCode = 1;
	process.stdout.write(
		`docs/import-files.md: ${fileKinds.length} files${isStale && process.exitCode ? ': stale, run npm run docs:import-files' : ''}\n`,
	);
}
