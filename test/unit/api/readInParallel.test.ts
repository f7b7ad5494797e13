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

/** How a server pages: the most that it gives, whether it knows falling order, and what it says of its page size. */
interface Manner {
	most: number;
	falling: boolean;
	tellsSize: boolean;
	emptyIs404: boolean;
	/** After so many requests another record arrives, again and again; 0 for never. */
	arrivalEvery: number;
}

/** A list of records by id, asked for as Procountor's are. */
class ListServer {
	requests = 0;
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
		const { most, falling, tellsSize, emptyIs404, arrivalEvery } = this.manner;
		this.requests++;
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
			body: { results: found.map((id) => ({ id })), meta: tellsSize ? { pageSize: size } : {} },
		};
	}
}

const plain: Listing = { call: 'GET /invoices' };
const listings = [
	['', plain],
	[' whose ends are read at once', { ...plain, isLong: true }],
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
// A server that gives fewer than asked for must say so: else a short page is the end.
const manner = fc
	.record({
		most: fc.constantFrom(200, 200, 100, 37),
		falling: fc.boolean(),
		tellsSize: fc.boolean(),
		emptyIs404: fc.boolean(),
		arrivalEvery: fc.constantFrom(0, 0, 1, 3),
	})
	.map((given) => ({ ...given, tellsSize: given.tellsSize || given.most < 200 }));

describe.each(listings)('a whole list%s', (_name, listing) => {
	it('is read once each, in rising order, however its ids lie and whatever arrives meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(ids, manner, async (given, how) => {
				// A server that never comes to an end while records keep arriving is not read at all.
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

	it('takes hardly more requests than it has pages', async () => {
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
				// Eight stretches at most, each of which may end with a page of few records, and the newest page.
				expect(server.requests).toBeLessThanOrEqual(Math.ceil(given.length / 200) + 9);
			}),
			{ numRuns: runs(100) },
		);
	});

	it('ends with the first failure, wherever it is', async () => {
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

it.each(listings)('a list%s whose first details fail is not read to its end', async (_name, listing) => {
	const server = new ListServer(
		Array.from({ length: 20_000 }, (_, index) => index + 1),
		{ most: 200, falling: true, tellsSize: true, emptyIs404: false, arrivalEvery: 0 },
	);
	await expect(
		readInParallel(server.client, listing, async () => await Promise.reject(new Error('no details'))),
	).rejects.toThrow('no details');
	// The first page, the newest, and one of each of the eight stretches, of a hundred pages.
	expect(server.requests).toBeLessThanOrEqual(10);
});

describe('a list page by page', () => {
	it('gives the first records up to the limit, in rising order', async () => {
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
