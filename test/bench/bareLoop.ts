import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import { DEMO } from '../sandbox';

/** Requests at once: as many as the node has under way. */
const AT_ONCE = 8;

interface Row {
	id: number;
}

/** A script on a client library that does the least possible requests, with or without kept connections. */
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
		const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: DEMO.client.id, client_secret: DEMO.client.secret, api_key: DEMO.keys.admin }).toString();
		const { data } = await axios.post<{ access_token: string }>(`${this.url}/latest/api/oauth/token`, form, { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
		this.http.defaults.headers.common.authorization = `Bearer ${data.access_token}`;
	}

	/** Every record of a list by keyset, and what `each` makes of a page while the next one is on its way. */
	async list<T extends Row>(path: string, each: (page: T[]) => Promise<unknown> = async () => undefined): Promise<T[]> {
		const records: T[] = [];
		const underWay: Array<Promise<unknown>> = [];
		for (let previousId = 0; ; ) {
			const { data } = await this.http.get<{ results: T[] }>(path, { params: { orderById: 'ASC', size: 200, ...(previousId ? { previousId } : {}) } });
			records.push(...data.results);
			if (data.results.length) underWay.push(each(data.results));
			if (data.results.length < 200) break;
			previousId = data.results[data.results.length - 1].id;
		}
		await Promise.all(underWay);
		return records;
	}

	async details<T>(path: string, ids: number[]): Promise<T[]> {
		const { data } = await this.http.get<T[]>(`${path}/${ids.join(',')}`);
		return Array.isArray(data) ? data : [data];
	}

	/** All ids in batches of 200, some batches at once. */
	async batches<T>(path: string, ids: number[]): Promise<T[]> {
		const batches = Array.from({ length: Math.ceil(ids.length / 200) }, (_, index) => ids.slice(index * 200, index * 200 + 200));
		return (await Promise.all(batches.map(async (batch) => await this.details<T>(path, batch)))).flat();
	}

	async post<T>(path: string, body: unknown): Promise<T> {
		return (await this.http.post<T>(path, body)).data;
	}
}
