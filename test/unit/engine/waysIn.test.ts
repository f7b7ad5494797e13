/**
 * Compares kinds of values × field types × inputs: a value is read or rejected alike in a form field, a row, JSON, a row from a
 * list, and an import file. If no result is given here, all inputs must agree on one.
 */
import { coerce } from '../../../nodes/Procountor/engine/coerce';
import { rowsFromList } from '../../../nodes/Procountor/engine/rowsFromList';
import type { Field } from '../../../nodes/Procountor/engine/types';
import { checkIdentities } from '../../../nodes/Procountor/validation/identities';
import type { Schema } from '../../../nodes/Procountor/api';
import { column } from '../../../nodes/Procountor/resources/importFile/columns';
import { text } from '../../../nodes/Procountor/resources/importFile/formats';
import { fileKind } from '../../../nodes/Procountor/resources/importFile/kinds';
import type { FileKind } from '../../../nodes/Procountor/resources/importFile/types';
import { writeRecord } from '../../../nodes/Procountor/resources/importFile/writer';
import { type FieldType, kinds, NOTHING, plain, REFUSED, types, type Wanted } from './kindsOfValues';

/** Texts that only an import file rejects, because its cells cannot contain them; the API accepts them. */
const fileOnly: Array<[kind: string, value: string]> = [
	['a line break', 'a\nb'],
	['a line break of Windows', 'a\r\nb'],
	['a tab', 'a\tb'],
	['a semicolon', 'a;b'],
	['a quotation mark', 'a "b"'],
];

const record = ({ name }: FieldType, value: unknown): Record<string, unknown> => ({ [name]: value });

/** The field's value in a record that the node has read, or REFUSED. */
function judged(
	type: FieldType,
	{ value, faults }: ReturnType<typeof coerce>,
	at: (value: unknown) => unknown,
): unknown {
	if (faults.length) return REFUSED;
	const checked = checkIdentities(at(value));
	return checked.faults.length ? REFUSED : (checked.value as Record<string, unknown> | undefined)?.[type.name];
}

const rows = ({ name, schema }: FieldType): Schema => ({
	type: 'array',
	items: { type: 'object', properties: { [name]: schema } },
});
const first = (value: unknown): unknown => (value as unknown[])[0];
const field = ({ name, schema }: FieldType): Field => ({
	path: name,
	in: 'body',
	name,
	label: name,
	schema,
	required: false,
});

/** An import file of one column, or of the column that follows a text, so that no line is empty. */
const fileOf = ({ name, form }: FieldType): FileKind => ({
	...fileKind('dimensions'),
	row: { name: 'Row', columns: [column('A', 'first', 'First', text()), column('B', name, 'Field', form)] },
	recordsIn: undefined,
	restore: undefined,
});

const FILE = 'import file';
const ways: Record<string, (type: FieldType, value: unknown) => unknown> = {
	field: (type, value) =>
		judged(type, coerce(type.schema, value, '', { name: type.name }), (shaped) => record(type, shaped)),
	row: (type, value) => judged(type, coerce(rows(type), [record(type, value)], 'rows'), first),
	JSON: (type, value) =>
		judged(
			type,
			coerce(
				{ type: 'object', properties: { body: { type: 'object', properties: { [type.name]: type.schema } } } },
				{ body: { [type.name]: value } },
				'',
			),
			(shaped) => (shaped as { body: unknown }).body,
		),
	'a row from a list': (type, value) => {
		const table: Field = { ...field(type), name: 'rows', path: 'rows', columns: [field(type)] };
		const mapping = { value: { [type.name]: 'given' } };
		const list = [{ given: value }, { given: 1 }];
		return judged(type, coerce(rows(type), rowsFromList(table, list, mapping, {}).slice(0, 1), 'rows'), first);
	},
	[FILE]: (type, value) => {
		const lines = writeRecord(fileOf(type), { first: 'x', ...record(type, value) });
		if ('faults' in lines) return REFUSED;
		const [, cell] = lines.lines[0];
		return cell === '' ? NOTHING : type.back(cell);
	},
};

const counts = {
	kinds: kinds.length + fileOnly.length,
	types: Object.keys(types).length,
	cells: 0,
	accepted: 0,
	refused: 0,
	ofFile: 0,
	empty: 0,
};
afterAll(() => void process.stdout.write(`ways in: ${JSON.stringify(counts)}\n`));

function resultsOf(type: string, value: unknown): Array<[way: string, result: unknown]> {
	const { isOfFile } = types[type];
	const isRefused = ways.field(types[type], value) === REFUSED;
	const compared = Object.entries(ways).filter(([way]) => way !== FILE || !(isRefused && isOfFile?.(value)));
	counts.ofFile += Object.keys(ways).length - compared.length;
	return compared.map(([way, read]) => {
		const result = plain(read(types[type], value));
		counts.cells++;
		counts[result === REFUSED ? 'refused' : result === NOTHING ? 'empty' : 'accepted']++;
		return [way, result];
	});
}

const cells = kinds.flatMap(([kind, value, wanted]) =>
	Object.keys(types).map((type): [string, string, unknown, Wanted] => [kind, type, value, wanted]),
);

describe('Value from any input', () => {
	it.each(cells)('is the same from every input for %s in a field of type %s', (_kind, type, value, wanted) => {
		const results = resultsOf(type, value);
		const expected = type in wanted ? wanted[type] : results[0][1];
		expect(results).toEqual(results.map(([way]) => [way, expected]));
	});

	it.each(fileOnly)('is accepted as a text by the API and rejected in an import file: %s', (_kind, value) => {
		expect(resultsOf('text', value)).toEqual(Object.keys(ways).map((way) => [way, way === FILE ? REFUSED : value]));
	});
});
