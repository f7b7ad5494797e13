import { bodyWithStatus, type Call, header, isLastPage, loadRecords, readPage, type Response } from '../api';
import { listOf } from './events';
import type { PollContext } from './items';
import type { Ahead, ListRequest, PollRequest, PollResponse } from './step';

type PageResponse = Omit<PollResponse, 'timeIsUp'>;

/** Answers a poll's requests from Procountor, and fetches in advance what the poll will request next. */
export class Responder {
	/** Pages that were fetched in advance and are not requested yet. */
	private readonly ahead = new Map<string, Promise<PageResponse>>();

	constructor(private readonly pollContext: PollContext) {}

	async respond(request: PollRequest): Promise<PageResponse> {
		if (request.ask === 'list') return await this.list(request);
		const { client, event } = this.pollContext;
		if (request.ask === 'records') {
			const { details } = listOf(event);
			this.fetchAhead(request.ahead);
			return { records: await loadRecords(client, details as Call, request.ids), last: true, isFull: false };
		}
		const response = await client.request({ call: 'GET /sessioninfo' });
		const session = bodyWithStatus(response, 200);
		return { records: session ? [session] : [], last: true, isFull: false, time: sentAt(response) };
	}

	private async list(request: ListRequest): Promise<PageResponse> {
		const page = this.ahead.get(keyOf(request)) ?? this.page(request);
		this.fetchAhead(request.ahead);
		this.ahead.delete(keyOf(request));
		return await page;
	}

	private fetchAhead({ ids = [], page }: Ahead = {}): void {
		const { client, recordLoader } = this.pollContext;
		recordLoader?.loadAhead(client, ids);
		if (page === undefined || this.ahead.has(keyOf(page))) return;
		const response = this.page(page);
		// A failure is thrown when the page is requested, which may never happen.
		response.catch(() => undefined);
		this.ahead.set(keyOf(page), response);
		this.fetchAhead(page.ahead);
	}

	private async page({ query, headers, size }: ListRequest): Promise<PageResponse> {
		const { client, event } = this.pollContext;
		const { call, listPath, noun } = listOf(event);
		const { records, pageSize, total } = await readPage(client, { call: call as Call, headers, listPath, noun }, query);
		const isFull = records.length >= Math.min(size, pageSize);
		return { records, last: isLastPage(records.length, total, isFull), isFull };
	}
}

const keyOf = ({ query, headers }: ListRequest): string => JSON.stringify([query, headers]);

/** Returns the server's time in a response, in milliseconds since 1970; n8n's time if a proxy has removed it. */
function sentAt(response: Response): number {
	const time = Date.parse(header(response, 'date') ?? '');
	return Number.isNaN(time) ? Date.now() : time;
}
