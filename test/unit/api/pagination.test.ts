import type { IDataObject } from 'n8n-workflow';
import {
	collectPages,
	inOrder,
	loadRecords,
	pageAt,
	pages,
	pagingOf,
	pipelined,
	RecordLoader,
	recordsIn,
	type Client,
	type Listing,
} from '../../../nodes/Procountor/api';
import { ListEnd, pageMeta } from '../../../nodes/Procountor/api/listEnd';
import { quickly, ScriptedN8n, type Reply } from './scriptedN8n';

const list = (ids: number[], meta: IDataObject = {}): Reply => ({ body: { results: ids.map((id) => ({ id })), meta } });
const range = (first: number, last: number): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);
const idsOf = (records: IDataObject[]): unknown[] => records.map(({ id }) => id);

/** The records that a list returns, and the requests for them. */
async function read(
	replies: Reply[],
	listing: Listing = { call: 'GET /invoices' },
	limit?: number,
): Promise<{ ids: unknown[]; urls: string[]; sizes: number[]; error?: string }> {
	const n8n = new ScriptedN8n(replies);
	const read: IDataObject[][] = [];
	let error: string | undefined;
	try {
		for await (const page of pages(n8n.open(), listing, limit)) read.push(page);
	} catch (caught) {
		error = (caught as Error).message;
	}
	return { ids: idsOf(read.flat()), urls: n8n.urls, sizes: read.map(({ length }) => length), error };
}

describe('List by ascending ID', () => {
	it('is read page by page until an empty page', async () => {
		const { ids, urls, sizes } = await read([list(range(1, 200)), list([300, 250]), list([])]);
		expect(ids).toEqual([...range(1, 200), 300, 250]);
		expect(urls).toEqual([
			'GET /invoices?orderById=ASC&size=200',
			'GET /invoices?orderById=ASC&previousId=200&size=200',
			'GET /invoices?orderById=ASC&previousId=300&size=200',
		]);
		expect(sizes).toEqual([200, 2]);
	});

	it('ends if its own total proves the end', async () => {
		expect((await read([list([1, 2, 3], { totalCount: 3 })])).urls).toHaveLength(1);
		expect((await read([list([1, 2, 3], { totalCount: 4 }), list([4], { totalCount: 4 })])).urls).toHaveLength(2);
		expect((await read([list(range(1, 200), { totalCount: 200 }), list([])])).urls).toHaveLength(2);
		expect((await read([list([1, 2], { totalCount: 3 }), list([])])).urls).toHaveLength(2);
		expect((await read([list([1, 2], { totalCount: 2, pageSize: 2 }), list([])])).urls).toHaveLength(2);
	});

	it('returns and requests no more records than the limit', async () => {
		const { ids, urls } = await read([list([1, 2, 3])], undefined, 2);
		expect(ids).toEqual([1, 2]);
		expect(urls).toEqual(['GET /invoices?orderById=ASC&size=2']);
		const longer = await read([list(range(1, 200)), list(range(201, 250))], undefined, 250);
		expect(longer.ids).toHaveLength(250);
		expect(longer.urls[1]).toContain('size=50');
		expect((await read([], undefined, 0)).urls).toEqual([]);
	});

	it('returns one empty page if there are no records, also for a 404', async () => {
		expect(await read([list([])])).toMatchObject({ sizes: [0], error: undefined });
		expect(await read([{ status: 404 }])).toMatchObject({ sizes: [0], error: undefined });
	});

	it('returns a repeated record once', async () => {
		const { ids } = await read([list([1, 2, 3]), list([3, 4]), list([])]);
		expect(ids).toEqual([1, 2, 3, 4]);
	});

	it.each<[string, Reply[]]>([
		['a server that ignores the start of the page', [list([1, 2], { pageSize: 2 }), list([1, 2], { pageSize: 2 })]],
		['a page without a higher ID', [list([5, 6]), list([3, 4])]],
	])('fails after two requests for %s', async (_name, replies) => {
		const { error, urls } = await read(replies);
		expect(error).toContain('GET /invoices returned the same page again');
		expect(urls).toHaveLength(2);
	});

	it.each([undefined, null, 0, -1, 1.5, '7', 2 ** 53])('rejects a record whose ID is %p', async (id) => {
		const { error } = await read([{ body: { results: [{ id: 1 }, { id }] } }]);
		expect(error).toContain('GET /invoices returned a record without a usable ID');
	});

	it.each([{}, { message: 'Maintenance' }, { results: null }, { results: 'none' }])(
		'fails instead of being empty for the response %j',
		async (body) => {
			const { error, urls } = await quickly(async () => await read(Array.from({ length: 6 }, () => ({ body }))));
			expect(error).toContain('returned no list');
			expect(urls).toHaveLength(6);
		},
	);
});

describe('List by page number', () => {
	const listing: Listing = { call: 'GET /invoices', order: ['orderByDate', 'DESC'] };
	const numbered: Listing = { call: 'GET /unknown' as 'GET /invoices', listPath: 'results', paging: 'number' };

	it('is read page by page until an empty page', async () => {
		const { ids, urls } = await read(
			[list([5, 4], { pageSize: 2 }), list([4, 3], { pageSize: 2 }), list([])],
			numbered,
		);
		expect(ids).toEqual([5, 4, 3]);
		expect(urls).toEqual(['GET /unknown?size=200', 'GET /unknown?size=200&page=1', 'GET /unknown?size=200&page=2']);
	});

	it('is read in the requested order', async () => {
		const { urls, ids } = await read([list([5, 4, 3])], listing, 3);
		expect(urls).toEqual(['GET /invoices?orderByDate=DESC&size=3']);
		expect(ids).toEqual([5, 4, 3]);
	});

	it.each<[string, Listing]>([
		['GET /invoices?orderByDate=DESC', listing],
		['GET /persons?orderById=ASC', { call: 'GET /persons' }],
	])('requests its order on every page: %s', async (url, ordered) => {
		const meta = { pageSize: 2 };
		const { urls, ids } = await read([list([5, 9], meta), list([4, 7], meta), list([3], meta), list([])], ordered);
		expect(urls).toEqual(['', '&page=1', '&page=2', '&page=3'].map((page) => `${url}&size=200${page}`));
		expect(ids).toEqual([5, 9, 4, 7, 3]);
	});

	it('fails if the pages repeat', async () => {
		const [a, b] = [list([1, 2], { pageSize: 2 }), list([3, 4], { pageSize: 2 })];
		const { error, urls } = await read([a, b, a, b], numbered);
		expect(error).toContain('returned the same page again');
		expect(urls).toHaveLength(3);
	});

	it('distinguishes records without an ID by their content', async () => {
		const rows = [{ name: 'a' }, { name: 'b' }, { name: 'a' }];
		const { sizes } = await read([{ body: { results: rows } }, { body: { results: [] } }], numbered);
		expect(sizes).toEqual([2]);
	});

	it.each<[Listing['call'], string]>([
		['GET /persons', 'GET /persons?orderById=ASC&size=200'],
		['GET /webhooks', 'GET /webhooks?orderByCreatedDate=ASC&size=200'],
		['GET /payrolls/salarytypes', 'GET /payrolls/salarytypes?orderByCode=ASC&size=200'],
		['GET /businesspartners/groups', 'GET /businesspartners/groups?size=200'],
	])('is requested in its stable order: %s', async (call, url) => {
		expect(pagingOf(call)).toBe('number');
		expect((await read([list([])], { call })).urls).toEqual([url]);
	});

	it('rejects a response that is not a list of records', async () => {
		const { error } = await read([{ body: { results: { a: 1 } } }], numbered);
		expect(error).toContain("GET /unknown did not return a list of records under 'results'");
		expect((await read([{ body: [{ id: 1 }] }, { body: [] }], numbered)).ids).toEqual([1]);
	});
});

describe('List without pages', () => {
	it('needs one request, and the client applies the limit', async () => {
		const body = [{ id: 1 }, { id: 2 }, { id: 3 }];
		expect(await read([{ body }], { call: 'GET /dimensions' }, 2)).toMatchObject({
			ids: [1, 2],
			urls: ['GET /dimensions'],
		});
	});

	it('is requested in the given order', async () => {
		const listing: Listing = { call: 'GET /dimensions', order: ['orderByName', 'DESC'] };
		expect((await read([{ body: [{ id: 1 }] }], listing, 200)).urls).toEqual(['GET /dimensions?orderByName=DESC']);
	});

	it.each([{}, { message: 'Maintenance' }, { status: 500, error: 'down', errors: [] }])(
		'fails instead of being empty for the response %j',
		async (body) => {
			const replies = Array.from({ length: 6 }, () => ({ body }));
			const { error } = await quickly(async () => await read(replies, { call: 'GET /users' }));
			expect(error).toContain('returned no list');
		},
	);

	it('contains one record if the response is not a list', async () => {
		expect((await read([{ body: { id: 7, status: 'ACTIVE' } }], { call: 'GET /users' })).ids).toEqual([7]);
	});

	it('is recognized from the contract', () => {
		expect(pagingOf('GET /invoices')).toBe('keyset');
		expect(pagingOf('GET /dimensions')).toBe('whole');
	});
});

describe('List in an order without page numbers', () => {
	const listing: Listing = { call: 'GET /products', order: ['orderByVersion', 'DESC'] };

	it('is read by ID and then sorted if it is longer than a page', async () => {
		const rows = range(1, 200).map((id) => ({ id, version: `2026-01-${String(1 + (id % 28)).padStart(2, '0')}` }));
		const { ids, urls } = await read([{ body: { results: rows } }, list([])], listing, 201);
		expect(urls[0]).toBe('GET /products?orderById=ASC&size=200');
		const versions = ids.map((id) => rows[Number(id) - 1].version);
		expect(versions).toHaveLength(200);
		expect(versions).toEqual([...versions].sort().reverse());
	});

	it('is sorted completely before the limit applies', async () => {
		const rows = range(1, 203).map((id) => ({ id, version: String(1000 + id) }));
		const [first, second] = [rows.slice(0, 200), rows.slice(200)].map((results) => ({ body: { results } }));
		expect((await read([first, second, list([])], listing, 201)).ids).toEqual(range(3, 203).reverse());
	});

	it.each(['ASC', 'DESC'] as const)('sorts records with equal values by ID: %s', (direction) => {
		const records = range(1, 5).map((id) => ({ id, version: 'x' }));
		const order: Listing['order'] = ['orderByVersion', direction];
		expect(idsOf(inOrder(records, { call: 'GET /products', order }))).toEqual(range(1, 5));
	});

	it('sorts records without a value before numbers', () => {
		const records = [{ id: 1, code: 5 }, { id: 2 }, { id: 3, code: 4 }];
		const order: Listing['order'] = ['orderByCode', 'ASC'];
		expect(idsOf(inOrder(records, { call: 'GET /products', order }))).toEqual([2, 3, 1]);
	});

	it('is requested in its order if one page is enough or the list has page numbers', async () => {
		const empty = list([]);
		expect((await read([empty], listing, 200)).urls).toEqual(['GET /products?orderByVersion=DESC&size=200']);
		const byDate: Listing = { call: 'GET /invoices', order: ['orderByDate', 'DESC'] };
		expect((await read([empty], byDate, 201)).urls).toEqual(['GET /invoices?orderByDate=DESC&size=200']);
	});

	it.each<[Listing['order'], unknown[]]>([
		[
			['orderById', 'ASC'],
			[1, 2, 10],
		],
		[
			['orderById', 'DESC'],
			[10, 2, 1],
		],
		[undefined, [1, 2, 10]],
		[
			['orderByName', 'ASC'],
			[2, 10, 1],
		],
		[
			['orderByName', 'DESC'],
			[1, 10, 2],
		],
	])('sorts records by %j', (order, expected) => {
		const records = [{ id: 10, name: 'b' }, { id: 2 }, { id: 1, name: 'c' }];
		expect(idsOf(inOrder(records, { call: 'GET /invoices', order }))).toEqual(expected);
	});
});

describe('Empty list', () => {
	it('is confirmed by a second request after a 404 if a new record depends on it', async () => {
		const listing: Listing = { call: 'GET /invoices', confirmEmpty: true };
		const missing = { status: 404 };
		const none = await quickly(async () => await read([missing, missing], listing));
		expect(none).toMatchObject({ ids: [], error: undefined });
		expect(none.urls).toHaveLength(2);
		const found = await quickly(async () => await read([missing, list([7], { totalCount: 1 })], listing));
		expect(found.ids).toEqual([7]);
		expect((await read([list([], { totalCount: 0 })], listing)).urls).toHaveLength(1);
	});

	it('is not assumed for a 404 below a record', async () => {
		const listing: Listing = { call: 'GET /invoices/{invoiceId}/comments', path: { invoiceId: 5 } };
		expect((await read([{ status: 404 }], listing)).error).toContain('Procountor does not know');
	});
});

describe('Single page', () => {
	const at = async (reply: Reply, listing: Listing, token?: string) => {
		const n8n = new ScriptedN8n([reply]);
		const { records, next } = await pageAt(n8n.open(), listing, token);
		return { ids: idsOf(records), next, url: n8n.urls[0] };
	};
	const invoices: Listing = { call: 'GET /invoices' };
	const products: Listing = { call: 'GET /products' };

	it('continues with the page number', async () => {
		expect(await at(list([5, 9]), invoices)).toEqual({ ids: [5, 9], next: '1', url: 'GET /invoices?size=200' });
		expect(await at(list([12]), invoices, '1')).toMatchObject({ next: '2', url: 'GET /invoices?size=200&page=1' });
	});

	it('continues from the last ID if there are no page numbers', async () => {
		expect(await at(list([5, 9]), products)).toMatchObject({
			next: '9',
			url: 'GET /products?size=200&orderById=ASC',
		});
		expect(await at(list([12]), products, '9')).toMatchObject({
			next: '12',
			url: 'GET /products?size=200&orderById=ASC&previousId=9',
		});
		expect((await at(list([5, 9]), products, '9')).next).toBeUndefined();
	});

	it('ends the list if it is empty or its total proves the end', async () => {
		expect((await at(list([]), invoices, '9')).next).toBeUndefined();
		expect((await at(list([1, 2], { totalCount: 2 }), invoices)).next).toBeUndefined();
		expect((await at(list(range(1, 200), { totalCount: 200 }), invoices)).next).toBe('1');
		expect((await at(list([1, 2], { totalCount: 2 }), invoices, '7')).next).toBe('8');
		expect((await at({ status: 404 }, invoices)).ids).toEqual([]);
	});

	it('is requested again if it has no list, unless the caller extracts the records', async () => {
		const n8n = new ScriptedN8n([{ body: {} }, list([4])]);
		expect(idsOf((await quickly(async () => await pageAt(n8n.open(), invoices, undefined))).records)).toEqual([4]);
		const own = new ScriptedN8n([{ body: { a: 1 } }]);
		expect((await pageAt(own.open(), { call: 'GET /dimensions' }, undefined, (body) => [body])).records).toEqual([
			{ a: 1 },
		]);
	});

	it('has no next page if the list has no pages', async () => {
		expect(await at({ body: [{ id: 1 }] }, { call: 'GET /dimensions' })).toEqual({
			ids: [1],
			next: undefined,
			url: 'GET /dimensions',
		});
	});
});

describe('Records of a response', () => {
	it.each<[unknown, string | undefined, unknown]>([
		[{ results: [{ id: 1 }] }, 'results', [{ id: 1 }]],
		[[{ id: 1 }], 'results', [{ id: 1 }]],
		[{ id: 1 }, undefined, [{ id: 1 }]],
		[{}, undefined, []],
		[{ results: null }, 'results', []],
		[{ a: { b: [{ id: 1 }] } }, 'a.b', [{ id: 1 }]],
		[{ a: [{ b: [{ id: 1 }] }, { b: [{ id: 2 }] }, {}] }, 'a.b', [{ id: 1 }, { id: 2 }]],
		[{ currencies: ['EUR'] }, 'currencies', [{ currency: 'EUR' }]],
		[{ deliveryTerms: ['FCA', null] }, 'deliveryTerms', [{ deliveryTerm: 'FCA' }, { deliveryTerm: null }]],
		[['x'], undefined, [{ value: 'x' }]],
		[{ systemNames: ['x'] }, 'systemNames', [{ systemName: 'x' }]],
		[{ seriesNumbers: ['x'] }, 'seriesNumbers', [{ seriesNumber: 'x' }]],
	])('are read from %j under %p as %j', (body, path, expected) => {
		expect(recordsIn(body as IDataObject, path)).toEqual(expected);
	});

	it.each<[unknown, { pageSize: number; total?: number }]>([
		[
			{ pageSize: 100, totalCount: 7 },
			{ pageSize: 100, total: 7 },
		],
		[
			{ pageSize: 0, totalCount: 0 },
			{ pageSize: Infinity, total: 0 },
		],
		[
			{ pageSize: -1, totalCount: -1 },
			{ pageSize: Infinity, total: undefined },
		],
		[
			{ pageSize: '5', totalCount: 1.5 },
			{ pageSize: Infinity, total: undefined },
		],
		[undefined, { pageSize: Infinity, total: undefined }],
		[null, { pageSize: Infinity, total: undefined }],
	])('have the page size and the total of meta %j', (meta, expected) => {
		expect(pageMeta({ meta } as IDataObject)).toEqual(expected);
	});
});

describe('End of a list', () => {
	const proven = (pages: Array<[records: number, total: number | undefined, isFull: boolean]>): boolean[] => {
		const end = new ListEnd();
		return pages.map((page) => end.isReached(...page));
	};

	it.each<[Parameters<typeof proven>[0], boolean[]]>([
		[[[3, 3, false]], [true]],
		[[[3, 3, true]], [false]],
		[[[3, undefined, false]], [false]],
		[[[3, 4, false]], [false]],
		[[[0, 0, false]], [true]],
		// The total of the full list, and the total of the remaining records.
		[
			[
				[2, 3, true],
				[1, 3, false],
			],
			[false, true],
		],
		[
			[
				[2, 3, true],
				[1, 1, false],
			],
			[false, true],
		],
		// Any other total proves nothing.
		[
			[
				[2, 3, true],
				[1, 2, false],
			],
			[false, false],
		],
		[
			[
				[2, 2, true],
				[1, 1, false],
			],
			[false, false],
		],
	])('is proven after pages %j: %j', (pages, expected) => {
		expect(proven(pages)).toEqual(expected);
	});
});

describe('Pipelined pages', () => {
	async function* source(count: number, taken: number[]): AsyncGenerator<number> {
		for (let page = 1; page <= count; page++) {
			taken.push(page);
			yield await Promise.resolve(page);
		}
	}

	it('are returned in order while later pages are being read', async () => {
		const taken: number[] = [];
		const results: string[] = [];
		for await (const result of pipelined(source(5, taken), async (page) => await Promise.resolve(`page ${page}`), 3))
			results.push(`${result} of ${taken.length}`);
		expect(results).toEqual(['page 1 of 3', 'page 2 of 4', 'page 3 of 5', 'page 4 of 5', 'page 5 of 5']);
	});

	it('throw an error when the failed page is reached', async () => {
		const results: number[] = [];
		const run = async (): Promise<void> => {
			const complete = async (page: number) =>
				await (page === 2 ? Promise.reject(new Error('two')) : Promise.resolve(page));
			for await (const result of pipelined(source(3, []), complete)) results.push(result);
		};
		await expect(run()).rejects.toThrow('two');
		expect(results).toEqual([1]);
	});
});

describe('Records by ID', () => {
	const call = 'GET /invoices/{invoiceId}';
	const records = (...ids: number[]): Reply => ({ body: ids.map((id) => ({ id })) });
	const setUp = (replies: Reply[]): { n8n: ScriptedN8n; client: Client } => {
		const n8n = new ScriptedN8n(replies);
		return { n8n, client: n8n.open() };
	};

	it('are read in one request and returned in the requested order', async () => {
		const { n8n, client } = setUp([records(3, 5)]);
		expect(await new RecordLoader(call).load(client, [5, 3, 4, 5])).toEqual([
			{ id: 5 },
			{ id: 3 },
			undefined,
			{ id: 5 },
		]);
		expect(n8n.urls).toEqual(['GET /invoices/3,4,5']);
	});

	it('are requested in batches of 200', async () => {
		const { n8n, client } = setUp([records(...range(1, 200)), records(201)]);
		expect(await new RecordLoader(call).load(client, range(1, 201))).toHaveLength(201);
		expect(n8n.urls.map((url) => url.split(',').length)).toEqual([200, 1]);
	});

	it('are requested by ascending ID in batches when they are flushed', async () => {
		const { n8n, client } = setUp([records(...range(1, 200)), records(201)]);
		const loader = new RecordLoader(call);
		loader.announce(range(1, 201).reverse());
		expect(await loader.load(client, [201])).toEqual([{ id: 201 }]);
		expect(n8n.urls).toEqual([`GET /invoices/${range(1, 200).join(',')}`, 'GET /invoices/201']);
	});

	it('are read ahead by ascending ID', async () => {
		const { n8n, client } = setUp([records(...range(1, 200))]);
		const loader = new RecordLoader(call);
		loader.loadAhead(client, range(1, 200).reverse());
		expect(await loader.load(client, [200])).toEqual([{ id: 200 }]);
		expect(n8n.urls).toEqual([`GET /invoices/${range(1, 200).join(',')}`]);
	});

	it('share one request with all announced IDs', async () => {
		const { n8n, client } = setUp([records(1, 2, 3)]);
		const loader = new RecordLoader(call);
		loader.announce([1, 2]);
		loader.announce([2, 3]);
		expect(await loader.load(client, [2])).toEqual([{ id: 2 }]);
		expect(await loader.load(client, [3, 1])).toEqual([{ id: 3 }, { id: 1 }]);
		expect(n8n.urls).toEqual(['GET /invoices/1,2,3']);
	});

	it('are read ahead only when a batch is full', async () => {
		const { n8n, client } = setUp([records(...range(1, 200)), records(201)]);
		const loader = new RecordLoader(call);
		loader.loadAhead(client, range(1, 201));
		await new Promise((resolve) => setImmediate(resolve));
		expect(n8n.urls).toHaveLength(1);
		expect(await loader.load(client, [1])).toEqual([{ id: 1 }]);
		expect(n8n.urls).toHaveLength(1);
		expect(await loader.load(client, [201])).toEqual([{ id: 201 }]);
	});

	it('wait for a full or flushed batch and are not cached', async () => {
		const { n8n, client } = setUp([records(1, 2), records(1)]);
		const loader = new RecordLoader(call);
		const waits = loader.loadWhenFull(client, [2, 1]);
		await new Promise((resolve) => setImmediate(resolve));
		expect(n8n.urls).toEqual([]);
		loader.flush(client);
		expect(await waits).toEqual([{ id: 2 }, { id: 1 }]);
		expect(await loader.take(client, 1)).toEqual({ id: 1 });
		expect(n8n.urls).toEqual(['GET /invoices/1,2', 'GET /invoices/1']);
	});

	it('are not cached by take', async () => {
		const { n8n, client } = setUp([records(1), records(1)]);
		const loader = new RecordLoader(call);
		await loader.take(client, 1);
		await loader.take(client, 1);
		expect(n8n.urls).toHaveLength(2);
	});

	it('are not read if they are already known', async () => {
		const { n8n, client } = setUp([]);
		const loader = new RecordLoader(call);
		loader.prime(1, { id: 1, version: 'x' });
		expect(await loader.load(client, [1])).toEqual([{ id: 1, version: 'x' }]);
		expect(n8n.urls).toEqual([]);
	});

	it('are undefined after a 404, and one record if the response has no list', async () => {
		const { client } = setUp([{ status: 404 }, { body: { number: 7 } }]);
		expect(await new RecordLoader(call).load(client, [1, 2])).toEqual([undefined, undefined]);
		expect(await new RecordLoader(call).load(client, [3])).toEqual([{ id: 3, number: 7 }]);
	});

	it('fail with an error that names the first IDs', async () => {
		const { client } = setUp([{ status: 403 }, { status: 403 }]);
		const few = new RecordLoader(call, { noun: 'the invoices' });
		await expect(few.load(client, [1, 2, 3])).rejects.toThrow('the invoices 1, 2, 3:');
		const many = new RecordLoader(call, { noun: 'the invoices' });
		await expect(many.load(client, [1, 2, 3, 4])).rejects.toThrow('the invoices 1, 2, 3 …:');
	});

	it('are returned once each by ascending ID, without missing ones', async () => {
		const { n8n, client } = setUp([records(1, 9)]);
		expect(await loadRecords(client, call, [9, 5, 1, 9], { query: { a: 1 } })).toEqual([{ id: 1 }, { id: 9 }]);
		expect(n8n.urls).toEqual(['GET /invoices/1,5,9?a=1']);
	});

	it('are read one by one if the call does not accept batches', async () => {
		const { n8n, client } = setUp([{ body: { id: 1 } }, { body: { id: 2 } }]);
		const loader = new RecordLoader('GET /attachments/{attachmentId}' as typeof call);
		expect(await loader.load(client, [1, 2])).toHaveLength(2);
		expect(n8n.urls).toEqual(['GET /attachments/1', 'GET /attachments/2']);
	});
});

it('collectPages reads all pages of a list', async () => {
	const n8n = new ScriptedN8n([list([1]), list([2]), list([])]);
	expect(idsOf(await collectPages(n8n.open(), { call: 'GET /invoices' }))).toEqual([1, 2]);
});
