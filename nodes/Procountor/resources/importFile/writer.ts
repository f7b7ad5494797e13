import type { IDataObject } from 'n8n-workflow';
import { deepCopy, getPath, isPlainObject } from '../../utils/objects';
import { isBlank } from '../../validation/cellValues';
import { encodeWindows1252 } from '../../validation/charset';
import type { DateSystem } from '../../validation/serialDates';
import { columnIndex } from './columns';
import { refuseUnsupported, replaceUnsupported } from './fitText';
import { assignPath, convertSerialDates, emptyIndices, expandNames, fieldsWithoutColumn, readList } from './record';
import type { ChildRow, Column, FileKind, FitText, RowKind } from './types';

/** A value that the file cannot contain: where it is (`Row 2, Quantity (column D)`), and why. */
export interface CellFault {
	where: string;
	message: string;
	advice?: string;
}

/** A record as lines of the file. */
export interface WrittenRecord {
	/** The cells of each line. The first line is the record itself; its child rows follow. */
	lines: string[][];
	/** The encoded lines. */
	bytes: Uint8Array;
	/** The record after names, lists, and dates were converted and missing fields were added. */
	record: IDataObject;
	/** Fields that the file has no column for. */
	leftOut: string[];
	/** Whether the record is a child row without a parent, which comes before all other records. */
	isStandalone: boolean;
}

export interface WriteOptions {
	/** Whether to adapt records to the file instead of refusing them: replaces characters, cuts texts, changes the order. */
	adapt?: boolean;
	/** How serial numbers of spreadsheets become dates; without it they are refused. */
	dateSystem?: DateSystem;
}

const SEPARATOR = ';';
/** As in Excel's CSV files. */
const LINE_END = '\r\n';

/** Returns the records in an incoming item: usually one. */
export function recordsInItem(kind: FileKind, item: IDataObject): IDataObject[] {
	const record = expandNames(item, kind.row);
	return kind.recordsIn ? kind.recordsIn(record).map((entry) => expandNames(entry, kind.row)) : [record];
}

/** Returns a record as lines of the file, or everything that is wrong with it. */
export function writeRecord(
	kind: FileKind,
	input: IDataObject,
	{ adapt = false, dateSystem }: WriteOptions = {},
): WrittenRecord | { faults: CellFault[] } {
	const standalone = kind.children.find(
		({ standaloneType }) => standaloneType !== undefined && standaloneType === input.type,
	);
	const completed = standalone ? input : (kind.complete?.(input) ?? input);
	const record = convertSerialDates(parseLists(completed, kind.children), kind.row, dateSystem);
	const state: WriteState = {
		faults: [],
		leftOut: [],
		fitText: adapt ? replaceUnsupported : refuseUnsupported,
		root: record,
	};
	const lines = standalone
		? [writeRow(standalone.row, record, '', state)]
		: [writeRow(kind.row, record, '', state), ...writeChildren(kind.children, record, '', state)];
	if (state.faults.length === 0 && !standalone)
		state.faults.push(
			...(kind.recordFaults?.(record) ?? []).map(({ path, ...fault }) => ({ where: locate(kind, path), ...fault })),
		);
	if (state.faults.length) return { faults: state.faults };
	const withoutColumn = standalone ? [] : fieldsWithoutColumn(record, kind).filter((name) => name !== 'type');
	return {
		lines,
		bytes: encode(lines),
		record,
		leftOut: [...new Set([...state.leftOut, ...withoutColumn])],
		isStandalone: standalone !== undefined,
	};
}

interface WriteState {
	faults: CellFault[];
	leftOut: string[];
	fitText: FitText;
	/** The full record: some columns depend on its type. */
	root: IDataObject;
}

/** Replaces lists that are JSON text by real lists, so that rules and rows see the same. */
function parseLists(record: IDataObject, children: ChildRow[]): IDataObject {
	const result = deepCopy(record);
	for (const { path } of children) {
		const list = readList(record, path);
		if (list !== undefined && typeof getPath(record, path) === 'string') assignPath(result, path, list);
	}
	return result;
}

function writeChildren(children: ChildRow[], parent: IDataObject, where: string, state: WriteState): string[][] {
	return children.flatMap((child) => {
		const list = readList(parent, child.path);
		const rowName = (index: number): string => `${where}${child.row.name} ${index + 1}`;
		const empty = emptyIndices(parent, child.path);
		if (empty.length) {
			state.faults.push(
				...empty.map((index) => ({ where: rowName(index), message: 'is empty', advice: 'Remove it, or fill it in' })),
			);
			return [];
		}
		if (list === undefined) {
			state.faults.push({ where: where + child.path, message: `is not a list of ${child.row.name.toLowerCase()}s` });
			return [];
		}
		return list.flatMap((entry, index) => {
			const row = expandNames(entry, child.row);
			const rowWhere = `${rowName(index)}, `;
			return [writeRow(child.row, row, rowWhere, state), ...writeChildren(child.children ?? [], row, rowWhere, state)];
		});
	});
}

function writeRow(row: RowKind, record: IDataObject, where: string, state: WriteState): string[] {
	const cells = new Array<string>(columnIndex(row.columns[row.columns.length - 1].letter) + 1).fill('');
	for (const column of row.columns) {
		const cell = writeCell(column, record, where, state);
		if (cell !== undefined) cells[columnIndex(column.letter)] = cell;
	}
	return cells;
}

type AddFault = (message: string, advice?: string) => void;

function writeCell(column: Column, record: IDataObject, where: string, state: WriteState): string | undefined {
	const value = column.path === '' ? undefined : getPath(record, column.path);
	const addFault: AddFault = (message, advice) => {
		state.faults.push({ where: where + columnName(column), message, advice });
	};
	const addMissing = (): void => addFault('is missing', `Add the field '${column.path}' to the item`);
	if (column.format.name !== 'fixed' && (isBlank(value) || isEmptyAddress(column, value))) {
		if (column.required) addMissing();
		return undefined;
	}
	if (column.onlyFor && !column.onlyFor.includes(String(state.root.type))) {
		omitUnavailable(column, value, addFault, state);
		return undefined;
	}
	const cell = column.format.write(value, state.fitText);
	if (!cell.ok) {
		addFault(cell.message, cell.advice);
		return undefined;
	}
	if (cell.value !== '' || !column.required) return cell.value;
	addMissing();
	return undefined;
}

/** The name of an address has its own column, so an address with nothing but a name is empty. */
function isEmptyAddress({ format: { parts } }: Column, value: unknown): boolean {
	return parts !== undefined && isPlainObject(value) && parts.every((part) => isBlank(value[part]));
}

/** Leaves out a value whose column the record's type does not have, or refuses it. */
function omitUnavailable(column: Column, value: unknown, addFault: AddFault, state: WriteState): void {
	if (!('neutralValue' in column)) state.leftOut.push(column.path);
	else if (String(value) !== String(column.neutralValue))
		addFault(
			`is ${String(value)}, which this file can contain for ${(column.onlyFor ?? []).join(', ')} only`,
			'Leave it out, or create the record through the API instead',
		);
}

/** Returns a column's name for messages: `Due Date (column O)`. */
export function columnName({ label, letter }: Column): string {
	return `${label} (column ${letter})`;
}

/** Returns the row and column at a path such as `invoiceRows.1.dimensions.0.percent`. */
function locate(kind: FileKind, path: string): string {
	let children = kind.children;
	let row = kind.row;
	let rest = path;
	let where = '';
	for (let child = childAt(children, rest); child; child = childAt(children, rest)) {
		const [index, ...names] = rest.slice(child.path.length + 1).split('.');
		where += `${child.row.name} ${Number(index) + 1}, `;
		row = child.row;
		children = child.children ?? [];
		rest = names.join('.');
	}
	const column = row.columns.find((candidate) => candidate.path === rest);
	return where + (column ? columnName(column) : rest);
}

function childAt(children: ChildRow[], fieldPath: string): ChildRow | undefined {
	return children.find(
		({ path }) => fieldPath.startsWith(`${path}.`) && /^\d+\./.test(fieldPath.slice(path.length + 1)),
	);
}

/** Throws if a cell contains an unsupported character, which every format should have refused. */
function encode(lines: readonly string[][]): Uint8Array {
	const bytes = encodeWindows1252(lines.map((cells) => cells.join(SEPARATOR) + LINE_END).join(''));
	if (!bytes.ok) throw new RangeError(bytes.message);
	return bytes.value;
}

/** Returns the bytes of a file with the records. It has no header row. */
export function fileBytes(records: ReadonlyArray<Pick<WrittenRecord, 'bytes'>>): Buffer {
	return Buffer.concat(records.map(({ bytes }) => bytes));
}

/**
 * Returns the records in the order of the file: standalone rows first, the others in the given order. The first cell of a
 * file must not be empty: with `adapt`, a record that has it moves to the front; otherwise the result is undefined.
 */
export function sortRecords(
	records: readonly WrittenRecord[],
	{ adapt = false }: WriteOptions = {},
): WrittenRecord[] | undefined {
	const sorted = [
		...records.filter(({ isStandalone }) => isStandalone),
		...records.filter(({ isStandalone }) => !isStandalone),
	];
	const hasFirstCell = ({ lines }: WrittenRecord): boolean => lines[0][0] !== '';
	if (sorted.length === 0 || hasFirstCell(sorted[0])) return sorted;
	const index = adapt ? sorted.findIndex(hasFirstCell) : -1;
	return index < 0 ? undefined : [sorted[index], ...sorted.slice(0, index), ...sorted.slice(index + 1)];
}

/** Returns the letters of the columns that are empty in all records. */
export function emptyColumns(kind: FileKind, records: readonly WrittenRecord[]): string[] {
	const lines = records.filter(({ isStandalone }) => !isStandalone).map(({ lines: [first] }) => first);
	return kind.row.columns
		.filter(({ letter }) => lines.every((cells) => (cells[columnIndex(letter)] ?? '') === ''))
		.map(({ letter }) => letter);
}
