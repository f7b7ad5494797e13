import type { IDataObject } from 'n8n-workflow';
import { plainName } from '../../../validation/names';
import { refuse, pass, type Verdict } from '../../../validation/result';
import type { Client } from '../../../api';
import { dimensionsOf } from '../companyData';
import type { Wish, WishedItem } from './matchRows';
import { passed, type GivenDimension } from './rows';
import { sharesFit } from './dimensionAmounts';

/** What a row wants in the ledger, its dimensions found by ID or name; undefined where it wants nothing. `inPlace` names its values in messages. */
export async function wishOf(
	client: Client,
	{ account, dimensions }: { account?: string; dimensions: GivenDimension[] },
	inPlace: (label: string) => string,
): Promise<Wish | undefined> {
	if (account === undefined && dimensions.length === 0) return undefined;
	const known = dimensions.length ? await dimensionsOf(client) : [];
	const items = dimensions.map((one, index) => passed(inPlace(`Dimension ${index + 1}`), itemOf(one, known)));
	passed(inPlace('Dimensions'), sharesFit(items));
	return { account, dimensions: items };
}

function itemOf({ dimension, item, percent, amount }: GivenDimension, known: IDataObject[]): Verdict<WishedItem> {
	const dimensionFound = only(known, dimension, ({ name }) => name);
	if (!dimensionFound.ok) return dimensionFound;
	const { id, name, items } = dimensionFound.value;
	const found = only((items ?? []) as IDataObject[], item, ({ codeName }) => codeName);
	if (!found.ok) return refuse(`${found.problem} in the dimension '${String(name)}'`, found.hint);
	if (found.value.status === 'P') return refuse(`names '${String(found.value.codeName)}', which is closed`);
	return pass({ dimensionId: Number(id), itemId: Number(found.value.id), percent, amount });
}

/** The one record with an ID or a name. */
function only(records: IDataObject[], wanted: string, nameOf: (record: IDataObject) => unknown): Verdict<IDataObject> {
	const found = records.filter(
		(record) => String(record.id) === wanted || plainName(String(nameOf(record) ?? '')) === plainName(wanted),
	);
	if (found.length === 1) return pass(found[0]);
	if (found.length > 1)
		return refuse(
			`names '${wanted}', which can mean several`,
			"Rename one of them in Procountor, or give an ID that is nobody's name",
		);
	return refuse(`names '${wanted}', which is not there`, 'Give a name or an ID of this company');
}
