/**
 * Procountor's times have no zone (docs/procountor.md#times). They are presumably Finnish time, perhaps UTC. When the
 * clocks change, the true distance between two of them differs from the shown one by an hour. Every distance here is
 * therefore an hour longer than needed. Then the repeated hour in autumn, the gap in spring, and UTC need no special
 * case.
 */
const HOUR_MS = 60 * 60_000;

/** A poll is certain to find a new record that becomes visible within this time. */
export const VISIBLE_WITHIN_MS = 15 * 60_000;
/**
 * The next poll finds what became visible behind a scan of this length. A scan sends its last request within two minutes
 * (MAX_SCAN_MS in poll.ts). If that request is retried for three minutes (rateLimiter.ts) and its last attempt takes two
 * (exchange.ts), the scan takes at least seven minutes. Its limit is that of the poll, 15 minutes. The extra hour covers the
 * difference, except if the clocks change meanwhile.
 */
const MAX_SCAN_DURATION_MS = 5 * 60_000;
/** How far back a poll reads again. */
const OVERLAP_MS = VISIBLE_WITHIN_MS + MAX_SCAN_DURATION_MS + HOUR_MS;

/**
 * Returns a server time in milliseconds, which can be compared only with other server times; undefined if the value is
 * not a time.
 */
export function toMs(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const ms = Date.parse(
		/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`,
	);
	return Number.isNaN(ms) ? undefined : ms;
}

/** Whether all records created before `time` are certainly visible, because a record with the time `newest` exists. */
export function isSettled(time: string | undefined, newest: string | undefined): boolean {
	return (toMs(newest) ?? NaN) - (toMs(time) ?? NaN) >= OVERLAP_MS;
}

/**
 * Returns the time from which a search finds every record that was created or became visible after `newest` was the
 * newest time. It is a second earlier than needed, because a search may exclude its start time (uncertain,
 * docs/procountor.md#times).
 */
export function overlapStart(newest: string): string {
	return fromMs((toMs(newest) ?? 0) - OVERLAP_MS - 1000);
}

/** Returns the day before a time, such as `2026-10-01`. */
export function dayBefore(time: string): string {
	return fromMs((toMs(time) ?? 0) - 24 * HOUR_MS).slice(0, 10);
}

/** Returns the second before a time. A search from it includes the time itself. */
export function secondBefore(time: string): string {
	return fromMs((toMs(time) ?? 0) - 1000);
}

/** Returns the second after a time. */
export function secondAfter(time: string): string {
	return fromMs((toMs(time) ?? 0) + 1000);
}

/** Returns the later of two server times. A value that is not a time is never the later one. */
export function laterTime(one: string | undefined, other: string | undefined): string | undefined {
	const [a, b] = [toMs(one), toMs(other)];
	if (b === undefined) return a === undefined ? undefined : one;
	return a === undefined || b > a ? other : one;
}

/** Whether a time is earlier than another one; false if one of them is not a time. */
export function isBefore(one: string | undefined, other: string | undefined): boolean {
	return (toMs(one) ?? NaN) < (toMs(other) ?? NaN);
}

/** Created when it is first needed, because that takes 10 ms. */
let finnishFormat: Intl.DateTimeFormat | undefined;

function formatFinnishTime(instant: number): string {
	finnishFormat ??= new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Europe/Helsinki',
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	return finnishFormat.format(instant).replace(' ', 'T');
}

/**
 * Returns the earliest time that a record created after an instant can have. That is the instant in Finnish time; in
 * the hour before the clocks go back in autumn, it is the start of the repeated hour.
 */
export function earliestAfter(instant: number): string {
	const nextHour = Math.ceil(instant / HOUR_MS) * HOUR_MS;
	return [instant, nextHour].map(formatFinnishTime).sort()[0];
}

/** Returns milliseconds as a server time in whole seconds. */
export function fromMs(ms: number): string {
	return new Date(Math.max(0, ms)).toISOString().slice(0, 19);
}
