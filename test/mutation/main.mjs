/**
 * Mutation tests: changes the code in small ways, and counts the changes that the unit tests notice. `npm run test:mutation` runs
 * all groups, `npm run test:mutation -- money trigger` some of them. Prints what survived and the scores; ends with 1 below the
 * goal. The reports are in .scratch/mutation.
 */
import { createRequire } from 'node:module';
import { Stryker } from '@stryker-mutator/core';
import { groups } from './groups.mjs';

/** The least share of mutants that the tests must notice, in per cent. */
const GOAL = 85;
const FOLDER = '.scratch/mutation';
/** Tells long tests to be short: they run for each change. */
process.env.MUTATING = 'yes';
const jestConfig = createRequire(import.meta.url)('../../jest.config.cjs');

const names = process.argv.slice(2);
const chosen = names.length > 0 ? names : Object.keys(groups);
const unknown = chosen.filter((name) => groups[name] === undefined);
if (unknown.length > 0) throw new Error(`no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);

const scores = [];
for (const name of chosen) scores.push(await run(name, groups[name]));
for (const { survivors } of scores) for (const line of survivors) console.log(line);
console.log(row(['group', 'mutants', 'noticed', 'survived', 'score']));
for (const { name, all, noticed } of scores)
	console.log(row([name, all, noticed, all - noticed, `${percent(noticed, all).toFixed(1)} %`]));
process.exitCode = scores.every(({ all, noticed }) => percent(noticed, all) >= GOAL) ? 0 : 1;

async function run(name, { mutate, tests }) {
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
	return { name, all: counted.length, noticed: counted.length - missed.length, survivors: missed.map(described) };
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
	return `${status} ${place} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`;
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
