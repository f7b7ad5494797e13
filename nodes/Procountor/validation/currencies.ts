import { ok, quoted, fail, textOf, type Result } from './result';

/** Signs of only one currency. Dollars and crowns could be several. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/** Parses a currency to its ISO 4217 code, which must be in `allowed`, the list of the API or the company. */
export function parseCurrency(input: unknown, allowed: readonly string[]): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = CURRENCY_SIGNS[text.value] ?? text.value.toUpperCase();
	if (!/^[A-Z]{3}$/.test(code))
		return fail(`is not a currency: ${quoted(text.value)}`, 'Use a three-letter code such as EUR');
	return allowed.includes(code)
		? ok(code)
		: fail(`is not a currency that can be used here: ${code}`, `Use one of ${allowed.join(', ')}`);
}
