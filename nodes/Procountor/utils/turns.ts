/** Runs work that shares a key one after the other. */
export class Turns<K> {
	private readonly last = new Map<K, Promise<unknown>>();

	/** Does a work after the earlier ones of its key, whether they succeeded or not; returns or throws what the work does. */
	async take<T>(key: K, work: () => Promise<T>): Promise<T> {
		const mine = (this.last.get(key) ?? Promise.resolve()).then(work, work);
		this.last.set(key, mine);
		try {
			return await mine;
		} finally {
			if (this.last.get(key) === mine) this.last.delete(key);
		}
	}
}
