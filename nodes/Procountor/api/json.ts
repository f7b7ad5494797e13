/** How deep a response may be nested. Procountor's deepest has about ten levels; n8n itself fails at some thousands. */
const MAX_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where a number stands in a text that JavaScript cannot hold: beyond 2^53, or beyond all numbers. */
type Span = [start: number, end: number];

/**
 * Parses JSON without changing a number: a number beyond 2^53 becomes its digits as text. Throws a SyntaxError for text
 * that is not JSON or is nested too deeply.
 */
export function parseJson(text: string): unknown {
	const { depth, unsafe } = scan(text);
	if (depth > MAX_DEPTH) throw new SyntaxError('The JSON is nested too deeply');
	return JSON.parse(unsafe.length ? quoted(text, unsafe) : text) as unknown;
}

function quoted(text: string, spans: Span[]): string {
	let from = 0;
	const pieces: string[] = [];
	for (const [start, end] of spans) {
		pieces.push(text.slice(from, start), '"', text.slice(start, end), '"');
		from = end;
	}
	return pieces.join('') + text.slice(from);
}

/** Walks once through a text; what it finds in a text that is no JSON means nothing. */
function scan(text: string): { depth: number; unsafe: Span[] } {
	const unsafe: Span[] = [];
	let open = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) at = endOfString(text, at);
		else if (code === 0x5b || code === 0x7b) depth = Math.max(depth, ++open);
		else if (code === 0x5d || code === 0x7d) open--;
		else if (isDigit(code) || code === 0x2d) {
			const end = endOfNumber(text, at);
			if (isUnsafe(text, at, end)) unsafe.push([at, end]);
			at = end - 1;
		}
	}
	return { depth, unsafe };
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The place of the quote that ends a string, or the end of the text. */
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

/** Digits, point, signs and the letter of an exponent. */
function isPartOfNumber(code: number): boolean {
	return isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || (code | 0x20) === 0x65;
}

/** Looks at each letter in place: a response has many thousands of numbers. */
function hasExponent(text: string, start: number, end: number): boolean {
	for (let at = start; at < end; at++) if ((text.charCodeAt(at) | 0x20) === 0x65) return true;
	return false;
}

function isUnsafe(text: string, start: number, end: number): boolean {
	// Fifteen digits are always exact; short numbers are nearly all that there are.
	if (end - start < 16 && !hasExponent(text, start, end)) return false;
	return !(Math.abs(Number(text.slice(start, end))) <= Number.MAX_SAFE_INTEGER);
}
