import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client, Request } from '../api';
import { accessAreas, type AccessArea } from './areas';
import { mayView, placeOf, rightsOf } from './rights';

/** What was told already, so that many empty items say it once. */
const told = new WeakMap<Client, Set<AccessArea>>();

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
	const already = told.get(client) ?? new Set<AccessArea>();
	told.set(client, already);
	for (const area of await hiddenAreas(client, call, query)) {
		if (already.has(area)) continue;
		already.add(area);
		context.addExecutionHints({ message: hiddenMessage(area), type: 'warning', location: 'outputPane' });
	}
}

/** Returns the areas of a list that the user has no right to see; none if the rights cannot be read. */
export async function hiddenAreas(
	client: Client,
	call: string | undefined,
	query: Request['query'] = {},
): Promise<AccessArea[]> {
	const areas = accessAreas.filter((area) => area.call === call && area.view.length > 0 && isAskedFor(area, query));
	if (areas.length === 0) return [];
	const rights = await rightsOf(client).catch(() => undefined);
	return areas.filter((area) => mayView(rights, area) === false);
}

/** Says why an area looks empty, and where its right is granted. */
export function hiddenMessage(area: AccessArea): string {
	return `${area.name} cannot be seen: the user lacks the right. Grant it under ${placeOf(area)}.`;
}

/** Whether a search with this query would show records of the area: no filter shows all of them. */
function isAskedFor({ query: own = {} }: AccessArea, query: NonNullable<Request['query']>): boolean {
	return Object.entries(own).every(([name, wanted]) => {
		const asked = query[name];
		if (asked === undefined || !Array.isArray(wanted)) return asked === undefined || asked === wanted;
		const types = (Array.isArray(asked) ? asked : String(asked).split(',')).map(String);
		return types.length === 0 || types.some((type) => wanted.map(String).includes(type));
	});
}
