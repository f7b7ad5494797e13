// `npm run check:pack`: what npm would publish, file by file, and that it stands on nothing but what n8n gives.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packAndUnpack } from './pack.mjs';
import { GIVEN_BY_N8N } from './rules.mjs';

/**
 * The webhook trigger, output schemas, partial credits, and register entries with an invoice took the package past 270 kB;
 * nothing is minified to save the rest.
 */
const MOST_PACKED_BYTES = 290_000;
const OUTSIDE_DIST = ['package.json', 'README.md', 'LICENSE', 'index.js', 'CHANGELOG.md'];
const MUST_BE_THERE = ['package.json', 'README.md', 'LICENSE', 'index.js'];
/** The one compiled file, the contract's tables, the files that n8n looks for, icons and codex files; any other JSON would be data of a test. */
const SCHEMA = /^dist\/nodes\/Procountor\/__schema__\/v1\.0\.0\/\w+\/\w+\.json$/;
const IN_DIST =
	/^dist\/(package\.js|(credentials|nodes)\/[\w./-]+(\.js|\.svg|\.node\.json|\/contract\/(calls|schemas)\.json))$/;
const OF_A_TEST = /(^|\/)(test|tests|sandbox|fixtures?|__\w+__)\/|\.(test|spec)\./;

const { folder, files, packedBytes, unpackedBytes } = packAndUnpack('pack');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const faults = [
	...files
		.filter((file) => !OUTSIDE_DIST.includes(file) && !IN_DIST.test(file) && !SCHEMA.test(file))
		.map((file) => `${file} has no business in the package`),
	...files.filter((file) => OF_A_TEST.test(file) && !SCHEMA.test(file)).map((file) => `${file} belongs to the tests`),
	...[...MUST_BE_THERE, ...manifest.n8n.nodes, ...manifest.n8n.credentials]
		.filter((file) => !files.includes(file))
		.map((file) => `${file} is missing`),
	...files.filter((file) => file.endsWith('.js')).flatMap(foreignModules),
];
if (packedBytes >= MOST_PACKED_BYTES)
	faults.push(`${packedBytes} bytes packed, at most ${MOST_PACKED_BYTES - 1} are allowed`);
const installed = JSON.parse(
	execFileSync('npm', ['ls', '--omit=dev', '--package-lock-only', '--json'], { encoding: 'utf8' }),
);
faults.push(...Object.keys(installed.dependencies ?? {}).map((name) => `${name} is a run-time dependency`));
if (faults.length === 0) faults.push(...missingExports());

for (const file of files.filter((name) => !SCHEMA.test(name))) console.log(`  ${file}`);
console.log(`  ${files.filter((name) => SCHEMA.test(name)).length} output schemas`);
console.log(
	`${files.length} files, ${packedBytes} bytes packed, ${unpackedBytes} unpacked, ${Object.keys(installed.dependencies ?? {}).length} run-time dependencies`,
);
for (const fault of faults) console.log(`  ${fault}`);
console.log(`check:pack: ${faults.length} errors`);
process.exitCode = faults.length === 0 ? 0 : 1;

function foreignModules(file) {
	const code = readFileSync(join(folder, file), 'utf8');
	return [...code.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]/g)]
		.map(([, module]) => module)
		.filter((module) => !/^\.{1,2}\//.test(module) && !GIVEN_BY_N8N.includes(module))
		.map((module) => `${file} asks for ${module}, which n8n does not give`);
}

/** Loads the unpacked entry file: each class that the manifest names must come out of it. */
function missingExports() {
	const entry = createRequire(import.meta.url)(join(folder, manifest.main));
	return [...manifest.n8n.nodes, ...manifest.n8n.credentials]
		.map((path) => path.split('/').at(-1).split('.')[0])
		.filter((name) => typeof entry[name] !== 'function')
		.map((name) => `${manifest.main} does not export ${name}`);
}
