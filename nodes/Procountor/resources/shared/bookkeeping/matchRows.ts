import { compare, equal, subtract, toText, type Decimal } from '../../../validation/money';
import { ok, fail, type Result } from '../../../validation/result';

/** What a row should have in the ledger; two postings are the same when their texts are. */
export interface Posting {
	account?: string;
	dimensions: ReadonlyArray<PostedDimension>;
	/** Items of dimensions that it does not name are taken away. */
	replace?: boolean;
}

/** One dimension item of a row: a share of the row, an amount of it, or the whole. */
export interface PostedDimension {
	dimensionId: number;
	itemId: number;
	percent?: Decimal;
	amount?: Decimal;
}

/** What a row and a transaction have in common: the net sum in the currency of the books with the receipt's sign, VAT, a text. */
export interface ComparableEntry {
	amount: Decimal;
	vatPercent: Decimal;
	text: string;
}

export interface WantedRow extends ComparableEntry {
	/** The row's place on the invoice, from 0. */
	row: number;
	posting?: Posting;
}

/** Which transaction belongs to a row with a posting. */
export interface Match<T extends ComparableEntry> {
	wanted: WantedRow;
	found: T;
}

/** How far Procountor's rounding may be from ours, each way. */
const TOLERANCE: Decimal = { digits: 2n, scale: 2 };

/**
 * Finds the transaction of each row that wants something, by sum and VAT, never by order alone: whether Procountor keeps
 * the order of the rows, merges rows or leaves out those of zero is uncertain
 * (docs/procountor.md#accounts-and-dimensions). All rows and all transactions must pair up; rows of the same sum and VAT
 * that want different things are told apart by the text, if the transactions have exactly the texts of the rows;
 * everything else is refused, so that nothing is ever posted wrongly.
 */
export function matchRows<T extends ComparableEntry>(
	rows: readonly WantedRow[],
	transactions: readonly T[],
): Result<Array<Match<T>>> {
	const wanted = rows.filter(({ amount }) => amount.digits !== 0n);
	const found = transactions.filter(({ amount }) => amount.digits !== 0n);
	if (wanted.length !== found.length)
		return fail(
			`has ${found.length} transactions for ${wanted.length} rows: Procountor ${found.length > wanted.length ? 'added' : 'merged or left out'} some`,
		);
	// A row of zero that has no transaction may have been merged into another, and left its text there.
	const strange = transactions.length < rows.length ? rows.filter(({ amount }) => amount.digits === 0n) : [];
	const matches: Array<Match<T>> = [];
	for (const cluster of clusterByAmount(wanted, found)) {
		if (cluster.wanted.length !== cluster.found.length)
			return fail('has transactions with other sums or VAT than the rows');
		for (const part of splitByExactAmount(cluster)) {
			const paired = pairRows(part, strange);
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

/** Rows and transactions of the same VAT whose sums lie close together. */
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

/** A cluster in parts of one sum each, where the sums agree to the cent; else as it is. */
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
	strange: readonly WantedRow[],
): Result<Array<Match<T>>> {
	const postings = new Set(wanted.map(({ posting }) => postingKey(posting)));
	if (postings.size === 1) return ok(wanted.map((one, index) => ({ wanted: one, found: found[index] })));
	const byText = new Map(found.map((one) => [one.text, one]));
	const texts = new Set(wanted.map(({ text }) => text));
	const isOwn = strange.every(({ text, vatPercent }) => !texts.has(text) || !equal(vatPercent, wanted[0].vatPercent));
	const isUnique =
		isOwn &&
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

/** Returns a posting as a text; equal postings have equal texts. */
export function postingKey(posting: Posting | undefined): string {
	if (!posting) return '';
	const number = (value: Decimal | undefined): string => (value ? toText(value) : '');
	const items = posting.dimensions.map(({ dimensionId, itemId, percent, amount }) =>
		[dimensionId, itemId, number(percent), number(amount)].join(':'),
	);
	return JSON.stringify([posting.account ?? '', items.sort()]);
}
