import { untilAborted } from './deadline';
import { parseJson } from './json';
import { isResponse, outcomeFromError, type Response, type Failure, type Outcome } from './response';

/** The size limit of a response after decompression. A page of 200 records has about one million bytes. */
const MAX_RESPONSE_BYTES = 100_000_000;

/**
 * The time limit for one request, from its first byte to the last byte of its response. The trigger depends on `read`
 * (times.ts).
 */
export const DEADLINE_MS = { login: 30_000, read: 120_000, write: 180_000, file: 600_000 } as const;
export type RequestKind = keyof typeof DEADLINE_MS;

const STOPPED_ERROR = new Error('The exchange was stopped');

/** The body of a response that n8n returns as a stream. */
interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/** How to send one request and read its response. */
export interface Exchange {
	kind: RequestKind;
	/** Whether to return the body as bytes, for files. */
	bytes?: boolean;
	/** Aborts if the execution is cancelled. */
	cancel?: AbortSignal;
	/** Sends the request. The response's body is a stream. Throws n8n's errors. */
	send(signal: AbortSignal): Promise<unknown>;
}

/**
 * Sends one request and reads its whole response, within a time limit and a size limit. n8n's own timeout covers only
 * idle time, so a response of one byte a second would never end.
 */
export async function exchange({ kind, bytes, cancel, send }: Exchange): Promise<Outcome> {
	const deadline = AbortSignal.timeout(DEADLINE_MS[kind]);
	const signal = cancel ? AbortSignal.any([deadline, cancel]) : deadline;
	try {
		// n8n does not pass the signal to all of its work, such as the token call.
		const outcome = await untilAborted(
			signal,
			send(signal).then((response) => response as Response, outcomeFromError),
			STOPPED_ERROR,
		);
		if (!isResponse(outcome)) return stopReason(deadline, cancel, kind) ?? outcome;
		return { ...outcome, body: await untilAborted(signal, readBody(outcome, signal, bytes === true), STOPPED_ERROR) };
	} catch (error) {
		return (
			stopReason(deadline, cancel, kind) ??
			(error instanceof ResponseTooLarge ? responseTooLarge() : outcomeFromError(error))
		);
	}
}

/** Returns why the node stopped the exchange; undefined if it did not. */
function stopReason(deadline: AbortSignal, cancel: AbortSignal | undefined, kind: RequestKind): Failure | undefined {
	if (cancel?.aborted) return { failure: 'cancelled', reason: 'while it was sent' };
	if (!deadline.aborted) return undefined;
	const reason = `no complete response within ${DEADLINE_MS[kind] / 1000} seconds`;
	return { failure: 'lost', reason, isFinal: true };
}

function responseTooLarge(): Failure {
	const reason = `the response is larger than ${MAX_RESPONSE_BYTES / 1_000_000} MB`;
	return { failure: 'lost', reason, isFinal: true };
}

async function readBody({ body, headers }: Response, signal: AbortSignal, asBytes: boolean): Promise<unknown> {
	const bytes = isStream(body) ? await readStream(body, signal) : body;
	if (asBytes || !Buffer.isBuffer(bytes)) return bytes;
	return parseBody(bytes, headers);
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

class ResponseTooLarge extends Error {}

/** Reads a stream to its end. @throws {ResponseTooLarge} or the stream's error */
async function readStream(stream: ByteStream, signal: AbortSignal): Promise<Buffer> {
	const stop = (): void => stream.destroy();
	signal.addEventListener('abort', stop, { once: true });
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of stream) {
			length += chunk.length;
			// Leaving the loop destroys the stream and closes the connection.
			if (length > MAX_RESPONSE_BYTES) throw new ResponseTooLarge();
			chunks.push(chunk);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}
	return Buffer.concat(chunks, length);
}

/**
 * Parses a body as JSON. Other text is returned as it is, and an empty body as an empty text. The content type is
 * ignored, because proxies change it.
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

/** Decodes text with the response's charset; UTF-8 if it names none, or an unknown one. */
function decode(bytes: Buffer, contentType: string): string {
	const charset = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}
