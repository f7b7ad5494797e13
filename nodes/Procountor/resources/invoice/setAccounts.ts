import type { IDataObject } from 'n8n-workflow';
import { compare, parseDecimal, decimalWithin, negate, type Decimal } from '../../validation/money';
import { readRow, rowSums } from '../../validation/sums';
import { type Client, InputError, type Invoice, type InvoiceRow, type LedgerReceipt } from '../../api';
import { ItemMemory } from '../../engine/itemMemory';
import { recordId } from '../../engine/recordId';
import type { OperationHandler } from '../../engine/task';
import { resolveAccountNumber, resolvePosting } from '../shared/bookkeeping/dimensions';
import type { WantedRow, Posting } from '../shared/bookkeeping/matchRows';
import { rowLabel, unwrap, readRowDimensions, restoreNumber, type GivenDimension } from '../shared/bookkeeping/rows';
import { throwInvoiceNotFound, readInvoice, foldName, nameOfInvoice } from '../shared/invoiceRecord';
import { isSales } from '../shared/invoiceTypes';
import { withPosting, withPostings, writableFields } from '../shared/bookkeeping/receiptPostings';
import { lookUpSecondsOf } from '../shared/formSettings';
import { POSTABLE_STATUSES, putReceipt, readReceipt, type SavedInvoice } from './savedInvoice';
import { toWantedRow } from './enrichRows';
import { listAt, toList } from '../../utils/objects';
import { counted } from '../../utils/texts';

export const callsOfSetAccounts = [
	'GET /invoices/{invoiceId}',
	'GET /ledgerreceipts/{receiptId}',
	'PUT /ledgerreceipts/{receiptId}',
	'GET /dimensions',
	'GET /coa',
] as const;

/** How a posting selects the rows that get it. */
export type MatchBy = 'all' | 'row' | 'product' | 'amount';

/** An account and dimensions for some rows of an invoice, as the user entered them. */
interface GivenPosting {
	/** Its position in the form, from 0. */
	index: number;
	matchBy: MatchBy;
	value: string;
	account?: string;
	dimensions: GivenDimension[];
}

/** A given posting with the IDs of its account and dimensions. */
interface ResolvedPosting extends Omit<GivenPosting, 'account' | 'dimensions'> {
	posting: Posting;
}

/**
 * Sets accounts and dimensions in the receipt of an existing invoice. Items of other dimensions stay unless the user
 * chose to replace them. If the receipt already has all postings, nothing is saved.
 */
export const setAccounts: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const invoiceId = recordId('Invoice', settings.invoiceId);
	const given = listAt(settings, 'postings').map(readPosting);
	if (given.length === 0) throw new InputError('Postings', 'is empty', 'Add at least one account or dimension.');
	const replace = settings.existing === 'replace';
	return {
		readOnly: false,
		run: async (client) => {
			const record = (await readInvoice(client, invoiceId)) ?? throwInvoiceNotFound(invoiceId);
			const lookUpSeconds = lookUpSecondsOf(settings);
			const saved = { client, record, isNew: false, lookUpSeconds, memory: new ItemMemory(input) };
			return [{ json: { invoiceId, ...(await setPostings(saved, given, replace)) } }];
		},
	};
};

function readPosting(row: IDataObject, index: number): GivenPosting {
	const matchBy = (row.matchBy ?? 'all') as MatchBy;
	const value = String(row.matchValue ?? '').trim();
	const account = row.account === undefined ? undefined : String(row.account).trim();
	const dimensions = readRowDimensions(row, (name) => postingLabel(index, name));
	if (matchBy !== 'all' && value === '') throw new InputError(postingLabel(index, 'Match Value'), 'is empty');
	if (matchBy === 'row' && !/^[1-9]\d{0,5}$/.test(value))
		throw new InputError(postingLabel(index, 'Match Value'), `is not a row number: '${value}'`, 'The first row is 1.');
	if (matchBy === 'amount') unwrap(postingLabel(index, 'Match Value'), decimalWithin(restoreNumber(value), 2));
	if (account === undefined && dimensions.length === 0)
		throw new InputError(`Posting ${index + 1}`, 'has no account and no dimension', 'Add one of them.');
	return { index, matchBy, value, account, dimensions };
}

const postingLabel = (index: number, label: string): string => `Posting ${index + 1}, ${label}`;

async function setPostings(
	saved: SavedInvoice,
	given: readonly GivenPosting[],
	replace: boolean,
): Promise<IDataObject> {
	const { client, record: invoice } = saved;
	const status = String(invoice.status);
	if (!POSTABLE_STATUSES.includes(status))
		throw new InputError(
			'Invoice',
			`has the status ${status}, so its accounts cannot be set`,
			"They can be set while it is unfinished or received: use 'Mark as Unfinished' first.",
		);
	const postings = await resolvePostings(client, given, replace);
	const receipt = await readReceipt(saved);
	const rows = rowsWithPostings(invoice, postings);
	const change = (before: LedgerReceipt): LedgerReceipt | undefined => {
		const changed = withEntryPostings(before, postings);
		return rows.length ? (withPostings(changed ?? before, rows) ?? changed) : changed;
	};
	const changed = change(receipt);
	if (changed) await putReceipt(saved, changed, rows, change);
	const result = changed ? await readReceipt(saved) : receipt;
	return {
		invoiceNumber: invoice.invoiceNumber,
		ledgerReceiptId: result.id,
		changed: changed !== undefined,
		transactions: toList(result.transactions)
			.filter(({ transactionType }) => transactionType === 'ENTRY')
			.map(({ id, account, accountingValue, vatPercent, description, dimensionItemValues }) => ({
				id,
				account,
				accountingValue,
				vatPercent,
				description,
				dimensionItemValues: dimensionItemValues ?? [],
			})),
	};
}

async function resolvePostings(
	client: Client,
	given: readonly GivenPosting[],
	replace: boolean,
): Promise<ResolvedPosting[]> {
	const postings: ResolvedPosting[] = [];
	for (const { account, dimensions, ...rest } of given) {
		const labelOf = (label: string): string => postingLabel(rest.index, label);
		const number = account && (await resolveAccountNumber(client, account, labelOf('Ledger Account')));
		const posting = await resolvePosting(client, { account: number, dimensions }, labelOf);
		if (posting) postings.push({ ...rest, posting: { ...posting, replace } });
	}
	return postings;
}

const toDecimal = (label: string, value: unknown): Decimal => unwrap(label, parseDecimal(value ?? 0));

/** Returns the invoice's rows as they are matched to transactions, with the postings that select rows or products. */
function rowsWithPostings(invoice: Invoice, postings: readonly ResolvedPosting[]): WantedRow[] {
	const byRow = postings.filter(({ matchBy }) => matchBy === 'row' || matchBy === 'product');
	if (byRow.length === 0) return [];
	const pricesIncludeVat = invoice.extraInfo?.unitPricesIncludeVat === true;
	const discount = toDecimal('Discount %', invoice.discountPercent);
	const rate = toDecimal('Exchange Rate', invoice.paymentInfo?.currencyRate ?? 1);
	const invoiceRows = toList(invoice.invoiceRows);
	for (const posting of byRow)
		if (!invoiceRows.some((body, row) => selectsRow(posting, body, row)))
			throw new InputError(
				postingLabel(posting.index, 'Match Value'),
				`names no row of ${nameOfInvoice(invoice)}: '${posting.value}'`,
				`It has ${counted(invoiceRows.length, 'row')}: ${invoiceRows
					.map(({ product }) => String(product))
					.join(', ')
					.slice(0, 200)}.`,
			);
	return invoiceRows.map((body, row) => {
		const { quantity, unitPrice, discountPercent, vatPercent } = body;
		const amounts = unwrap(rowLabel(row, 'Amounts'), readRow({ quantity, unitPrice, discountPercent, vatPercent }));
		const sums = rowSums(amounts, pricesIncludeVat, discount);
		const posting = byRow
			.filter((one) => selectsRow(one, body, row))
			.reduce<Posting | undefined>((before, one) => mergePostings(before, one.posting), undefined);
		return toWantedRow({ row, body, amounts, posting }, sums, rate, isSales(String(invoice.type)));
	});
}

function selectsRow(
	{ matchBy, value }: ResolvedPosting,
	{ product, productCode, productId }: InvoiceRow,
	row: number,
): boolean {
	if (matchBy === 'row') return row + 1 === Number(value);
	const names = [product, productCode, productId].map((name) => foldName(String(name ?? '')));
	return names.includes(foldName(value));
}

/** Merges two postings for one row: the later one's account and dimensions replace the earlier ones. */
function mergePostings(before: Posting | undefined, after: Posting): Posting {
	if (!before) return after;
	const replaced = new Set(after.dimensions.map(({ dimensionId }) => dimensionId));
	const kept = before.dimensions.filter(({ dimensionId }) => !replaced.has(dimensionId));
	return { ...after, account: after.account ?? before.account, dimensions: [...kept, ...after.dimensions] };
}

/**
 * Returns the receipt with the postings that select entries directly: all of them, or one by its amount. Undefined if
 * it already has them.
 */
function withEntryPostings(receipt: LedgerReceipt, postings: readonly ResolvedPosting[]): LedgerReceipt | undefined {
	const before = toList(receipt.transactions);
	const transactions = [...before];
	for (const { matchBy, value, index: position, posting } of postings) {
		if (matchBy !== 'all' && matchBy !== 'amount') continue;
		const selected = transactions.flatMap(({ transactionType, accountingValue }, index) => {
			const amount = toDecimal('Amount', accountingValue);
			const isEntry = transactionType === 'ENTRY' && amount.digits !== 0n;
			return isEntry && (matchBy === 'all' || isAmount(amount, value)) ? [index] : [];
		});
		if (matchBy === 'amount' && selected.length !== 1)
			throw new InputError(
				postingLabel(position, 'Match Value'),
				`fits ${selected.length} transactions of receipt ${String(receipt.id)}: '${value}'`,
				selected.length
					? 'Choose the row by its number.'
					: 'Enter the net amount of a row, in the currency of the books.',
			);
		for (const index of selected)
			transactions[index] = withPosting(
				transactions[index],
				posting,
				toDecimal('Amount', transactions[index].accountingValue),
				postingLabel(position, 'Dimensions'),
			);
	}
	const isChanged = transactions.some((transaction, index) => transaction !== before[index]);
	return isChanged ? { ...writableFields(receipt), id: receipt.id, transactions } : undefined;
}

/** Whether an amount is the entered one, with either sign. */
function isAmount(amount: Decimal, value: string): boolean {
	const wanted = toDecimal('Amount', restoreNumber(value));
	return compare(amount, wanted) === 0 || compare(amount, negate(wanted)) === 0;
}
