// `npm run docs:import-files`: writes the tables of docs/import-files.md, between its markers, from the tables of the package.
// `-- --check` writes nothing and fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileKinds } from '../nodes/Procountor/resources/importFile/kinds';
import type { Column, FileKind, Part, RowKind } from '../nodes/Procountor/resources/importFile/types';

const FILE = join(__dirname, '..', 'docs', 'import-files.md');
const [BEGIN, END] = ['<!-- made by npm run docs:import-files -->', '<!-- end of what is made -->'];

/** The document as it should be: what people wrote, and the tables between the markers. */
export function documentWithTables(text: string): string {
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${FILE} lacks '${BEGIN}' or '${END}'`);
	return `${before}${BEGIN}\n\n${fileKinds.map(section).join('\n')}\n${END}${after}`;
}

function section({ name, menu, row, parts, twice, empties }: FileKind): string {
	const facts = [
		`Read in under ${menu}.`,
		twice,
		...(empties ? ["An empty field empties the register's value."] : []),
	].join(' ');
	return [`### ${name}`, '', facts, '', ...table(row, ''), ...parts.flatMap((part) => partTables(part, ''))].join('\n');
}

function partTables({ at, row, parts = [], aloneAs }: Part, above: string): string[] {
	const path = above === '' ? at : `${above}[].${at}`;
	const alone = aloneAs === undefined ? '' : `, or an item of its own with \`type: '${aloneAs}'\``;
	return [
		`**${row.name}**: in the list \`${path}\`${alone}`,
		'',
		...table(row, ''),
		...parts.flatMap((part) => partTables(part, path)),
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

function line({ letter, at, label, form, required, only, also }: Column): string {
	const field = at === '' ? '' : `\`${at}\`${also === undefined ? '' : `, \`${also}\``}`;
	const notes = [required ? 'required' : '', only ? `${only.join(', ')} only` : ''].filter((note) => note).join('; ');
	return `| ${[letter, field, label, form.words.replaceAll('|', '\\|'), notes].join(' | ')} |`;
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
