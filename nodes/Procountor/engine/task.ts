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
export interface Task {
	/** Reading tasks of several items may run side by side. */
	reads: boolean;
	/** Writing ones too, where the person chose that. */
	together?: boolean;
	/** The client is missing where the operation is an offline one. */
	run(client: Client): Promise<Output[]>;
}

/** Prepares one item; throws an InputError for what cannot be sent. No request is made here. */
export type Prepare = (operation: Operation, input: Input, execution: Execution) => Task;
