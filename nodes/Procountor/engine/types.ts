import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call, Client, Schema } from '../api';
import type { ListSearchName } from '../listSearch/names';
import type { NumberSearch } from './numberSearch';
import type { Simple } from './simplify';
import type { OperationHandler } from './task';

/** Where a value is sent in the request. A setting is not sent: the operation itself uses it. */
export type ParameterLocation = 'path' | 'query' | 'header' | 'body' | 'setting';

/** One input of an operation, with all that the editor, the checks and the request need. */
export interface Field {
	/** The API's name. Dots separate the names of objects: `paymentInfo.dueDate`. */
	path: string;
	in: ParameterLocation;
	/** n8n's parameter name. */
	name: string;
	/** The name in the editor, in Procountor's terms. */
	label: string;
	description?: string;
	placeholder?: string;
	default?: string | number | boolean;
	schema: Schema;
	required: boolean;
	/** The advice if the field lacks a valid ID, or if it is required and empty: a whole sentence. */
	emptyAdvice?: string;
	/** The list from which the user chooses the value. */
	listSearch?: ListSearchName;
	/** Whether a partner can also be given by customer number, business ID or name, as the setting `partnerBy`. */
	byNumber?: boolean;
	/** Names of an enumeration's values, if they differ from title case, with a description if a choice has consequences. */
	choices?: Record<string, string | [name: string, description: string]>;
	/** Text below the field. */
	hint?: string;
	/** The values of other fields for which the form shows this one. */
	displayOptions?: INodeProperties['displayOptions'];
	/** The columns of a table, which is a list of objects. */
	columns?: Field[];
	/** Whether the table's rows can come from a list in the input. An operation can have only one such table. */
	fromList?: boolean;
	/** Whether a row with this column has no other values, such as a heading. Values for all rows do not apply to it. */
	standsAlone?: boolean;
	/** The column without which this one is meaningless. In rows from a list, a fixed value applies only if that column has a value. */
	pairedWith?: string;
	/** The label of the button with which the user adds collapsed columns to a row. */
	collapsedLabel?: string;
	/** Whether a row shows the column only when the user adds it. */
	collapsed?: boolean;
	/** Whether a list is sent as repeated parameters instead of joined with commas. */
	repeated?: boolean;
	/** Whether an empty list is sent, because it removes all entries. */
	sendEmptyList?: boolean;
	/**
	 * Whether to refuse an expression that returns nothing, because an empty field has a meaning of its own. A text with
	 * several expressions is refused if one of them returns nothing; `parts` refuses only that.
	 */
	refuseEmptyExpression?: boolean | 'parts';
}

/**
 * The variants of a list that the user can choose from. Each is requested with the values of one parameter; undefined
 * means none. The first is the default.
 */
export interface Variants {
	parameter: string;
	label: string;
	description?: string;
	choices: Array<{ name: string; value: string; values: Array<string | boolean | undefined> }>;
}

/** Optional fields in a collection of their own. */
export interface FieldGroup {
	/** n8n's parameter name. */
	name: string;
	label: string;
	/** The names of its fields. */
	fields: string[];
}

/** How an operation uses its call. Each kind has its own handler. */
export type Kind = 'get' | 'list' | 'send' | 'update' | 'delete' | 'download' | 'upload' | 'job';

/** One operation. Its form, checks, requests, output and row in the documentation follow from this. */
export interface Operation {
	kind: Kind;
	/** The name in the list of operations, in title case, without the resource. */
	name: string;
	/** The name in the list of actions, in sentence case, with the resource. */
	action: string;
	description: string;
	/** The call that the operation sends, or that its fields belong to. API Request has none. */
	call?: Call;
	/** Other calls that a job sends, for the documentation and the coverage. */
	calls?: Call[];
	/** The handler of a job. */
	handler?: OperationHandler;
	/** A notice above the fields, such as costs, or that the operation cannot be undone. */
	notice?: string;
	/** The fields that are always shown. */
	fields: Field[];
	/** The fields in 'Filters', 'Additional Fields' or 'Options', or in a group. */
	optional: Field[];
	groups?: FieldGroup[];
	/** The names of the fields in the form's order, including tables. Without it, tables come last. */
	layout?: string[];
	/** Whether the form has a JSON field for the whole body, or for the rest of it. */
	json?: 'whole' | 'rest';
	/** Values that are always sent, by the API's names. */
	fixed?: Record<string, string | number | boolean>;
	/** Values of the body that the form can override. */
	defaults?: Record<string, string | number | boolean>;
	/** The fields of a simplified item: at most ten fields of the record, or a computed record. */
	simple?: Simple;
	/** The fields of a simplified item, if the list is read with details. */
	simpleDetails?: Simple;
	/** The node's names of fields for which the API uses another name in this call only. */
	rename?: Record<string, string>;
	/** A field that is a secret, and so is never returned. */
	secretField?: string;
	/** The list in which an update finds its record, if no call reads a single record. */
	findInList?: Call;
	/** Query parameters with which an update reads its record, so that the PUT does not clear fields that are left out by default. */
	readQuery?: Record<string, boolean>;
	/** The fields that an update can send, if the call accepts fewer than its schema. */
	writableFields?: string[];
	/** Adds changes that follow from the user's changes and the current record. */
	derive?: (record: IDataObject, changes: IDataObject) => IDataObject;
	/** Checks an update's changes against the current record. @throws {InputError} for an invalid change */
	checkUpdate?: (client: Client, record: IDataObject, changes: IDataObject, settings: IDataObject) => Promise<void>;
	/** Returns the name of a downloaded file that Procountor sends without a name. */
	fileName?: (values: { ids: Record<string, string | number>; query: Record<string, unknown> }) => string;
	/** Whether the body contains only changes, so that none of its fields is required. */
	partial?: boolean;
	/** The batch call that returns a list's records with all fields. */
	details?: Call;
	/** The property of the response that contains a list's records, if the contract does not tell. */
	listPath?: string;
	/** The list's filter for a number with several spellings. */
	numberSearch?: NumberSearch;
	/** The choice of records, if the API returns only a part of them at a time. */
	variants?: Variants;
	/** Whether a POST only reads. */
	readOnly?: boolean;
	/** Whether the operation sends no requests, and so needs no credential. */
	offline?: boolean;
	/** What the record is called in messages. */
	noun: string;
}

/** A resource with its operations. */
export interface Resource {
	/** The value that workflows store, which must never change. */
	value: string;
	name: string;
	/** The record's name in messages and actions: `invoice`, `invoices`. */
	nouns: [one: string, many: string];
	operations: Record<string, Operation>;
}
