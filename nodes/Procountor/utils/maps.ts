/** Removes the oldest entries of a map until it has at most the given number. */
export function dropOldest(map: Map<unknown, unknown>, maxSize: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= maxSize) return;
		map.delete(oldest);
	}
}

/** Returns the pending work of a key, or starts it. */
export async function joinOrStart<K, T>(inFlight: Map<K, Promise<T>>, key: K, start: () => Promise<T>): Promise<T> {
	const pending = inFlight.get(key) ?? start().finally(() => inFlight.delete(key));
	inFlight.set(key, pending);
	return await pending;
}
