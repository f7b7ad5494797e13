import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { DEMO } from '../sandbox';

const projectRoot = join(__dirname, '..', '..');

/** What one measured piece of work asked of the sandbox. */
export interface Asked {
	requests: number;
	tokenCalls: number;
	violations: number;
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
		const child = spawn(process.execPath, [join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(projectRoot, 'test', 'sandbox', 'main.ts'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
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

	async reset(): Promise<void> {
		await this.admin.post('/reset');
	}

	async seed(amounts: { invoices?: number; journals?: number }): Promise<void> {
		await this.admin.post(`/companies/${DEMO.companyId}/seed`, amounts);
	}

	/** Every answer comes this much later; and, if wanted, more than so many requests a second are refused and counted. */
	async conditions(latency: number, perSecond?: number): Promise<void> {
		await this.admin.delete('/faults');
		if (latency > 0) await this.admin.post('/faults', { kind: 'latency', ms: latency, times: 0 });
		if (perSecond !== undefined) await this.admin.put('/ratelimit', { requests: perSecond, windowMs: 1000, retryAfter: 1 });
	}

	async revokeTokens(): Promise<void> {
		await this.admin.post('/tokens/revoke');
	}

	async clearJournal(): Promise<void> {
		await this.admin.delete('/journal');
	}

	/** Counts since the journal was cleared; 'requests' are all but the token calls. */
	async asked(): Promise<Asked> {
		const [{ data: journal }, { data: faults }] = await Promise.all([this.admin.get<Array<{ contractPath?: string }>>('/journal'), this.admin.get<{ violations: number }>('/faults')]);
		const tokenCalls = journal.filter(({ contractPath }) => contractPath === '/oauth/token').length;
		return { requests: journal.length - tokenCalls, tokenCalls, violations: faults.violations };
	}
}
