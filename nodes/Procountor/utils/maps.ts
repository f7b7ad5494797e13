/** Removes the oldest entries of a map until it has at most the given number. */
export function dropOldest(map: Map<unknown, unknown>, most: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}

/** Joins the running work of a key, or starts it. */
export async function joined<K, T>(inFlight: Map<K, Promise<T>>, key: K, start: () => Promise<T>): Promise<T> {
	const work = inFlight.get(key) ?? start().finally(() => inFlight.delete(key));
	inFlight.set(key, work);
	return await work;
}
