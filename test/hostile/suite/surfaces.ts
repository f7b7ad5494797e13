/** The places where a person meets Procountor, each run once against one kind of answer. */
import type { Engine, CredentialData, RunResult } from '../../engine/harness';
import { byId } from '../../engine/support';
import type { RawRequest } from '../rawServer';
import type { AnswerKind, Surface } from './kind';
import { ARRIVED, FILE, hostileServer, RECORDS, type HostileServer } from './server';

/** What came of one run, as a person sees it. */
export interface Seen {
	outcome: 'right' | 'wrong' | 'failed' | 'endless';
	/** All that is said: the message first, then what is to do. */
	message: string;
	advice: string;
	/** What came out in place of the right result. */
	result?: unknown;
	requests: number;
	/** Requests that write, by method and path. */
	writes: string[];
}

interface Run {
	engine: Engine;
	server: HostileServer;
	credential: CredentialData;
}

interface Place {
	isTarget(request: RawRequest): boolean;
	/** Runs it; gives whether the result is the right one, and the result. Throws what is shown to a person. */
	run(run: Run): Promise<{ isRight: boolean; result: unknown }>;
}

const KEY = 'api-key-number-1';
const CLIENT_SECRET = 'client-secret-number-1';
/** What must never be told: the key, the client's secret and every token. */
export const SECRETS = /api-key-number-1|client-secret-number-1|raw-token-number/;

const at = (method: string, path: string) => (request: RawRequest) =>
	request.method === method && request.path === path;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const allIds = RECORDS.map(({ id }) => id);

async function ran(
	{ engine, credential }: Run,
	resource: string,
	operation: string,
	parameters: Record<string, unknown>,
): Promise<RunResult> {
	const result = await engine.runNode({
		type: 'procountor',
		parameters: { resource, operation, ...parameters } as never,
		credentials: { procountorApi: credential },
	});
	if (result.error) throw Object.assign(new Error(result.error.message), { description: result.error.description });
	return result;
}

async function readList(run: Run, ...[resource, operation, parameters]: [string, string, Record<string, unknown>]) {
	const { items } = await ran(run, resource, operation, parameters);
	// Some lists give the newest first.
	const found = [...(items[0] ?? [])].sort((a, b) => Number(a.json.id) - Number(b.json.id));
	const names = found.map(({ json }) => json.name ?? 'Pöytä');
	return {
		isRight:
			same(
				found.map(({ json }) => json.id),
				allIds,
			) && names.every((name) => String(name).startsWith('Pöytä')),
		result: items,
	};
}

let triggers = 0;

export const places: Record<Surface, Place> = {
	list: {
		isTarget: at('GET', '/invoices'),
		run: async (run) => await readList(run, 'invoice', 'getAll', { returnAll: true, simple: false }),
	},
	record: {
		isTarget: at('GET', '/invoices/5'),
		async run(run) {
			const result = await ran(run, 'invoice', 'get', { invoiceId: '5', simple: false });
			return {
				isRight: same(
					result.items[0].map(({ json }) => [json.id, json.name]),
					[[5, 'Pöytä 5']],
				),
				result: result.items,
			};
		},
	},
	write: {
		// A write that is sent as it is, without looking first or afterwards.
		isTarget: at('POST', '/dimensions/1/items'),
		async run(run) {
			const result = await ran(run, 'dimension', 'createItem', { dimensionId: '1', codeName: 'Oulu' });
			return { isRight: result.items[0].length === 1, result: result.items };
		},
	},
	update: {
		isTarget: at('GET', '/invoices/5'),
		async run(run) {
			await ran(run, 'invoice', 'update', { invoiceId: byId(5), updateFields: { notes: 'x' } });
			const put = run.server.requests
				.filter(({ method }) => method === 'PUT')
				.map(({ body }) => JSON.parse(body) as object);
			return {
				isRight: put.length === 1 && same((put[0] as { version?: unknown }).version, '2026-10-01T10:00:05'),
				result: put,
			};
		},
	},
	upsert: {
		isTarget: at('GET', '/products'),
		async run(run) {
			await ran(run, 'product', 'upsert', {
				type: 'SALES',
				code: 'K-101',
				name: 'Pöytä',
				price: 1,
				lookUp: 0,
				additionalFields: {},
			});
			const writes = writesOf(run.server);
			return { isRight: same(writes, ['PUT /products/101']), result: writes };
		},
	},
	download: {
		isTarget: at('GET', '/attachments/5'),
		async run(run) {
			const result = await ran(run, 'attachment', 'download', { attachmentId: '5' });
			const [item] = result.items[0];
			const bytes = Buffer.from(item.binary?.data.data ?? '', 'base64');
			return { isRight: bytes.equals(FILE) && item.json.fileName === 'kuitti.pdf', result: item.json };
		},
	},
	apiRequest: {
		isTarget: at('GET', '/invoices/5'),
		async run(run) {
			const result = await ran(run, 'apiRequest', 'send', { method: 'GET', path: '/invoices/5' });
			return {
				isRight: same(
					result.items[0].map(({ json }) => [json.id, json.name]),
					[[5, 'Pöytä 5']],
				),
				result: result.items,
			};
		},
	},
	allPages: {
		isTarget: at('GET', '/somethingnew'),
		run: async (run) =>
			await readList(run, 'apiRequest', 'send', { method: 'GET', path: '/somethingnew', options: { allPages: true } }),
	},
	trigger: {
		isTarget: at('GET', '/invoices'),
		async run({ engine, server, credential }) {
			const poller = engine.poller({
				type: 'procountorTrigger',
				// A poll that is under way keeps others of the same node from beginning, and ports are used again.
				name: `Trigger ${++triggers}`,
				parameters: { event: 'invoiceCreated', includeDetails: false },
				credentials: { procountorApi: credential },
			});
			await poller.poll();
			const before = JSON.stringify(poller.staticData);
			server.begin();
			try {
				const items = (await poller.poll()) ?? [];
				return {
					isRight: same(
						items.map(({ json }) => json.id),
						[ARRIVED.id],
					),
					result: items,
				};
			} catch (error) {
				// A poll that failed must not have forgotten or skipped anything.
				if (JSON.stringify(poller.staticData) !== before) throw new Error('The failed poll changed the memory');
				throw error;
			}
		},
	},
	picker: {
		isTarget: at('GET', '/products'),
		async run({ engine, credential }) {
			const results: Array<{ name: string; value: unknown }> = [];
			let paginationToken: unknown;
			// The editor reads on while a person scrolls.
			for (let read = 0; read < 10 && (read === 0 || paginationToken !== undefined); read++) {
				const page = await engine.listSearch('searchProduct', {
					type: 'procountor',
					parameters: { authentication: 'apiKey' },
					credentials: { procountorApi: credential },
					...(paginationToken === undefined ? {} : { paginationToken: String(paginationToken) }),
				} as never);
				results.push(...page.results);
				paginationToken = (page as { paginationToken?: unknown }).paginationToken;
			}
			return {
				isRight:
					same(
						results.map(({ value }) => value),
						allIds,
					) && results[0].name.startsWith('Pöytä'),
				result: results,
			};
		},
	},
	test: {
		isTarget: at('GET', '/sessioninfo'),
		async run({ engine, credential }) {
			const { status, message } = await engine.testCredential('procountorApi', credential);
			if (status === 'Error') throw new Error(message);
			return { isRight: true, result: status };
		},
	},
};

const writesOf = (server: HostileServer): string[] =>
	server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** Runs one surface against one kind of answer, for at most `longest` milliseconds. */
export async function meet(engine: Engine, kind: AnswerKind, surface: Surface, longest: number): Promise<Seen> {
	const place = places[surface];
	const server = await hostileServer(kind, place.isTarget, surface === 'trigger');
	if (surface !== 'trigger') server.begin();
	const credential = {
		environment: 'custom',
		baseUrl: server.url,
		clientId: 'client',
		clientSecret: CLIENT_SECRET,
		apiKey: KEY,
		requestsPerSecond: 1000,
	};
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), longest)));
	const told = { message: '', advice: '', requests: 0, writes: [] as string[] };
	try {
		const done = await Promise.race([place.run({ engine, server, credential }), late]);
		const rest = { ...told, requests: server.requests.length, writes: writesOf(server) };
		if (done === 'late') return { ...rest, outcome: 'endless' };
		return { ...rest, outcome: done.isRight ? 'right' : 'wrong', result: done.result };
	} catch (error) {
		const { message, description } = error as Error & { description?: unknown };
		return {
			outcome: 'failed',
			message,
			advice: typeof description === 'string' ? description : '',
			requests: server.requests.length,
			writes: writesOf(server),
		};
	} finally {
		clearTimeout(timer);
		await server.close();
	}
}
