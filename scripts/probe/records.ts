/** A record that the probe made and has not removed, by kind and id. Neither is personal data. */
export interface MadeRecord {
	kind: string;
	id: string;
	/** What is left of it, in words, once the clean-up is over. */
	state?: string;
}

type Remove = (id: string) => Promise<string | undefined>;

/** The records that the probe made: written down before anything else is done, so that an interrupted run can clean up. */
export class MadeRecords {
	private readonly open: MadeRecord[] = [];
	private readonly removers = new Map<string, Remove>();

	constructor(private readonly save: () => void) {}

	/**
	 * Declares how records of a kind are removed.
	 * @param remove returns what is left of the record in words, or undefined when it is gone
	 */
	define(kind: string, remove: Remove): void {
		this.removers.set(kind, remove);
	}

	add(kind: string, id: string | number): void {
		this.open.push({ kind, id: String(id) });
		this.save();
	}

	get list(): MadeRecord[] {
		return this.open;
	}

	restore(list: MadeRecord[]): void {
		this.open.push(...list);
	}

	/** Removes what can be removed, newest first. What is left stays in the list, with its state. */
	async cleanUp(): Promise<void> {
		for (const record of [...this.open].reverse()) {
			if (record.state !== undefined) continue;
			let left: string | undefined;
			try {
				left = await this.removers.get(record.kind)?.(record.id);
			} catch (error) {
				left = `could not be removed: ${error instanceof Error ? error.message : 'unknown error'}`;
			}
			if (left === undefined) this.open.splice(this.open.indexOf(record), 1);
			else record.state = left;
			this.save();
		}
	}
}
