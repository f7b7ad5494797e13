/**
 * Procountor's times carry no zone (docs/procountor.md#times): Finnish time, presumably, perhaps UTC. The time that really
 * passed between two of them differs from what they show by one hour at most, the hour that clocks are moved twice a
 * year. So every distance here is an hour longer than it need be: then it holds in the hour that repeats in autumn, over the gap
 * in spring, and in UTC, and nobody has to know which day it is.
 */
const HOUR = 60 * 60_000;

/** The longest time until a new record becomes visible so that a poll still finds it with certainty. */
export const VISIBLE_WITHIN = 15 * 60_000;
/** How long a poll may take: what became visible behind its back is still found by the next one. */
const LONGEST_POLL = 5 * 60_000;
const REACH = VISIBLE_WITHIN + LONGEST_POLL + HOUR;

/**
 * Returns a server time as milliseconds that can be compared only with each other; undefined for a value that is no
 * time.
 */
export function clock(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const shown = Date.parse(
		/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`,
	);
	return Number.isNaN(shown) ? undefined : shown;
}

/** Whether everything created before `then` has certainly become visible by the time `newest` of some record. */
export function isSettled(then: string | undefined, newest: string | undefined): boolean {
	return (clock(newest) ?? NaN) - (clock(then) ?? NaN) >= REACH;
}

/**
 * From when on a search must look so that nothing is missed that was made, or became visible, after `newest` was the newest.
 * A second more, since a search from a moment on may or may not include it (uncertain, notes 'Conventions').
 */
export function reachBack(newest: string): string {
	return written((clock(newest) ?? 0) - REACH - 1000);
}

/** The day before a time, `2026-10-01`. */
export function dayBefore(time: string): string {
	return written((clock(time) ?? 0) - 24 * HOUR).slice(0, 10);
}

/** The second before a time: a search from there on surely includes the time itself. */
export function secondBefore(time: string): string {
	return written((clock(time) ?? 0) - 1000);
}

/** The second after a time. */
export function secondAfter(time: string): string {
	return written((clock(time) ?? 0) + 1000);
}

/** Returns the later of two server times as they are written. A value that is no time is never the later one. */
export function later(one: string | undefined, other: string | undefined): string | undefined {
	const [a, b] = [clock(one), clock(other)];
	if (b === undefined) return a === undefined ? undefined : one;
	return a === undefined || b > a ? other : one;
}

/** Whether a time is written before another one; false if one of them is no time. */
export function isBefore(one: string | undefined, other: string | undefined): boolean {
	return (clock(one) ?? NaN) < (clock(other) ?? NaN);
}

/** What writes Finnish time; made when it is first needed, since that takes ten milliseconds. */
let finnishTime: Intl.DateTimeFormat | undefined;

function inFinnishTime(instant: number): string {
	finnishTime ??= new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Europe/Helsinki',
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	return finnishTime.format(instant).replace(' ', 'T');
}

/**
 * The earliest time that a record made after an instant can show. That is the instant as Finnish time; in the hour before
 * the clocks go back in autumn, it is the beginning of the hour that repeats.
 */
export function earliestAfter(instant: number): string {
	const nextHour = Math.ceil(instant / HOUR) * HOUR;
	return [instant, nextHour].map(inFinnishTime).sort()[0];
}

/** Returns milliseconds as a server time in whole seconds. */
export function written(shown: number): string {
	return new Date(Math.max(0, shown)).toISOString().slice(0, 19);
}
