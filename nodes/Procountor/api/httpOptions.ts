import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Address } from './address';
import { DEADLINE_MS, type RequestKind } from './exchange';
import { methodAndPath, type Request } from './request';
import { isSafeToRepeat } from './retry';

/** Returns the options with which n8n sends a request. */
export function httpOptions(request: Request, address: Address): IHttpRequestOptions {
	const { method, path } = methodAndPath(request);
	const isForm = request.body instanceof FormData;
	const headers: Record<string, string> = { accept: request.bytes ? '*/*' : 'application/json', ...request.headers };
	if (request.bytes) headers['accept-encoding'] ??= 'identity';
	// n8n drops numbers and empty objects, so JSON is sent as text.
	if (request.body !== undefined && !isForm) headers['content-type'] = 'application/json';
	return {
		method: method as IHttpRequestOptions['method'],
		url: address.base + path,
		headers,
		...(request.body === undefined ? {} : { body: isForm ? (request.body as FormData) : JSON.stringify(request.body) }),
		// `exchange` reads the stream, within its limits of size and time.
		encoding: 'stream',
		returnFullResponse: true,
		// A 401 stays an error, so that n8n renews the token and repeats the request. Before n8n-core 2.11.1 see `TokenRenewal`.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		disableFollowRedirect: true,
		timeout: DEADLINE_MS[requestKind(request)],
	};
}

/**
 * Returns the kind that decides the time limit. Files take longer than data, and a write must not be aborted early,
 * because its outcome would be unknown.
 */
export function requestKind(request: Request): RequestKind {
	if (request.bytes || request.body instanceof FormData) return 'file';
	return isSafeToRepeat(request) ? 'read' : 'write';
}
