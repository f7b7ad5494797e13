import fc from 'fast-check';
import { parsePersonalId } from '../../../nodes/Procountor/validation/personalId';
import { problemOf, valueOf } from './messages';

const CHECK = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const code = (day: string, sign: string, number: string): string =>
	day + sign + number + CHECK[Number(day + number) % CHECK.length];

describe('Personal identity code', () => {
	it.each([...'+-YXWVUABCDEF'])('is accepted with the century sign %s', (sign) => {
		expect(valueOf(parsePersonalId(code('131052', sign, '308')))).toBe(code('131052', sign, '308'));
	});

	it.each([
		['131052-308T', '131052-308T'],
		[' 131052-308t ', '131052-308T'],
		['131052\u2212308T', '131052-308T'],
		['131052 - 308T', '131052-308T'],
	])('is read from %p', (given, wanted) => {
		expect(valueOf(parsePersonalId(given))).toBe(wanted);
	});

	it.each([
		['rubbish', /it should be a day of birth/],
		['', /^is empty$/],
		['131052-308U', /check character does not match/],
		['131052G308T', /it should be a day of birth/],
		['310252-308T', /does not begin with a day of birth/],
		['290201A1234', /does not begin with a day of birth/],
		['131052-0015', /three digits begin from 002/],
		['131052308T', /it should be a day of birth/],
		['1234567-1', /it should be a day of birth/],
	])('is rejected if it is %p', (given, message) => {
		const problem = problemOf(parsePersonalId(given));
		expect(problem).toMatch(message);
		// Logs must not keep identity codes.
		if (given !== '') expect(problem).not.toContain(given);
	});

	it('is rejected with any other check character', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 999 }), fc.constantFrom(...CHECK), (number, check) => {
				const right = code('131052', '-', String(number).padStart(3, '0'));
				expect(parsePersonalId(right.slice(0, -1) + check).ok).toBe(check === right.at(-1));
			}),
		);
	});
});
