import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { plainName } from '../../validation/names';
import { parseDateSystem, type DateSystem } from '../../validation/serialDates';
import { fileKind } from './kinds';
import { columnIndex } from './columns';
import { readFileSteps } from './reader';
import { repeatWarnings } from './repeatWarnings';
import type { FileKind } from './types';
import {
	emptyColumns,
	fileBytes,
	recordsInItem,
	sortRecords,
	writeRecord,
	type CellFault,
	type WrittenRecord,
} from './writer';
import { createZip, isZip, readZip, type ZipEntry } from './zip';
import { runSteps } from '../../n8n/yieldToEventLoop';
import { MAX_ATTACHMENT_BYTES } from '../../engine/files';
import { contentOf, hasFile, incomingFile } from '../../engine/incomingFiles';
import type { Input } from '../../engine/input';
import type { Output, OperationHandler } from '../../engine/task';
import { InputError, ProcountorError } from '../../api';
import { FINVOICE, readFinvoiceFile, writeFinvoiceFile } from './finvoice/handlers';
import { adviceFor, joinFirst } from '../../utils/texts';
import { withWarnings } from '../shared/warnings';

/** The maximum number of faults in one message. */
const MAX_FAULTS = 10;

/** One item's contribution to the file. */
interface PreparedItem {
	index: number;
	records: WrittenRecord[];
	attachment?: Attachment;
}

/** A file that goes into the archive under a name of its own. */
interface Attachment {
	name: string;
	input: Input;
	data: IBinaryData;
}

interface ImportFileOptions {
	kind: FileKind;
	fileName: string;
	outputField: string;
	adapt: boolean;
	dateSystem: DateSystem | undefined;
	allowDifference: boolean;
	attachmentField: unknown;
}

/** Writes an import file. Each item is checked on its own; then all items become one file. */
export const writeImportFile: OperationHandler = (operation, input, execution) => {
	const { settings } = input.values(operation);
	if (settings.fileType === FINVOICE) return writeFinvoiceFile(settings, input);
	const options: ImportFileOptions = {
		kind: fileKind(settings.fileType),
		fileName: String(settings.fileName ?? ''),
		outputField: String(settings.binaryPropertyName),
		adapt: settings.unsuitable === 'replace',
		dateSystem: parseDateSystem(settings.serialDates),
		allowDifference: settings.allowDifference === true,
		attachmentField: settings.attachmentField,
	};
	const prepared = execution.shared('import file', (): PreparedItem[] => []);
	const item = prepareItem(options, input, prepared);
	prepared.push(item);
	return {
		readOnly: true,
		// The first valid item writes the file for all.
		run: async () => (prepared[0] === item ? [await writeFile(options, input.context, prepared)] : []),
	};
};

function prepareItem(options: ImportFileOptions, input: Input, earlier: readonly PreparedItem[]): PreparedItem {
	const { kind, adapt, dateSystem: system } = options;
	const item = input.context.getInputData()[input.index];
	const attachment = nameAttachment(options, input, earlier);
	const records = recordsInItem(kind, item.json).map((record) => {
		const named = attachment ? { ...record, attachmentName: attachment.name } : record;
		const written = writeRecord(kind, named, { adapt, dateSystem: system });
		return 'faults' in written ? throwFaults(written.faults) : written;
	});
	if (records.length === 0) throw new InputError('The item', `contains no record for '${kind.name}'`);
	return { index: input.index, records, attachment };
}

function throwFaults(faults: readonly CellFault[]): never {
	const [first, ...others] = faults;
	const messages = [first.message, ...others.map(({ where, message }) => `${where} ${message}`)];
	throw new InputError(first.where, joinFirst(messages, MAX_FAULTS, '; '), adviceFor(faults));
}

/** Gives an item's attachment a name of plain characters that no other file in the archive has. */
function nameAttachment(
	{ kind, attachmentField, adapt, fileName: archiveName }: ImportFileOptions,
	input: Input,
	earlier: readonly PreparedItem[],
): Attachment | undefined {
	if (!kind.takesAttachments || attachmentField === undefined || !hasFile(input, attachmentField)) return undefined;
	const { name: fileName, data } = incomingFile(input, attachmentField);
	const isPlain = /^[\w. ()+-]+$/.test(fileName);
	if (!isPlain && !adapt)
		throw new InputError(
			'Attachment',
			`has a name with other than plain letters and digits: '${fileName}'`,
			'Rename it, or choose to replace what does not fit.',
		);
	const [, stem, extension] = /^(.*?)(\.[^.]*)?$/.exec(isPlain ? fileName : plainFileName(fileName)) ?? [];
	const taken = new Set(
		[kind.fileName, archiveName, ...earlier.map(({ attachment }) => attachment?.name ?? '')].map((name) =>
			name.toLowerCase(),
		),
	);
	for (let number = 1; ; number++) {
		const name = `${stem || 'attachment'}${number > 1 ? `-${number}` : ''}${extension ?? ''}`;
		if (!taken.has(name.toLowerCase())) return { name, input, data };
	}
}

function plainFileName(fileName: string): string {
	return fileName
		.split('.')
		.map((part) => plainName(part).replaceAll(' ', '-'))
		.join('.');
}

async function writeFile(
	options: ImportFileOptions,
	context: IExecuteFunctions,
	items: readonly PreparedItem[],
): Promise<Output> {
	const { kind } = options;
	const records = recordsInFileOrder(options, items);
	const bytes = fileBytes(records);
	const attachments = items.flatMap(({ attachment }) => attachment ?? []);
	const isArchive = attachments.length > 0;
	const content = isArchive
		? createZip([{ name: kind.fileName, content: bytes }, ...(await readAttachments(attachments))])
		: bytes;
	const fileName = options.fileName || (isArchive ? kind.fileName.replace(/csv$/, 'zip') : kind.fileName);
	const binary = await context.helpers.prepareBinaryData(content, fileName, isArchive ? 'application/zip' : 'text/csv');
	const leftOut = [...new Set(records.flatMap((record) => record.leftOut))].sort();
	const warnings = withWarnings(context, warningsFor(kind, records));
	if (leftOut.length)
		context.addExecutionHints({
			message: `The file has no column for: ${leftOut.join(', ')}`,
			type: 'info',
			location: 'outputPane',
		});
	const json: IDataObject = {
		fileType: kind.value,
		fileName,
		fileSize: content.length,
		records: records.length,
		rows: records.reduce((rows, { lines }) => rows + lines.length, 0),
		...(isArchive ? { attachments: attachments.length } : {}),
		readIn: kind.menu,
		...warnings,
		leftOut,
	};
	return { json, binary: { [options.outputField]: binary }, pairedItem: items.map(({ index }) => ({ item: index })) };
}

/** Sorts the records of all items and checks them as a whole. */
function recordsInFileOrder(
	{ kind, adapt, allowDifference }: ImportFileOptions,
	items: readonly PreparedItem[],
): WrittenRecord[] {
	const sorted = sortRecords(
		items.flatMap(({ records }) => records),
		{ adapt },
	);
	if (sorted === undefined) {
		const { label, letter } = kind.row.columns[0];
		throw new InputError(
			`${label} (column ${letter}) of the first record`,
			'is empty, but the first cell of an import file must not be',
			'Put a record that has it first.',
		);
	}
	const fault = allowDifference ? undefined : kind.fileFault?.(sorted.map(({ record }) => record));
	if (fault) throw new ProcountorError({ message: `The file ${fault.message}`, advice: fault.advice });
	return sorted;
}

async function readAttachments(attachments: readonly Attachment[]): Promise<ZipEntry[]> {
	const entries: ZipEntry[] = [];
	for (const { name, input, data } of attachments) {
		const content = await contentOf(input, data);
		if (content.length > MAX_ATTACHMENT_BYTES)
			throw new InputError(
				`Attachment '${name}'`,
				`is larger than the ${MAX_ATTACHMENT_BYTES.toLocaleString('en')} bytes that Procountor accepts`,
			);
		entries.push({ name, content });
	}
	return entries;
}

/** Returns what can go wrong when a user imports a valid file. */
function warningsFor(kind: FileKind, records: readonly WrittenRecord[]): string[] {
	const warnings = [
		kind.reimportWarning,
		...repeatWarnings(kind, records),
		...(kind.fileWarnings?.(records.map(({ record }) => record)) ?? []),
	];
	const empty = kind.clearsEmptyFields ? emptyColumns(kind, records) : [];
	if (empty.length)
		warnings.push(
			`An empty field empties the value of an existing record. No record in this file fills the columns ${columnRanges(empty)}.`,
		);
	return warnings;
}

/** `A, E–M, BA`. */
function columnRanges(letters: readonly string[]): string {
	const ranges: string[][] = [];
	for (const letter of letters) {
		const last = ranges.at(-1);
		if (last && columnIndex(letter) === columnIndex(last[last.length - 1]) + 1) last.push(letter);
		else ranges.push([letter]);
	}
	return ranges
		.map((range) => (range.length > 2 ? `${range[0]}–${range[range.length - 1]}` : range.join(', ')))
		.join(', ');
}

/** Reads an import file, or an archive with a file and its attachments. Returns one item for each record. */
export const readImportFile: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	if (settings.fileType === FINVOICE) return readFinvoiceFile(settings, input);
	const kind = fileKind(settings.fileType);
	const { field, data } = incomingFile(input, settings.binaryPropertyName);
	return {
		readOnly: true,
		async run() {
			const bytes = await contentOf(input, data);
			const entries = isZip(bytes) ? readZip(bytes) : [{ name: kind.fileName, content: bytes }];
			if ('message' in entries)
				throw new InputError(`The archive in '${field}'`, entries.message, `${entries.advice}.`);
			const file = entries.find(({ name }) => /\.csv$/i.test(name)) ?? entries[0];
			if (file === undefined) throw new InputError(`The archive in '${field}'`, 'is empty');
			const content = await runSteps(readFileSteps(kind, file.content));
			if ('faults' in content) return throwFaults(content.faults);
			return await Promise.all(
				content.records.map(async (record) => await withAttachment(input.context, record, entries)),
			);
		},
	};
};

async function withAttachment(
	context: IExecuteFunctions,
	record: IDataObject,
	entries: readonly ZipEntry[],
): Promise<Output> {
	const entry = entries.find(({ name }) => name === record.attachmentName);
	if (!entry) return { json: record };
	const attachment = await context.helpers.prepareBinaryData(Buffer.from(entry.content), entry.name);
	return { json: record, binary: { attachment } };
}
