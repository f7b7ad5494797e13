/** What a text that reaches a person must not be. */
import { SECRETS } from './surfaces';

const FAULTS: Array<[name: string, pattern: RegExp]> = [
	[
		'raw JavaScript',
		/Cannot (?:read|set|convert|destructure|access|mix)|is not (?:iterable|a function|defined|a constructor)/,
	],
	['raw JavaScript', /Unexpected (?:token|end of|non-whitespace|string|number)|in JSON at position|is not valid JSON/],
	[
		'raw JavaScript',
		/URI malformed|Invalid (?:URL|time value|array length|string length|count value)|Maximum call stack/,
	],
	[
		'raw JavaScript',
		/must be (?:of type|an? )|The "\w+" argument|of (?:null|undefined)\b|\bundefined\b|\bNaN\b|\[object \w+\]/,
	],
	['raw JavaScript', /circular structure|toISOString|\bReadable\b|premature close/i],
	['a code of Node', /\bERR_[A-Z_]+|\bZ_[A-Z]+_ERROR|\bHPE_[A-Z_]+/],
	[
		'a text of the HTTP client',
		/Request failed with|timeout of \d+ ?ms|maxContentLength|stream has been|socket hang up|Parse Error|incorrect header check/,
	],
	['markup', /<\/?(?:html|body|head|script|b|!DOCTYPE)\b/i],
	['a control character', /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u],
	['a secret', SECRETS],
];

/** The longest text that anybody reads: a longer one hides what is to be done. */
const LONGEST = 4000;

/** What is wrong with a text, each fault named; empty for a good one. */
export function faultsOf(text: string): string[] {
	const faults = FAULTS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
	return text.length > LONGEST ? [...faults, `${text.length} characters`] : faults;
}
