import type { IDataObject } from 'n8n-workflow';
import type { Listing } from '../api';
import { getPath } from '../utils/objects';

/** A list's filter for a number with several spellings. The server possibly knows only the register's own (U). */
export interface NumberSearch {
	/** The header that contains the number. */
	header: string;
	/** The path of the number in a record. */
	path: string;
	/** Returns the spellings to search for; none if a number has no other spellings. */
	spellings: (number: string) => string[];
	isSameNumber: (own: string, number: string) => boolean;
}

/** Returns a listing for each spelling of the number. */
export function listingsForSpellings(search: NumberSearch | undefined, listings: Listing[]): Listing[] {
	return listings.flatMap((listing) => {
		const forms = search ? spellingsFor(search, listing) : [];
		if (search === undefined || forms.length === 0) return [listing];
		return forms.map((form) => ({ ...listing, headers: { ...listing.headers, [search.header]: form } }));
	});
}

/** Returns a test for records with exactly the number of a search; undefined if the server alone decides. */
export function numberTest(
	search: NumberSearch | undefined,
	listing: Listing,
): ((record: IDataObject) => boolean) | undefined {
	if (search === undefined || spellingsFor(search, listing).length === 0) return undefined;
	const number = listing.headers?.[search.header] ?? '';
	return (record) => search.isSameNumber(String(getPath(record, search.path) ?? ''), number);
}

function spellingsFor({ header, spellings: forms }: NumberSearch, { headers }: Listing): string[] {
	const number = headers?.[header];
	return number === undefined ? [] : forms(number);
}
