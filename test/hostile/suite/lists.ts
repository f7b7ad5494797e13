/** Lists in a wrong form, lists that do not end, and lists whose meta is wrong about their end. */
import { answer, asJson, jsonType, kind, type AnswerKind, type Exchange } from './kind';
import { listOf } from './server';

const LISTS = ['list', 'allPages', 'trigger', 'picker', 'upsert'] as const;
const send = (exchange: Exchange, body: unknown): void => answer(exchange, 200, asJson(body), jsonType);
const list = (
	name: string,
	expected: AnswerKind['expected'],
	body: (exchange: Exchange) => unknown,
	at: AnswerKind['at'] = {},
): AnswerKind => kind(name, expected, (exchange) => send(exchange, body(exchange)), { only: LISTS, at });

const forms = [
	list('without results', 'fails', () => ({ meta: { totalCount: 3 } })),
	list('results: null', 'fails', () => ({ results: null, meta: { totalCount: 3 } })),
	list('results: an object', 'fails', () => ({ results: { 0: { id: 1 } } })),
	list('results: a string', 'fails', () => ({ results: 'none' })),
	list('results: a number', 'fails', () => ({ results: 0 })),
	list('results: false', 'fails', () => ({ results: false })),
	list('results of null', 'fails', () => ({ results: [null, null] })),
	list('results of strings', 'fails', () => ({ results: ['a', 'b'] })),
	list('results of numbers', 'fails', () => ({ results: [1, 2] })),
	list('results of lists', 'fails', () => ({ results: [[{ id: 1 }]] })),
	list('results under an older name', 'fails', () => ({ products: [{ id: 1 }] })),
	list('results one level deeper', 'fails', () => ({ data: { results: [{ id: 1 }] } })),
	list('records without an ID', 'either', () => ({ results: [{ name: 'a' }, { name: 'b' }] }), {
		list: 'fails',
		trigger: 'fails',
	}),
	list('an ID that is text', 'either', () => ({ results: [{ id: 'abc' }] }), { list: 'fails', trigger: 'fails' }),
	list('an ID that is null', 'either', () => ({ results: [{ id: null }] }), { list: 'fails', trigger: 'fails' }),
	list('an ID that is negative', 'either', () => ({ results: [{ id: -5 }] }), { list: 'fails', trigger: 'fails' }),
	list('an ID that is a fraction', 'either', () => ({ results: [{ id: 1.5 }] }), { list: 'fails', trigger: 'fails' }),
	kind(
		'an ID beyond 2^53',
		'either',
		(exchange) => answer(exchange, 200, '{"results":[{"id":9007199254740993}]}', jsonType),
		{
			only: LISTS,
			at: { list: 'fails', trigger: 'fails' },
		},
	),
];

/** Wrong meta must not change the result. */
const meta = [null, 'x', 5, [], {}, { pageSize: 0 }, { pageSize: -1 }, { pageSize: 'many' }, { pageSize: 1e9 }].map(
	(said) =>
		list(`meta: ${asJson(said)}`, 'right', ({ request, records }) => ({
			results: listOf(request, 200, records).results,
			meta: said,
		})),
);

const counted = [0, 2, 1e12, -1, null].map((totalCount) =>
	list(`a total of ${totalCount}`, 'right', ({ request, records }) => ({
		...listOf(request, 200, records),
		meta: { pageSize: 200, totalCount },
	})),
);

const full = (from: number): unknown[] =>
	Array.from({ length: 200 }, (_, index) => ({ id: from + index, name: `R${from + index}` }));

const endless = [
	list('the same page without end', 'fails', () => ({ results: full(1), meta: { pageSize: 200 } }), {
		picker: 'either',
		trigger: 'fails',
	}),
	list(
		'two pages in turn without end',
		'fails',
		({ earlier }) => ({ results: full(earlier % 2 ? 201 : 1), meta: { pageSize: 200 } }),
		{ picker: 'either' },
	),
	list(
		'three pages in turn without end',
		'fails',
		({ earlier }) => ({ results: full((earlier % 3) * 200 + 1), meta: { pageSize: 200 } }),
		{
			picker: 'either',
		},
	),
	list('one record repeatedly', 'either', () => ({ results: [{ id: 1, name: 'R1' }], meta: { pageSize: 1 } })),
	list(
		'pages that go backwards',
		'fails',
		({ earlier }) => ({ results: full(Math.max(1, 1000 - earlier * 200)), meta: { pageSize: 200 } }),
		{
			picker: 'either',
		},
	),
];

const capped = (name: string, cap: number, withMeta: boolean): AnswerKind =>
	list(name, 'right', ({ request, records }) => {
		const { results, meta } = listOf(request, cap, records);
		return withMeta ? { results, meta } : { results };
	});

/** The first and the last record are hidden from this user: they are removed after the page is cut. */
const hiding = (name: string, withMeta: boolean): AnswerKind =>
	list(name, 'right', ({ request, records }) => {
		const others = [1, 999].map((id) => ({ ...records[0], id }));
		const { results, meta } = listOf(request, 3, [others[0], ...records, others[1]]);
		const shown = results.filter(({ id }) => !others.some((other) => other.id === id));
		return withMeta ? { results: shown, meta } : { results: shown };
	});

const short = [
	capped('pages of at most two records', 2, true),
	capped('pages of at most two records, without meta', 2, false),
	capped('pages of at most one record, without meta', 1, false),
	hiding('rows hidden in pages of three', true),
	hiding('rows hidden in pages of three, without meta', false),
];

export const lists: AnswerKind[] = [...forms, ...meta, ...counted, ...endless, ...short];
