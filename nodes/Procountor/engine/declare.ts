import { type Call, type CallFacts, factsOf, isRequiredAt, resolve, type Schema, schemaAt } from '../api';
import { terms, titleOf } from '../labels/terms';
import { pickerOfField } from '../listSearch/names';
import type { Field, Kind, Operation, Place, Resource, Shows } from './types';
import type { Prepare } from './task';

/** A field in a declaration: the API's name, alone or with what its word list entry does not say. */
export type FieldNote = string | [at: string, more: FieldWords];

export type FieldWords = Partial<
	Pick<
		Field,
		'name' | 'label' | 'hint' | 'placeholder' | 'default' | 'pick' | 'choices' | 'required' | 'place' | 'mayBeNone'
	>
> & {
	columns?: FieldNote[];
	/** Further columns, behind a button with this name in each row. */
	folded?: [name: string, columns: FieldNote[]];
};

/** A value that no call has: its name, what it may be, its words. With a `place` it is one of the call's after all, shown in this order. */
export type Setting = [name: string, schema: Schema, words: FieldWords & { optional?: boolean }];

/** What a declaration may say beyond its call; all else follows from the contract and the word list. */
export interface Notes {
	/** The name in the list of operations, where the kind's own does not do. */
	name?: string;
	/** The line in the list of actions, where name and resource do not make it. */
	action?: string;
	/** Body fields shown at once; the required plain ones when left out. */
	fields?: FieldNote[];
	/** Body fields behind 'Additional Fields' or 'Update Fields'. */
	more?: FieldNote[];
	/** Values that the operation itself takes, shown at once or, with `optional`, among the optional ones. */
	settings?: Setting[];
	/** Words for parameters of the call. */
	words?: Record<string, FieldWords>;
	/** Parameters of the call that nobody needs to see. */
	hidden?: string[];
	fixed?: Operation['fixed'];
	simple?: string[];
	details?: Call;
	within?: Call;
	readWith?: Operation['readWith'];
	keeps?: string[];
	partial?: boolean;
	rows?: string;
	/** The fields of the body come before the settings. */
	bodyFirst?: boolean;
	/** A filter that the API answers for one of two halves only, active or inactive. */
	halves?: { parameter: string; label: string; hint: string; names: [everything: string, on: string, off: string] };
	/** The same for other parts than halves. */
	shows?: Shows;
	about?: string;
}

/** An operation that waits for its resource's nouns. */
export type Draft = Omit<Operation, 'action' | 'about'> & { action?: string; about?: string };

/** Reads one record, or many by their ids where the call can. */
export const get = (call: Call, description: string, notes: Notes = {}): Draft =>
	draft('get', call, notes.name ?? 'Get', description, notes);

/** Reads a list: Return All, Limit, every filter of the call, its orders, Simplify. */
export const list = (call: Call, description: string, notes: Notes = {}): Draft =>
	draft('list', call, notes.name ?? 'Get Many', description, notes);

/** Sends a call that does or makes something. */
export const send = (call: Call, name: string, description: string, notes: Notes = {}): Draft =>
	draft('send', call, name, description, notes);

/** Posts a question and reads its answer; safe to repeat. */
export const query = (call: Call, name: string, description: string, notes: Notes = {}): Draft => ({
	...draft('send', call, name, description, notes),
	reads: true,
});

export const create = (call: Call, description: string, notes: Notes = {}): Draft =>
	draft('send', call, notes.name ?? 'Create', description, notes);

/** Lays the given fields over the record as it is, and puts it back with its version. */
export const update = (call: Call, description: string, notes: Notes = {}): Draft =>
	draft('update', call, notes.name ?? 'Update', description, notes);

export const remove = (call: Call, description: string, notes: Notes = {}): Draft =>
	draft('delete', call, notes.name ?? 'Delete', description, notes);

/** Reads a file into a binary field. */
export const download = (call: Call, name: string, description: string, notes: Notes = {}): Draft =>
	draft('download', call, name, description, { ...notes, settings: [outputField, ...(notes.settings ?? [])] });

/** Sends a file from a binary field, with what the contract's `Attachment` says of it. */
export const upload = (call: Call, name: string, description: string, notes: Notes = {}): Draft =>
	draft('upload', call, name, description, { ...notes, settings: [inputField, ...(notes.settings ?? [])] });

/** Work of several requests: its fields are those of a call, its doing is a list of steps in `jobs/`. */
export const job = (
	prepare: Prepare,
	call: Call | undefined,
	name: string,
	description: string,
	notes: Notes & { calls?: Call[] } = {},
): Draft => ({ ...draft('job', call, name, description, notes), prepare, calls: notes.calls });

const TEXT: Schema = { type: 'string' };
const outputField: Setting = [
	'binaryPropertyName',
	TEXT,
	{
		label: 'Put Output File in Field',
		default: 'data',
		required: true,
		hint: 'Name of the binary field that takes the file',
	},
];
const inputField: Setting = [
	'binaryPropertyName',
	TEXT,
	{
		label: 'Input Data Field Name',
		default: 'data',
		required: true,
		hint: 'Name of the binary field that holds the file',
	},
];

/** A resource of the editor with its operations, each completed with the resource's nouns. */
export function resource(
	value: string,
	name: string,
	nouns: Resource['nouns'],
	drafts: Record<string, Draft>,
): Resource {
	const operations = Object.entries(drafts).map(([key, one]): [string, Operation] => {
		const noun = one.kind === 'list' ? nouns[1] : nouns[0];
		return [key, { ...one, action: one.action ?? `${sentenceCase(one.name)} ${noun}`, about: one.about ?? nouns[0] }];
	});
	return { value, name, nouns, operations: Object.fromEntries(operations) };
}

/** Paging and ordering belong to the engine, not to the person. */
const PAGING = /^(size|page|previousId)$/;

/** The orders that a list offers: `orderByDate`, `orderById` …; for webhooks, employees and all others alike. */
export function ordersOf(call: Call | undefined): string[] {
	return Object.keys(factsOf(call).query ?? {}).filter((name) => name.startsWith('orderBy'));
}

function draft(kind: Kind, call: Call | undefined, name: string, description: string, notes: Notes): Draft {
	const facts = factsOf(call);
	const shows = notes.halves ? inHalves(notes.halves) : notes.shows;
	const parameters = parametersOf(facts, notes).filter(
		({ at }) => !notes.hidden?.includes(at) && at !== shows?.parameter,
	);
	const schema = facts.form ? ATTACHMENT : facts.body;
	const partial = notes.partial ?? kind === 'update';
	const body = schema ? bodyFields(schema, partial, notes) : { shown: [], more: [], json: undefined };
	const settings = (notes.settings ?? []).map(settingField);
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
		simple: notes.simple,
		details: notes.details,
		within: notes.within,
		readWith: notes.readWith,
		keeps: notes.keeps,
		partial: partial || undefined,
		rows: notes.rows,
		shows,
		about: notes.about,
	};
}

function inHalves({ names: [everything, on, off], ...rest }: NonNullable<Notes['halves']>): Shows {
	const choices = [
		{ name: on, value: 'on', asks: [true] },
		{ name: off, value: 'off', asks: [false] },
		{ name: everything, value: 'both', asks: [true, false] },
	];
	return { ...rest, choices };
}

/** A file travels with its description: the form's `meta`. */
const ATTACHMENT: Schema = { $ref: 'Attachment' };

function settingField([at, schema, { optional = false, ...words }]: Setting): { field: Field; optional: boolean } {
	return {
		field: { ...worded(at, schema, 'setting', words), required: words.required ?? false, ...tableOf(schema, words) },
		optional,
	};
}

function parametersOf(facts: CallFacts, notes: Notes): Field[] {
	const places: Array<[Place, Record<string, Schema & { needed?: boolean; repeated?: boolean }>]> = [
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
				...worded(at, schema, place, notes.words?.[at] ?? {}),
				required: notes.words?.[at]?.required ?? (place === 'path' || schema.needed === true),
				...(schema.repeated ? { repeated: true } : {}),
			})),
	);
}

function bodyFields(
	body: Schema,
	partial: boolean,
	notes: Notes,
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
	const given = new Set([...shown, ...more].map(({ at }) => at));
	// An update needs the JSON for emptying fields, which the form cannot do.
	const isGivenWhole =
		Object.keys(schema.properties ?? {}).every((name) => given.has(name)) && !(partial && more.length);
	return { shown, more, json: given.size === 0 ? 'whole' : isGivenWhole ? undefined : 'rest' };
}

function bodyField(body: Schema, note: FieldNote, asked: boolean): Field {
	const [at, words] = typeof note === 'string' ? [note, {}] : note;
	const schema = at === '' ? resolve(body) : schemaAt(body, at);
	const field = worded(at, schemaWithReference(body, at) ?? schema, 'body', words);
	return {
		...field,
		required: words.required ?? (asked && (at === '' || isRequiredAt(body, at))),
		...tableOf(schema, words),
	};
}

/** The columns of a table: those of its rows at first sight, and those behind a button. */
function tableOf(
	{ items = {} }: Schema,
	{ columns, folded: [behind, more] = ['', []] }: FieldWords,
): Pick<Field, 'columns' | 'behind'> {
	if (!columns) return {};
	const shown = columns.map((column) => bodyField(items, column, true));
	return more.length
		? { columns: [...shown, ...more.map((column) => ({ ...bodyField(items, column, false), folded: true }))], behind }
		: { columns: shown };
}

/** The schema as it is referred to, so that a country stays known as one. */
function schemaWithReference(body: Schema, at: string): Schema | undefined {
	if (at === '') return undefined;
	const names = at.split('.');
	const parent = names.length > 1 ? schemaAt(body, names.slice(0, -1).join('.')) : resolve(body);
	return parent.properties?.[names[names.length - 1]];
}

function worded(
	at: string,
	schema: Schema,
	place: Place,
	{ columns: _columns, folded: _folded, required: _required, ...own }: FieldWords,
): Field {
	const last = at.split('.').at(-1) as string;
	const known = terms[at] ?? terms[last] ?? {};
	const pick = pickerOfField[last];
	return {
		at,
		place,
		name: last || 'value',
		label: titleOf(last),
		schema,
		required: false,
		...known,
		...(pick ? { pick } : {}),
		...own,
	};
}

function isPlain(schema: Schema): boolean {
	return schema.type !== 'object' && schema.type !== 'array';
}

/** `Get Many` → `Get many`; abbreviations stay. */
function sentenceCase(name: string): string {
	return name
		.split(' ')
		.map((word, index) => (index === 0 || /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
		.join(' ');
}
