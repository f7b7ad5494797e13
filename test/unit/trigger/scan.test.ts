/** Tests the pages and rows of the trigger's lists. */
import type { IDataObject } from 'n8n-workflow';
import {
	limitNewRows,
	applyFilters,
	rowsOf,
	scan,
	scanDown,
	scanNewest,
	type Row,
} from '../../../nodes/Procountor/trigger/scan';
import { newestVersion } from '../../../nodes/Procountor/trigger/window';
import type { ListRequest, Settings } from '../../../nodes/Procountor/trigger/step';
import { at, driven, List, records, settings } from './support/list';

const idsOf = (rows: Row[]): number[] => rows.map(({ id }) => id);
const none = (): number[] => [];
const query = (list: List, index: number): IDataObject => (list.asked.at(index) as ListRequest).query as IDataObject;

describe('List rows', () => {
	it('need a usable ID', () => {
		const list = [1, '2', 0, -1, 1.5, 2 ** 53, null, undefined, 'x'].map((id) => ({ id }));
		expect(idsOf(rowsOf(list, settings()))).toEqual([1, 2]);
	});

	it('contain only times and statuses that are texts, under the field names of the list', () => {
		const fields = { id: 'no', created: 'made', version: 'v', status: 's', day: 'd' };
		const record = { no: 1, made: 'a', v: 'b', s: 'c', d: 'e' };
		expect(rowsOf([record], settings({ fields }))).toEqual([
			{ id: 1, created: 'a', version: 'b', status: 'c', day: 'e', record },
		]);
		const other = { no: 1, made: '', v: 7, s: null, undefined: 'x' };
		expect(rowsOf([other], settings({ fields }))).toEqual([{ id: 1, record: other }]);
		expect(rowsOf([{ id: 1, undefined: 'x' }], settings({ fields: { id: 'id' } }))[0].day).toBeUndefined();
	});
});

describe('Scan', () => {
	const scanned = (list: List, after = 0, more: Partial<Settings> = {}) =>
		driven(scan(settings(more), {}, after), list);

	it('ends with a page without new rows', () => {
		const list = new List(records(6, 0));
		const { rows, upTo } = scanned(list);
		expect([idsOf(rows), upTo]).toEqual([[1, 2, 3, 4, 5, 6], undefined]);
		expect(list.pages).toEqual(['ASC 0 4', 'ASC 4 4', 'ASC 6 4']);
	});

	it('stops after the allowed number of pages and reports how far it came', () => {
		const list = new List(records(20, 0));
		const { rows, upTo } = scanned(list, 2);
		expect([rows.length, upTo]).toEqual([12, 14]);
		expect(driven(scan(settings(), {}, 2, { pages: 1 }), list).upTo).toBe(6);
		expect(scanned(new List(records(20, 0), { timeIsUpAt: 2 }))).toMatchObject({ upTo: 8 });
	});

	it('reaches only as far as the part that was read least', () => {
		const list = new List(records(24, 0).map((one) => ({ ...one, type: Number(one.id) % 3 ? 'A' : 'B' })));
		const parts = [{ types: 'A' }, { types: 'B' }];
		const { rows, upTo } = scanned(list, 0, { parts });
		// Twelve of A reach to 17; all eight of B are there.
		expect([rows.length, upTo]).toEqual([17, 17]);
		expect(idsOf(rows)).toEqual([...idsOf(rows)].sort((a, b) => a - b));
	});

	it('fails if a full page is repeated', () => {
		const list = new List([]);
		list.respond = () => ({ records: records(4, 0), last: false, isFull: true, timeIsUp: false });
		expect(() => scanned(list)).toThrow('returned the same page again, so its list cannot be read to its end');
		list.respond = () => ({ records: records(4, 0), last: false, isFull: false, timeIsUp: false });
		expect(idsOf(scanned(list).rows)).toEqual([1, 2, 3, 4]);
	});
});

describe('Scan of the newest rows', () => {
	const newest = (list: List, after: number, size: number, more: Partial<Settings> = {}) =>
		driven(scanNewest(settings(more), after, size, false, none), list);

	it.each([
		[4, 2, ['DESC 0 2'], [5, 6]],
		[4, 3, ['DESC 0 3'], [5, 6]],
		[3, 2, ['DESC 0 2', 'ASC 3 4'], [4, 5, 6]],
		[0, 4, ['DESC 0 4', 'ASC 0 4', 'ASC 4 4'], [1, 2, 3, 4, 5, 6]],
		[0, 9, ['DESC 0 4', 'ASC 0 4', 'ASC 4 4'], [1, 2, 3, 4, 5, 6]],
		[6, 2, ['DESC 0 2'], []],
	])(
		'reads the rows above ID %i from the newest %i, and further pages only if necessary',
		(after, size, pages, ids) => {
			const list = new List(records(6, 0));
			expect(idsOf(newest(list, after, size).rows)).toEqual(ids);
			expect(list.pages).toEqual(pages);
		},
	);

	it('reads to the end if the server does not return the newest rows first', () => {
		const list = new List(records(5, 0));
		const respond = list.respond.bind(list);
		list.respond = (request) =>
			respond(request.ask === 'list' ? { ...request, query: { ...request.query, orderById: 'ASC' } } : request);
		expect(idsOf(newest(list, 0, 2).rows)).toEqual([1, 2, 3, 4, 5]);
		expect(list.asked).toHaveLength(4);
	});

	it('does not treat rows with a repeated ID as descending', () => {
		const list = new List([]);
		const pages = [[3, 3], [4], []];
		list.respond = () => ({
			records: (pages.shift() ?? []).map((id) => ({ id })),
			last: false,
			isFull: false,
			timeIsUp: false,
		});
		expect(idsOf(newest(list, 2, 2).rows)).toEqual([3, 4]);
	});

	it('needs no further page if the total proves the end', () => {
		const list = new List(records(3, 0), { tellsTotal: true });
		expect(idsOf(newest(list, 0, 4).rows)).toEqual([1, 2, 3]);
		expect(list.pages).toEqual(['DESC 0 4']);
	});

	it('reaches only as far as the part that was read least', () => {
		const list = new List(records(60, 0).map((one) => ({ ...one, type: Number(one.id) % 3 ? 'A' : 'B' })));
		for (const parts of [
			[{ types: 'A' }, { types: 'B' }],
			[{ types: 'B' }, { types: 'A' }],
		])
			// Twelve of A reach to 17, twelve of B to 36.
			expect(newest(list, 0, 4, { parts }).upTo).toBe(17);
	});

	it('returns the newest rows of all parts, and each new row once', () => {
		const list = new List(records(6, 0).map((one) => ({ ...one, type: Number(one.id) > 4 ? 'B' : 'A' })));
		const found = newest(list, 2, 4, { parts: [{ types: 'A' }, { types: 'B' }] });
		expect(idsOf(found.newest)).toEqual([4, 3, 2, 1, 6, 5]);
		expect(idsOf(found.rows)).toEqual([3, 4, 5, 6]);
	});
});

describe('Descending scan', () => {
	it('stops with the lowest ID when it has enough rows, or at the end of the list', () => {
		const down = (list: List, most: number) =>
			driven(
				scanDown(settings(), {}, (rows) => rows >= most),
				list,
			);
		expect(down(new List(records(9, 0)), 8)).toMatchObject({ lowest: 2 });
		expect(down(new List(records(9, 0)), 10)).not.toHaveProperty('lowest');
	});

	it('ends if the same page is repeated', () => {
		const list = new List(records(4, 0));
		const respond = list.respond.bind(list);
		list.respond = (request) =>
			respond(request.ask === 'list' ? { ...request, query: { ...request.query, previousId: undefined } } : request);
		expect(
			driven(
				scanDown(settings(), {}, () => false),
				list,
			).rows,
		).toHaveLength(4);
		expect(list.asked).toHaveLength(2);
	});
});

describe('Row limit', () => {
	const rows = rowsOf(records(5, 0), settings());
	const isOdd = ({ id }: Row): boolean => id % 2 === 1;

	it('cuts after the last new row within the limit', () => {
		expect(limitNewRows(2, rows, isOdd)).toMatchObject({ cutAt: 3 });
		expect(idsOf(limitNewRows(2, rows, isOdd).rows)).toEqual([1, 2, 3]);
		expect(idsOf(limitNewRows(2, rows, isOdd).fresh)).toEqual([1, 3]);
	});

	it('cuts nothing if all rows fit', () => {
		const all = limitNewRows(3, rows, isOdd);
		expect([all.rows, idsOf(all.fresh), all.cutAt]).toEqual([rows, [1, 3, 5], undefined]);
	});
});

describe('Filters', () => {
	const allFilters = { query: { status: 'PAID' }, headers: { a: 'b' } };
	const matched = (list: List, ids: number[], more: Partial<Settings> = { allFilters }) =>
		driven(
			applyFilters(
				settings(more),
				rowsOf(
					ids.map((id) => ({ id, old: true })),
					settings(),
				),
				{ more: 1 },
			),
			list,
		);

	it('are applied by the list, which returns the current record', () => {
		const list = new List(records(9, 0).map((one) => (one.id === 3 ? { ...one, status: 'SENT' } : one)));
		const found = matched(list, [4, 2, 3]);
		expect(idsOf(found)).toEqual([4, 2]);
		expect(found[0].record).not.toHaveProperty('old');
		expect(list.asked).toHaveLength(1);
		expect(list.asked[0]).toMatchObject({ headers: { a: 'b' }, query: { more: 1, status: 'PAID', previousId: 1 } });
	});

	it('are applied page by page and skip gaps', () => {
		const list = new List(records(30, 0));
		expect(idsOf(matched(list, [2, 5, 6, 20, 22]))).toEqual([2, 5, 6, 20, 22]);
		expect(list.pages).toEqual(['ASC 1 4', 'ASC 5 4', 'ASC 19 4']);
	});

	it('end with the list and are applied in each part', () => {
		const list = new List(records(3, 0));
		expect(matched(list, [5, 9])).toEqual([]);
		expect(list.pages).toEqual(['ASC 4 4']);
		const told = new List(records(3, 0), { tellsTotal: true });
		expect(idsOf(matched(told, [2, 9]))).toEqual([2]);
		expect(told.asked).toHaveLength(1);
		const split = new List(records(4, 0).map((one) => ({ ...one, type: Number(one.id) % 2 ? 'A' : 'B' })));
		expect(idsOf(matched(split, [1, 2, 4], { allFilters, parts: [{ types: 'A' }, { types: 'B' }] }))).toEqual([
			1, 2, 4,
		]);
	});

	it('request nothing if there are no filters or no rows', () => {
		const list = new List(records(3, 0));
		expect(idsOf(matched(list, [7], {}))).toEqual([7]);
		expect(matched(list, [])).toEqual([]);
		expect(list.asked).toEqual([]);
	});
});

describe('Newest version', () => {
	it('is the latest of all parts', () => {
		const list = new List(records(6, 60).map((one) => ({ ...one, type: Number(one.id) === 6 ? 'A' : 'B' })));
		const parts = [{ types: 'A' }, { types: 'B' }];
		expect(driven(newestVersion(settings({ parts })), list)).toBe(at(300));
		expect(query(list, 0)).toEqual({ types: 'A', orderByVersion: 'DESC', size: 2 });
		expect(list.asked).toHaveLength(2);
	});

	it('is searched for by bisection if the order shows none', () => {
		const list = new List(records(1, 0, { version: null }));
		expect(driven(newestVersion(settings()), list)).toMatch(/^\d{4}-/);
		expect(driven(newestVersion(settings({ canSortByVersion: false })), new List([]))).toBeUndefined();
	});

	it('is found to the hour by bisection', () => {
		const list = new List(records(3, 60));
		const found = driven(newestVersion(settings({ canSortByVersion: false })), list) ?? '';
		expect(found <= at(120) && found > at(60)).toBe(true);
		expect(list.asked.length).toBeLessThan(24);
	});
});
