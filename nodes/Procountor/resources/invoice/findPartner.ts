import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, type Listing } from '../../api';
import { withoutZeroDecimals } from '../../validation/cellValues';
import { checkLatin1Header } from '../../validation/charset';
import { quoted } from '../../validation/result';
import { readOnce } from '../shared/companyData';
import { isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { type Key, partners, persons } from '../shared/registers';
import { findByExactNumber, findByNumber, searchParameters } from '../shared/registerSearch';

const [identifier, customerNumber] = partners.keys;

/** The registers' keys by the mode of the partner field. */
const keys: Readonly<Record<string, Pick<Key, 'name' | 'path' | 'filter' | 'fold' | 'spellings' | 'normalize'>>> = {
	customerNumber,
	identifier,
	name: {
		name: 'name',
		path: 'name',
		filter: { header: 'name' },
		fold: (name) => name.normalize('NFKC').trim().toLowerCase(),
		spellings: (name) => [name],
	},
};

/**
 * Finds the customer or supplier that was given by customer number, business ID or name. Returns its ID.
 * @throws {InputError} if there is none, or several
 */
export async function findPartnerId(client: Client, type: InvoiceType, { mode, value }: IDataObject): Promise<number> {
	const key = keys[String(mode)];
	const text = withoutZeroDecimals(key.normalize?.(String(value)) ?? String(value));
	const found = await readOnce(client, `partner ${JSON.stringify([isSales(type), mode, value])}`, async () => {
		const listing = (spelling: string): Listing<'GET /businesspartners'> => partnerListing(type, key.filter, spelling);
		const records = await findByNumber(client, { key, number: text, listing });
		return records.map(({ id }) => Number(id));
	});
	if (found.length === 1) return found[0];
	const label = counterpartyLabel(type);
	if (found.length === 0)
		throw new InputError(
			label,
			`is not in the register: no ${label.toLowerCase()} has the ${key.name} ${quoted(text)}`,
			`Check it, or choose the ${label.toLowerCase()} from the list.`,
		);
	throw new InputError(
		label,
		`is not clear: ${found.length} have the ${key.name} ${quoted(text)} (IDs ${found.join(', ')})`,
		'Choose one from the list, or by ID.',
	);
}

function partnerListing(type: InvoiceType, filter: Key['filter'], text: string): Listing<'GET /businesspartners'> {
	if (filter.header && !checkLatin1Header(text).ok)
		throw new InputError(
			counterpartyLabel(type),
			`has characters that cannot be searched for: ${quoted(text)}`,
			'Choose it from the list, or by customer number.',
		);
	const { query, headers } = searchParameters(filter, text);
	return {
		call: 'GET /businesspartners',
		query: { type: isSales(type) ? 'CUSTOMER' : 'SUPPLIER', ...query },
		headers,
		confirmEmpty: true,
	};
}

/**
 * Finds the active person with a person number. Returns the ID.
 * @throws {InputError} if there is none, or several
 */
export async function findPersonId(client: Client, personNumber: string): Promise<number> {
	const found = await readOnce(
		client,
		`person number ${personNumber}`,
		async () =>
			await findByExactNumber(client, {
				key: persons.keys[0],
				number: personNumber,
				listing: (spelling) => ({ call: 'GET /persons', query: { personNumber: spelling }, confirmEmpty: true }),
			}),
	);
	if (found.length === 1) return Number(found[0].id);
	throw found.length
		? new InputError('Person Number', `belongs to several persons: ${personNumber}`, 'Choose the person itself.')
		: new InputError(
				'Person Number',
				`is not in the person register: ${personNumber}`,
				'Inactive persons are not found.',
			);
}
