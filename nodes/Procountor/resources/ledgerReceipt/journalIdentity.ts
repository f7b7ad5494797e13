import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { type Client, pages, RecordLoader } from '../../api';
import { parseDecimal, round, sum, toText, type Decimal } from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import { dimensionValuesKey } from '../shared/bookkeeping/dimensionAmounts';
import { foldName, isActive } from '../shared/invoiceRecord';
import { quoteList, listDifference } from '../shared/listDifference';
import { listAt, toList } from '../../utils/objects';

/** Whether Procountor added the row to balance the journal. */
const isBalancingRow = ({ transactionType }: IDataObject): boolean => transactionType === 'RECONCILIATION_ENTRY';

/** Returns the debit total without the balancing row. */
export function debitTotal(transactions: readonly IDataObject[]): Decimal {
	const amounts = transactions
		.filter((row) => !isBalancingRow(row))
		.map(({ accountingValue }) => unwrap('Amount', parseDecimal(accountingValue)));
	return round(sum(amounts.filter(({ digits }) => digits > 0n)));
}

/** Returns a sorted list with one text for each transaction: account, amount, VAT, and dimensions. */
function describeTransactions({ vatStatus, transactions }: IDataObject): string[] {
	return toList(transactions)
		.filter((row) => !isBalancingRow(row))
		.map((row) => {
			const vat = unwrap('VAT %', parseDecimal(row.vatPercent ?? 0));
			const parts = [
				`account ${String(row.account)}`,
				toText(round(unwrap('Amount', parseDecimal(row.accountingValue))), 2),
				`VAT ${toText(vat)} %`,
				// At 0 %, Procountor may omit the status or return the journal's.
				vat.digits === 0n ? '' : `status ${String(row.vatStatus ?? vatStatus)}`,
				dimensionValuesKey(listAt(row, 'dimensionItemValues')),
			];
			return parts.filter((part) => part !== '').join(', ');
		})
		.sort();
}

/** Returns a hash of a journal's transactions that does not depend on their order. */
export const transactionsKey = (journal: IDataObject): string =>
	createHash('sha256').update(describeTransactions(journal).join('\n')).digest('hex');

/** Prefixes of the lines in the notes for the user's own reference, and for the date before it was moved to an open day. */
const REFERENCE = 'Reference: ';
const ORIGINAL_DATE = 'Original date: ';

/**
 * Returns the field for the notes, with own reference and original date appended; no field if there is nothing to append.
 * @param dates the requested date, and the date in an open period that is used
 */
export function identifyingNotes(
	notes: unknown,
	reference: unknown,
	dates: { requested: string; used: string },
): IDataObject {
	const lines = [
		dates.requested === dates.used ? '' : `${ORIGINAL_DATE}${dates.requested}`,
		reference === undefined ? '' : `${REFERENCE}${String(reference)}`,
	].filter((line) => line !== '');
	if (lines.length === 0) return {};
	return { accountantsNotes: [String(notes ?? '').trim(), ...lines].filter((line) => line !== '').join('\n') };
}

const notesLines = ({ accountantsNotes }: IDataObject): string[] =>
	String(accountantsNotes ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim());

/** Returns the date that was requested for a journal, before it was moved to an open day. */
function originalDate(journal: IDataObject): string {
	const line = notesLines(journal).find((text) => text.startsWith(ORIGINAL_DATE));
	return line?.slice(ORIGINAL_DATE.length) ?? String(journal.receiptDate).slice(0, 10);
}

/** Compares names regardless of case and spaces. */
const isSameName = (one: IDataObject, other: IDataObject): boolean =>
	foldName(String(one.name)) === foldName(String(other.name));

const hasReference = (journal: IDataObject, reference: string): boolean =>
	notesLines(journal).includes(`${REFERENCE}${reference}`);

/**
 * The IDs of the day's journals that are the wanted one: with an own reference those that carry it, otherwise those with the same
 * name, the same transactions, and the same day before they were moved. Invalidated and deleted ones do not count.
 * @param asked the day before it was moved to an open one: an earlier run may have saved it on that day, or moved it to a
 * day that is closed by now
 */
export async function findJournals(
	client: Client,
	wanted: IDataObject,
	reference: string | undefined,
	requestedDate: string,
): Promise<number[]> {
	const ids: number[] = [];
	for await (const page of pages(client, {
		call: 'GET /ledgerreceipts',
		query: { types: ['JOURNAL'], startDate: requestedDate, endDate: String(wanted.receiptDate) },
		confirmEmpty: true,
	})) {
		const candidates = page.filter((row) => isActive(row) && (reference !== undefined || isSameName(row, wanted)));
		ids.push(...candidates.map(({ id }) => Number(id)));
	}
	if (ids.length === 0) return [];
	const journals = await new RecordLoader('GET /ledgerreceipts/{receiptId}').load(client, ids);
	const key = transactionsKey(wanted);
	return ids.filter((_, index) => {
		const journal = journals[index];
		if (!journal) return false;
		if (reference !== undefined) return hasReference(journal, reference);
		return originalDate(journal) === requestedDate && transactionsKey(journal) === key;
	});
}

/** Returns the difference between two journals as part of a sentence; undefined if they are equal. */
export function journalDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	const [wantedTexts, foundTexts] = [describeTransactions(wanted), describeTransactions(found)];
	const missing = listDifference(wantedTexts, foundTexts);
	const additional = listDifference(foundTexts, wantedTexts);
	const differences = [
		isSameName(found, wanted) ? '' : `its name is '${String(found.name)}', not '${String(wanted.name)}'`,
		additional.length ? `it has ${quoteList(additional)}` : '',
		missing.length ? `it lacks ${quoteList(missing)}` : '',
	].filter((part) => part !== '');
	return differences.length ? differences.join('; ') : undefined;
}
