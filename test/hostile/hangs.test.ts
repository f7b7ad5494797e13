/** Writes whose response never arrives: each ends at its deadline, and is sent once however n8n repeats it. */
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Procountor/resources';
import { Engine } from '../engine/harness';
import { file, itemsOf, modes } from '../engine/execution/retryModes';
import { fillingsOf } from '../engine/reach/parameters';
import { json, rawServer } from './rawServer';

/** The deadline of a request here, in milliseconds. */
const SHORT = 6_000;
const AT_ONCE = 32;

/** Writes that do not start with a read. */
const writes = resources.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, { kind, readOnly: reads }]) => ['send', 'delete', 'upload'].includes(kind) && !reads)
		.map(([key, operation]) => ({
			name: `${value}: ${key}`,
			parameters: { resource: value, operation: key, ...fillingsOf(operation)[0].parameters } as INodeParameters,
		})),
);

interface Seen {
	run: string;
	sent: number;
	messages: string[];
}

let seen: Seen[];

beforeAll(async () => {
	const engine = await Engine.start();
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => timeout(Math.min(milliseconds, SHORT)));
	const runs = writes.flatMap((write) => Object.keys(modes).map((mode) => ({ write, mode })));
	const results: Seen[] = [];
	const lane = async (): Promise<void> => {
		for (let run = runs.shift(); run; run = runs.shift()) {
			const server = await rawServer();
			server.answer = ({ method }, response) => void (method === 'GET' && json(response, {}));
			const mode = modes[run.mode];
			const result = await engine.runNode({
				type: 'procountor',
				name: 'Procountor',
				parameters: run.write.parameters,
				credentials: {
					procountorApi: {
						environment: 'custom',
						baseUrl: server.url,
						clientId: 'client',
						clientSecret: 'client-secret-1',
						apiKey: 'api-key-number-1',
					},
				},
				items: [file],
				settings: mode.settings,
				rounds: 1,
				retryExecution: mode.retry,
			});
			const errors = itemsOf(result).flatMap(({ item }) => (item.json.error === undefined ? [] : [item.json.error]));
			results.push({
				run: `${run.write.name}, ${run.mode}`,
				sent: server.requests.filter(({ method }) => method !== 'GET').length,
				messages: [...errors, ...(result.error ? [result.error.message] : [])].map(String),
			});
			await server.close();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	seen = results;
}, 300_000);

afterAll(() => {
	jest.restoreAllMocks();
	process.stdout.write(
		`Writes without a response: ${writes.length} × ${Object.keys(modes).length} ways of repeating, sent ${seen.reduce((sum, { sent }) => sum + sent, 0)} times\n`,
	);
});

describe('A write whose response never arrives', () => {
	it('is not sent twice and is reported as unclear', () => {
		expect(seen).toHaveLength(writes.length * Object.keys(modes).length);
		expect(
			seen.filter(
				({ sent, messages }) => sent > 1 || !messages.every((one) => one.startsWith('It is unclear whether')),
			),
		).toEqual([]);
		// On a busy machine a deadline can end before its request is sent.
		expect(seen.filter(({ sent }) => sent === 1).length).toBeGreaterThan(seen.length / 2);
		expect(seen.filter(({ messages }) => messages.length === 0)).toEqual([]);
	});
});
