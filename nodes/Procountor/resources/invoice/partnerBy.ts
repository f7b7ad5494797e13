import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, type Listing, pages } from '../../api';
import { getPath } from '../../utils/objects';
import { withoutZeroDecimals } from '../../validation/cellValues';
import { latin1Header } from '../../validation/charset';
import { quoted } from '../../validation/result';
import { once } from '../shared/companyData';
import { isSales, partyOf, type InvoiceType } from '../shared/invoiceTypes';
import { type Key, partners } from '../shared/registers';

const [identifier, customerNumber] = partners.keys;

/** How a partner is found, by the mode of its field. */
const keys: Readonly<Record<string, Pick<Key, 'name' | 'at' | 'filter' | 'fold' | 'spellings'>>> = {
	customerNumber,
	identifier,
	name: {
		name: 'name',
		at: 'name',
		filter: { header: 'name' },
		fold: (name) => name.normalize('NFKC').trim().toLowerCase(),
		spellings: (name) => [name],
	},
};

/**
 * The ID of the customer or supplier that was given by customer number, business ID or name.
 * @throws {InputError} for none, and for several
 */
export async function partnerIdBy(client: Client, type: InvoiceType, { mode, value }: IDataObject): Promise<number> {
	const key = keys[String(mode)];
	const text = withoutZeroDecimals(String(value));
	const found = await once(client, `partner ${JSON.stringify([isSales(type), mode, value])}`, async () => {
		const ids = new Set<number>();
		for (const spelling of key.spellings(text))
			for await (const page of pages(client, listingOf(type, key.filter, spelling)))
				for (const row of page)
					if (key.fold(String(getPath(row, key.at) ?? '')) === key.fold(text)) ids.add(Number(row.id));
		return [...ids];
	});
	if (found.length === 1) return found[0];
	const party = partyOf(type);
	if (found.length === 0)
		throw new InputError(
			party,
			`is not in the register: no ${party.toLowerCase()} has the ${key.name} ${quoted(text)}`,
			`Check it, or choose the ${party.toLowerCase()} from the list.`,
		);
	throw new InputError(
		party,
		`is not clear: ${found.length} have the ${key.name} ${quoted(text)} (IDs ${found.join(', ')})`,
		'Choose one from the list, or by ID.',
	);
}

function listingOf(
	type: InvoiceType,
	{ query, header }: Key['filter'],
	text: string,
): Listing<'GET /businesspartners'> {
	if (header && !latin1Header(text).ok)
		throw new InputError(
			partyOf(type),
			`has letters that cannot be searched for: ${quoted(text)}`,
			'Choose it from the list, or by customer number.',
		);
	return {
		call: 'GET /businesspartners',
		query: { type: isSales(type) ? 'CUSTOMER' : 'SUPPLIER', ...(query ? { [query]: text } : {}) },
		headers: header ? { [header]: text } : undefined,
		confirmEmpty: true,
	};
}
