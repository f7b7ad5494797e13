/** What a kind of answer is, and how it is put on the wire. */
import type { ServerResponse } from 'node:http';
import type { RawRequest } from '../rawServer';
import type { Listed } from './server';

/** What has to come of an answer: a failure that is told, the right result, or either of them. */
export type Expected = 'fails' | 'right' | 'either';

/** Where a person meets Procountor: an operation, a trigger, a list to choose from, or the button that tests a credential. */
export const SURFACES = [
	'list',
	'record',
	'write',
	'update',
	'upsert',
	'download',
	'apiRequest',
	'allPages',
	'trigger',
	'picker',
	'test',
] as const;
export type Surface = (typeof SURFACES)[number];
/** n8n itself sends the credential's test, and waits for as long as something comes. */
export const ALL_BUT_TEST = SURFACES.filter((surface) => surface !== 'test');

export interface Exchange {
	request: RawRequest;
	response: ServerResponse;
	/** What an honest server would send. */
	right: Buffer;
	contentType: string;
	/** The records of the list, as an honest server has them now. */
	records: Listed[];
	/** How many requests of this kind's have come before. */
	earlier: number;
}

export interface AnswerKind {
	name: string;
	expected: Expected;
	/** Where something else has to come of it than elsewhere. */
	at?: Partial<Record<Surface, Expected>>;
	/** The surfaces where the kind says anything; all when left out. */
	only?: readonly Surface[];
	send(exchange: Exchange): void | Promise<void>;
}

type Headers = Record<string, string | string[] | number>;

/** An answer with exactly these headers beside its length. */
export function answer(
	{ response }: Pick<Exchange, 'response'>,
	status: number,
	body: string | Buffer,
	headers: Headers = {},
): void {
	response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
	response.end(body);
}

/** Bytes of the wire, with nothing of Node's own in them; the connection closes behind them. */
export function wire({ response }: Pick<Exchange, 'response'>, ...parts: Array<string | Buffer>): void {
	const { socket } = response;
	for (const part of parts) socket?.write(part);
	socket?.end();
}

export const asJson = (body: unknown): string => JSON.stringify(body);
export const jsonType = { 'content-type': 'application/json' };
export const htmlPage = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Sorry</body></html>';

/** The right body with another kind of content. */
export function kind(
	name: string,
	expected: Expected,
	send: AnswerKind['send'],
	more: Pick<AnswerKind, 'at' | 'only'> = {},
): AnswerKind {
	return { name, expected, send, ...more };
}
