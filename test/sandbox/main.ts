import { parseArgs } from 'node:util';

import { readAnswers } from './answers';
import { DEMO, startSandbox } from '.';

/**
 * `npm run sandbox`: a sandbox for people, with a clock that runs. The port is the first argument, or PORT, or 3456.
 * `--answers answers.json` sets the switches to what `npm run probe` has found.
 */
async function main(): Promise<void> {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { answers: { type: 'string' } } });
	const port = Number(positionals[0] ?? process.env.PORT ?? 3456);
	const switches = values.answers === undefined ? {} : readAnswers(values.answers);
	const sandbox = await startSandbox({ port, clock: { flowing: true }, switches });
	process.stdout.write(`Procountor sandbox: ${sandbox.url}

Base URL       ${sandbox.url}/api
Client id      ${DEMO.client.id}
Client secret  ${DEMO.client.secret}
Redirect URI   ${DEMO.client.redirectUri}
API keys
${Object.entries(DEMO.keys)
	.map(([name, key]) => `  ${name.padEnd(12)} ${key}`)
	.join('\n')}

Page to look at and click: ${sandbox.url}/_sandbox/ (admin API: test/sandbox/README.md). Stop with Ctrl+C.
`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

void main();
