import type { IDataObject } from 'n8n-workflow';
import type { Listing } from '../api';
import { getPath } from '../utils/objects';

/** A filter of a list for a number that people write in several forms, where the server may know only the register's own (U). */
export interface NumberSearch {
	/** The header that carries the number. */
	header: string;
	/** Where a record has its number. */
	at: string;
	/** The forms to search for; none for a number without other forms, whose search is left to the server. */
	forms: (number: string) => string[];
	isSame: (own: string, number: string) => boolean;
}

/** Returns the requests that search for a number in each of its forms. */
export function inEachForm(search: NumberSearch | undefined, listings: Listing[]): Listing[] {
	return listings.flatMap((listing) => {
		const forms = search ? formsIn(search, listing) : [];
		if (search === undefined || forms.length === 0) return [listing];
		return forms.map((form) => ({ ...listing, headers: { ...listing.headers, [search.header]: form } }));
	});
}

/** Returns a test for records that have exactly the number of a search; undefined if the server alone decides. */
export function numberTest(
	search: NumberSearch | undefined,
	listing: Listing,
): ((record: IDataObject) => boolean) | undefined {
	if (search === undefined || formsIn(search, listing).length === 0) return undefined;
	const number = listing.headers?.[search.header] ?? '';
	return (record) => search.isSame(String(getPath(record, search.at) ?? ''), number);
}

function formsIn({ header, forms }: NumberSearch, { headers }: Listing): string[] {
	const number = headers?.[header];
	return number === undefined ? [] : forms(number);
}
