import { type CallInfo, isRequiredAt, resolve, type Schema, schemaAt } from '../api';
import { terms, titleOf } from '../labels/terms';
import { listSearchOfField } from '../listSearch/names';
import type { ExtraField, FieldOptions, FieldSpec, OperationOptions } from './operationOptions';
import type { Field, Operation, ParameterLocation } from './types';

/** The engine sets paging and ordering, not the user. */
const PAGING = /^(size|page|previousId)$/;

/** Returns the field of a setting, and whether it is among the optional fields. */
export function settingField([path, schema, { optional = false, ...fieldOptions }]: ExtraField): {
	field: Field;
	optional: boolean;
} {
	return {
		field: {
			...fieldOf(path, schema, 'setting', fieldOptions),
			required: fieldOptions.required ?? false,
			...tableOf(schema, fieldOptions),
		},
		optional,
	};
}

/** Returns the fields of the parameters of a call. */
export function parameterFields(info: CallInfo, options: OperationOptions): Field[] {
	const locations: Array<[ParameterLocation, Record<string, Schema & { isRequired?: boolean; repeated?: boolean }>]> = [
		['path', info.path ?? {}],
		['query', info.query ?? {}],
		['header', info.header ?? {}],
	];
	// The engine pages lists only. The page of an invoice's picture is the user's choice.
	const isPaged = info.query?.size !== undefined;
	return locations.flatMap(([location, parameters]) =>
		Object.entries(parameters)
			.filter(([path]) => location !== 'query' || !isPaged || (!PAGING.test(path) && !path.startsWith('orderBy')))
			.map(([path, schema]) => ({
				...fieldOf(path, schema, location, options.parameters?.[path] ?? {}),
				required: options.parameters?.[path]?.required ?? (location === 'path' || schema.isRequired === true),
				...(schema.repeated ? { repeated: true } : {}),
			})),
	);
}

/** Returns the fields of a body, and whether the form also has a JSON field for the body or for the rest of it. */
export function bodyFields(
	body: Schema,
	partial: boolean,
	options: OperationOptions,
): { shown: Field[]; optional: Field[]; json: Operation['json'] } {
	const schema = resolve(body);
	if (schema.type !== 'object')
		return {
			shown: [
				bodyField(
					body,
					['', { label: 'Value', ...(typeof options.fields?.[0] === 'object' ? options.fields[0][1] : {}) }],
					true,
				),
			],
			optional: [],
			json: undefined,
		};
	const requiredPlainFields = (schema.required ?? []).filter(
		(name) => isPlain(schemaAt(body, name)) && !options.hidden?.includes(name) && options.fixed?.[name] === undefined,
	);
	const shown = (options.fields ?? (partial ? [] : requiredPlainFields)).map((spec) => bodyField(body, spec, !partial));
	const optional = (options.more ?? []).map((spec) => bodyField(body, spec, false));
	const coveredPaths = new Set([...shown, ...optional].map(({ path }) => path));
	// An update needs the JSON for emptying fields, which the form cannot do.
	const isBodyCovered =
		Object.keys(schema.properties ?? {}).every((name) => coveredPaths.has(name)) && !(partial && optional.length);
	return { shown, optional, json: coveredPaths.size === 0 ? 'whole' : isBodyCovered ? undefined : 'rest' };
}

function bodyField(body: Schema, spec: FieldSpec, canBeRequired: boolean): Field {
	const [path, fieldOptions] = typeof spec === 'string' ? [spec, {}] : spec;
	const schema = path === '' ? resolve(body) : schemaAt(body, path);
	const field = fieldOf(path, schemaWithReference(body, path) ?? schema, 'body', fieldOptions);
	return {
		...field,
		required: fieldOptions.required ?? (canBeRequired && (path === '' || isRequiredAt(body, path))),
		...tableOf(schema, fieldOptions),
	};
}

/** Returns a table's columns: those that a row always shows, and the collapsed ones. */
function tableOf(
	{ items = {} }: Schema,
	{ columns, collapsed: [buttonLabel, collapsedColumns] = ['', []] }: FieldOptions,
): Pick<Field, 'columns' | 'collapsedLabel'> {
	if (!columns) return {};
	const shown = columns.map((column) => bodyField(items, column, true));
	return collapsedColumns.length
		? {
				columns: [
					...shown,
					...collapsedColumns.map((column) => ({ ...bodyField(items, column, false), collapsed: true })),
				],
				collapsedLabel: buttonLabel,
			}
		: { columns: shown };
}

/** Returns a property's schema with its reference, such as `Country`, which the resolved schema lacks. */
function schemaWithReference(body: Schema, path: string): Schema | undefined {
	if (path === '') return undefined;
	const names = path.split('.');
	const parent = names.length > 1 ? schemaAt(body, names.slice(0, -1).join('.')) : resolve(body);
	return parent.properties?.[names[names.length - 1]];
}

function fieldOf(path: string, schema: Schema, location: ParameterLocation, fieldOptions: FieldOptions): Field {
	const name = path.split('.').at(-1) as string;
	const term = terms[path] ?? terms[name] ?? {};
	const listSearch = listSearchOfField[name];
	return {
		path,
		in: location,
		name: name || 'value',
		label: term.label ?? titleOf(name),
		schema,
		...term,
		...(listSearch ? { listSearch } : {}),
		...fieldOptions,
		required: false,
		// The columns of a table come from its schema.
		columns: undefined,
		collapsed: undefined,
	};
}

function isPlain(schema: Schema): boolean {
	return schema.type !== 'object' && schema.type !== 'array';
}
