/** Runs work with the same key one after another. */
export class KeyedQueue<K> {
	private readonly last = new Map<K, Promise<unknown>>();

	/** Runs work after the earlier work of its key, even if that failed. Returns the result of the work, or throws its error. */
	async run<T>(key: K, work: () => Promise<T>): Promise<T> {
		const current = (this.last.get(key) ?? Promise.resolve()).then(work, work);
		this.last.set(key, current);
		try {
			return await current;
		} finally {
			if (this.last.get(key) === current) this.last.delete(key);
		}
	}
}
