import { type Call, type Client, type Listing, pages, type RecordOf } from '../../api';
import { getPath } from '../../utils/objects';
import type { Key } from './registers';

/** A search for a number in a register. */
export interface RegisterSearch<C extends Call> {
	key: Pick<Key, 'path' | 'fold' | 'spellings'>;
	number: string;
	/** Returns the list that finds a spelling; it may also find longer numbers. */
	listing: (spelling: string) => Listing<C>;
}

/** Returns the number of a record in the register's own spelling; empty if it has none. */
export const numberOf = (record: unknown, { path }: Pick<Key, 'path'>): string =>
	String(getPath(record, path) ?? '').trim();

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
	const found = await Promise.all(
		search.key.spellings(search.number).map(async (spelling) => await findSpelling(client, search, spelling)),
	);
	return uniqueById(found.flat());
}

/** Returns the records with exactly this number, or, if there are none, those with another spelling of it. */
export async function findByExactNumber<C extends Call>(
	client: Client,
	search: RegisterSearch<C>,
): Promise<Array<RecordOf<C>>> {
	const { key, number } = search;
	const [asGiven, ...others] = key.spellings(number);
	const first = await findSpelling(client, search, asGiven);
	const exact = uniqueById(first.filter((record) => numberOf(record, key) === number));
	if (exact.length) return exact;
	const found = await Promise.all(others.map(async (spelling) => await findSpelling(client, search, spelling)));
	return uniqueById([...first, ...found.flat()]);
}

async function findSpelling<C extends Call>(
	client: Client,
	{ key, number, listing }: RegisterSearch<C>,
	spelling: string,
): Promise<Array<RecordOf<C>>> {
	const found: Array<RecordOf<C>> = [];
	for await (const page of pages(client, listing(spelling)))
		found.push(...page.filter((record) => key.fold(numberOf(record, key)) === key.fold(number)));
	return found;
}

function uniqueById<R>(records: R[]): R[] {
	return [...new Map(records.map((record) => [Number(getPath(record, 'id')), record])).values()];
}
