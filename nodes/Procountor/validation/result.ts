/**
 * The result of a check. `value` is the normalised form that can be sent. `message` continues a sentence that begins with the
 * parameter's name ("Business ID" + " " + message): it starts with a verb, has no full stop, and uses the user's terms.
 * `advice` says how to correct the value, in a sentence without a full stop.
 */
export type Result<T> = { ok: true; value: T } | { ok: false; message: string; advice?: string };

/** A passed check. */
export function ok<T>(value: T): Result<T> {
	return { ok: true, value };
}

/** A failed check, assignable to a result of any type. */
export function fail(message: string, advice?: string): Result<never> {
	return advice === undefined ? { ok: false, message } : { ok: false, message, advice };
}

/**
 * Returns the trimmed text of a value from a field or an expression; integers become text. Refuses empty text, other types,
 * and numbers that JavaScript cannot represent exactly, such as a reference of 20 digits.
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

/** Normalises a code for comparison: no white space, upper case, and hyphens instead of dashes. */
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

/** Quotes a value for a message, shortened so that a message never contains a whole document. */
export function quoted(input: unknown): string {
	const text = typeof input === 'string' ? input : isComposite(input) ? asJson(input) : String(input);
	return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}
