import type { IDataObject } from 'n8n-workflow';
import { getPath } from '../../utils/objects';
import { decodeWindows1252 } from '../../validation/charset';
import { columnIndex, columnLetter } from './columns';
import { assignPath } from './record';
import type { ChildRow, FileKind, RowKind } from './types';
import { columnName, type CellFault } from './writer';

/** The records of a file, or everything that is wrong with it. */
export type FileContent = { records: IDataObject[] } | { faults: CellFault[] };

/** Reading stops after this many faults. */
const MAX_FAULTS = 20;

/** Reads an import file into the records that would write it. Yields after each line. */
export function* readFileSteps(kind: FileKind, bytes: Uint8Array): Generator<undefined, FileContent> {
	if (isUtf8(bytes))
		return {
			faults: [
				{
					where: 'The file',
					message: 'is in UTF-8, which Procountor does not read',
					advice: 'Save it in Windows-1252 (ANSI)',
				},
			],
		};
	const state: ReadState = { faults: [], records: [], ancestors: [] };
	for (const [index, line] of decodeWindows1252(bytes)
		.split(/\r\n|\n|\r/)
		.entries()) {
		if (line === '') continue;
		const cells = line.split(';');
		if (cells.some((cell) => cell !== '')) readLine(kind, cells, index, state);
		if (state.faults.length >= MAX_FAULTS) break;
		yield;
	}
	if (state.records.length === 0 && state.faults.length === 0)
		state.faults.push({ where: 'The file', message: 'contains no record' });
	if (state.faults.length) return { faults: state.faults };
	return { records: state.records.map((record) => restoreRecord(kind, record)) };
}

function restoreRecord({ children, restore }: FileKind, record: IDataObject): IDataObject {
	const isStandalone =
		record.type !== undefined && children.some(({ standaloneType }) => standaloneType === record.type);
	return isStandalone ? record : (restore?.(record) ?? record);
}

/** Whether bytes that are not ASCII are valid UTF-8. Text in Windows-1252 practically never is. */
function isUtf8(bytes: Uint8Array): boolean {
	if (bytes.every((byte) => byte < 0x80)) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

interface ReadState {
	faults: CellFault[];
	records: IDataObject[];
	/** The rows that the next line may belong to, from the record down, each with its possible child rows. */
	ancestors: Array<{ row: IDataObject; children: ChildRow[] }>;
}

function readLine(kind: FileKind, cells: string[], index: number, state: ReadState): void {
	const where = `Line ${index + 1}`;
	const level = state.ancestors.findLastIndex(({ children }) => children.some((child) => child.matches(cells)));
	const child = level < 0 ? undefined : state.ancestors[level].children.find((one) => one.matches(cells));
	if (child) {
		const row = readRow(child.row, cells, where, state);
		appendTo(state.ancestors[level].row, child.path, row);
		state.ancestors = [
			...state.ancestors.slice(0, level + 1),
			...(child.children ? [{ row, children: child.children }] : []),
		];
		return;
	}
	const standalone = kind.children.find((one) => one.standaloneType !== undefined && one.matches(cells));
	if (standalone) {
		state.records.push({ type: standalone.standaloneType, ...readRow(standalone.row, cells, where, state) });
		return;
	}
	const isOrphan = withDescendants(kind.children).some((one) => one.matches(cells));
	if (isOrphan && kind.row.columns[0].required) {
		state.faults.push({
			where,
			message: state.ancestors.length
				? 'does not belong to the row above it'
				: 'is a row below a record, and no record stands above it',
			advice: index === 0 ? "The file's first cell must not be empty" : undefined,
		});
		return;
	}
	const record = readRow(kind.row, cells, where, state);
	if (index === 0 && state.faults.length)
		state.faults[0].advice = [state.faults[0].advice, 'Import files have no header row: remove it if there is one']
			.filter((sentence) => sentence)
			.join('. ');
	state.records.push(record);
	state.ancestors = [{ row: record, children: kind.children }];
}

function withDescendants(children: ChildRow[]): ChildRow[] {
	return children.flatMap((child) => [child, ...withDescendants(child.children ?? [])]);
}

function appendTo(row: IDataObject, path: string, entry: IDataObject): void {
	const entries = getPath(row, path);
	if (Array.isArray(entries)) (entries as IDataObject[]).push(entry);
	else assignPath(row, path, [entry]);
}

function readRow(kind: RowKind, cells: string[], where: string, state: ReadState): IDataObject {
	const record: IDataObject = {};
	const unread = new Set(cells.flatMap((cell, index) => (cell === '' ? [] : [index])));
	for (const column of kind.columns) {
		const index = columnIndex(column.letter);
		const cell = cells[index] ?? '';
		unread.delete(index);
		if (cell === '') {
			if (column.required || column.format.name === 'fixed')
				state.faults.push({ where: `${where}, ${columnName(column)}`, message: 'is missing' });
			continue;
		}
		const value = column.format.read(cell);
		if (!value.ok)
			state.faults.push({ where: `${where}, ${columnName(column)}`, message: value.message, advice: value.advice });
		else if (column.path !== '') assignValue(record, column.path, value.value);
	}
	for (const index of unread)
		state.faults.push({
			where: `${where}, column ${columnLetter(index)}`,
			message: 'has a value, but this kind of row has no such column',
		});
	return record;
}

/** Assigns the parts of an address one by one, because its name comes from another column. */
function assignValue(record: IDataObject, path: string, value: unknown): void {
	if (typeof value !== 'object' || value === null) assignPath(record, path, value);
	else for (const [name, part] of Object.entries(value)) assignPath(record, `${path}.${name}`, part);
}
