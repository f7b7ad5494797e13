import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../validation/result';

/** Makes a text fit for a cell, or says why it is not: a separator, a length, a letter outside the set; in an address a backslash too. */
export type Tidy = (text: string, length?: number, inAddress?: boolean) => Result<string>;

/** How a value stands in a cell. */
export interface Form {
	/** Which of the forms it is; tests make values by it. */
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
	/** In words, for the documentation. */
	words: string;
	/** Most characters of the cell. */
	length?: number;
	/** Fewest and most digits, smallest and largest value. */
	range?: [least: number, most: number];
	/** Decimals that are always written. */
	places?: number;
	/** The values of the API and how the file writes them. */
	codes?: Readonly<Record<string, string>>;
	/** The parts of an address, in the order of the cell. */
	parts?: readonly string[];
	/** Neither undefined nor null nor empty. */
	write(value: unknown, tidy: Tidy): Result<string>;
	/** Not empty. */
	read(text: string): Result<unknown>;
}

/** One column of a kind of row. */
export interface Column {
	letter: string;
	/** The field by the API's names, a dotted path; a number leads into a list. Empty for a cell that is always the same. */
	at: string;
	label: string;
	form: Form;
	required: boolean;
	/** The record's types that have this column; given for another type the value is left out and told. */
	only?: readonly string[];
	/** Another name that operations have for the field. */
	also?: string;
	/** What stands for nothing where the type lacks the column; any other value is refused there, not left out. */
	harmless?: unknown;
}

/** A kind of row, such as an invoice's first row, or the row of one of its products. */
export interface RowKind {
	name: string;
	columns: Column[];
}

/** Rows that stand below the row that they belong to. */
export interface Part {
	/** Where the list stands in the record. */
	at: string;
	row: RowKind;
	/** Whether the cells of a line are such a row. */
	marks(cells: readonly string[]): boolean;
	parts?: Part[];
	/** A row of this part belongs to the record, wherever it stands. */
	ofRecord?: boolean;
	/** A record of this type is nothing but such a row; those stand before all others, where no record is above them. */
	aloneAs?: string;
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

/** One of Procountor's import files: everything from which writer, reader, editor and documentation follow. */
export interface FileKind {
	value: string;
	name: string;
	/** Where it is read in, in Procountor's menus. */
	menu: string;
	fileName: string;
	row: RowKind;
	parts: Part[];
	/** What happens when the same file is read in a second time. */
	twice: string;
	/** The columns whose values no two records should share, and what Procountor does with records that share one. */
	unique?: { identifiers: readonly Identifier[]; ifRepeated: string };
	/** Reading it empties what the file leaves empty. */
	empties?: boolean;
	/** Numbers may be written with a point too. */
	point?: boolean;
	/** The file may be packed together with attachments. */
	zips?: boolean;
	/** Fields of the API that nobody misses in a file: ids, versions, states; with a value, only while they have it. */
	silent: ReadonlyArray<string | [at: string, usual: unknown]>;
	/** The records in one item, when an item of another node holds several. */
	records?(item: IDataObject): IDataObject[];
	/** Completes a record before it is written: what follows from its other fields. */
	complete?(record: IDataObject): IDataObject;
	/** The other way round, after reading. */
	restore?(record: IDataObject): IDataObject;
	/** Rules between cells. */
	rules?(record: IDataObject): RuleFault[];
	/** What a person should check of good records. */
	cautions?(records: readonly IDataObject[]): string[];
	/** What speaks against a whole file of good records, such as debit and credit that differ. */
	whole?(records: readonly IDataObject[]): { message: string; advice: string } | undefined;
}
