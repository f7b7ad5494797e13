import { round2, sum } from '../../money';
import type { Switches } from '../../switches';
import { between } from './ledger';

export interface StatementRow {
	rowId: number;
	type: 'BALANCE' | 'ROW_FUNCTION';
	name: string;
	value: number;
	formula?: string;
}

/** Balances by account: of the report's period, of everything up to its end, and of what was before the fiscal year of its end. */
export interface Sums {
	period: Map<string, number>;
	total: Map<string, number>;
	earlier: Map<string, number>;
}

/** A line of a statement: its value with the ledger's sign, or the rows that it adds up. */
type Line = { name: string; english: string } & ({ value: number; side: 1 | -1 } | { adds: number[] });

const RESULT = ['3000', '9999'] as const;
const DEPRECIATION = ['6800', '6999'] as const;

/** `side` is −1 where income and debts, which are negative in the ledger, are shown as positive. */
const line = (name: string, english: string, value: number, side: 1 | -1): Line => ({ name, english, value, side });

function incomeStatement({ period }: Sums): Line[] {
	const of = (name: string, english: string, from: string, to: string) =>
		line(name, english, between(period, from, to), -1);
	return [
		of('Liikevaihto', 'Net sales', '3000', '3599'),
		of('Liiketoiminnan muut tuotot', 'Other operating income', '3600', '3999'),
		of('Materiaalit ja palvelut', 'Materials and services', '4000', '4999'),
		of('Henkilöstökulut', 'Staff expenses', '5000', '6799'),
		of('Poistot ja arvonalentumiset', 'Depreciation', ...DEPRECIATION),
		of('Liiketoiminnan muut kulut', 'Other operating expenses', '7000', '8999'),
		{ name: 'Liikevoitto (-tappio)', english: 'Operating profit (loss)', adds: [1, 2, 3, 4, 5, 6] },
		of('Rahoitustuotot ja -kulut', 'Financial income and expenses', '9000', '9799'),
		{
			name: 'Voitto (tappio) ennen tilinpäätössiirtoja ja veroja',
			english: 'Profit (loss) before appropriations and taxes',
			adds: [7, 8],
		},
		of('Tilinpäätössiirrot', 'Appropriations', '9800', '9899'),
		of('Tuloverot', 'Income taxes', '9900', '9999'),
		{ name: 'Tilikauden voitto (tappio)', english: 'Profit (loss) for the period', adds: [9, 10, 11] },
	];
}

/** The result is that of the fiscal year which holds the report's last day; results before it belong to the retained ones. */
function balanceSheet({ total, earlier }: Sums): Line[] {
	const of = (name: string, english: string, from: string, to: string, side: 1 | -1) =>
		line(name, english, between(total, from, to), side);
	const before = between(earlier, ...RESULT);
	const retained = sum([between(total, '2250', '2369'), before]);
	const result = sum([between(total, '2370', '2379'), between(total, ...RESULT), -before]);
	return [
		of('Pysyvät vastaavat', 'Non-current assets', '1000', '1499', 1),
		of('Vaihto-omaisuus', 'Inventories', '1500', '1599', 1),
		of('Saamiset', 'Receivables', '1600', '1899', 1),
		of('Rahat ja pankkisaamiset', 'Cash and bank', '1900', '1999', 1),
		{ name: 'Vastaavaa yhteensä', english: 'Total assets', adds: [1, 2, 3, 4] },
		line(
			'Osakepääoma ja rahastot',
			'Share capital and reserves',
			sum([between(total, '2000', '2249'), between(total, '2380', '2499')]),
			-1,
		),
		line('Edellisten tilikausien voitto (tappio)', 'Retained earnings', retained, -1),
		line('Tilikauden voitto (tappio)', 'Profit (loss) for the period', result, -1),
		of('Pitkäaikainen vieras pääoma', 'Non-current liabilities', '2500', '2799', -1),
		of('Lyhytaikainen vieras pääoma', 'Current liabilities', '2800', '2999', -1),
		{ name: 'Vastattavaa yhteensä', english: 'Total equity and liabilities', adds: [6, 7, 8, 9, 10] },
	];
}

/** The indirect form: the result, without depreciation, and what else changed but money. Its last row is the change of money. */
function cashFlow({ period }: Sums): Line[] {
	const depreciation = between(period, ...DEPRECIATION);
	const capital = sum([between(period, '1500', '1899'), between(period, '2800', '2999')]);
	return [
		line('Tilikauden voitto (tappio)', 'Profit (loss) for the period', between(period, ...RESULT), -1),
		line('Poistot', 'Depreciation', -depreciation, -1),
		line('Käyttöpääoman muutos', 'Change in working capital', capital, -1),
		{ name: 'Liiketoiminnan rahavirta', english: 'Cash flow from operations', adds: [1, 2, 3] },
		line(
			'Investointien rahavirta',
			'Cash flow from investments',
			sum([between(period, '1000', '1499'), depreciation]),
			-1,
		),
		line('Rahoituksen rahavirta', 'Cash flow from financing', between(period, '2000', '2799'), -1),
		{ name: 'Rahavarojen muutos', english: 'Change in cash', adds: [4, 5, 6] },
	];
}

const STATEMENTS = { INCOME_STATEMENT: incomeStatement, BALANCE_SHEET: balanceSheet, CASH_FLOW: cashFlow };

export type StatementType = keyof typeof STATEMENTS;

/**
 * The rows of a statement.
 * @param signs see the switch `reportSigns`
 * @param english names in English instead of Finnish
 */
export function statementRows(
	type: StatementType,
	sums: Sums,
	signs: Switches['reportSigns'],
	english: boolean,
): StatementRow[] {
	const rows: StatementRow[] = [];
	for (const one of STATEMENTS[type](sums)) {
		const common = { rowId: rows.length + 1, name: english ? one.english : one.name };
		if ('adds' in one) {
			const value = sum(one.adds.map((rowId) => rows[rowId - 1].value));
			rows.push({ ...common, type: 'ROW_FUNCTION', value, formula: one.adds.map((rowId) => `R${rowId}`).join('+') });
		} else {
			rows.push({
				...common,
				type: 'BALANCE',
				value: round2(signs === 'statement' ? one.value * one.side : one.value),
			});
		}
	}
	return rows;
}
