import { type Call, type Client, type Listing, pages, type RecordOf } from '../../api';
import { getPath } from '../../utils/objects';
import type { Key } from './registers';

/** A search for a number in a register. */
export interface RegisterSearch<C extends Call> {
	key: Pick<Key, 'at' | 'fold' | 'spellings'>;
	number: string;
	/** The list to search for one spelling; it may find parts of numbers too. */
	listing: (spelling: string) => Listing<C>;
}

/** Returns the number of a record in the register's form; empty if it has none. */
export const numberOf = (record: unknown, { at }: Pick<Key, 'at'>): string => String(getPath(record, at) ?? '').trim();

/** Returns the query and headers that search a list for one spelling of a number. */
export const searchParameters = ({ query, header }: Key['filter'], spelling: string) => ({
	query: query ? { [query]: spelling } : {},
	headers: header ? { [header]: spelling } : undefined,
});

/** Returns all records that have the number, in any spelling. */
export async function findByNumber<C extends Call>(
	client: Client,
	search: RegisterSearch<C>,
): Promise<Array<RecordOf<C>>> {
	const found = new Found(client, search);
	await Promise.all(search.key.spellings(search.number).map(async (spelling) => await found.read(spelling)));
	return found.records;
}

/** Returns the records with exactly this number, or, if there are none, those with another spelling of it. */
export async function findByExactNumber<C extends Call>(
	client: Client,
	search: RegisterSearch<C>,
): Promise<Array<RecordOf<C>>> {
	const found = new Found(client, search);
	const [asGiven, ...others] = search.key.spellings(search.number);
	await found.read(asGiven);
	const exact = found.records.filter((record) => numberOf(record, search.key) === search.number);
	if (exact.length) return exact;
	await Promise.all(others.map(async (spelling) => await found.read(spelling)));
	return found.records;
}

/** What the searches for the spellings of one number have found, each record once. */
class Found<C extends Call> {
	private readonly byId = new Map<number, RecordOf<C>>();

	constructor(
		private readonly client: Client,
		private readonly search: RegisterSearch<C>,
	) {}

	get records(): Array<RecordOf<C>> {
		return [...this.byId.values()];
	}

	async read(spelling: string): Promise<void> {
		const { key, number, listing } = this.search;
		for await (const page of pages(this.client, listing(spelling)))
			for (const record of page)
				if (key.fold(numberOf(record, key)) === key.fold(number)) this.byId.set(Number(getPath(record, 'id')), record);
	}
}
