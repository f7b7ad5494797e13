import { badRequest, forbidden } from '../errors';
import { round2 } from '../money';
import type { Company } from '../world/world';
import { accountsOf } from './accounts';
import { factsOf } from './company';
import { type Call, type Handlers, ok } from './handler';
import { type FiscalYear, fiscalYearsOf } from './periods';
import { bookedReceipts, movesOf } from './reports/ledger';

/** SIE files are Swedish. @throws Refusal 403 */
function needSweden(call: Call): void {
	if (call.company.settings.country !== 'SWEDEN')
		throw forbidden('SIE export is available in Swedish environments only.');
}

const years = (company: Company): FiscalYear[] =>
	[...fiscalYearsOf(company)].sort((a, b) => (a.startDate < b.startDate ? -1 : 1));

/** The last day that can be exported: today, or the end of the last year if that is earlier. */
function lastDay(call: Call): string {
	const today = call.clock.today();
	const end = years(call.company).at(-1)?.endDate ?? today;
	return end < today ? end : today;
}

/** Signs of code page 437 beyond ASCII that names here use; anything else is a question mark. */
const PC8: Record<string, number> = { å: 0x86, ä: 0x84, ö: 0x94, Å: 0x8f, Ä: 0x8e, Ö: 0x99, é: 0x82, ü: 0x81 };
const pc8 = (text: string) =>
	Buffer.from([...text].map((sign) => (sign.charCodeAt(0) < 128 ? sign.charCodeAt(0) : (PC8[sign] ?? 63))));

const quoted = (text: string) => `"${text.replace(/"/g, '\\"')}"`;
const compact = (day: string) => day.replaceAll('-', '');

/** A SIE 4 file: accounts, opening balances and vouchers of a fiscal year up to a day. */
function sieFile(call: Call, year: FiscalYear, end: string): string {
	const { company } = call;
	const { code = '' } = (factsOf(company).info.businessIdentifier ?? {}) as { code?: string };
	const lines = [
		'#FLAGGA 0',
		'#PROGRAM "Procountor sandbox" 26.04',
		'#FORMAT PC8',
		`#GEN ${compact(call.clock.today())}`,
		'#SIETYP 4',
		`#ORGNR ${code}`,
		`#FNAMN ${quoted(company.name)}`,
		`#RAR 0 ${compact(year.startDate)} ${compact(year.endDate)}`,
		'#VALUTA EUR',
		...accountsOf(company).map((account) => `#KONTO ${account.code} ${quoted(account.name)}`),
	];
	const opening = new Map<string, number>();
	for (const receipt of bookedReceipts(company, {})) {
		if (receipt.receiptDate >= year.startDate) continue;
		for (const { account, value } of movesOf(receipt))
			opening.set(account, round2((opening.get(account) ?? 0) + value));
	}
	for (const [account, value] of opening) if (account < '3000') lines.push(`#IB 0 ${account} ${value.toFixed(2)}`);
	for (const receipt of bookedReceipts(company, {})) {
		if (receipt.receiptDate < year.startDate || receipt.receiptDate > end) continue;
		lines.push(
			`#VER "A" ${receipt.receiptNumber ?? receipt.id} ${compact(receipt.receiptDate)} ${quoted(receipt.name)}`,
			'{',
		);
		lines.push(...movesOf(receipt).map(({ account, value }) => `\t#TRANS ${account} {} ${value.toFixed(2)}`), '}');
	}
	return `${lines.join('\r\n')}\r\n`;
}

export const sieHandlers: Handlers = {
	getSieAvailability: (call: Call) => {
		needSweden(call);
		const last = lastDay(call);
		return ok({
			lastValidEndDate: last,
			accountingPeriodStart: years(call.company)
				.map(({ startDate }) => startDate)
				.filter((day) => day <= last),
		});
	},
	getSieFile: (call: Call) => {
		needSweden(call);
		const { accountingPeriodStart, exportEndDate } = call.query;
		const year = years(call.company).find(({ startDate }) => startDate === accountingPeriodStart);
		if (!year) throw badRequest('No accounting period begins on the day.', 'accountingPeriodStart');
		const end = String(exportEndDate);
		if (end < year.startDate || end > year.endDate || end > lastDay(call))
			throw badRequest('Export end date is not in the period.', 'exportEndDate');
		return { status: 200, raw: { type: 'application/octet-stream', bytes: pc8(sieFile(call, year, end)) } };
	},
};
