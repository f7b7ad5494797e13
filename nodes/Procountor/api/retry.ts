import { MAX_WAIT_MS, type RateLimiter } from './rateLimiter';
import type { Request } from './request';
import { header, isResponse, type Outcome, type Response } from './response';

/** The parts of a request that decide whether it may be sent again. */
type RetryableRequest = Pick<Request, 'call' | 'readOnly'>;

export interface RetryPlan {
	/** How long to wait before the retry, or how long the client pauses. */
	delayMs: number;
	/** Whether to send the request again after the delay. */
	shouldRetry: boolean;
	/** Whether the delay applies to all requests of this client. */
	pausesClient: boolean;
}

const MAX_ATTEMPTS = 6;
/** Fewer attempts, because an unreachable server is usually a wrong address, and the user waits for the message. */
const MAX_ATTEMPTS_UNREACHABLE = 3;
/** One day. A longer Retry-After is probably an error of the server. */
const MAX_RETRY_AFTER_MS = 86_400_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 20_000;

/** Whether a request can be repeated without doing anything twice: a GET, or a POST that only reads. */
export function isSafeToRepeat(request: RetryableRequest): boolean {
	return request.call.startsWith('GET ') || request.readOnly === true;
}

/**
 * Decides whether and when to send a request again. Every method is retried after a 429 and if the server could not be
 * reached, because nothing was carried out. Only reads are retried after 502, 503, 504 and lost connections. Retry-After
 * pauses all requests of the client, even if this one is not retried because the pause is longer than a request may wait.
 */
export function planRetry(outcome: Outcome, request: RetryableRequest, attempt: number, elapsedMs: number): RetryPlan {
	const retryAfter = isResponse(outcome) ? retryAfterMs(outcome) : undefined;
	// Retry-After can be zero or in the past, which would use up all attempts at once.
	const delayMs = Math.max(retryAfter ?? 0, backoffMs(attempt));
	const maxAttempts =
		isResponse(outcome) || outcome.failure !== 'unreachable' ? MAX_ATTEMPTS : MAX_ATTEMPTS_UNREACHABLE;
	const pausesClient = retryAfter !== undefined;
	// The rate limiter holds back the other requests for a pause of up to MAX_WAIT_MS. This request waits for the same.
	const isInTime = pausesClient
		? delayMs <= MAX_WAIT_MS && elapsedMs < MAX_WAIT_MS
		: elapsedMs + delayMs <= MAX_WAIT_MS;
	return { delayMs, shouldRetry: isRetryable(outcome, request) && attempt < maxAttempts && isInTime, pausesClient };
}

/** Does what `planRetry` does, and adjusts the client's rate limiter: slower after a 429, and paused by a Retry-After. */
export function planRetryAndPace(
	rateLimiter: Pick<RateLimiter, 'slowDown' | 'pauseAll'>,
	outcome: Outcome,
	request: RetryableRequest,
	attempt: number,
	elapsedMs: number,
): RetryPlan {
	const plan = planRetry(outcome, request, attempt, elapsedMs);
	if (isRateLimited(outcome)) rateLimiter.slowDown();
	if (plan.pausesClient) rateLimiter.pauseAll(plan.delayMs);
	return plan;
}

/** Whether Procountor refused the request because the client sends too many. */
const isRateLimited = (outcome: Outcome): boolean => isResponse(outcome) && outcome.statusCode === 429;

function isRetryable(outcome: Outcome, request: RetryableRequest): boolean {
	if (!isResponse(outcome) && outcome.isFinal) return false;
	if (!isResponse(outcome))
		return (
			outcome.failure === 'unreachable' || (['lost', 'incomplete'].includes(outcome.failure) && isSafeToRepeat(request))
		);
	if (isRateLimited(outcome)) return true;
	return isSafeToRepeat(request) && [502, 503, 504].includes(outcome.statusCode);
}

/** Returns an exponential delay with jitter, so that several workflows do not retry at the same moment. */
function backoffMs(attempt: number): number {
	const step = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS);
	return Math.round(step * (0.5 + Math.random() / 2));
}

/** An HTTP date. `Date.parse` alone would accept nearly any text. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Returns the delay of a 429 or 503 with Retry-After, at most a day. A date is compared with the response's own Date.
 * @returns undefined without the header, or if its value is neither seconds nor a date
 */
export function retryAfterMs(response: Response): number | undefined {
	if (response.statusCode !== 429 && response.statusCode !== 503) return undefined;
	const value = header(response, 'retry-after')?.trim() ?? '';
	if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, MAX_RETRY_AFTER_MS);
	if (!HTTP_DATE.test(value)) return undefined;
	const now = Date.parse(header(response, 'date') ?? '');
	const remainingMs = Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
	return Number.isNaN(remainingMs) ? undefined : Math.min(Math.max(0, remainingMs), MAX_RETRY_AFTER_MS);
}
