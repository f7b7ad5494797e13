/** n8n around the trigger: what it keeps between polls, what it stores, what a restart brings back. */
import type { PollResponse, Found, Note, PollRequest, Settings, Step } from '../../nodes/Procountor/trigger/step';
import type { Outcome, State } from '../../nodes/Procountor/trigger/state';
import type { PollCommand } from './history';
import type { World } from './world';

/** The trigger's own code: as it ships, or broken on purpose. */
export interface Algorithm {
	poll(state: State | undefined, settings: Settings): Step<Outcome>;
	readState(stored: unknown): State | undefined;
	beginPoll(trigger: string): boolean;
	endPoll(trigger: string): void;
}

/** One answered request of a poll. */
export interface Asked {
	request: PollRequest;
	response: PollResponse;
}

/** A poll that came to its end, and whose items n8n took. */
export interface Polled {
	/** The server's clock at its first request, and behind its last. */
	began: number;
	ended: number;
	asked: Asked[];
	found: Found[];
	notes: Note[];
	before: State | undefined;
	after: State;
	/** The key was allowed to see the records; rights do not change in the midst of a poll. */
	mayRead: boolean;
	/** n8n stored what the trigger remembers. */
	stored: boolean;
}

/** Answers at once what a request says will be asked next, so that a poll gets pages that are older than its question. */
class Ahead {
	private readonly pages = new Map<string, Omit<PollResponse, 'timeIsUp'>>();

	constructor(private readonly world: World) {}

	respond(request: PollRequest): Omit<PollResponse, 'timeIsUp'> {
		const key = keyOf(request);
		const response = this.pages.get(key) ?? this.world.respond(request);
		if ('ahead' in request && request.ahead?.page) this.fetch(request.ahead.page);
		this.pages.delete(key);
		return response;
	}

	private fetch(page: PollRequest): void {
		if (!this.pages.has(keyOf(page))) this.pages.set(keyOf(page), this.respond(page));
	}
}

const keyOf = (request: PollRequest): string => JSON.stringify({ ...request, ahead: undefined });

let triggers = 0;

export class N8n {
	private readonly name = `trigger ${++triggers}`;
	private stored = '{}';
	private memory: { state?: unknown } = {};
	private isActivation = true;

	constructor(
		private readonly world: World,
		private readonly algorithm: Algorithm,
		private readonly durable: boolean,
	) {}

	/** Ends n8n and starts it again, or saves the workflow again: what was not stored is gone. */
	restart(): void {
		this.memory = JSON.parse(this.stored) as { state?: unknown };
		this.isActivation = true;
		this.algorithm.endPoll(this.name);
	}

	/** One tick, with those that it lets in while it is under way: the polls whose items n8n took, none that failed or were killed. */
	tick(settings: Settings, command: Omit<PollCommand, 'do'>, meanwhile: (count: number) => void): Polled[] {
		const polls: Polled[] = [];
		if (!this.algorithm.beginPoll(this.name)) return polls;
		const began = this.world.now;
		const asked: Asked[] = [];
		const before = this.algorithm.readState(this.memory.state);
		const frozen = JSON.stringify(before);
		const step = this.algorithm.poll(before, settings);
		const ahead = new Ahead(this.world);
		let next = step.next();
		while (!next.done) {
			this.world.pass(command.pauses[asked.length % command.pauses.length]);
			if (command.failsAt === asked.length + 1) {
				this.algorithm.endPoll(this.name);
				return polls;
			}
			const response = {
				...ahead.respond(next.value),
				timeIsUp: asked.length + 1 >= (command.enoughAfter ?? Infinity),
			};
			asked.push({ request: next.value, response });
			meanwhile(asked.length);
			if (command.fate === 'overlapped' && asked.length === 1)
				polls.push(...this.tick(settings, { ...command, fate: 'normal' }, () => undefined));
			next = step.next(response);
		}
		if (JSON.stringify(before) !== frozen) throw new Error('The poll has changed the memory that it was given');
		this.algorithm.endPoll(this.name);
		if (command.fate === 'killed') {
			this.restart();
			return polls;
		}
		const { found, state, notes } = next.value;
		polls.push({
			began,
			ended: this.world.now,
			asked,
			found,
			notes,
			before,
			after: state,
			mayRead: this.world.mayRead,
			stored: this.take(state, found.length > 0),
		});
		return polls;
	}

	/** Takes over what the poll gave, and stores it by n8n's rules. */
	private take(state: State, isEmitting: boolean): boolean {
		this.memory = { state };
		const stores = isEmitting || (this.durable ? !this.isActivation : this.isActivation);
		this.isActivation = false;
		if (stores) this.stored = JSON.stringify(this.memory);
		// What n8n gives back has gone through JSON, whether it was stored or not.
		this.memory = JSON.parse(JSON.stringify(this.memory)) as { state?: unknown };
		return stores;
	}
}
