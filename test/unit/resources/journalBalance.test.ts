import { InputError } from '../../../nodes/Procountor/api/errors';
import { needsBalancingRow, netAmount } from '../../../nodes/Procountor/resources/ledgerReceipt/journalBalance';
import {
	add,
	parseDecimal,
	percentOf,
	round,
	sum,
	toText,
	type Decimal,
} from '../../../nodes/Procountor/validation/money';

const exact = (value: number | string): Decimal => {
	const read = parseDecimal(value);
	if (!read.ok) throw new Error(read.message);
	return read.value;
};
const cents = (value: Decimal): number => Math.round(Number(toText(value, 2)) * 100);
const RATES = ['25.5', '13.5', '10'];
/** Mutation tests run these tests often, so they use fewer numbers. */
const STEP = process.env.MUTATING ? 97 : 1;

/** Numbers from 0 to 1 that are the same in every run. */
function random(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe('Net amount', () => {
	it.each(RATES)('has exact VAT and is at most one cent off for each amount up to 100 € at %s %%', (rate) => {
		const percent = exact(rate);
		for (let amount = -10_000; amount <= 10_000; amount += STEP) {
			const net = netAmount(exact((amount / 100).toFixed(2)), percent);
			const vat = cents(round(percentOf(net, percent)));
			const right =
				Math.sign(amount) * Math.round(((Math.abs(amount) * Number(rate)) / (100 + Number(rate))) * (1 + 1e-12));
			expect(Math.abs(vat - right)).toBe(0);
			expect(Math.abs(cents(net) + vat - amount)).toBeLessThanOrEqual(1);
		}
	});
});

describe('Balance of a journal', () => {
	it('needs a balancing row on 1,000 random days only if the rounded amounts differ', () => {
		const next = random(20261001);
		for (let day = 0; day < 1000; day += STEP) {
			const sales = RATES.map((rate) => ({ rate, gross: -Math.round(next() * 500_000) }));
			const rows = sales.map(({ rate, gross }) => {
				const given = exact((gross / 100).toFixed(2));
				return { enteredAmount: given, amount: netAmount(given, exact(rate)), vatPercent: exact(rate) };
			});
			const cash = -sales.reduce((total, { gross }) => total + gross, 0);
			const paid = exact((cash / 100).toFixed(2));
			rows.push({ enteredAmount: paid, amount: paid, vatPercent: exact(0) });
			const gross = sum(rows.map(({ amount, vatPercent }) => add(amount, round(percentOf(amount, vatPercent)))));
			expect(needsBalancingRow(rows, { includesVat: true, mayBalance: false, limit: 0.05 })).toBe(cents(gross) !== 0);
			expect(Math.abs(cents(gross))).toBeLessThanOrEqual(RATES.length);
		}
	});

	const net = (debit: number, credit: number) =>
		[debit, -credit].map((value) => ({ enteredAmount: exact(value), amount: exact(value), vatPercent: exact(0) }));

	it.each([
		[1000, 900, 0.05],
		[100, 99.94, 0.05],
		[1, 1.06, 0.05],
		[50, 48.99, 1],
	])('rejects debit %d against credit %d with a limit of %d', (debit, credit, limit) => {
		const check = () => needsBalancingRow(net(debit, credit), { includesVat: false, mayBalance: true, limit });
		expect(check).toThrow(InputError);
		expect(check).toThrow(`balances at most ${limit.toFixed(2)}`);
	});

	it.each([
		[100, 99.95, 0.05],
		[100, 100.05, 0.05],
		[50, 49, 1],
	])('balances debit %d against credit %d with a limit of %d if balancing is allowed', (debit, credit, limit) => {
		expect(needsBalancingRow(net(debit, credit), { includesVat: false, mayBalance: true, limit })).toBe(true);
		expect(() => needsBalancingRow(net(debit, credit), { includesVat: false, mayBalance: false, limit })).toThrow(
			'Transactions do not balance',
		);
	});
});
