import { type Call, callInfo, type Schema } from '../api';
import { sentenceCase } from '../utils/texts';
import type { Kind, Operation, Resource, Variants } from './types';
import { whenFilterIsEmpty } from './emptyFilter';
import { bodyFields, parameterFields, settingField } from './operationFields';
import type { ExtraField, OperationOptions } from './operationOptions';
import { serialDates, hasDateFields } from './serialDates';
import type { OperationHandler } from './task';

export type { ExtraField, FieldOptions, FieldSpec, OperationOptions } from './operationOptions';

/** An operation without the nouns of its resource. */
export type OperationDraft = Omit<Operation, 'action' | 'noun'> & { action?: string; noun?: string };

/** Reads one record, or several by their IDs if the call supports that. */
export const get = (call: Call, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('get', call, options.name ?? 'Get', description, options);

/** Reads a list. The form has Return All, Limit, every filter of the call, its orders, and Simplify. */
export const list = (call: Call, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('list', call, options.name ?? 'Get Many', description, options);

/** Sends a call that does something or creates a record. */
export const send = (call: Call, name: string, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('send', call, name, description, options);

export const create = (call: Call, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('send', call, options.name ?? 'Create', description, options);

/** Reads the record, merges the given fields into it, and writes it back with its version. */
export const update = (call: Call, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('update', call, options.name ?? 'Update', description, options);

export const remove = (call: Call, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('delete', call, options.name ?? 'Delete', description, options);

/** Reads a file into a binary field. */
export const download = (
	call: Call,
	name: string,
	description: string,
	options: OperationOptions = {},
): OperationDraft =>
	draftOperation('download', call, name, description, {
		...options,
		extraFields: [outputField, ...(options.extraFields ?? [])],
	});

/** Sends a file from a binary field, with the fields of the contract's `Attachment`. */
export const upload = (call: Call, name: string, description: string, options: OperationOptions = {}): OperationDraft =>
	draftOperation('upload', call, name, description, {
		...options,
		extraFields: [inputField, ...(options.extraFields ?? [])],
	});

/** Sends several requests, in a handler of its own. Its fields are those of `call`. */
export const job = (
	handler: OperationHandler,
	call: Call | undefined,
	name: string,
	description: string,
	options: OperationOptions & { calls?: Call[] } = {},
): OperationDraft => ({ ...draftOperation('job', call, name, description, options), handler, calls: options.calls });

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
	const operations = Object.entries(drafts).map(([key, draft]): [string, Operation] => {
		const noun = draft.kind === 'list' ? nouns[1] : nouns[0];
		return [
			key,
			{ ...draft, action: draft.action ?? `${sentenceCase(draft.name)} ${noun}`, noun: draft.noun ?? nouns[0] },
		];
	});
	return { value, name, nouns, operations: Object.fromEntries(operations) };
}

/** Returns the orders that a list supports, such as `orderByDate` and `orderById`. */
export function ordersOf(call: Call | undefined): string[] {
	return Object.keys(callInfo(call).query ?? {}).filter((name) => name.startsWith('orderBy'));
}

function draftOperation(
	kind: Kind,
	call: Call | undefined,
	name: string,
	description: string,
	options: OperationOptions,
): OperationDraft {
	const info = callInfo(call);
	const variants = options.activeVariants ? activeVariantsOf(options.activeVariants) : options.variants;
	const parameters = parameterFields(info, options).filter(
		({ path }) => !options.hidden?.includes(path) && path !== variants?.parameter,
	);
	const schema = info.form ? ATTACHMENT : info.body;
	const partial = options.partial ?? kind === 'update';
	const body = schema ? bodyFields(schema, partial, options) : { shown: [], optional: [], json: undefined };
	const hasFilters = kind === 'list' && parameters.some(({ required }) => !required);
	const extraFields = [...(options.extraFields ?? []), ...(hasFilters ? [whenFilterIsEmpty] : [])].map(settingField);
	const formFields = [...extraFields.map(({ field }) => field), ...body.shown, ...body.optional];
	const settings = hasDateFields(call, formFields) ? [...extraFields, settingField(serialDates)] : extraFields;
	const shownSettings = settings.filter(({ optional }) => !optional).map(({ field }) => field);
	return {
		kind,
		name,
		action: options.action,
		description,
		call,
		fields: [
			...parameters.filter(({ required }) => required),
			...(options.bodyFirst ? [...body.shown, ...shownSettings] : [...shownSettings, ...body.shown]),
		],
		optional: [
			...parameters.filter(({ required }) => !required),
			...settings.filter(({ optional }) => optional).map(({ field }) => field),
			...body.optional,
		],
		json: info.form ? undefined : body.json,
		fixed: options.fixed,
		defaults: options.defaults,
		simple: options.simple,
		simpleDetails: options.simpleDetails,
		rename: options.rename,
		secretField: options.secretField,
		groups: options.groups,
		layout: options.layout,
		details: options.details,
		findInList: options.findInList,
		readQuery: options.readQuery,
		writableFields: options.writableFields,
		derive: options.derive,
		checkUpdate: options.checkUpdate,
		fileName: options.fileName,
		partial: partial || undefined,
		listPath: options.listPath,
		numberSearch: options.numberSearch,
		variants,
		noun: options.noun,
		notice: options.notice,
	};
}

function activeVariantsOf({
	names: [all, active, inactive],
	...rest
}: NonNullable<OperationOptions['activeVariants']>): Variants {
	const choices = [
		{ name: active, value: 'on', values: [true] },
		{ name: inactive, value: 'off', values: [false] },
		{ name: all, value: 'both', values: [true, false] },
	];
	return { ...rest, choices };
}

/** An upload sends this schema as the part `meta`. */
const ATTACHMENT: Schema = { $ref: 'Attachment' };
