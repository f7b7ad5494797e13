/** Installs n8n with the Node that it wants into a cache folder, and packs this project as npm would publish it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cleanEnvironment, run } from './processes';

export const n8nVersion = '2.41.1';

const projectRoot = join(__dirname, '..', '..');

/** Where n8n is installed; E2E_N8N_FOLDER moves it, for instance to a folder that a CI keeps between runs. */
export const cacheFolder = process.env.E2E_N8N_FOLDER ?? join(projectRoot, '.scratch', 'n8n');

/** Versions in n8n's tree that do not resolve everywhere, held to ones that do. */
const overrides = { linkedom: '0.18.14', '@langchain/langgraph': '1.4.18', '@langchain/langgraph-sdk': '1.12.4' };

export interface Installation {
	/** The Node binary that runs n8n. */
	node: string;
	/** n8n's start script. */
	n8n: string;
	/** Environment in which this Node is the first on the path. */
	environment: NodeJS.ProcessEnv;
}

/**
 * Installs what is missing; does nothing when everything is there. Takes about four minutes and 2.5 GB at first.
 * @throws when a step fails or takes too long; what was installed until then is kept and the next call goes on
 */
export async function installN8n(print: (line: string) => void): Promise<Installation> {
	const nodeHome = await installNode(print);
	const environment = cleanEnvironment({
		PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
		npm_config_nodedir: nodeHome,
	});
	const folder = join(cacheFolder, 'app');
	const n8n = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const done = join(folder, 'installed');
	if (!existsSync(done) || readFileSync(done, 'utf8') !== n8nVersion) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
		print(`Installing n8n ${n8nVersion} into ${folder} (two to three minutes) …`);
		const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
		await run('npm', ['install', `n8n@${n8nVersion}`, ...options], { cwd: folder, env: environment, limitMinutes: 20 });
		print('Building its database driver (a minute) …');
		await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], {
			cwd: folder,
			env: environment,
			limitMinutes: 10,
		});
		writeFileSync(done, n8nVersion);
	}
	print(`n8n ${n8nVersion} is installed in ${folder}`);
	return { node: join(nodeHome, 'bin', 'node'), n8n, environment };
}

/** n8n wants a newer Node than this project may be built with; npm has it as a package, with headers for native modules. */
async function installNode(print: (line: string) => void): Promise<string> {
	const folder = join(cacheFolder, 'node');
	const found = () => nodeHomes(folder).find((home) => existsSync(join(home, 'bin', 'node')));
	let home = found();
	if (!home) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
		print('Installing Node 24 …');
		const options = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
		await run('npm', ['install', 'node@24', ...options], { cwd: folder, limitMinutes: 5 });
		home = found();
	}
	if (!home)
		throw new Error(`The package node@24 brought no Node binary for ${process.platform} ${process.arch} to ${folder}`);
	return home;
}

/** The package "node" puts the binary of this platform beside itself or below itself. */
function nodeHomes(folder: string): string[] {
	const parents = [join(folder, 'node_modules'), join(folder, 'node_modules', 'node', 'node_modules')];
	return parents.filter(existsSync).flatMap((parent) =>
		readdirSync(parent)
			.filter((name) => name.startsWith('node-'))
			.map((name) => join(parent, name)),
	);
}

export interface PackedProject {
	name: string;
	version: string;
	tarball: string;
	/** Paths inside the tarball. */
	files: string[];
	/** Size of the tarball in bytes. */
	size: number;
}

/**
 * Builds and packs this project.
 * @param folder for the tarball
 */
export async function packProject(folder: string): Promise<PackedProject> {
	mkdirSync(folder, { recursive: true });
	await run('npm', ['run', 'build'], { cwd: projectRoot, limitMinutes: 5 });
	const output = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: projectRoot,
		limitMinutes: 2,
	});
	const packed = Object.values(JSON.parse(output) as object)[0] as {
		name: string;
		version: string;
		filename: string;
		size: number;
		files: Array<{ path: string }>;
	};
	const { name, version, filename, size } = packed;
	return { name, version, size, tarball: join(folder, filename), files: packed.files.map(({ path }) => path) };
}

/** Puts a packed project where n8n looks for community packages of its user folder, as an installation by hand would. */
export async function unpackInto(userFolder: string, { name, tarball }: PackedProject): Promise<void> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	rmSync(join(modules, name), { recursive: true, force: true });
	mkdirSync(modules, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', modules], { cwd: modules, limitMinutes: 1 });
	renameSync(join(modules, 'package'), join(modules, name));
}
