/** Letters that Unicode does not decompose into a plain letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ł: 'l', ı: 'i' };

/**
 * Normalises a name for comparison: lower case, no accents, and single spaces between words.
 * 'Côte d’Ivoire' gives 'cote d ivoire', 'SQUARE_METER' gives 'square meter'.
 */
export function plainName(name: string): string {
	return name
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[øæœßđłı]/g, (letter) => LETTERS[letter])
		.replace(/&/g, ' and ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Returns the words of a plain name in alphabetical order, without 'the', 'of' and 'and', so that word order does not matter. */
export function wordBag(name: string): string {
	const smallWords = new Set(['the', 'of', 'and']);
	return plainName(name)
		.split(' ')
		.map((word) => (word === 'st' ? 'saint' : word))
		.filter((word) => !smallWords.has(word))
		.sort()
		.join(' ');
}
