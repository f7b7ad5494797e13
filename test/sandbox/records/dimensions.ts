import { badRequest, notFound } from '../errors';
import { sum } from '../money';
import type { Company } from '../world/world';
import { type Call, type Handlers, idOf, ok } from './handler';
import { contains } from './lists';

export interface DimensionItem {
	id: number;
	codeName: string;
	/** `P` for an inactive item, otherwise absent. */
	status?: string;
	description?: string;
}

export interface Dimension {
	id: number;
	name: string;
	items: DimensionItem[];
}

export interface DimensionItemValue {
	dimensionId: number;
	itemId: number;
	value: number;
}

export const dimensionsOf = (company: Company): Dimension[] => company.fact<Dimension[]>('dimensions', () => []);

function dimension(call: Call): Dimension {
	const found = dimensionsOf(call.company).find(({ id }) => id === idOf(call, 'dimensionId'));
	if (!found) throw notFound('Dimension');
	return found;
}

/**
 * Checks the dimension values of one transaction: known, no pair twice, and each dimension's values add up to the amount.
 * @throws Refusal 400
 */
export function checkDimensionValues(
	company: Company,
	values: DimensionItemValue[] | undefined,
	amount: number,
	field: string,
): void {
	const pairs = new Set<string>();
	for (const { dimensionId, itemId } of values ?? []) {
		const known = dimensionsOf(company)
			.find(({ id }) => id === dimensionId)
			?.items.some(({ id }) => id === itemId);
		if (!known)
			throw badRequest('DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE', field);
		if (pairs.has(`${dimensionId}/${itemId}`)) throw badRequest('Dimension item is given more than once.', field);
		pairs.add(`${dimensionId}/${itemId}`);
	}
	for (const dimensionId of new Set((values ?? []).map((value) => value.dimensionId))) {
		const total = sum((values ?? []).filter((value) => value.dimensionId === dimensionId).map(({ value }) => value));
		if (total !== amount) throw badRequest('The sum of dimension item values must equal the accounting value.', field);
	}
}

export const dimensionHandlers: Handlers = {
	getDimensions: (call: Call) => {
		const { name, codeName } = call.query;
		const found = dimensionsOf(call.company).filter(
			(one) =>
				contains(name, one.name) &&
				(codeName === undefined || one.items.some((item) => contains(codeName, item.codeName))),
		);
		return ok(found);
	},
	getDimension: (call: Call) => ok(dimension(call)),
	updateDimension: (call: Call) => {
		const found = dimension(call);
		found.name = (call.body as { name: string }).name;
		return ok({ name: found.name });
	},
	addDimensionItem: (call: Call) => {
		const found = dimension(call);
		const { codeName, description, status } = call.body as DimensionItem;
		if (found.items.some((item) => item.codeName === codeName))
			throw badRequest('Dimension item exists already.', 'codeName');
		const id = Math.max(0, ...dimensionsOf(call.company).flatMap(({ items }) => items.map((item) => item.id))) + 1;
		const item = {
			id,
			codeName,
			...(description === undefined ? {} : { description }),
			...(status === 'P' ? { status } : {}),
		};
		found.items.push(item);
		return ok(item);
	},
	updateDimensionItem: (call: Call) => {
		const found = dimension(call);
		const { id, codeName, description, status } = call.body as DimensionItem;
		if (id === undefined) throw badRequest('Dimension item id is required.', 'id');
		const index = found.items.findIndex((item) => item.id === id);
		if (index < 0) throw notFound('Dimension item');
		found.items[index] = {
			id,
			codeName,
			...(description === undefined ? {} : { description }),
			...(status === 'P' ? { status } : {}),
		};
		return ok(found.items[index]);
	},
};
