import { isPlainObject } from '../utils/objects';

/** The fields of a resource locator. The editor adds `__rl` only at the top level of the form. */
const LOCATOR_FIELDS = new Set(['__rl', 'mode', 'value', 'cachedResultName', 'cachedResultUrl']);

/** A resource locator, also as the editor saves it inside a collection: `{"mode":"list","value":"EUR"}`. */
function isLocator(value: Record<string, unknown>): boolean {
	if (value.__rl === true) return true;
	return (
		typeof value.mode === 'string' && 'value' in value && Object.keys(value).every((name) => LOCATOR_FIELDS.has(name))
	);
}

/** Returns a locator's value; undefined if nothing was chosen. */
function chosenValue(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}

/**
 * Replaces every resource locator in a parameter, at any depth, by the chosen value. A locator without a choice becomes
 * undefined; in objects and lists it is left out.
 */
export function withoutLocators(value: unknown): unknown {
	if (Array.isArray(value)) {
		const entries = value as unknown[];
		return entries.some(containsLocator)
			? entries.map(withoutLocators).filter((entry) => entry !== undefined)
			: entries;
	}
	// A date from an expression is an object too, with a prototype of its own.
	if (!isPlainObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
	if (isLocator(value)) return chosenValue(value.value);
	if (!Object.values(value).some(containsLocator)) return value;
	const entries = Object.entries(value).map(([name, inner]) => [name, withoutLocators(inner)] as const);
	return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** Whether a value contains a locator, so that large lists without one are not copied. */
function containsLocator(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(containsLocator);
	if (!isPlainObject(value)) return false;
	return isLocator(value) || Object.values(value).some(containsLocator);
}
