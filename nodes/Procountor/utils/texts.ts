/** A text with a capital as its first letter, for the beginning of a sentence. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Get Many` → `Get many`; abbreviations stay. */
export function sentenceCase(name: string): string {
	return name
		.split(' ')
		.map((word, index) => (index === 0 || /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
		.join(' ');
}
