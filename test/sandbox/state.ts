import { answersOfEnvironment } from './answers';
import { Clock, type ClockOptions } from './clock';
import { Auth } from './http/auth';
import { Contract } from './http/contract';
import { Faults } from './http/faults';
import { Journal } from './http/journal';
import { defaultSwitches, setSwitches, type Switches } from './switches';
import { fillDemo } from './world/demo';
import { World } from './world/world';

export interface SandboxOptions {
	/** Port on 127.0.0.1; 0 (the default) takes a free one. */
	port?: number;
	clock?: ClockOptions;
	switches?: Partial<Switches>;
	/** Check every answer against the contract, and answer 500 where one does not fit. For tests: it costs time. */
	checkAnswers?: boolean;
	/** Answer every operation with a sample of its schema's form, and keep nothing: for runs through the whole contract. */
	samplesOnly?: boolean;
	/** Versions that a numbered path may name, each with the day on which it closes. */
	versions?: Record<string, string>;
	/** Time in milliseconds by which requests are counted against the limit; this machine's if left out. */
	limitClock?: () => number;
	/** How many requests the journal keeps. */
	journalLimit?: number;
}

/** Published versions and the days on which they close, nine months later (docs/procountor.md#versions). */
const VERSIONS: Record<string, string> = {
	v2507: '2026-04-15',
	v2510: '2026-07-15',
	v2601: '2026-10-15',
	v2602: '2026-11-15',
	v2603: '2026-12-15',
	v2604: '2027-01-15',
};

/** All that a running sandbox is made of, but for HTTP. */
export class SandboxState {
	readonly switches: Switches = defaultSwitches();
	readonly clock: Clock;
	readonly faults: Faults;
	readonly journal: Journal;
	readonly versions: Record<string, string>;
	/** What went wrong inside the sandbox itself: empty in a good run. */
	readonly problems: string[] = [];
	contract!: Contract;
	world!: World;
	auth!: Auth;

	private constructor(readonly options: SandboxOptions) {
		this.clock = new Clock(options.clock ?? {}, this.switches);
		this.faults = new Faults(options.limitClock);
		this.journal = new Journal(options.journalLimit);
		this.versions = options.versions ?? VERSIONS;
	}

	static async create(options: SandboxOptions): Promise<SandboxState> {
		const state = new SandboxState(options);
		state.contract = await Contract.load(state.switches);
		state.reset();
		return state;
	}

	/** Everything as at the start: demo companies, default switches, answers and those of the options, no faults, empty journal. */
	reset(): void {
		Object.assign(this.switches, defaultSwitches());
		setSwitches(this.switches, answersOfEnvironment());
		setSwitches(this.switches, this.options.switches ?? {});
		this.clock.set(this.options.clock?.start ?? '2026-10-01T09:00:00');
		this.clock.flowing = this.options.clock?.flowing ?? false;
		this.clock.tickMs = this.options.clock?.tickMs ?? 1000;
		this.faults.clear();
		this.journal.clear();
		this.problems.length = 0;
		this.world = new World(this);
		fillDemo(this.world);
		this.auth = new Auth(this.world, this.clock, this.switches);
	}
}
