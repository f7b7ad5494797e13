import { LONGEST_WAIT, type RateLimiter } from './rateLimiter';
import { header, isResponse, type Outcome, type Response } from './response';

/** What a request may do: writes are never repeated when their outcome is unknown. */
interface Repeatable {
	call: string;
	readOnly?: boolean;
}

export interface Wait {
	milliseconds: number;
	/** Send the request again after the wait. */
	again: boolean;
	/** All requests of this client rest, not this one alone. */
	everybody: boolean;
}

const MOST_TRIES = 6;
/** A server that is not there is usually a wrong address: a person waits for the message. */
const MOST_TRIES_TO_REACH = 3;
/** The longest rest that a Retry-After is followed for, a day: a longer one is taken for a mistake of the server. */
const LONGEST_REST = 86_400_000;
const FIRST_WAIT = 500;
const LONGEST_STEP = 20_000;

/** Whether a call can be repeated without doing anything twice: calls that read, and POSTs that only read. */
export function isSafeToRepeat(request: Repeatable): boolean {
	return request.call.startsWith('GET ') || request.readOnly === true;
}

/**
 * Whether and when to send again. 429 for every method, since it was not carried out; 502, 503, 504 and lost
 * connections for reading calls alone; a server that could not be reached for every method, since nothing left.
 * A Retry-After stops all requests of the client, also where this one is not sent again; this one is not sent again if the rest is
 * longer than a request may take.
 */
export function waitBefore(outcome: Outcome, request: Repeatable, tries: number, spent: number): Wait | undefined {
	const asked = isResponse(outcome) ? restAsked(outcome) : undefined;
	// Zero seconds, or a moment that is over, would use up all tries at once.
	const milliseconds = Math.max(asked ?? 0, growing(tries));
	const most = isResponse(outcome) || outcome.failure !== 'unreachable' ? MOST_TRIES : MOST_TRIES_TO_REACH;
	const again = mayRepeat(outcome, request) && tries < most && spent + milliseconds < LONGEST_WAIT;
	const everybody = asked !== undefined;
	return again || everybody ? { milliseconds, again, everybody } : undefined;
}

/**
 * Returns what `waitBefore` returns, and adjusts the client's rate limiter: slower after a 429, and stopped if the
 * server asks for a wait.
 */
export function waitAndPace(
	pace: Pick<RateLimiter, 'slowDown' | 'pauseAll'>,
	...[outcome, request, tries, spent]: Parameters<typeof waitBefore>
): Wait | undefined {
	const wait = waitBefore(outcome, request, tries, spent);
	if (isTooMany(outcome)) pace.slowDown();
	if (wait?.everybody) pace.pauseAll(wait.milliseconds);
	return wait;
}

/** Whether Procountor refused a request as one too many for this client. */
const isTooMany = (outcome: Outcome): boolean => isResponse(outcome) && outcome.statusCode === 429;

function mayRepeat(outcome: Outcome, request: Repeatable): boolean {
	if (!isResponse(outcome) && outcome.isFinal) return false;
	if (!isResponse(outcome))
		return (
			outcome.failure === 'unreachable' || (['lost', 'incomplete'].includes(outcome.failure) && isSafeToRepeat(request))
		);
	if (isTooMany(outcome)) return true;
	return isSafeToRepeat(request) && [502, 503, 504].includes(outcome.statusCode);
}

/** Doubling waits with jitter, so that several workflows do not come back together. */
function growing(tries: number): number {
	const step = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_STEP);
	return Math.round(step * (0.5 + Math.random() / 2));
}

/** A date as HTTP writes it; Date.parse takes nearly any text. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Returns the wait that a 429 or 503 asks for with Retry-After, at most a day.
 * @returns milliseconds; undefined without the header, and for a value that is neither seconds nor a date. A date
 * counts from the server's own time where it tells it
 */
export function restAsked(answer: Response): number | undefined {
	if (answer.statusCode !== 429 && answer.statusCode !== 503) return undefined;
	const value = header(answer, 'retry-after')?.trim() ?? '';
	if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, LONGEST_REST);
	if (!HTTP_DATE.test(value)) return undefined;
	const now = Date.parse(header(answer, 'date') ?? '');
	const rest = Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
	return Number.isNaN(rest) ? undefined : Math.min(Math.max(0, rest), LONGEST_REST);
}
