import type { IBinaryData, IDataObject, IPairedItemData } from 'n8n-workflow';
import type { Client, Execution } from '../api';
import type { Input } from './input';
import type { Operation } from './types';

/** What comes out for one incoming item. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The items that it came from, where it is not the task's own alone. */
	pairedItem?: IPairedItemData | IPairedItemData[];
}

/** One item's work: prepared without a request, then done. */
export interface ItemTask {
	/** Reading tasks of several items may run side by side. */
	readOnly: boolean;
	/** Writing ones too, where the person chose that. */
	together?: boolean;
	/** It learns from its own steps and from Procountor what an earlier try of the node has done. */
	resumes?: boolean;
	/**
	 * Looks whether an earlier write of unknown outcome was carried out: the output of the item if it was, undefined if
	 * it was not, so that it can be sent (again). Only for writes that do nothing more when sent twice.
	 */
	lookUp?(client: Client): Promise<Output[] | undefined>;
	/** Reads what `begin` needs, while the records of the items before it are saved. A failure is left to `begin`. */
	lookAhead?(client: Client): Promise<void>;
	/** Saves the item's record, before those of other items go through their later steps in `run`. */
	begin?(client: Client): Promise<void>;
	/** What `begin` has saved, for a person: `the sales invoice 2026-117 (ID 5)`. */
	saved?(): string | undefined;
	/** The later steps of different records may be done side by side: their order decides nothing. */
	finishesTogether?: boolean;
	/** The client is missing where the operation is an offline one. */
	run(client: Client): Promise<Output[]>;
}

/** Prepares one item; throws an InputError for what cannot be sent. No request is made here. */
export type OperationHandler = (operation: Operation, input: Input, execution: Execution) => ItemTask;
