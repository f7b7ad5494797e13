/** Tests the trigger at its limits, step by step, against the sandbox's own lists. */
import type { PollResponse, PollRequest, Settings, Step } from '../../../nodes/Procountor/trigger/step';
import { poll, type Outcome, type State } from '../../../nodes/Procountor/trigger/state';
import { newestVersion } from '../../../nodes/Procountor/trigger/window';
import { settingsOf, type Kind } from '../../torture/variants';
import { World } from '../../torture/world';

const ORDINARY = { local: '2026-10-01T09:00:00', second: false };
const SALES = { type: 'SALES_INVOICE' as const, status: 'UNFINISHED', late: 0, partner: 1 };

/** A trigger that keeps its state in memory. */
class Trigger {
	state: State | undefined;
	readonly told: string[] = [];
	asked: PollRequest[] = [];

	constructor(
		readonly world: World,
		private readonly settings: Settings,
	) {}

	poll(): number[] {
		this.asked = [];
		const { found, state, notes }: Outcome = driven(poll(this.state, this.settings), (request) => {
			this.asked.push(request);
			return { ...this.world.respond(request), timeIsUp: false };
		});
		this.state = JSON.parse(JSON.stringify(state)) as State;
		this.told.push(...notes.map(({ text }) => text));
		return found.map(({ record }) => Number(record.id));
	}
}

function driven<T>(step: Step<T>, response: (request: PollRequest) => PollResponse): T {
	let next = step.next();
	while (!next.done) next = step.next(response(next.value));
	return next.value;
}

function triggerOn(
	kind: Kind,
	more: { start?: Settings['start']; bounds?: Partial<Settings['bounds']>; world?: World } = {},
): Trigger {
	const world = more.world ?? new World(ORDINARY, {});
	const base = settingsOf(kind, 0, world, world.now);
	return new Trigger(world, {
		...base,
		...(more.start ? { start: more.start } : {}),
		bounds: { ...base.bounds, ...more.bounds },
	});
}

const create = (world: World, count: number, status = 'UNFINISHED'): number[] =>
	Array.from({ length: count }, () => world.create({ ...SALES, status }).id);

describe("New records at the trigger's limits", () => {
	it('are all emitted in large numbers, with one warning about the shorter overlap', () => {
		const trigger = triggerOn('created');
		trigger.poll();
		const made = create(trigger.world, 100);
		const given: number[] = [];
		for (let polls = 0; polls < 30; polls++) given.push(...trigger.poll());
		expect(given).toEqual(made);
		expect(trigger.told.filter((text) => text.includes('in a short time'))).toHaveLength(1);
	});

	it('are emitted from an old backlog without a warning', () => {
		const world = new World(ORDINARY, {});
		const made = Array.from({ length: 90 }, () => {
			world.pass(600);
			return create(world, 1)[0];
		});
		const trigger = triggerOn('created', { start: { from: 'everything' }, world });
		const given: number[] = [];
		for (let polls = 0; polls < 12; polls++) given.push(...trigger.poll());
		expect(given).toEqual(made);
		expect(trigger.told).toEqual([]);
	});

	it('are awaited as drafts far below the cursor, up to a reported limit', () => {
		const trigger = triggerOn('created', { bounds: { drafts: 2 } });
		trigger.poll();
		const [, second, third] = create(trigger.world, 3, 'EMPTY');
		for (let round = 0; round < 8; round++) {
			trigger.world.pass(9000);
			create(trigger.world, 2);
			expect(trigger.poll()).toHaveLength(2);
		}
		expect(trigger.told.some((text) => text.startsWith('More than 2 drafts are open'))).toBe(true);
		trigger.poll();
		expect(trigger.asked.map(({ ask }) => ask)).toEqual(['records', 'list']);
		for (const truth of trigger.world.truths.slice(0, 3)) trigger.world.change(truth, { status: 'UNFINISHED' }, 0);
		expect(trigger.poll()).toEqual([second, third]);
		expect(trigger.poll()).toEqual([]);
	});

	it('are no longer awaited after their draft is deleted', () => {
		const trigger = triggerOn('created');
		trigger.poll();
		create(trigger.world, 1, 'EMPTY');
		for (let round = 0; round < 6; round++) {
			trigger.world.pass(9000);
			create(trigger.world, 3);
			trigger.poll();
		}
		trigger.world.remove(trigger.world.truths[0]);
		trigger.poll();
		trigger.poll();
		expect(trigger.asked.some(({ ask }) => ask === 'records')).toBe(false);
	});

	it('are emitted only from the start date on, also if it is in the future', () => {
		const trigger = triggerOn('created', { start: { from: 'date', date: '2026-10-03T00:00:00' } });
		create(trigger.world, 2);
		expect([trigger.poll(), trigger.poll()]).toEqual([[], []]);
		trigger.world.pass(30 * 3600);
		create(trigger.world, 2);
		expect(trigger.poll()).toEqual([]);
		trigger.world.pass(12 * 3600);
		const made = create(trigger.world, 2);
		expect(trigger.poll()).toEqual(made);
		expect(trigger.poll()).toEqual([]);
	});

	it('are not missed when they become visible late across the change to summer time', () => {
		const trigger = triggerOn('created', {
			world: new World({ local: '2027-03-28T02:57:00', second: false }, {}),
			bounds: { maxItems: 100, overlap: 30, maxPages: 15 },
		});
		trigger.poll();
		create(trigger.world, 10);
		const late = trigger.world.create({ ...SALES, late: 14 * 60 }).id;
		create(trigger.world, 10);
		trigger.poll();
		// Ten minutes later, the clocks have moved forward by 70 minutes.
		trigger.world.pass(600);
		create(trigger.world, 3);
		trigger.poll();
		trigger.world.pass(300);
		expect(trigger.poll()).toEqual([late]);
	});

	it('fail if the server returns the same page again', () => {
		const settings = settingsOf('created', 2, new World(ORDINARY, {}), 0);
		const records = Array.from({ length: 4 }, (_, index) => ({
			id: index + 1,
			created: '2026-10-01T09:00:00',
			status: 'PAID',
		}));
		const response = (request: PollRequest): PollResponse => ({
			records: request.ask === 'session' ? [{ companyId: 1 }] : records,
			last: false,
			isFull: true,
			timeIsUp: false,
		});
		expect(() => driven(poll(undefined, settings), response)).toThrow('returned the same page again');
	});
});

describe("Changed records at the trigger's limits", () => {
	it('are each emitted once, with a warning if there are too many to remember', () => {
		const trigger = triggerOn('changed', { bounds: { versions: 10 } });
		trigger.poll();
		create(trigger.world, 60);
		const given: number[] = [];
		for (let polls = 0; polls < 20; polls++) given.push(...trigger.poll());
		expect([...given].sort()).toEqual(trigger.world.truths.map(({ id }) => id));
		expect(trigger.told.some((text) => text.startsWith('More than 10 records changed'))).toBe(true);
		trigger.world.pass(2);
		trigger.world.change(trigger.world.truths[5], { partner: 2 }, 0);
		for (let polls = 0; polls < 8; polls++) given.push(...trigger.poll());
		expect(given.slice(60)).toEqual([trigger.world.truths[5].id]);
	});

	it('are not emitted at a start from now, also if very many have just changed', () => {
		const world = new World(ORDINARY, {});
		create(world, 40);
		const trigger = triggerOn('changed', { world, bounds: { firstPages: 2 } });
		expect(trigger.poll()).toEqual([]);
		expect(trigger.told).toHaveLength(1);
		world.pass(2);
		world.change(world.truths[3], { partner: 2 }, 0);
		const given = [];
		for (let polls = 0; polls < 8; polls++) given.push(...trigger.poll());
		expect(given).toEqual([world.truths[3].id]);
	});

	it('are searched for the newest version, to the hour, in fewer than 26 requests', () => {
		const world = new World(ORDINARY, {});
		const settings = { ...settingsOf('changed', 0, world, world.now), canSortByVersion: false };
		let questions = 0;
		const response = (request: PollRequest): PollResponse => {
			questions++;
			return { ...world.respond(request), timeIsUp: false };
		};
		expect(driven(newestVersion(settings), response)).toBeUndefined();
		create(world, 3);
		const newest = world.truths[2].versions[0].text;
		const found = driven(newestVersion(settings), response) ?? '';
		expect(found <= newest).toBe(true);
		expect(Date.parse(`${newest}Z`) - Date.parse(`${found}Z`)).toBeLessThanOrEqual(3_600_000);
		expect(questions).toBeLessThan(26);
	});
});

describe("Status changes at the trigger's limits", () => {
	it('are not emitted for the oldest records beyond the limit, with one warning', () => {
		const trigger = triggerOn('status', { bounds: { statuses: 5 } });
		create(trigger.world, 5);
		trigger.poll();
		const [oldest] = trigger.world.truths;
		trigger.world.pass(9000);
		create(trigger.world, 3);
		trigger.poll();
		trigger.world.pass(9000);
		create(trigger.world, 1);
		trigger.poll();
		expect(trigger.told.filter((text) => text.startsWith('The statuses of the 5 newest'))).toHaveLength(1);
		trigger.world.change(oldest, { status: 'PAID' }, 0);
		trigger.world.change(trigger.world.truths[6], { status: 'PAID' }, 0);
		expect(trigger.poll()).toEqual([trigger.world.truths[6].id]);
		expect(trigger.poll()).toEqual([]);
	});

	it('are reported as incomplete if a start cannot read all statuses', () => {
		const world = new World(ORDINARY, {});
		create(world, 30);
		const trigger = triggerOn('status', { world, bounds: { firstPages: 3 } });
		trigger.poll();
		expect(trigger.told).toEqual([expect.stringContaining('There are more records than a start reads')]);
		world.change(world.truths[0], { status: 'PAID' }, 0);
		world.change(world.truths[29], { status: 'PAID' }, 0);
		const given = [];
		for (let polls = 0; polls < 8; polls++) given.push(...trigger.poll());
		expect(given).toEqual([world.truths[29].id]);
		world.change(world.truths[0], { status: 'APPROVED' }, 0);
		for (let polls = 0; polls < 8; polls++) given.push(...trigger.poll());
		expect(given.slice(1)).toEqual([world.truths[0].id]);
	});
});
