/** Kind of value × type of field × way in: a cell is read, or refused, alike in a field, a row, JSON and an import file. */
import { coerce } from '../../../nodes/Procountor/engine/coerce';
import type { Schema } from '../../../nodes/Procountor/api';
import { date, decimal, digits, flag, percent, text } from '../../../nodes/Procountor/resources/importFile/forms';
import { strict } from '../../../nodes/Procountor/resources/importFile/tidy';
import type { Form } from '../../../nodes/Procountor/resources/importFile/types';

interface FieldType {
	name: string;
	schema: Schema;
	form: Form;
	/** The cell of an import file as the API's value. */
	back(cell: string): unknown;
}

const number = (cell: string): number => Number(cell.replace(',', '.'));
const types: Record<string, FieldType> = {
	amount: { name: 'unitPrice', schema: { type: 'number' }, form: decimal(), back: number },
	percent: {
		name: 'discountPercent',
		schema: { type: 'number', minimum: 0, maximum: 100 },
		form: percent(),
		back: number,
	},
	boolean: { name: 'isOffer', schema: { type: 'boolean' }, form: flag('t', 'f'), back: (cell) => cell === 't' },
	date: {
		name: 'dueDate',
		schema: { type: 'string', format: 'date' },
		form: date(),
		back: (cell) => cell.split('.').reverse().join('-'),
	},
	text: { name: 'product', schema: { type: 'string', maxLength: 80 }, form: text(80), back: (cell) => cell },
	account: { name: 'account', schema: { type: 'string' }, form: digits(4, 4), back: (cell) => cell },
};

const REFUSED = Symbol('refused');
const NOTHING = undefined;
type Wanted = Partial<Record<keyof typeof types, unknown>>;

/** What each kind of value is in each type of field; a type that is left out is not compared. */
const kinds: Array<[kind: string, value: unknown, wanted: Wanted]> = [
	['TRUE', 'TRUE', { boolean: true, amount: REFUSED, percent: REFUSED, date: REFUSED }],
	['True with spaces', ' True ', { boolean: true }],
	['Finnish yes', 'kyllä', { boolean: true, amount: REFUSED }],
	['Finnish yes in decomposed letters', 'kylla\u0308', { boolean: true }],
	['yes', 'yes', { boolean: true }],
	['Finnish no', 'Ei', { boolean: false }],
	["Excel's Finnish FALSE", 'EPÄTOSI', { boolean: false }],
	['1', 1, { boolean: true, amount: 1, percent: 1, text: '1', date: REFUSED }],
	['0 as text', '0', { boolean: false, amount: 0, percent: 0 }],
	['2', 2, { boolean: REFUSED, amount: 2 }],
	['maybe', 'maybe', { boolean: REFUSED, amount: REFUSED, date: REFUSED, text: 'maybe' }],
	['a decimal comma', '25,5', { amount: 25.5, percent: 25.5, boolean: REFUSED, date: REFUSED }],
	['a per cent sign', '25,5 %', { percent: 25.5, amount: REFUSED }],
	['thousands with a space', '1 234,50', { amount: 1234.5, percent: REFUSED }],
	['thousands with a no-break space', '1\u00a0234,50', { amount: 1234.5 }],
	['an amount in euros', '12,50 €', { amount: 12.5 }],
	['an amount in EUR', 'EUR 12.50', { amount: 12.5 }],
	['a minus sign of Unicode', '\u221250,00', { amount: -50, percent: REFUSED }],
	['a minus sign and euros', '\u221250,00\u00a0€', { amount: -50 }],
	['what means a thousand or one', '1,234', { amount: REFUSED, percent: REFUSED }],
	['German thousands', '1.234,50', { amount: REFUSED }],
	['English thousands', '1,234.50', { amount: REFUSED }],
	['a float of a whole number', '100048.0', { amount: 100048 }],
	['an ISO date', '2026-10-01', { date: '2026-10-01', amount: REFUSED, boolean: REFUSED }],
	['a Finnish date', '1.10.2026', { date: '2026-10-01', amount: REFUSED }],
	['a basic date as text', '20261001', { date: '2026-10-01' }],
	['a basic date as a number', 20261001, { date: '2026-10-01' }],
	['a serial number of a spreadsheet', 46296, { date: REFUSED }],
	['the same as text', '46296', { date: REFUSED }],
	['a Unix time', 1790812800, { date: REFUSED }],
	['a date with slashes', '01/10/2026', { date: REFUSED }],
	['a moment in UTC', '2026-09-30T22:30:00.000Z', { date: '2026-10-01' }],
	['a Date', new Date('2026-09-30T22:30:00.000Z'), { date: '2026-10-01', amount: REFUSED, text: REFUSED }],
	['an empty cell', '', { amount: NOTHING, boolean: NOTHING, date: NOTHING }],
	['a blank cell', '  ', { amount: NOTHING, boolean: NOTHING, date: NOTHING }],
	['a list of one', [1], { amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED, account: REFUSED }],
	['an object with an id', { id: 1 }, { amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	['not a number', Number.NaN, { amount: REFUSED, percent: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	['infinity', Infinity, { amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	['19 digits as a number', 8202522731445526000, { text: REFUSED, account: REFUSED }],
	['an HTML entity', 'Ben &amp; Jerry&#39;s', { text: "Ben & Jerry's" }],
	['an unknown entity', 'a &foo b', { text: 'a &foo b' }],
	['a control character', 'a\u0001b', { text: REFUSED }],
	['Cyrillic', 'Привет', { text: REFUSED }],
	['81 characters', 'x'.repeat(81), { text: REFUSED }],
	['an account with its name', '1701 Myyntisaamiset', { account: '1701' }],
	['an account as a number', 1701, { account: '1701' }],
	['an account as a float', '1701.0', { account: '1701' }],
];

const outcome = ({ value, faults }: ReturnType<typeof coerce>, pick: (value: unknown) => unknown): unknown =>
	faults.length ? REFUSED : pick(value);

const ways: Record<string, (type: FieldType, value: unknown) => unknown> = {
	field: ({ schema, name }, value) => outcome(coerce(schema, value, '', { name }), (shaped) => shaped),
	row: ({ schema, name }, value) =>
		outcome(
			coerce({ type: 'array', items: { type: 'object', properties: { [name]: schema } } }, [{ [name]: value }], 'rows'),
			(rows) => (rows as Array<Record<string, unknown>>)[0][name],
		),
	JSON: ({ schema, name }, value) =>
		outcome(
			coerce(
				{ type: 'object', properties: { body: { type: 'object', properties: { [name]: schema } } } },
				{ body: { [name]: value } },
				'',
			),
			(record) => (record as { body: Record<string, unknown> }).body[name],
		),
	'import file': ({ form, back }, value) => {
		if (typeof value === 'string' && value.trim() === '') return NOTHING;
		const cell = form.write(value, strict);
		return cell.ok ? back(cell.value) : REFUSED;
	},
};

const counts = { cells: 0, accepted: 0, refused: 0 };
afterAll(() => void process.stdout.write(`ways in: ${JSON.stringify(counts)}\n`));

const cells = kinds.flatMap(([kind, value, wanted]) =>
	Object.entries(wanted).map(([type, result]): [string, string, unknown, unknown] => [kind, type, value, result]),
);

describe('A value', () => {
	it.each(cells)('%s in a field for %s is the same by every way in', (_kind, type, value, wanted) => {
		for (const [way, read] of Object.entries(ways)) {
			const result = read(types[type], value);
			expect([way, result]).toEqual([way, wanted]);
			counts.cells++;
			counts[result === REFUSED ? 'refused' : 'accepted']++;
		}
	});
});
