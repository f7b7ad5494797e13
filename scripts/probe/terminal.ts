import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';

import type { Finding } from './facts/types';
import type { Person } from './person';
import type { Progress } from './run';

const LONGEST_WAIT_MS = 10 * 60_000;

const textOf = (finding: Finding): string =>
	'value' in finding ? String(finding.value) : `cannot be told: ${finding.cannotTell}`;

/** Shows the progress with a spinner in a terminal, and as plain lines elsewhere. */
export async function terminalProgress(print: (line: string) => void): Promise<Progress> {
	if (!process.stdout.isTTY)
		return {
			asking: () => undefined,
			answered: (fact, finding) => print(`${fact.name}: ${textOf(finding)}`),
			cleaningUp: (records) => print(`Removing ${records} records of the probe`),
		};
	const { default: ora } = await import('ora');
	const spinner = ora({ discardStdin: false });
	return {
		asking: (fact, number, total) => {
			spinner.start(`${number}/${total} ${fact.question}`);
		},
		answered: (fact, finding) => {
			const line = `${fact.name}: ${textOf(finding)}`;
			if ('value' in finding) spinner.succeed(line);
			else spinner.warn(line);
		},
		cleaningUp: (records) => {
			spinner.info(`Removing ${records} records of the probe`);
		},
	};
}

/** Asks a person at the terminal. */
export async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return (await terminal.question(question)).trim();
	} finally {
		terminal.close();
	}
}

/** The person at this terminal. */
export const terminalPerson: Person = {
	logIn: (url) =>
		ask(`\nOpen this page in a browser and log in:\n${url}\nPaste the address that the browser shows afterwards: `),
	confirm: async (what) => {
		await ask(`\nConfirm the order in the Procountor Key app: ${what}. Press Enter once it is confirmed. `);
	},
	awaitDelivery: async (delivered) => {
		const until = Date.now() + LONGEST_WAIT_MS;
		while (!delivered() && Date.now() < until) await wait(1000);
	},
};
