/** A small honest server, between whose answers a kind of answer is put. */
import type { RawRequest } from '../rawServer';
import { rawServer, type RawServer } from '../rawServer';
import type { AnswerKind, Exchange } from './kind';

export interface Listed {
	id: number;
	name: string;
	code: string;
	[field: string]: unknown;
}

const record = (id: number): Listed => ({
	id,
	name: `Pöytä ${id}`,
	code: `K-${id}`,
	type: 'SALES_INVOICE',
	status: 'UNFINISHED',
	date: '2026-10-01',
	created: `2026-10-01T10:00:0${id % 10}`,
	version: `2026-10-01T10:00:0${id % 10}`,
});

export const RECORDS = [101, 102, 103].map(record);
/** What arrives behind them while a trigger is watching. */
export const ARRIVED = record(104);

export const FILE = Buffer.from('%PDF-1.4 äö \r\n\0--edge-- %%EOF', 'latin1');
const BOUNDARY = 'edge-of-parts';

/** One page of the list as the request asks for it: by the last ID, by page number, rising or falling. */
export function listOf({ query }: RawRequest, cap = 200, records = RECORDS): { results: Listed[]; meta: object } {
	const previousId = Number(query.get('previousId') ?? 0);
	const isFalling = query.get('orderById') === 'DESC';
	const size = Math.min(Number(query.get('size') ?? 50), cap);
	const pageNumber = Number(query.get('page') ?? 0);
	const after = records.filter(({ id }) => previousId === 0 || (isFalling ? id < previousId : id > previousId));
	const results = (isFalling ? [...after].reverse() : after).slice(pageNumber * size, (pageNumber + 1) * size);
	return { results, meta: { pageNumber, pageSize: size, resultCount: results.length, totalCount: after.length } };
}

export interface HostileServer extends RawServer {
	/** From now on the kind answers, where its surface meets it. */
	begin(): void;
}

/** Answers honestly, but for the requests that `isTarget` names. Where a trigger watches, a record arrives at the beginning. */
export async function hostileServer(
	kind: AnswerKind,
	isTarget: (request: RawRequest) => boolean,
	isWatched: boolean,
): Promise<HostileServer> {
	const server = Object.assign(await rawServer(), { begin: () => void (hasBegun = true) });
	let hasBegun = false;
	let earlier = 0;
	server.answer = async (request, response) => {
		const { right, contentType } = honest(request, hasBegun && isWatched);
		if (hasBegun && isTarget(request)) {
			const records = isWatched ? [...RECORDS, ARRIVED] : RECORDS;
			const exchange: Exchange = { request, response, right, contentType, records, earlier: earlier++ };
			return await kind.send(exchange);
		}
		response.writeHead(200, { 'content-type': contentType });
		response.end(right);
	};
	return server;
}

function honest(request: RawRequest, hasArrived: boolean): Pick<Exchange, 'right' | 'contentType'> {
	const json = (body: unknown) => ({ right: Buffer.from(JSON.stringify(body)), contentType: 'application/json' });
	const { path, method } = request;
	if (path.startsWith('/attachments/'))
		return { right: multipart(), contentType: `multipart/mixed; boundary=${BOUNDARY}` };
	if (path === '/sessioninfo') return json({ companyId: 7, companyName: 'Pöytä Oy', userId: 1, username: 'aino' });
	if (path === '/invoices') return json(listOf(request, 200, hasArrived ? [...RECORDS, ARRIVED] : RECORDS));
	const id = /^\/(?:invoices|products)\/(\d+)/.exec(path)?.[1];
	if (id !== undefined)
		return json(
			method === 'GET' ? { ...record(Number(id)), currency: 'EUR', price: 1 } : { id: Number(id), name: 'Pöytä' },
		);
	if (method !== 'GET') return json({ id: 999, name: 'Pöytä' });
	return json(listOf(request));
}

function multipart(): Buffer {
	return Buffer.concat([
		Buffer.from(
			`--${BOUNDARY}\r\ncontent-type: application/json\r\n\r\n{"name":"kuitti.pdf","mimeType":"application/pdf","id":5}\r\n`,
		),
		Buffer.from(
			`--${BOUNDARY}\r\ncontent-type: application/pdf\r\ncontent-disposition: attachment; filename="x.pdf"\r\n\r\n`,
		),
		FILE,
		Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
	]);
}
