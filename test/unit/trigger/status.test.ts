/** Tests status changes step by step: the first statuses, changes, and forgotten statuses. */
import { unpackMap } from '../../../nodes/Procountor/trigger/compactIds';
import { status, type StatusMemory } from '../../../nodes/Procountor/trigger/status';
import { at, List, polled, records, settings } from './support/list';

const EVERYTHING = { from: 'everything' as const };
const SINCE = { from: 'date' as const, date: at(0) };
const run = (memory: StatusMemory | undefined, list: List, more: Parameters<typeof settings>[0] = {}) =>
	polled(status, memory, settings({ strategy: 'status', ...more }), list);
const knownIn = ({ statuses, names }: StatusMemory): Record<string, string> =>
	Object.fromEntries([...unpackMap(statuses)].map(([id, number]) => [id, names[number]]));
const changes = ({ progress }: ReturnType<typeof run>): unknown[] =>
	progress.found.map(({ record, extraFields }) => [record.id, extraFields?.previousStatus, extraFields?.status]);

describe('Status changes: start from now', () => {
	it('remembers the statuses of all records, beginning with the newest', () => {
		const list = new List(records(5, 0));
		const { memory, ids, told } = run(undefined, list);
		expect(list.pages).toEqual(['undefined 0 2', 'DESC 0 4', 'DESC 2 4', 'DESC 1 4']);
		expect([ids, told]).toEqual([[], []]);
		expect(memory).toMatchObject({ mark: at(0), names: ['', 'PAID'], unknownTo: 5 });
		expect(memory).not.toHaveProperty('full');
		expect(memory).not.toHaveProperty('floor');
		expect(knownIn(memory)).toEqual({ 1: 'PAID', 2: 'PAID', 3: 'PAID', 4: 'PAID', 5: 'PAID' });
	});

	it('stops if the list proves its end', () => {
		const list = new List(records(3, 0), { tellsTotal: true });
		run(undefined, list);
		expect(list.pages).toEqual(['undefined 0 2', 'DESC 0 4']);
	});

	it.each([
		['after the page limit for all parts', { bounds: { statuses: 100 } }, {}, 9],
		['when its time is up', { bounds: { statuses: 100, firstPages: 50 } }, { timeIsUpAt: 3 }, 13],
		['after fewer pages of each of two parts', { bounds: { statuses: 100 }, parts: [{}, {}] }, {}, 13],
	])('logs which statuses are unknown if it stops %s', (_, more, options, lowest) => {
		const { told } = run(undefined, new List(records(20, 0), options), more);
		expect(new Set(told)).toEqual(
			new Set([
				`warn: There are more records than a start reads: of those with an ID below ${lowest}, the first change of status is not noticed`,
			]),
		);
	});

	it('remembers the time if it sees no records or the only record disappears', () => {
		expect(run(undefined, new List([])).memory).toMatchObject({ floor: at(0), since: at(0), unknownTo: 0 });
		const list = new List(records(1, 0).map((one) => ({ ...one, version: at(9) })));
		const respond = list.respond.bind(list);
		list.respond = (request) => {
			const response = respond(request);
			list.records = [];
			return response;
		};
		expect(run(undefined, list).memory).toMatchObject({ mark: at(9), floor: at(9), since: at(9) });
	});

	it('warns once if it cannot remember all statuses', () => {
		const list = new List(records(7, 0));
		const first = run(undefined, list);
		expect(first.told).toEqual([
			'warn: The statuses of the 5 newest records are remembered: of older ones, the next change of status is not noticed',
		]);
		expect(first.memory.full).toBe(true);
		expect(Object.keys(knownIn(first.memory))).toEqual(['3', '4', '5', '6', '7']);
		const second = run(first.memory, list);
		expect([second.told, second.memory.full]).toEqual([[], true]);
		const five = run(undefined, new List(records(5, 0)));
		expect([five.told, five.memory.full]).toEqual([[], undefined]);
	});
});

describe('Status changes: start from everything or a date', () => {
	it('emits each record with its status', () => {
		const { memory, ...rest } = run(undefined, new List(records(2, 0)), { start: EVERYTHING });
		expect(changes({ memory, ...rest })).toEqual([
			[1, null, 'PAID'],
			[2, null, 'PAID'],
		]);
		expect(memory).toMatchObject({ mark: at(0), unknownTo: 0 });
	});

	it('remembers the status that it emitted first', () => {
		const list = new List(records(1, 0));
		const { memory } = run(undefined, list, { start: EVERYTHING });
		list.records = [{ ...list.records[0], status: 'APPROVED', version: at(5) }];
		expect(changes(run(memory, list, { start: EVERYTHING }))).toEqual([[1, 'PAID', 'APPROVED']]);
	});

	it('emits changes from the date on, including that date', () => {
		const list = new List(records(3, 60).map((one) => ({ ...one, version: at(60 * (Number(one.id) - 2)) })));
		const found = run(undefined, list, { start: SINCE });
		expect(changes(found)).toEqual([
			[2, null, 'PAID'],
			[3, null, 'PAID'],
		]);
		expect(found.memory).not.toHaveProperty('floor');
		expect(list.asked.at(-1)).toMatchObject({ query: { versionStartDate: '2026-10-01T08:59:59' } });
	});

	it('continues from the newest version at its beginning and remembers which statuses it forgot', () => {
		const list = new List(records(9, 0).map((one) => (one.id === 9 ? { ...one, version: at(9) } : one)));
		const respond = list.respond.bind(list);
		list.respond = (request) => {
			const response = respond(request);
			list.records = list.records.slice(0, 8);
			return response;
		};
		const { memory } = run(undefined, list, { start: EVERYTHING });
		expect(memory).toMatchObject({ mark: at(9), unknownTo: 3 });
		expect(Object.keys(knownIn(memory))).toEqual(['4', '5', '6', '7', '8']);
	});

	it('begins at the date if it sees no records', () => {
		const { memory } = run(undefined, new List([]), { start: SINCE });
		expect(memory.floor).toBe(at(0));
		expect(memory).not.toHaveProperty('since');
	});
});

describe('Status changes: poll', () => {
	const list = new List(records(4, 0));
	const begun = (): StatusMemory => run(undefined, new List(records(4, 0))).memory;
	const set = (id: number, to: string | undefined): void => {
		list.records = list.records.map((one) => (one.id === id ? { ...one, status: to, version: at(1) } : one));
	};
	beforeEach(() => void (list.records = records(4, 0)));

	it('emits a change with the previous status and remembers the new one', () => {
		set(2, 'SENT');
		const { memory, ...rest } = run(begun(), list);
		expect(changes({ memory, ...rest })).toEqual([[2, 'PAID', 'SENT']]);
		expect(knownIn(memory)[2]).toBe('SENT');
		expect(run(memory, list).ids).toEqual([]);
	});

	it('emits only the chosen statuses, but remembers all', () => {
		set(1, 'SENT');
		set(2, 'APPROVED');
		set(3, 'EMPTY');
		set(4, undefined);
		const { memory, ...rest } = run(begun(), list, { targets: ['APPROVED', 'EMPTY'] });
		expect(changes({ memory, ...rest })).toEqual([[2, 'PAID', 'APPROVED']]);
		expect(knownIn(memory)).toEqual({ 1: 'SENT', 2: 'APPROVED', 3: 'EMPTY', 4: 'PAID' });
	});

	it('requests details ahead only for the records that it emits', () => {
		const more = records(8, 0).map((one) => ({
			...one,
			status: Number(one.id) % 2 ? 'SENT' : 'EMPTY',
			version: at(1),
		}));
		list.records = more;
		run(begun(), list, { targets: ['SENT'] });
		expect(list.asked.map((request) => 'ahead' in request && request.ahead)).toEqual([
			{},
			{ ids: [1, 3] },
			{ ids: [5, 7] },
		]);
	});

	it('requests no details ahead for unknown or unchanged statuses', () => {
		list.records = records(8, 0);
		const { statuses, names } = begun();
		run({ names, statuses, unknownTo: 6, mark: at(0) }, list);
		expect(list.asked.map((request) => 'ahead' in request && request.ahead)).toEqual([
			{},
			{ ids: [] },
			{ ids: [7, 8] },
		]);
	});

	it('treats a record of unknown status as new only above the known IDs', () => {
		const memory: StatusMemory = { names: [''], statuses: '', unknownTo: 2, mark: at(0) };
		expect(changes(run(memory, list))).toEqual([
			[3, null, 'PAID'],
			[4, null, 'PAID'],
		]);
	});

	it('ignores records older than a start that saw no records', () => {
		const memory: StatusMemory = { names: [''], statuses: '', unknownTo: 0, floor: at(0), since: at(0) };
		list.records = [
			{ id: 1, status: 'PAID', created: at(-1), version: at(1) },
			{ id: 2, status: 'PAID', created: at(1), version: at(-1) },
			{ id: 3, status: 'PAID', created: at(0), version: at(0) },
		];
		const respond = list.respond.bind(list);
		const open = new List(list.records);
		open.respond = (request) =>
			respond(
				request.ask === 'list' ? { ...request, query: { ...request.query, versionStartDate: undefined } } : request,
			);
		const found = run(memory, open);
		expect(changes(found)).toEqual([[3, null, 'PAID']]);
		expect(found.memory).toMatchObject({ floor: at(0), since: at(0) });
	});

	it('emits no more records than its limit, and the rest in the next poll', () => {
		for (const id of [1, 2, 3]) set(id, 'SENT');
		const first = run(begun(), list, { bounds: { maxItems: 2 } });
		expect(first.ids).toEqual([1, 2]);
		expect(run(first.memory, list, { bounds: { maxItems: 2 } }).ids).toEqual([3]);
	});

	it('emits only the records that match the filters', () => {
		set(1, 'SENT');
		set(2, 'APPROVED');
		const allFilters = { query: { status: 'APPROVED' }, headers: { a: 'b' } };
		const found = run(begun(), list, { allFilters });
		expect(found.ids).toEqual([2]);
		expect(list.asked.at(-1)).toMatchObject({
			query: { status: 'APPROVED', previousId: undefined },
			headers: { a: 'b' },
		});
	});
});
