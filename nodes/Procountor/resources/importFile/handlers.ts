import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { plainName } from '../../validation/names';
import { dateSystem, type DateSystem } from '../../validation/serialDates';
import { fileKind } from './kinds';
import { indexOf } from './columns';
import { stepsOf } from './reader';
import { repeatWarnings } from './repeatWarnings';
import type { FileKind } from './types';
import { bytesOf, emptyColumns, linesOf, ordered, recordsOf, type CellFault, type Lines } from './writer';
import { isZip, unzipped, zipped, type ZipEntry } from './zip';
import { runSteps } from '../../n8n/yieldToEventLoop';
import { MOST_BYTES } from '../../engine/files';
import { contentOf, hasFile, incomingFile } from '../../engine/incomingFiles';
import type { Input } from '../../engine/input';
import type { Output, OperationHandler } from '../../engine/task';
import { InputError, ProcountorError } from '../../api';
import { FINVOICE, readFinvoiceFile, writeFinvoiceFile } from './finvoice/handlers';
import { adviceFor } from '../../utils/texts';

/** Most faults that one message tells. */
const MOST_TOLD = 10;

/** What one item gives to the file. */
interface Given {
	index: number;
	records: Lines[];
	/** The file that goes into the archive with it. */
	attachment?: { name: string; input: Input; data: IBinaryData };
}

interface ImportFileOptions {
	kind: FileKind;
	fileName: string;
	outputField: string;
	replace: boolean;
	serials: DateSystem | undefined;
	allowDifference: boolean;
	attachmentField: unknown;
}

/** Writes an import file. Every item is checked on its own; then all items become one file. */
export const writeImportFile: OperationHandler = (operation, input, execution) => {
	const { settings } = input.values(operation);
	if (settings.fileType === FINVOICE) return writeFinvoiceFile(settings, input);
	const options: ImportFileOptions = {
		kind: fileKind(settings.fileType),
		fileName: String(settings.fileName ?? ''),
		outputField: String(settings.binaryPropertyName),
		replace: settings.unsuitable === 'replace',
		serials: dateSystem(settings.serialDates),
		allowDifference: settings.allowDifference === true,
		attachmentField: settings.attachmentField,
	};
	// The first of the items that go into the file writes it.
	const all = execution.shared('import file', (): Given[] => []);
	const given = understood(options, input, all);
	all.push(given);
	return { readOnly: true, run: async () => (all[0] === given ? [await written(options, input.context, all)] : []) };
};

function understood(options: ImportFileOptions, input: Input, before: readonly Given[]): Given {
	const item = input.context.getInputData()[input.index];
	const attachment = attachmentOf(options, input, before);
	const records = recordsOf(options.kind, item.json).map((record) => {
		const lines = linesOf(options.kind, attachment ? { ...record, attachmentName: attachment.name } : record, {
			replace: options.replace,
			serials: options.serials,
		});
		return 'faults' in lines ? refuse(lines.faults) : lines;
	});
	if (records.length === 0) throw new InputError('The item', `contains no record for '${options.kind.name}'`);
	return { index: input.index, records, attachment };
}

function refuse(faults: readonly CellFault[]): never {
	const [first, ...others] = faults;
	const told = others.slice(0, MOST_TOLD - 1).map(({ where, message }) => `; ${where} ${message}`);
	const more = others.length > told.length ? ` and ${others.length - told.length} more` : '';
	throw new InputError(first.where, first.message + told.join('') + more, adviceFor(faults));
}

/** The attachment's name in the archive: plain letters, and not the name of another one. */
function attachmentOf(
	{ kind, attachmentField, replace, fileName: archive }: ImportFileOptions,
	input: Input,
	before: readonly Given[],
): Given['attachment'] {
	if (!kind.zips || attachmentField === undefined || !hasFile(input, attachmentField)) return undefined;
	const { name: fileName, data } = incomingFile(input, attachmentField);
	const isPlain = /^[\w. ()+-]+$/.test(fileName);
	if (!isPlain && !replace)
		throw new InputError(
			'Attachment',
			`has a name with other than plain letters and digits: '${fileName}'`,
			'Rename it, or choose to replace what does not fit.',
		);
	const [, stem, extension] =
		/^(.*?)(\.[^.]*)?$/.exec(
			isPlain
				? fileName
				: fileName
						.split('.')
						.map((part) => plainName(part).replaceAll(' ', '-'))
						.join('.'),
		) ?? [];
	const taken = new Set(
		[kind.fileName, archive, ...before.map((given) => given.attachment?.name ?? '')].map((name) => name.toLowerCase()),
	);
	for (let number = 1; ; number++) {
		const name = `${stem || 'attachment'}${number > 1 ? `-${number}` : ''}${extension ?? ''}`;
		if (!taken.has(name.toLowerCase())) return { name, input, data };
	}
}

async function written(options: ImportFileOptions, context: IExecuteFunctions, all: readonly Given[]): Promise<Output> {
	const { kind } = options;
	const sorted = ordered(
		all.flatMap(({ records }) => records),
		{ replace: options.replace },
	);
	if (sorted === undefined) {
		const { label, letter } = kind.row.columns[0];
		throw new InputError(
			`${label} (column ${letter}) of the first record`,
			'is empty, but the first cell of an import file must not be',
			'Put a record that has it first.',
		);
	}
	const whole = options.allowDifference ? undefined : kind.whole?.(sorted.map(({ record }) => record));
	if (whole) throw new ProcountorError({ message: `The file ${whole.message}`, advice: whole.advice });
	const bytes = bytesOf(sorted);
	const attachments = all.filter(({ attachment }) => attachment !== undefined);
	const isArchive = attachments.length > 0;
	const content = isArchive
		? zipped([{ name: kind.fileName, content: bytes }, ...(await filesOf(attachments))])
		: bytes;
	const fileName = options.fileName || (isArchive ? kind.fileName.replace(/csv$/, 'zip') : kind.fileName);
	const binary = await context.helpers.prepareBinaryData(content, fileName, isArchive ? 'application/zip' : 'text/csv');
	const leftOut = [...new Set(sorted.flatMap((record) => record.leftOut))].sort();
	const warnings = warningsOf(kind, sorted);
	tell(context, warnings, leftOut);
	const json: IDataObject = {
		fileType: kind.value,
		fileName,
		fileSize: content.length,
		records: sorted.length,
		rows: sorted.reduce((rows, { lines }) => rows + lines.length, 0),
		...(isArchive ? { attachments: attachments.length } : {}),
		readIn: kind.menu,
		warnings,
		leftOut,
	};
	return { json, binary: { [options.outputField]: binary }, pairedItem: all.map(({ index }) => ({ item: index })) };
}

async function filesOf(all: readonly Given[]): Promise<ZipEntry[]> {
	const entries: ZipEntry[] = [];
	for (const { attachment } of all) {
		if (!attachment) continue;
		const content = await contentOf(attachment.input, attachment.data);
		if (content.length > MOST_BYTES)
			throw new InputError(
				`Attachment '${attachment.name}'`,
				`is larger than the ${MOST_BYTES.toLocaleString('en')} bytes that Procountor accepts`,
			);
		entries.push({ name: attachment.name, content });
	}
	return entries;
}

/** What can go wrong when a good file is read in. */
function warningsOf(kind: FileKind, records: readonly Lines[]): string[] {
	const warnings = [
		kind.twice,
		...repeatWarnings(kind, records),
		...(kind.cautions?.(records.map(({ record }) => record)) ?? []),
	];
	const empty = kind.empties ? emptyColumns(kind, records) : [];
	if (empty.length)
		warnings.push(
			`An empty field empties the value of an existing record. No record in this file fills the columns ${inRanges(empty)}.`,
		);
	return warnings;
}

/** `A, E–M, BA`. */
function inRanges(letters: readonly string[]): string {
	const ranges: string[][] = [];
	for (const letter of letters) {
		const last = ranges.at(-1);
		if (last && indexOf(letter) === indexOf(last[last.length - 1]) + 1) last.push(letter);
		else ranges.push([letter]);
	}
	return ranges
		.map((range) => (range.length > 2 ? `${range[0]}–${range[range.length - 1]}` : range.join(', ')))
		.join(', ');
}

function tell(context: IExecuteFunctions, warnings: readonly string[], leftOut: readonly string[]): void {
	context.addExecutionHints(
		...warnings.map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const })),
		...(leftOut.length
			? [
					{
						message: `The file has no column for: ${leftOut.join(', ')}`,
						type: 'info' as const,
						location: 'outputPane' as const,
					},
				]
			: []),
	);
}

/** Reads an import file, or an archive with a file and its attachments, into one item for each record. */
export const readImportFile: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	if (settings.fileType === FINVOICE) return readFinvoiceFile(settings, input);
	const kind = fileKind(settings.fileType);
	const { field, data } = incomingFile(input, settings.binaryPropertyName);
	return {
		readOnly: true,
		async run() {
			const bytes = await contentOf(input, data);
			const entries = isZip(bytes) ? unzipped(bytes) : [{ name: kind.fileName, content: bytes }];
			if ('message' in entries)
				throw new InputError(`The archive in '${field}'`, entries.message, `${entries.advice}.`);
			const file = entries.find(({ name }) => /\.csv$/i.test(name)) ?? entries[0];
			if (file === undefined) throw new InputError(`The archive in '${field}'`, 'is empty');
			const content = await runSteps(stepsOf(kind, file.content));
			if ('faults' in content) return refuse(content.faults);
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
	return {
		json: record,
		binary: { attachment: await context.helpers.prepareBinaryData(Buffer.from(entry.content), entry.name) },
	};
}
