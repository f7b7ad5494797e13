import { badRequest } from '../../errors';
import { round2, sum } from '../../money';
import { type Account, accountsOf } from '../accounts';
import { type Answer, type Call, type Handlers, ok } from '../handler';
import { invoices } from '../invoices/model';
import { type FiscalYear, fiscalYearsOf } from '../periods';
import {
	balances,
	type Booked,
	bookedReceipts,
	defaultStatuses,
	type Move,
	movesOf,
	type Selection,
	vatOf,
} from './ledger';
import { type StatementType, statementRows } from './statements';

interface Options {
	receiptType?: string[];
	receiptCurrency?: string;
	receiptName?: string;
	entryPeriodStart?: string;
	entryPeriodEnd?: string;
	transactionValue?: string;
	transactionCurrency?: string;
	reportLanguage?: string;
	customerCompanyId?: string;
	receiptNumbers?: string;
	transactionDescription?: string;
}

interface ReportRequest {
	startDate?: string;
	endDate: string;
	receiptStatus?: string[];
	options?: Options;
}

/** What every report starts from. */
interface Report {
	startDate: string;
	endDate: string;
	year: FiscalYear;
	parameters: unknown;
	/** Moves up to the last day, with their receipts. */
	moves: Array<Move & { receipt: Booked }>;
	english: boolean;
}

/** First and last day of the month of a day. */
const monthStart = (day: string) => `${day.slice(0, 8)}01`;
const monthEnd = (day: string) =>
	new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);

const holds =
	(day: string) =>
	({ startDate, endDate }: { startDate: string; endDate: string }) =>
		startDate <= day && day <= endDate;

/** Whether a transaction has the amount that is asked for, in euros or in the currency of its receipt. */
function hasValue({ transactionValue, transactionCurrency }: Options): (move: Move, receipt: Booked) => boolean {
	if (transactionValue === undefined) return () => true;
	const wanted = Number(transactionValue.replace(',', '.'));
	if (Number.isNaN(wanted)) throw badRequest('Transaction value must be a number.', 'options.transactionValue');
	return ({ transaction }, receipt) => {
		if (transactionCurrency === undefined || transactionCurrency === 'EUR')
			return Math.abs(transaction.accountingValue) === Math.abs(wanted);
		return (
			receipt.currency === transactionCurrency &&
			Math.abs(round2(transaction.accountingValue * receipt.currencyRate)) === Math.abs(wanted)
		);
	};
}

/** Receipt numbers of the form `3,7-9`. @throws Refusal 400 */
function inNumbers(text: string | undefined): (number: number | undefined) => boolean {
	if (text === undefined || text.trim() === '') return () => true;
	const ranges = text.split(',').map((part) => {
		const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part);
		if (!match) throw badRequest('Receipt numbers are not valid.', 'options.receiptNumbers');
		return [Number(match[1]), Number(match[2] ?? match[1])];
	});
	return (number) => number !== undefined && ranges.some(([from, to]) => from <= number && number <= to);
}

/** @throws Refusal 400 */
function reportOf(call: Call): Report {
	const request = call.body as ReportRequest;
	const { endDate, options = {} } = request;
	const year = fiscalYearsOf(call.company).find(holds(endDate));
	if (!year) throw badRequest('No fiscal year holds the end date.', 'endDate');
	const startDate = request.startDate ?? year.trackingPeriods.find(holds(endDate))?.startDate ?? year.startDate;
	if (startDate > endDate) throw badRequest('Start date is after the end date.', 'startDate');
	if (options.customerCompanyId !== undefined && options.customerCompanyId !== String(call.company.id))
		throw badRequest('Customer company does not exist.', 'options.customerCompanyId');
	const receiptStatus = request.receiptStatus ?? defaultStatuses(call.switches);
	const selection: Selection = {
		statuses: receiptStatus,
		types: options.receiptType,
		currency: options.receiptCurrency,
		name: options.receiptName,
		periodStart: options.entryPeriodStart && monthStart(options.entryPeriodStart),
		periodEnd: options.entryPeriodEnd && monthEnd(options.entryPeriodEnd),
	};
	const wanted = hasValue(options);
	const numbered = inNumbers(options.receiptNumbers);
	const described = options.transactionDescription?.toLowerCase() ?? '';
	const moves = bookedReceipts(call.company, selection)
		.filter((receipt) => receipt.receiptDate <= endDate && numbered(receipt.receiptNumber))
		.flatMap((receipt) =>
			movesOf(receipt)
				.filter(
					(move) => wanted(move, receipt) && (move.transaction.description ?? '').toLowerCase().includes(described),
				)
				.map((move) => ({ ...move, receipt })),
		);
	const english = options.reportLanguage?.toLowerCase().startsWith('en') ?? false;
	return { startDate, endDate, year, parameters: { ...request, startDate, receiptStatus }, moves, english };
}

const inPeriod =
	({ startDate }: Report) =>
	({ receipt }: { receipt: Booked }) =>
		receipt.receiptDate >= startDate;

const nameOf = (account: Account | undefined, english: boolean) =>
	(english ? (account?.english ?? account?.name) : account?.name) ?? '';

function accounting(call: Call): Answer {
	const report = reportOf(call);
	const { startDate, endDate, year, moves } = report;
	const sums = {
		period: balances(moves.filter(inPeriod(report))),
		total: balances(moves),
		earlier: balances(moves.filter(({ receipt }) => receipt.receiptDate < year.startDate)),
	};
	const { type } = call.body as { type: StatementType };
	return ok({
		reportParameters: report.parameters,
		reportData: {
			periods: [{ startDate, endDate, rows: statementRows(type, sums, call.switches.reportSigns, report.english) }],
		},
	});
}

/** One move as the general ledger lists it. */
function showMove(call: Call, { value, transaction, receipt }: Move & { receipt: Booked }): unknown {
	const { startDate, endDate, vatDeductionPercent } = transaction as typeof transaction & {
		startDate?: string;
		endDate?: string;
		vatDeductionPercent?: number;
	};
	const { vat, kept } = vatOf(receipt, transaction);
	const deducts = vat !== 0 && (transaction.vatType ?? receipt.vatType) === 'PURCHASE';
	return {
		id: transaction.id,
		name: receipt.name,
		receiptNumber: receipt.receiptNumber,
		receiptDate: receipt.receiptDate,
		invoiceDate: call.company.register(invoices).get(receipt.invoiceId ?? 0)?.record.date ?? receipt.receiptDate,
		type: receipt.type,
		accountingValue: value,
		status: receipt.status,
		vatPercent: transaction.vatPercent,
		vatAmount: vat,
		...(deducts ? { vatDeductionPercent: vatDeductionPercent ?? 100, vatDeduction: round2(vat - kept) } : {}),
		...(transaction.vatStatus === undefined ? {} : { vatStatus: transaction.vatStatus }),
		...(transaction.description === undefined ? {} : { transactionDescription: transaction.description }),
		...(startDate === undefined ? {} : { startDate }),
		...(endDate === undefined ? {} : { endDate }),
	};
}

function generalLedger(call: Call): Answer {
	const account = accountsOf(call.company).find(({ code }) => code === call.params.id);
	if (!account) throw badRequest('Ledger account does not exist.', 'id');
	const report = reportOf(call);
	const moves = report.moves.filter((move) => move.account === account.code && inPeriod(report)(move));
	moves.sort((a, b) =>
		a.receipt.receiptDate === b.receipt.receiptDate
			? a.receipt.id - b.receipt.id
			: a.receipt.receiptDate < b.receipt.receiptDate
				? -1
				: 1,
	);
	return ok({
		reportParameters: report.parameters,
		ledgerAccount: {
			id: account.code,
			name: nameOf(account, report.english),
			totalAccountingValue: sum(moves.map(({ value }) => value)),
			ledgerReceiptTransactions: moves.map((move) => showMove(call, move)),
		},
	});
}

/** Every account that something happened on in the time, with the sign of the ledger. */
function ledgerAccounts(call: Call): Answer {
	const report = reportOf(call);
	const { startDate, endDate, english } = report;
	const known = new Map(accountsOf(call.company).map((account) => [account.code, account]));
	const sums = [...balances(report.moves.filter(inPeriod(report)))].sort(([a], [b]) => (a < b ? -1 : 1));
	const rows = sums.map(([code, value]) => ({ name: `${code} ${nameOf(known.get(code), english)}`.trim(), value }));
	return ok({ reportParameters: report.parameters, reportData: { periods: [{ startDate, endDate, rows }] } });
}

export const reportHandlers: Handlers = {
	getAccountingReport: accounting,
	getGeneralLedgerReport: generalLedger,
	getLedgerAccountsReport: ledgerAccounts,
};
