/** Removes the entries of a map that were set first, until it has at most so many. */
export function dropOldest(map: Map<unknown, unknown>, most: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}

/** A work that is under way for a key, joined by everybody who asks for it meanwhile; else it is started. */
export async function joined<K, T>(inFlight: Map<K, Promise<T>>, key: K, start: () => Promise<T>): Promise<T> {
	const work = inFlight.get(key) ?? start().finally(() => inFlight.delete(key));
	inFlight.set(key, work);
	return await work;
}
