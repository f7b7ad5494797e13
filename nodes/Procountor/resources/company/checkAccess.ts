import type { IDataObject } from 'n8n-workflow';
import { dateTime } from '../../validation/dates';
import { bodyWithStatus, type Call, callInfo, type Client, isResponse, type Outcome, recordsIn } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { accessAreas, type AccessArea } from '../../access/areas';
import { mayEdit, mayView, placeOf, rightsOf, type Rights } from '../../access/rights';
import { MENUS } from '../../utils/menus';

/** What an area's own list answered: records, none, a refusal, or something that tells nothing. */
type Seen = 'records' | 'none' | 'refused' | 'unclear';

/** What came of an area. `cannot tell` is said rather than guessed. */
type State = 'ok' | 'empty' | 'right missing' | 'not in use' | 'cannot tell';

/**
 * Check Access: returns an item for each part of Procountor, with what the key can do there, why a list is empty, and
 * where the right is granted.
 */
export const checkAccess: OperationHandler = () => ({
	readOnly: true,
	async run(client) {
		const [session, status, rights] = await Promise.all([
			told(client, 'GET /sessioninfo'),
			told(client, 'GET /status'),
			rightsOf(client),
		]);
		const key = {
			companyId: session?.companyId ?? null,
			companyName: session?.name ?? null,
			userId: session?.userId ?? null,
			userName: session?.userName ?? null,
			role: rights?.role ?? null,
			rightsKnown: rights !== undefined,
			environment: client.address.environment,
			apiVersion: status?.version ?? null,
		};
		return await Promise.all(
			accessAreas.map(async (area) => ({
				json: {
					area: area.name,
					resource: area.resource,
					...judged(area, await look(client, area), rights),
					...key,
				},
			})),
		);
	},
});

/** A small question whose failure is an answer too. */
async function told(client: Client, call: Call): Promise<IDataObject | undefined> {
	const outcome = await client.requestRaw({ call });
	// A login that is refused, or a server that is not there, is no matter of rights: it is told as such.
	if (!isResponse(outcome) || outcome.statusCode === 401) await client.request({ call });
	return bodyWithStatus(outcome, 200);
}

/** Asks an area's list for a single record. */
async function look(client: Client, { call, query, rows, body }: AccessArea): Promise<Seen> {
	const facts = callInfo(call);
	const today = dateTime(new Date());
	const outcome = await client.requestRaw({
		call,
		query: { ...query, ...(facts.query?.size ? { size: 1 } : {}) },
		...(body ? { body: body(today.ok ? today.value.slice(0, 10) : ''), readOnly: true } : {}),
	});
	return seenIn(outcome, rows ?? facts.listPath);
}

function seenIn(outcome: Outcome, rows: string | undefined): Seen {
	if (!isResponse(outcome)) return 'unclear';
	if (outcome.statusCode === 403) return 'refused';
	if (outcome.statusCode === 404) return 'none';
	const body = bodyWithStatus(outcome, 200);
	if (body === undefined) return 'unclear';
	return recordsIn(body, rows).some(holdsSomething) ? 'records' : 'none';
}

/** Some answers are an object of lists, which may all be empty: that is nothing. */
function holdsSomething(record: IDataObject): boolean {
	if (typeof record !== 'object' || record === null) return true;
	return Object.values(record).some((value) =>
		Array.isArray(value) ? value.length > 0 : value !== null && typeof value !== 'object',
	);
}

type Can = boolean | 'cannot tell';

interface Judged extends IDataObject {
	canRead: Can;
	canWrite: Can;
	state: State;
	why: string;
	/** Where to click, when something is missing or may be; null when nothing is. */
	whereToClick: string | null;
	limitedTo: string | null;
}

/** What the answer and the rights say together; the answer counts more, since it is what a workflow will get. */
function judged(area: AccessArea, seen: Seen, rights: Rights | undefined): Judged {
	const isLimited = area.limits?.some((limit) => rights?.of(limit) === true) === true;
	const isOff = area.view.length > 0 && area.view.every((right) => rights?.of(right) === 'NOT_ENABLED');
	const [canRead, state, why] =
		isOff && seen !== 'records' ? NOT_IN_USE : conclusion(area, seen, mayView(rights, area), isLimited);
	return {
		canRead,
		canWrite: canWrite(area, state, rights),
		state,
		why,
		whereToClick: state === 'right missing' || state === 'cannot tell' ? whereToClick(area) : null,
		limitedTo: isLimited ? 'records of the user' : null,
	};
}

type Conclusion = [canRead: Can, state: State, why: string];

const NOT_IN_USE: Conclusion = [false, 'not in use', 'The company has not taken this into use'];

function conclusion({ needs }: AccessArea, seen: Seen, mayBeSeen: boolean | undefined, isLimited: boolean): Conclusion {
	if (seen === 'records') return [true, 'ok', 'There are records, and the key sees them'];
	if (seen === 'unclear') return ['cannot tell', 'cannot tell', 'The response does not show it; try again later'];
	if (mayBeSeen === false)
		return [
			false,
			'right missing',
			seen === 'refused'
				? 'Procountor refuses, and the user lacks the right'
				: 'The list is empty, and the user lacks the right',
		];
	if (seen === 'refused') {
		if (needs)
			return [false, 'cannot tell', `Procountor refuses: the right may be missing, or '${needs.setting}' may be off`];
		return [
			false,
			'cannot tell',
			mayBeSeen
				? 'Procountor refuses, though the user has the right that the name suggests'
				: 'Procountor refuses, and no right is known to be missing',
		];
	}
	if (mayBeSeen === undefined)
		return ['cannot tell', 'cannot tell', 'The list is empty, and the rights do not show whether there are records'];
	return isLimited
		? [true, 'cannot tell', 'The list is empty, and the user sees only own records']
		: [true, 'empty', 'There is nothing yet: the user has the right'];
}

function canWrite(area: AccessArea, state: State, rights: Rights | undefined): Can {
	if (state === 'right missing' || state === 'not in use') return false;
	// What no right opens for writing, such as reports, nobody can change.
	if (area.edit === undefined && area.view.length > 0) return false;
	return mayEdit(rights, area) ?? 'cannot tell';
}

function whereToClick(area: AccessArea): string {
	const { view, needs } = area;
	const rights = view.length ? placeOf(area) : MENUS.users;
	return needs ? `${rights}, or ${needs.menu}: ${needs.setting}` : rights;
}
