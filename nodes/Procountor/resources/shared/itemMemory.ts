import type { IDataObject } from 'n8n-workflow';
import type { Input } from '../../engine/input';

/** What an item did to Procountor earlier in this run: which record came of its write, or what was there before, while that is not known. */
export interface Deed {
	id?: number;
	before?: number[];
}

/**
 * What the items of a node have written in this run of the workflow. n8n's 'Retry On Fail' runs the node again for all
 * items, and its 'Retry execution' goes on with the old data: each item must know what it did. It is kept with the
 * execution, under the node's run and the item's place, so that a loop's next round is not taken for a repetition.
 */
export class Deeds {
	private readonly place: string;

	constructor(private readonly input: Input) {
		const { $runIndex } = input.context.getWorkflowDataProxy(input.index);
		this.place = `${String($runIndex)}.${input.index}`;
	}

	/** The saved credential that the node uses: what was posted with it is remembered for its next runs. */
	get credential(): string {
		return Object.values(this.input.context.getNode().credentials ?? {})
			.map(({ id }) => id ?? '')
			.join();
	}

	of(step: string): Deed | undefined {
		return this.all[`${this.place} ${step}`];
	}

	/** The number of another item of this run (from 1) whose step made the record; undefined if none did. */
	madeByItem(step: string, id: number): number | undefined {
		const ending = ` ${step}`;
		const maker = Object.entries(this.all).find(
			([name, deed]) => deed.id === id && name.endsWith(ending) && name !== `${this.place}${ending}`,
		);
		return maker && Number(maker[0].split(' ')[0].split('.')[1]) + 1;
	}

	set(step: string, deed: Deed | undefined): void {
		if (deed) this.all[`${this.place} ${step}`] = deed;
		else delete this.all[`${this.place} ${step}`];
	}

	/** An agent's tool calls are not told apart by run and item, and n8n does not repeat them: nothing is kept for them. */
	private get all(): Record<string, Deed> {
		const { context } = this.input;
		if (context.getNode().type.endsWith('Tool')) return {};
		const kept = context.getContext('node') as IDataObject & { deeds?: Record<string, Deed> };
		kept.deeds ??= {};
		return kept.deeds;
	}
}
