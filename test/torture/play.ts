/** Plays one history against a trigger, and holds every poll against the promise. */
import type { Action, Command, History, PollCommand } from './history';
import { N8n, type Algorithm, type Polled } from './n8n';
import type { Settings } from '../../nodes/Procountor/trigger/step';
import { Broken, checkChanged, checkCreated, checkStatus, Epoch, isAtEnd, type Watch } from './promise';
import { settingsOf, type Kind } from './variants';
import { World } from './world';

/** What a history came to, for the figures. */
export interface Tally {
	polls: number;
	requests: number;
	items: number;
	/** The largest memory that n8n was given, in bytes. */
	bytes: number;
}

const DRAIN: Omit<PollCommand, 'do'> = {
	meanwhile: [],
	pauses: [0],
	failsAt: undefined,
	enoughAfter: undefined,
	fate: 'normal',
};

/** @throws Broken when the trigger did not keep its promise, and whatever it throws itself */
export function play(kind: Kind, { setup, commands }: History, algorithm: Algorithm): Tally {
	const run = new Run(kind, setup, algorithm);
	for (const command of commands) run.carryOut(command);
	run.drain();
	return run.tally;
}

class Run {
	readonly tally: Tally = { polls: 0, requests: 0, items: 0, bytes: 0 };
	private readonly world: World;
	private readonly n8n: N8n;
	private readonly began: number;
	private variant: number;
	private account = 'one login';
	/** What belongs to each state that the trigger gave, so that it comes and goes with the state. */
	private readonly kept = new Map<string, { epoch: Epoch; watch: Watch }>();
	private last: Polled | undefined;

	constructor(
		private readonly kind: Kind,
		{ start, switches, pages, before, beforeApart, variant, mayRead, durable }: History['setup'],
		algorithm: Algorithm,
	) {
		this.world = new World(start, switches, pages);
		this.began = this.world.now;
		this.world.clock.set(this.began - before.length * beforeApart * 1000 - 1000);
		for (const making of before) {
			this.act(making);
			this.world.pass(beforeApart);
		}
		this.world.clock.set(Math.max(this.began, this.world.now));
		this.world.mayRead = mayRead;
		this.n8n = new N8n(this.world, algorithm, durable);
		this.variant = variant;
	}

	private get settings(): Settings {
		return { ...settingsOf(this.kind, this.variant, this.world, this.began), account: this.account };
	}

	carryOut(command: Command): void {
		if (command.do === 'restart') this.n8n.restart();
		else if (command.do === 'settings') {
			this.variant = command.variant;
			this.n8n.restart();
		} else if (command.do === 'account') this.account = command.name;
		else if (command.do === 'rights') this.world.mayRead = command.mayRead;
		else if (command.do === 'poll') this.poll(command);
		else this.act(command);
	}

	/** Polls until all is quiet: what was late shows, and list and window have been read to their end some times without a find. */
	drain(): void {
		this.world.mayRead = true;
		this.world.pass(1000);
		for (let quiet = 0, polls = 0; quiet < 3; polls++) {
			if (polls > 400) throw new Broken('the trigger does not come to an end');
			this.world.pass(60);
			const items = this.tally.items;
			this.poll(DRAIN);
			if (this.tally.items > items) quiet = 0;
			else if (this.last && isAtEnd(this.last, this.settings)) quiet++;
		}
	}

	private act(action: Action): void {
		if (action.do === 'clock') this.world.wrong = action.wrong * 1000;
		else if (action.do === 'pass') this.world.pass(action.seconds);
		else if (action.do === 'create')
			for (let count = 0; count < action.count; count++)
				this.world.create({ ...action, late: count === 0 ? action.late : 0 });
		else {
			const truth = this.world.truths[action.which % this.world.truths.length];
			if (truth && action.do === 'change')
				this.world.change(
					truth,
					{
						...(action.status ? { status: action.status } : {}),
						...(action.partner ? { partner: action.partner } : {}),
					},
					action.late,
				);
			else if (truth) this.world.remove(truth);
		}
	}

	private poll(command: Omit<Extract<Command, { do: 'poll' }>, 'do'>): void {
		const { settings } = this;
		const polls = this.n8n.tick(settings, command, (count) => {
			for (const { after, action } of command.meanwhile) if (after === count) this.act(action);
		});
		for (const polled of polls) {
			this.count(polled);
			this.check(settings, polled);
			this.last = polled;
		}
	}

	private count({ asked, found, after }: Polled): void {
		this.tally.polls++;
		this.tally.requests += asked.length;
		this.tally.items += found.length;
		this.tally.bytes = Math.max(this.tally.bytes, JSON.stringify(after).length);
	}

	private check(settings: Settings, polled: Polled): void {
		const { before, after, began, ended } = polled;
		const [old, now] = [before?.belongsTo, after.belongsTo];
		const known = this.kept.get(JSON.stringify(before));
		const isStart =
			known === undefined || before?.memory === undefined || old?.search !== now.search || old.start !== now.start;
		const isFlood = before?.memory !== undefined && old?.start === now.start;
		const epoch = isStart
			? new Epoch(isFlood ? { ...settings, start: { from: 'now' } } : settings, began, ended)
			: known.epoch;
		epoch.note(settings, polled, isStart);
		const checked = { world: this.world, settings, epoch, polled };
		let watch: Watch = isStart ? { statuses: new Map(), top: 0 } : known.watch;
		if (settings.strategy === 'created') checkCreated(checked);
		else if (settings.strategy === 'changed') checkChanged(checked);
		else watch = checkStatus(checked, watch, isStart);
		this.kept.set(JSON.stringify(after), { epoch, watch });
	}
}
