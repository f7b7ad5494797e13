import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../validation/result';

/**
 * Fits a text into a cell, or says why it does not fit: a separator, an unsupported character, or too many characters.
 * Addresses cannot contain backslashes either.
 */
export type FitText = (text: string, length?: number, inAddress?: boolean) => Result<string>;

/** How a cell represents a value. */
export interface CellFormat {
	/** Tests generate values by this name. */
	name:
		| 'text'
		| 'digits'
		| 'decimal'
		| 'date'
		| 'flag'
		| 'choice'
		| 'word'
		| 'country'
		| 'currency'
		| 'address'
		| 'days'
		| 'vatStatus'
		| 'email'
		| 'account'
		| 'bic'
		| 'personalId'
		| 'fixed';
	/** For the documentation. */
	description: string;
	/** The maximum number of characters. */
	length?: number;
	/** Minimum and maximum: of the number of digits, or of the value. */
	range?: [least: number, most: number];
	/** The number of decimal places, which are always written. */
	places?: number;
	/** The API's values and their codes in the file. */
	codes?: Readonly<Record<string, string>>;
	/** The parts of an address, in the order of the cell. */
	parts?: readonly string[];
	/** Writes a value that is not undefined, null, or empty. */
	write(value: unknown, fitText: FitText): Result<string>;
	/** Reads a cell that is not empty. */
	read(cell: string): Result<unknown>;
}

/** One column of a kind of row. */
export interface Column {
	letter: string;
	/** The field's path by the API's names; a number is an index in a list. Empty for a cell with a fixed value. */
	path: string;
	label: string;
	format: CellFormat;
	required: boolean;
	/** The record types that have this column. A value of another type is left out and reported. */
	onlyFor?: readonly string[];
	/** Another name of the field in the node's operations. */
	alias?: string;
	/** The value that may be left out if the record's type lacks the column; any other value is refused. */
	neutralValue?: unknown;
}

/** A kind of row, such as an invoice's first row, or the row of one of its products. */
export interface RowKind {
	name: string;
	columns: Column[];
}

/** Rows that stand below the row that they belong to. */
export interface ChildRow {
	/** The path of the list in the record. */
	path: string;
	row: RowKind;
	/** Whether a line's cells are a row of this kind. */
	matches(cells: readonly string[]): boolean;
	children?: ChildRow[];
	/** A record of this type consists of one such row. These rows come first in the file, where they have no parent. */
	standaloneType?: string;
}

/** A column by which Procountor recognizes a record, such as a product code. */
export interface Identifier {
	letter: string;
	/** The cells that distinguish records with the same value, such as their types. */
	scope(cell: (letter: string) => string): string[];
}

/** A record that breaks a rule between several of its cells. */
export interface RuleFault {
	path: string;
	message: string;
	advice?: string;
}

/** One of Procountor's import files. The writer, the reader, and the documentation follow this definition. */
export interface FileKind {
	value: string;
	name: string;
	/** Where a user imports the file, in Procountor's menus. */
	menu: string;
	fileName: string;
	row: RowKind;
	children: ChildRow[];
	/** What happens if the same file is imported again. */
	reimportWarning: string;
	/** The columns whose values no two records should share, and what Procountor does with records that share one. */
	unique?: { identifiers: readonly Identifier[]; ifRepeated: string };
	/** Whether an empty cell clears the field of an existing record. */
	clearsEmptyFields?: boolean;
	/** Whether the file can be packed into an archive with attachments. */
	takesAttachments?: boolean;
	/** The API's fields that are left out without a report, such as IDs and versions; some only with a given value. */
	ignoredFields: ReadonlyArray<string | [path: string, value: unknown]>;
	/** Splits an item of another operation that contains several records. */
	recordsIn?(item: IDataObject): IDataObject[];
	/** Adds fields that follow from others, before a record is written. */
	complete?(record: IDataObject): IDataObject;
	/** Reverses `complete` after a record was read. */
	restore?(record: IDataObject): IDataObject;
	/** Checks the rules between a record's cells. */
	recordFaults?(record: IDataObject): RuleFault[];
	/** What a user should check before importing valid records. */
	fileWarnings?(records: readonly IDataObject[]): string[];
	/** Why valid records cannot form a file, for example because debit and credit differ. */
	fileFault?(records: readonly IDataObject[]): { message: string; advice: string } | undefined;
}
