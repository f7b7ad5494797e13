import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call, Client, Schema } from '../api';
import type { ListSearchName } from '../listSearch/names';
import type { NumberSearch } from './numberSearch';
import type { Simple } from './simplify';
import type { OperationHandler } from './task';

/** Where a value goes: into the request, or, as a setting, to the operation itself. */
export type ParameterLocation = 'path' | 'query' | 'header' | 'body' | 'setting';

/** One value that a person gives, with everything that editor, check and request need to know of it. */
export interface Field {
	/** The API's name; dots lead into objects: `paymentInfo.dueDate`. */
	path: string;
	in: ParameterLocation;
	/** n8n's parameter name. */
	name: string;
	/** The name in the editor, in Procountor's own words. */
	label: string;
	description?: string;
	placeholder?: string;
	default?: string | number | boolean;
	schema: Schema;
	required: boolean;
	/** What to do without an ID, or when a required field is empty, for messages: a whole sentence. */
	instead?: string;
	/** The register that it is chosen from. */
	listSearch?: ListSearchName;
	/** A partner may also be given by customer number, business ID or name: as the setting `partnerBy`, found when the item runs. */
	byNumber?: boolean;
	/** Own names for the values of an enumeration, where title case does not do; with a description where a choice has consequences. */
	choices?: Record<string, string | [name: string, description: string]>;
	/** Always visible below the field. */
	hint?: string;
	/** When the form shows it, by the values of other fields. */
	displayOptions?: INodeProperties['displayOptions'];
	/** The columns of a table: a list of objects, filled in in the editor or given as JSON. */
	columns?: Field[];
	/** The table's rows may also come from a list in the input; one table of an operation at most. */
	fromList?: boolean;
	/** A column of a row that has nothing else, such as a heading: values meant for all rows leave such a row out. */
	standsAlone?: boolean;
	/** The column without which this one means nothing: from a list, its fixed value counts where the other has one. */
	pairedWith?: string;
	/** What the columns behind it are called in a table's row that does not show them all at once. */
	moreLabel?: string;
	/** A column that a row shows only when it is added. */
	collapsed?: boolean;
	/** Sent as repeated parameters, not joined by commas. */
	repeated?: boolean;
	/** A list of nothing is sent too, since it means that all is taken away. */
	sendEmptyList?: boolean;
	/**
	 * Left empty, the field means something of its own, so an expression that returns nothing is refused. So is one of
	 * several parts if a part returns nothing: `parts` refuses only that.
	 */
	refuseEmptyExpression?: boolean | 'parts';
}

/** A choice of the parts of a list; each is asked for with the values of one parameter, undefined for none. The first is the default. */
export interface Variants {
	parameter: string;
	label: string;
	description?: string;
	choices: Array<{ name: string; value: string; values: Array<string | boolean | undefined> }>;
}

/** Optional fields that stand together in a collection of their own. */
export interface FieldGroup {
	/** n8n's parameter name. */
	name: string;
	label: string;
	/** The names of its fields. */
	fields: string[];
}

/** What an operation does with its call; each kind is one way of working (`work/`). */
export type Kind = 'get' | 'list' | 'send' | 'update' | 'delete' | 'download' | 'upload' | 'job';

/** One operation: its fields in the editor, its request, its checks, its items and its row in the documentation. */
export interface Operation {
	kind: Kind;
	/** The name in the list of operations, Title Case, without the resource. */
	name: string;
	/** What the list of actions shows, sentence case, with the resource. */
	action: string;
	description: string;
	/** The call that it makes, or that its fields belong to; a request in free form has none. */
	call?: Call;
	/** Further calls that a job makes, for the documentation and the coverage. */
	calls?: Call[];
	/** How a job does its work. */
	handler?: OperationHandler;
	/** Shown above the fields: what the operation costs, or that it cannot be undone. */
	notice?: string;
	/** Shown at once. */
	fields: Field[];
	/** Optional ones, behind 'Filters', 'Additional Fields' or 'Options', or in a group. */
	optional: Field[];
	groups?: FieldGroup[];
	/** The names of the fields in the order of the form, tables among them. Without it, tables come last. */
	layout?: string[];
	/** The body is given as JSON: whole, or besides the fields. */
	json?: 'whole' | 'rest';
	/** Values that the operation itself fixes, by the API's names. */
	fixed?: Record<string, string | number | boolean>;
	/** Values that the body has unless the form gives others. */
	defaults?: Record<string, string | number | boolean>;
	/** What a simplified item keeps: at most ten fields of the record, or a flat record. */
	simple?: Simple;
	/** The fields of a simplified record of a list that is read with details. */
	simpleDetails?: Simple;
	/** The node's names of fields that the API calls otherwise in this call alone. */
	rename?: Record<string, string>;
	/** A field of the records that is a secret, and so is never returned. */
	secretField?: string;
	/** The call among whose `rows` an update finds the record as it is, where no call reads it alone. */
	findInList?: Call;
	/** What an update reads the record with, where the plain call leaves something out that its PUT would clear. */
	readQuery?: Record<string, boolean>;
	/** The parts of a record that an update may send, where the call takes fewer than its schema. */
	writableFields?: string[];
	/** Adds to the changes of an update what follows from them for the record as it is. */
	derive?: (record: IDataObject, changes: IDataObject) => IDataObject;
	/** Holds a change against the record as it is, before it is written; throws an InputError for what cannot be. */
	checkUpdate?: (client: Client, record: IDataObject, changes: IDataObject, settings: IDataObject) => Promise<void>;
	/** The name of a downloaded file that Procountor sends without one. */
	fileName?: (values: { ids: Record<string, string | number>; query: Record<string, unknown> }) => string;
	/** The body names only what changes in a record, so that nothing in it is required. */
	partial?: boolean;
	/** The batch call that gives a list's records with everything. */
	details?: Call;
	/** Where a list's records stand in the answer, if the contract does not tell; dots lead into lists of lists. */
	listPath?: string;
	/** The filter of a list whose number has several forms. */
	numberSearch?: NumberSearch;
	/** Which records a list shows, where the API answers for a part of them at a time. */
	variants?: Variants;
	/** A POST that only reads. */
	readOnly?: boolean;
	/** It makes no request at all, and so needs no credential. */
	offline?: boolean;
	/** What the record is called in messages. */
	noun: string;
}

/** One entry of the resource selector. */
export interface Resource {
	/** The value in workflows; never changed once published. */
	value: string;
	name: string;
	/** Words for messages and actions: `invoice`, `invoices`. */
	nouns: [one: string, many: string];
	operations: Record<string, Operation>;
}
