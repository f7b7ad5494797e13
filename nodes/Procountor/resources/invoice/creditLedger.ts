import type { IDataObject } from 'n8n-workflow';
import {
	absolute,
	compare,
	parseDecimal,
	divide,
	equal,
	HUNDRED,
	multiply,
	negate,
	subtract,
	sum,
	type Decimal,
} from '../../validation/money';
import { readRow, rowSums } from '../../validation/sums';
import { toList } from '../../utils/objects';
import {
	type Client,
	type DimensionItemValue,
	InputError,
	type Invoice,
	ProcountorError,
	type Transaction,
} from '../../api';
import { postingKey, type Posting, type PostedDimension, type WantedRow } from '../shared/bookkeeping/matchRows';
import { unwrap } from '../shared/bookkeeping/rows';
import { toWantedRow } from './enrichRows';
import type { CreditRow } from './creditParts';

const toDecimal = (value: unknown): Decimal => unwrap('Amount', parseDecimal(value ?? 0));

/** The largest difference between Procountor's rounding of a row and ours. */
const TOLERANCE: Decimal = { digits: 2n, scale: 2 };

/**
 * Returns the rows of a partial credit as they should be in the ledger: each has the account of the row that it credits,
 * and its dimensions as percentages.
 * @param entries the entries of the invoice's receipt
 * @throws {InputError} if the entry of a row cannot be identified
 */
function partialCreditRows(invoice: Invoice, rows: readonly CreditRow[], entries: readonly Transaction[]): WantedRow[] {
	const pricesIncludeVat = invoice.extraInfo?.unitPricesIncludeVat === true;
	const rate = toDecimal(invoice.paymentInfo?.currencyRate ?? 1);
	const invoiceRows = invoice.invoiceRows ?? [];
	const inLedger = (body: IDataObject, row: number, discount: Decimal): WantedRow => {
		const amounts = unwrap('Rows', readRow(body));
		return toWantedRow({ row, body, amounts }, rowSums(amounts, pricesIncludeVat, discount), rate, true);
	};
	return rows.map(({ source, body, sums }, row) => {
		const credited = inLedger(invoiceRows[source], source, toDecimal(invoice.discountPercent));
		const amounts = unwrap('Rows', readRow(body));
		return { ...toWantedRow({ row, body, amounts }, sums, rate, true), posting: findPosting(credited, entries) };
	});
}

function findPosting(credited: WantedRow, entries: readonly Transaction[]): Posting {
	const alike = entries.filter(
		({ accountingValue, vatPercent }) =>
			equal(toDecimal(vatPercent), credited.vatPercent) &&
			compare(absolute(subtract(toDecimal(accountingValue), credited.amount)), TOLERANCE) <= 0,
	);
	const sameText = alike.filter(({ description }) => description === credited.text);
	for (const candidates of [alike, sameText]) {
		const postings = new Map(candidates.map(postingFrom).map((posting) => [postingKey(posting), posting]));
		if (postings.size === 1) return [...postings.values()][0];
	}
	throw new InputError(
		'Credit Only',
		`cannot be posted: the receipt does not show which account row ${credited.row + 1} has`,
		'Credit the whole invoice, or credit these rows in Procountor. Nothing was saved.',
	);
}

function postingFrom({ account, accountingValue, dimensionItemValues }: Transaction): Posting {
	const total = toDecimal(accountingValue);
	const byDimension = new Map<number, DimensionItemValue[]>();
	for (const value of toList(dimensionItemValues))
		byDimension.set(Number(value.dimensionId), [...(byDimension.get(Number(value.dimensionId)) ?? []), value]);
	const dimensions = [...byDimension.values()].flatMap((values) => sharesInPercent(values, total));
	return { account: String(account), dimensions };
}

/** Returns the percentages of one dimension's items. The last one gets what rounding leaves. */
function sharesInPercent(values: readonly DimensionItemValue[], total: Decimal): PostedDimension[] {
	const shares = values.slice(0, -1).map(({ value }) => divide(multiply(toDecimal(value), HUNDRED), total, 8));
	const percents = [...shares, subtract(HUNDRED, sum(shares))];
	return values.map(({ dimensionId, itemId }, index) => ({
		dimensionId: Number(dimensionId),
		itemId: Number(itemId),
		percent: percents[index],
	}));
}

/** Returns the negated entries of a receipt, for the credit of a full invoice. */
function fullCreditRows(entries: readonly Transaction[]): WantedRow[] {
	return entries.map(({ account, accountingValue, vatPercent, description, dimensionItemValues }, row) => {
		const dimensions = toList(dimensionItemValues).map(({ dimensionId, itemId, value }) => ({
			dimensionId: Number(dimensionId),
			itemId: Number(itemId),
			amount: negate(toDecimal(value)),
		}));
		return {
			row,
			amount: negate(toDecimal(accountingValue)),
			vatPercent: toDecimal(vatPercent),
			text: String(description ?? ''),
			posting: { account: String(account), dimensions },
		};
	});
}

/**
 * Reads the postings of a credit's rows from the invoice's receipt.
 * @param rows the rows of a partial credit; none for a full one
 */
export async function readCreditLedger(
	client: Client,
	invoice: Invoice,
	rows: readonly CreditRow[],
): Promise<WantedRow[]> {
	const isByRow = invoice.extraInfo?.accountingByRow === true;
	// Without accounting by row, no entry belongs to a row, and Procountor posts the credit itself.
	if (rows.length && !isByRow) return [];
	const entries = await readEntries(client, invoice, isByRow);
	return rows.length ? partialCreditRows(invoice, rows, entries) : fullCreditRows(entries);
}

/**
 * Reads the entries of the invoice's receipt. If Procountor posts the credit itself, a user without the right to receipts
 * can still credit the invoice.
 */
async function readEntries(client: Client, original: Invoice, isByRow: boolean): Promise<Transaction[]> {
	const id = original.ledgerReceiptId;
	if (id === undefined) return [];
	const options = { path: { receiptId: Number(id) }, noun: `receipt ${String(id)}` };
	const receipt = await client
		.getOptional('GET /ledgerreceipts/{receiptId}', options)
		.catch((error: unknown) => ignoreHidden(error, isByRow));
	return toList(receipt?.transactions).filter(({ transactionType }) => transactionType === 'ENTRY');
}

function ignoreHidden(error: unknown, isRequired: boolean): undefined {
	if (isRequired || !(error instanceof ProcountorError) || error.problem.status !== 403) throw error;
	return undefined;
}
