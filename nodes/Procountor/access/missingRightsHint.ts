import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client, Request } from '../api';
import { accessAreas, type AccessArea } from './areas';
import { mayView, rightLocation, rightsOf } from './rights';

/** The areas for which a hint was shown, so that many empty items show it only once. */
const shownAreas = new WeakMap<Client, Set<AccessArea>>();

/**
 * Shows a hint on the node if a list came back empty and the user lacks the right to it, because a missing right can
 * look like a company without records (docs/procountor.md#hidden-records). Never fails, because a hint must not stop
 * the node.
 */
export async function hintAtMissingRights(
	context: IExecuteFunctions,
	client: Client,
	call: string | undefined,
	query: Request['query'] = {},
): Promise<void> {
	const alreadyShown = shownAreas.get(client) ?? new Set<AccessArea>();
	shownAreas.set(client, alreadyShown);
	for (const area of await hiddenAreas(client, call, query)) {
		if (alreadyShown.has(area)) continue;
		alreadyShown.add(area);
		context.addExecutionHints({ message: hiddenMessage(area), type: 'warning', location: 'outputPane' });
	}
}

/** Returns the areas of a list that the user has no right to see; none if the rights cannot be read. */
export async function hiddenAreas(
	client: Client,
	call: string | undefined,
	query: Request['query'] = {},
): Promise<AccessArea[]> {
	const areas = accessAreas.filter((area) => area.call === call && area.view.length > 0 && isCoveredBy(area, query));
	if (areas.length === 0) return [];
	const rights = await rightsOf(client).catch(() => undefined);
	return areas.filter((area) => mayView(rights, area) === false);
}

/** Returns the message that says why an area looks empty, and where its right is granted. */
export function hiddenMessage(area: AccessArea): string {
	return `${area.name} cannot be seen: the user lacks the right. Grant it under ${rightLocation(area)}.`;
}

/** Whether a search with this query can return records of the area. Without a filter it returns all records. */
function isCoveredBy({ query: areaQuery = {} }: AccessArea, query: NonNullable<Request['query']>): boolean {
	return Object.entries(areaQuery).every(([name, areaValue]) => {
		const value = query[name];
		if (value === undefined || !Array.isArray(areaValue)) return value === undefined || value === areaValue;
		const types = (Array.isArray(value) ? value : String(value).split(',')).map(String);
		return types.length === 0 || types.some((type) => areaValue.map(String).includes(type));
	});
}
