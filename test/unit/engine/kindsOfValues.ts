/** Values as people and systems enter them, and the types of fields that receive them. */
import { DateTime } from 'luxon';
import { isBlank } from '../../../nodes/Procountor/validation/cellValues';
import { parseCountry } from '../../../nodes/Procountor/validation/countries';
import { parseUnit } from '../../../nodes/Procountor/validation/units';
import { parseLanguage } from '../../../nodes/Procountor/validation/languages';
import { schemaAt, schemaNamed, type Schema } from '../../../nodes/Procountor/api';
import {
	account,
	bic,
	choice,
	countryLetters,
	currency,
	date,
	decimal,
	digits,
	flag,
	percent,
	personalIdentityCode,
	text,
} from '../../../nodes/Procountor/resources/importFile/formats';
import type { CellFormat } from '../../../nodes/Procountor/resources/importFile/types';
import { unit } from '../../../nodes/Procountor/resources/importFile/formats/words';
import { valueOf } from '../validation/messages';

export interface FieldType {
	/** The field's name in the API, which determines some types. */
	name: string;
	schema: Schema;
	form: CellFormat;
	/** The cell of an import file as the API's value. */
	back(cell: string): unknown;
	/** A word that only the file has and the API rejects. */
	isOfFile?(value: unknown): boolean;
}

const same = (cell: string): unknown => cell;
const number = (cell: string): number => Number(cell.replace(',', '.'));
const coded =
	(codes: Record<string, string>) =>
	(cell: string): unknown =>
		Object.keys(codes).find((key) => codes[key] === cell);
const isCode =
	(codes: Record<string, string>) =>
	(value: unknown): boolean =>
		Object.values(codes).includes(String(value));
const channels = { EMAIL: '1', MAIL: '2', ELECTRONIC_INVOICE: '3', NO_SENDING: '6' };
const languages = { ENGLISH: '1', FINNISH: '2', SWEDISH: '3' };
const row = schemaAt(schemaNamed('Invoice'), 'invoiceRows').items ?? {};

/** The types of fields, as their schemas in the API and as columns of an import file. */
export const types: Record<string, FieldType> = {
	amount: { name: 'unitPrice', schema: schemaAt(row, 'unitPrice'), form: decimal(), back: number },
	quantity: { name: 'quantity', schema: schemaAt(row, 'quantity'), form: decimal(), back: number },
	percent: {
		name: 'discountPercent',
		schema: { type: 'number', minimum: 0, maximum: 100 },
		form: percent(),
		back: number,
	},
	'whole number': {
		name: 'numberOfDays',
		schema: { type: 'integer', minimum: 0, maximum: 999 },
		form: decimal({ least: 0, most: 999, places: 0 }),
		back: number,
	},
	boolean: { name: 'isOffer', schema: { type: 'boolean' }, form: flag('t', 'f'), back: (cell) => cell === 't' },
	date: {
		name: 'dueDate',
		schema: { type: 'string', format: 'date' },
		form: date(),
		back: (cell) => cell.split('.').reverse().join('-'),
	},
	text: { name: 'product', schema: { type: 'string', minLength: 1, maxLength: 80 }, form: text(80), back: same },
	account: { name: 'account', schema: { type: 'string', minLength: 4, maxLength: 4 }, form: digits(4, 4), back: same },
	country: {
		name: 'country',
		schema: { $ref: 'Country' },
		form: countryLetters(),
		back: (cell) => valueOf(parseCountry(cell)),
	},
	currency: { name: 'currency', schema: { $ref: 'CurrencyCode' }, form: currency(), back: same },
	unit: {
		name: 'unit',
		schema: { $ref: 'ProductUnit' },
		form: unit(),
		back: (cell) => valueOf(parseUnit(cell)),
		isOfFile: () => true,
	},
	choice: {
		name: 'invoiceChannel',
		schema: { type: 'string', enum: Object.keys(channels) },
		form: choice(channels),
		back: coded(channels),
		isOfFile: isCode(channels),
	},
	language: {
		name: 'language',
		schema: { type: 'string', enum: Object.keys(languages) },
		form: choice(languages, parseLanguage),
		back: coded(languages),
		isOfFile: isCode(languages),
	},
	'bank account': { name: 'accountNumber', schema: { type: 'string' }, form: account(), back: same },
	BIC: { name: 'bic', schema: { type: 'string' }, form: bic(), back: same },
	'identity code': { name: 'ssn', schema: { type: 'string' }, form: personalIdentityCode(), back: same },
};

/** The result if an input rejects the value. */
export const REFUSED = Symbol('refused');
export const NOTHING = undefined;
export type Wanted = Partial<Record<keyof typeof types, unknown>>;

/** Kinds of values, with the expected result for some types of fields. */
export const kinds: Array<[kind: string, value: unknown, wanted: Wanted]> = [
	['TRUE', 'TRUE', { boolean: true, amount: REFUSED, percent: REFUSED, date: REFUSED, text: 'TRUE' }],
	['True with spaces', ' True ', { boolean: true }],
	['a Boolean true', true, { boolean: true, amount: REFUSED, percent: REFUSED, date: REFUSED }],
	['a Boolean false', false, { boolean: false, quantity: REFUSED }],
	['Finnish yes', 'kyllä', { boolean: true, amount: REFUSED }],
	['Finnish yes in decomposed letters', 'kylla\u0308', { boolean: true }],
	['yes', 'yes', { boolean: true }],
	['Yes with a no-break space', 'Yes\u00a0', { boolean: true }],
	['Finnish no', 'Ei', { boolean: false }],
	["Excel's Finnish FALSE", 'EPÄTOSI', { boolean: false }],
	['1', 1, { boolean: true, amount: 1, percent: 1, 'whole number': 1, text: '1', date: REFUSED }],
	['0', 0, { boolean: false, amount: 0, percent: 0, 'whole number': 0 }],
	['0 as text', '0', { boolean: false, amount: 0, percent: 0, 'whole number': 0 }],
	['2', 2, { boolean: REFUSED, amount: 2 }],
	['minus zero', -0, { amount: 0 }],
	['maybe', 'maybe', { boolean: REFUSED, amount: REFUSED, date: REFUSED, text: 'maybe' }],
	[
		'a decimal comma',
		'25,5',
		{ amount: 25.5, percent: 25.5, boolean: REFUSED, date: REFUSED, 'whole number': REFUSED },
	],
	['a decimal point', '25.5', { amount: 25.5, percent: 25.5, 'whole number': REFUSED }],
	['a percent sign', '25,5 %', { percent: 25.5, amount: REFUSED }],
	['a percent sign after a no-break space', '25,5\u00a0%', { percent: 25.5 }],
	['101', 101, { percent: REFUSED, amount: 101 }],
	['thousands with a space', '1 234,50', { amount: 1234.5, percent: REFUSED }],
	['thousands with a no-break space', '1\u00a0234,50', { amount: 1234.5, quantity: 1234.5 }],
	['thousands with a thin space', '1\u2009234,50', { amount: 1234.5 }],
	['thousands with a narrow no-break space', '1\u202f234,50', { amount: 1234.5 }],
	['an amount in euros', '12,50 €', { amount: 12.5, boolean: REFUSED }],
	['an amount in EUR', 'EUR 12.50', { amount: 12.5 }],
	['a Unicode minus sign', '\u221250,00', { amount: -50, percent: REFUSED, 'whole number': REFUSED }],
	['a minus sign and euros', '\u221250,00\u00a0€', { amount: -50 }],
	['a minus sign after the number', '50-', { amount: REFUSED }],
	['a plus sign', '+50', { amount: 50 }],
	['an amount in brackets', '(50,00)', { amount: REFUSED }],
	['an ambiguous comma', '1,234', { amount: REFUSED, percent: REFUSED }],
	['a point before three digits', '1.234', { amount: 1.234, quantity: 1.234 }],
	['German thousands', '1.234,50', { amount: REFUSED }],
	['English thousands', '1,234.50', { amount: REFUSED }],
	['two points', '1.234.567', { amount: REFUSED }],
	['an exponent', '1e3', { amount: REFUSED, 'whole number': REFUSED }],
	['a float of a whole number', '100048.0', { amount: 100048 }],
	['a float of a small whole number', '14.0', { 'whole number': 14 }],
	['a float with noise', 0.1 + 0.2, { amount: 0.3 }],
	['a price with noise', 1.1 * 3, { amount: 3.3 }],
	['a very small number', 1e-20, {}],
	['a large number', 1e21, { amount: REFUSED }],
	['16 digits', '1234567890123456', { amount: REFUSED, quantity: REFUSED }],
	['15 digits', '123456789012345', { amount: 123456789012345 }],
	['16 digits as a number', 1234567890123456, { amount: REFUSED, account: REFUSED }],
	['19 digits as a number', 8202522731445526000, { text: REFUSED, account: REFUSED, amount: REFUSED }],
	['19 digits as text', '8202522731445525542', { text: '8202522731445525542', amount: REFUSED }],
	['an ISO date', '2026-10-01', { date: '2026-10-01', amount: REFUSED, boolean: REFUSED }],
	['a Finnish date', '1.10.2026', { date: '2026-10-01', amount: REFUSED }],
	['a Finnish date and time', '1.10.2026 klo 12.30', { date: '2026-10-01' }],
	['a basic date as text', '20261001', { date: '2026-10-01' }],
	['a basic date as a number', 20261001, { date: '2026-10-01' }],
	['a spreadsheet serial number', 46296, { date: REFUSED }],
	['a spreadsheet serial number as text', '46296', { date: REFUSED }],
	['a serial number with a time', 46296.5, { date: REFUSED }],
	['a Unix time', 1790812800, { date: REFUSED }],
	['a Unix time in milliseconds', 1790812800000, { date: REFUSED }],
	['a date with slashes', '01/10/2026', { date: REFUSED }],
	['a day that does not exist', '31.2.2026', { date: REFUSED }],
	['a moment in UTC', '2026-09-30T22:30:00.000Z', { date: '2026-10-01' }],
	['a Date', new Date('2026-09-30T22:30:00.000Z'), { date: '2026-10-01', amount: REFUSED, text: REFUSED }],
	['an invalid Date', new Date(Number.NaN), { date: REFUSED, text: REFUSED }],
	['a Luxon DateTime', DateTime.fromISO('2026-10-01T12:00', { zone: 'Europe/Helsinki' }), { date: '2026-10-01' }],
	['an empty cell', '', { amount: NOTHING, boolean: NOTHING, date: NOTHING, text: NOTHING, account: NOTHING }],
	['a blank cell', '  ', { amount: NOTHING, boolean: NOTHING, date: NOTHING, currency: NOTHING }],
	['a blank cell with a no-break space', '\u00a0', { amount: NOTHING }],
	['a blank cell with a line break', '\n', { amount: NOTHING }],
	['null', null, { amount: NOTHING, text: NOTHING }],
	['undefined', undefined, { amount: NOTHING, text: NOTHING }],
	['not a number', Number.NaN, { amount: REFUSED, percent: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	['infinity', Infinity, { amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	[
		'a list with one number',
		[1],
		{ amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED, account: REFUSED },
	],
	['an empty list', [], { amount: REFUSED, text: REFUSED }],
	['an object with an ID', { id: 1 }, { amount: REFUSED, boolean: REFUSED, date: REFUSED, text: REFUSED }],
	['an empty object', {}, { amount: REFUSED, text: REFUSED }],
	['an HTML entity', 'Ben &amp; Jerry&#39;s', { text: "Ben & Jerry's", amount: REFUSED }],
	['an amount with entities', '12,50&nbsp;&euro;', { amount: 12.5, quantity: 12.5, date: REFUSED }],
	['an unknown entity', 'a &foo b', { text: 'a &foo b' }],
	['a control character', 'a\u0001b', { text: REFUSED }],
	['Cyrillic', 'Привет', { text: REFUSED }],
	['an emoji', '☕ kahvi', { text: REFUSED }],
	['81 characters', 'x'.repeat(81), { text: REFUSED }],
	['80 characters and spaces around them', ` ${'x'.repeat(80)} `, { text: 'x'.repeat(80) }],
	['letters in decomposed form', 'a\u0308iti', { text: 'äiti' }],
	['an account with its name', '1701 Myyntisaamiset', { account: '1701', amount: REFUSED }],
	['an account with a dash and its name', '1701 – Myyntisaamiset', { account: '1701' }],
	['an account as a number', 1701, { account: '1701' }],
	['an account as a float', '1701.0', { account: '1701' }],
	['an account with three digits', '170', { account: REFUSED }],
	['a country in Finnish', 'Suomi', { country: 'FINLAND', currency: REFUSED, text: 'Suomi' }],
	['a country as letters', 'se', { country: 'SWEDEN' }],
	['an unknown country', 'Narnia', { country: REFUSED }],
	['a currency in lowercase', 'eur', { currency: 'EUR', country: REFUSED, amount: REFUSED }],
	['a currency symbol', '€', { currency: 'EUR', amount: REFUSED }],
	['a unit in Finnish', 'kpl', { unit: 'PIECE' }],
	['a unit by its value', 'PIECE', { unit: 'PIECE' }],
	['a choice by its value', 'NO_SENDING', { choice: 'NO_SENDING' }],
	['a choice in lowercase with spaces', ' no sending ', { choice: 'NO_SENDING' }],
	['a language by its code', 'fi', { language: 'FINNISH' }],
	['a language in Finnish', 'suomi', { language: 'FINNISH' }],
	['an IBAN with spaces', 'fi21 1234 5600 0007 85', { 'bank account': 'FI2112345600000785', amount: REFUSED }],
	['an IBAN with a wrong digit', 'FI2112345600000786', { 'bank account': REFUSED }],
	['an IBAN with its name before it', 'IBAN: FI2112345600000785', { 'bank account': 'FI2112345600000785' }],
	['a domestic account of another country', '123-4567', {}],
	['a BIC in lowercase', 'ndeafihh', { BIC: 'NDEAFIHH' }],
	['a personal identity code', '131052-308t', { 'identity code': '131052-308T', amount: REFUSED }],
	['a personal identity code with a wrong check character', '131052-308U', { 'identity code': REFUSED }],
	['rubbish', 'rubbish', { 'identity code': REFUSED, BIC: REFUSED, country: REFUSED, currency: REFUSED }],
	['rubbish with an exclamation mark', '1!', { account: REFUSED, amount: REFUSED }],
];

/** A blank text counts as nothing, and the spaces around a text are removed. */
export const plain = (value: unknown): unknown =>
	isBlank(value) ? NOTHING : typeof value === 'string' ? value.trim() : value;
