import { priceFromTotal } from '../../../nodes/Procountor/resources/shared/bookkeeping/rowTotal';
import { parseDecimal, toText, type Decimal } from '../../../nodes/Procountor/validation/money';

const exact = (value: number | string): Decimal => {
	const read = parseDecimal(value);
	if (!read.ok) throw new Error(read.message);
	return read.value;
};

function price(total: number, quantity: number, unitPrice?: number, comment?: string): unknown[] {
	const given = { quantity: exact(quantity), unitPrice: unitPrice === undefined ? undefined : exact(unitPrice) };
	const made = priceFromTotal(exact(total), given, comment);
	return [toText(made.quantity), toText(made.unitPrice), toText(made.listPrice), made.comment];
}

describe('Price of a row total', () => {
	it.each([
		['a given price that fits', [59.6, 4, 14.9], ['4', '14.9', '14.9', undefined]],
		['a given price with more decimals', [0.5, 4, 0.125], ['4', '0.125', '0.125', undefined]],
		['a total that the quantity divides', [34.2, 3], ['3', '11.4', '11.4', undefined]],
		['a fractional quantity', [15, 1.5], ['1.5', '10', '10', undefined]],
		['a discount that the quantity divides', [55.6, 4, 14.9], ['4', '13.9', '14.9', '4 x 14,9 - 4,00']],
		['a discount that the quantity does not divide', [34.15, 3, 13.05], ['1', '34.15', '13.05', '3 x 13,05 - 5,00']],
		['a total above the price', [40, 3, 13.05], ['1', '40', '13.05', '3 x 13,05']],
		['a total that the quantity does not divide', [34.15, 3], ['1', '34.15', '11.38', '34,15 / 3']],
		['a credit', [-34.15, 3, 13.05], ['-1', '34.15', '13.05', '-3 x 13,05 - 5,00']],
		['a credit with a negative quantity', [-26.1, -2, 13.05], ['-2', '13.05', '13.05', undefined]],
		['a credit with the quantity of the sale', [-26.1, 2, 13.05], ['-2', '13.05', '13.05', undefined]],
		['a credit with a negative price', [-26.1, 2, -13.05], ['2', '-13.05', '-13.05', undefined]],
		['a quantity of zero', [5, 0], ['1', '5', '5', '5 / 0']],
		['a total and a price of zero', [0, 3, 0], ['3', '0', '0', undefined]],
		['a free item', [0, 3, 10], ['3', '0', '10', '3 x 10 - 30,00']],
	] as Array<[string, [number, number, number?], unknown[]]>)('is calculated for %s', (_what, given, made) => {
		expect(price(...given)).toEqual(made);
	});

	it('multiplied by the quantity equals each of 30,000 totals to the cent', () => {
		const wrong: unknown[] = [];
		for (let cents = -5000; cents < 5000; cents++)
			for (const quantity of [1, 7, 12]) {
				const { quantity: count, unitPrice } = priceFromTotal(
					exact(cents / 100),
					{ quantity: exact(quantity) },
					undefined,
				);
				if (Math.round(Number(toText(count)) * Number(toText(unitPrice)) * 100) !== cents)
					wrong.push([cents, quantity]);
			}
		expect(wrong).toEqual([]);
	});

	it('keeps the comment below the calculation', () => {
		expect(price(34.15, 3, 13.05, 'Kampanja')).toEqual(['1', '34.15', '13.05', '3 x 13,05 - 5,00\nKampanja']);
	});
});
