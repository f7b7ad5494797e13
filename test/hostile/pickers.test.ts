/** Pickers of registers with more than one page. */
import { rawBench } from './raw';
import { json, type Answerer } from './rawServer';

const bench = rawBench();
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

async function search(method: string, filter?: string, paginationToken?: string, parameters = {}) {
	return await bench.engine.listSearch(method, {
		type: 'procountor',
		parameters: { authentication: 'apiKey', ...parameters },
		credentials: { procountorApi: bench.apiKey() },
		filter,
		paginationToken,
	});
}

/** All entries that a picker shows when a person scrolls to its end. */
async function scrolled(method: string, filter?: string): Promise<string[]> {
	const names: string[] = [];
	for (let token: string | undefined, page = 0; page < 10; page++) {
		const { results, paginationToken } = await search(method, filter, token);
		names.push(...results.map(({ name }) => name));
		if (paginationToken === undefined) break;
		token = String(paginationToken);
	}
	return names;
}

/** 450 persons, paged by number. */
const persons: Answerer = ({ query }, response) => {
	const start = Number(query.get('page') ?? 0) * Number(query.get('size') ?? 50);
	json(response, {
		results: range(1, 450)
			.slice(start, start + Number(query.get('size') ?? 50))
			.map((id) => ({ id, firstName: 'Aino', lastName: `Virtanen ${id}` })),
	});
};

/** 450 products, newest first by default, paged only by the last ID; higher IDs follow it. */
const products: Answerer = ({ query }, response) => {
	const after = range(1, 450).filter((id) => id > Number(query.get('previousId') ?? 0));
	const inOrder = query.get('orderById') === 'ASC' ? after : after.reverse();
	json(response, {
		results: inOrder.slice(0, Number(query.get('size') ?? 50)).map((id) => ({ id, name: `Kahvi ${id}` })),
	});
};

describe('A register without a search on the server', () => {
	it('is searched to its last page', async () => {
		bench.server.answer = persons;
		const { results, paginationToken } = await search('searchPerson', 'virtanen 447');
		expect(results).toEqual([{ name: 'Virtanen 447 Aino', value: 447 }]);
		// A short page does not prove the end of the register.
		expect(await search('searchPerson', 'virtanen 447', String(paginationToken))).toEqual({ results: [] });
		expect((await search('searchPerson', 'nobody')).results).toEqual([]);
	});

	it('shows each match once', async () => {
		bench.server.answer = persons;
		expect(await scrolled('searchPerson', 'virtanen 4')).toHaveLength(
			range(1, 450).filter((id) => String(id).startsWith('4')).length,
		);
		expect(new Set(await scrolled('searchPerson')).size).toBe(450);
	});
});

it('A register paged by the last ID shows each entry once', async () => {
	bench.server.answer = products;
	const names = await scrolled('searchProduct');
	expect(names).toHaveLength(450);
	expect(new Set(names).size).toBe(450);
});

it.each(['', '={{ $json.dimension }}', '..', '5/../../6'])(
	'A list inside a record requires the record first: %j',
	async (dimensionId) => {
		await expect(
			search('searchDimensionItem', undefined, undefined, {
				resource: 'dimension',
				operation: 'updateItem',
				dimensionId,
			}),
		).rejects.toThrow("Choose 'Dimension' first");
		expect(bench.server.requests).toEqual([]);
	},
);
