import type { IDataObject } from 'n8n-workflow';
import { decodeWindows1252 } from '../../validation/charset';
import { indexOf, letterOf } from './columns';
import { put } from './record';
import type { FileKind, Part, RowKind } from './types';
import { nameOf, type CellFault } from './writer';

/** What is in a file: its records, or everything that is wrong with it. */
export type FileContent = { records: IDataObject[] } | { faults: CellFault[] };

/** Most faults that are told of one file. */
const MOST_FAULTS = 20;

/** Reads an import file line by line into records with the fields that wrote it, and yields in between. */
export function* stepsOf(kind: FileKind, bytes: Uint8Array): Generator<undefined, FileContent> {
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
	const run: Run = { faults: [], records: [], above: [] };
	for (const [index, line] of decodeWindows1252(bytes)
		.split(/\r\n|\n|\r/)
		.entries()) {
		if (line === '') continue;
		const cells = line.split(';');
		if (cells.some((cell) => cell !== '')) readLine(kind, cells, index, run);
		if (run.faults.length >= MOST_FAULTS) break;
		yield;
	}
	if (run.records.length === 0 && run.faults.length === 0)
		run.faults.push({ where: 'The file', message: 'contains no record' });
	if (run.faults.length) return { faults: run.faults };
	return { records: run.records.map((record) => restored(kind, record)) };
}

function restored({ parts, restore }: FileKind, record: IDataObject): IDataObject {
	const isAlone = record.type !== undefined && parts.some(({ aloneAs }) => aloneAs === record.type);
	return isAlone ? record : (restore?.(record) ?? record);
}

/** A mark at the beginning, or letters that make sense in UTF-8 alone: in Windows-1252 no text looks like that by chance. */
function isUtf8(bytes: Uint8Array): boolean {
	if (bytes.every((byte) => byte < 0x80)) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

interface Run {
	faults: CellFault[];
	records: IDataObject[];
	/** The rows that the next line may belong to, from the record down; with the parts that each may have. */
	above: Array<{ row: IDataObject; parts: Part[] }>;
}

function readLine(kind: FileKind, cells: string[], index: number, run: Run): void {
	const where = `Line ${index + 1}`;
	// Only a first cell that is empty, or names a part, can begin a row that belongs to another one.
	const level = run.above.findLastIndex(({ parts }) => parts.some((part) => part.marks(cells)));
	const part = level < 0 ? undefined : run.above[level].parts.find((one) => one.marks(cells));
	if (part) {
		const row = rowOf(part.row, cells, where, run);
		append(run.above[level].row, part.at, row);
		run.above = [...run.above.slice(0, level + 1), ...(part.parts ? [{ row, parts: part.parts }] : [])];
		return;
	}
	const alone = kind.parts.find((one) => one.aloneAs !== undefined && one.marks(cells));
	if (alone) {
		run.records.push({ type: alone.aloneAs, ...rowOf(alone.row, cells, where, run) });
		return;
	}
	const orphan = partsOf(kind.parts).find((one) => one.marks(cells));
	if (orphan && kind.row.columns[0].required) {
		run.faults.push({
			where,
			message: run.above.length
				? 'does not belong to the row above it'
				: 'is a row below a record, and no record stands above it',
			advice: index === 0 ? "The file's first cell must not be empty" : undefined,
		});
		return;
	}
	const record = rowOf(kind.row, cells, where, run);
	if (index === 0 && run.faults.length)
		run.faults[0].advice = [run.faults[0].advice, 'Import files have no header row: remove it if there is one']
			.filter((line) => line)
			.join('. ');
	run.records.push(record);
	run.above = [{ row: record, parts: kind.parts }];
}

function partsOf(parts: Part[]): Part[] {
	return parts.flatMap((part) => [part, ...partsOf(part.parts ?? [])]);
}

function append(row: IDataObject, at: string, entry: IDataObject): void {
	const names = at.split('.');
	const last = names.pop() as string;
	const owner = names.reduce((here, name) => (here[name] ??= {}) as IDataObject, row);
	const entries = (owner[last] ??= []) as IDataObject[];
	entries.push(entry);
}

function rowOf(kind: RowKind, cells: string[], where: string, run: Run): IDataObject {
	const record: IDataObject = {};
	const left = new Set(cells.flatMap((cell, index) => (cell === '' ? [] : [index])));
	for (const column of kind.columns) {
		const cell = cells[indexOf(column.letter)] ?? '';
		left.delete(indexOf(column.letter));
		if (cell === '') {
			if (column.required || column.form.name === 'fixed')
				run.faults.push({ where: `${where}, ${nameOf(column)}`, message: 'is missing' });
			continue;
		}
		const value = column.form.read(cell);
		if (!value.ok)
			run.faults.push({ where: `${where}, ${nameOf(column)}`, message: value.message, advice: value.advice });
		else if (column.at !== '') putBeside(record, column.at, value.value);
	}
	for (const index of left)
		run.faults.push({
			where: `${where}, column ${letterOf(index)}`,
			message: 'has a value, but this kind of row has no such column',
		});
	return record;
}

/** The name of an address and the rest of it come from two columns. */
function putBeside(record: IDataObject, at: string, value: unknown): void {
	const isObject = typeof value === 'object' && value !== null;
	if (!isObject) put(record, at, value);
	else for (const [name, part] of Object.entries(value)) put(record, `${at}.${name}`, part);
}
