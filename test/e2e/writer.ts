/** Somebody who works in Procountor behind the API's back, and remembers what a trigger owes for it. */
import type { Sandbox } from '../sandbox';

export class Writer {
	/** Ids that New Invoice owes. */
	readonly created: number[] = [];
	private readonly versions: string[] = [];
	/** The last version of each record that was written since polls last looked: of these, polls can see no other. */
	private readonly unseen = new Map<number, string>();
	/** What the round before wrote: a record that changes while a poll reads its details would show a version too new. */
	private resting = new Set<number>();
	private readonly invoices: number[] = [];
	private readonly drafts: number[] = [];
	private turn = 0;

	constructor(private readonly sandbox: Sandbox) {}

	/** Invoices that are there before the triggers, and owed to nobody until they change. */
	prepare(count: number): void {
		for (let index = 0; index < count; index++) this.invoices.push(this.sandbox.backdoor.addInvoice().id);
	}

	create(): number {
		const { id, version } = this.sandbox.backdoor.addInvoice();
		this.isReal(id, version);
		return id;
	}

	/** Opens an invoice that is none yet. */
	draft(): void {
		this.drafts.push(this.sandbox.backdoor.addInvoice({}, { status: 'EMPTY' }).id);
	}

	/** Saves the oldest draft, if there is one. */
	save(): void {
		const id = this.drafts.shift();
		if (id !== undefined) this.isReal(id, this.put(id, { status: 'UNFINISHED' }));
	}

	/** Changes an invoice, another one each time; `times` versions of which only the last can be seen by who looks later. */
	change(times = 1): void {
		const free = this.invoices.filter((id) => !this.unseen.has(id) && !this.resting.has(id));
		const id = free[this.turn++ % free.length];
		for (let time = 0; time < times; time++)
			this.unseen.set(id, key(id, this.put(id, { notes: `Muutos ${this.turn}.${time}` })));
	}

	/** To be called when polls have looked since the last write: what stands now is owed. */
	isSeen(): void {
		this.versions.push(...this.unseen.values());
		this.resting = new Set(this.unseen.keys());
		this.unseen.clear();
	}

	/** What Invoice Updated owes: each record's versions that polls could see, as `id version`. */
	get changed(): string[] {
		return [...this.versions, ...this.unseen.values()];
	}

	private isReal(id: number, version: string | number): void {
		this.created.push(id);
		this.invoices.push(id);
		this.unseen.set(id, key(id, typeof version === 'number' ? this.sandbox.clock.text(version) : version));
	}

	private put(id: number, changes: object): string {
		return this.sandbox.clock.text(this.sandbox.backdoor.change('invoices', id, { ...changes }).version);
	}
}

/** A version of a record, for comparison. */
export const key = (id: number, version: string): string => `${id} ${version}`;
