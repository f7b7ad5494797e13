/** n8n in queue mode: a main process and workers, each with its own folder and port. */
import { readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { N8nDriver } from '../e2e/driver';
import { unpackInto, type Installation, type PackedProject } from '../e2e/install';
import { N8nServer } from '../e2e/server';
import { owner } from '../e2e/stage';
import type { Services } from './services';

export interface ClusterOptions {
	installation: Installation;
	packed: PackedProject;
	services: Services;
	/** For the processes' own folders and the files that they share. */
	folder: string;
	workers: number;
	/** Whether jobs of dead workers are noticed sooner than n8n does it. A busy machine can take a worker for dead then. */
	isImpatient: boolean;
}

/** Jobs whose worker died are noticed after 20 seconds instead of a minute, lost executions after a minute instead of three hours. */
const impatient = {
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '4000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export class Cluster {
	/** The highest memory of each process that has ended, in bytes. */
	private readonly peaks = new Map<string, number>();

	private constructor(
		readonly main: N8nServer,
		readonly workers: N8nServer[],
		readonly n8n: N8nDriver,
	) {}

	/** @param binaryMode where n8n keeps files: `filesystem`, in a folder that all processes share, or `database` */
	static async start(options: ClusterOptions, binaryMode: 'filesystem' | 'database'): Promise<Cluster> {
		const { installation, packed, services, folder, workers, isImpatient } = options;
		const environment = {
			...services.environment,
			...(isImpatient && impatient),
			EXECUTIONS_MODE: 'queue',
			N8N_DEFAULT_BINARY_DATA_MODE: binaryMode,
			N8N_STORAGE_PATH: join(folder, 'storage'),
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
			DB_POSTGRESDB_POOL_SIZE: '10',
			DB_POSTGRESDB_CONNECTION_TIMEOUT: '60000',
		};
		const server = async (name: string, isWorker: boolean): Promise<N8nServer> => {
			const userFolder = join(folder, name);
			rmSync(userFolder, { recursive: true, force: true });
			await unpackInto(userFolder, packed);
			return await N8nServer.create({
				installation,
				userFolder,
				encryptionKey: 'a key for the queue',
				environment,
				isWorker,
			});
		};
		const main = await server('main', false);
		const helpers: N8nServer[] = [];
		for (let index = 1; index <= workers; index++) helpers.push(await server(`worker-${index}`, true));
		const cluster = new Cluster(main, helpers, new N8nDriver(main.url));
		try {
			// The main process makes the tables that the workers need.
			await cluster.restart(main);
			await Promise.all(helpers.map(async (worker) => await cluster.restart(worker)));
		} catch (error) {
			await cluster.stop();
			throw error;
		}
		return cluster;
	}

	get all(): N8nServer[] {
		return [this.main, ...this.workers];
	}

	/** Starts a process again. The sandbox, which counts the requests of each second, comes before n8n when both want the processor. */
	async restart(server: N8nServer): Promise<void> {
		await server.start();
		if (server.pid !== undefined) setPriority(server.pid, constants.priority.PRIORITY_BELOW_NORMAL);
	}

	/** Starts those that have ended by themselves, as whatever runs n8n does. @returns how many */
	async revive(): Promise<number> {
		const gone = this.all.filter(({ pid }) => pid === undefined);
		await Promise.all(gone.map(async (server) => await this.restart(server)));
		if (gone.includes(this.main)) await this.n8n.logIn(owner);
		return gone.length;
	}

	async kill(server: N8nServer): Promise<void> {
		this.noteMemory();
		await server.kill();
	}

	/** The most memory that each process has held so far, in bytes. */
	memory(): Array<{ name: string; bytes: number }> {
		this.noteMemory();
		return [...this.peaks].map(([name, bytes]) => ({ name, bytes }));
	}

	private noteMemory(): void {
		for (const [index, { pid }] of this.all.entries()) {
			if (pid === undefined) continue;
			const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
			const name = index === 0 ? 'main' : `worker ${index}`;
			this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, Number(kilobytes) * 1024));
		}
	}

	async stop(): Promise<void> {
		await Promise.all(this.all.map(async (server) => await server.stop()));
	}
}
