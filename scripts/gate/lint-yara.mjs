// `npm run lint:yara [-- FOLDER]`: GuardDog's YARA rules against malware, which n8n's scanner is going to apply, on the packed
// package. FOLDER holds the rules (*.yar, *.meta); without it, they are cloned. Only rules named threat_… count as findings.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packAndUnpack } from './pack.mjs';

const TOOLS = resolve('.scratch/yara');
const ENGINE = { name: '@virustotal/yara-x', version: '1.20.0' };
const RULES = { url: 'https://github.com/DataDog/guarddog', tag: 'v3.2.0', folder: 'guarddog/analyzer/sourcecode' };
const LIMIT_MS = 3 * 60_000;

const { rules, names } = await compile(process.argv[2] ?? clonedRules());
const { folder, files } = packAndUnpack('yara-package');
let findings = 0;
const capabilities = new Set();
for (const file of files)
	for (const { identifier, metadata, patterns } of rules.scan(readFileSync(join(folder, file))).matches) {
		const meta = Object.fromEntries(metadata.map(({ identifier: key, value }) => [key, value]));
		// The globs are meant for paths inside a tarball.
		if (!names.has(identifier) || !isMeant(meta, `package/${file}`)) continue;
		if (!identifier.startsWith('threat')) capabilities.add(identifier);
		else {
			findings += 1;
			const at = patterns.flatMap(({ matches }) => matches.map(({ offset }) => offset))[0];
			console.log(`${file}, byte ${at}: ${identifier}: ${meta.description}`);
		}
	}
console.log(`what the code can do: ${[...capabilities].sort().join(', ')}`);
console.log(`lint:yara: ${names.size} rules, ${files.length} files, ${findings} findings`);
process.exitCode = findings === 0 && names.size > 0 ? 0 : 1;

function run(command, args, cwd) {
	const done = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: LIMIT_MS });
	if (done.status !== 0) throw new Error(`${command} ${args[0]} failed: ${done.error?.message ?? done.stderr}`);
}

function clonedRules() {
	const clone = join(TOOLS, RULES.tag);
	mkdirSync(TOOLS, { recursive: true });
	if (!existsSync(clone)) run('git', ['clone', '--depth', '1', '--branch', RULES.tag, RULES.url, clone]);
	return join(clone, RULES.folder);
}

/** @returns the compiled rules, and the names of those that stand in files of their own: the others are parts of rules */
async function compile(from) {
	const place = join(TOOLS, 'node_modules', ENGINE.name, 'pkg');
	if (!existsSync(place)) {
		mkdirSync(TOOLS, { recursive: true });
		writeFileSync(join(TOOLS, 'package.json'), JSON.stringify({ private: true }));
		run('npm', ['install', '--ignore-scripts', `${ENGINE.name}@${ENGINE.version}`], TOOLS);
	}
	const file = (ending) =>
		join(
			place,
			readdirSync(place).find((name) => name.endsWith(ending)),
		);
	const { default: start, Compiler } = await import(pathToFileURL(file('_js.js')).href);
	await start({ module_or_path: readFileSync(file('.wasm')) });
	const compiler = new Compiler();
	const own = new Set();
	for (const name of readdirSync(from).filter((one) => one.endsWith('.yar'))) {
		const source = readFileSync(join(from, name), 'utf8');
		own.add(source.match(/^rule\s+(\w+)/m)[1]);
		const text = source.replace(/^include "(.+)"\s*$/gm, (line, part) => readFileSync(join(from, part), 'utf8'));
		compiler.addSource(text);
	}
	return { rules: compiler.build(), names: own };
}

function isMeant({ path_include: only, path_exclude: never }, path) {
	const fits = (globs) =>
		globs.split(',').some((glob) => {
			const parts = glob.trim().split('*');
			const pattern = new RegExp(`^${parts.map((part) => part.replace(/\W/g, '\\$&')).join('.*')}$`);
			return pattern.test(path) || pattern.test(basename(path));
		});
	return (only === undefined || fits(only)) && (never === undefined || !fits(never));
}
