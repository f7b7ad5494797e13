import type { IDataObject } from 'n8n-workflow';
import { withoutZeroDecimals } from '../../../validation/cellValues';
import { plainName } from '../../../validation/names';
import { fail, ok, type Result } from '../../../validation/result';
import type { Client } from '../../../api';
import { readDimensions, readLedgerAccounts } from '../companyData';
import type { Posting, PostedDimension } from './matchRows';
import { unwrap, type GivenDimension } from './rows';
import { checkShares } from './dimensionAmounts';
import { toList } from '../../../utils/objects';

/**
 * Returns a row's posting, with its dimensions found by ID or name; undefined if the row has none.
 * @param labelOf returns a field's label in messages
 */
export async function resolvePosting(
	client: Client,
	{ account, dimensions }: { account?: string; dimensions: GivenDimension[] },
	labelOf: (label: string) => string,
): Promise<Posting | undefined> {
	if (account === undefined && dimensions.length === 0) return undefined;
	const known = dimensions.length ? await readDimensions(client) : [];
	const items = dimensions.map((given, index) => unwrap(labelOf(`Dimension ${index + 1}`), resolveItem(given, known)));
	unwrap(labelOf('Dimensions'), checkShares(items));
	return { account, dimensions: items };
}

function resolveItem(
	{ dimension, item, percent, amount }: GivenDimension,
	known: IDataObject[],
): Result<PostedDimension> {
	const dimensionFound = findOne(known, dimension, ({ name }) => name);
	if (!dimensionFound.ok) return dimensionFound;
	const { id, name, items } = dimensionFound.value;
	const found = findOne(toList(items), item, ({ codeName }) => codeName);
	if (!found.ok) return fail(`${found.message} in the dimension '${String(name)}'`, found.advice);
	if (found.value.status === 'P') return fail(`names '${String(found.value.codeName)}', which is closed`);
	return ok({ dimensionId: Number(id), itemId: Number(found.value.id), percent, amount });
}

/** Returns the number of a ledger account from its number or name. */
export async function resolveAccountNumber(client: Client, wanted: string, label: string): Promise<string> {
	if (/^\d+$/.test(wanted)) return wanted;
	const found = unwrap(
		label,
		findOne(await readLedgerAccounts(client), wanted, ({ name }) => name),
	);
	return String(found.ledgerAccountCode);
}

/** Finds the only record with an ID or a name. */
function findOne(records: IDataObject[], given: string, nameOf: (record: IDataObject) => unknown): Result<IDataObject> {
	const wanted = withoutZeroDecimals(given);
	const found = records.filter(
		(record) => String(record.id) === wanted || plainName(String(nameOf(record) ?? '')) === plainName(wanted),
	);
	// Names such as 'Project A+' and 'Project A-' differ only in signs. A record with the ID also counts as exact.
	const exact = found.filter(
		(record) => String(record.id) === wanted || String(nameOf(record) ?? '').trim() === wanted.trim(),
	);
	if (exact.length === 1) return ok(exact[0]);
	if (found.length === 1) return ok(found[0]);
	if (found.length > 1)
		return fail(
			`names '${wanted}', which can mean several`,
			'Rename one of them in Procountor, or use an ID that is not also a name',
		);
	return fail(`names '${wanted}', which does not exist`, 'Enter a name or an ID of this company');
}
