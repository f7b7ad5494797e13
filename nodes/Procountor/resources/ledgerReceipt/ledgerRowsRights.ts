import { accessAreas, type AccessArea } from '../../access/areas';
import { mayView, placeOf, rightName, rightsOf } from '../../access/rights';
import type { Client } from '../../api';
import { reportDoubt, reportInfo, type Reporter } from './ledgerRowsHints';
import { MENUS } from '../../utils/menus';

/** What the credential's user cannot see, each with the place where the right is granted. */
export interface MissingRights {
	/** Receipts: without them totals are wrong. */
	rows: string[];
	/** Receipts of which the user sees only their own: totals may be wrong. */
	limited: string[];
	/** Registers: without them names and columns are empty. */
	names: string[];
	/** The ledger account report. */
	report?: string;
	/** Whether the rights could not be read. */
	isUnknown: boolean;
}

const RECEIPTS = 'GET /ledgerreceipts';

/**
 * Returns which rights to ledger rows the user lacks; the rights are requested once in an execution. Procountor leaves
 * receipts without the right out of its list silently (docs/procountor.md#rights). Never fails.
 */
export async function missingRightsOf(
	client: Client,
	types: ReadonlySet<string>,
	partnerNames: boolean,
): Promise<MissingRights> {
	const rights = await rightsOf(client).catch(() => undefined);
	const isMissing = (area: AccessArea): boolean => mayView(rights, area) === false;
	const missingAmong = (call: string): string[] =>
		accessAreas.filter((area) => area.call === call && isMissing(area)).map(nameAndPlace);
	const areas = receiptAreas(types);
	return {
		rows: areas.filter(isMissing).map(nameAndPlace),
		limited: areas
			.filter((area) => !isMissing(area))
			.flatMap(({ name, limits = [] }) =>
				limits
					.filter((limit) => rights?.of(limit) === true)
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

const nameAndPlace = (area: AccessArea): string => `${area.name} (${placeOf(area)})`;

/** The areas that contain receipts of the given types; types without an area of their own belong to the journals. */
function receiptAreas(types: ReadonlySet<string>): AccessArea[] {
	const areas = accessAreas.filter(({ call }) => call === RECEIPTS);
	const own = new Set(areas.flatMap(typesOf));
	const wanted = new Set([...types].map((type) => (own.has(type) ? type : 'JOURNAL')));
	return areas.filter((area) => typesOf(area).some((type) => wanted.has(type)));
}

const typesOf = ({ query }: AccessArea): string[] => ((query?.types ?? []) as string[]).map(String);

/**
 * Reports the missing rights: rows that are or may be missing as a doubt, missing names as information.
 * `isCompared` tells that the report finds out itself what the rights do not tell.
 * @throws {ProcountorError} for missing rows, if the operation stops in that case
 */
export function reportMissingRights(
	reporter: Reporter,
	{ rows, limited, names, isUnknown }: MissingRights,
	isCompared: boolean,
): void {
	if (rows.length)
		reportDoubt(
			reporter,
			`Rows are missing, so totals are wrong: the user of this credential cannot see ${rows.join('; ')}. An administrator of Procountor grants the rights.`,
		);
	if (limited.length)
		reportDoubt(
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
