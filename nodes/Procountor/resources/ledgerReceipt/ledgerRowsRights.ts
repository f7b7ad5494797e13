import { accessAreas, type AccessArea } from '../../access/areas';
import { mayView, rightLocation, rightName, rightsOf } from '../../access/rights';
import type { Client } from '../../api';
import { reportWarning, reportInfo, type Reporter } from './ledgerRowsHints';
import { MENUS } from '../../utils/menus';

/** What the credential's user cannot see. Each text names the menu where the right is granted. */
export interface MissingRights {
	/** Receipts. Without them, totals are wrong. */
	rows: string[];
	/** Receipts of which the user sees only their own, so totals may be wrong. */
	limited: string[];
	/** Registers. Without them, names and columns are empty. */
	names: string[];
	/** The ledger account report. */
	report?: string;
	/** Whether the rights could not be read. */
	isUnknown: boolean;
}

const RECEIPTS = 'GET /ledgerreceipts';

/**
 * Returns the rights that the user lacks. Procountor silently omits receipts without the right from its list
 * (docs/procountor.md#rights). Requests the rights once in an execution. Never throws.
 */
export async function readMissingRights(
	client: Client,
	types: ReadonlySet<string>,
	partnerNames: boolean,
): Promise<MissingRights> {
	const rights = await rightsOf(client).catch(() => undefined);
	const isMissing = (area: AccessArea): boolean => mayView(rights, area) === false;
	const missingAmong = (call: string): string[] =>
		accessAreas.filter((area) => area.call === call && isMissing(area)).map(areaWithMenu);
	const areas = receiptAreas(types);
	return {
		rows: areas.filter(isMissing).map(areaWithMenu),
		limited: areas
			.filter((area) => !isMissing(area))
			.flatMap(({ name, limits = [] }) =>
				limits
					.filter((limit) => rights?.get(limit) === true)
					.map((limit) => `${name} (${MENUS.users}: ${rightName(limit)})`),
			),
		names: [
			...missingAmong('GET /coa'),
			...missingAmong('GET /dimensions'),
			...(partnerNames ? [...missingAmong('GET /businesspartners'), ...missingAmong('GET /persons')] : []),
		],
		report: missingAmong('POST /reports/ledgeraccounts')[0],
		isUnknown: rights === undefined,
	};
}

const areaWithMenu = (area: AccessArea): string => `${area.name} (${rightLocation(area)})`;

/** Returns the areas with receipts of the given types. Types without their own area belong to the journals. */
function receiptAreas(types: ReadonlySet<string>): AccessArea[] {
	const areas = accessAreas.filter(({ call }) => call === RECEIPTS);
	const typesWithArea = new Set(areas.flatMap(receiptTypes));
	const wanted = new Set([...types].map((type) => (typesWithArea.has(type) ? type : 'JOURNAL')));
	return areas.filter((area) => receiptTypes(area).some((type) => wanted.has(type)));
}

const receiptTypes = ({ query }: AccessArea): string[] => ((query?.types ?? []) as string[]).map(String);

/**
 * Reports missing rights: a warning if rows are or may be missing, information if names are.
 * @param isCompared whether the rows are compared with the report, which also shows missing rows
 * @throws {ProcountorError} for missing rows, if the user chose to stop in that case
 */
export function reportMissingRights(
	reporter: Reporter,
	{ rows, limited, names, isUnknown }: MissingRights,
	isCompared: boolean,
): void {
	if (rows.length)
		reportWarning(
			reporter,
			`Rows are missing, so totals are wrong: the user of this credential cannot see ${rows.join('; ')}. An administrator of Procountor grants the rights.`,
		);
	if (limited.length)
		reportWarning(
			reporter,
			`Rows may be missing: the user of this credential sees only their own records among ${limited.join('; ')}. An administrator of Procountor can remove the limit.`,
		);
	if (names.length)
		reportInfo(
			reporter,
			`Some names and columns are empty: the user of this credential cannot see ${names.join('; ')}.`,
		);
	if (isUnknown && !isCompared)
		reportInfo(
			reporter,
			"The user's rights cannot be read, so rows may be missing. Turn on Compare with Report to check.",
		);
}
