/** Reads unknown JSON without trusting its form. */
export type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted path, or undefined: `meta.totalCount`, `results.0.id`. */
export function at(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(here, step) => (Array.isArray(here) ? here[Number(step)] : isObject(here) ? here[step] : undefined),
			value,
		);
}

export function textAt(value: unknown, path: string): string | undefined {
	const found = at(value, path);
	return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, path: string): number | undefined {
	const found = at(value, path);
	return typeof found === 'number' ? found : undefined;
}

/** The objects of a list at a path; an empty list where there is none. */
export function listAt(value: unknown, path: string): Json[] {
	const found = path === '' ? value : at(value, path);
	return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A server time without zone as milliseconds on its own scale: only good for comparing with other server times. */
export const wallTime = (text: string): number => Date.parse(`${text.slice(0, 23)}Z`);

/** A server time moved by some milliseconds, written the way it came (with or without milliseconds). */
export const movedTime = (text: string, ms: number): string =>
	new Date(wallTime(text) + ms).toISOString().slice(0, text.length > 19 ? 23 : 19);

/** A day moved by some days. */
export const movedDay = (day: string, days: number): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** How far Finnish time is ahead of UTC at an instant, in milliseconds. */
export function finnishOffset(instant: number): number {
	const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Helsinki', timeZoneName: 'longOffset' });
	const name = zone.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
	const [, hours = '2'] = /GMT\+(\d+)/.exec(name) ?? [];
	return Number(hours) * 3_600_000;
}
