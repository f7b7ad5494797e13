import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BareLoop } from './bareLoop';
import { credentialFor } from './credential';
import { collect } from './gc';
import { HttpRequestNode } from './httpRequest';
import { N8n, type SavedCredential, type Step } from './n8n';
import { baseNodesFolder, frozenPackage } from './packages';
import { SandboxProcess, type Asked } from './sandboxProcess';

/** What a piece of work came to: how many items, and which part of it stands for more of the same. */
export interface Done {
	items: number;
	/** A stage of which only a share was done: `times` as much is counted for it. */
	counted?: { times: number; milliseconds: number; requests: number };
}

/** One run of a piece of work. */
export interface Run extends Asked {
	/** The whole work, with what was counted up. */
	milliseconds: number;
	items: number;
}

/** Everything that a case needs: the sandbox, n8n's engine with our node, n8n's HTTP Request node, bare loops. */
export class Bench {
	private constructor(
		/** The built package that is measured. */
		readonly folder: string,
		readonly sandbox: SandboxProcess,
		readonly n8n: N8n,
		/** As fast as the credential allows: its number of requests a second is the highest. */
		readonly credential: SavedCredential,
		/** Requests a second at 50, as is right for one n8n process. */
		readonly limitedCredential: SavedCredential,
		readonly http: HttpRequestNode,
		readonly bare: BareLoop,
		readonly bareKeepAlive: BareLoop,
	) {}

	static async start(): Promise<Bench> {
		const sandbox = await SandboxProcess.start();
		const folder = frozenPackage();
		const n8n = await N8n.start([folder, baseNodesFolder()]);
		const credential = n8n.saveCredential('procountorApi', credentialFor(sandbox.url, 1000));
		const limited = n8n.saveCredential('procountorApi', credentialFor(sandbox.url, 50));
		const http = new HttpRequestNode(n8n, credential, `${sandbox.url}/latest/api`);
		return new Bench(
			folder,
			sandbox,
			n8n,
			credential,
			limited,
			http,
			new BareLoop(sandbox.url, false),
			new BareLoop(sandbox.url, true),
		);
	}

	async stop(): Promise<void> {
		this.bare.close();
		this.bareKeepAlive.close();
		await this.sandbox.stop();
	}

	/** The demo company as at the start, and everybody logged in, so that no token call is part of a measured time. */
	async reset(): Promise<void> {
		await this.sandbox.reset();
		await this.logIn();
	}

	async logIn(): Promise<void> {
		await this.bare.logIn();
		await this.bareKeepAlive.logIn();
		for (const credential of [this.credential, this.limitedCredential]) {
			credential.data.accessToken = '';
			await this.node('company', 'getSession', {}, undefined, credential);
		}
	}

	/** Runs an operation of our node; throws its error. */
	async node(
		resource: string,
		operation: string,
		parameters: IDataObject = {},
		items?: INodeExecutionData[],
		credential = this.credential,
	): Promise<INodeExecutionData[]> {
		return await this.n8n.run([this.step(resource, operation, parameters, credential)], items);
	}

	step(resource: string, operation: string, parameters: IDataObject, credential = this.credential): Step {
		return { type: 'procountor', parameters: { resource, operation, ...parameters }, credential };
	}

	/** Does a piece of work once and measures it. */
	async measure(work: () => Promise<Done>): Promise<Run> {
		await this.sandbox.clearJournal();
		collect();
		const began = performance.now();
		const { items, counted } = await work();
		const spent = performance.now() - began;
		const asked = await this.sandbox.asked();
		const more = counted ? counted.times - 1 : 0;
		return {
			...asked,
			items,
			milliseconds: spent + more * (counted?.milliseconds ?? 0),
			requests: Math.round(asked.requests + more * (counted?.requests ?? 0)),
		};
	}
}

/** Does a share of a stage; its time and requests are counted up to the whole. */
export async function shareOf<T>(
	whole: readonly T[],
	share: number,
	stage: (part: T[]) => Promise<unknown[]>,
): Promise<Done> {
	const part = whole.slice(0, share);
	const began = performance.now();
	const items = (await stage(part)).length;
	return {
		items: Math.round((items * whole.length) / part.length),
		counted: { times: whole.length / part.length, milliseconds: performance.now() - began, requests: part.length },
	};
}
