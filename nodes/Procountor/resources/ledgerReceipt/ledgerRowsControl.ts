import type { IDataObject } from 'n8n-workflow';
import { type Client, ProcountorError } from '../../api';
import { toEuros } from '../../validation/cents';
import { raise } from '../../utils/raise';
import { compareSums, differenceText, readReportSums, sumByAccount } from '../shared/reportSums';
import { shortList, reportWarning, reportInfo, type Reporter } from './ledgerRowsHints';
import type { MissingRights } from './ledgerRowsRights';

/** The receipts that the report includes. */
export interface ControlPeriod {
	startDate: string;
	endDate: string;
	statuses: readonly string[];
	/** Undefined for all types. */
	types?: readonly string[];
}

/**
 * Compares rows with Procountor's ledger account report and reports differences. Returns an item for each account with the
 * totals of the report and of the rows. Without `rows`, in an incremental run, the items contain only the report's totals,
 * which those of the target table must equal. If there is no report, returns one item with the reason in `missing`.
 * @throws {ProcountorError} if the operation stops when the rows do not add up, or if the report cannot be requested
 */
export async function compareWithReport(
	client: Client,
	reporter: Reporter,
	period: ControlPeriod,
	missing: MissingRights,
	rows?: readonly IDataObject[],
): Promise<IDataObject[]> {
	const { startDate, endDate, statuses, types } = period;
	const report =
		missing.report === undefined
			? await readReportSums(client, startDate, endDate, statuses, types).catch((error: unknown) =>
					isForbidden(error) ? ('forbidden' as const) : raise(error),
				)
			: 'forbidden';
	if (report === 'forbidden') {
		const right = missing.report ?? 'Accounting reports';
		reportWarning(reporter, `The rows cannot be compared with the report: the user lacks the right to ${right}.`);
		return [controlItem(period, { missing: [...missing.rows, ...missing.limited, right].join('; ') })];
	}
	if (report === undefined) {
		const message = 'The ledger account report names its rows without account numbers';
		reportWarning(reporter, `${message}, so the rows cannot be compared with it.`);
		return [controlItem(period, { missing: message })];
	}
	const { differences, vatAccounts } = rows ? compareSums(rows, report) : { differences: [], vatAccounts: undefined };
	if (differences.length)
		reportWarning(
			reporter,
			`The rows do not add up to the ledger account report: ${shortList(differences.map(differenceText))}. The report also counts receipts that the user has no right to see.`,
		);
	else if (vatAccounts) reportInfo(reporter, vatAccountsMessage(vatAccounts));
	const sums = rows && sumByAccount(rows).accounts;
	const differing = new Set(differences.map(({ account }) => account));
	return [...new Set([...report.keys(), ...(sums?.keys() ?? [])])].sort().map((account) => {
		const [reportTotal, rowsTotal] = [report.get(account) ?? 0, sums?.get(account) ?? 0];
		return controlItem(period, {
			account,
			report: toEuros(reportTotal),
			rows: sums ? toEuros(rowsTotal) : null,
			difference: sums ? toEuros(differing.has(account) ? reportTotal - rowsTotal : 0) : null,
			missing: [...missing.rows, ...missing.limited].join('; ') || null,
		});
	});
}

/** Returns an item of the comparison with all columns, so that all items fit one table. */
function controlItem({ startDate, endDate }: ControlPeriod, values: IDataObject): IDataObject {
	const empty = { account: null, report: null, rows: null, difference: null };
	return { change: 'control', ...empty, startDate, endDate, ...values };
}

function vatAccountsMessage(vatAccounts: { SALES?: string; PURCHASE?: string }): string {
	const sides = Object.entries(vatAccounts).map(
		([side, account]) => `${side === 'SALES' ? 'sales' : 'purchases'} ${account}`,
	);
	return `The rows add up to the ledger account report. By their sums, VAT rows without an account belong to ${sides.join(', ')}. Enter these accounts in the options.`;
}

const isForbidden = (error: unknown): boolean => error instanceof ProcountorError && error.problem.status === 403;
