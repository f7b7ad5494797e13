/**
 * Mutation tests: changes the code in small ways, and counts the changes that the tests notice. `npm run test:mutation` runs
 * all groups, `npm run test:mutation -- money triggerScan` some of them. Prints what survived and the scores; ends with 1 below the
 * goal, or when a change of money or the trigger survives that survivors.json does not explain.
 *
 * The mutation library writes all mutants into a copy of the repository. One process (runner.ts) then switches on one after the other and
 * runs the tests that reach it, until one fails: this takes milliseconds for each mutant.
 */
import { execFileSync, fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groups, type Group } from './groups';
import { instrument, type Mutant } from './instrument';
import type { Message, Reach, Status, Task } from './runner';

/** The least share of mutants that the tests must notice, in per cent. */
const GOAL = 85;
/** What takes longer never ends, in milliseconds: a test without a mutant, with the loading before it. */
const HANGS_AFTER = 300_000;
const FOLDER = '.scratch/mutation';

interface Outcome {
	mutant: Mutant;
	status: Status;
	/** The test that noticed. */
	by?: string;
}

interface Explained {
	file: string;
	line: string;
	from: string;
	to: string;
}

/** Changes that no test can notice, or that make no difference to anybody; each has its reason there. */
const explained = JSON.parse(readFileSync(join(__dirname, 'survivors.json'), 'utf8')) as Explained[];

async function run(name: string, { mutate, tests }: Group): Promise<Outcome[]> {
	const folder = resolve(FOLDER, name);
	const missing = [...mutate, ...tests].filter((file) => !existsSync(file));
	if (missing.length > 0) throw new Error(`Group ${name} names files that are not there: ${missing.join(', ')}`);
	const mutants = await instrument(folder, mutate);
	if (tests.some((file) => file.startsWith('test/engine/')))
		execFileSync('node', ['scripts/build.mjs', '--unchecked'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	const outcomes = new Map<string, Outcome>();
	const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
	let reach: Reach | undefined;
	while (outcomes.size < mutants.length) {
		const left = mutants.map(({ id }) => id).filter((id) => !outcomes.has(id));
		reach = await runProcess({ folder, files: tests, mutants: left, reach }, (id, status, by) => {
			outcomes.set(id, { mutant: byId.get(id) as Mutant, status, by });
			if (outcomes.size % 100 === 0) console.log(`${name}: ${outcomes.size} of ${mutants.length}`);
		});
	}
	for (const test of reach?.unfit ?? [])
		console.log(`${name}: does not pass alone and twice, so it is left out: ${test}`);
	const results = [...outcomes.values()];
	writeFileSync(`${folder}.json`, JSON.stringify(results, undefined, '\t'));
	return results.filter(({ status }) => status !== 'data');
}

type Report = (mutant: string, status: Outcome['status'], by?: string) => void;

/** Runs the tests in a process, until all mutants are tried, or a fresh process is needed. @returns what the tests reach */
async function runProcess(task: Task, report: Report): Promise<Reach | undefined> {
	const child = fork(join(__dirname, 'runner.ts'), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, MUTATING: 'yes' },
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	// What broken code prints is worth a look only when no test has run yet.
	let printed = '';
	child.stderr?.on('data', (text) => (printed = `${printed}${text}`.slice(-2000)));
	let { reach } = task;
	let begun = '';
	const stop = (): void => void child.kill('SIGKILL');
	let timer = setTimeout(stop, HANGS_AFTER);
	let isDone = false;
	await new Promise<void>((settle) => {
		child.on('message', (message: Message) => {
			clearTimeout(timer);
			timer = setTimeout(stop, 'limit' in message ? message.limit : HANGS_AFTER);
			if ('reach' in message) ({ reach } = message);
			else if ('begun' in message) begun = message.begun;
			else if ('isDone' in message) {
				isDone = true;
				settle();
			} else report(message.mutant, message.status, message.by);
		});
		child.on('disconnect', settle);
		child.send(task);
	});
	clearTimeout(timer);
	stop();
	if (reach === undefined) throw new Error(`The tests do not end: ${begun}\n${printed}`);
	if (!isDone) report(begun, 'endless');
	return reach;
}

/** Whether survivors.json has the mutant, by the line and the code in it that it changes. */
function isExplained({ file, start, end, replacement }: Mutant): boolean {
	const lines = readFileSync(file, 'utf8')
		.split('\n')
		.slice(start.line - 1, end.line);
	const line = lines[0].trim();
	const last = lines.length - 1;
	lines[last] = lines[last].slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	const from = plain(lines.join('\n'));
	const to = plain(replacement);
	return explained.some((one) => file.endsWith(one.file) && one.line === line && one.from === from && one.to === to);
}

function plain(code: string): string {
	return code.replace(/\s+/g, ' ');
}

/** Where a mutant survived, and what it put there. */
function described({ mutant: { file, start, mutator, replacement }, status }: Outcome): string {
	return `${status}: ${file}:${start.line}:${start.column} ${mutator}: ${plain(replacement).slice(0, 100)}`;
}

function row(cells: Array<string | number>): string {
	const padded = cells.map((cell, index) => String(cell).padEnd(index === 0 ? 40 : 10));
	return padded.join('').trimEnd();
}

function scoreOf(outcomes: Outcome[]): { cells: Array<string | number>; isGood: boolean } {
	const noticed = outcomes.filter(({ status }) => status === 'noticed' || status === 'endless').length;
	const score = outcomes.length === 0 ? 100 : (100 * noticed) / outcomes.length;
	return {
		cells: [outcomes.length, noticed, outcomes.length - noticed, `${score.toFixed(1)} %`],
		isGood: score >= GOAL,
	};
}

async function main(names: string[]): Promise<boolean> {
	const unknown = names.filter((name) => groups[name] === undefined);
	if (unknown.length > 0)
		throw new Error(`no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
	const table: string[] = [row(['group', 'mutants', 'noticed', 'survived', 'score'])];
	let isGood = true;
	for (const name of names.length > 0 ? names : Object.keys(groups)) {
		const outcomes = await run(name, groups[name]);
		const missed = outcomes.filter(({ status }) => status === 'survived' || status === 'not reached');
		for (const outcome of missed) console.log(described(outcome));
		const unexplained = groups[name].isExplained === true ? missed.filter(({ mutant }) => !isExplained(mutant)) : [];
		for (const outcome of unexplained) console.log(`not explained in survivors.json: ${described(outcome)}`);
		for (const file of groups[name].mutate)
			table.push(
				row([
					`  ${file.replace('nodes/Procountor/', '')}`,
					...scoreOf(outcomes.filter(({ mutant }) => mutant.file === file)).cells,
				]),
			);
		const score = scoreOf(outcomes);
		table.push(row([name, ...score.cells]));
		isGood &&= score.isGood && unexplained.length === 0;
	}
	console.log(table.join('\n'));
	return isGood;
}

void main(process.argv.slice(2)).then((isGood) => {
	process.exitCode = isGood ? 0 : 1;
});
