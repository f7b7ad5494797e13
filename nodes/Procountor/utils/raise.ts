/** Throws what was caught, where an expression is needed: `.catch((error) => (isKnown(error) ? value : raise(error)))`. @throws `error` */
export function raise(error: unknown): never {
	throw error;
}
