import fc from 'fast-check';
import { parseJson } from '../../../nodes/Procountor/api/json';
import { characterReads } from '../characterReads';

describe('parseJson', () => {
	it('returns the same value as JSON.parse', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 20 }), (text) => {
				fc.pre(holdsSafeNumbers(text));
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it.each([
		['9007199254740991', 9007199254740991],
		['-9007199254740991', -9007199254740991],
		['9007199254740993', '9007199254740993'],
		['-12345678901234567890', '-12345678901234567890'],
		['1e999', '1e999'],
		['-1E+400', '-1E+400'],
		['1e3', 1000],
		['0.1234567890123456789', Number('0.12345678901234568')],
		['123456789012.1234567', Number('123456789012.1234567')],
	])('keeps %s exact, as text if necessary', (digits, value) => {
		expect(parseJson(`{"a":[${digits}]}`)).toEqual({ a: [value] });
		expect(parseJson(digits)).toEqual(value);
	});

	it('keeps texts that look like numbers', () => {
		const text = '{"9007199254740993":"9007199254740993 \\" 1e999 \\\\","b":"\\\\\\\\"}';
		expect(parseJson(text)).toEqual(JSON.parse(text));
	});

	it('accepts 200 levels and rejects 201', () => {
		for (const [open, close] of [
			['[', ']'],
			['{"a":', '}'],
		]) {
			const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
			expect(parseJson(nested(200))).toEqual(JSON.parse(nested(200)));
			expect(() => parseJson(nested(201))).toThrow('The JSON is nested too deeply');
		}
		const beside = `[${Array.from({ length: 300 }, () => '[],{}').join()}]`;
		expect(parseJson(beside)).toHaveLength(600);
	});

	it.each(['[', '{"a":'])('rejects text that is nested too deeply: %s', (open) => {
		expect(() => parseJson(open.repeat(201))).toThrow(SyntaxError);
		expect(() => parseJson(open.repeat(1_000_000))).toThrow(SyntaxError);
	});

	// The time is tested with longer texts in hostileInput.test.ts.
	it.each([
		['quotes', '"'.repeat(10_001)],
		['backslashes', `"${'\\'.repeat(10_000)}`],
		['backslashes in a complete string', `"${'\\'.repeat(10_000)}"`],
		['hyphens', '-'.repeat(10_000)],
		['escaped quotes', '"\\"'.repeat(5_000)],
		['escaped quotes in a complete string', `"${'\\"'.repeat(5_000)}"`],
		['digits', '9'.repeat(10_000)],
		['long numbers', `[${'9007199254740993,'.repeat(1_000)}0]`],
		['brackets', '['.repeat(10_000)],
	])('reads each character only a few times in a text of many %s', (_name, text) => {
		const reads = characterReads(() => parsedOrRefused(text));
		// Fewer reads than characters would mean that they are read in a way that is not counted.
		expect(reads).toBeGreaterThanOrEqual(text.length);
		expect(reads).toBeLessThanOrEqual(5 * text.length + 10);
	});
});

/** Doubles beyond 2^53 become texts on purpose. */
function holdsSafeNumbers(text: string): boolean {
	let isSafe = true;
	JSON.parse(text, (_, value: unknown) => {
		if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) isSafe = false;
		return value;
	});
	return isSafe;
}

function parsedOrRefused(text: string): unknown {
	try {
		return parseJson(text);
	} catch (error) {
		expect(error).toBeInstanceOf(SyntaxError);
		return undefined;
	}
}
