import type { IDataObject } from 'n8n-workflow';
import { parseDateTime } from '../../validation/dates';
import { yieldToEventLoop } from '../../n8n/yieldToEventLoop';
import type { OperationHandler } from '../../engine/task';
import { type Client, InputError } from '../../api';
import { toEuros } from '../../validation/cents';
import {
	bookkeepingTypes,
	countingStatuses,
	readAccounts,
	readDimensions,
	readReceiptsById,
	readPartnerNames,
	readReceipts,
	receiptsOfChangedInvoices,
	type FoundReceipts,
} from './ledgerRowsRead';
import { compareWithReport, type ControlPeriod } from './ledgerRowsControl';
import { shortList, reportWarning } from './ledgerRowsHints';
import { readMissingRights, reportMissingRights } from './ledgerRowsRights';
import { flattenReceipt, type RowContext } from './ledgerRowsShape';

/**
 * How far a search for changes goes back before the requested time. In autumn an hour repeats, and it is unknown whether the
 * search includes equal times.
 */
const OVERLAP_MINUTES = 65;

interface LedgerRowsOptions {
	startDate?: string;
	endDate?: string;
	changedSince?: string;
	knownReceiptIds: number[];
	statuses: ReadonlySet<string>;
	types: ReadonlySet<string>;
	/** Whether the user selected no types, which means all of them. */
	allTypes: boolean;
	vatAccounts: RowContext['vatAccounts'];
	splitBy?: number;
	partnerNames: boolean;
	compareWithReport: boolean;
	stopOnWarning: boolean;
}

/**
 * Returns the receipts of a period, or those changed since a time, as flat rows. Reports missing rights and receipts whose
 * debit and credit differ. Optionally compares the rows with Procountor's own report and returns its totals too.
 */
export const getLedgerRows: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const options = readOptions(settings);
	return {
		readOnly: true,
		async run(client) {
			const reporter = { context: input.context, stopOnWarning: options.stopOnWarning };
			const reading = Promise.all([readContext(client, options), findReceipts(client, options)]);
			// Missing rights are reported first, because they explain other failures.
			reading.catch(() => undefined);
			const missing = await readMissingRights(client, options.types, options.partnerNames);
			reportMissingRights(reporter, missing, options.compareWithReport);
			const [context, { receipts, unreadable, removed }] = await reading;
			const { rows, unbalanced, excluded } = await buildRows(client, receipts, context, options);
			if (unbalanced.length) reportWarning(reporter, unbalancedMessage(unbalanced));
			if (unreadable.length)
				reportWarning(
					reporter,
					`The list shows receipts that cannot be read: ${shortList(unreadable.map(String))}. The user may lack a right to them, or they were deleted meanwhile.`,
				);
			// An incremental run does not read all rows of the period.
			const all = options.changedSince === undefined ? rows : undefined;
			const control = options.compareWithReport
				? await compareWithReport(client, reporter, controlPeriod(options), missing, all)
				: [];
			const removedRows = options.changedSince === undefined ? [] : [...excluded, ...removed];
			return [...removedRows, ...rows, ...control].map((json) => ({ json }));
		},
	};
};

function readOptions(settings: Record<string, unknown>): LedgerRowsOptions {
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
		knownReceiptIds: list('knownReceiptIds').map(Number),
		statuses: new Set(statuses.length ? statuses : countingStatuses),
		types: new Set(types.length ? types : bookkeepingTypes),
		allTypes: types.length === 0,
		vatAccounts: { SALES: text('vatAccountSales'), PURCHASE: text('vatAccountPurchases') },
		splitBy: splitBy === undefined ? undefined : Number(splitBy),
		partnerNames: settings.partnerNames !== false,
		compareWithReport: settings.compareWithReport === true,
		stopOnWarning: settings.onDoubt === 'stop',
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

/** Returns the period to compare with the report. `readOptions` has checked that both days are given. */
function controlPeriod({ startDate = '', endDate = '', statuses, allTypes, types }: LedgerRowsOptions): ControlPeriod {
	return { startDate, endDate, statuses: [...statuses], types: allTypes ? undefined : [...types] };
}

/** Finds the receipts of a period, or those changed since a time. */
async function findReceipts(client: Client, options: LedgerRowsOptions): Promise<FoundChanges> {
	if (options.changedSince !== undefined) return await findChanges(client, options, options.changedSince);
	const query = { startDate: options.startDate, endDate: options.endDate };
	return { ...(await readReceipts(client, { query, types: options.types })), removed: [] };
}

interface FoundChanges extends FoundReceipts {
	/** Rows for known receipts that were deleted, replaced, or moved, or that no longer count. */
	removed: IDataObject[];
}

/** Finds receipts that changed since a time, also those of changed invoices, and known receipts that no longer count. */
async function findChanges(client: Client, options: LedgerRowsOptions, since: string): Promise<FoundChanges> {
	const from = withOverlap(since);
	const query = { versionStartDate: from, startDate: options.startDate, endDate: options.endDate };
	const [changed, invoiceReceiptIds] = await Promise.all([
		readReceipts(client, { query, types: options.types }),
		receiptsOfChangedInvoices(client, from),
	]);
	const seen = new Set([...changed.receipts.map(({ id }) => Number(id)), ...changed.unreadable]);
	const known = await readReceiptsById(
		client,
		[...invoiceReceiptIds, ...options.knownReceiptIds].filter((id) => !seen.has(id)),
	);
	const further = [...new Set(invoiceReceiptIds)]
		.map((id) => known.get(id))
		.filter(
			(receipt): receipt is IDataObject =>
				receipt !== undefined && options.types.has(String(receipt.type)) && isWithin(receipt, options),
		);
	const receipts = [...changed.receipts, ...further].sort((a, b) => Number(a.id) - Number(b.id));
	const byInvoice = new Map(
		receipts.filter(({ invoiceId }) => invoiceId !== undefined).map(({ invoiceId, id }) => [invoiceId, id]),
	);
	const removed = options.knownReceiptIds
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
	return { receipts, unreadable: changed.unreadable, removed };
}

const isWithin = ({ receiptDate }: IDataObject, { startDate, endDate }: LedgerRowsOptions): boolean =>
	(startDate === undefined || String(receiptDate) >= startDate) &&
	(endDate === undefined || String(receiptDate) <= endDate);

function withOverlap(time: string): string {
	const start = new Date(Date.parse(`${time}Z`) - OVERLAP_MINUTES * 60_000).toISOString();
	const text = parseDateTime(start.slice(0, 19));
	return text.ok ? text.value : time;
}

/** Returns a row that tells the target table to delete the rows of a receipt. */
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

interface LedgerRows {
	rows: IDataObject[];
	/** Receipts whose debit and credit differ, with the difference in cents. */
	unbalanced: Array<[receipt: IDataObject, difference: number]>;
	/** Rows for changed receipts that do not count. */
	excluded: IDataObject[];
}

async function readContext(client: Client, { vatAccounts, splitBy }: LedgerRowsOptions): Promise<RowContext> {
	const [accounts, dimensions] = await Promise.all([readAccounts(client), readDimensions(client)]);
	return { accounts, dimensions: dimensionColumns(dimensions), vatAccounts, splitBy };
}

async function buildRows(
	client: Client,
	receipts: IDataObject[],
	context: RowContext,
	options: LedgerRowsOptions,
): Promise<LedgerRows> {
	const result: LedgerRows = { rows: [], unbalanced: [], excluded: [] };
	const pause = yieldToEventLoop();
	for (const receipt of receipts) {
		await pause();
		if (!options.statuses.has(String(receipt.status))) {
			result.excluded.push(removedRow(receipt, String(receipt.status)));
			continue;
		}
		const { rows, difference } = flattenReceipt(receipt, context);
		if (difference !== 0) result.unbalanced.push([receipt, difference]);
		for (const row of rows) result.rows.push(options.changedSince === undefined ? row : { change: 'current', ...row });
	}
	if (options.partnerNames) await addPartnerNames(client, result.rows);
	return result;
}

/** Returns a column for each dimension with its name, or with `(dimension)` appended if another column has that name. */
function dimensionColumns(
	dimensions: Array<{ id: number; name: string; items: Map<number, string> }>,
): RowContext['dimensions'] {
	const taken = new Set(
		Object.keys(
			flattenReceipt(
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

async function addPartnerNames(client: Client, rows: IDataObject[]): Promise<void> {
	const ids = [...new Set(rows.flatMap(({ partnerId }) => (partnerId === null ? [] : [Number(partnerId)])))];
	const names = ids.length ? await readPartnerNames(client, ids) : new Map<number, string>();
	for (const row of rows) if (row.partnerId !== null) row.partnerName = names.get(Number(row.partnerId)) ?? null;
}

function unbalancedMessage(unbalanced: LedgerRows['unbalanced']): string {
	const texts = unbalanced.map(
		([{ id, receiptNumber }, difference]) =>
			`receipt ${String(receiptNumber ?? '')} (ID ${String(id)}) by ${toEuros(difference).toFixed(2)}`,
	);
	return `Debit and credit differ: ${shortList(texts)}.`;
}
