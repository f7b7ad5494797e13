import type { Call, Schema } from '../api';
import type { Simple } from './simplify';
import type { Field, Operation, Variants } from './types';

/** A field in a declaration: the API's name, alone or with options that differ from the label table. */
export type FieldSpec = string | [path: string, options: FieldOptions];

export type FieldOptions = Partial<
	Pick<
		Field,
		| 'name'
		| 'label'
		| 'description'
		| 'emptyAdvice'
		| 'placeholder'
		| 'default'
		| 'listSearch'
		| 'byNumber'
		| 'choices'
		| 'hint'
		| 'displayOptions'
		| 'required'
		| 'in'
		| 'sendEmptyList'
		| 'refuseEmptyExpression'
		| 'fromList'
		| 'standsAlone'
		| 'pairedWith'
	>
> & {
	columns?: FieldSpec[];
	/** The label of a button in each row, and the columns that the user adds with it. */
	collapsed?: [buttonLabel: string, columns: FieldSpec[]];
};

/** A field that is not part of the call: its name, schema and options. */
export type ExtraField = [name: string, schema: Schema, options: FieldOptions & { optional?: boolean }];

/** Returns a setting with named values. The first one is the default. */
export function choice(
	name: string,
	choices: NonNullable<FieldOptions['choices']>,
	options: FieldOptions & { optional?: boolean },
): ExtraField {
	return [
		name,
		{ type: 'string', enum: Object.keys(choices) },
		{ choices, default: Object.keys(choices)[0], ...options },
	];
}

/** The notice of an operation that cannot be undone. */
export const CANNOT_BE_UNDONE = 'This cannot be undone.';

/** What a declaration can add to its call. Everything else follows from the contract and the label table. */
export interface OperationOptions {
	/** The name in the list of operations, if it differs from the usual name of the kind. */
	name?: string;
	/** The name in the list of actions, if it does not follow from name and resource. */
	action?: string;
	/** Body fields that are always shown; the required plain fields if left out. */
	fields?: FieldSpec[];
	/** Body fields in 'Additional Fields' or 'Update Fields'. */
	more?: FieldSpec[];
	/** Fields that are not part of the call, always shown or, with `optional`, among the optional fields. */
	extraFields?: ExtraField[];
	/** Options of the call's parameters. */
	parameters?: Record<string, FieldOptions>;
	/** Parameters of the call that the form does not show. */
	hidden?: string[];
	fixed?: Operation['fixed'];
	defaults?: Operation['defaults'];
	simple?: Simple;
	simpleDetails?: Simple;
	rename?: Operation['rename'];
	secretField?: Operation['secretField'];
	details?: Call;
	findInList?: Call;
	readQuery?: Operation['readQuery'];
	writableFields?: string[];
	derive?: Operation['derive'];
	checkUpdate?: Operation['checkUpdate'];
	fileName?: Operation['fileName'];
	partial?: boolean;
	listPath?: string;
	/** Whether the fields of the body come before the settings. */
	bodyFirst?: boolean;
	groups?: Operation['groups'];
	layout?: string[];
	numberSearch?: Operation['numberSearch'];
	/** A filter by which the API returns either active or inactive records, never both. */
	activeVariants?: {
		parameter: string;
		label: string;
		description: string;
		names: [all: string, active: string, inactive: string];
	};
	/** A filter with other values of the same kind. */
	variants?: Variants;
	noun?: string;
	/** A notice above the fields, such as costs, or that the operation cannot be undone. */
	notice?: string;
}
