/** Child processes with a time limit, and free ports. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** What npm tells its scripts about this project, and what would make a child npm work on it. */
const isNpmSetting = (name: string) =>
	/^npm_(package|lifecycle|config_(local_prefix|ignore_scripts|package_lock_only)|command|execpath)/i.test(name);

/** Under a test runner n8n and its packages would behave as in their own tests. */
const isOfTheTestRunner = (name: string) => name === 'NODE_ENV' || name === 'NODE_OPTIONS' || name.startsWith('JEST_');

/** This process's environment without n8n's settings, the test runner's, and npm's knowledge of this project. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !name.startsWith('N8N_') && !isNpmSetting(name) && !isOfTheTestRunner(name),
	);
	return { ...Object.fromEntries(kept), ...more };
}

/**
 * Runs a command to its end.
 * @param limitMinutes after which it is ended
 * @returns what it printed to its standard output
 * @throws when it fails, with the end of what it printed
 */
export async function run(
	command: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv; limitMinutes: number; user?: { uid: number; gid: number } },
): Promise<string> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? cleanEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
		...options.user,
	});
	let output = '';
	let all = '';
	child.stdout.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		all += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		all += chunk.toString();
	});
	const timer = setTimeout(() => child.kill('SIGKILL'), options.limitMinutes * 60_000);
	try {
		const { code, signal } = await ended(child);
		if (code !== 0)
			throw new Error(
				`"${command} ${args.join(' ')}" ended with ${signal ?? code} in ${options.cwd}:\n${all.slice(-3000)}`,
			);
		return output;
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Installs Debian packages.
 * @throws with what to do, when this user may not do that
 */
export async function installDebianPackages(packages: string[]): Promise<void> {
	const wait = ['-o', 'DPkg::Lock::Timeout=120'];
	try {
		await run('apt-get', ['update', ...wait], { cwd: '/', limitMinutes: 5 });
		await run('apt-get', ['install', '-y', '--no-install-recommends', ...wait, ...packages], {
			cwd: '/',
			limitMinutes: 10,
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(
			`Missing: ${packages.join(', ')}. Install them as root: apt-get install ${packages.join(' ')}\n${reason}`,
		);
	}
}

/** Waits until a process is gone. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
	if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode };
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({ code, signal }));
	});
}

/** A port on the loopback interface that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => {
		server.close(resolve);
	});
	return port;
}

/**
 * Asks again and again until there is an answer.
 * @param question returns undefined while there is none
 * @throws when the time is over, naming what was waited for
 */
export async function waitFor<T>(
	what: string,
	limitSeconds: number,
	question: () => Promise<T | undefined>,
	everyMilliseconds = 250,
): Promise<T> {
	const end = Date.now() + limitSeconds * 1000;
	for (;;) {
		const answer = await question();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`Waited ${limitSeconds} s in vain for ${what}`);
		await new Promise((resolve) => {
			setTimeout(resolve, everyMilliseconds);
		});
	}
}
