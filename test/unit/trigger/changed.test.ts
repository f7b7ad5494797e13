/** Tests changed records step by step: the window, the remembered versions, and the limits. */
import type { IDataObject } from 'n8n-workflow';
import { packMap, unpackMap } from '../../../nodes/Procountor/trigger/compactIds';
import { changed, type ChangedMemory } from '../../../nodes/Procountor/trigger/changed';
import type { ListRequest } from '../../../nodes/Procountor/trigger/step';
import { at, List, polled, records, settings } from './support/list';

const EVERYTHING = { from: 'everything' as const };
const run = (memory: ChangedMemory | undefined, list: List, more: Parameters<typeof settings>[0] = {}) =>
	polled(changed, memory, settings({ strategy: 'changed', ...more }), list);
const versionOf = (minutes: number): number => Date.parse(`${at(minutes)}Z`);
const handledIn = ({ handled }: ChangedMemory): Array<[number, number]> => [...unpackMap(handled)];
const queries = (list: List): IDataObject[] =>
	list.asked.map((request) => (request as ListRequest).query as IDataObject);

describe('Changed records: start from now', () => {
	it('counts records in the window as handled and looks back from the newest version', () => {
		const list = new List(records(6, 60));
		const { ids, memory, told } = run(undefined, list);
		expect([ids, told]).toEqual([[], []]);
		expect(queries(list)).toEqual([
			{ orderByVersion: 'DESC', size: 2 },
			{ orderById: 'ASC', size: 4, versionStartDate: '2026-10-01T12:39:59' },
			{ orderById: 'ASC', previousId: 6, size: 4, versionStartDate: '2026-10-01T12:39:59' },
		]);
		expect(memory).toEqual({ mark: at(300), handled: expect.any(String) });
		expect(handledIn(memory)).toEqual([
			[5, versionOf(240)],
			[6, versionOf(300)],
		]);
	});

	it('stops tracking single versions if too many records have just changed', () => {
		const { memory, told } = run(undefined, new List(records(20, 0)), { bounds: { firstPages: 2 } });
		expect(memory).toEqual({ handled: '', mark: at(0), floor: '2026-10-01T09:00:01' });
		expect(told).toEqual([
			'warn: Very many records have just changed: further changes within the same second will be missed',
		]);
	});

	it('reads more pages than later polls do', () => {
		const { memory, told } = run(undefined, new List(records(20, 0)), { bounds: { firstPages: 6, versions: 20 } });
		expect([handledIn(memory).length, told]).toEqual([20, []]);
	});

	it('remembers the time if it sees no records', () => {
		expect(run(undefined, new List([])).memory).toEqual({ handled: '', floor: at(0) });
	});

	it('relies on the records it has seen if one disappears or appears meanwhile', () => {
		const list = new List(records(1, 0, { version: at(9) }));
		const respond = list.respond.bind(list);
		list.respond = (request) => {
			const response = respond(request);
			list.records = [];
			return response;
		};
		expect(run(undefined, list).memory).toEqual({ mark: at(9), handled: packMap(new Map()) });
		const filling = new List([]);
		const empty = filling.respond.bind(filling);
		filling.respond = (request) => {
			const response = empty(request);
			filling.records = records(1, 0);
			return response;
		};
		const { memory } = run(undefined, filling, { canSortByVersion: false });
		expect(memory).toEqual({ mark: at(0), handled: expect.any(String) });
		expect(handledIn(memory)).toEqual([[1, versionOf(0)]]);
	});

	it('requests nothing ahead because it emits nothing', () => {
		const list = new List(records(8, 0));
		run(undefined, list);
		expect(list.asked.map((request) => 'ahead' in request && request.ahead)).toEqual([false, {}, {}, {}]);
	});
});

describe('Changed records: start from a date or from everything', () => {
	it('reads from the second before the date and emits changes from the date on', () => {
		const list = new List(records(6, 60));
		const { ids, memory } = run(undefined, list, { start: { from: 'date', date: at(180) } });
		expect(queries(list)[1]).toEqual({ orderById: 'ASC', size: 4, versionStartDate: '2026-10-01T11:59:59' });
		expect(ids).toEqual([4, 5, 6]);
		expect(memory).toEqual({ mark: at(300), floor: at(180), handled: expect.any(String) });
	});

	it('reads all records in several polls and continues after the last one', () => {
		const list = new List(records(20, 60));
		const first = run(undefined, list, { start: EVERYTHING });
		expect(first.ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
		expect(list.asked.map((request) => 'ahead' in request && request.ahead)).toEqual([
			false,
			{},
			{ ids: [1, 2, 3, 4] },
			{ ids: [5, 6, 7, 8] },
		]);
		expect(first.memory).toEqual({ handled: packMap(new Map()), scan: { after: 12, next: at(19 * 60) } });
		const second = run(first.memory, list, { start: EVERYTHING });
		expect(second.ids).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
		expect(list.pages).toEqual(['ASC 12 4', 'ASC 16 4', 'ASC 20 4']);
		expect(second.memory.mark).toBe(at(19 * 60));
		expect(handledIn(second.memory).map(([id]) => id)).toEqual([19, 20]);
	});
});

describe('Changed records: start from everything without records', () => {
	it('is complete at once', () => {
		const list = new List([]);
		expect(run(undefined, list, { start: EVERYTHING, canSortByVersion: false }).memory).toEqual({
			handled: packMap(new Map()),
		});
		expect(list.pages).toEqual(['ASC 0 2', 'ASC 0 4']);
	});
});

describe('Changed records: poll', () => {
	const begun = (): ChangedMemory => run(undefined, new List(records(2, 0))).memory;

	it('emits each version of a record once', () => {
		const list = new List(records(2, 0));
		expect(run(begun(), list).ids).toEqual([]);
		list.records[0].version = at(1);
		const next = run(begun(), list);
		expect(next.ids).toEqual([1]);
		expect(run(next.memory, list).ids).toEqual([]);
	});

	it('ignores drafts, records without a version, and versions older than the floor', () => {
		const list = new List([
			...records(1, 0, { version: at(5), status: 'EMPTY' }),
			{ id: 2, status: 'PAID' },
			{ id: 3, status: 'PAID', version: at(4) },
			{ id: 4, status: 'PAID', version: at(6) },
		]);
		const respond = list.respond.bind(list);
		list.respond = (request) =>
			respond(
				request.ask === 'list' ? { ...request, query: { ...request.query, versionStartDate: undefined } } : request,
			);
		expect(run({ handled: '', mark: at(0), floor: at(5) }, list).ids).toEqual([4]);
	});

	it('searches from the floor or from before the newest version, whichever is later', () => {
		const list = new List([]);
		run({ handled: '', mark: at(600), floor: at(0) }, list);
		expect(queries(list)[0]).toMatchObject({ versionStartDate: '2026-10-01T17:39:59' });
		run({ handled: '', mark: at(60), floor: at(0) }, list);
		expect(queries(list)[0]).toMatchObject({ versionStartDate: '2026-10-01T08:59:59' });
		run({ handled: '', floor: at(0) }, list);
		expect(queries(list)[0]).toMatchObject({ versionStartDate: '2026-10-01T08:59:59' });
		run({ handled: '' }, list);
		expect(queries(list)[0]).not.toHaveProperty('versionStartDate');
	});

	it('returns no more records than its limit and continues after the last one', () => {
		const list = new List(records(8, 0, { version: at(90) }));
		const first = run({ handled: '', mark: at(0), floor: at(0) }, list, { bounds: { maxItems: 3, versions: 100 } });
		expect(first.ids).toEqual([1, 2, 3]);
		expect(first.memory).toMatchObject({ mark: at(0), scan: { after: 3, next: at(90), from: '2026-10-01T08:59:59' } });
		expect(first.memory.floor).toBe(at(0));
		const second = run(first.memory, list, { bounds: { maxItems: 3, versions: 100 } });
		expect(second.ids).toEqual([4, 5, 6]);
	});

	it('keeps a scan that suddenly sees nothing if the list is completely empty', () => {
		const pending: ChangedMemory = { handled: '', mark: at(0), scan: { after: 5, from: at(0), next: at(90) } };
		expect(run(pending, new List([])).memory.scan).toEqual({ after: 5, from: at(0), next: at(90) });
		const done = run(pending, new List(records(2, 0))).memory;
		expect([done.scan, done.mark]).toEqual([undefined, at(90)]);
	});
});

describe('Changed records: remembered versions', () => {
	const window = { handled: '', mark: at(0), floor: at(0) };

	it('include only versions that the next window shows again', () => {
		const list = new List([
			{ id: 1, status: 'PAID', version: at(10) },
			{ id: 2, status: 'PAID', version: at(89) },
			{ id: 3, status: 'PAID', version: at(170) },
		]);
		// The next window begins eighty minutes and a second before the newest version.
		expect(handledIn(run(window, list).memory)).toEqual([[3, versionOf(170)]]);
		list.records[1].version = '2026-10-01T10:29:59';
		expect(handledIn(run(window, list).memory)).toEqual([
			[2, Date.parse('2026-10-01T10:29:59Z')],
			[3, versionOf(170)],
		]);
	});

	it('exclude versions before the floor', () => {
		const handled = packMap(new Map([[1, versionOf(5)]]));
		const { memory } = run({ handled, mark: at(20), floor: at(10) }, new List([]));
		expect(handledIn(memory)).toEqual([]);
		const kept = run({ handled: packMap(new Map([[1, versionOf(10)]])), mark: at(20), floor: at(10) }, new List([]));
		expect(handledIn(kept.memory)).toEqual([[1, versionOf(10)]]);
	});

	it('are dropped beyond the limit, oldest first, with a warning', () => {
		const made = [3, 1, 7, 5, 2, 6, 4].map((minute, index) => ({ id: index + 1, status: 'PAID', version: at(minute) }));
		const { memory, told } = run(window, new List(made));
		expect(memory.floor).toBe('2026-10-01T09:02:01');
		expect(handledIn(memory).map(([id]) => id)).toEqual([1, 3, 4, 6, 7]);
		expect(told).toEqual([
			'warn: More than 5 records changed in a short time: what changed before 2026-10-01T09:02:01 and becomes visible only now will be missed',
		]);
		const five = run(window, new List(made.slice(0, 5)));
		expect([five.memory.floor, five.told, handledIn(five.memory).length]).toEqual([at(0), [], 5]);
	});

	it('include versions from the floor on, to the second', () => {
		const made = [1, 2, 3, 4, 5, 6, 7].map((second) => ({
			id: second,
			status: 'PAID',
			version: `2026-10-01T09:00:0${second}`,
		}));
		const { memory } = run(window, new List(made));
		expect(memory.floor).toBe('2026-10-01T09:00:03');
		expect(handledIn(memory).map(([id]) => id)).toEqual([3, 4, 5, 6, 7]);
	});

	it('may exceed the limit for records that an incomplete scan has not reached', () => {
		const handled = packMap(new Map([14, 15, 16, 17, 18, 19].map((id) => [id, versionOf(3)])));
		const cut = run({ ...window, handled }, new List(records(20, 0, { version: at(3) })), { bounds: { maxItems: 1 } });
		expect([cut.ids, cut.told]).toEqual([[1], []]);
		expect(handledIn(cut.memory)).toHaveLength(7);
	});

	it('are kept until an incomplete scan ends, and then the floor rises', () => {
		const handled = packMap(new Map([[13, versionOf(3)]]));
		const many = records(20, 0, { version: at(3) });
		const cut = run({ ...window, handled }, new List(many));
		expect(cut.memory).toMatchObject({ floor: at(0), nextFloor: '2026-10-01T09:03:01' });
		expect(handledIn(cut.memory)).toEqual([[13, versionOf(3)]]);
		const end = run(cut.memory, new List(many));
		expect(end.ids).toEqual([14, 15, 16, 17, 18, 19, 20]);
		expect([end.memory.floor, end.memory.nextFloor]).toEqual(['2026-10-01T09:03:01', undefined]);
	});
});
