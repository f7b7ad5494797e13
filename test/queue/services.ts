/** Redis and PostgreSQL from Debian on loopback ports, with folders of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, installDebianPackages, run, waitFor } from '../e2e/processes';

const REDIS = '/usr/bin/redis-server';
const POSTGRES = '/usr/lib/postgresql';

/** Installs what is missing. @throws with what to install, where this user may not do that */
export async function installServices(print: (line: string) => void): Promise<void> {
	const missing = [
		...(existsSync(REDIS) ? [] : ['redis-server']),
		...(postgresPrograms() === undefined ? ['postgresql'] : []),
	];
	if (missing.length === 0) return;
	print(`Installing ${missing.join(' and ')} …`);
	await installDebianPackages(missing);
}

function postgresPrograms(): string | undefined {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	return versions.map((version) => join(POSTGRES, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/** A program that listens on a port, and can be ended and started again with its data. */
class Service {
	private child?: ChildProcess;

	constructor(
		private readonly command: string,
		private readonly args: string[],
		readonly port: number,
		private readonly user?: { uid: number; gid: number },
	) {}

	async start(): Promise<void> {
		const child = spawn(this.command, this.args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...this.user });
		this.child = child;
		let log = '';
		const keep = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-3000));
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		await waitFor(`${this.command} on port ${this.port}`, 60, async () => {
			if (child.exitCode !== null) throw new Error(`${this.command} ended with ${child.exitCode}:\n${log}`);
			return (await accepts(this.port)) || undefined;
		});
	}

	async end(signal: NodeJS.Signals): Promise<void> {
		const { child } = this;
		if (!child) return;
		this.child = undefined;
		child.kill(signal);
		await ended(child);
	}
}

export class Services {
	private constructor(
		readonly redis: Service,
		readonly postgres: Service,
		private readonly folder: string,
	) {}

	/** Starts both with empty data. */
	static async start(): Promise<Services> {
		// PostgreSQL does not run as root, and its user may have no way into the project's folder.
		const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
		const programs = postgresPrograms() ?? '';
		const user = userInfo().uid === 0 ? userCalled('postgres') : undefined;
		for (const name of ['redis', 'postgres']) mkdirSync(join(folder, name));
		if (user) for (const place of [folder, join(folder, 'postgres')]) chownSync(place, user.uid, user.gid);
		const data = join(folder, 'postgres', 'data');
		await run(join(programs, 'initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
			cwd: '/',
			limitMinutes: 2,
			user,
		});
		const [redisPort, postgresPort] = [await freePort(), await freePort()];
		const redis = new Service(
			REDIS,
			['--port', String(redisPort), '--bind', '127.0.0.1', '--dir', join(folder, 'redis'), '--appendonly', 'yes'],
			redisPort,
		);
		const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=100'];
		const postgres = new Service(
			join(programs, 'postgres'),
			['-D', data, '-p', String(postgresPort), ...settings.flatMap((setting) => ['-c', setting])],
			postgresPort,
			user,
		);
		const services = new Services(redis, postgres, folder);
		try {
			await Promise.all([redis.start(), postgres.start()]);
		} catch (error) {
			await services.stop();
			throw error;
		}
		return services;
	}

	/** What n8n's processes need to know of both. */
	get environment(): NodeJS.ProcessEnv {
		return {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.postgres.port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_PASSWORD: 'not asked for',
		};
	}

	async stop(): Promise<void> {
		await Promise.all([this.redis.end('SIGKILL'), this.postgres.end('SIGQUIT')]);
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** @throws when this machine has no such user */
function userCalled(name: string): { uid: number; gid: number } {
	const line = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.find((one) => one.startsWith(`${name}:`));
	if (line === undefined) throw new Error(`This machine has no user '${name}', which PostgreSQL's package makes`);
	const [, , uid, gid] = line.split(':').map(Number);
	return { uid, gid };
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => resolve(Boolean(socket.destroy())));
		socket.once('error', () => resolve(false));
	});
}
