import type { Execution } from '../../api';
import { KeyedQueue } from '../../utils/turns';

/** Runs the later steps of items with the same record one after the other. */
export class RecordTurns {
	private readonly turns = new KeyedQueue<number>();
	private readonly seen = new Set<number>();

	static of(execution: Execution): RecordTurns {
		return execution.shared('turns of records', () => new RecordTurns());
	}

	/** Runs an item's steps after those of earlier items. `isFirst` is false if those may have changed the record since it was read. */
	async take<T>(id: number, steps: (isFirst: boolean) => Promise<T>): Promise<T> {
		const isFirst = !this.seen.has(id);
		this.seen.add(id);
		return await this.turns.run(id, async () => await steps(isFirst));
	}
}
