/** The packages that are measured: this one as it is built, and n8n's own nodes to compare with. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheFolder, n8nVersion } from '../e2e/install';

const projectRoot = join(__dirname, '..', '..');
const benchFolder = join(projectRoot, '.scratch', 'bench');
const baseNodes = join(cacheFolder, 'app', 'node_modules', 'n8n-nodes-base');

/** A copy of the built package, so that a build in the middle of a long measurement changes nothing. */
export function frozenPackage(): string {
	const folder = join(benchFolder, `package-${process.pid}`);
	if (!existsSync(join(projectRoot, 'dist'))) throw new Error('The package is not built: run "npm run build" first.');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const part of ['package.json', 'dist']) cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** n8n's HTTP Request and Split Out nodes, as they stand in the n8n that the end-to-end test installs. */
export function baseNodesFolder(): string {
	if (!existsSync(baseNodes))
		throw new Error(
			'n8n itself is not installed, and its HTTP Request node is needed to compare with: run "npm run test:e2e" or "npm run n8n" once.',
		);
	const folder = join(benchFolder, 'base-nodes');
	const dist = relative(folder, join(baseNodes, 'dist', 'nodes'));
	mkdirSync(folder, { recursive: true });
	const nodes = [
		join(dist, 'HttpRequest', 'HttpRequest.node.js'),
		join(dist, 'Transform', 'SplitOut', 'SplitOut.node.js'),
	];
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'n8n-nodes-base', version: '0.0.0', n8n: { nodes, credentials: [] } }),
	);
	return folder;
}

/** What was measured, by name. */
export function versions(): Record<string, string> {
	const versionOf = (folder: string): string =>
		(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
	const module = (name: string): string => versionOf(join(projectRoot, 'node_modules', name));
	return {
		'n8n-nodes-procountor': versionOf(projectRoot),
		node: process.versions.node,
		'n8n-core': module('n8n-core'),
		'n8n-workflow': module('n8n-workflow'),
		'n8n-nodes-base (HTTP Request)': `${versionOf(baseNodes)} of n8n ${n8nVersion}`,
		'axios (bare loop)': module('axios'),
	};
}
