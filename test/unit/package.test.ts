import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

interface Manifest {
	name: string;
	version: string;
	license: string;
	main: string;
	keywords: string[];
	files: string[];
	homepage: string;
	author: { name: string; email: string };
	repository: { type: string; url: string };
	scripts: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
	peerDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}

interface Lockfile {
	packages: Record<string, { devDependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>;
}

interface Codex {
	node: string;
	categories: string[];
	resources: { primaryDocumentation: Array<{ url: string }>; credentialDocumentation: Array<{ url: string }> };
}

function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(path, 'utf8')) as T;
}

const manifest = readJson<Manifest>('package.json');
const classFiles = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
const sourceOf = (path: string) => path.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** n8n does not verify a package that breaks one of these rules, or cannot load it. */
describe('Manifest of a verified community node', () => {
	it('has the name, the license and the keyword that n8n requires', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-[a-z]+$/);
		expect(manifest.license).toBe('MIT');
		expect(manifest.keywords).toContain('n8n-community-node-package');
	});

	it('names the author and the repository', () => {
		expect(manifest.author.name).not.toBe('');
		expect(manifest.author.email).toMatch(/^[^@\s]+@[^@\s]+\.[a-z]+$/);
		expect(new URL(manifest.homepage).protocol).toBe('https:');
		expect(manifest.repository).toEqual({
			type: 'git',
			url: expect.stringMatching(/^git\+https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git$/),
		});
	});

	it('depends only on the n8n that runs it', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const field of [
			'dependencies',
			'optionalDependencies',
			'bundleDependencies',
			'bundledDependencies',
			'overrides',
			'resolutions',
		]) {
			expect(manifest).not.toHaveProperty(field);
		}
	});

	it('publishes only the build and runs nothing during installation', () => {
		expect(manifest.files).toEqual(['dist']);
		const atInstall = /^(pre|post)?(install|prepare|publish|prepublish|prepublishOnly|uninstall)$/;
		expect(Object.keys(manifest.scripts).filter((script) => atInstall.test(script))).toEqual([]);
	});

	it('pins its development tools and agrees with the lock file', () => {
		const unpinned = Object.entries(manifest.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
		expect(unpinned).toEqual([]);
		const { packages } = readJson<Lockfile>('package-lock.json');
		expect(packages[''].devDependencies).toEqual(manifest.devDependencies);
		expect(packages['']).not.toHaveProperty('dependencies');
	});

	it('has the version of the latest changelog heading', () => {
		const [, version] = /^## (\d+\.\d+\.\d+)/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
		expect(version).toBe(manifest.version);
		expect(readJson<{ version: string }>('package-lock.json').version).toBe(version);
	});

	it('has a lock file that contains every optional package, as npm ci requires', () => {
		const { packages } = readJson<Lockfile>('package-lock.json');
		const held = new Set(Object.keys(packages).map((path) => path.split('node_modules/').pop()));
		const named = Object.values(packages).flatMap(({ optionalDependencies }) =>
			Object.keys(optionalDependencies ?? {}),
		);
		expect(named).not.toHaveLength(0);
		expect(named.filter((name) => !held.has(name))).toEqual([]);
	});

	it('lists the nodes and credentials for n8n, each with its source', () => {
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
		expect(manifest.n8n.nodes).toHaveLength(3);
		expect(manifest.n8n.credentials).toHaveLength(2);
		for (const path of manifest.n8n.nodes) expect(path).toMatch(/^dist\/nodes\/.+\.node\.js$/);
		for (const path of manifest.n8n.credentials) expect(path).toMatch(/^dist\/credentials\/.+\.credentials\.js$/);
		expect(classFiles.map(sourceOf).filter((source) => !existsSync(source))).toEqual([]);
	});
});

describe('Entry file', () => {
	it('requires exactly the classes that n8n loads', () => {
		const required = [...readFileSync(manifest.main, 'utf8').matchAll(/require\('\.\/(.+?)'\)/g)].map(
			([, path]) => path,
		);
		expect(required.sort()).toEqual([...classFiles].sort());
	});
});

describe('Files beside the classes', () => {
	it.each(manifest.n8n.nodes)('name the node and its category in the codex file of %s', (path) => {
		const codex = readJson<Codex>(sourceOf(path).replace(/\.ts$/, '.json'));
		// The linters require the name of the file, with a lowercase first letter, as the name of the node.
		const className = basename(path, '.node.js');
		expect(codex.node).toBe(`${manifest.name}.${className[0].toLowerCase()}${className.slice(1)}`);
		expect(codex.categories).toEqual(['Finance & Accounting']);
		for (const { url } of [...codex.resources.primaryDocumentation, ...codex.resources.credentialDocumentation]) {
			expect(url.split('#')[0]).toBe(manifest.homepage.split('#')[0]);
		}
	});

	it.each(['nodes/Procountor', 'credentials'])('include two square icons in %s, one for each theme', (folder) => {
		const [light, dark] = ['procountor.svg', 'procountor.dark.svg'].map((file) =>
			readFileSync(`${folder}/${file}`, 'utf8'),
		);
		expect(light).not.toBe(dark);
		for (const icon of [light, dark]) {
			const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(icon) ?? [];
			expect(Number(width)).toBeGreaterThan(0);
			expect(width).toBe(height);
		}
	});
});
