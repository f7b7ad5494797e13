import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { DEMO } from '../sandbox';

const projectRoot = join(__dirname, '..', '..');

/** One request as the sandbox's journal tells it. */
export interface Seen {
	/** When it arrived, in milliseconds of the sandbox. */
	atMs: number;
	method: string;
	contractPath?: string;
	status?: number;
}

/** What one measured piece of work asked of the sandbox. */
export interface Asked {
	requests: number;
	tokenCalls: number;
	/** Requests beyond the sandbox's limit. */
	violations: number;
	/** Requests that a token that had expired was refused for. */
	unauthorized: number;
	/** The most requests that arrived within one second, token calls and repeats too. */
	mostInASecond: number;
}

/** The sandbox in a process of its own, so that its work does not count as the node's. */
export class SandboxProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
		private readonly admin: AxiosInstance,
	) {}

	/** Starts it on a free port of this machine and waits until it answers. */
	static async start(): Promise<SandboxProcess> {
		const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'test', 'sandbox', 'main.ts'), '0'], {
			cwd: projectRoot,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		process.once('exit', () => child.kill());
		const url = await new Promise<string>((resolve, reject) => {
			child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}`)));
			child.stdout?.on('data', (chunk: Buffer) => {
				const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString());
				if (found) resolve(found[0]);
			});
		});
		return new SandboxProcess(child, url, axios.create({ baseURL: `${url}/_sandbox`, maxBodyLength: Infinity }));
	}

	async stop(): Promise<void> {
		const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
		this.child.kill('SIGTERM');
		await ended;
	}

	/** As at the start; all tokens die. */
	async reset(): Promise<void> {
		await this.admin.post('/reset');
	}

	async seed(amounts: { invoices?: number; journals?: number; everySeconds?: number }): Promise<void> {
		await this.admin.post(`/companies/${DEMO.companyId}/seed`, amounts);
	}

	/** Every answer comes this much later; with `perSecond`, more requests than that are refused and counted. */
	async conditions(latency: number, perSecond?: number): Promise<void> {
		await this.admin.delete('/faults');
		if (latency > 0) await this.admin.post('/faults', { kind: 'latency', ms: latency, times: 0 });
		if (perSecond !== undefined)
			await this.admin.put('/ratelimit', { requests: perSecond, windowMs: 1000, retryAfter: 1 });
	}

	/** All access tokens expire now. */
	async expireTokens(): Promise<void> {
		await this.admin.post('/tokens/revoke');
	}

	async clearJournal(): Promise<void> {
		await this.admin.delete('/journal');
	}

	/** Every request since the journal was cleared, oldest first. */
	async journal(): Promise<Seen[]> {
		return (await this.admin.get<Seen[]>('/journal')).data;
	}

	/** Counts since the journal was cleared (violations: since the conditions were set); 'requests' are all but the token calls. */
	async asked(): Promise<Asked> {
		const [journal, { data: faults }] = await Promise.all([
			this.journal(),
			this.admin.get<{ violations: number }>('/faults'),
		]);
		const tokenCalls = journal.filter(({ contractPath }) => contractPath === '/oauth/token').length;
		return {
			requests: journal.length - tokenCalls,
			tokenCalls,
			violations: faults.violations,
			unauthorized: journal.filter(({ status }) => status === 401).length,
			mostInASecond: mostWithin(
				journal.map(({ atMs }) => atMs),
				1000,
			),
		};
	}
}

/** The most of some times that lie within one window of a length. */
export function mostWithin(times: readonly number[], window: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	let most = 0;
	for (let first = 0, last = 0; last < sorted.length; last++) {
		while (sorted[last] - sorted[first] >= window) first++;
		most = Math.max(most, last - first + 1);
	}
	return most;
}
