import type { Call, Schema } from '../api';
import type { Simple } from './simplify';
import type { Field, Operation, Variants } from './types';

/** A field in a declaration: the API's name, alone or with what its word list entry does not say. */
export type FieldSpec = string | [at: string, more: FieldOptions];

export type FieldOptions = Partial<
	Pick<
		Field,
		| 'name'
		| 'label'
		| 'description'
		| 'instead'
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
	/** Further columns, behind a button with this name in each row. */
	collapsed?: [name: string, columns: FieldSpec[]];
};

/** A value that no call has: its name, what it may be, its words. With a `place` it is one of the call's after all, shown in this order. */
export type ExtraField = [name: string, schema: Schema, words: FieldOptions & { optional?: boolean }];

/** A setting with named values; the first one is the default. */
export function choice(
	name: string,
	choices: NonNullable<FieldOptions['choices']>,
	words: FieldOptions & { optional?: boolean },
): ExtraField {
	return [
		name,
		{ type: 'string', enum: Object.keys(choices) },
		{ choices, default: Object.keys(choices)[0], ...words },
	];
}

/** The notice for an operation that cannot be undone. */
export const FINAL = 'This cannot be undone.';

/** What a declaration may say beyond its call; all else follows from the contract and the word list. */
export interface OperationOptions {
	/** The name in the list of operations, where the kind's own does not do. */
	name?: string;
	/** The line in the list of actions, where name and resource do not make it. */
	action?: string;
	/** Body fields shown at once; the required plain ones when left out. */
	fields?: FieldSpec[];
	/** Body fields behind 'Additional Fields' or 'Update Fields'. */
	more?: FieldSpec[];
	/** Values that the operation itself takes, shown at once or, with `optional`, among the optional ones. */
	extraFields?: ExtraField[];
	/** Words for parameters of the call. */
	parameters?: Record<string, FieldOptions>;
	/** Parameters of the call that nobody needs to see. */
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
	/** The fields of the body come before the settings. */
	bodyFirst?: boolean;
	groups?: Operation['groups'];
	layout?: string[];
	numberSearch?: Operation['numberSearch'];
	/** A filter that the API answers for one of two halves only, active or inactive. */
	activeVariants?: {
		parameter: string;
		label: string;
		hint: string;
		names: [everything: string, on: string, off: string];
	};
	/** The same for other parts than halves. */
	variants?: Variants;
	noun?: string;
	/** Shown above the fields: what the operation costs, or that it cannot be undone. */
	notice?: string;
}
