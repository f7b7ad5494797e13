import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../api';
import { isTool } from '../n8n/nodeError';
import { fingerprint } from '../utils/fingerprint';
import type { Input } from './input';
import type { Output } from './task';

/** What one step of an item did earlier in this run: the record that it made, or what was there before, while that is not known. */
export interface StepMemory {
	id?: number;
	before?: number[];
}

/** What is kept of one item. */
interface KeptItem {
	/** Fingerprint of the operation and the incoming item. */
	asked: string;
	steps: Record<string, StepMemory>;
	/** The output of the item that succeeded, as JSON. */
	output?: string;
	/** Why nobody knows whether the item was written. */
	outcomeUnknown?: Problem;
}

/** What is kept of all items of a node, in the data of the execution. */
interface KeptRun {
	items: Record<string, KeptItem>;
	/** Characters of all outputs. */
	size: number;
}

/** Outputs are kept whole up to this many characters for a node; n8n stores them with a failed execution. */
const MOST_KEPT = 5_000_000;
/** Longer texts are left out of an output that is kept in short. */
const LONGEST_TEXT = 200;

/**
 * Remembers what an item has written in this run of the node. n8n's 'Retry On Fail' runs the node again for all items,
 * and 'Retry execution' continues with the data of the failed one, so each item must know what it did. The memory is
 * part of the execution, under the node's run and the item's position, so that the next round of a loop does not count
 * as a repetition. It counts only for the same operation, credential, and incoming item. A new execution begins without
 * it (docs/writes.md#what-is-remembered).
 */
export class ItemMemory {
	private readonly run: string;
	private readonly place: string;
	private fingerprint?: string;

	constructor(private readonly input: Input) {
		this.run = `${runIndexOf(input.context)}.`;
		this.place = `${this.run}${input.index}`;
	}

	/** The saved credential that the node uses: what was posted with it is remembered for its next runs. */
	get credential(): string {
		return credentialsOf(this.input);
	}

	of(step: string): StepMemory | undefined {
		return this.mine?.steps[step];
	}

	/** The number of another item of this run (from 1) whose step made the record; undefined if none did. */
	createdByItem(step: string, id: number): number | undefined {
		const maker = Object.entries(this.kept.items).find(
			([place, { steps }]) => steps[step]?.id === id && place.startsWith(this.run) && place !== this.place,
		);
		return maker && Number(maker[0].slice(this.run.length)) + 1;
	}

	set(step: string, memory: StepMemory | undefined): void {
		const { steps } = this.own();
		if (memory) steps[step] = memory;
		else delete steps[step];
	}

	/** The output of an earlier try that succeeded. */
	get output(): Output[] | undefined {
		const output = this.mine?.output;
		return output === undefined ? undefined : (JSON.parse(output) as Output[]);
	}

	/** Why it is not known whether an earlier try has written; undefined where it was refused or not tried. */
	get outcomeUnknown(): Problem | undefined {
		return this.mine?.outcomeUnknown;
	}

	succeeded(output: Output[]): void {
		const { kept } = this;
		const full = JSON.stringify(output);
		const text = kept.size + full.length > MOST_KEPT ? JSON.stringify(output.map(inShort)) : full;
		kept.size += text.length;
		const own = this.own();
		own.output = text;
		delete own.outcomeUnknown;
	}

	/** Notes a write of unknown outcome; without a problem, that nothing was written. */
	setOutcomeUnknown(outcomeUnknown: Problem | undefined): void {
		const own = this.own();
		if (outcomeUnknown) own.outcomeUnknown = outcomeUnknown;
		else delete own.outcomeUnknown;
	}

	/** Forgets this run of the node, all items of it: n8n will not repeat it. */
	forgetRun(): void {
		const { kept } = this;
		for (const place of Object.keys(kept.items)) if (place.startsWith(this.run)) delete kept.items[place];
		kept.size = 0;
	}

	private get asked(): string {
		return (this.fingerprint ??= fingerprintOf(this.input, this.credential));
	}

	private get mine(): KeptItem | undefined {
		const item = this.kept.items[this.place];
		return item?.asked === this.asked ? item : undefined;
	}

	private own(): KeptItem {
		return this.mine ?? (this.kept.items[this.place] = { asked: this.asked, steps: {} });
	}

	/** An agent's tool calls are not told apart by run and item, and n8n does not repeat them: nothing is kept for them. */
	private get kept(): KeptRun {
		const { context } = this.input;
		if (isTool(context.getNode())) return { items: {}, size: 0 };
		const data = context.getContext('node') as IDataObject & { written?: KeptRun };
		data.written ??= { items: {}, size: 0 };
		return data.written;
	}
}

/** Which run of the node this is, from 0; asked for once, since n8n builds its whole data proxy for the answer. */
function runIndexOf(context: IExecuteFunctions): string {
	const known = runIndexes.get(context) ?? String(context.getWorkflowDataProxy(0).$runIndex);
	runIndexes.set(context, known);
	return known;
}

const runIndexes = new WeakMap<IExecuteFunctions, string>();

/** The IDs of the saved credentials of the node. */
function credentialsOf({ context }: Input): string {
	return Object.values(context.getNode().credentials ?? {})
		.map(({ id }) => id ?? '')
		.join();
}

/** An output without its large parts: what later nodes need most is the ID. */
function inShort({ json, binary, pairedItem }: Output): Output {
	const isShort = (value: unknown): boolean =>
		typeof value === 'string' ? value.length <= LONGEST_TEXT : typeof value !== 'object';
	return { json: Object.fromEntries(Object.entries(json).filter(([, value]) => isShort(value))), binary, pairedItem };
}

/**
 * A short text for the operation and the incoming item. Parameters are left out: an expression such as `$now` has another value
 * in each try, and a parameter that was corrected for a failed item must not send the finished ones again. API Request
 * includes method and path, which choose what it does.
 */
function fingerprintOf({ context, index }: Input, credential: string): string {
	const { resource, operation, method, path } = context.getNode().parameters;
	const { json, binary = {} } = context.getInputData()[index] ?? { json: {} };
	const files = Object.entries(binary).map(([name, file]) => [name, ...fileFacts(file)]);
	return fingerprint([credential, resource, operation, method, path, json, files]);
}

const fileFacts = ({ id, fileName, mimeType, fileSize, data }: IBinaryData): unknown[] => [
	id,
	fileName,
	mimeType,
	fileSize,
	data.length,
];
