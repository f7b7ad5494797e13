import { isPlainObject } from '../utils/objects';

/** What a resource locator is made of; the editor adds `__rl` at the top level of the form only. */
const PARTS = new Set(['__rl', 'mode', 'value', 'cachedResultName', 'cachedResultUrl']);

/** A resource locator, also as the editor saves it inside a collection: `{"mode":"list","value":"EUR"}`. */
function isLocator(value: Record<string, unknown>): boolean {
	if (value.__rl === true) return true;
	return typeof value.mode === 'string' && 'value' in value && Object.keys(value).every((name) => PARTS.has(name));
}

/** The value of a locator in which nothing was chosen counts as missing. */
function chosen(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}

/**
 * A parameter's value with every resource locator in it, however deep, replaced by the value that was chosen. A locator
 * without a choice becomes undefined; in objects and lists it is left out.
 */
export function withoutLocators(value: unknown): unknown {
	if (Array.isArray(value)) {
		const entries = value as unknown[];
		return entries.some(holdsLocator) ? entries.map(withoutLocators).filter((entry) => entry !== undefined) : entries;
	}
	// A date from an expression is an object too, with a prototype of its own.
	if (!isPlainObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
	if (isLocator(value)) return chosen(value.value);
	if (!Object.values(value).some(holdsLocator)) return value;
	const entries = Object.entries(value).map(([name, inner]) => [name, withoutLocators(inner)] as const);
	return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** Whether there is anything to replace; most values are plain, and large lists are not copied for nothing. */
function holdsLocator(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(holdsLocator);
	if (!isPlainObject(value)) return false;
	return isLocator(value) || Object.values(value).some(holdsLocator);
}
