/**
 * Waits for a result until a signal is aborted. The work may continue in the background; its failure is then ignored.
 * @throws `reason` when the signal is aborted first
 */
export async function untilAborted<T>(signal: AbortSignal, result: Promise<T>, reason: Error): Promise<T> {
	let stop = (): void => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(reason);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([result, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
