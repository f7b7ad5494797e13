// n8n's own scanner of community packages, with the plugin versions that it pins, in a folder of its own: they are older
// than ours and cannot be installed beside them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = resolve('.scratch/gate');
const INSTALL_LIMIT_MS = 5 * 60_000;
const TOOLS = {
	'@n8n/scan-community-package': '0.32.0',
	'@n8n/eslint-plugin-community-nodes': '0.29.0',
	'eslint-plugin-n8n-nodes-base': '1.16.7',
	'@typescript-eslint/parser': '8.35.0',
	eslint: '9.29.0',
	typescript: '5.8.3',
};

/** Whether every tool of the gate stands in its folder in the pinned version. */
export function gateIsInstalled() {
	return Object.entries(TOOLS).every(([name, version]) => {
		const manifest = `${FOLDER}/node_modules/${name}/package.json`;
		return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
	});
}

/** Installs the gate's tools unless they are there. Throws when npm fails or takes longer than five minutes. */
export function installGate() {
	if (gateIsInstalled()) return;
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(`${FOLDER}/package.json`, JSON.stringify({ private: true, dependencies: TOOLS }));
	// Peers (n8n-workflow) are found in our own node_modules, two folders up.
	const npm = spawnSync('npm', ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
		cwd: FOLDER,
		encoding: 'utf8',
		timeout: INSTALL_LIMIT_MS,
	});
	if (npm.status !== 0) throw new Error(`The gate's tools could not be installed: ${npm.error?.message ?? npm.stderr}`);
}

/**
 * Opens the installed gate.
 * @returns its linter, its configuration (made by the scanner itself), the scanner's verdict function
 *   `analyzePackage(folder, patterns)`, the patterns it reads sources by, and the versions it runs on.
 */
export async function openGate() {
	const load = (path) => import(pathToFileURL(`${FOLDER}/node_modules/${path}`).href);
	const scanner = await load('@n8n/scan-community-package/scanner/scanner.mjs');
	const { ESLint } = await load('eslint/lib/api.js').then((module) => module.default);
	return {
		ESLint,
		config: await scanner.buildScanConfig(),
		analyzePackage: scanner.analyzePackage,
		sourcePatterns: scanner.SOURCE_FILE_PATTERNS,
		versions: `community-nodes ${TOOLS['@n8n/eslint-plugin-community-nodes']}, n8n-nodes-base ${TOOLS['eslint-plugin-n8n-nodes-base']}`,
	};
}
