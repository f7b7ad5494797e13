import { type Call, type CallInfo, callInfo, isRequiredAt, resolve, type Schema, schemaAt } from '../api';
import { terms, titleOf } from '../labels/terms';
import { sentenceCase } from '../utils/texts';
import { listSearchOfField } from '../listSearch/names';
import type { Field, Kind, Operation, ParameterLocation, Resource, Variants } from './types';
import { whenFilterIsEmpty } from './emptyFilter';
import type { ExtraField, FieldOptions, FieldSpec, OperationOptions } from './operationOptions';
import { serialDates, hasDateFields } from './serialDates';
import type { OperationHandler } from './task';

export type { ExtraField, FieldOptions, FieldSpec, OperationOptions } from './operationOptions';

/** An operation that waits for its resource's nouns. */
export type OperationDraft = Omit<Operation, 'action' | 'noun'> & { action?: string; noun?: string };

/** Reads one record, or several by their IDs if the call supports that. */
export const get = (call: Call, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('get', call, notes.name ?? 'Get', description, notes);

/** Reads a list. The form has Return All, Limit, every filter of the call, its orders, and Simplify. */
export const list = (call: Call, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('list', call, notes.name ?? 'Get Many', description, notes);

/** Sends a call that does something or creates a record. */
export const send = (call: Call, name: string, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('send', call, name, description, notes);

export const create = (call: Call, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('send', call, notes.name ?? 'Create', description, notes);

/** Reads the record, merges the given fields into it, and writes it back with its version. */
export const update = (call: Call, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('update', call, notes.name ?? 'Update', description, notes);

export const remove = (call: Call, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('delete', call, notes.name ?? 'Delete', description, notes);

/** Reads a file into a binary field. */
export const download = (call: Call, name: string, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('download', call, name, description, { ...notes, extraFields: [outputField, ...(notes.extraFields ?? [])] });

/** Sends a file from a binary field, with what the contract's `Attachment` says of it. */
export const upload = (call: Call, name: string, description: string, notes: OperationOptions = {}): OperationDraft =>
	draft('upload', call, name, description, { ...notes, extraFields: [inputField, ...(notes.extraFields ?? [])] });

/** Work of several requests. Its fields are those of a call; its handler is in a file beside the declaration. */
export const job = (
	prepare: OperationHandler,
	call: Call | undefined,
	name: string,
	description: string,
	notes: OperationOptions & { calls?: Call[] } = {},
): OperationDraft => ({ ...draft('job', call, name, description, notes), handler: prepare, calls: notes.calls });

const TEXT: Schema = { type: 'string' };

/** The binary field into which a file is written. */
export const outputField: ExtraField = [
	'binaryPropertyName',
	TEXT,
	{
		label: 'Put Output File in Field',
		default: 'data',
		required: true,
		description: 'Name of the binary field to put the file in',
	},
];

/** The binary field from which a file is read; an expression can return the file itself. */
export const inputField: ExtraField = [
	'binaryPropertyName',
	{ type: 'string', format: 'binary' },
	{
		label: 'Input Data Field Name',
		default: 'data',
		required: true,
		description: 'Name of the binary field that holds the file',
		emptyAdvice: 'Enter the name of a binary field, or an expression that returns a file of an earlier node.',
	},
];

/** A resource of the editor with its operations. Each operation gets the resource's nouns. */
export function resource(
	value: string,
	name: string,
	nouns: Resource['nouns'],
	drafts: Record<string, OperationDraft>,
): Resource {
	const operations = Object.entries(drafts).map(([key, one]): [string, Operation] => {
		const noun = one.kind === 'list' ? nouns[1] : nouns[0];
		return [key, { ...one, action: one.action ?? `${sentenceCase(one.name)} ${noun}`, noun: one.noun ?? nouns[0] }];
	});
	return { value, name, nouns, operations: Object.fromEntries(operations) };
}

/** Paging and ordering belong to the engine, not to the person. */
const PAGING = /^(size|page|previousId)$/;

/** Returns the orders that a list supports, such as `orderByDate` and `orderById`. */
export function ordersOf(call: Call | undefined): string[] {
	return Object.keys(callInfo(call).query ?? {}).filter((name) => name.startsWith('orderBy'));
}

function draft(
	kind: Kind,
	call: Call | undefined,
	name: string,
	description: string,
	notes: OperationOptions,
): OperationDraft {
	const facts = callInfo(call);
	const variants = notes.activeVariants ? activeVariantsOf(notes.activeVariants) : notes.variants;
	const parameters = parametersOf(facts, notes).filter(
		({ path }) => !notes.hidden?.includes(path) && path !== variants?.parameter,
	);
	const schema = facts.form ? ATTACHMENT : facts.body;
	const partial = notes.partial ?? kind === 'update';
	const body = schema ? bodyFields(schema, partial, notes) : { shown: [], more: [], json: undefined };
	const hasFilters = kind === 'list' && parameters.some(({ required }) => !required);
	const own = [...(notes.extraFields ?? []), ...(hasFilters ? [whenFilterIsEmpty] : [])].map(settingField);
	const asked = [...own.map(({ field }) => field), ...body.shown, ...body.more];
	const settings = hasDateFields(call, asked) ? [...own, settingField(serialDates)] : own;
	const shownSettings = settings.filter(({ optional }) => !optional).map(({ field }) => field);
	return {
		kind,
		name,
		action: notes.action,
		description,
		call,
		fields: [
			...parameters.filter(({ required }) => required),
			...(notes.bodyFirst ? [...body.shown, ...shownSettings] : [...shownSettings, ...body.shown]),
		],
		optional: [
			...parameters.filter(({ required }) => !required),
			...settings.filter(({ optional }) => optional).map(({ field }) => field),
			...body.more,
		],
		json: facts.form ? undefined : body.json,
		fixed: notes.fixed,
		defaults: notes.defaults,
		simple: notes.simple,
		simpleDetails: notes.simpleDetails,
		rename: notes.rename,
		secretField: notes.secretField,
		groups: notes.groups,
		layout: notes.layout,
		details: notes.details,
		findInList: notes.findInList,
		readQuery: notes.readQuery,
		writableFields: notes.writableFields,
		derive: notes.derive,
		checkUpdate: notes.checkUpdate,
		fileName: notes.fileName,
		partial: partial || undefined,
		listPath: notes.listPath,
		numberSearch: notes.numberSearch,
		variants,
		noun: notes.noun,
		notice: notes.notice,
	};
}

function activeVariantsOf({
	names: [everything, on, off],
	...rest
}: NonNullable<OperationOptions['activeVariants']>): Variants {
	const choices = [
		{ name: on, value: 'on', values: [true] },
		{ name: off, value: 'off', values: [false] },
		{ name: everything, value: 'both', values: [true, false] },
	];
	return { ...rest, choices };
}

/** A file travels with its description: the form's `meta`. */
const ATTACHMENT: Schema = { $ref: 'Attachment' };

function settingField([at, schema, { optional = false, ...words }]: ExtraField): { field: Field; optional: boolean } {
	return {
		field: { ...fieldOf(at, schema, 'setting', words), required: words.required ?? false, ...tableOf(schema, words) },
		optional,
	};
}

function parametersOf(facts: CallInfo, notes: OperationOptions): Field[] {
	const places: Array<[ParameterLocation, Record<string, Schema & { isRequired?: boolean; repeated?: boolean }>]> = [
		['path', facts.path ?? {}],
		['query', facts.query ?? {}],
		['header', facts.header ?? {}],
	];
	// An invoice's picture has pages too, which are chosen by the person.
	const isPaged = facts.query?.size !== undefined;
	return places.flatMap(([place, parameters]) =>
		Object.entries(parameters)
			.filter(([at]) => place !== 'query' || !isPaged || (!PAGING.test(at) && !at.startsWith('orderBy')))
			.map(([at, schema]) => ({
				...fieldOf(at, schema, place, notes.parameters?.[at] ?? {}),
				required: notes.parameters?.[at]?.required ?? (place === 'path' || schema.isRequired === true),
				...(schema.repeated ? { repeated: true } : {}),
			})),
	);
}

function bodyFields(
	body: Schema,
	partial: boolean,
	notes: OperationOptions,
): { shown: Field[]; more: Field[]; json: Operation['json'] } {
	const schema = resolve(body);
	if (schema.type !== 'object')
		return {
			shown: [
				bodyField(
					body,
					['', { label: 'Value', ...(typeof notes.fields?.[0] === 'object' ? notes.fields[0][1] : {}) }],
					true,
				),
			],
			more: [],
			json: undefined,
		};
	const plain = (schema.required ?? []).filter(
		(name) => isPlain(schemaAt(body, name)) && !notes.hidden?.includes(name) && notes.fixed?.[name] === undefined,
	);
	const shown = (notes.fields ?? (partial ? [] : plain)).map((note) => bodyField(body, note, !partial));
	const more = (notes.more ?? []).map((note) => bodyField(body, note, false));
	const given = new Set([...shown, ...more].map(({ path }) => path));
	// An update needs the JSON for emptying fields, which the form cannot do.
	const isGivenWhole =
		Object.keys(schema.properties ?? {}).every((name) => given.has(name)) && !(partial && more.length);
	return { shown, more, json: given.size === 0 ? 'whole' : isGivenWhole ? undefined : 'rest' };
}

function bodyField(body: Schema, note: FieldSpec, asked: boolean): Field {
	const [at, words] = typeof note === 'string' ? [note, {}] : note;
	const schema = at === '' ? resolve(body) : schemaAt(body, at);
	const field = fieldOf(at, schemaWithReference(body, at) ?? schema, 'body', words);
	return {
		...field,
		required: words.required ?? (asked && (at === '' || isRequiredAt(body, at))),
		...tableOf(schema, words),
	};
}

/** The columns of a table: those of its rows at first sight, and those behind a button. */
function tableOf(
	{ items = {} }: Schema,
	{ columns, collapsed: [behind, more] = ['', []] }: FieldOptions,
): Pick<Field, 'columns' | 'moreLabel'> {
	if (!columns) return {};
	const shown = columns.map((column) => bodyField(items, column, true));
	return more.length
		? {
				columns: [...shown, ...more.map((column) => ({ ...bodyField(items, column, false), collapsed: true }))],
				moreLabel: behind,
			}
		: { columns: shown };
}

/** The schema as it is referred to, so that a country stays known as one. */
function schemaWithReference(body: Schema, at: string): Schema | undefined {
	if (at === '') return undefined;
	const names = at.split('.');
	const parent = names.length > 1 ? schemaAt(body, names.slice(0, -1).join('.')) : resolve(body);
	return parent.properties?.[names[names.length - 1]];
}

function fieldOf(at: string, schema: Schema, place: ParameterLocation, options: FieldOptions): Field {
	const last = at.split('.').at(-1) as string;
	const known = terms[at] ?? terms[last] ?? {};
	const listSearch = listSearchOfField[last];
	return {
		path: at,
		in: place,
		name: last || 'value',
		label: known.label ?? titleOf(last),
		schema,
		...known,
		...(listSearch ? { listSearch } : {}),
		...options,
		required: false,
		// The columns of a table come from its schema.
		columns: undefined,
		collapsed: undefined,
	};
}

function isPlain(schema: Schema): boolean {
	return schema.type !== 'object' && schema.type !== 'array';
}
