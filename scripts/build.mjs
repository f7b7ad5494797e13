// Type-checks, then makes dist: one minified file with everything, the four small files that n8n looks for, icons and codex
// files. One file loads several times faster than two hundred, and a package that everybody installs should be small.
// The finished folder takes the old one's place in one step, so that tests that are running meet a whole package.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const built = join('.scratch', `build-${process.pid}`);
const old = `${built}-old`;
const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = [...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\//, ''));
const className = (file) => basename(file).split('.')[0];

mkdirSync(built, { recursive: true });
try {
	// Everything is made in spite of type errors: the package can be tried, and the build still fails.
	const compiler = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
		stdio: 'inherit',
	});
	process.exitCode = compiler.status ?? 1;
	await build({
		stdin: {
			contents: entries
				.map((file) => `export { ${className(file)} } from './${file.replace(/\.js$/, '')}';`)
				.join('\n'),
			resolveDir: '.',
			loader: 'ts',
		},
		bundle: true,
		minify: true,
		platform: 'node',
		target: 'es2022',
		format: 'cjs',
		external: ['n8n-workflow'],
		outfile: join(built, 'package.js'),
		logLevel: 'warning',
	});
	for (const file of entries) {
		mkdirSync(join(built, dirname(file)), { recursive: true });
		const bundle = relative(dirname(file), 'package.js');
		writeFileSync(
			join(built, file),
			`'use strict';\nexports.${className(file)} = require('${bundle}').${className(file)};\n`,
		);
	}
	for (const folder of ['credentials', 'nodes']) {
		for (const file of readdirSync(folder, { recursive: true })) {
			if (/\.svg$|\.node\.json$/.test(file)) cpSync(join(folder, file), join(built, folder, file));
		}
	}
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
