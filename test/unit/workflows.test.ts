/** Tests the form of workflows, issue forms and Dependabot's file, and that the commands in them exist. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { releases } from '../e2e/releases';

const root = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

interface WorkflowStep {
	name?: string;
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Workflow {
	name: string;
	on: unknown;
	permissions: Record<string, string>;
	jobs: Record<
		string,
		{
			'runs-on': string;
			'timeout-minutes': number;
			strategy?: { matrix: Record<string, unknown[]> };
			steps: WorkflowStep[];
		}
	>;
}

/** The content of a YAML file. @throws for a syntax error, such as a repeated key */
function read<T>(file: string): T {
	const document = parseDocument(readFileSync(join(root, file), 'utf8'), { strict: true, uniqueKeys: true });
	if (document.errors.length) throw document.errors[0];
	return document.toJS() as T;
}

const filesIn = (folder: string): string[] =>
	readdirSync(join(root, folder))
		.filter((name) => /\.ya?ml$/.test(name))
		.map((name) => join(folder, name));

/** The missing npm scripts and the missing files that a command runs. */
function missingIn(command: string): string[] {
	const named = [...command.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map((match) => match[1]);
	const files = [...command.matchAll(/(?:^|\s)(\.[\w/-]+|[\w/-]+\.(?:mjs|sh))(?=\s|$)/g)].map((match) => match[1]);
	return [
		...named.filter((name) => !Object.hasOwn(scripts, name)),
		...(/\bnpm test\b/.test(command) && scripts.test === undefined ? ['test'] : []),
		...files.filter((file) => !existsSync(join(root, file)) || (statSync(join(root, file)).mode & 0o100) === 0),
	];
}

/** Bash's syntax errors in a command; GitHub's own expressions are replaced with a word. */
function syntaxFaults(command: string): string {
	const { stderr } = spawnSync('bash', ['-n'], { input: command.replace(/\$\{\{.*?\}\}/g, 'word'), encoding: 'utf8' });
	return stderr;
}

describe.each(filesIn('.github/workflows'))('%s', (file) => {
	const workflow = read<Workflow>(file);
	const jobs = Object.values(workflow.jobs);
	const steps = jobs.flatMap((job) => job.steps);

	it('has a name, an event, the least permissions, and jobs with a time limit', () => {
		expect(workflow).toMatchObject({ name: expect.any(String), permissions: { contents: 'read' } });
		expect(workflow.on).toBeDefined();
		expect(jobs.length).toBeGreaterThan(0);
		for (const job of jobs) {
			expect(job).toMatchObject({ 'runs-on': expect.any(String), 'timeout-minutes': expect.any(Number) });
			expect(job.steps.length).toBeGreaterThan(0);
		}
	});

	it('uses each action with a version, or runs a command', () => {
		for (const { uses, run } of steps) {
			expect([uses, run].filter((one) => one !== undefined)).toHaveLength(1);
			if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@(v\d+|[\da-f]{40})$/);
		}
	});

	it('runs only commands whose npm scripts and files exist, in valid bash', () => {
		const commands = steps.flatMap(({ run }) => run ?? []);
		expect(commands.flatMap(missingIn)).toEqual([]);
		expect(commands.map(syntaxFaults).filter((fault) => fault !== '')).toEqual([]);
	});

	it('uses only values of its own matrix', () => {
		for (const { strategy, steps: own } of jobs) {
			const named = [...JSON.stringify(own).matchAll(/\$\{\{ matrix\.(\w+) \}\}/g)].map((match) => match[1]);
			expect(named.filter((name) => strategy?.matrix[name] === undefined)).toEqual([]);
		}
	});
});

describe('GitHub configuration', () => {
	it('tests the n8n releases that the tests list', () => {
		const { jobs } = read<Workflow>('.github/workflows/versions.yml');
		expect(jobs.versions.strategy?.matrix.n8n).toEqual(releases.map(({ version }) => version));
	});

	it('has issue forms whose fields have an ID and a label', () => {
		const forms = filesIn('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));
		expect(forms.length).toBeGreaterThanOrEqual(3);
		for (const file of forms) {
			const form = read<{ body: Array<{ type: string; id?: string; attributes: { label?: string } }> }>(file);
			expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
			const fields = form.body.filter(({ type }) => type !== 'markdown');
			expect(fields.length).toBeGreaterThan(0);
			for (const field of fields)
				expect(field).toMatchObject({ id: expect.any(String), attributes: { label: expect.any(String) } });
			expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
		}
	});

	it('lets Dependabot update npm and the actions', () => {
		const { updates } = read<{ updates: Array<Record<string, unknown>> }>('.github/dependabot.yml');
		expect(updates.map((update) => update['package-ecosystem'])).toEqual(
			expect.arrayContaining(['npm', 'github-actions']),
		);
	});
});

describe('.ci/run', () => {
	const command = readFileSync(join(root, '.ci', 'run'), 'utf8');

	it('runs only npm scripts that exist', () => {
		const named = [...command.matchAll(/^script ([\w:-]+)/gm)].map((match) => match[1]);
		expect(named.length).toBeGreaterThan(10);
		expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
		expect(syntaxFaults(command)).toBe('');
	});
});

describe('Command check', () => {
	it('reports a missing script, a missing file, and a syntax error', () => {
		expect(missingIn('npm run no-such-script')).toEqual(['no-such-script']);
		expect(missingIn('.ci/no-such-file')).toEqual(['.ci/no-such-file']);
		expect(syntaxFaults('if true; then')).not.toBe('');
	});
});
