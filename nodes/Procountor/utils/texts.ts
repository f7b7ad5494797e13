/** Returns a text with a capital first letter, for the beginning of a sentence. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns a number with its noun: `1 row`, `2 rows`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Joins the first entries of a list and counts the others: `a, b and 3 more`. */
export function joinFirst(entries: ReadonlyArray<string | number>, maxEntries: number, separator = ', '): string {
	const rest = entries.length - maxEntries;
	return entries.slice(0, maxEntries).join(separator) + (rest > 0 ? ` and ${rest} more` : '');
}

/** Returns the advice for several faults, each once, as whole sentences; undefined if there is none. */
export function adviceFor(faults: ReadonlyArray<{ advice?: string }>): string | undefined {
	const advice = new Set(faults.flatMap((fault) => fault.advice ?? []));
	return advice.size ? `${[...advice].join('. ')}.` : undefined;
}

/** `Get Many` → `Get many`; abbreviations stay. */
export function sentenceCase(name: string): string {
	return name
		.split(' ')
		.map((word, index) => (index === 0 || /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
		.join(' ');
}
