import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { type Client, pages, RecordLoader } from '../../api';
import { decimal, round, sum, toText, type Decimal } from '../../validation/money';
import { passed } from '../shared/bookkeeping/rows';
import { textOfValues } from '../shared/bookkeeping/dimensionAmounts';
import { foldedName, isActive } from '../shared/invoiceRecord';
import { listed, without } from '../shared/listDifference';
import { listAt, toList } from '../../utils/objects';

/** Procountor adds the balancing row itself; it is not part of what was asked for. */
const isOwnRow = ({ transactionType }: IDataObject): boolean => transactionType === 'RECONCILIATION_ENTRY';

/** The total of the debit side, the balancing row left out. */
export function debitOf(transactions: readonly IDataObject[]): Decimal {
	const amounts = transactions
		.filter((one) => !isOwnRow(one))
		.map(({ accountingValue }) => passed('Amount', decimal(accountingValue)));
	return round(sum(amounts.filter(({ digits }) => digits > 0n)));
}

/** One text for each transaction: account, amount, VAT and dimensions, in an order that does not depend on the rows' order. */
function transactionTexts({ vatStatus, transactions }: IDataObject): string[] {
	return toList(transactions)
		.filter((one) => !isOwnRow(one))
		.map((one) => {
			const vat = passed('VAT %', decimal(one.vatPercent ?? 0));
			const parts = [
				`account ${String(one.account)}`,
				toText(round(passed('Amount', decimal(one.accountingValue))), 2),
				`VAT ${toText(vat)} %`,
				// At 0 %, Procountor may leave the status out or repeat the journal's.
				vat.digits === 0n ? '' : `status ${String(one.vatStatus ?? vatStatus)}`,
				textOfValues(listAt(one, 'dimensionItemValues')),
			];
			return parts.filter((part) => part !== '').join(', ');
		})
		.sort();
}

/** A short key for the transactions of a journal: equal for the same transactions in any order. */
export const transactionsKey = (journal: IDataObject): string =>
	createHash('sha256').update(transactionTexts(journal).join('\n')).digest('hex');

/** The line of the notes that holds the user's own reference. */
const LINE = 'Reference: ';

/** The notes with the user's own reference as their last line. */
export const notesWithReference = (notes: unknown, reference: string): string =>
	[String(notes ?? '').trim(), `${LINE}${reference}`].filter((line) => line !== '').join('\n');

/** Names in any spelling of case and spaces. */
const isSameName = (one: IDataObject, other: IDataObject): boolean =>
	foldedName(String(one.name)) === foldedName(String(other.name));

const hasReference = ({ accountantsNotes }: IDataObject, reference: string): boolean =>
	String(accountantsNotes ?? '')
		.split(/\r?\n/)
		.some((line) => line.trim() === `${LINE}${reference}`);

/**
 * The IDs of the day's journals that are the wanted one: with an own reference those that carry it, otherwise those with the same
 * name and the same transactions. Invalidated and deleted ones do not count.
 * @param asked the day before it was moved to an open one: an earlier run may have moved it to a day that is closed by now
 */
export async function sameJournals(
	client: Client,
	wanted: IDataObject,
	reference?: string,
	asked?: string,
): Promise<number[]> {
	const ids: number[] = [];
	const day = String(wanted.receiptDate);
	const startDate = reference === undefined ? day : (asked ?? day);
	for await (const page of pages(client, {
		call: 'GET /ledgerreceipts',
		query: { types: ['JOURNAL'], startDate, endDate: day },
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
		return reference === undefined ? transactionsKey(journal) === key : hasReference(journal, reference);
	});
}

/** What two journals differ in, as a sentence part; undefined if they are equal. */
export function journalDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	const [given, there] = [transactionTexts(wanted), transactionTexts(found)];
	const onlyGiven = without(given, there);
	const onlyThere = without(there, given);
	const differences = [
		isSameName(found, wanted) ? '' : `its name is '${String(found.name)}', not '${String(wanted.name)}'`,
		onlyThere.length ? `it has ${listed(onlyThere)}` : '',
		onlyGiven.length ? `it lacks ${listed(onlyGiven)}` : '',
	].filter((part) => part !== '');
	return differences.length ? differences.join('; ') : undefined;
}
