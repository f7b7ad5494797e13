/**
 * Runs of many kinds against a server that fails in every way, in a process of its own: Node ends it when a promise is
 * rejected and nobody hears of it, as it would end n8n. Ends with 0 and says how many runs there were.
 */
import type { ServerResponse } from 'node:http';
import { Engine } from '../engine/harness';
import { json, rawServer, type RawRequest } from './rawServer';

const RUNS = 30;
let seed = 7;

/** A number from 0 up to 1, the same ones in every storm. */
function random(): number {
	seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
	return seed / 2_147_483_648;
}

const bodies = ['null', '[null, 1, {"id": "x"}]', '{"results": {"a": 1}}', '{"results": [null, 5, "x"]}', '<html>', ''];
const faults: Array<(response: ServerResponse) => void> = [
	(response) => void response.destroy(),
	(response) => json(response, { errors: [{ status: 403, message: 'no' }] }, 403),
	(response) => json(response, {}, 401),
	(response) => json(response, {}, 429, { 'retry-after': '0' }),
	(response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<html>'),
	(response) => void response.writeHead(200).end(bodies[Math.floor(random() * bodies.length)]),
	(response) => {
		response.writeHead(200, { 'content-length': '1000' });
		response.write('{');
		response.destroy();
	},
];

function answer({ method, path, query }: RawRequest, response: ServerResponse): void {
	if (random() < 0.25) return faults[Math.floor(random() * faults.length)](response);
	if (path === '/invoices' && method === 'GET') return json(response, page(query));
	const ids = /^\/invoices\/(\d+(?:,\d+)*)$/.exec(path)?.[1].split(',').map(Number);
	json(response, ids && ids.length > 1 ? ids.map((id) => ({ id, invoiceRows: [] })) : { id: ids?.[0] });
}

/** A page of 3,000 invoices. */
function page(query: URLSearchParams): object {
	const from = query.get('orderById') === 'DESC' ? 2801 : Number(query.get('previousId') ?? 0) + 1;
	const ids = Array.from({ length: Math.max(0, Math.min(200, 3001 - from)) }, (_, index) => from + index);
	return {
		results: (query.get('orderById') === 'DESC' ? ids.reverse() : ids).map((id) => ({ id })),
		meta: { pageSize: 200 },
	};
}

const many = Array.from({ length: 250 }, (_, index) => ({ id: index + 1 }));
const chosen = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const kinds = [
	{ parameters: { operation: 'getAll', returnAll: true, includeDetails: true }, items: [{}] },
	{
		parameters: { operation: 'getAll', limit: 700, includeDetails: true, sort: 'orderByDate:DESC' },
		items: [{}],
	},
	{ parameters: { operation: 'getAll', returnAll: true, show: 'all' }, items: [{}, {}] },
	{ parameters: { operation: 'get', invoiceId: '={{ $json.id }}' }, items: many },
	{ parameters: { operation: 'approve', invoiceId: chosen }, items: many.slice(0, 10) },
	{ parameters: { operation: 'update', invoiceId: chosen, updateFields: { notes: 'x' } }, items: many.slice(0, 10) },
];

async function storm(): Promise<void> {
	const engine = await Engine.start();
	const server = await rawServer();
	server.answer = answer;
	server.token = (_, response) =>
		random() < 0.1
			? json(response, { error: 'x' }, 401)
			: json(response, { access_token: `storm-token-${Math.floor(random() * 1e9)}` });
	const states = new Map<string, number>();
	for (let run = 0; run < RUNS; run++) {
		const { parameters, items } = kinds[run % kinds.length];
		const { status } = await engine.runNode({
			type: 'procountor',
			parameters: { resource: 'invoice', ...parameters },
			credentials: {
				procountorApi: {
					environment: 'custom',
					baseUrl: server.url,
					clientId: 'storm',
					clientSecret: 'storm-secret',
					apiKey: `storm-key-${run}`,
					requestsPerSecond: 1000,
				},
			},
			items,
			settings: random() < 0.5 ? { onError: 'continueRegularOutput' } : {},
			cancel: random() < 0.2 ? AbortSignal.timeout(Math.floor(random() * 300)) : undefined,
		});
		states.set(status, (states.get(status) ?? 0) + 1);
	}
	// What nobody hears of is told at the end of a turn.
	await new Promise((resolve) => setTimeout(resolve, 500));
	await server.close();
	process.stdout.write(`${JSON.stringify(Object.fromEntries(states))}\n`);
}

void storm().then(() => process.exit(0));
