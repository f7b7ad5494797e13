import type { Execution } from '../../api';
import { Turns } from '../../utils/turns';

/** Lets items of an execution that concern the same record run its later steps one after the other. */
export class RecordTurns {
	private readonly turns = new Turns<number>();
	private readonly taken = new Set<number>();

	static of(execution: Execution): RecordTurns {
		return execution.shared('turns of records', () => new RecordTurns());
	}

	/** Does an item's steps after those of earlier items on the record. `isFirst` is false if they may have changed it since it was read. */
	async take<T>(id: number, steps: (isFirst: boolean) => Promise<T>): Promise<T> {
		const isFirst = !this.taken.has(id);
		this.taken.add(id);
		return await this.turns.take(id, async () => await steps(isFirst));
	}
}
