/**
 * `npm run bench:load`: how long it takes to load the built node and make its description, beside n8n's Notion node, each in
 * a process of its own, in turns. n8n-workflow is there already, as it is in n8n.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../e2e/install';
import { median } from './stats';

const projectRoot = join(__dirname, '..', '..');
const base = join(cacheFolder, 'app', 'node_modules');
const TIMES = 21;

/** Milliseconds from `require` to a finished description, of a node in a fresh process. */
function load(file: string, className: string, workflowFrom: string): number {
	const code = `
		require(require.resolve('n8n-workflow', { paths: [${JSON.stringify(workflowFrom)}] }));
		const began = performance.now();
		const node = new (require(${JSON.stringify(file)})[${JSON.stringify(className)}])();
		const description = node.description ?? node;
		JSON.stringify(description.properties ?? Object.values(node.nodeVersions).map((one) => one.description.properties));
		process.stdout.write(String(performance.now() - began));`;
	return Number(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}

const ours = join(projectRoot, 'dist', 'nodes', 'Procountor', 'Procountor.node.js');
const notion = join(base, 'n8n-nodes-base', 'dist', 'nodes', 'Notion', 'Notion.node.js');
if (!existsSync(notion)) throw new Error('n8n is not installed: npm run test:e2e or npm run n8n does that');
const times: { ours: number[]; notion: number[] } = { ours: [], notion: [] };
for (let time = 0; time < TIMES; time++) {
	times.ours.push(load(ours, 'Procountor', projectRoot));
	times.notion.push(load(notion, 'Notion', join(base, 'n8n-nodes-base')));
}
const [mine, theirs] = [median(times.ours), median(times.notion)];
process.stdout.write(
	`Procountor ${mine.toFixed(1)} ms, Notion ${theirs.toFixed(1)} ms: ratio ${(mine / theirs).toFixed(2)} (goal: at most 2; medians of ${TIMES})\n`,
);
