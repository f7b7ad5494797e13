import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	pages,
	readInParallel,
	type Response,
	type Client,
	type Listing,
	type Request,
} from '../../../nodes/Procountor/api';
import { runs } from '../validation/numbers';

/** How a server pages: its largest page, whether it supports descending order, and what it reports of its pages. */
interface Manner {
	most: number;
	falling: boolean;
	tellsSize: boolean;
	tellsTotal?: boolean;
	emptyIs404: boolean;
	/** The number of requests between two new records; 0 for no new records. */
	arrivalEvery: number;
}

/** A list of records by ID, which is requested like Procountor's lists. */
class ListServer {
	requests = 0;
	/** The start of each page, in the order of the requests. */
	readonly starts: string[] = [];
	readonly ids: number[];

	constructor(
		ids: number[],
		private readonly manner: Manner,
	) {
		this.ids = [...ids].sort((a, b) => a - b);
	}

	readonly client = {
		requestOptional: async (request: Request) => await this.answer(request),
		request: async (request: Request) => await this.answer(request),
	} as unknown as Client;

	private async answer({ query = {} }: Request): Promise<Response | undefined> {
		const { most, falling, tellsSize, tellsTotal, emptyIs404, arrivalEvery } = this.manner;
		this.requests++;
		this.starts.push(query.orderById === 'DESC' ? 'newest' : String(query.previousId ?? 'first'));
		if (arrivalEvery && this.requests % arrivalEvery === 0) this.ids.push((this.ids.at(-1) ?? 0) + 1);
		await Promise.resolve();
		const size = Math.min(Number(query.size ?? 50), most);
		const isFalling = query.orderById === 'DESC' && falling;
		const after = this.ids.filter((id) => id > Number(query.previousId ?? 0));
		const found = (isFalling ? after.reverse() : after).slice(0, size);
		if (found.length === 0 && emptyIs404) return undefined;
		return {
			statusCode: 200,
			headers: {},
			body: {
				results: found.map((id) => ({ id })),
				meta: { ...(tellsSize ? { pageSize: size } : {}), ...(tellsTotal ? { totalCount: this.ids.length } : {}) },
			},
		};
	}
}

const plain: Listing = { call: 'GET /invoices' };
const listings = [
	['', plain],
	[' with both ends read at once', { ...plain, isLong: true }],
] as const;
const idsOf = (records: IDataObject[]) => records.map(({ id }) => Number(id));

const spread = fc.record({
	count: fc.integer({ min: 0, max: 2600 }),
	step: fc.integer({ min: 1, max: 40 }),
	start: fc.integer({ min: 1, max: 100_000 }),
	gapAt: fc.integer({ min: 0, max: 2600 }),
	gap: fc.integer({ min: 0, max: 1_000_000 }),
});
const ids = spread.map(({ count, step, start, gapAt, gap }) =>
	Array.from({ length: count }, (_, index) => start + index * step + (index >= gapAt ? gap : 0)),
);
// A server with smaller pages must report their size: otherwise a short page is the end.
const manner = fc
	.record({
		most: fc.constantFrom(200, 200, 100, 37),
		falling: fc.boolean(),
		tellsSize: fc.boolean(),
		emptyIs404: fc.boolean(),
		arrivalEvery: fc.constantFrom(0, 0, 1, 3),
	})
	.map((given) => ({ ...given, tellsSize: given.tellsSize || given.most < 200 }));

describe.each(listings)('Full list%s', (_name, listing) => {
	it('contains every record once in ascending order, whatever arrives meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(ids, manner, async (given, how) => {
				// In ascending order, a list that grows with each request would never end.
				const server = new ListServer(given, how.falling || how.arrivalEvery !== 1 ? how : { ...how, arrivalEvery: 0 });
				const read = idsOf(
					(await readInParallel(server.client, listing, async (page) => await Promise.resolve(page))).flat(),
				);
				expect(read).toEqual([...read].sort((a, b) => a - b));
				expect(new Set(read).size).toBe(read.length);
				const seen = new Set(read);
				expect(given.filter((id) => !seen.has(id))).toEqual([]);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('needs at most nine more requests than it has pages', async () => {
		await fc.assert(
			fc.asyncProperty(ids, async (given) => {
				const server = new ListServer(given, {
					most: 200,
					falling: true,
					tellsSize: true,
					emptyIs404: false,
					arrivalEvery: 0,
				});
				await readInParallel(server.client, listing, async (page) => await Promise.resolve(page));
				// At most eight ranges, each of which may end with a short page, and the newest page.
				expect(server.requests).toBeLessThanOrEqual(Math.ceil(given.length / 200) + 9);
			}),
			{ numRuns: runs(100) },
		);
	});

	it('fails with the first failure, wherever it occurs', async () => {
		await fc.assert(
			fc.asyncProperty(
				ids.filter((given) => given.length > 0),
				manner,
				fc.integer({ min: 0, max: 12 }),
				async (given, how, failing) => {
					const server = new ListServer(given, { ...how, arrivalEvery: 0 });
					let completed = 0;
					const complete = async (page: IDataObject[]): Promise<IDataObject[]> =>
						completed++ === failing ? await Promise.reject(new Error('no details')) : await Promise.resolve(page);
					const outcome = await readInParallel(server.client, listing, complete).then(
						() => 'read',
						(error: Error) => error.message,
					);
					expect(outcome).toBe(completed > failing ? 'no details' : 'read');
				},
			),
			{ numRuns: runs(200) },
		);
	});
});

const usual: Manner = { most: 200, falling: true, tellsSize: false, emptyIs404: false, arrivalEvery: 0 };
const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, index) => first + index);

describe('Pages of a full list', () => {
	const startsOf = async (ids: number[], manner: Partial<Manner> = {}, listing = plain): Promise<string[]> => {
		const server = new ListServer(ids, { ...usual, ...manner });
		const pages = await readInParallel(server.client, listing, async (page) => await Promise.resolve(page));
		expect(idsOf(pages.flat())).toEqual(ids);
		expect(pages.every((page) => page.length > 0)).toBe(true);
		return server.starts;
	};

	it.each<[string, number[], Partial<Manner>, string[]]>([
		['an empty list', [], {}, ['first']],
		['one record', [7], {}, ['first', 'newest', '7']],
		['one short page', [1, 2, 3], {}, ['first', 'newest']],
		['one short page with a total', [1, 2, 3], { tellsTotal: true }, ['first']],
		['one full page', range(1, 200), { tellsTotal: true }, ['first', 'newest']],
		[
			'one page that the server reports as full',
			range(1, 100),
			{ most: 100, tellsSize: true, tellsTotal: true },
			['first', 'newest'],
		],
		['two pages', range(1, 400), {}, ['first', 'newest']],
		['a few records between both ends', range(1, 450), {}, ['first', 'newest', '200']],
		['a server that ignores descending order', range(1, 3), { falling: false }, ['first', 'newest', '3']],
	])('are requested as expected for %s', async (_name, ids, manner, expected) => {
		expect(await startsOf(ids, manner)).toEqual(expected);
	});

	it('are full between both ends, wherever the IDs begin', async () => {
		const [first, newest, ...others] = await startsOf(range(100_001, 2000));
		expect([first, newest]).toEqual(['first', 'newest']);
		expect(others.sort()).toEqual(range(0, 8).map((page) => String(100_200 + page * 200)));
	});

	it('are read in at most eight ranges at once', async () => {
		const [, , ...others] = await startsOf(range(1, 200 * 82));
		// Eighty pages between both ends: each range has ten.
		expect(others.slice(0, 8)).toEqual(range(0, 8).map((stretch) => String(200 + stretch * 2000)));
		expect(others).toHaveLength(80);
	});

	it('are read in ranges sized by the denser end of the list', async () => {
		// The first page spans 200 IDs, the newest one 1,991.
		const ids = [...range(1, 200), ...range(0, 1000).map((index) => 1001 + index * 10)];
		const starts = await startsOf(ids);
		expect(starts.slice(2, 10)).toEqual(range(0, 8).map((stretch) => String(200 + stretch * 1200)));
	});

	it('are read from both ends at once for a long list', async () => {
		const long = { ...plain, isLong: true };
		expect(await startsOf(range(1, 450), {}, long)).toEqual(['newest', 'first', '200']);
		expect(await startsOf([], {}, long)).toEqual(['newest', 'first']);
	});
});

it('A full list reports its end after all its pages are read', async () => {
	const server = new ListServer(range(1, 450), usual);
	const told: number[] = [];
	const complete = async (page: IDataObject[]) => await Promise.resolve(page);
	await readInParallel(server.client, plain, complete, () => told.push(server.requests));
	expect(told).toEqual([3]);
});

it.each(listings)('A full list%s is not read to its end if the first details fail', async (_name, listing) => {
	const server = new ListServer(
		Array.from({ length: 20_000 }, (_, index) => index + 1),
		{ most: 200, falling: true, tellsSize: true, emptyIs404: false, arrivalEvery: 0 },
	);
	await expect(
		readInParallel(server.client, listing, async () => await Promise.reject(new Error('no details'))),
	).rejects.toThrow('no details');
	// The first page, the newest, and one page of each of the eight ranges, of a hundred pages.
	expect(server.requests).toBeLessThanOrEqual(10);
});

describe('Pages of a list', () => {
	it('contain the first records up to the limit in ascending order', async () => {
		await fc.assert(
			fc.asyncProperty(ids, manner, fc.integer({ min: 1, max: 700 }), async (given, how, limit) => {
				const server = new ListServer(given, { ...how, arrivalEvery: 0 });
				const read: number[] = [];
				for await (const page of pages(server.client, plain, limit)) read.push(...idsOf(page));
				expect(read).toEqual(server.ids.slice(0, limit));
			}),
			{ numRuns: runs(200) },
		);
	});
});
