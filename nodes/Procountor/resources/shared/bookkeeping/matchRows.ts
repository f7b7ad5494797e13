import { compare, equal, subtract, toText, type Decimal } from '../../../validation/money';
import { ok, fail, type Result } from '../../../validation/result';
import { counted } from '../../../utils/texts';

/** The account and the dimensions that a row should have in the ledger. Equal postings have equal keys. */
export interface Posting {
	account?: string;
	dimensions: ReadonlyArray<PostedDimension>;
	/** Whether items of other dimensions are removed. */
	replace?: boolean;
}

/** A dimension item of a row, for a percentage, an amount, or all of the row. */
export interface PostedDimension {
	dimensionId: number;
	itemId: number;
	percent?: Decimal;
	amount?: Decimal;
}

/** The values by which rows and transactions are matched. */
export interface ComparableEntry {
	/** The net total in the currency of the books, with the receipt's sign. */
	amount: Decimal;
	vatPercent: Decimal;
	text: string;
}

/** A row of an invoice as its transaction should be in the ledger. */
export interface WantedRow extends ComparableEntry {
	/** The row's position on the invoice, from 0. */
	row: number;
	posting?: Posting;
}

/** A row with a posting, and its transaction. */
export interface Match<T extends ComparableEntry> {
	wanted: WantedRow;
	found: T;
}

/** The largest difference between Procountor's rounding and ours. */
const TOLERANCE: Decimal = { digits: 2n, scale: 2 };

/**
 * Finds the transaction of each row with a posting by net total and VAT rate. The order is not used, because it is
 * uncertain whether Procountor keeps the order of the rows, merges rows, or leaves out rows of zero
 * (docs/procountor.md#accounts-and-dimensions). All rows and all transactions must match. Rows with the same total and VAT
 * rate but different postings are distinguished by text, if the transactions have exactly the texts of the rows. In all
 * other cases it fails, so that nothing is posted to the wrong account.
 */
export function matchRows<T extends ComparableEntry>(
	rows: readonly WantedRow[],
	transactions: readonly T[],
): Result<Array<Match<T>>> {
	const wanted = rows.filter(({ amount }) => amount.digits !== 0n);
	const found = transactions.filter(({ amount }) => amount.digits !== 0n);
	if (wanted.length !== found.length)
		return fail(
			`has ${counted(found.length, 'transaction')} for ${counted(wanted.length, 'row')}: Procountor ${found.length > wanted.length ? 'added' : 'merged or left out'} some`,
		);
	// Procountor may have merged a row of zero into another row and kept its text.
	const zeroRows = transactions.length < rows.length ? rows.filter(({ amount }) => amount.digits === 0n) : [];
	const matches: Array<Match<T>> = [];
	for (const cluster of clusterByAmount(wanted, found)) {
		if (cluster.wanted.length !== cluster.found.length)
			return fail('has transactions with other sums or VAT than the rows');
		for (const part of splitByExactAmount(cluster)) {
			const paired = pairRows(part, zeroRows);
			if (!paired.ok) return paired;
			matches.push(...paired.value);
		}
	}
	return ok(matches.filter(({ wanted: { posting } }) => posting !== undefined));
}

interface Cluster<T extends ComparableEntry> {
	wanted: WantedRow[];
	found: T[];
}

/** Groups rows and transactions with the same VAT rate and nearly the same totals. */
function clusterByAmount<T extends ComparableEntry>(wanted: WantedRow[], found: T[]): Array<Cluster<T>> {
	const all = [
		...wanted.map((one) => ({ one, isRow: true as const })),
		...found.map((one) => ({ one, isRow: false as const })),
	];
	all.sort((a, b) => compare(a.one.vatPercent, b.one.vatPercent) || compare(a.one.amount, b.one.amount));
	const result: Array<Cluster<T>> = [];
	all.forEach((entry, index) => {
		const last = index > 0 ? all[index - 1].one : undefined;
		const near =
			last &&
			equal(last.vatPercent, entry.one.vatPercent) &&
			compare(subtract(entry.one.amount, last.amount), TOLERANCE) <= 0;
		if (!near) result.push({ wanted: [], found: [] });
		const cluster = result[result.length - 1];
		if (entry.isRow) cluster.wanted.push(entry.one);
		else cluster.found.push(entry.one);
	});
	return result;
}

/** Splits a cluster by exact totals, if rows and transactions then still match in number. */
function splitByExactAmount<T extends ComparableEntry>(cluster: Cluster<T>): Array<Cluster<T>> {
	const parts = new Map<string, Cluster<T>>();
	const partOf = (amount: Decimal): Cluster<T> => {
		const name = toText(amount, 2);
		const part = parts.get(name) ?? { wanted: [], found: [] };
		parts.set(name, part);
		return part;
	};
	for (const one of cluster.wanted) partOf(one.amount).wanted.push(one);
	for (const one of cluster.found) partOf(one.amount).found.push(one);
	const agree = [...parts.values()].every((part) => part.wanted.length === part.found.length);
	return agree ? [...parts.values()] : [cluster];
}

function pairRows<T extends ComparableEntry>(
	{ wanted, found }: Cluster<T>,
	zeroRows: readonly WantedRow[],
): Result<Array<Match<T>>> {
	const postings = new Set(wanted.map(({ posting }) => postingKey(posting)));
	if (postings.size === 1) return ok(wanted.map((one, index) => ({ wanted: one, found: found[index] })));
	const byText = new Map(found.map((one) => [one.text, one]));
	const texts = new Set(wanted.map(({ text }) => text));
	const areTextsUnambiguous = zeroRows.every(
		({ text, vatPercent }) => !texts.has(text) || !equal(vatPercent, wanted[0].vatPercent),
	);
	const isUnique =
		areTextsUnambiguous &&
		texts.size === wanted.length &&
		byText.size === found.length &&
		wanted.every(({ text }) => byText.has(text));
	if (isUnique) return ok(wanted.map((one) => ({ wanted: one, found: byText.get(one.text) as T })));
	const rows = wanted.map(({ row }) => row + 1).sort((a, b) => a - b);
	return fail(
		`does not distinguish the rows ${rows.join(' and ')}, which have the same sum and VAT but different accounts or dimensions`,
		'Give them different sums, or the same account and dimensions',
	);
}

/** Returns a text that is the same for equal postings. */
export function postingKey(posting: Posting | undefined): string {
	if (!posting) return '';
	const number = (value: Decimal | undefined): string => (value ? toText(value) : '');
	const items = posting.dimensions.map(({ dimensionId, itemId, percent, amount }) =>
		[dimensionId, itemId, number(percent), number(amount)].join(':'),
	);
	return JSON.stringify([posting.account ?? '', items.sort()]);
}
