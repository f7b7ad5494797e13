/** Installs n8n with the Node that it wants into a cache folder, and packs this project as npm would publish it. */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cleanEnvironment, run } from './processes';
import { currentRelease, releases, type Release } from './releases';

export const n8nVersion = currentRelease.version;

const projectRoot = join(__dirname, '..', '..');

/** Where n8n is installed; E2E_N8N_FOLDER moves it, for instance to a folder that a CI keeps between runs. */
export const cacheFolder = process.env.E2E_N8N_FOLDER ?? join(projectRoot, '.scratch', 'n8n');

/** Where other releases are installed, each in a folder of its own; N8N_VERSIONS_FOLDER moves it. */
export const versionsFolder = process.env.N8N_VERSIONS_FOLDER ?? join(projectRoot, '.scratch', 'n8n-versions');

type Print = (line: string) => void;

export interface Installation {
	/** The Node binary that runs n8n. */
	node: string;
	/** n8n's start script. */
	n8n: string;
	/** Environment in which this Node is the first on the path, with the release's own settings. */
	environment: NodeJS.ProcessEnv;
}

/**
 * Installs what is missing; does nothing when everything is there. Takes about four minutes and 2.5 GB at first.
 * @throws when a step fails or takes too long; what was installed until then is kept and the next call goes on
 */
export async function installN8n(print: Print): Promise<Installation> {
	return await install(currentRelease, join(cacheFolder, 'app'), join(cacheFolder, 'node'), print);
}

/** Installs one of the listed releases. @see installN8n */
export async function installRelease(release: Release, print: Print): Promise<Installation> {
	if (release === currentRelease) return await installN8n(print);
	return await install(
		release,
		join(versionsFolder, release.version),
		join(versionsFolder, `node-${release.node}`),
		print,
	);
}

async function install(release: Release, folder: string, nodeFolder: string, print: Print): Promise<Installation> {
	const { version, overrides, beside = [], disabledModules } = release;
	const nodeHome = await installNode(release.node, nodeFolder, print);
	const environment = cleanEnvironment({
		PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
		npm_config_nodedir: nodeHome,
		...(disabledModules.length && { N8N_DISABLED_MODULES: disabledModules.join(',') }),
	});
	const done = join(folder, 'installed');
	if (!existsSync(done) || readFileSync(done, 'utf8') !== version) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
		print(`Installing n8n ${version} into ${folder} (two to three minutes) …`);
		const npm = async (args: string[], limitMinutes: number): Promise<string> =>
			await run('npm', [...args, '--loglevel=error'], { cwd: folder, env: environment, limitMinutes });
		const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
		await npm(['install', `n8n@${version}`, ...beside, ...options], 20);
		await addDatabaseDriver(folder, print, async () => {
			await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], 10);
		});
		writeFileSync(done, version);
	}
	print(`n8n ${version} is installed in ${folder}`);
	return {
		node: join(nodeHome, 'bin', 'node'),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		environment,
	};
}

/** SQLite's binary fits every Node, so another release's copy of the same version saves its compilation. */
async function addDatabaseDriver(folder: string, print: Print, build: () => Promise<void>): Promise<void> {
	const driver = join('node_modules', 'sqlite3');
	const binary = join(driver, 'build', 'Release', 'node_sqlite3.node');
	const versionIn = (place: string): string | undefined => {
		const file = join(place, driver, 'package.json');
		return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined;
	};
	const others = [join(cacheFolder, 'app'), ...releases.map(({ version }) => join(versionsFolder, version))];
	const donor = others.find(
		(other) => other !== folder && existsSync(join(other, binary)) && versionIn(other) === versionIn(folder),
	);
	if (donor === undefined) {
		print('Building its database driver (a minute) …');
		return await build();
	}
	mkdirSync(dirname(join(folder, binary)), { recursive: true });
	copyFileSync(join(donor, binary), join(folder, binary));
}

/** n8n wants a newer Node than this project may be built with; npm has it as a package, with headers for native modules. */
async function installNode(major: number, folder: string, print: Print): Promise<string> {
	const found = () => nodeHomes(folder).find((home) => existsSync(join(home, 'bin', 'node')));
	let home = found();
	if (!home) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
		print(`Installing Node ${major} …`);
		const options = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
		await run('npm', ['install', `node@${major}`, ...options], { cwd: folder, limitMinutes: 5 });
		home = found();
	}
	if (!home)
		throw new Error(
			`The package node@${major} brought no Node binary for ${process.platform} ${process.arch} to ${folder}`,
		);
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

/** Makes `dist`, type-checked. Test files that run side by side share it, so that it is made before all of them. */
export async function buildProject(): Promise<void> {
	await run('npm', ['run', 'build'], { cwd: projectRoot, limitMinutes: 5 });
}

/**
 * Packs this project as npm would publish it, with `dist` as it is.
 * @param folder for the tarball
 */
export async function packProject(folder: string): Promise<PackedProject> {
	mkdirSync(folder, { recursive: true });
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
