import type { IBinaryData, IDataObject, IPairedItemData } from 'n8n-workflow';
import type { Client, Execution } from '../api';
import type { Input } from './input';
import type { Operation } from './types';

/** One output item. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** The items that it was made from, if not only the task's own. */
	pairedItem?: IPairedItemData | IPairedItemData[];
}

/** The work for one item, which is prepared without a request. */
export interface ItemTask {
	/** Whether the task only reads, so that tasks can run concurrently. */
	readOnly: boolean;
	/** Whether the user chose concurrent writes. */
	concurrent?: boolean;
	/** Whether the task finds out from its steps and from Procountor what an earlier try has done. */
	resumable?: boolean;
	/**
	 * Checks whether an earlier write of unknown outcome was carried out. Returns the item's output if it was; undefined if
	 * it was not, so that it is sent again. Only for writes that do nothing more when sent twice.
	 */
	lookUp?(client: Client): Promise<Output[] | undefined>;
	/** Reads what `begin` needs, while records of earlier items are saved. Failures are left to `begin`. */
	lookAhead?(client: Client): Promise<void>;
	/** The first phase: saves the item's record. The later steps follow in `run`. */
	begin?(client: Client): Promise<void>;
	/** Returns what `begin` has saved, for messages: `the sales invoice 2026-117 (ID 5)`. */
	savedRecord?(): string | undefined;
	/** Whether the later steps of several records can run concurrently, because their order does not matter. */
	finishesConcurrently?: boolean;
	/** Does the work. An offline operation must not use the client. */
	run(client: Client): Promise<Output[]>;
}

/** Prepares one item without a request. @throws {InputError} for invalid input */
export type OperationHandler = (operation: Operation, input: Input, execution: Execution) => ItemTask;
