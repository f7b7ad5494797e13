/**
 * What a check says. `value` is the normalised form that may be sent. `message` continues a sentence that begins with the
 * parameter's name ("Business ID" + " " + message); it starts with a verb, has no full stop, and is in a user's words.
 * `advice` is a sentence of its own without a full stop: how to correct it.
 */
export type Result<T> = { ok: true; value: T } | { ok: false; message: string; advice?: string };

/** A passed check. */
export function ok<T>(value: T): Result<T> {
	return { ok: true, value };
}

/** A failed check, assignable to a verdict of any type. */
export function fail(message: string, advice?: string): Result<never> {
	return advice === undefined ? { ok: false, message } : { ok: false, message, advice };
}

/**
 * The text of a value that comes from a field or an expression: strings are trimmed, whole numbers are written out.
 * Refused: empty text, other types, and numbers that JavaScript cannot hold exactly (a 20-digit reference as a number has
 * lost its last digits already).
 */
export function textOf(input: unknown): Result<string> {
	if (typeof input === 'number') {
		if (Number.isSafeInteger(input) && input >= 0) return ok(String(input));
		return fail('is a number that cannot be read exactly', 'Enter it as text');
	}
	if (typeof input !== 'string') return fail('is not text');
	const text = input.trim();
	return text === '' ? fail('is empty') : ok(text);
}

/** The text without any white space, in upper case, with every kind of dash as a plain hyphen: how codes are compared. */
export function compactCode(text: string): string {
	return text
		.replace(/\s+/gu, '')
		.replace(/[\u2010-\u2015\u2212]/gu, '-')
		.toUpperCase();
}

const isComposite = (input: unknown): input is object => typeof input === 'object' && input !== null;

function asJson(input: object): string {
	try {
		return JSON.stringify(input) ?? String(input);
	} catch {
		return Array.isArray(input) ? 'a list' : 'an object';
	}
}

/** Quotes a value for a message, shortened so that a message never carries a whole document. */
export function quoted(input: unknown): string {
	const text = typeof input === 'string' ? input : isComposite(input) ? asJson(input) : String(input);
	return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}
