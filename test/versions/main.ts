/**
 * `npm run test:versions [-- VERSION …]`: the packed package in n8n releases from the oldest that README claims to the newest,
 * against the sandbox. Prints a table with a row for each case and a column for each release; exit code 1 on a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packProject, versionsFolder, type PackedProject } from '../e2e/install';
import { releaseOf, releases, type Release } from '../e2e/releases';
import { cases } from './cases';
import { openWorld } from './world';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** By case; a release that does not start fails all of them. */
type Results = Map<string, 'ok' | 'FAILED'>;

async function runRelease(release: Release, packed: PackedProject): Promise<Results> {
	const results: Results = new Map(cases.map(({ name }) => [name, 'FAILED']));
	const logFile = join(versionsFolder, 'users', release.version, 'n8n.log');
	print(`\nn8n ${release.version}`);
	try {
		const world = await openWorld(release, packed, print);
		try {
			for (const { name, run } of cases) {
				const began = Date.now();
				try {
					const note = await run(world);
					results.set(name, 'ok');
					print(`  ok      ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${note ? `: ${note}` : ''}`);
				} catch (error) {
					print(`  FAILED  ${name}: ${(error as Error).message}`);
				}
			}
			if (world.sandbox.state.problems.length) print(`  sandbox: ${world.sandbox.state.problems.join('; ')}`);
		} finally {
			await world.close();
		}
	} catch (error) {
		print(`  FAILED  ${(error as Error).message}`);
		if (existsSync(logFile)) print(readFileSync(logFile, 'utf8').slice(-2000));
	}
	return results;
}

function table(columns: Array<{ version: string; results: Results }>): string {
	const width = Math.max(...cases.map(({ name }) => name.length));
	const row = (name: string, cells: string[]) =>
		[name.padEnd(width), ...cells.map((cell, index) => cell.padStart(Math.max(columns[index].version.length, 6)))].join(
			'  ',
		);
	return [
		row(
			'',
			columns.map(({ version }) => version),
		),
		...cases.map(({ name }) =>
			row(
				name,
				columns.map(({ results }) => results.get(name) ?? '-'),
			),
		),
	].join('\n');
}

async function main(versions: string[]): Promise<void> {
	const chosen = versions.length ? versions.map(releaseOf) : releases;
	const packed = await packProject(join(versionsFolder, 'package'));
	const columns = [];
	for (const release of chosen) columns.push({ version: release.version, results: await runRelease(release, packed) });
	print(`\n${table(columns)}`);
	const failed = columns.flatMap(({ results }) => [...results.values()]).filter((result) => result !== 'ok').length;
	print(`\n${cases.length * columns.length - failed} passed, ${failed} failed`);
	if (failed) process.exitCode = 1;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
