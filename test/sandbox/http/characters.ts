const EXTRA = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const OUTSIDE = new RegExp(`[^\\u0000-\\u007f\\u00a0-\\u00ff${EXTRA}]`, 'u');

/** Whether a text has a character that Windows-1252 lacks: Procountor refuses those (docs/procountor.md#characters). */
export function isOutsideWindows1252(text: string): boolean {
	return OUTSIDE.test(text);
}

/** Path of the first text in a JSON value that Windows-1252 cannot hold, or undefined. */
export function findForeignText(value: unknown, path = ''): string | undefined {
	if (typeof value === 'string') return isOutsideWindows1252(value) ? path : undefined;
	if (value === null || typeof value !== 'object') return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = findForeignText(
			inner,
			Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
		);
		if (found !== undefined) return found;
	}
	return undefined;
}
