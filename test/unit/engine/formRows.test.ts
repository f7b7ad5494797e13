/**
 * Compares kinds of values × table columns × inputs: a cell of a form row is read or rejected like the same value in a
 * field and in a JSON row. The rows that the node reads itself contain the same numbers as a field.
 */
import { InputError } from '../../../nodes/Procountor/api';
import type { Schema } from '../../../nodes/Procountor/api';
import { coerce } from '../../../nodes/Procountor/engine/coerce';
import type { Field } from '../../../nodes/Procountor/engine/types';
import { resources } from '../../../nodes/Procountor/resources';
import { rows as invoiceRows } from '../../../nodes/Procountor/resources/invoice/rowsForm';
import { readRows, type GivenRow } from '../../../nodes/Procountor/resources/shared/bookkeeping/rows';
import { toNumber, type Decimal } from '../../../nodes/Procountor/validation/money';
import { setPath } from '../../../nodes/Procountor/utils/objects';
import { kinds, NOTHING, plain, REFUSED, types } from './kindsOfValues';

interface Column {
	/** The operation and the table that have it, for messages. */
	of: string;
	table: Field;
	column: Field;
}

const tables = resources.flatMap(({ value, operations }) =>
	Object.entries(operations).flatMap(([name, { fields, optional }]) =>
		[...fields, ...optional]
			.filter(({ columns }) => columns !== undefined)
			.map((table) => ({ of: `${value}: ${name}, ${table.label}`, table })),
	),
);
const columns = tables
	.flatMap(({ of, table }) => (table.columns ?? []).map((column): Column => ({ of, table, column })))
	.filter(({ column }) => column.columns === undefined);
/** Each column once: many operations have the same tables. */
const distinct = [
	...new Map(columns.map((one) => [JSON.stringify([one.column.path, one.column.schema]), one])).values(),
];

const counts = {
	tables: tables.length,
	columns: distinct.length,
	kinds: kinds.length,
	cells: 0,
	accepted: 0,
	refused: 0,
};
afterAll(() => void process.stdout.write(`form rows: ${JSON.stringify(counts)}\n`));

function counted(result: unknown): unknown {
	counts.cells++;
	counts[result === REFUSED ? 'refused' : 'accepted']++;
	return result;
}

const rowOf = ({ path }: Field, value: unknown): object => setPath({}, path, value as string);

const cellOf = (row: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], row);

const ways: Record<string, (column: Column, value: unknown) => unknown> = {
	field: ({ column }, value) => {
		const { value: read, faults } = coerce(column.schema, value, '', { name: column.path });
		return faults.length ? REFUSED : read;
	},
	'row of the form': ({ table, column }, value) => {
		const { value: read, faults } = coerce(table.schema, [rowOf(column, value)], table.path, {
			requireAll: false,
			name: table.path,
		});
		return faults.length ? REFUSED : cellOf((read as unknown[])[0], column.path);
	},
	'row as JSON': ({ table, column }, value) => {
		const given: unknown = JSON.parse(JSON.stringify([rowOf(column, value)]));
		const { value: read, faults } = coerce(table.schema, given, table.path, { requireAll: false, name: table.path });
		return faults.length ? REFUSED : cellOf((read as unknown[])[0], column.path);
	},
};

/** Whether a value is the same after it was written as JSON. */
const isJson = (value: unknown): boolean =>
	value === null || Object.is(JSON.parse(JSON.stringify(value) ?? 'null'), value);

describe('Cell of a form row', () => {
	it.each(distinct.map((one) => [`${one.of}, ${one.column.label}`, one] as const))(
		'is read like a field: %s',
		(_name, column) => {
			const differences = kinds.flatMap(([kind, value]) => {
				const expected = plain(counted(ways.field(column, value)));
				return Object.entries(ways)
					.filter(([way]) => way !== 'field' && (way !== 'row as JSON' || isJson(value)))
					.map(([way, read]) => [kind, way, plain(counted(read(column, value))), expected] as const)
					.filter(
						([, , result, wanted]) =>
							JSON.stringify([result === REFUSED, result]) !== JSON.stringify([wanted === REFUSED, wanted]),
					);
			});
			expect(differences).toEqual([]);
		},
	);
});

/** The numbers of an invoice row, which the node reads itself, each with the corresponding field type. */
const NUMBERS: ReadonlyArray<[name: keyof GivenRow & string, type: string]> = [
	['quantity', 'quantity'],
	['unitPrice', 'amount'],
	['discountPercent', 'percent'],
];

function numberIn(name: keyof GivenRow, value: unknown): unknown {
	const [path, schema] = invoiceRows;
	const { value: read, faults } = coerce(schema as Schema, [{ product: 'Kahvi', [name]: value }], path);
	if (faults.length) return REFUSED;
	try {
		const [row] = readRows(read as never);
		const number = row[name] as Decimal | undefined;
		if (number === undefined) return NOTHING;
		const exact = toNumber(number);
		return exact.ok ? exact.value : REFUSED;
	} catch (error) {
		if (error instanceof InputError) return REFUSED;
		throw error;
	}
}

describe('Number in an invoice row', () => {
	it.each(NUMBERS)('is read like a field: %s', (name, type) => {
		const differences = kinds
			.map(([kind, value]) => {
				const { schema, name: path } = types[type];
				const { value: read, faults } = coerce(schema, value, '', { name: path });
				return [kind, counted(numberIn(name, value)), faults.length ? REFUSED : plain(read)] as const;
			})
			.filter(([, result, wanted]) => !Object.is(result, wanted));
		// A share has at most four decimals in a row.
		expect(differences.map(([kind]) => kind)).toEqual(type === 'percent' ? ['a very small number'] : []);
	});
});
