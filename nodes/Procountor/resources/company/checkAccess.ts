import type { IDataObject } from 'n8n-workflow';
import { parseDateTime } from '../../validation/dates';
import { bodyWithStatus, type Call, callInfo, type Client, isResponse, type Outcome, recordsIn } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { accessAreas, type AccessArea } from '../../access/areas';
import { mayEdit, mayView, rightLocation, rightsOf, type Rights } from '../../access/rights';
import { MENUS } from '../../utils/menus';

/** The result of a request for an area's list. */
type ProbeResult = 'records' | 'none' | 'refused' | 'unclear';

/** The state of an area. */
type State = 'ok' | 'empty' | 'right missing' | 'not in use' | 'cannot tell';

/** Returns an item for each area with what the key can do there, why a list is empty, and where a right is granted. */
export const checkAccess: OperationHandler = () => ({
	readOnly: true,
	async run(client) {
		const [session, status, rights] = await Promise.all([
			requestBody(client, 'GET /sessioninfo'),
			requestBody(client, 'GET /status'),
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
					...assessArea(area, await probeArea(client, area), rights),
					...key,
				},
			})),
		);
	},
});

/** Returns the body of a response; undefined if Procountor refused the call. */
async function requestBody(client: Client, call: Call): Promise<IDataObject | undefined> {
	const outcome = await client.requestRaw({ call });
	// This throws the error of a rejected login or an unreachable server, which is not about rights.
	if (!isResponse(outcome) || outcome.statusCode === 401) await client.request({ call });
	return bodyWithStatus(outcome, 200);
}

/** Requests a single record of an area's list. */
async function probeArea(client: Client, { call, query, rows, body }: AccessArea): Promise<ProbeResult> {
	const info = callInfo(call);
	const today = parseDateTime(new Date());
	const outcome = await client.requestRaw({
		call,
		query: { ...query, ...(info.query?.size ? { size: 1 } : {}) },
		...(body ? { body: body(today.ok ? today.value.slice(0, 10) : ''), readOnly: true } : {}),
	});
	return classify(outcome, rows ?? info.listPath);
}

function classify(outcome: Outcome, rows: string | undefined): ProbeResult {
	if (!isResponse(outcome)) return 'unclear';
	if (outcome.statusCode === 403) return 'refused';
	if (outcome.statusCode === 404) return 'none';
	const body = bodyWithStatus(outcome, 200);
	if (body === undefined) return 'unclear';
	return recordsIn(body, rows).some(isNotEmpty) ? 'records' : 'none';
}

/** Whether a record has data. Some responses are an object with lists, which can all be empty. */
function isNotEmpty(record: IDataObject): boolean {
	if (typeof record !== 'object' || record === null) return true;
	return Object.values(record).some((value) =>
		Array.isArray(value) ? value.length > 0 : value !== null && typeof value !== 'object',
	);
}

type Permission = boolean | 'cannot tell';

interface AreaAccess extends IDataObject {
	canRead: Permission;
	canWrite: Permission;
	state: State;
	why: string;
	/** Where the right is granted, if it is or may be missing. */
	whereToClick: string | null;
	limitedTo: string | null;
}

/** Combines the probe's result with the user's rights. The result takes precedence, because workflows get the same. */
function assessArea(area: AccessArea, result: ProbeResult, rights: Rights | undefined): AreaAccess {
	const isLimited = area.limits?.some((limit) => rights?.get(limit) === true) === true;
	const isOff = area.view.length > 0 && area.view.every((right) => rights?.get(right) === 'NOT_ENABLED');
	const [canRead, state, why] =
		isOff && result !== 'records' ? NOT_IN_USE : conclude(area, result, mayView(rights, area), isLimited);
	return {
		canRead,
		canWrite: canWrite(area, state, rights),
		state,
		why,
		whereToClick: state === 'right missing' || state === 'cannot tell' ? whereToClick(area) : null,
		limitedTo: isLimited ? 'records of the user' : null,
	};
}

type Conclusion = [canRead: Permission, state: State, why: string];

const NOT_IN_USE: Conclusion = [false, 'not in use', 'The company has not taken this into use'];

function conclude(
	{ needs }: AccessArea,
	result: ProbeResult,
	mayRead: boolean | undefined,
	isLimited: boolean,
): Conclusion {
	if (result === 'records') return [true, 'ok', 'There are records, and the key sees them'];
	if (result === 'unclear') return ['cannot tell', 'cannot tell', 'The response does not show it; try again later'];
	if (mayRead === false)
		return [
			false,
			'right missing',
			result === 'refused'
				? 'Procountor refuses, and the user lacks the right'
				: 'The list is empty, and the user lacks the right',
		];
	if (result === 'refused') {
		if (needs)
			return [false, 'cannot tell', `Procountor refuses: the right may be missing, or '${needs.name}' may be off`];
		return [
			false,
			'cannot tell',
			mayRead
				? 'Procountor refuses, though the user has the right that the name suggests'
				: 'Procountor refuses, and no right is known to be missing',
		];
	}
	if (mayRead === undefined)
		return ['cannot tell', 'cannot tell', 'The list is empty, and the rights do not show whether there are records'];
	return isLimited
		? [true, 'cannot tell', 'The list is empty, and the user sees only own records']
		: [true, 'empty', 'There is nothing yet: the user has the right'];
}

function canWrite(area: AccessArea, state: State, rights: Rights | undefined): Permission {
	if (state === 'right missing' || state === 'not in use') return false;
	// Areas without a right for writing, such as reports, are read-only.
	if (area.edit === undefined && area.view.length > 0) return false;
	return mayEdit(rights, area) ?? 'cannot tell';
}

function whereToClick(area: AccessArea): string {
	const { view, needs } = area;
	const rights = view.length ? rightLocation(area) : MENUS.users;
	return needs ? `${rights}, or ${needs.menu}: ${needs.name}` : rights;
}
