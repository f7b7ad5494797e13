import { isBlank } from '../../validation/cellValues';
import type { IDataObject } from 'n8n-workflow';
import { encodeWindows1252 } from '../../validation/charset';
import { copied, getPath, isPlainObject } from '../../utils/objects';
import { indexOf } from './columns';
import { emptyEntries, listAt, namesWithoutColumn, nested, put, withDates } from './record';
import type { DateSystem } from '../../validation/serialDates';
import { mend, strict } from './tidy';
import type { Column, FileKind, Part, RowKind, Tidy } from './types';

/** One thing that the file cannot hold: where (`Row 2, Quantity (column D)`), and why. */
export interface CellFault {
	where: string;
	message: string;
	advice?: string;
}

/** One record as lines of the file. */
export interface Lines {
	/** Cells by line; the first line is the record's own. */
	lines: string[][];
	/** The lines as they stand in the file: cells parted by semicolons, Windows-1252. */
	bytes: Uint8Array;
	/** The record as it was understood, completed. */
	record: IDataObject;
	/** Fields of the record that the file has no column for. */
	leftOut: string[];
	/** A record that belongs before all others. */
	first: boolean;
}

export interface WriteOptions {
	/** Replace what a cell cannot hold, in place of refusing it. */
	replace?: boolean;
	/** Serial numbers of spreadsheets as dates are read by this system; refused when left out. */
	serials?: DateSystem;
}

const SEPARATOR = ';';
/** What Excel writes as CSV ends its lines so. */
const LINE_END = '\r\n';

/** Returns the records in one incoming item: usually one. */
export function recordsOf(kind: FileKind, item: IDataObject): IDataObject[] {
	const record = nested(item, kind.row);
	return kind.records ? kind.records(record).map((one) => nested(one, kind.row)) : [record];
}

/** Returns the lines of one record, or everything that is wrong with it. */
export function linesOf(
	kind: FileKind,
	given: IDataObject,
	{ replace = false, serials }: WriteOptions = {},
): Lines | { faults: CellFault[] } {
	const alone = kind.parts.find(({ aloneAs }) => aloneAs !== undefined && aloneAs === given.type);
	const completed = alone ? given : (kind.complete?.(given) ?? given);
	const record = withDates(withLists(completed, kind.parts), kind.row, serials);
	const run: Run = { faults: [], leftOut: [], tidy: replace ? mend : strict, root: record };
	const lines = alone
		? [cellsOf(alone.row, record, '', run)]
		: [cellsOf(kind.row, record, '', run), ...partLines(kind.parts, record, '', run)];
	if (run.faults.length === 0 && !alone)
		run.faults.push(
			...(kind.rules?.(record) ?? []).map(({ path, ...fault }) => ({ where: whereOf(kind, path), ...fault })),
		);
	if (run.faults.length) return { faults: run.faults };
	const without = alone ? [] : namesWithoutColumn(record, kind).filter((name) => name !== 'type');
	return {
		lines,
		bytes: encoded(lines),
		record,
		leftOut: [...new Set([...run.leftOut, ...without])],
		first: alone !== undefined,
	};
}

interface Run {
	faults: CellFault[];
	leftOut: string[];
	tidy: Tidy;
	/** The whole record, whose type decides on some columns. */
	root: IDataObject;
}

/** Lists that came as JSON text become lists, so that rules and rows see the same. */
function withLists(record: IDataObject, parts: Part[]): IDataObject {
	const result = copied(record);
	for (const { at } of parts) {
		const list = listAt(record, at);
		if (list !== undefined && typeof getPath(record, at) === 'string') put(result, at, list);
	}
	return result;
}

function partLines(parts: Part[], record: IDataObject, where: string, run: Run): string[][] {
	return parts.flatMap((part) => {
		const list = listAt(record, part.at);
		const empty = emptyEntries(record, part.at);
		if (empty.length) {
			const nameOfRow = (index: number): string => `${where}${part.row.name} ${index + 1}`;
			run.faults.push(
				...empty.map((index) => ({ where: nameOfRow(index), message: 'is empty', advice: 'Remove it, or fill it in' })),
			);
			return [];
		}
		if (list === undefined) {
			run.faults.push({ where: where + part.at, message: `is not a list of ${part.row.name.toLowerCase()}s` });
			return [];
		}
		return list.flatMap((given, index) => {
			const row = nested(given, part.row);
			const here = `${where}${part.row.name} ${index + 1}, `;
			return [cellsOf(part.row, row, here, run), ...partLines(part.parts ?? [], row, here, run)];
		});
	});
}

function cellsOf(row: RowKind, record: IDataObject, where: string, run: Run): string[] {
	const cells = new Array<string>(indexOf(row.columns[row.columns.length - 1].letter) + 1).fill('');
	for (const column of row.columns) {
		const cell = cellOf(column, record, where, run);
		if (cell !== undefined) cells[indexOf(column.letter)] = cell;
	}
	return cells;
}

function cellOf(column: Column, record: IDataObject, where: string, run: Run): string | undefined {
	const value = column.at === '' ? undefined : getPath(record, column.at);
	const fault = (message: string, advice?: string): undefined =>
		void run.faults.push({ where: where + nameOf(column), message, advice });
	const missing = (): undefined => fault('is missing', `Add the field '${column.at}' to the item`);
	if (column.form.name !== 'fixed' && (isBlank(value) || isEmptyAddress(column, value)))
		return column.required ? missing() : undefined;
	if (column.only && !column.only.includes(String(run.root.type))) return unfit(column, value, fault, run);
	const cell = column.form.write(value, run.tidy);
	if (!cell.ok) return fault(cell.message, cell.advice);
	return cell.value === '' && column.required ? missing() : cell.value;
}

/** The name of an address stands in a column of its own: an address without anything else is none. */
function isEmptyAddress({ form }: Column, value: unknown): boolean {
	return form.parts !== undefined && isPlainObject(value) && form.parts.every((part) => isBlank(value[part]));
}

/** A value in a column that the record's type does not have. */
function unfit(
	column: Column,
	value: unknown,
	fault: (message: string, advice?: string) => undefined,
	run: Run,
): undefined {
	if (!('harmless' in column)) run.leftOut.push(column.at);
	else if (String(value) !== String(column.harmless)) {
		return fault(
			`is ${String(value)}, which this file can contain for ${(column.only ?? []).join(', ')} only`,
			'Leave it out, or create the record through the API instead',
		);
	}
	return undefined;
}

/** `Due Date (column O)`. */
export function nameOf({ label, letter }: Column): string {
	return `${label} (column ${letter})`;
}

/** The place of a fault that a rule names by a path: `invoiceRows.1.dimensions.0.percent`. */
function whereOf(kind: FileKind, at: string): string {
	let parts = kind.parts;
	let row = kind.row;
	let rest = at;
	let where = '';
	for (let part = partOf(parts, rest); part; part = partOf(parts, rest)) {
		const [index, ...after] = rest.slice(part.at.length + 1).split('.');
		where += `${part.row.name} ${Number(index) + 1}, `;
		row = part.row;
		parts = part.parts ?? [];
		rest = after.join('.');
	}
	const column = row.columns.find((one) => one.at === rest);
	return where + (column ? nameOf(column) : rest);
}

function partOf(parts: Part[], path: string): Part | undefined {
	return parts.find(({ at }) => path.startsWith(`${at}.`) && /^\d+\./.test(path.slice(at.length + 1)));
}

/** Throws for a cell that no form should have let through. */
function encoded(lines: readonly string[][]): Uint8Array {
	const bytes = encodeWindows1252(lines.map((cells) => cells.join(SEPARATOR) + LINE_END).join(''));
	if (!bytes.ok) throw new RangeError(bytes.message);
	return bytes.value;
}

/** Returns the bytes of a file: its records one after the other, without a header. */
export function bytesOf(records: ReadonlyArray<Pick<Lines, 'bytes'>>): Buffer {
	return Buffer.concat(records.map(({ bytes }) => bytes));
}

/**
 * Returns the records in the file's order: records that stand alone first, the others in the given order. The file's
 * first cell must not be empty: with `replace`, a record that fills it comes first.
 */
export function ordered(records: readonly Lines[], { replace = false }: WriteOptions = {}): Lines[] | undefined {
	const sorted = [...records.filter(({ first }) => first), ...records.filter(({ first }) => !first)];
	const fills = ({ lines }: Lines): boolean => lines[0][0] !== '';
	if (sorted.length === 0 || fills(sorted[0])) return sorted;
	const opener = replace ? sorted.findIndex(fills) : -1;
	return opener < 0 ? undefined : [sorted[opener], ...sorted.filter((_, index) => index !== opener)];
}

/** Returns the letters of columns that no record fills, for files whose empty fields empty the register. */
export function emptyColumns(kind: FileKind, records: readonly Lines[]): string[] {
	const lines = records.filter(({ first }) => !first).map(({ lines: [own] }) => own);
	return kind.row.columns
		.filter(({ letter }) => lines.every((cells) => (cells[indexOf(letter)] ?? '') === ''))
		.map(({ letter }) => letter);
}
