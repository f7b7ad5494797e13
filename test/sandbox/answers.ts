import { readFileSync } from 'node:fs';

import { defaultSwitches, setSwitches, type Switches } from './switches';

/**
 * Reads the answers that `npm run probe` has written. Questions that it could not settle are left out.
 * @throws Error when the file holds no answers, or one that no switch has
 */
export function readAnswers(file: string): Partial<Switches> {
	const { answers } = JSON.parse(readFileSync(file, 'utf8')) as { answers?: Partial<Switches> };
	if (typeof answers !== 'object' || answers === null)
		throw new Error(`${file} holds no answers. Use the answers.json that npm run probe has written.`);
	setSwitches(defaultSwitches(), answers);
	return answers;
}

/** The answers that the environment variable SANDBOX_ANSWERS names, for a run of the whole test suite; none otherwise. */
export function answersOfEnvironment(): Partial<Switches> {
	const file = process.env.SANDBOX_ANSWERS;
	return file ? readAnswers(file) : {};
}
