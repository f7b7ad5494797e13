/** Tests new records step by step: what each poll requests, emits, and remembers. */
import { created, type CreatedMemory } from '../../../nodes/Procountor/trigger/created';
import type { ListRequest, Settings } from '../../../nodes/Procountor/trigger/step';
import { at, List, polled, records, seenIn, settings, type ListOptions } from './support/list';

const EVERYTHING = { from: 'everything' as const };
const memoryWith = (more: Partial<CreatedMemory>): CreatedMemory => ({ cursor: 0, seen: '', drafts: [], ...more });
const inParts = { parts: [{ types: 'A' }, { types: 'B' }] };
const aheadOf = (list: List): unknown[] => list.asked.map((request) => 'ahead' in request && request.ahead);

describe('New records: start from now', () => {
	const started = (list: List, more: Parameters<typeof settings>[0] = {}) =>
		polled(created, undefined, settings(more), list);

	it('counts the newest page as handled and ignores older records', () => {
		const list = new List(records(10, 0));
		const { ids, progress, memory } = started(list);
		expect(ids).toEqual([]);
		expect(progress.notes).toEqual([]);
		expect(memory).toEqual({ cursor: 6, seen: expect.any(String), drafts: [], newest: at(0) });
		expect(seenIn(memory)).toEqual([7, 8, 9, 10]);
		expect(list.pages).toEqual(['DESC 0 4']);
	});

	it.each<[string, ListOptions, string[], number]>([
		['continues after a short page', { cap: 2 }, ['DESC 0 4', 'DESC 9 4'], 6],
		['reads no more pages than a poll allows', { cap: 1 }, ['DESC 0 4', 'DESC 10 4', 'DESC 9 4'], 7],
	])('%s', (_, options, pages, cursor) => {
		const list = new List(records(10, 0), options);
		const { memory } = started(list);
		expect(list.pages).toEqual(pages);
		expect(memory.cursor).toBe(cursor);
		expect(seenIn(memory)).toEqual(Array.from({ length: 10 - cursor }, (_none, index) => cursor + index + 1));
	});

	it('ends at an empty page, or if a total proves the end', () => {
		const list = new List(records(3, 0));
		expect(started(list).memory.cursor).toBe(0);
		expect(list.pages).toEqual(['DESC 0 4', 'DESC 1 4']);
		const told = new List(records(3, 0), { tellsTotal: true });
		expect(seenIn(started(told).memory)).toEqual([1, 2, 3]);
		expect(told.pages).toEqual(['DESC 0 4']);
	});

	it('reads each part and ignores rows up to the highest ID at which a part stopped', () => {
		const list = new List(records(12, 0).map((one, index) => ({ ...one, type: index < 5 ? 'A' : 'B' })));
		const { memory } = started(list, inParts);
		expect(list.pages).toEqual(['DESC 0 4', 'DESC 0 4']);
		expect(memory.cursor).toBe(8);
		expect(seenIn(memory)).toEqual([9, 10, 11, 12]);
	});

	it('ignores rows up to that ID when it places the cursor', () => {
		const part = (type: string, ...of: number[]) =>
			of.map((id) => ({ id, type, status: 'PAID', created: at(id * 120), version: at(id * 120) }));
		const list = new List([...part('A', 1, 2, 3, 4, 5), ...part('B', 6, 7, 8, 9, 10, 11, 12)]);
		expect(started(list, { ...inParts, bounds: { margin: 5 } }).memory.cursor).toBe(8);
		const young = [...part('A', 1, 2, 3, 8), ...part('B', 9, 10, 11, 12)].map((one) => ({ ...one, created: at(0) }));
		expect(started(new List(young), { ...inParts, bounds: { overlap: 4 } }).memory.short).toBeUndefined();
	});

	it('puts the cursor after the old records of the newest page', () => {
		const { memory } = started(new List(records(10, 120)));
		expect([memory.cursor, seenIn(memory)]).toEqual([8, [9, 10]]);
	});

	it('waits for drafts among the newest records', () => {
		const list = new List(records(4, 0).map((one) => (one.id === 3 ? { ...one, status: 'EMPTY' } : one)));
		const { memory } = started(list);
		expect(seenIn(memory)).toEqual([1, 2, 4]);
	});

	it('remembers the time only if it sees no records', () => {
		expect(started(new List([])).memory).toEqual({ cursor: 0, seen: '', drafts: [], since: at(0) });
		expect(started(new List(records(1, 0))).memory.since).toBeUndefined();
	});
});

describe('New records: start from a date', () => {
	const date = at(8 * 60);
	const hourly = records(10, 60);
	const from = (more: Partial<Settings> = {}) => settings({ start: { from: 'date', date }, ...more });

	it('finds the first ID from the records created well before the date', () => {
		const list = new List(hourly);
		const { ids, memory } = polled(created, undefined, from(), list);
		expect(list.asked[0]).toMatchObject({ query: { orderById: 'DESC', createdEndDate: '2026-10-01T15:39:59' } });
		expect(ids).toEqual([9, 10]);
		expect(memory.since).toBe(date);
		// Seven hours before the end, minus the two records that are always read again.
		expect(list.pages.slice(1)).toEqual(['DESC 0 2', 'ASC 5 4', 'ASC 9 4']);
	});

	it('uses the day before if the list supports only days', () => {
		const list = new List(hourly);
		polled(created, undefined, from({ createdUntil: { parameter: 'createdEndDate', day: true } }), list);
		expect(list.asked[0]).toMatchObject({ query: { createdEndDate: '2026-09-30' } });
		expect(list.pages.slice(1, 3)).toEqual(['DESC 0 2', 'ASC 0 4']);
	});

	it('uses the highest ID of all parts, and at least 0', () => {
		const split = new List(hourly.map((one) => ({ ...one, type: Number(one.id) <= 2 ? 'B' : 'A' })));
		polled(created, undefined, from(inParts), split);
		expect(split.pages.slice(2, 4)).toEqual(['DESC 0 2', 'ASC 5 4']);
		const early = new List(hourly);
		polled(created, undefined, from({ start: { from: 'date', date: at(90) } }), early);
		expect(early.pages.slice(1, 3)).toEqual(['DESC 0 2', 'ASC 0 4']);
	});

	it('fails for a list without a search by time', () => {
		const run = (): unknown => polled(created, undefined, from({ createdUntil: undefined }), new List(hourly));
		expect(run).toThrow('test cannot start from a date');
	});

	it('reads everything if no date is set', () => {
		const list = new List(records(2, 0));
		expect(polled(created, undefined, settings({ start: EVERYTHING }), list).ids).toEqual([1, 2]);
	});
});

describe('New records: backlog', () => {
	it('is read in several polls that request the first page ahead', () => {
		const list = new List(records(40, 60));
		const all = settings({ start: EVERYTHING, bounds: { maxItems: 10 } });
		const first = polled(created, undefined, all, list);
		expect(first.ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		expect(list.pages).toEqual(['DESC 0 2', 'ASC 0 4', 'ASC 4 4', 'ASC 8 4']);
		expect(aheadOf(list)).toEqual([undefined, {}, { ids: [1, 2, 3, 4] }, { ids: [5, 6, 7, 8] }]);
		expect(first.memory).toEqual({
			cursor: 8,
			seen: expect.any(String),
			drafts: [],
			newest: at(39 * 60),
			behind: true,
		});
		expect(seenIn(first.memory)).toEqual([9, 10]);
		const second = polled(created, first.memory, all, list);
		expect(second.ids).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
		expect(list.pages).toEqual(['DESC 0 4', 'ASC 8 4', 'ASC 12 4', 'ASC 16 4']);
		expect(aheadOf(list)).toEqual([
			{ page: expect.objectContaining({ query: { orderById: 'ASC', previousId: 8, size: 4 } }) },
			{},
			{ ids: [11, 12] },
			{ ids: [13, 14, 15, 16] },
		]);
	});

	it('counts as unfinished while pages or items are cut, but not at its end', () => {
		const list = new List(records(14, 60));
		const cut = polled(created, undefined, settings({ start: EVERYTHING }), list);
		expect([cut.ids.length, cut.memory.behind]).toEqual([12, true]);
		const end = polled(created, cut.memory, settings({ start: EVERYTHING }), list);
		expect([end.ids, end.memory.behind]).toEqual([[13, 14], undefined]);
	});

	it('requests details ahead for no more records than a poll emits', () => {
		const list = new List(records(40, 60));
		polled(created, undefined, settings({ start: EVERYTHING, bounds: { maxItems: 6 } }), list);
		expect(aheadOf(list)).toEqual([undefined, {}, { ids: [1, 2, 3, 4] }, { ids: [5, 6] }]);
	});

	it('requests no details ahead if filters or parts decide later', () => {
		const list = new List(records(40, 60, { type: 'A' }));
		polled(created, undefined, settings({ start: EVERYTHING, parts: [{ types: 'A' }, { types: 'B' }] }), list);
		const [, ...pages] = aheadOf(list);
		expect(pages.slice(0, 3)).toEqual([{}, { ids: [] }, { ids: [] }]);
		const allFilters = { query: { status: 'PAID' }, headers: {} };
		polled(created, undefined, settings({ start: EVERYTHING, allFilters }), list);
		expect(aheadOf(list).slice(1, 4)).toEqual([{}, { ids: [] }, { ids: [] }]);
		// Records that match the filters are read ahead together with the next filtered page.
		expect(aheadOf(list).slice(4)).toEqual([{}, { ids: [1, 2, 3, 4] }, { ids: [5, 6, 7, 8] }]);
	});
});

describe('New records: cursor', () => {
	const after = (list: List, bounds: Partial<Settings['bounds']> = {}, memory = memoryWith({})) =>
		polled(created, memory, settings({ bounds }), list);
	const drafts = (count: number, ...ids: number[]) =>
		new List(records(count, 120).map((one) => (ids.includes(Number(one.id)) ? { ...one, status: 'EMPTY' } : one)));

	it('stops before the last few records, however old they are', () => {
		expect(after(new List(records(8, 120))).memory.cursor).toBe(6);
		expect(after(new List(records(8, 120)), { margin: 5 }).memory.cursor).toBe(3);
	});

	it('stops before the period in which late records may still appear', () => {
		// At least eighty minutes before the newest record.
		expect(after(new List(records(8, 30))).memory.cursor).toBe(5);
		expect(after(new List(records(8, 0))).memory.cursor).toBe(2);
	});

	it('is held back by a draft while few records follow it', () => {
		expect(after(drafts(8, 4)).memory).toMatchObject({ cursor: 6, drafts: [4] });
		expect(after(drafts(8, 6)).memory).toMatchObject({ cursor: 5, drafts: [] });
		expect(after(drafts(8, 6), { maxHeld: 2 }).memory).toMatchObject({ cursor: 6, drafts: [6] });
		expect(after(drafts(8, 7)).memory).toMatchObject({ cursor: 6, drafts: [] });
		expect(after(drafts(8, 1), { maxHeld: 8, overlap: 8 }).memory).toMatchObject({ cursor: 0, drafts: [] });
		expect(after(drafts(8, 4, 5), { maxHeld: 5 }).memory).toMatchObject({ cursor: 3, drafts: [] });
	});

	it('shortens the overlap if there are too many new records, and warns once', () => {
		const list = new List(records(10, 0));
		const first = after(list);
		expect(first.memory).toMatchObject({ cursor: 4, short: true });
		expect(first.told).toEqual([
			'warn: More than 6 records were created in a short time: one that becomes visible only after 6 newer ones will be missed',
		]);
		list.records = records(11, 0);
		const second = after(list, {}, first.memory);
		expect([second.memory.cursor, second.memory.short, second.told]).toEqual([5, true, []]);
		const third = after(new List(records(6, 0)));
		expect([third.memory.cursor, third.memory.short, third.told]).toEqual([0, undefined, []]);
	});

	it('advances by half of an incomplete scan', () => {
		const many = (bounds: Partial<Settings['bounds']>): number =>
			after(new List(records(30, 0)), { overlap: 100, ...bounds }).memory.cursor;
		expect(many({})).toBe(6);
		expect(many({ overlap: 4 })).toBe(8);
		expect(many({ pageSize: 3, maxPages: 1 })).toBe(1);
		expect(many({ pageSize: 3, maxPages: 1, margin: 1 })).toBe(2);
		expect(many({ pageSize: 1, maxPages: 1 })).toBe(1);
		// Records that the item limit cuts off are always read again from there.
		expect(many({ overlap: 8, maxItems: 10 })).toBe(2);
	});
});

describe('New records: drafts', () => {
	const waiting = (ids: number[]) => memoryWith({ cursor: 100, seen: '', drafts: ids });
	const saved = (count: number) => records(count, 0);

	it('are dropped if there are too many, oldest first', () => {
		const list = new List([...saved(4).map((one) => ({ ...one, status: 'UNSAVED' })), { ...saved(1)[0], id: 101 }]);
		const four = polled(created, waiting([1, 2, 3, 4]), settings(), list);
		expect(four.memory.drafts).toEqual([2, 3, 4]);
		expect(four.told).toEqual(['warn: More than 3 drafts are open: the 1 oldest are no longer waited for']);
		const three = polled(created, waiting([1, 2, 3]), settings(), list);
		expect([three.memory.drafts, three.told]).toEqual([[1, 2, 3], []]);
	});

	it('are looked up ten per poll after they are saved, with the newest rows requested ahead', () => {
		const twelve = waiting([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
		const list = new List(saved(12));
		const first = polled(created, twelve, settings({ bounds: { drafts: 20 } }), list);
		expect(first.ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		expect(first.memory.drafts).toEqual([11, 12]);
		const { ahead } = list.asked[0] as { ahead?: { page?: ListRequest } };
		expect(ahead?.page?.query).toEqual({ orderById: 'DESC', size: 2 });
		expect(list.pages.slice(0, 2)).toEqual(['ASC 0 1', 'ASC 1 1']);
		expect(polled(created, first.memory, settings(), list).ids).toEqual([11, 12]);
	});

	it('are forgotten if they are gone, unless the list is completely empty', () => {
		const gone = polled(created, waiting([1, 2]), settings(), new List([{ ...saved(1)[0], id: 3 }]));
		expect([gone.ids, gone.memory.drafts]).toEqual([[], []]);
		const withdrawn = polled(created, waiting([1, 2]), settings(), new List([]));
		expect([withdrawn.ids, withdrawn.memory.drafts]).toEqual([[], [1, 2]]);
	});

	it('stay drafts if only the list shows them', () => {
		const list = new List(saved(1).map((one) => ({ ...one, status: 'EMPTY', type: 'B' })));
		const respond = list.respond.bind(list);
		list.respond = (request) => ({ ...respond(request), ...(request.ask === 'records' ? { records: [] } : {}) });
		expect(polled(created, waiting([1]), settings(inParts), list).memory.drafts).toEqual([1]);
	});

	it('are found in any part of the list', () => {
		const other = { ...saved(1)[0], id: 5, type: 'A' };
		const list = new List([{ ...saved(1)[0], type: 'B' }, other]);
		const { ids, memory } = polled(created, waiting([1, 2]), settings(inParts), list);
		expect([ids, memory.drafts]).toEqual([[1], []]);
	});
});

describe('New records: start without records', () => {
	const byDay = { fields: { id: 'id', day: 'date' } };
	const dated = (...days: string[]) => new List(days.map((date, index) => ({ id: index + 1, date })));
	const since = '2026-10-01T12:00:00';

	it('ignores records dated before the start until the list has been read once', () => {
		const list = dated('2026-09-30T23:00:00', '2026-10-01', '2026-10-02');
		const first = polled(created, memoryWith({ since }), settings(byDay), list);
		expect([first.ids, first.memory.since]).toEqual([[2, 3], undefined]);
		const none = polled(created, memoryWith({ since }), settings(byDay), dated());
		expect(none.memory.since).toBe(since);
		const cut = polled(created, memoryWith({ since }), settings({ ...byDay, bounds: { maxItems: 1 } }), list);
		expect([cut.ids, cut.memory.since]).toEqual([[2], since]);
		const few = polled(
			created,
			memoryWith({ since }),
			settings({ ...byDay, bounds: { pageSize: 1, maxPages: 1 } }),
			list,
		);
		expect(few.memory.since).toBe(since);
	});

	it('counts a record without a time as new', () => {
		const list = new List([{ id: 1 }]);
		expect(polled(created, memoryWith({ since }), settings(byDay), list).ids).toEqual([1]);
	});

	it('relies permanently on the time of creation if there is one', () => {
		const list = new List(records(3, 120));
		const { ids, memory } = polled(created, memoryWith({ since }), settings(), list);
		expect([ids, memory.since]).toEqual([[3], since]);
	});
});
