/** Starts and stops a real n8n on loopback ports, quiet and offline. */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Installation } from './install';
import { ended, freePort, run, waitFor } from './processes';

const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_LOG_LEVEL: 'debug',
	NO_COLOR: '1',
};

export interface ServerOptions {
	installation: Installation;
	/** Holds database, settings and community packages; survives restarts. */
	userFolder: string;
	/** 0 or nothing: any free port. */
	port?: number;
	encryptionKey: string;
	environment?: NodeJS.ProcessEnv;
	/** Runs the executions of another process, in queue mode. Its port answers for its health alone. */
	isWorker?: boolean;
}

export class N8nServer {
	private child?: ChildProcess;

	private constructor(
		private readonly options: ServerOptions,
		readonly port: number,
		private readonly brokerPort: number,
	) {}

	/** Reserves the ports; they stay the same over restarts, as a callback URL must. */
	static async create(options: ServerOptions): Promise<N8nServer> {
		mkdirSync(options.userFolder, { recursive: true });
		return new N8nServer(options, options.port || (await freePort()), await freePort());
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Everything that n8n printed, over all its starts. */
	get logFile(): string {
		return join(this.options.userFolder, 'n8n.log');
	}

	/**
	 * Starts n8n and waits until it answers and is ready.
	 * @throws when it ends by itself or takes longer than five minutes
	 */
	async start(): Promise<void> {
		const { installation, userFolder, isWorker } = this.options;
		const child = spawn(installation.node, [installation.n8n, isWorker ? 'worker' : 'start'], {
			cwd: userFolder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: this.environment(),
		});
		this.child = child;
		const keep = (chunk: Buffer) => appendFileSync(this.logFile, chunk);
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		await waitFor(`n8n to be ready at ${this.url}`, 300, async () => {
			if (child.exitCode !== null)
				throw new Error(
					`n8n ended with ${child.exitCode} before it was ready:\n${readFileSync(this.logFile, 'utf8').slice(-2000)}`,
				);
			// n8n 1 is "ready" before it serves the editor's calls.
			const answers = await Promise.all(
				(isWorker ? ['healthz/readiness'] : ['healthz/readiness', 'rest/settings']).map(
					async (path) => await fetch(`${this.url}/${path}`).catch(() => undefined),
				),
			);
			return answers.every((answer) => answer?.ok) ? true : undefined;
		});
	}

	/** Of the process that runs now. */
	get pid(): number | undefined {
		return this.child?.exitCode === null ? this.child.pid : undefined;
	}

	/** Ends n8n in order (SIGTERM), by force when that takes longer than half a minute. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends n8n at once, as a crash or a loss of power would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/**
	 * What n8n's database holds of all credentials, decrypted: what was typed and the tokens that n8n wrote beside it.
	 * For a stopped n8n.
	 */
	async exportCredentials(): Promise<Array<{ name: string; type: string; data: ICredentialDataDecryptedObject }>> {
		const { installation, userFolder } = this.options;
		const file = join(userFolder, 'credentials.json');
		const args = [installation.n8n, 'export:credentials', '--all', '--decrypted', `--output=${file}`];
		await run(installation.node, args, { cwd: userFolder, env: this.environment(), limitMinutes: 2 });
		try {
			return JSON.parse(readFileSync(file, 'utf8')) as Array<{
				name: string;
				type: string;
				data: ICredentialDataDecryptedObject;
			}>;
		} finally {
			rmSync(file, { force: true });
		}
	}

	private environment(): NodeJS.ProcessEnv {
		const { installation, userFolder, encryptionKey, environment, isWorker } = this.options;
		return {
			...installation.environment,
			...quiet,
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: encryptionKey,
			N8N_PORT: String(this.port),
			N8N_EDITOR_BASE_URL: this.url,
			N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
			GENERIC_TIMEZONE: 'Europe/Helsinki',
			...(isWorker && { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(this.port) }),
			...environment,
		};
	}

	private async end(signal: NodeJS.Signals) {
		const { child } = this;
		if (!child) return;
		this.child = undefined;
		child.kill(signal);
		const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
		await ended(child);
		clearTimeout(timer);
	}
}
