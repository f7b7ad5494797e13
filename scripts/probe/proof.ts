/**
 * `npm run probe:proof -- 200`: sets every switch of the sandbox at random, as often as asked, and shows whether the probe
 * finds each value and leaves nothing behind that it does not name. `-- 50 1000` starts with seed 1000.
 */
import { startSandbox } from '../../test/sandbox';
import { NOT_ASKED } from './notAsked';
import { JumpingClock, proveSeed } from '../../test/probe/proof';

async function main(): Promise<void> {
	const [rounds = 200, firstSeed = 1] = process.argv.slice(2).map(Number);
	const clock = new JumpingClock();
	const sandbox = await startSandbox({ checkAnswers: true, limitClock: clock.now });
	let failures = 0;
	let requests = 0;
	try {
		for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
			const proof = await proveSeed(sandbox, seed, clock);
			requests += proof.requests;
			for (const problem of proof.problems) {
				failures++;
				process.stdout.write(`seed ${seed}: ${problem}\n`);
			}
		}
	} finally {
		await sandbox.close();
	}
	for (const [name, reason] of Object.entries(NOT_ASKED)) process.stdout.write(`cannot be told: ${name} (${reason})\n`);
	process.stdout.write(
		`${rounds} seeds from ${firstSeed}: ${failures} problems, ${Math.round(requests / rounds)} requests a run\n`,
	);
	if (failures) process.exitCode = 1;
}

void main();
