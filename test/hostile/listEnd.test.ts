/** Lists whose pages do not show where they end: hidden rows, capped pages, repeated pages. */
import { rawBench } from './raw';
import { json, type Answerer, type RawRequest } from './rawServer';

const bench = rawBench();
const ids = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const invoices = ['invoice', 'getAll', { returnAll: true, simple: false }] as const;
const allPages = ['apiRequest', 'send', { method: 'GET', path: '/somethingnew', options: { allPages: true } }] as const;

interface Manner {
	/** The maximum number of records in a page. */
	cap?: number;
	/** Whether the user may see a record; applied to the rows of a page, after it was cut. */
	isVisible?(id: number): boolean;
	/** The meta of the list, for the rows that are left from the page on. */
	meta?(left: number, size: number): object;
}

/** One page of the records with these IDs, as the request asks for it. */
function rowsOf({ query }: RawRequest, all: number[], cap: number): { rows: number[]; left: number; size: number } {
	const size = Math.min(Number(query.get('size') ?? 50), cap);
	const from = Number(query.get('previousId') ?? 0);
	const isFalling = query.get('orderById') === 'DESC';
	const after = all.filter((id) => from === 0 || (isFalling ? id < from : id > from));
	const first = Number(query.get('page') ?? 0) * size;
	return { rows: (isFalling ? after.reverse() : after).slice(first, first + size), left: after.length, size };
}

const listing =
	(all: number[], { cap = 200, isVisible = () => true, meta }: Manner = {}): Answerer =>
	(request, response) => {
		const { rows, left, size } = rowsOf(request, all, cap);
		const results = rows.filter(isVisible).map((id) => ({ id, name: `R${id}` }));
		json(response, { results, ...(meta ? { meta: meta(left, size) } : {}) });
	};

async function read(operation: typeof invoices | typeof allPages): Promise<{ found: number[]; requests: number }> {
	const [resource, name, parameters] = operation;
	const run = await bench.run(resource, name, parameters);
	if (run.error) throw new Error(`${run.error.message} | ${run.error.description ?? ''}`);
	const found = run.items[0].map((item) => Number(item.json.id)).sort((a, b) => a - b);
	// After an empty list the node also checks whether a right is missing.
	const requests = bench.server.requests.filter(({ path }) => ['/invoices', '/somethingnew'].includes(path));
	return { found, requests: requests.length };
}

function report(what: string, requests: number): void {
	process.stdout.write(`Requests of ${what}: ${requests}\n`);
}

describe('A list with hidden rows', () => {
	const isVisible = (id: number): boolean => id % 3 !== 0;
	const visible = ids(600).filter(isVisible);

	it.each([
		['without meta', undefined],
		['with the total of all rows', (_: number, size: number) => ({ pageSize: size, totalCount: 600 })],
		[
			'with the total of the rows that are left',
			(left: number, size: number) => ({ pageSize: size, totalCount: left }),
		],
		['with the total of the visible rows', () => ({ totalCount: visible.length })],
	])('is read to its end %s', async (what, meta) => {
		bench.server.answer = listing(ids(600), { isVisible, meta });
		const { found, requests } = await read(invoices);
		report(`a list of 600 with every third row hidden, ${what}`, requests);
		expect(found).toEqual(visible);
		expect(requests).toBeLessThanOrEqual(8);
	});

	it.each([['invoices', invoices] as const, ['all pages of an unknown path', allPages] as const])(
		'is read to its end if the server caps its pages at 100: %s',
		async (_, operation) => {
			bench.server.answer = listing(ids(900), { cap: 100 });
			expect((await read(operation)).found).toEqual(ids(900));
		},
	);

	it('returns as many records as the limit requests', async () => {
		bench.server.answer = listing(ids(600), { isVisible });
		const run = await bench.run('invoice', 'getAll', { limit: 150, simple: false });
		expect(run.items[0].map((item) => item.json.id)).toEqual([...visible].reverse().slice(0, 150));
	});
});

describe('A list whose meta proves its end', () => {
	it.each([
		['an empty list', 0, 1],
		['three records', 3, 1],
		['450 records', 450, 3],
	])('needs no further request: %s', async (_, count, most) => {
		bench.server.answer = listing(ids(count), {
			meta: (left, size) => ({ pageSize: size, totalCount: left }),
		});
		const { found, requests } = await read(invoices);
		expect(found).toEqual(ids(count));
		expect(requests).toBeLessThanOrEqual(most);
	});

	it('needs at most 103 requests for 10,000 invoices with their details', async () => {
		const list = listing(ids(10_000), { meta: (left, size) => ({ pageSize: size, totalCount: left }) });
		bench.server.answer = (request, response) => {
			const asked = /^\/invoices\/([\d,]+)$/.exec(request.path)?.[1].split(',').map(Number);
			if (asked === undefined) return list(request, response);
			return json(
				response,
				asked.map((id) => ({ id, invoiceRows: [] })),
			);
		};
		const run = await bench.run('invoice', 'getAll', { returnAll: true, simple: false, includeDetails: true });
		expect(run.items[0]).toHaveLength(10_000);
		report('10,000 invoices with details', bench.server.requests.length);
		expect(bench.server.requests.length).toBeLessThanOrEqual(103);
	});
});

describe('A list that repeats its pages', () => {
	const full = (from: number) => ids(200).map((id) => ({ id: from + id, name: `R${from + id}` }));
	const again = /returned the same page again, so the list cannot be read to its end/;

	it.each([
		['the same page', 1],
		['two pages in turn', 2],
		['three pages in turn', 3],
	])('ends with an error after a few requests: %s', async (_, rounds) => {
		for (const operation of [invoices, allPages]) {
			let count = 0;
			bench.server.requests.length = 0;
			bench.server.answer = (_request, response) => json(response, { results: full((count++ % rounds) * 200) });
			await expect(read(operation)).rejects.toThrow(again);
			expect(bench.server.requests.length).toBeLessThanOrEqual(10);
		}
	});

	it('is read once if the server ignores the page number of a short list', async () => {
		bench.server.answer = (_, response) => json(response, { results: full(0).slice(0, 50) });
		const { found, requests } = await read(allPages);
		expect(found).toEqual(ids(50));
		expect(requests).toBe(2);
	});
});

describe('A record without a usable ID', () => {
	it.each([[{ name: 'a' }], [{ id: 'abc' }], [{ id: null }], [{ id: -5 }], [{ id: 1.5 }]])(
		'is reported instead of dropped: %j',
		async (record) => {
			bench.server.answer = (_, response) => json(response, { results: [{ id: 1 }, record] });
			await expect(read(invoices)).rejects.toThrow(/returned a record without a usable ID/);
		},
	);

	it('is kept if the list is paged by number', async () => {
		bench.server.answer = (request, response) =>
			json(response, { results: request.query.get('page') ? [] : [{ name: 'a' }, { name: 'b' }] });
		const run = await bench.run(...allPages);
		expect(run.items[0].map((item) => item.json.name)).toEqual(['a', 'b']);
	});
});
