import type { IDataObject } from 'n8n-workflow';
import { dateTime } from '../../validation/dates';
import { yieldToEventLoop } from '../../n8n/yieldToEventLoop';
import type { OperationHandler } from '../../engine/task';
import { type Client, InputError } from '../../api';
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
import { compareWithReport, type ControlPeriod } from './ledgerRowsControl';
import { listed, reportDoubt } from './ledgerRowsHints';
import { missingRightsOf, reportMissingRights } from './ledgerRowsRights';
import { rowsOfReceipt, type RowNames } from './ledgerRowsShape';

/**
 * How far a search for changes reaches back behind the moment asked for: an hour repeats in autumn, and equal times may
 * fall either way.
 */
const OVERLAP_MINUTES = 65;

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
 * Get Ledger Rows: receipts of a time, or those changed since a moment, as flat rows. Reports missing rights, receipts whose
 * debit and credit differ and, if asked to, the difference from Procountor's own report, whose totals follow as items.
 */
export const getLedgerRows: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const options = optionsIn(settings);
	return {
		readOnly: true,
		async run(client) {
			const reporter = { context: input.context, stopOnDoubt: options.stopOnDoubt };
			const reading = Promise.all([readNames(client, options), found(client, options)]);
			// Missing rights explain what else may fail: they are reported first.
			reading.catch(() => undefined);
			const missing = await missingRightsOf(client, options.types, options.partnerNames);
			reportMissingRights(reporter, missing, options.compareWithReport);
			const [names, { receipts, unreadable, gone }] = await reading;
			const { rows, unbalanced, dropped } = await rowsOf(client, receipts, names, options);
			if (unbalanced.length) reportDoubt(reporter, unbalancedInWords(unbalanced));
			if (unreadable.length)
				reportDoubt(
					reporter,
					`The list shows receipts that cannot be read: ${listed(unreadable.map(String))}. The user may lack a right to them, or they were deleted meanwhile.`,
				);
			// Of an incremental run, only the target knows the other rows.
			const all = options.changedSince === undefined ? rows : undefined;
			const control = options.compareWithReport
				? await compareWithReport(client, reporter, periodOf(options), missing, all)
				: [];
			const removed = options.changedSince === undefined ? [] : [...dropped, ...gone];
			return [...removed, ...rows, ...control].map((json) => ({ json }));
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
	if (options.compareWithReport && (options.startDate === undefined || options.endDate === undefined)) {
		throw new InputError(
			'Compare with Report',
			'needs a first and a last day',
			'Fill in First Day and Last Day; with Changed Since they are the whole period that the target holds.',
		);
	}
	return options;
}

/** The period to compare with the report; `optionsIn` has checked that it has both days. */
function periodOf({ startDate = '', endDate = '', statuses, allTypes, types }: LedgerRowsOptions): ControlPeriod {
	return { startDate, endDate, statuses: [...statuses], types: allTypes ? undefined : [...types] };
}

/** The receipts of a time, or those changed since a moment. */
async function found(client: Client, options: LedgerRowsOptions): Promise<Changes> {
	if (options.changedSince !== undefined) return await changes(client, options, options.changedSince);
	const query = { startDate: options.startDate, endDate: options.endDate };
	return { ...(await readReceipts(client, { query, types: options.types })), gone: [] };
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

async function readNames(client: Client, { vatAccounts, splitBy }: LedgerRowsOptions): Promise<RowNames> {
	const [accounts, dimensions] = await Promise.all([readAccounts(client), readDimensions(client)]);
	return { accounts, dimensions: columnsFor(dimensions), vatAccounts, splitBy };
}

async function rowsOf(
	client: Client,
	receipts: IDataObject[],
	names: RowNames,
	options: LedgerRowsOptions,
): Promise<Rows> {
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
	const told = unbalanced.map(
		([{ id, receiptNumber }, difference]) =>
			`receipt ${String(receiptNumber ?? '')} (ID ${String(id)}) by ${inEuros(difference).toFixed(2)}`,
	);
	return `Debit and credit differ: ${listed(told)}.`;
}
