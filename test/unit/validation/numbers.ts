import fc from 'fast-check';

/** A text of digits with a length between the two. */
export const digits = (minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
	fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));

/**
 * Valid business IDs by the rule in its other form: the weighted sum of all eight digits, the check digit weighing 1, is
 * divisible by 11. The check digit is found by trial, so that the code under test is not used.
 */
export const validIds = digits(7)
	.filter((seven) => /[1-9]/.test(seven))
	.map((seven) => {
		const weights = [7, 9, 10, 5, 8, 4, 2];
		const sum = [...seven].reduce((total, digit, index) => total + Number(digit) * weights[index], 0);
		const check = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((candidate) => (sum + candidate) % 11 === 0);
		return check === undefined ? undefined : `${seven}-${check}`;
	})
	.filter((id): id is string => id !== undefined);

/** The remainder by ISO 13616: country and check digits move to the end, letters become two digits, and the number is divided by 97. */
export function remainder(code: string): bigint {
	const moved = code.slice(4) + code.slice(0, 4);
	return (
		BigInt(
			[...moved].map((character) => (/\d/.test(character) ? character : String(character.charCodeAt(0) - 55))).join(''),
		) % 97n
	);
}

/** Valid IBANs of a country and its length; their check digits are found by trying all that can be issued. */
export const validIbansOf = (lengths: Array<[country: string, length: number]>): fc.Arbitrary<string> =>
	fc.constantFrom(...lengths).chain(([country, length]) =>
		digits(length - 4).map((account) => {
			for (let check = 2; check <= 98; check++) {
				const code = `${country}${String(check).padStart(2, '0')}${account}`;
				if (remainder(code) === 1n) return code;
			}
			throw new Error('no check digits');
		}),
	);

/** All texts that differ from this one in a single digit, between two places. */
export function withOneDigitChanged(code: string, from = 0, to = code.length): string[] {
	return [...code].flatMap((character, index) =>
		index < from || index >= to || !/\d/.test(character)
			? []
			: [...'0123456789']
					.filter((digit) => digit !== character)
					.map((digit) => code.slice(0, index) + digit + code.slice(index + 1)),
	);
}

/** The number of runs of a property: mutation tests run it for each change, so they use fewer inputs. */
export const runs = (many: number): number => (process.env.MUTATING === undefined ? many : Math.min(many, 40));
/** The step of a loop over all of Unicode: every character, or only some for mutation tests. */
export const STEP = process.env.MUTATING === undefined ? 1 : 61;
