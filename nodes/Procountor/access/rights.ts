import type { IDataObject } from 'n8n-workflow';
import { type Client } from '../api';
import type { AccessArea } from './areas';
import { MENUS } from '../utils/menus';

/** A right as named by `GET /users/rights`: area and name, such as `sales.customerRegister`. */
export type Right = `${string}.${string}`;

/** The user's rights from `GET /users/rights`. */
export interface Rights {
	role?: string;
	get(right: Right): unknown;
}

const rightsCache = new WeakMap<Client, Promise<Rights | undefined>>();

/** Returns the rights of the credential's user, requested once in an execution; undefined if they cannot be read. */
export async function rightsOf(client: Client): Promise<Rights | undefined> {
	const rights = rightsCache.get(client) ?? readRights(client);
	rightsCache.set(client, rights);
	return await rights;
}

async function readRights(client: Client): Promise<Rights | undefined> {
	const body = await client.tryGet('GET /users/rights');
	const all = body?.rights as Record<string, IDataObject> | undefined;
	if (all === undefined) return undefined;
	return {
		role: typeof body?.role === 'string' ? body.role : undefined,
		get(right) {
			const [area, name] = right.split('.');
			return all[area]?.[name];
		},
	};
}

const VIEWING = ['ALL_RIGHTS', 'VIEWING_RIGHTS'];

/** Whether the rights allow viewing an area; undefined if they do not decide it. */
export function mayView(
	rights: Rights | undefined,
	{ view, needsFullRights }: Pick<AccessArea, 'view' | 'needsFullRights'>,
): boolean | undefined {
	const accesses = view.map((right) => rights?.get(right)).filter((access) => access !== undefined);
	if (accesses.length === 0) return undefined;
	return accesses.some((access) => (needsFullRights ? access === 'ALL_RIGHTS' : VIEWING.includes(String(access))));
}

/** Whether the rights allow changing an area; undefined if they do not decide it. */
export function mayEdit(rights: Rights | undefined, { edit }: Pick<AccessArea, 'edit'>): boolean | undefined {
	const access = edit === undefined ? undefined : rights?.get(edit);
	return access === undefined ? undefined : access === 'ALL_RIGHTS';
}

/** Returns a right's name on Procountor's page of rights: `Sales > Sales or group invoices`. */
export function rightName(right: Right): string {
	return right
		.split('.')
		.map((part) => {
			const words = part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
			return words[0].toUpperCase() + words.slice(1);
		})
		.join(' > ');
}

/** Returns where the right to an area is granted, in Procountor's menus. */
export function rightLocation({ view, needsFullRights }: Pick<AccessArea, 'view' | 'needsFullRights'>): string {
	return `${MENUS.users}: ${view.map(rightName).join(' or ')}${needsFullRights ? ' (all rights)' : ''}`;
}
