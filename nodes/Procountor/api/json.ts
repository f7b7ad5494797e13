/** The deepest nesting of a response. Procountor's has about ten levels; n8n itself fails at some thousands. */
const MAX_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The position of a number in the text. */
type Span = [start: number, end: number];

/**
 * Parses JSON without rounding: a number that JavaScript cannot represent, beyond 2^53, becomes a string of its digits.
 * @throws {SyntaxError} if the text is not JSON, or is nested too deeply
 */
export function parseJson(text: string): unknown {
	const { depth, unsafe } = scan(text);
	if (depth > MAX_DEPTH) throw new SyntaxError('The JSON is nested too deeply');
	return JSON.parse(unsafe.length ? quoteNumbers(text, unsafe) : text) as unknown;
}

function quoteNumbers(text: string, numbers: Span[]): string {
	let from = 0;
	const pieces: string[] = [];
	for (const [start, end] of numbers) {
		pieces.push(text.slice(from, start), '"', text.slice(start, end), '"');
		from = end;
	}
	return pieces.join('') + text.slice(from);
}

/** Finds the nesting depth and the numbers beyond 2^53 in one pass. The result is meaningless if the text is not JSON. */
function scan(text: string): { depth: number; unsafe: Span[] } {
	const unsafe: Span[] = [];
	let openBrackets = 0;
	let depth = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === QUOTE) index = endOfString(text, index);
		else if (code === 0x5b || code === 0x7b) depth = Math.max(depth, ++openBrackets);
		else if (code === 0x5d || code === 0x7d) openBrackets--;
		else if (isDigit(code) || code === 0x2d) {
			const end = endOfNumber(text, index);
			if (isUnsafe(text, index, end)) unsafe.push([index, end]);
			index = end - 1;
		}
	}
	return { depth, unsafe };
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Returns the position of the quote that ends a string, or the end of the text. */
function endOfString(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
		let backslashes = 0;
		while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
		if (backslashes % 2 === 0) return end;
	}
	return text.length;
}

function endOfNumber(text: string, start: number): number {
	let end = start + 1;
	for (let code = text.charCodeAt(end); isPartOfNumber(code); code = text.charCodeAt(end)) end++;
	return end;
}

/** Digits, point, signs and the exponent's letter. */
function isPartOfNumber(code: number): boolean {
	return isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || (code | 0x20) === 0x65;
}

/** Checks the characters in place, because a response can have many thousands of numbers. */
function hasExponent(text: string, start: number, end: number): boolean {
	for (let index = start; index < end; index++) if ((text.charCodeAt(index) | 0x20) === 0x65) return true;
	return false;
}

function isUnsafe(text: string, start: number, end: number): boolean {
	// Numbers of up to fifteen digits are always exact, and nearly all numbers are that short.
	if (end - start < 16 && !hasExponent(text, start, end)) return false;
	return !(Math.abs(Number(text.slice(start, end))) <= Number.MAX_SAFE_INTEGER);
}
