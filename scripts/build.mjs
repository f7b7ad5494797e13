// Type-checks, then makes dist: one readable file with all code, nothing minified and each name as the sources have it, beside the
// small files that n8n looks for, the contract's tables, icons, codex files and output schemas. One file loads in less than twice
// the time of n8n's Notion node, three hundred files in 6 times; `--tree` makes those, to measure it again (`npm run bench:load`).
// The finished folder takes the old one's place in one step, so that tests that are running meet a whole package.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import ts from 'typescript';

const built = join('.scratch', `build-${process.pid}`);
const old = `${built}-old`;
const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = [...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\//, ''));
const className = (file) => basename(file).split('.')[0];
const sources = ['credentials', 'nodes'].flatMap((folder) =>
	readdirSync(folder, { recursive: true }).map((file) => join(folder, file)),
);
const options = { platform: 'node', target: 'es2022', format: 'cjs', logLevel: 'warning' };

/** One file a source file, with the folders and names of the sources. */
async function compile() {
	const files = sources.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
	await build({ ...options, entryPoints: files, outdir: built, outbase: '.' });
}

/** Returns the source file that an import names. Packages and the contract's tables stay outside of the bundle. */
function fileOf(path, importer) {
	if (path === ENTRY) return path;
	if (!path.startsWith('.')) return { id: path, external: true };
	const base = resolve(importer === ENTRY ? '.' : dirname(importer), path);
	if (path.endsWith('.json')) return { id: base, external: true };
	return [`${base}.ts`, join(base, 'index.ts')].find(existsSync);
}

/** Returns a module as JavaScript, printed as its source is: the same quotes, and a tab for each level. Comments stay in the sources. */
function moduleOf(text, file) {
	if (file === ENTRY) return null;
	const { outputText } = ts.transpileModule(text, {
		compilerOptions: { target: 'es2022', module: 'esnext', removeComments: true },
	});
	return outputText.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
}

const ENTRY = 'package';

/** Everything in one file, with the names of the sources, and the small files that n8n looks for. */
async function bundle() {
	const contents = entries
		.map((file) => `export { ${className(file)} } from './${file.replace(/\.js$/, '')}';`)
		.join('\n');
	const modules = await rollup({
		input: ENTRY,
		plugins: [
			{
				name: 'sources',
				resolveId: fileOf,
				load: (file) => (file === ENTRY ? contents : null),
				transform: moduleOf,
			},
		],
	});
	const paths = (id) => (id.endsWith('.json') ? `./${relative('.', id)}` : id);
	await modules.write({ file: join(built, 'package.js'), format: 'cjs', indent: false, paths });
	for (const file of entries) {
		mkdirSync(join(built, dirname(file)), { recursive: true });
		const from = relative(dirname(file), 'package.js');
		writeFileSync(
			join(built, file),
			`'use strict';\nexports.${className(file)} = require('${from}').${className(file)};\n`,
		);
	}
}

/** What n8n's editor shows of an operation's output before its first run: a file an operation, beside the node's own. */
async function writeOutputSchemas() {
	const compiled = `${built}-schemas.cjs`;
	try {
		await build({
			...options,
			entryPoints: ['scripts/outputSchemas.ts'],
			bundle: true,
			packages: 'external',
			outfile: compiled,
		});
		const { outputSchemas } = createRequire(import.meta.url)(resolve(compiled));
		for (const [name, schema] of outputSchemas()) {
			const file = join(built, 'nodes/Procountor/__schema__/v1.0.0', `${name}.json`);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, JSON.stringify(schema));
		}
	} finally {
		rmSync(compiled, { force: true });
	}
}

mkdirSync(built, { recursive: true });
try {
	// Everything is made in spite of type errors: the package can be tried, and the build still fails.
	const compiler = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit'], {
		stdio: 'inherit',
	});
	process.exitCode = compiler.status ?? 1;
	await (process.argv.includes('--tree') ? compile() : bundle());
	for (const file of sources.filter((name) => /\.svg$|\.node\.json$|\/contract\/.*\.json$/.test(name))) {
		mkdirSync(join(built, dirname(file)), { recursive: true });
		cpSync(file, join(built, file));
	}
	await writeOutputSchemas();
	try {
		renameSync('dist', old);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
	renameSync(built, 'dist');
} finally {
	rmSync(built, { recursive: true, force: true });
	rmSync(old, { recursive: true, force: true });
}
