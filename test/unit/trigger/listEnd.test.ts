/** Tests where the trigger's lists end: capped pages, hidden rows, and the number of requests. */
import type { PollRequest } from '../../../nodes/Procountor/trigger/step';
import { poll, type State } from '../../../nodes/Procountor/trigger/state';
import { settingsOf, type Kind } from '../../torture/variants';
import { World, type Pages } from '../../torture/world';
import type { Switches } from '../../sandbox/switches';

const ORDINARY = { local: '2026-10-01T09:00:00', second: false };
const WHOLE: Pages = { cap: 200, tellsSize: true, hidden: 0 };

/** A trigger with the usual limits, except for the page size and the limits that long histories need. */
function watch(kind: Kind, pages: Pages, switches: Partial<Switches> = {}) {
	const world = new World(ORDINARY, switches, pages);
	const base = settingsOf(kind, 0, world, world.now);
	const settings = {
		...base,
		bounds: { ...base.bounds, pageSize: 12, maxPages: 60, margin: 3, overlap: 100, maxItems: 100 },
	};
	let state: State | undefined;
	let asked: PollRequest[] = [];
	return {
		world,
		create: (count: number): number[] =>
			Array.from(
				{ length: count },
				() => world.create({ type: 'SALES_INVOICE', status: 'UNFINISHED', late: 0, partner: 1 }).id,
			),
		requests: () => asked.length,
		poll(): number[] {
			asked = [];
			const step = poll(state, settings);
			let next = step.next();
			while (!next.done) {
				asked.push(next.value);
				next = step.next({ ...world.respond(next.value), timeIsUp: false });
			}
			state = JSON.parse(JSON.stringify(next.value.state)) as State;
			return next.value.found.map(({ record }) => Number(record.id)).sort((a, b) => a - b);
		},
	};
}

describe.each(['created', 'createdWithoutTimes', 'changed', 'status'] as const)('List of %s records', (kind) => {
	it.each([
		['whole pages', WHOLE],
		['capped pages', { ...WHOLE, cap: 5 }],
		['capped pages of unreported size', { cap: 5, tellsSize: false, hidden: 0 }],
		['pages of one record', { cap: 1, tellsSize: false, hidden: 0 }],
		['pages with hidden rows', { ...WHOLE, hidden: 11 }],
		['capped pages with hidden rows', { cap: 5, tellsSize: false, hidden: 4 }],
	])('is read to its end with %s', (_, pages) => {
		for (const totalCount of ['exact', 'absent'] as const) {
			const trigger = watch(kind, pages, { totalCount });
			trigger.create(24);
			trigger.world.pass(86_400);
			trigger.poll();
			const made = trigger.create(4);
			expect(trigger.poll()).toEqual(made);
			const more = trigger.create(26);
			const given: number[] = [];
			for (let polls = 0; polls < 6; polls++) given.push(...trigger.poll());
			expect(given.sort((a, b) => a - b)).toEqual(more);
		}
	});

	it.each([
		['the total of the list', 'exact', 1],
		['the total of the page', 'pageOnly', 1],
		['no total', 'absent', kind === 'created' || kind === 'createdWithoutTimes' ? 1 : 2],
	] as const)('needs few requests if nothing is new and the server reports %s', (_, totalCount, requests) => {
		const trigger = watch(kind, WHOLE, { totalCount });
		trigger.create(24);
		trigger.world.pass(86_400);
		trigger.poll();
		trigger.create(3);
		trigger.poll();
		expect(trigger.poll()).toEqual([]);
		expect(trigger.requests()).toBe(requests);
	});
});

describe('Start with only hidden rows at the top', () => {
	it.each(['created', 'changed', 'status'] as const)('emits no existing records for %s events', (kind) => {
		const trigger = watch(kind, { ...WHOLE, hidden: 11 });
		trigger.create(24);
		for (const truth of trigger.world.truths.slice(-3)) trigger.world.remove(truth);
		trigger.world.pass(86_400);
		expect([trigger.poll(), trigger.poll(), trigger.poll()]).toEqual([[], [], []]);
		const made = trigger.create(2);
		expect(trigger.poll()).toEqual(made);
	});
});
