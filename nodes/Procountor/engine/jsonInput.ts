import { InputError, parseJson, resolve, type Schema } from '../api';
import { withoutLocators } from '../n8n/locator';
import { isPlainObject } from '../utils/objects';

/**
 * Parses JSON from a text; other values are returned as they are. Resource locators become their values.
 * @throws {InputError} for invalid JSON
 */
export function parseJsonInput(label: string, value: unknown): unknown {
	if (typeof value !== 'string') return withoutLocators(value);
	try {
		const parsed = parseJson(value);
		// AI models sometimes pass JSON as a string within JSON.
		return withoutLocators(typeof parsed === 'string' && /^\s*[[{]/.test(parsed) ? parseJson(parsed) : parsed);
	} catch (error) {
		return throwInvalidJson(label, (error as Error).message);
	}
}

function throwInvalidJson(label: string, reason: string): never {
	throw new InputError(
		label,
		`is not valid JSON (${reason})`,
		'Check quotes, commas and brackets, or use an expression that returns an object.',
	);
}

/** Returns the list in an object such as `{"rows": […]}`, which AI models and other systems often pass instead of a list. */
export function unwrapList(schema: Schema, value: unknown): unknown {
	const { type, items } = resolve(schema);
	if (type !== 'array' || !isPlainObject(value)) return value;
	const [[name, list] = [], ...others] = Object.entries(value);
	const isColumn = name !== undefined && resolve(items ?? {}).properties?.[name] !== undefined;
	return others.length === 0 && !isColumn && Array.isArray(list) ? list : value;
}
