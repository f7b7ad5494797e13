import { untilAborted } from './deadline';
import { parseJson } from './json';
import { isResponse, readOutcome, type Response, type Failure, type Outcome } from './response';

/** The most bytes of a response, after decompression. A page of 200 records has about one million. */
const MAX_RESPONSE_BYTES = 100_000_000;

/** The longest time for one request, from its first byte to the last byte of its response, in milliseconds, by kind. */
export const DEADLINE_MS = { login: 30_000, read: 120_000, write: 180_000, file: 600_000 } as const;
export type RequestKind = keyof typeof DEADLINE_MS;

const STOPPED = new Error('The exchange was stopped');

/** What n8n gives for a response whose body is a stream. */
interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/** How one request is sent and its response is taken in. */
export interface Exchange {
	kind: RequestKind;
	/** Keep the body as bytes: files. */
	bytes?: boolean;
	/** Aborts when the execution is cancelled. */
	cancel?: AbortSignal;
	/** Sends the request; its response has a stream as body. Throws what n8n throws. */
	send(signal: AbortSignal): Promise<unknown>;
}

/**
 * Sends one request and reads its whole response, within a time limit and a size limit. n8n's own timeout counts only
 * silence, so a response of one byte a second would never end.
 */
export async function exchange({ kind, bytes, cancel, send }: Exchange): Promise<Outcome> {
	const deadline = AbortSignal.timeout(DEADLINE_MS[kind]);
	const signal = cancel ? AbortSignal.any([deadline, cancel]) : deadline;
	try {
		// Not all that n8n does listens to the signal.
		const outcome = await untilAborted(
			signal,
			send(signal).then((answer) => answer as Response, readOutcome),
			STOPPED,
		);
		if (!isResponse(outcome)) return stopped(deadline, cancel, kind) ?? outcome;
		return { ...outcome, body: await untilAborted(signal, bodyOf(outcome, signal, bytes === true), STOPPED) };
	} catch (error) {
		return stopped(deadline, cancel, kind) ?? (error instanceof ResponseTooLarge ? tooLarge() : readOutcome(error));
	}
}

/** Why an exchange was stopped from this side; undefined when it was not. */
function stopped(deadline: AbortSignal, cancel: AbortSignal | undefined, kind: RequestKind): Failure | undefined {
	if (cancel?.aborted) return { failure: 'cancelled', reason: 'while it was sent' };
	if (!deadline.aborted) return undefined;
	const reason = `no complete response within ${DEADLINE_MS[kind] / 1000} seconds`;
	return { failure: 'lost', reason, isFinal: true };
}

function tooLarge(): Failure {
	const reason = `the response is larger than ${MAX_RESPONSE_BYTES / 1_000_000} MB`;
	return { failure: 'lost', reason, isFinal: true };
}

async function bodyOf({ body, headers }: Response, signal: AbortSignal, asBytes: boolean): Promise<unknown> {
	const bytes = isStream(body) ? await readAll(body, signal) : body;
	if (asBytes || !Buffer.isBuffer(bytes)) return bytes;
	return parseBody(bytes, headers);
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

class ResponseTooLarge extends Error {}

/** Reads a stream to its end. Throws ResponseTooLarge, or what the stream throws. */
async function readAll(stream: ByteStream, signal: AbortSignal): Promise<Buffer> {
	const stop = (): void => stream.destroy();
	signal.addEventListener('abort', stop, { once: true });
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of stream) {
			length += chunk.length;
			// Leaving the loop destroys the stream, and with it the connection.
			if (length > MAX_RESPONSE_BYTES) throw new ResponseTooLarge();
			chunks.push(chunk);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}
	return Buffer.concat(chunks, length);
}

/**
 * Parses JSON, and returns other text as it is and an empty body as an empty text. The content type is not trusted,
 * because proxies change it.
 */
export function parseBody(bytes: Buffer, headers: Response['headers']): unknown {
	const text = decode(bytes, String(headers['content-type'] ?? ''));
	if (text.trim() === '') return '';
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}

/** UTF-8 unless the response names other letters that are known. */
function decode(bytes: Buffer, contentType: string): string {
	const named = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
	try {
		return new TextDecoder(named).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}
