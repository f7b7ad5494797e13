import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { type Client, pages, RecordLoader } from '../../api';
import { decimal, round, sum, toText, type Decimal } from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import { dimensionValuesKey } from '../shared/bookkeeping/dimensionAmounts';
import { foldName, isActive } from '../shared/invoiceRecord';
import { quoteList, listDifference } from '../shared/listDifference';
import { listAt, toList } from '../../utils/objects';

/** Procountor adds the balancing row itself; it is not part of what was asked for. */
const isOwnRow = ({ transactionType }: IDataObject): boolean => transactionType === 'RECONCILIATION_ENTRY';

/** Returns the debit total without the balancing row. */
export function debitOf(transactions: readonly IDataObject[]): Decimal {
	const amounts = transactions
		.filter((one) => !isOwnRow(one))
		.map(({ accountingValue }) => unwrap('Amount', decimal(accountingValue)));
	return round(sum(amounts.filter(({ digits }) => digits > 0n)));
}

/** One text for each transaction: account, amount, VAT and dimensions, in an order that does not depend on the rows' order. */
function transactionTexts({ vatStatus, transactions }: IDataObject): string[] {
	return toList(transactions)
		.filter((one) => !isOwnRow(one))
		.map((one) => {
			const vat = unwrap('VAT %', decimal(one.vatPercent ?? 0));
			const parts = [
				`account ${String(one.account)}`,
				toText(round(unwrap('Amount', decimal(one.accountingValue))), 2),
				`VAT ${toText(vat)} %`,
				// At 0 %, Procountor may leave the status out or repeat the journal's.
				vat.digits === 0n ? '' : `status ${String(one.vatStatus ?? vatStatus)}`,
				dimensionValuesKey(listAt(one, 'dimensionItemValues')),
			];
			return parts.filter((part) => part !== '').join(', ');
		})
		.sort();
}

/** A short key for the transactions of a journal: equal for the same transactions in any order. */
export const transactionsKey = (journal: IDataObject): string =>
	createHash('sha256').update(transactionTexts(journal).join('\n')).digest('hex');

/** The lines of the notes that hold the user's own reference, and the day before the journal was moved to an open one. */
const REFERENCE = 'Reference: ';
const ORIGINAL_DATE = 'Original date: ';

/**
 * The notes with what the journal is known by as their last lines, as a field of it; nothing where they stay as they are.
 * @param days the day that was given, and the open one that it was moved to
 */
export function notesOf(notes: unknown, reference: unknown, days: { asked: string; used: string }): IDataObject {
	const lines = [
		days.asked === days.used ? '' : `${ORIGINAL_DATE}${days.asked}`,
		reference === undefined ? '' : `${REFERENCE}${String(reference)}`,
	].filter((line) => line !== '');
	if (lines.length === 0) return {};
	return { accountantsNotes: [String(notes ?? '').trim(), ...lines].filter((line) => line !== '').join('\n') };
}

const notesLines = ({ accountantsNotes }: IDataObject): string[] =>
	String(accountantsNotes ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim());

/** The day that a journal is for: the one before it was moved to an open day, otherwise its own. */
function dayOf(journal: IDataObject): string {
	const line = notesLines(journal).find((one) => one.startsWith(ORIGINAL_DATE));
	return line?.slice(ORIGINAL_DATE.length) ?? String(journal.receiptDate).slice(0, 10);
}

/** Names in any spelling of case and spaces. */
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
export async function sameJournals(
	client: Client,
	wanted: IDataObject,
	reference: string | undefined,
	asked: string,
): Promise<number[]> {
	const ids: number[] = [];
	for await (const page of pages(client, {
		call: 'GET /ledgerreceipts',
		query: { types: ['JOURNAL'], startDate: asked, endDate: String(wanted.receiptDate) },
		confirmEmpty: true,
	})) {
		const candidates = page.filter((one) => isActive(one) && (reference !== undefined || isSameName(one, wanted)));
		ids.push(...candidates.map(({ id }) => Number(id)));
	}
	if (ids.length === 0) return [];
	const journals = await new RecordLoader('GET /ledgerreceipts/{receiptId}').load(client, ids);
	const key = transactionsKey(wanted);
	return ids.filter((_, index) => {
		const journal = journals[index];
		if (!journal) return false;
		if (reference !== undefined) return hasReference(journal, reference);
		return dayOf(journal) === asked && transactionsKey(journal) === key;
	});
}

/** Returns the difference between two journals as part of a sentence; undefined if they are equal. */
export function journalDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	const [given, there] = [transactionTexts(wanted), transactionTexts(found)];
	const onlyGiven = listDifference(given, there);
	const onlyThere = listDifference(there, given);
	const differences = [
		isSameName(found, wanted) ? '' : `its name is '${String(found.name)}', not '${String(wanted.name)}'`,
		onlyThere.length ? `it has ${quoteList(onlyThere)}` : '',
		onlyGiven.length ? `it lacks ${quoteList(onlyGiven)}` : '',
	].filter((part) => part !== '');
	return differences.length ? differences.join('; ') : undefined;
}
