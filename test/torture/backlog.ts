/**
 * A hundred thousand invoices that a new trigger is to give: spread over a day, and all in one second. Prints requests, items and
 * milliseconds a poll and the size of the memory; then what an idle poll and a test by hand ask. The sandbox runs in a process
 * of its own. `npm run torture:backlog`, `-- --invoices 10000` for fewer.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { SandboxProcess } from '../bench/sandboxProcess';
import { Engine, type Poller, type SavedCredential } from '../engine/harness';
import { projectRoot } from '../engine/harness/environment';
import { recordsVariable } from '../engine/harness/records';
import { DEMO } from '../sandbox';

process.env[recordsVariable] ??= join(projectRoot, '.scratch', 'backlog', 'run-data');

const { values } = parseArgs({ options: { invoices: { type: 'string', default: '100000' } } });
const invoices = Number(values.invoices);

interface Poll {
	requests: number;
	items: number;
	milliseconds: number;
	bytes: number;
}

const most = (polls: Poll[], of: keyof Poll): number => Math.max(...polls.map((poll) => poll[of]));
const middle = (polls: Poll[], of: keyof Poll): number =>
	polls.map((poll) => poll[of]).sort((a, b) => a - b)[Math.floor(polls.length / 2)];
const count = (number: number): string => Math.round(number).toLocaleString('en');

/** Polls until two polls in a row give nothing. */
async function drained(sandbox: SandboxProcess, poller: Poller, seen: Map<string, number>): Promise<Poll[]> {
	const polls: Poll[] = [];
	for (let quiet = 0; quiet < 2;) {
		await sandbox.clearJournal();
		const began = performance.now();
		const items = (await poller.poll()) ?? [];
		const milliseconds = performance.now() - began;
		for (const { json } of items) seen.set(keyOf(json), (seen.get(keyOf(json)) ?? 0) + 1);
		polls.push({
			requests: (await sandbox.asked()).requests,
			items: items.length,
			milliseconds,
			bytes: Buffer.byteLength(JSON.stringify(poller.staticData)),
		});
		quiet = items.length ? 0 : quiet + 1;
	}
	return polls;
}

const keyOf = ({ id, version }: IDataObject): string => `${String(id)} ${String(version)}`;

function tell(polls: Poll[], seen: Map<string, number>): void {
	const working = polls.filter(({ items }) => items > 0);
	const seconds = polls.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
	console.log(
		`  ${count(seen.size)} records in ${working.length} polls and ${count(polls.reduce((sum, { requests }) => sum + requests, 0))} requests, ${seconds.toFixed(1)} s in all; given twice: ${[...seen.values()].filter((times) => times > 1).length}`,
	);
	console.log(
		`  a poll: ${middle(working, 'requests')} requests (at most ${most(working, 'requests')}), ${count(middle(working, 'items'))} items (${count(most(working, 'items'))}), ${count(middle(working, 'milliseconds'))} ms (${count(most(working, 'milliseconds'))})`,
	);
	console.log(
		`  memory: at most ${count(most(polls, 'bytes'))} bytes, ${count(polls[polls.length - 1].bytes)} at the end; an idle poll behind it: ${polls[polls.length - 1].requests} requests`,
	);
}

async function main(): Promise<void> {
	const sandbox = await SandboxProcess.start();
	const engine = await Engine.start();
	const credential = (): SavedCredential =>
		engine.saveCredential('procountorApi', {
			environment: 'custom',
			baseUrl: sandbox.url,
			clientId: DEMO.client.id,
			clientSecret: DEMO.client.secret,
			apiKey: DEMO.keys.admin,
			requestsPerSecond: 1000,
		});
	const trigger = (parameters: IDataObject): Poller =>
		engine.poller({
			type: 'procountorTrigger',
			parameters: { simple: false, ...parameters } as never,
			credentials: { procountorApi: credential() },
		});
	for (const everySeconds of [0.864, 0]) {
		await sandbox.reset();
		const amounts = { invoices, everySeconds };
		await sandbox.seed(amounts);
		console.log(`${count(invoices)} invoices ${everySeconds ? 'spread over a day' : 'in one second'}`);
		for (const [event, includeDetails] of [
			['invoiceCreated', true],
			['invoiceUpdated', false],
			['invoiceStatusChanged', false],
		] as const) {
			console.log(` ${event}, Start From everything${includeDetails ? ', with details' : ''}`);
			const logged = engine.logs.entries.length;
			const seen = new Map<string, number>();
			tell(await drained(sandbox, trigger({ event, startFrom: 'everything', includeDetails }), seen), seen);
			for (const { level, message } of engine.logs.since(logged))
				if (level === 'warn') console.log(`  log: ${message}`);
		}
	}
	await sandbox.clearJournal();
	await trigger({ event: 'invoiceCreated', includeDetails: true }).poll('manual');
	const byHand = await sandbox.asked();
	console.log(`a test by hand: ${byHand.requests} requests and ${byHand.tokenCalls} for the token`);
	await sandbox.stop();
}

void main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
