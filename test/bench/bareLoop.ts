import { Agent } from 'node:http';
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { DEMO } from '../sandbox';

/** Requests at once: as many as the node has under way. */
const AT_ONCE = 16;
const PAGE = 200;
/** The parts in which the wide form reads a list: as many as the node does. */
const PARTS = 8;

interface Row {
	id: number;
}

/**
 * A script on a client library. It does the least requests that the work can be done with: pages one after the other, since
 * each can only be asked for when the one before is there, and the details of a page while the next one is on its way.
 */
export class BareLoop {
	private readonly http: AxiosInstance;
	private readonly agent: Agent;

	constructor(
		private readonly url: string,
		keepAlive: boolean,
	) {
		this.agent = new Agent({ keepAlive, maxSockets: AT_ONCE });
		this.http = axios.create({ baseURL: `${url}/latest/api`, httpAgent: this.agent, maxBodyLength: Infinity });
	}

	close(): void {
		this.agent.destroy();
	}

	async logIn(): Promise<void> {
		const form = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: DEMO.client.id,
			client_secret: DEMO.client.secret,
			api_key: DEMO.keys.admin,
		}).toString();
		const { data } = await axios.post<{ access_token: string }>(`${this.url}/latest/api/oauth/token`, form, {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
		this.http.defaults.headers.common.authorization = `Bearer ${data.access_token}`;
	}

	/** Every record of a list by rising id; `each` gets the pages as they come, and is waited for at the end. */
	async list<T extends Row>(path: string, each: (page: T[]) => Promise<unknown> = async () => undefined): Promise<T[]> {
		const records: T[] = [];
		const underWay: Array<Promise<unknown>> = [];
		for (let after = 0; ;) {
			const page = await this.page<T>(path, { orderById: 'ASC', previousId: after || undefined });
			records.push(...page);
			if (page.length) underWay.push(each(page));
			if (page.length < PAGE) break;
			after = page[page.length - 1].id;
		}
		await Promise.all(underWay);
		return records;
	}

	/** The same with as much at once as the node: the ids between the first and the newest page in parts side by side. */
	async listWide<T extends Row>(
		path: string,
		each: (page: T[]) => Promise<unknown> = async () => undefined,
	): Promise<T[]> {
		const underWay: Array<Promise<unknown>> = [];
		const first = await this.page<T>(path, { orderById: 'ASC' });
		underWay.push(each(first));
		if (first.length < PAGE) return await Promise.all(underWay).then(() => first);
		const from = first[first.length - 1].id;
		const newest = (await this.page<T>(path, { orderById: 'DESC' })).filter(({ id }) => id > from).reverse();
		underWay.push(each(newest));
		const to = newest[0]?.id ?? from;
		const walk = async (after: number, end: number): Promise<T[]> => {
			const found: T[] = [];
			while (after < end) {
				const page = await this.page<T>(path, { orderById: 'ASC', previousId: after });
				const within = page.filter(({ id }) => id <= end);
				found.push(...within);
				underWay.push(each(within));
				if (page.length < PAGE || within.length < page.length) break;
				after = page[page.length - 1].id;
			}
			return found;
		};
		const bound = (part: number) => Math.round(from + ((to - 1 - from) * part) / PARTS);
		const parts = await Promise.all(Array.from({ length: PARTS }, (_, part) => walk(bound(part), bound(part + 1))));
		await Promise.all(underWay);
		return [first, ...parts, newest].flat();
	}

	async details<T>(path: string, ids: readonly number[]): Promise<T[]> {
		if (ids.length === 0) return [];
		const { data } = await this.http.get<T | T[]>(`${path}/${ids.join(',')}`);
		return Array.isArray(data) ? data : [data];
	}

	/** All ids in batches of 200, some batches at once. */
	async batches<T>(path: string, ids: readonly number[]): Promise<T[]> {
		const batches = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, index) =>
			ids.slice(index * PAGE, index * PAGE + PAGE),
		);
		return (await Promise.all(batches.map(async (batch) => await this.details<T>(path, batch)))).flat();
	}

	async request<T>(method: string, path: string, body?: unknown, more: AxiosRequestConfig = {}): Promise<T> {
		return (await this.http.request<T>({ method, url: path, data: body, ...more })).data;
	}

	private async page<T>(path: string, params: object): Promise<T[]> {
		return (await this.http.get<{ results: T[] }>(path, { params: { size: PAGE, ...params } })).data.results;
	}
}

/** Does the work for a list of things, so many at once. */
export async function eachOf<T, R>(
	things: readonly T[],
	atOnce: number,
	work: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(things.length);
	let next = 0;
	const lane = async (): Promise<void> => {
		for (let index = next++; index < things.length; index = next++) results[index] = await work(things[index], index);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, lane));
	return results;
}
