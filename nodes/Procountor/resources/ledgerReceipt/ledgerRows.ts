import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { dateTime } from '../../validation/dates';
import { yieldToEventLoop } from '../../n8n/yieldToEventLoop';
import type { OperationHandler } from '../../engine/task';
import { type Client, InputError, ProcountorError } from '../../api';
import { inEuros } from '../../validation/cents';
import {
	bookkeepingTypes,
	countingStatuses,
	readAccounts,
	readDimensions,
	readKnown,
	readPartnerNames,
	readReceipts,
	receiptsOfChangedInvoices,
	type FoundReceipts,
} from './ledgerRowsRead';
import { compare, inWords, readReportSums } from '../shared/reportSums';
import { rowsOfReceipt, type RowNames } from './ledgerRowsShape';

/** How far a search for changes reaches back behind the moment asked for: an hour repeats in autumn, and equal times may fall either way. */
const OVERLAP_MINUTES = 65;
/** Most receipts or accounts that one hint names. */
const MOST_NAMED = 20;

interface LedgerRowsOptions {
	startDate?: string;
	endDate?: string;
	changedSince?: string;
	known: number[];
	statuses: ReadonlySet<string>;
	types: ReadonlySet<string>;
	/** Types were left to choice: all of them. */
	allTypes: boolean;
	vatAccounts: RowNames['vatAccounts'];
	splitBy?: number;
	partnerNames: boolean;
	compareWithReport: boolean;
	stopOnDoubt: boolean;
}

/**
 * Get Ledger Rows: receipts of a time, or those changed since a moment, as flat rows. Debit and credit of every receipt are
 * held against each other, and the whole against Procountor's own report when asked for.
 */
export const getLedgerRows: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const options = optionsIn(settings);
	return {
		readOnly: true,
		async run(client) {
			const { receipts, unreadable, gone } =
				options.changedSince === undefined
					? {
							...(await readReceipts(client, {
								query: { startDate: options.startDate, endDate: options.endDate },
								types: options.types,
							})),
							gone: [],
						}
					: await changes(client, options, options.changedSince);
			const { rows, unbalanced, dropped } = await rowsOf(client, receipts, options);
			doubt(input.context, options, unbalancedInWords(unbalanced));
			if (unreadable.length)
				doubt(
					input.context,
					options,
					`The list shows receipts that cannot be read: ${named(unreadable.map(String))}. The user may lack a right to them, or they were deleted meanwhile.`,
				);
			if (options.compareWithReport) await compareWithReport(client, input.context, options, rows);
			const removed = options.changedSince === undefined ? [] : [...dropped, ...gone];
			return [...removed, ...rows].map((json) => ({ json }));
		},
	};
};

function optionsIn(settings: Record<string, unknown>): LedgerRowsOptions {
	const text = (name: string): string | undefined =>
		settings[name] === undefined || settings[name] === '' ? undefined : String(settings[name]);
	const list = (name: string): string[] =>
		Array.isArray(settings[name]) ? (settings[name] as unknown[]).map(String) : [];
	const types = list('types');
	const statuses = list('statuses');
	const splitBy = text('splitDimensionId');
	const options: LedgerRowsOptions = {
		startDate: text('startDate'),
		endDate: text('endDate'),
		changedSince: text('changedSince'),
		known: list('knownReceiptIds').map(Number),
		statuses: new Set(statuses.length ? statuses : countingStatuses),
		types: new Set(types.length ? types : bookkeepingTypes),
		allTypes: types.length === 0,
		vatAccounts: { SALES: text('vatAccountSales'), PURCHASE: text('vatAccountPurchases') },
		splitBy: splitBy === undefined ? undefined : Number(splitBy),
		partnerNames: settings.partnerNames !== false,
		compareWithReport: settings.compareWithReport === true,
		stopOnDoubt: settings.onDoubt === 'stop',
	};
	if (
		options.compareWithReport &&
		(options.startDate === undefined || options.endDate === undefined || options.changedSince !== undefined)
	) {
		throw new InputError(
			'Compare with Report',
			'needs a first and a last day, and all receipts between them',
			'Fill in First Day and Last Day, and leave out Changed Since.',
		);
	}
	return options;
}

interface Changes extends FoundReceipts {
	/** Rows that tell which receipts of the target are no more. */
	gone: IDataObject[];
}

/** Receipts changed since a moment, those of changed invoices too, and what became of the ones that the target holds. */
async function changes(client: Client, options: LedgerRowsOptions, since: string): Promise<Changes> {
	const from = earlier(since);
	const query = { versionStartDate: from, startDate: options.startDate, endDate: options.endDate };
	const [changed, ofInvoices] = await Promise.all([
		readReceipts(client, { query, types: options.types }),
		receiptsOfChangedInvoices(client, from),
	]);
	const seen = new Set([...changed.receipts.map(({ id }) => Number(id)), ...changed.unreadable]);
	const known = await readKnown(
		client,
		[...ofInvoices, ...options.known].filter((id) => !seen.has(id)),
	);
	const further = [...new Set(ofInvoices)]
		.map((id) => known.get(id))
		.filter(
			(receipt): receipt is IDataObject =>
				receipt !== undefined && options.types.has(String(receipt.type)) && isWithin(receipt, options),
		);
	const receipts = [...changed.receipts, ...further].sort((a, b) => Number(a.id) - Number(b.id));
	const byInvoice = new Map(
		receipts.filter(({ invoiceId }) => invoiceId !== undefined).map(({ invoiceId, id }) => [invoiceId, id]),
	);
	const gone = options.known
		.filter((id) => !seen.has(id))
		.flatMap((id): IDataObject[] => {
			const receipt = known.get(id);
			if (receipt === undefined) return [removedRow({ id }, 'deleted, or replaced by a receipt with a new ID')];
			const successor = byInvoice.get(receipt.invoiceId);
			if (successor !== undefined && successor !== receipt.id)
				return [removedRow(receipt, `replaced by receipt ${String(successor)}`)];
			if (!isWithin(receipt, options)) return [removedRow(receipt, 'moved to a day outside the period')];
			return options.statuses.has(String(receipt.status)) || further.includes(receipt)
				? []
				: [removedRow(receipt, String(receipt.status))];
		});
	return { receipts, unreadable: changed.unreadable, gone };
}

const isWithin = ({ receiptDate }: IDataObject, { startDate, endDate }: LedgerRowsOptions): boolean =>
	(startDate === undefined || String(receiptDate) >= startDate) &&
	(endDate === undefined || String(receiptDate) <= endDate);

function earlier(moment: string): string {
	const reach = new Date(Date.parse(`${moment}Z`) - OVERLAP_MINUTES * 60_000).toISOString();
	const text = dateTime(reach.slice(0, 19));
	return text.ok ? text.value : moment;
}

/** A row that says that a receipt counts no more: the target drops what it holds of it. */
function removedRow({ id, type, status, invoiceId, version }: IDataObject, reason: string): IDataObject {
	return {
		change: 'removed',
		receiptId: id,
		receiptType: type ?? null,
		status: status ?? null,
		invoiceId: invoiceId ?? null,
		version: version ?? null,
		reason,
	};
}

interface Rows {
	rows: IDataObject[];
	/** Receipts whose debit and credit differ, with the difference in cents. */
	unbalanced: Array<[receipt: IDataObject, difference: number]>;
	/** Changed receipts that do not count, or do not count any more. */
	dropped: IDataObject[];
}

async function rowsOf(client: Client, receipts: IDataObject[], options: LedgerRowsOptions): Promise<Rows> {
	const [accounts, dimensions] = await Promise.all([readAccounts(client), readDimensions(client)]);
	const names: RowNames = {
		accounts,
		dimensions: columnsFor(dimensions),
		vatAccounts: options.vatAccounts,
		splitBy: options.splitBy,
	};
	const result: Rows = { rows: [], unbalanced: [], dropped: [] };
	const pause = yieldToEventLoop();
	for (const receipt of receipts) {
		await pause();
		if (!options.statuses.has(String(receipt.status))) {
			result.dropped.push(removedRow(receipt, String(receipt.status)));
			continue;
		}
		const { rows, difference } = rowsOfReceipt(receipt, names);
		if (difference !== 0) result.unbalanced.push([receipt, difference]);
		for (const row of rows) result.rows.push(options.changedSince === undefined ? row : { change: 'current', ...row });
	}
	if (options.partnerNames) await namePartners(client, result.rows);
	return result;
}

/** A column for each dimension, called as it is; one that is called as another column gets its kind behind it. */
function columnsFor(
	dimensions: Array<{ id: number; name: string; items: Map<number, string> }>,
): RowNames['dimensions'] {
	const taken = new Set(
		Object.keys(
			rowsOfReceipt(
				{ transactions: [{ account: '1', accountingValue: 0 }] },
				{ accounts: new Map(), dimensions: new Map(), vatAccounts: {} },
			).rows[0],
		).concat('change'),
	);
	return new Map(
		dimensions.map(({ id, name, items }) => {
			let column = name;
			for (let number = 1; taken.has(column); number++) column = `${name} (dimension${number > 1 ? ` ${number}` : ''})`;
			taken.add(column);
			return [id, { column, items }];
		}),
	);
}

async function namePartners(client: Client, rows: IDataObject[]): Promise<void> {
	const ids = [...new Set(rows.flatMap(({ partnerId }) => (partnerId === null ? [] : [Number(partnerId)])))];
	const names = ids.length ? await readPartnerNames(client, ids) : new Map<number, string>();
	for (const row of rows) if (row.partnerId !== null) row.partnerName = names.get(Number(row.partnerId)) ?? null;
}

function unbalancedInWords(unbalanced: Rows['unbalanced']): string {
	if (unbalanced.length === 0) return '';
	const told = unbalanced.map(
		([{ id, receiptNumber }, difference]) =>
			`receipt ${String(receiptNumber ?? '')} (ID ${String(id)}) by ${inEuros(difference).toFixed(2)}`,
	);
	return `Debit and credit differ: ${named(told)}.`;
}

async function compareWithReport(
	client: Client,
	context: IExecuteFunctions,
	options: LedgerRowsOptions,
	rows: readonly IDataObject[],
): Promise<void> {
	const report = await readReportSums(
		client,
		options.startDate as string,
		options.endDate as string,
		[...options.statuses],
		options.allTypes ? undefined : [...options.types],
	);
	if (report === undefined)
		return doubt(
			context,
			options,
			'The ledger account report names its rows without account numbers, so the rows cannot be compared with it.',
		);
	const { differences, vatAccounts } = compare(rows, report);
	if (differences.length)
		return doubt(
			context,
			options,
			`The rows do not make the ledger account report: ${named(differences.map(inWords))}. Receipts that the user has no right to see are in the report, but not in the rows; Company: Check Access tells which rights are missing.`,
		);
	if (vatAccounts === undefined) return;
	const sides = Object.entries(vatAccounts).map(
		([side, account]) => `${side === 'SALES' ? 'sales' : 'purchases'} ${account}`,
	);
	context.addExecutionHints({
		message: `The rows make the ledger account report. By their sums, the VAT rows without an account belong to: ${sides.join(', ')}. Name these accounts in the options to have them in the rows.`,
		type: 'info',
		location: 'outputPane',
	});
}

function named(list: readonly string[]): string {
	return (
		list.slice(0, MOST_NAMED).join('; ') + (list.length > MOST_NAMED ? ` and ${list.length - MOST_NAMED} more` : '')
	);
}

/** What makes the rows doubtful: told as a hint, or a reason to stop. */
function doubt(context: IExecuteFunctions, { stopOnDoubt }: LedgerRowsOptions, message: string): void {
	if (message === '') return;
	if (stopOnDoubt) throw new ProcountorError({ message: message.replace(/\.$/, '') });
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
