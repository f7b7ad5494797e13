import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../api';
import { isTool } from '../n8n/nodeError';
import { fingerprint } from '../utils/fingerprint';
import type { Input } from './input';
import type { Output } from './task';

/** What an earlier try did in one step: the record that it created, or, while that is unknown, the IDs that existed before. */
export interface StepMemory {
	id?: number;
	before?: number[];
}

/** The stored data of one item. */
interface StoredItem {
	/** The fingerprint of the operation and the incoming item. */
	asked: string;
	steps: Record<string, StepMemory>;
	/** The output as JSON, if the item succeeded. */
	output?: string;
	/** The problem of a write whose outcome is unknown. */
	outcomeUnknown?: Problem;
}

/** The stored data of all items of a node, which n8n keeps in the execution's data. */
interface StoredRun {
	items: Record<string, StoredItem>;
	/** The characters of all stored outputs. */
	size: number;
}

/** Up to so many characters, a node's outputs are stored in full. n8n saves them with a failed execution. */
const MAX_STORED_CHARS = 5_000_000;
/** Longer texts are left out of a shortened output. */
const MAX_SHORT_TEXT_CHARS = 200;

/**
 * Remembers what an item has written in this run of the node. n8n's 'Retry On Fail' runs the node again for all items,
 * and 'Retry execution' continues with the data of the failed one, so each item must know what it has written. The memory
 * is part of the execution's data. Its key is the node's run and the item's position, so that the next iteration of a loop
 * is not a repetition. It is valid only for the same operation, credential, and incoming item. A new execution begins
 * without it (docs/writes.md#what-is-remembered).
 */
export class ItemMemory {
	private readonly runPrefix: string;
	private readonly key: string;
	private fingerprint?: string;

	constructor(private readonly input: Input) {
		this.runPrefix = `${runIndexOf(input.context)}.`;
		this.key = `${this.runPrefix}${input.index}`;
	}

	/** The ID of the node's saved credential. */
	get credential(): string {
		return credentialsOf(this.input);
	}

	getStep(step: string): StepMemory | undefined {
		return this.storedItem?.steps[step];
	}

	/** Returns the number (from 1) of another item of this run whose step created the record; undefined if none did. */
	createdByItem(step: string, id: number): number | undefined {
		const maker = Object.entries(this.stored.items).find(
			([key, { steps }]) => steps[step]?.id === id && key.startsWith(this.runPrefix) && key !== this.key,
		);
		return maker && Number(maker[0].slice(this.runPrefix.length)) + 1;
	}

	setStep(step: string, memory: StepMemory | undefined): void {
		const { steps } = this.itemToWrite();
		if (memory) steps[step] = memory;
		else delete steps[step];
	}

	/** The output of an earlier successful try. */
	get output(): Output[] | undefined {
		const output = this.storedItem?.output;
		return output === undefined ? undefined : (JSON.parse(output) as Output[]);
	}

	/** The problem of an earlier write with unknown outcome; undefined if there was none. */
	get outcomeUnknown(): Problem | undefined {
		return this.storedItem?.outcomeUnknown;
	}

	saveOutput(output: Output[]): void {
		const { stored: storedRun } = this;
		const full = JSON.stringify(output);
		const text = storedRun.size + full.length > MAX_STORED_CHARS ? JSON.stringify(output.map(shortened)) : full;
		storedRun.size += text.length;
		const itemToWrite = this.itemToWrite();
		itemToWrite.output = text;
		delete itemToWrite.outcomeUnknown;
	}

	/** Stores the problem of a write with unknown outcome; undefined if nothing was written. */
	setOutcomeUnknown(outcomeUnknown: Problem | undefined): void {
		const itemToWrite = this.itemToWrite();
		if (outcomeUnknown) itemToWrite.outcomeUnknown = outcomeUnknown;
		else delete itemToWrite.outcomeUnknown;
	}

	/** Forgets all items of this run, because n8n will not repeat it. */
	forgetRun(): void {
		const { stored: stored } = this;
		for (const key of Object.keys(stored.items)) if (key.startsWith(this.runPrefix)) delete stored.items[key];
		stored.size = 0;
	}

	private get asked(): string {
		return (this.fingerprint ??= fingerprintOf(this.input, this.credential));
	}

	private get storedItem(): StoredItem | undefined {
		const item = this.stored.items[this.key];
		return item?.asked === this.asked ? item : undefined;
	}

	private itemToWrite(): StoredItem {
		return this.storedItem ?? (this.stored.items[this.key] = { asked: this.asked, steps: {} });
	}

	/** The stored data. None is kept for an agent's tool calls: they have no distinct run and item, and n8n does not repeat them. */
	private get stored(): StoredRun {
		const { context } = this.input;
		if (isTool(context.getNode())) return { items: {}, size: 0 };
		const data = context.getContext('node') as IDataObject & { written?: StoredRun };
		data.written ??= { items: {}, size: 0 };
		return data.written;
	}
}

/** Returns the index of the node's run. It is cached, because n8n has to build its whole data proxy for it. */
function runIndexOf(context: IExecuteFunctions): string {
	const known = runIndexes.get(context) ?? String(context.getWorkflowDataProxy(0).$runIndex);
	runIndexes.set(context, known);
	return known;
}

const runIndexes = new WeakMap<IExecuteFunctions, string>();

/** Returns the IDs of the node's saved credentials. */
function credentialsOf({ context }: Input): string {
	return Object.values(context.getNode().credentials ?? {})
		.map(({ id }) => id ?? '')
		.join();
}

/** Leaves out an output's large values. Later nodes mostly need the ID. */
function shortened({ json, binary, pairedItem }: Output): Output {
	const isShort = (value: unknown): boolean =>
		typeof value === 'string' ? value.length <= MAX_SHORT_TEXT_CHARS : typeof value !== 'object';
	return { json: Object.fromEntries(Object.entries(json).filter(([, value]) => isShort(value))), binary, pairedItem };
}

/**
 * Returns a fingerprint of the operation and the incoming item. Parameters are left out: an expression such as `$now`
 * changes with each try, and a parameter that the user corrects for a failed item must not repeat the finished ones. For
 * API Request, method and path are included, because they are its operation.
 */
function fingerprintOf({ context, index }: Input, credential: string): string {
	const { resource, operation, method, path } = context.getNode().parameters;
	const { json, binary = {} } = context.getInputData()[index] ?? { json: {} };
	const files = Object.entries(binary).map(([name, file]) => [name, ...fileIdentity(file)]);
	return fingerprint([credential, resource, operation, method, path, json, files]);
}

const fileIdentity = ({ id, fileName, mimeType, fileSize, data }: IBinaryData): unknown[] => [
	id,
	fileName,
	mimeType,
	fileSize,
	data.length,
];
