/** A copy of a record without some of its fields. */
export function without<T extends object, K extends keyof T>(record: T, ...names: K[]): Omit<T, K> {
	return Object.fromEntries(
		Object.entries(record).filter(([name]) => !(names as PropertyKey[]).includes(name)),
	) as Omit<T, K>;
}
