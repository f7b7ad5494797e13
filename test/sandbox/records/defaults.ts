import { badRequest, notFound } from '../errors';
import { sum } from '../money';
import type { Company } from '../world/world';
import { dimensionsOf } from './dimensions';
import { type Answer, type Call, ok } from './handler';

interface DefaultItem {
	id: number;
	codeName: string;
	percent: number;
}

interface DefaultDimension {
	id: number;
	items: DefaultItem[];
}

/** Default dimensions of partners, persons and products: owner (`products/12`) → dimensions. */
const defaultsOf = (company: Company) =>
	company.fact<Map<string, DefaultDimension[]>>('defaultDimensions', () => new Map<string, DefaultDimension[]>());

/** Answers `GET …/defaults/dimensions`. */
export function listDefaultDimensions(call: Call, owner: string): Answer {
	const defaults = defaultsOf(call.company).get(owner) ?? [];
	return ok(
		defaults.map((one) => ({ ...one, name: dimensionsOf(call.company).find(({ id }) => id === one.id)?.name ?? '' })),
	);
}

/** Answers `GET …/defaults/dimensions/{dimensionId}`: every item of the dimension, those without a share at 0. */
export function getDefaultDimension(call: Call, owner: string): Answer {
	const dimension = dimensionsOf(call.company).find(({ id }) => id === Number(call.params.dimensionId));
	if (!dimension) throw notFound('Dimension');
	const mine = defaultsOf(call.company)
		.get(owner)
		?.find(({ id }) => id === dimension.id);
	const items = dimension.items.map(({ id, codeName, status, description }) => ({
		id,
		codeName,
		percent: mine?.items.find((item) => item.id === id)?.percent ?? 0,
		status: status !== 'P',
		description: description ?? '',
	}));
	return ok({ id: dimension.id, name: dimension.name, items });
}

/** Answers `PUT …/defaults/dimensions/{dimensionId}`: replaces the shares, which make 100 per cent or none. */
export function putDefaultDimension(call: Call, owner: string): Answer {
	const dimension = dimensionsOf(call.company).find(({ id }) => id === Number(call.params.dimensionId));
	if (!dimension) throw notFound('Dimension');
	const { items = [] } = call.body as { items?: Array<Partial<DefaultItem> & { codeName: string; percent: number }> };
	const wanted = items.map((item, index) => {
		const known = dimension.items.find(({ id, codeName }) =>
			item.id === undefined ? codeName === item.codeName : id === item.id,
		);
		if (!known)
			throw badRequest(
				'DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE',
				`items[${index}].id`,
			);
		return { id: known.id, codeName: known.codeName, percent: item.percent };
	});
	const shares = wanted.filter(({ percent }) => percent !== 0);
	if (shares.length && sum(shares.map(({ percent }) => percent)) !== 100)
		throw badRequest('Percentages must add up to 100.', 'items');
	const all = defaultsOf(call.company);
	const others = (all.get(owner) ?? []).filter(({ id }) => id !== dimension.id);
	all.set(owner, shares.length ? [...others, { id: dimension.id, items: shares }] : others);
	return getDefaultDimension(call, owner);
}
