/** Tests whose steps build on each other. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const minute = 60_000;

export interface Steps {
	/** Writes a line to the screen and to the log. */
	print(line: string): void;
	/** One step, with its duration. Steps after a failed one are not run, since they would only fail because of it. */
	step(name: string, work: () => Promise<void>, limit?: number): void;
}

/**
 * @param logFile keeps what is printed
 * @param usualLimit of a step, in milliseconds
 */
export function stepsWithLog(logFile: string, usualLimit = 2 * minute): Steps {
	let broken: string | undefined;
	const print = (line: string): void => {
		process.stdout.write(`${line}\n`);
		mkdirSync(dirname(logFile), { recursive: true });
		appendFileSync(logFile, `${line}\n`);
	};
	const step = (name: string, work: () => Promise<void>, limit = usualLimit): void => {
		it(
			name,
			async () => {
				if (broken) throw new Error(`Not tried, since "${broken}" failed`);
				print(`\n— ${name}`);
				broken = name;
				const began = Date.now();
				await work();
				print(`  ${((Date.now() - began) / 1000).toFixed(1)} s`);
				broken = undefined;
			},
			limit,
		);
	};
	return { print, step };
}
