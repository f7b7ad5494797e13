/**
 * What polls did, read from the sandbox's journal. Two workflows are told apart by the base path that their credential uses.
 * With details, a poll's last request reads by their ids just the records that it then returns.
 */
import type { Sandbox } from '../sandbox';
import type { JournalEntry } from '../sandbox/http/journal';
import { waitFor } from './processes';

/** Items of one poll. */
export interface Returned {
	/** The number of its last request in the journal. */
	no: number;
	ids: number[];
	/** n8n was killed before this workflow polled again: whether the poll still returned, and what n8n made of it, is open. */
	isOpen: boolean;
}

export class PollHistory {
	/** Where in the journal n8n was killed. */
	readonly kills: number[] = [];

	constructor(private readonly sandbox: Sandbox) {}

	get now(): number {
		return this.sandbox.journal.entries.at(-1)?.no ?? 0;
	}

	/** Answered searches, one a poll; the search for the newest version alone, when a trigger begins, is none. */
	polls(base: string, since = 0): JournalEntry[] {
		return this.sandbox.journal
			.to('GET /invoices')
			.filter((entry) => entry.base === base && entry.no > since && entry.status === 200 && entry.query.size !== '1');
	}

	/** Requests to a workflow's base that got no good answer, after a point of the journal. */
	failures(base: string, since = 0): JournalEntry[] {
		return this.sandbox.journal.entries.filter(
			(entry) => entry.base === base && entry.no > since && entry.status !== 200,
		);
	}

	/** Polls that found something. */
	returned(base: string, since = 0): Returned[] {
		const reads = this.sandbox.journal
			.to('GET /invoices/{invoiceId}')
			.filter((entry) => entry.base === base && entry.no > since && entry.status === 200);
		return reads.map(({ no, path }) => ({
			no,
			ids: decodeURIComponent(path.split('/').at(-1) ?? '')
				.split(',')
				.map(Number),
			isOpen: this.isOpen(base, no),
		}));
	}

	/** Waits until each workflow has polled so many times from now on. */
	async nextPolls(bases: string[], count: number, limitSeconds = 120): Promise<void> {
		const since = this.now;
		await waitFor(`${count} polls of ${bases.join(' and ')}`, limitSeconds, async () =>
			bases.every((base) => this.polls(base, since).length >= count) ? true : undefined,
		);
	}

	private isOpen(base: string, no: number): boolean {
		return this.kills.some((kill) => no <= kill && !this.polls(base, no).some((poll) => poll.no <= kill));
	}
}
