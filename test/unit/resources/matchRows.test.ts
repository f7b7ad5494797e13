import fc from 'fast-check';
import {
	matchRows,
	postingKey,
	type ComparableEntry,
	type WantedRow,
	type Posting,
} from '../../../nodes/Procountor/resources/shared/bookkeeping/matchRows';
import { add, parseDecimal, equal, type Decimal } from '../../../nodes/Procountor/validation/money';

const exact = (value: number | string): Decimal => {
	const read = parseDecimal(value);
	if (!read.ok) throw new Error(read.message);
	return read.value;
};

const wish = (account: string, itemId = 0): Posting => ({
	account,
	dimensions: itemId ? [{ dimensionId: 1, itemId }] : [],
});
const rowOf = (row: number, amount: number | string, vat: number, text: string, wanted?: Posting): WantedRow => ({
	row,
	amount: exact(amount),
	vatPercent: exact(vat),
	text,
	posting: wanted,
});

/** A transaction with the rows it was created from, which matchRows must find without this information. */
interface Made extends ComparableEntry {
	rows: number[];
}

const made = ({ row, amount, vatPercent, text }: WantedRow): Made => ({ amount, vatPercent, text, rows: [row] });

describe('Matching rows to transactions', () => {
	const rows = [
		rowOf(0, -100, 25.5, 'A', wish('3000')),
		rowOf(1, -50, 25.5, 'B'),
		rowOf(2, -100, 13.5, 'C', wish('3010', 7)),
	];

	it('compares sum and VAT, whatever the order of the transactions', () => {
		for (const found of [rows.map(made), [...rows].reverse().map(made)]) {
			const matches = matchRows(rows, found);
			expect(matches.ok && matches.value.map(({ wanted, found: one }) => [wanted.row, one.rows])).toEqual(
				expect.arrayContaining([
					[0, [0]],
					[2, [2]],
				]),
			);
			expect(matches.ok && matches.value).toHaveLength(2);
		}
	});

	it('accepts rounding differences of two cents, but not of three', () => {
		const shifted = (by: number): Made[] => rows.map((one) => ({ ...made(one), amount: add(one.amount, exact(by)) }));
		expect(matchRows(rows, shifted(0.02)).ok).toBe(true);
		expect(matchRows(rows, shifted(-0.02)).ok).toBe(true);
		expect(matchRows(rows, shifted(0.03))).toMatchObject({
			ok: false,
			message: expect.stringContaining('other sums or VAT'),
		});
	});

	it('distinguishes rows with the same sum and VAT only by their exact texts', () => {
		const alike = [rowOf(0, -10, 25.5, 'A', wish('3000')), rowOf(1, -10, 25.5, 'B', wish('3010'))];
		const matches = matchRows(alike, [...alike].reverse().map(made));
		expect(matches.ok && matches.value.map(({ wanted, found }) => [wanted.row, found.rows[0]])).toEqual([
			[0, 0],
			[1, 1],
		]);
		expect(
			matchRows(
				alike,
				alike.map((one) => ({ ...made(one), text: '' })),
			),
		).toMatchObject({
			ok: false,
			message:
				'does not distinguish the rows 1 and 2, which have the same sum and VAT but different accounts or dimensions',
		});
		const sameText = alike.map((one) => ({ ...one, text: 'A' }));
		expect(matchRows(sameText, sameText.map(made)).ok).toBe(false);
	});

	it('accepts identical rows with the same posting', () => {
		const alike = [rowOf(0, -10, 25.5, 'A', wish('3000', 5)), rowOf(1, -10, 25.5, 'A', wish('3000', 5))];
		expect(matchRows(alike, alike.map(made)).ok).toBe(true);
	});

	it('requires no transactions for rows of zero', () => {
		const withZero = [...rows, rowOf(3, 0, 25.5, 'Otsikko')];
		expect(matchRows(withZero, rows.map(made)).ok).toBe(true);
		expect(matchRows(withZero, withZero.map(made)).ok).toBe(true);
	});

	it('does not trust a text that a merged row of zero may have left', () => {
		const swapped = [
			rowOf(0, 0, 25.5, 'B'),
			rowOf(1, -10, 25.5, 'A', wish('3020')),
			rowOf(2, 0, 25.5, 'A'),
			rowOf(3, -10, 25.5, 'B', wish('3900')),
		];
		const merged = [
			{ ...made(swapped[1]), text: 'B' },
			{ ...made(swapped[3]), text: 'A' },
		];
		expect(matchRows(swapped, merged)).toMatchObject({
			ok: false,
			message: expect.stringContaining('does not distinguish the rows 2 and 4'),
		});
		// If the rows of zero have their own transactions, nothing was merged.
		expect(matchRows(swapped, swapped.map(made)).ok).toBe(true);
	});

	it('rejects merged and added transactions', () => {
		expect(
			matchRows(
				[...rows, rowOf(3, -20, 25.5, 'D')],
				[...rows.map(made).slice(0, 1), { ...made(rows[1]), amount: exact(-70) }, made(rows[2])],
			),
		).toMatchObject({
			ok: false,
			message: expect.stringContaining('3 transactions for 4 rows: Procountor merged or left out some'),
		});
		// Collection costs, for example.
		expect(matchRows(rows, [...rows.map(made), made(rowOf(9, -5, 0, 'Kulu'))])).toMatchObject({
			ok: false,
			message: 'has 4 transactions for 3 rows: Procountor added some',
		});
	});
});

it('Rows never match a wrong transaction, whatever the order, merging, omission and texts', () => {
	const wishes = fc.constantFrom(undefined, wish('3000'), wish('3010'), wish('3000', 7));
	const someRows = fc.array(
		fc.record({
			cents: fc.constantFrom(0, 500, 1000, 1500, -500, 501),
			vat: fc.constantFrom(25.5, 13.5),
			text: fc.constantFrom('A', 'B', 'C'),
			wished: wishes,
			base: fc.constantFrom('3000', '3010'),
		}),
		{ minLength: 1, maxLength: 7 },
	);
	const server = fc.record({
		merges: fc.boolean(),
		omits: fc.boolean(),
		blank: fc.boolean(),
		order: fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
	});
	let matched = 0;
	fc.assert(
		fc.property(someRows, server, (given, { merges, omits, blank, order }) => {
			const rows = given.map(({ cents, vat, text, wished }, index) =>
				rowOf(index, (cents / 100).toFixed(2), vat, text, wished),
			);
			const transactions: Array<Made & { base: string }> = [];
			for (const row of rows) {
				if (omits && row.amount.digits === 0n) continue;
				// Procountor merges rows that it posts to one account, also rows of zero, and keeps the first text.
				const { base } = given[row.row];
				const twin = merges
					? transactions.find((one) => one.base === base && equal(one.vatPercent, row.vatPercent))
					: undefined;
				if (twin) Object.assign(twin, { amount: add(twin.amount, row.amount), rows: [...twin.rows, row.row] });
				else transactions.push({ ...made(row), base, text: blank ? '' : row.text });
			}
			const shuffled = transactions
				.map((one, index) => ({ one, at: order[index] }))
				.sort((a, b) => a.at - b.at)
				.map(({ one }) => one);
			const matches = matchRows(rows, shuffled);
			if (!matches.ok) return;
			matched++;
			const wanting = rows
				.filter(({ amount, posting: wanted }) => wanted && amount.digits !== 0n)
				.map(({ row }) => row);
			expect(matches.value.map(({ wanted }) => wanted.row).sort()).toEqual(wanting);
			expect(new Set(matches.value.map(({ found }) => found)).size).toBe(matches.value.length);
			for (const { wanted, found } of matches.value) {
				const owners = found.rows.map((row) => rows[row]).filter(({ amount }) => amount.digits !== 0n);
				expect(owners).toHaveLength(1);
				expect(owners[0].row === wanted.row || postingKey(owners[0].posting) === postingKey(wanted.posting)).toBe(true);
				expect(equal(found.amount, wanted.amount)).toBe(true);
			}
		}),
		{ numRuns: 5000 },
	);
	// The property proves nothing if everything is rejected.
	expect(matched).toBeGreaterThan(1000);
});
