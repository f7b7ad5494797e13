/** A server that answers whatever a test has it answer: what no honest sandbox would do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RawRequest {
	method: string;
	/** Without the version's path: `/invoices`. */
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	body: string;
	atMs: number;
}

/** Answers a request: a status with JSON, or whatever it does to the response by itself. */
export type Answerer = (request: RawRequest, response: ServerResponse) => void | Promise<void>;

export interface RawServer {
	url: string;
	/** All requests but those for tokens. */
	requests: RawRequest[];
	tokenCalls: RawRequest[];
	/** What to answer; a record at first. */
	answer: Answerer;
	/** What to answer to token calls; a new token each time at first. */
	token: Answerer;
	close(): Promise<void>;
}

export function json(
	response: ServerResponse,
	body: unknown,
	status = 200,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

export async function rawServer(): Promise<RawServer> {
	let tokens = 0;
	const server: RawServer = {
		url: '',
		requests: [],
		tokenCalls: [],
		answer: (_, response) => json(response, { id: 1 }),
		token: (_, response) =>
			json(response, { access_token: `raw-token-number-${++tokens}`, token_type: 'bearer', expires_in: 3600 }),
		close: async () => {
			listening.closeAllConnections();
			await new Promise<void>((resolve) => void listening.close(() => resolve()));
		},
	};
	const listening = createServer((incoming, response) => void answered(server, incoming, response));
	await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
	server.url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
	return server;
}

async function answered(server: RawServer, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
	const atMs = performance.now();
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const url = new URL(incoming.url ?? '', 'http://server');
	const path = url.pathname.replace(/^\/(latest|supported|v\d{4})\/api/, '');
	const request = {
		method: incoming.method ?? '',
		path,
		query: url.searchParams,
		headers: incoming.headers,
		body: Buffer.concat(chunks).toString(),
		atMs,
	};
	const isToken = path === '/oauth/token';
	(isToken ? server.tokenCalls : server.requests).push(request);
	await (isToken ? server.token : server.answer)(request, response);
}
