import { coerce } from '../../../nodes/Procountor/engine/coerce';
import { parseCurrency } from '../../../nodes/Procountor/validation/currencies';
import { numberValue } from '../../../nodes/Procountor/validation/cellValues';

/** Message and advice, as an AI model reads them. */
const said = (schema: object, value: unknown): string =>
	coerce(schema, value, 'amount')
		.faults.map(({ message, advice = '' }) => `${message} | ${advice}`)
		.join('; ');

describe('Rejected value', () => {
	it.each([
		[{ type: 'number' }, { a: 1 }, /Write a plain number such as 1234\.50/],
		[{ type: 'number' }, [{ a: 1 }], /Write a plain number such as 1234\.50/],
		[{ type: 'number' }, true, /Write a plain number such as 1234\.50/],
		[{ type: 'integer' }, { a: 1 }, /Write a plain number such as 1234\.50/],
		[{ type: 'integer' }, 7.5, /Use a whole number, such as 12/],
		[{ type: 'number', minimum: 0 }, -1, /is below 0 \| Use 0 or more/],
		[{ type: 'number', maximum: 100 }, 101, /is above 100 \| Use 100 or less/],
		[{ type: 'object' }, 'Kahvi', /is not an object: "Kahvi" \| Give an object/],
		[{ type: 'object' }, [1], /is not an object: "\[1\]" \| Give an object/],
	])('of type %j gets advice on what to enter instead of %j', (schema, value, expected) => {
		expect(said(schema, value)).toMatch(expected);
	});

	it('gets a list of the accepted currencies', () => {
		expect(parseCurrency('XAU', ['EUR', 'SEK'])).toMatchObject({ ok: false, advice: 'Use one of EUR, SEK' });
	});

	it('gets advice on how to write a number', () => {
		for (const value of [NaN, Infinity, {}, [], null])
			expect(numberValue(value)).toMatchObject({
				ok: false,
				advice: expect.stringContaining('plain number') as string,
			});
	});
});
