import type { IDataObject } from 'n8n-workflow';
import { compare, decimal, decimalWithin, negate, type Decimal } from '../../validation/money';
import { readRow, rowSums } from '../../validation/sums';
import { type Client, InputError } from '../../api';
import { ItemMemory } from '../../engine/itemMemory';
import { recordId } from '../../engine/recordId';
import type { OperationHandler } from '../../engine/task';
import { resolveAccountNumber, resolvePosting } from '../shared/bookkeeping/dimensions';
import type { WantedRow, Posting } from '../shared/bookkeeping/matchRows';
import { rowLabel, unwrap, readRowDimensions, restoreNumber, type GivenDimension } from '../shared/bookkeeping/rows';
import { throwInvoiceNotFound, readInvoice, foldName, nameOfInvoice } from '../shared/invoiceRecord';
import { isSales } from '../shared/invoiceTypes';
import { granted, putLedger, receiptOf, withPostings, writable, type SavedInvoice } from './afterCreate';
import { comparable } from './enrichRows';
import { listAt, objectAt } from '../../utils/objects';

export const callsOfSetAccounts = [
	'GET /invoices/{invoiceId}',
	'GET /ledgerreceipts/{receiptId}',
	'PUT /ledgerreceipts/{receiptId}',
	'GET /dimensions',
	'GET /coa',
] as const;

/** Statuses in which accounts can still be set. */
const OPEN = ['UNFINISHED', 'RECEIVED'];
/** How long a receipt that does not show yet is waited for, in seconds. */
const LOOK_UP = 30;

/** Which rows of an invoice a posting is for. */
export type MatchBy = 'all' | 'row' | 'product' | 'amount';

/** An account and dimensions for some rows of an invoice, as a person gave them. */
interface GivenPosting {
	place: number;
	matchBy: MatchBy;
	value: string;
	account?: string;
	dimensions: GivenDimension[];
}

/** The same with its dimensions found. */
interface RowPosting extends Omit<GivenPosting, 'account' | 'dimensions'> {
	posting: Posting;
}

/**
 * Sets accounts and dimensions in the receipt of an existing invoice. Items of other dimensions stay, or are replaced
 * if chosen. If the receipt already has all of it, nothing is written.
 */
export const setAccounts: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const invoiceId = recordId('Invoice', settings.invoiceId);
	const given = listAt(settings, 'postings').map(givenPosting);
	if (given.length === 0) throw new InputError('Postings', 'is empty', 'Add at least one account or dimension.');
	const replace = settings.existing === 'replace';
	return {
		readOnly: false,
		run: async (client) => [{ json: await set(client, invoiceId, given, replace, new ItemMemory(input)) }],
	};
};

function givenPosting(row: IDataObject, place: number): GivenPosting {
	const matchBy = (row.matchBy ?? 'all') as MatchBy;
	const value = String(row.matchValue ?? '').trim();
	const account = row.account === undefined ? undefined : String(row.account).trim();
	const dimensions = readRowDimensions(row, (name) => inPosting(place, name));
	if (matchBy !== 'all' && value === '') throw new InputError(inPosting(place, 'Match Value'), 'is empty');
	if (matchBy === 'row' && !/^[1-9]\d{0,5}$/.test(value))
		throw new InputError(inPosting(place, 'Match Value'), `is not a row number: '${value}'`, 'The first row is 1.');
	if (matchBy === 'amount') unwrap(inPosting(place, 'Match Value'), decimalWithin(restoreNumber(value), 2));
	if (account === undefined && dimensions.length === 0)
		throw new InputError(`Posting ${place + 1}`, 'has no account and no dimension', 'Add one of them.');
	return { place, matchBy, value, account, dimensions };
}

const inPosting = (place: number, label: string): string => `Posting ${place + 1}, ${label}`;

async function set(
	client: Client,
	invoiceId: number,
	given: readonly GivenPosting[],
	replace: boolean,
	memory: ItemMemory,
): Promise<IDataObject> {
	const invoice = (await readInvoice(client, invoiceId)) ?? throwInvoiceNotFound(invoiceId);
	const status = String(invoice.status);
	if (!OPEN.includes(status))
		throw new InputError(
			'Invoice',
			`has the status ${status}, so its accounts cannot be set`,
			"They can be set while it is unfinished or received: use 'Mark as Unfinished' first.",
		);
	const postings: RowPosting[] = [];
	for (const { account, dimensions, ...rest } of given) {
		const inPlace = (label: string): string => inPosting(rest.place, label);
		const number = account && (await resolveAccountNumber(client, account, inPlace('Ledger Account')));
		const posting = await resolvePosting(client, { account: number, dimensions }, inPlace);
		if (posting) postings.push({ ...rest, posting: { ...posting, replace } });
	}
	const saved: SavedInvoice = { client, record: invoice, isNew: false, lookUp: LOOK_UP, memory };
	const receipt = await receiptOf(saved);
	const rows = rowsWith(invoice, postings);
	const change = (before: IDataObject): IDataObject | undefined => {
		const direct = withDirect(before, postings);
		return rows.length ? (withPostings(direct ?? before, rows) ?? direct) : direct;
	};
	const changed = change(receipt);
	if (changed) await putLedger(saved, changed, rows, change);
	const result = changed ? await receiptOf(saved) : receipt;
	return {
		invoiceId,
		invoiceNumber: invoice.invoiceNumber,
		ledgerReceiptId: result.id,
		changed: changed !== undefined,
		transactions: listAt(result, 'transactions')
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

const exact = (label: string, value: unknown): Decimal => unwrap(label, decimal(value ?? 0));

/** The invoice's rows as their transactions are in the books, with the postings that name rows or products. */
function rowsWith(invoice: IDataObject, postings: readonly RowPosting[]): WantedRow[] {
	const named = postings.filter(({ matchBy }) => matchBy === 'row' || matchBy === 'product');
	if (named.length === 0) return [];
	const { unitPricesIncludeVat } = (invoice.extraInfo ?? {}) as { unitPricesIncludeVat?: boolean };
	const discount = exact('Discount %', invoice.discountPercent);
	const rate = exact('Exchange Rate', objectAt(invoice, 'paymentInfo').currencyRate ?? 1);
	const invoiceRows = listAt(invoice, 'invoiceRows');
	for (const posting of named)
		if (!invoiceRows.some((body, row) => isMeant(posting, body, row)))
			throw new InputError(
				inPosting(posting.place, 'Match Value'),
				`names no row of ${nameOfInvoice(invoice)}: '${posting.value}'`,
				`It has ${invoiceRows.length} rows: ${invoiceRows
					.map(({ product }) => String(product))
					.join(', ')
					.slice(0, 200)}.`,
			);
	return invoiceRows.map((body, row) => {
		const { quantity, unitPrice, discountPercent, vatPercent } = body;
		const amounts = unwrap(rowLabel(row, 'Amounts'), readRow({ quantity, unitPrice, discountPercent, vatPercent }));
		const sums = rowSums(amounts, unitPricesIncludeVat === true, discount);
		const posting = named
			.filter((one) => isMeant(one, body, row))
			.reduce<Posting | undefined>((before, one) => together(before, one.posting), undefined);
		return comparable({ row, body, amounts, posting }, sums, rate, isSales(String(invoice.type)));
	});
}

function isMeant(
	{ matchBy, value }: RowPosting,
	{ product, productCode, productId }: IDataObject,
	row: number,
): boolean {
	if (matchBy === 'row') return row + 1 === Number(value);
	const names = [product, productCode, productId].map((name) => foldName(String(name ?? '')));
	return names.includes(foldName(value));
}

/** Two postings for one row: the later one's account, and its items of the dimensions that it names. */
function together(before: Posting | undefined, after: Posting): Posting {
	if (!before) return after;
	const named = new Set(after.dimensions.map(({ dimensionId }) => dimensionId));
	const kept = before.dimensions.filter(({ dimensionId }) => !named.has(dimensionId));
	return { ...after, account: after.account ?? before.account, dimensions: [...kept, ...after.dimensions] };
}

/** The receipt with the postings for all rows, and for a net amount; undefined where it has them. */
function withDirect(receipt: IDataObject, postings: readonly RowPosting[]): IDataObject | undefined {
	const transactions = [...listAt(receipt, 'transactions')];
	const before = [...transactions];
	for (const { matchBy, value, place, posting } of postings) {
		if (matchBy !== 'all' && matchBy !== 'amount') continue;
		const meant = transactions.flatMap(({ transactionType, accountingValue }, index) => {
			const amount = exact('Amount', accountingValue);
			const isEntry = transactionType === 'ENTRY' && amount.digits !== 0n;
			return isEntry && (matchBy === 'all' || isAmount(amount, value)) ? [index] : [];
		});
		if (matchBy === 'amount' && meant.length !== 1)
			throw new InputError(
				inPosting(place, 'Match Value'),
				`fits ${meant.length} transactions of receipt ${String(receipt.id)}: '${value}'`,
				meant.length ? 'Choose the row by its number.' : 'Enter the net amount of a row, in the currency of the books.',
			);
		for (const index of meant)
			transactions[index] = granted(
				transactions[index],
				posting,
				exact('Amount', transactions[index].accountingValue),
				inPosting(place, 'Dimensions'),
			);
	}
	const isChanged = transactions.some((one, index) => one !== before[index]);
	return isChanged ? { ...writable(receipt), id: receipt.id, transactions } : undefined;
}

function isAmount(amount: Decimal, value: string): boolean {
	const wanted = exact('Amount', restoreNumber(value));
	return compare(amount, wanted) === 0 || compare(amount, negate(wanted)) === 0;
}
