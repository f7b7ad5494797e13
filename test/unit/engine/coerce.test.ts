import fc from 'fast-check';
import { schemaAt, schemaNamed, type Schema } from '../../../nodes/Procountor/api/contract';
import { coerce } from '../../../nodes/Procountor/engine/coerce';
import { merge, setPath } from '../../../nodes/Procountor/utils/objects';

const invoice = schemaNamed('Invoice');
const at = (path: string): Schema => schemaAt(invoice, path);
const problem = (schema: Schema, value: unknown): string | undefined => coerce(schema, value, '').faults[0]?.message;

describe('Value conversion', () => {
	it.each([
		['an ID as text', at('partnerId'), ' 12 ', 12],
		['a number as text', at('discountPercent'), '2.50', 2.5],
		['a Boolean as text', at('isOffer'), 'true', true],
		['a date with a time', at('date'), '2026-10-01T00:00:00.000+03:00', '2026-10-01'],
		['an evening in UTC, which is the next day in Finland', at('date'), '2026-09-30T22:30:00.000Z', '2026-10-01'],
		['an enumeration value in lowercase', at('type'), 'sales invoice', 'SALES_INVOICE'],
		['a language by its code', at('language'), 'en', 'ENGLISH'],
	])('reads %s', (_, schema, given, wanted) => {
		expect(coerce(schema, given, '')).toEqual({ value: wanted, faults: [] });
	});

	it('combines letters with separate diacritics', () => {
		expect(coerce({ type: 'string', maxLength: 3 }, 'a\u0308o\u0308a\u030a', '')).toEqual({
			value: '\u00e4\u00f6\u00e5',
			faults: [],
		});
	});

	it.each([
		['5,5', 5.5],
		['1 234,50', 1234.5],
		['-0,25', -0.25],
		['256.84000000000003', 256.84],
	])('reads the number %s', (given, wanted) => {
		expect(coerce({ type: 'number' }, given, '')).toEqual({ value: wanted, faults: [] });
	});

	it('ignores empty cells except for texts, and reports them if a value is required', () => {
		const cells = {
			type: 'SALES_INVOICE',
			notes: '',
			discountPercent: ' ',
			vatCountry: '',
			partnerId: '',
			invoiceRows: [{ product: 'Cup', quantity: '2', unit: '', startDate: '' }],
		};
		expect(coerce(invoice, cells, '', { requireAll: false })).toEqual({
			value: { type: 'SALES_INVOICE', notes: '', invoiceRows: [{ product: 'Cup', quantity: 2 }] },
			faults: [],
		});
		const missing = coerce(invoice, { ...cells, date: '' }, '')
			.faults.filter(({ message }) => message === 'is missing')
			.map(({ path }) => path);
		expect(missing).toEqual(expect.arrayContaining(['date', 'invoiceRows[0].unit']));
	});

	it('reads countries, currencies and units in every common spelling', () => {
		const { value, faults } = coerce(
			invoice,
			{ vatCountry: 'Ruotsi', paymentInfo: { currency: '€' }, invoiceRows: [{ unit: 'kpl' }, { unit: 'h' }] },
			'',
			{ requireAll: false },
		);
		expect(faults).toEqual([]);
		expect(value).toMatchObject({
			vatCountry: 'SWEDEN',
			paymentInfo: { currency: 'EUR' },
			invoiceRows: [{ unit: 'PIECE' }, { unit: 'HOUR' }],
		});
	});

	it.each([
		['a fraction for an ID', at('partnerId'), '1.5', /not a whole number/],
		['a word for a number', at('discountPercent'), 'ten', /not a number/],
		['an ambiguous separator', at('discountPercent'), '1,234', /several ways/],
		['infinity', at('discountPercent'), Infinity, /not a number/],
		['a number above the maximum', at('discountPercent'), 101, /above 100/],
		['a long text', at('originalInvoiceNumber'), 'x'.repeat(41), /longer than 40 characters \(41\)/],
		['an unknown enumeration value', at('type'), 'RECEIPT', /not one of Procountor's values/],
		['a day that does not exist', at('date'), '2026-02-29', /./],
		['Cyrillic letters', at('notes'), 'Привет', /./],
		['a number that lost its last digits', at('originalInvoiceNumber'), 2 ** 64, /cannot be read exactly/],
		['an object for a text', at('notes'), {}, /an object where a text belongs/],
		['a text for an object', at('paymentInfo'), 'x', /not an object/],
	])('rejects %s', (_, schema, given, message) => {
		expect(problem(schema, given)).toMatch(message);
	});

	it('reports every fault and every missing field with its path', () => {
		const { faults } = coerce(invoice, { type: 'SALES_INVOICE', invoiceRows: [{ product: 'Cup', quantity: 'x' }] }, '');
		const paths = faults.map(({ path }) => path);
		expect(paths).toEqual(
			expect.arrayContaining([
				'invoiceRows[0].quantity',
				'invoiceRows[0].unit',
				'date',
				'paymentInfo',
				'invoiceChannel',
			]),
		);
	});

	it('suggests the field that a misspelled name means', () => {
		expect(coerce(invoice, { invoicerows: [] }, '', { requireAll: false }).faults[0].message).toMatch(
			/did you mean 'invoiceRows'/,
		);
	});

	it('omits nulls, so that nothing is cleared by accident', () => {
		expect(
			coerce(invoice, { notes: null, orderReference: undefined, language: 'FINNISH' }, '', { requireAll: false }).value,
		).toEqual({
			language: 'FINNISH',
		});
	});

	it('keeps nulls that clear fields of a record, but not inside lists', () => {
		expect(
			coerce(invoice, { notes: null, invoiceRows: [{ comment: null, product: 'Cup' }] }, '', {
				requireAll: false,
				keepNulls: true,
			}).value,
		).toEqual({ notes: null, invoiceRows: [{ product: 'Cup' }] });
	});

	it('never changes its input', () => {
		const given = fc.jsonValue();
		fc.assert(
			fc.property(given, (value) => {
				const before = JSON.stringify(value);
				coerce(invoice, value, '');
				expect(JSON.stringify(value)).toBe(before);
			}),
		);
	});

	it('returns its own results unchanged', () => {
		const given = {
			type: 'sales invoice',
			date: '1.10.2026',
			invoiceRows: [
				{ product: 'Cup', quantity: '2', unit: 'kpl', unitPrice: 3.5, discountPercent: 0, vatPercent: 25.5 },
			],
		};
		const once = coerce(invoice, given, '', { requireAll: false }).value;
		expect(coerce(invoice, once, '', { requireAll: false }).value).toEqual(once);
	});
});

describe('Merging values', () => {
	it('sets a value at a dotted path without changing the original', () => {
		const target = { paymentInfo: { currency: 'EUR' } };
		expect(setPath(target, 'paymentInfo.bankAccount.accountNumber', 'FI21')).toEqual({
			paymentInfo: { currency: 'EUR', bankAccount: { accountNumber: 'FI21' } },
		});
		expect(target).toEqual({ paymentInfo: { currency: 'EUR' } });
	});

	it('treats a Date as a value, not as an object to merge', () => {
		const date = new Date('2026-10-01T09:00:00Z');
		expect(merge({}, { date: date as never })).toEqual({ date });
		expect(coerce(invoice, merge({}, { date: date as never }), '', { requireAll: false })).toEqual({
			value: { date: '2026-10-01' },
			faults: [],
		});
		expect(problem(at('paymentInfo'), date)).toMatch(/^is not an object: "/);
	});

	it('adds nothing if a null removes a value that does not exist, at any depth', () => {
		expect(merge({ a: 1 }, { b: { c: null, d: { e: null } }, f: { g: null, h: 2 }, i: {} })).toEqual({
			a: 1,
			f: { h: 2 },
			i: {},
		});
	});

	it('merges objects, replaces lists, and removes values that are null', () => {
		expect(merge({ a: { b: 1, c: 2 }, rows: [1, 2], d: 3 }, { a: { b: 5 }, rows: [9], d: null })).toEqual({
			a: { b: 5, c: 2 },
			rows: [9],
		});
	});
});
