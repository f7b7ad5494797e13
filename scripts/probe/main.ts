import { parseArgs } from 'node:util';

import { factList } from './report';
import { checkWrites, runProbe } from './run';
import { WebhookReceiver } from './receiver';
import { ask, terminalPerson, terminalProgress } from './terminal';

const HELP = `npm run probe -- [options]

Asks Procountor what no document says, and writes report.md and answers.json. It only reads, unless you add --write.

Environment variables (or a file: node --env-file):
  PROCOUNTOR_CLIENT_ID, PROCOUNTOR_CLIENT_SECRET   the client
  PROCOUNTOR_API_KEY           a key of a user with all rights; without it, --confirm asks you to log in
  PROCOUNTOR_LIMITED_API_KEY   a key of a user of the same company who lacks some rights (optional)
  PROCOUNTOR_REDIRECT_URI      the client's redirect URI, for the login

Options:
  --base-url URL    default https://pts-api.procountor.com/api (the test environment)
  --write           also creates records; in the test environment only
  --confirm         you log in with a browser and confirm an order in the Procountor Key app when asked
  --receiver URL    public address that leads to --receiver-port on this machine, for webhooks
  --receiver-port N default 8787
  --folder PATH     default procountor-probe: report, answers, and the state of an interrupted run
  --fresh           forgets what earlier runs found
  --requests-per-minute N   default 40 in the test environment, 120 in production
  --yes             does not ask before it writes
  --list            prints every numbered fact with its switch, default, evidence and question
  --help`;

const WRITES = `--write creates, in the company of the key:
  - at most 9 invoices named after the probe, never sent to anybody; they are invalidated afterwards
  - at most 2 attachments of one of them, which are deleted
  - a customer named after the probe, which is set inactive
  - 2 payment orders of 0.01 EUR to the company itself; nobody confirms them, so nothing is paid
  - an allocation of a bank statement event, which is removed again; the invoice keeps its payment event
  - a salary list with one salary slip, which stay, not approved
  - with --confirm and --receiver: a webhook, which is deleted
The test environment charges nothing. In production, invoices, payments and salary slips can cost fees: there the probe refuses to write.
`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function required(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`Set the environment variable ${name}.`);
	return value;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'base-url': { type: 'string', default: 'https://pts-api.procountor.com/api' },
			write: { type: 'boolean', default: false },
			confirm: { type: 'boolean', default: false },
			receiver: { type: 'string' },
			'receiver-port': { type: 'string', default: '8787' },
			folder: { type: 'string', default: 'procountor-probe' },
			fresh: { type: 'boolean', default: false },
			'requests-per-minute': { type: 'string' },
			yes: { type: 'boolean', default: false },
			list: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return print(HELP);
	if (values.list) return print(factList());
	const baseUrl = values['base-url'].replace(/\/+$/, '');
	if (values.write) {
		checkWrites(new URL(baseUrl).hostname);
		print(WRITES);
		if (!values.yes && (await ask('Type yes to go on: ')) !== 'yes') return print('Nothing was done.');
	}
	const stop = { requested: false };
	process.once('SIGINT', () => {
		stop.requested = true;
		print(
			'\nStopping after this request. Records of the probe are removed; press Ctrl+C again to leave them for the next run.',
		);
		process.once('SIGINT', () => process.exit(130));
	});
	const receiver = values.receiver
		? await WebhookReceiver.start(Number(values['receiver-port']), values.receiver)
		: undefined;
	try {
		const outcome = await runProbe({
			baseUrl,
			credentials: {
				clientId: required('PROCOUNTOR_CLIENT_ID'),
				clientSecret: required('PROCOUNTOR_CLIENT_SECRET'),
				apiKey: process.env.PROCOUNTOR_API_KEY || undefined,
				redirectUri: process.env.PROCOUNTOR_REDIRECT_URI || undefined,
			},
			limitedApiKey: process.env.PROCOUNTOR_LIMITED_API_KEY || undefined,
			writes: values.write,
			person: values.confirm ? terminalPerson : undefined,
			receiver,
			folder: values.folder,
			fresh: values.fresh,
			requestsPerMinute: values['requests-per-minute'] ? Number(values['requests-per-minute']) : undefined,
			progress: await terminalProgress(print),
			stop,
		});
		const told = Object.values(outcome.findings).filter((finding) => 'value' in finding).length;
		print(
			`${told} of ${Object.keys(outcome.findings).length} questions settled with ${outcome.requests} requests; ` +
				`${outcome.contradictions.length} contradictions to the contract; ${outcome.left.length} records left.`,
		);
		print(`Report: ${values.folder}/report.md. Answers: ${values.folder}/answers.json`);
		if (outcome.interrupted) print('Interrupted. Run the same command again to go on.');
	} finally {
		await receiver?.close();
	}
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
