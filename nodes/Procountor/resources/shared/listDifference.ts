import { joinFirst } from '../../utils/texts';

/** Returns the entries of a list that another list lacks. An entry that occurs twice must occur twice in both. */
export function listDifference(list: readonly string[], others: readonly string[]): string[] {
	const unmatched = [...others];
	return list.filter((entry) => {
		const index = unmatched.indexOf(entry);
		if (index >= 0) unmatched.splice(index, 1);
		return index < 0;
	});
}

/** Returns the first three texts in quotation marks, and how many follow. */
export function quoteList(texts: readonly string[]): string {
	return joinFirst(
		texts.map((text) => `'${text}'`),
		3,
	);
}
