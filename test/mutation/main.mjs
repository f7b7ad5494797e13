/**
 * Mutation tests: changes the code in small ways, and counts the changes that the unit tests notice. `npm run test:mutation` runs
 * all groups, `npm run test:mutation -- money triggerScan` some of them. Prints what survived and the scores; ends with 1 below the
 * goal, or when a change of money or the trigger survives that survivors.json does not explain. The reports are in .scratch/mutation.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Stryker } from '@stryker-mutator/core';
import { groups } from './groups.mjs';

/** The least share of mutants that the tests must notice, in per cent. */
const GOAL = 85;
const FOLDER = '.scratch/mutation';
/** Tells long tests to be short: they run for each change. */
process.env.MUTATING = 'yes';
/** Changes that no test can notice, or that make no difference to anybody, each with the reason. */
const explained = JSON.parse(readFileSync(new URL('survivors.json', import.meta.url), 'utf8'));
const jestConfig = createRequire(import.meta.url)('../../jest.config.cjs');

const names = process.argv.slice(2);
const chosen = names.length > 0 ? names : Object.keys(groups);
const unknown = chosen.filter((name) => groups[name] === undefined);
if (unknown.length > 0) throw new Error(`no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);

const scores = [];
for (const name of chosen) scores.push(await run(name, groups[name]));
for (const { survivors } of scores) for (const line of survivors) console.log(line);
const unexplained = scores.flatMap((score) => score.unexplained);
for (const line of unexplained) console.log(`not explained in survivors.json: ${line}`);
console.log(row(['group', 'mutants', 'noticed', 'survived', 'score']));
for (const { name, all, noticed } of scores)
	console.log(row([name, all, noticed, all - noticed, `${percent(noticed, all).toFixed(1)} %`]));
const isGood = scores.every(({ all, noticed }) => percent(noticed, all) >= GOAL) && unexplained.length === 0;
process.exitCode = isGood ? 0 : 1;

async function run(name, { mutate, tests, isExplained = false }) {
	const stryker = new Stryker({
		mutate,
		testRunner: 'jest',
		jest: { config: configFor(tests), enableFindRelatedTests: false },
		coverageAnalysis: 'perTest',
		concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
		dryRunTimeoutMinutes: 30,
		// A change that makes a test endless counts as noticed; a busy machine must not.
		timeoutMS: 30_000,
		// Tests compare the texts that matter; they are not about the wording of all others.
		mutator: { excludedMutations: ['StringLiteral'] },
		// Tables are data, and a mutant in one would need a new process for each test.
		ignoreStatic: true,
		tempDirName: `${FOLDER}/sandbox`,
		ignorePatterns: ['dist', 'docs', '.scratch', '.github'],
		reporters: ['progress-append-only', 'json', 'html'],
		jsonReporter: { fileName: `${FOLDER}/${name}.json` },
		htmlReporter: { fileName: `${FOLDER}/${name}.html` },
		allowConsoleColors: false,
	});
	const counted = (await stryker.runMutationTest()).filter(({ status }) => status !== 'Ignored');
	const missed = counted.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
	return {
		name,
		all: counted.length,
		noticed: counted.length - missed.length,
		survivors: missed.map(described),
		unexplained: isExplained ? missed.filter((mutant) => !isKnown(mutant)).map(described) : [],
	};
}

/** Whether survivors.json has the mutant, by the line and the code in it that it changes. */
function isKnown({ fileName, location: { start, end }, replacement = '' }) {
	const lines = readFileSync(fileName, 'utf8')
		.split('\n')
		.slice(start.line - 1, end.line);
	const line = lines[0].trim();
	const last = lines.length - 1;
	lines[last] = lines[last].slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	const from = plain(lines.join('\n'));
	const to = plain(replacement);
	return explained.some(
		(one) => fileName.endsWith(one.file) && one.line === line && one.from === from && one.to === to,
	);
}

function plain(code) {
	return code.replace(/\s+/g, ' ');
}

function configFor(tests) {
	return {
		...jestConfig,
		setupFiles: [...jestConfig.setupFiles, '<rootDir>/test/mutation/setup.cjs'],
		testMatch: tests.map((name) => `<rootDir>/test/unit/${name}*.test.ts`),
		// Stryker works in a copy of the repository below .scratch.
		modulePathIgnorePatterns: ['<rootDir>/dist/'],
	};
}

/** Where a mutant survived, and what it put there. */
function described({ fileName, location: { start }, mutatorName, replacement = '', status }) {
	const place = `${fileName.slice(fileName.lastIndexOf('nodes/'))}:${start.line}:${start.column}`;
	return `${status} ${place} ${mutatorName}: ${plain(replacement).slice(0, 100)}`;
}

function percent(part, all) {
	return all === 0 ? 100 : (100 * part) / all;
}

function row(cells) {
	return cells
		.map((cell) => String(cell).padEnd(12))
		.join('')
		.trimEnd();
}
