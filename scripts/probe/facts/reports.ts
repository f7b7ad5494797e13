import type { Probe } from '../probe';
import { type Json, listAt, movedDay, numberAt, textAt } from '../values';
import { search } from './lists';
import { cannotTell, type Fact, type Finding, found } from './types';

const APPROVED = [
	'APPROVED',
	'SENT',
	'NOT_SENT',
	'PAYMENT_SENT_TO_BANK',
	'PAID',
	'PARTLY_PAID',
	'MARKED_PAID',
	'PAYMENT_QUEUED',
];
const NOT_APPROVED = ['UNFINISHED', 'VERIFIED', 'RECEIVED', 'PAYMENT_DENIED'];

interface Period {
	startDate: string;
	endDate: string;
}

/** The fiscal year that holds today, or the newest one. */
const fiscalYear = (probe: Probe): Promise<Period | undefined> =>
	probe.once('fiscalYear', async () => {
		const today = await probe.today();
		const years = listAt((await probe.api.get('/fiscalyears')).json, 'fiscalYears').flatMap((year) => {
			const [startDate, endDate] = [textAt(year, 'startDate'), textAt(year, 'endDate')];
			return startDate !== undefined && endDate !== undefined ? [{ startDate, endDate }] : [];
		});
		return years.find(({ startDate, endDate }) => startDate <= today && today <= endDate) ?? years.at(-1);
	});

async function rows(probe: Probe, path: string, body: Json): Promise<Json[] | undefined> {
	const { status, json } = await probe.api.post(path, { body });
	return status === 200 ? listAt(json, 'reportData.periods.0.rows') : undefined;
}

const NO_REPORT = 'the report was refused';

async function reportDefaultStatuses(probe: Probe): Promise<Finding> {
	const period = await fiscalYear(probe);
	if (!period) return cannotTell('the company has no fiscal year');
	const report = async (receiptStatus?: string[]) => {
		const found = await rows(probe, '/reports/ledgeraccounts', {
			...period,
			...(receiptStatus ? { receiptStatus } : {}),
		});
		return found && JSON.stringify(found.map((row) => [row.name, row.value]));
	};
	const [byDefault, all, approved] = [
		await report(),
		await report([...APPROVED, ...NOT_APPROVED]),
		await report(APPROVED),
	];
	if (byDefault === undefined || all === undefined || approved === undefined) return cannotTell(NO_REPORT);
	if (all === approved) return cannotTell('the fiscal year has no receipt that is not approved');
	if (byDefault === all) return found('all');
	return byDefault === approved ? found('approved') : cannotTell('the default is neither of the two');
}

/** Compares net sales in the income statement with the same accounts in the ledger. */
async function reportSigns(probe: Probe): Promise<Finding> {
	const period = await fiscalYear(probe);
	if (!period) return cannotTell('the company has no fiscal year');
	const accounts = await rows(probe, '/reports/ledgeraccounts', { ...period });
	const statement = await rows(probe, '/reports/accounting', { ...period, type: 'INCOME_STATEMENT' });
	if (!accounts || !statement) return cannotTell(NO_REPORT);
	const sales = accounts
		.filter((row) => /^3[0-5]\d\d\b/.test(textAt(row, 'name') ?? ''))
		.reduce((total, row) => total + (numberAt(row, 'value') ?? 0), 0);
	const cents = (value: number) => Math.round(value * 100);
	if (cents(sales) === 0) return cannotTell('the fiscal year has no sales');
	const same = statement.find((row) => Math.abs(cents(numberAt(row, 'value') ?? 0)) === Math.abs(cents(sales)));
	if (!same) return cannotTell('no row of the income statement equals the sales accounts 3000 to 3599');
	return found(Math.sign(numberAt(same, 'value') ?? 0) === Math.sign(sales) ? 'ledger' : 'statement');
}

async function unknownBodyFieldsRefused(probe: Probe): Promise<Finding> {
	const period = await fiscalYear(probe);
	if (!period) return cannotTell('the company has no fiscal year');
	const body = { endDate: period.endDate };
	const known = await probe.api.post('/reports/ledgeraccounts', { body });
	if (known.status !== 200) return cannotTell(NO_REPORT);
	const { status } = await probe.api.post('/reports/ledgeraccounts', { body: { ...body, probeUnknownField: true } });
	if (status === 400) return found(true);
	return status === 200 ? found(false) : cannotTell(`the report with an unknown field returned ${status}`);
}

async function statementWindow(probe: Probe): Promise<Finding> {
	const { rows: statements } = await search(probe, '/bankstatements', { size: 50 });
	const long = statements.find((one) => (textAt(one, 'startDate') ?? '') < (textAt(one, 'endDate') ?? ''));
	if (!long) return cannotTell('no bank statement covers more than one day');
	const [startDate, endDate] = [textAt(long, 'startDate') ?? '', textAt(long, 'endDate') ?? ''];
	const inner = await search(probe, '/bankstatements', { startDate: movedDay(startDate, 1), endDate, size: 200 });
	if (inner.status !== 200) return cannotTell(`the search returned ${inner.status}`);
	return found(inner.rows.some((one) => one.id === long.id) ? 'overlap' : 'whole');
}

export const reportFacts: Fact[] = [
	{
		name: 'reportDefaultStatuses',
		need: 'read',
		question: 'Which receipts does a report without receiptStatus count?',
		ask: reportDefaultStatuses,
	},
	{ name: 'reportSigns', need: 'read', question: 'Which sign has income in a report?', ask: reportSigns },
	{
		name: 'unknownBodyFieldsRefused',
		need: 'read',
		question: 'Is a body field that the contract does not have refused?',
		ask: unknownBodyFieldsRefused,
	},
	{
		name: 'statementWindow',
		need: 'read',
		question: 'Do startDate and endDate find bank statements that lie wholly between them?',
		ask: statementWindow,
	},
];
