import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Engine, type SavedCredential } from '../engine/harness';
import { DEMO } from '../sandbox';
import { BareLoop } from './bareLoop';
import { baseNodesFolder, HttpRequestNode } from './httpRequest';
import { SandboxProcess } from './sandboxProcess';
import { median } from './stats';

const projectRoot = `${__dirname}/../..`;

/** One way of doing a piece of work, measured several times. */
export interface Measured {
	milliseconds: number;
	requests: number;
	tokenCalls: number;
	violations: number;
	items: number;
	/** The longest time that the event loop was held, in milliseconds. */
	longestHold: number;
}

/** Everything that a case needs: the sandbox, n8n's engine with our node, n8n's HTTP Request node, bare loops. */
export class Bench {
	private constructor(
		readonly sandbox: SandboxProcess,
		readonly engine: Engine,
		readonly credential: SavedCredential,
		readonly http: HttpRequestNode,
		readonly bare: BareLoop,
		readonly bareKeepAlive: BareLoop,
	) {}

	static async start(): Promise<Bench> {
		const sandbox = await SandboxProcess.start();
		const engine = await Engine.start([projectRoot, baseNodesFolder()]);
		const credential = engine.saveCredential('procountorApi', credentialFor(sandbox.url, 1000));
		return new Bench(sandbox, engine, credential, new HttpRequestNode(engine, credential), new BareLoop(sandbox.url, false), new BareLoop(sandbox.url, true));
	}

	get base(): string {
		return `${this.sandbox.url}/latest/api`;
	}

	/** Logs everybody in, so that no token call is part of a measured time. */
	async logIn(): Promise<void> {
		await this.bare.logIn();
		await this.bareKeepAlive.logIn();
		this.credential.data.accessToken = '';
		await this.node('company', 'getSession');
	}

	/** Runs our node with the given requests a second, in a credential of its own when they differ from the usual. */
	async node(resource: string, operation: string, parameters: Record<string, unknown> = {}, items: object[] = [{}], credential = this.credential): Promise<number> {
		const run = await this.engine.runNode({ type: 'procountor', parameters: { resource, operation, ...parameters } as never, items: items as never, credentials: { procountorApi: credential } });
		if (run.error) throw new Error(`${resource} ${operation}: ${run.error.message} ${run.error.description ?? ''}`);
		return run.items[0].length;
	}

	async stop(): Promise<void> {
		this.bare.close();
		this.bareKeepAlive.close();
		await this.sandbox.stop();
	}

	/** Does the work `times` times and takes the middle of what was measured. */
	async measure(times: number, work: () => Promise<number>): Promise<Measured> {
		const all: Measured[] = [];
		for (let time = 0; time < times; time++) {
			await this.sandbox.clearJournal();
			const hold = monitorEventLoopDelay({ resolution: 1 });
			hold.enable();
			const began = performance.now();
			const items = await work();
			const milliseconds = performance.now() - began;
			hold.disable();
			all.push({ milliseconds, items, longestHold: hold.max / 1e6, ...(await this.sandbox.asked()) });
		}
		const middle = (read: (one: Measured) => number) => median(all.map(read));
		return {
			milliseconds: middle((one) => one.milliseconds),
			requests: middle((one) => one.requests),
			tokenCalls: Math.max(...all.map((one) => one.tokenCalls)),
			violations: Math.max(...all.map((one) => one.violations)),
			items: all[0].items,
			longestHold: middle((one) => one.longestHold),
		};
	}
}

export function credentialFor(url: string, requestsPerSecond: number) {
	return { environment: 'custom', baseUrl: url, clientId: DEMO.client.id, clientSecret: DEMO.client.secret, apiKey: DEMO.keys.admin, requestsPerSecond };
}
