import type { Execution } from '../../api';

/** Items of an execution that lead to the same record take turns with its later steps. */
export class RecordTurns {
	private readonly turns = new Map<number, Promise<unknown>>();

	static of(execution: Execution): RecordTurns {
		return execution.shared('turns of records', () => new RecordTurns());
	}

	/** Does an item's steps after those of earlier items on the record. `isFirst` is false if they may have changed it since it was read. */
	async take<T>(id: number, steps: (isFirst: boolean) => Promise<T>): Promise<T> {
		const before = this.turns.get(id);
		const mine =
			before === undefined ? steps(true) : before.catch(() => undefined).then(async () => await steps(false));
		this.turns.set(id, mine);
		return await mine;
	}
}
