/** Every write of the node, under every fault, however n8n repeats it: never twice, and never lost without a word. */
import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Procountor/resources';
import type { Sandbox } from '../../sandbox';
import type { FaultKind } from '../../sandbox/http/faults';
import type { RunResult, SavedCredential } from '../harness';
import { fillingsOf } from '../reach/parameters';
import { startBench, type Bench } from '../support';

/** A write: its call, and the node's parameters for it. */
interface Write {
	name: string;
	call: string;
	parameters: INodeParameters;
}

/** All plain writes. Those of several requests have tests of their own, with the sandbox's records. */
const writes: Write[] = resources.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, { kind, readOnly: reads }]) => ['send', 'update', 'delete', 'upload'].includes(kind) && !reads)
		.map(([key, operation]) => ({
			name: `${value}: ${key}`,
			call: String(operation.call),
			parameters: { resource: value, operation: key, ...fillingsOf(operation)[0].parameters },
		})),
);
writes.push({
	name: 'apiRequest: send',
	call: 'DELETE /webhooks/{uuid}',
	parameters: {
		resource: 'apiRequest',
		operation: 'send',
		method: 'DELETE',
		path: '/webhooks/123e4567-e89b-12d3-a456-426614174000',
	},
});

const faults: Record<string, FaultKind> = {
	'cut after effect': { kind: 'cutAfter' },
	'cut before': { kind: 'cutBefore' },
	500: { kind: 'status', status: 500, body: { errors: [{ status: 500, message: 'SOMETHING' }] } },
	502: { kind: 'badGateway' },
	'504 (time-out)': { kind: 'gatewayTimeout' },
	429: { kind: 'tooManyRequests' },
};

/** Three items, the fault at one of them: how n8n runs them, and which requests and failures are right. */
interface Mode {
	/** How many writes pass before the fault strikes. */
	after: number;
	settings: Partial<INode>;
	retry?: boolean;
	/** Rounds of a loop with one item each, in place of three items in one run. */
	rounds?: boolean;
	/** The fault ends the run, so the third item is not written. */
	ends?: boolean;
}
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const modes: Record<string, Mode> = {
	'Retry On Fail': { after: 1, settings: retrying, ends: true },
	'Retry execution': { after: 1, settings: {}, retry: true, ends: true },
	'Loop Over Items': { after: 1, settings: { ...retrying, onError: 'continueRegularOutput' }, rounds: true },
	Continue: { after: 0, settings: { ...retrying, onError: 'continueRegularOutput' } },
};

/** Sandboxes that are used side by side, so that waits after a 429 overlap. */
const SANDBOXES = 6;
const file: INodeExecutionData = {
	json: {},
	binary: {
		data: { data: Buffer.from('%PDF-1.4').toString('base64'), mimeType: 'application/pdf', fileName: 'kuitti.pdf' },
	},
};

interface Place {
	bench: Bench;
	saved: SavedCredential;
}
let places: Place[];
beforeAll(async () => {
	const benches = await Promise.all(
		Array.from({ length: SANDBOXES }, async () => await startBench({ samplesOnly: true })),
	);
	places = benches.map((bench) => ({
		bench,
		saved: bench.engine.saveCredential('procountorApi', bench.credential()),
	}));
});
afterAll(async () => {
	await Promise.all(places.map(async ({ bench }) => await bench.close()));
});

/** What came of one write under one fault in one mode. */
interface Cell {
	name: string;
	/** Requests that Procountor carried out. */
	made: number;
	/** Requests that left, the refused ones aside. */
	sent: number;
	succeeded: number;
	unclear: number;
	/** Failures that say nothing of an unknown outcome. */
	other: string[];
}

async function runCell(
	{ bench, saved }: Place,
	write: Write,
	fault: FaultKind,
	mode: Mode,
): Promise<Omit<Cell, 'name'>> {
	const [method, path] = write.call.split(' ');
	const { sandbox } = bench;
	sandbox.faults.clear();
	sandbox.journal.clear();
	sandbox.faults.add({ ...fault, method, path, after: mode.after });
	const result = await bench.engine.runNode({
		type: 'procountor',
		name: 'Procountor',
		parameters: write.parameters,
		credentials: { procountorApi: saved },
		items: mode.rounds ? [file] : [file, file, file],
		settings: mode.settings,
		rounds: mode.rounds ? 3 : 1,
		retryExecution: mode.retry,
	});
	return { ...requestsIn(sandbox, method, path), ...outcomesOf(result) };
}

function requestsIn(sandbox: Sandbox, method: string, path: string): { made: number; sent: number } {
	const all = sandbox.journal.entries.filter((entry) => entry.method === method && entry.contractPath === path);
	return {
		made: all.filter(({ fault, valid }) => valid && (fault === undefined || fault === 'cutAfter')).length,
		sent: all.filter(({ fault }) => fault !== 'tooManyRequests').length,
	};
}

function outcomesOf(result: RunResult): Pick<Cell, 'succeeded' | 'unclear' | 'other'> {
	const items = (result.runData.Procountor ?? []).flatMap(({ data }) => data?.main?.[0] ?? []);
	const errors = items.flatMap(({ json }) => (json.error === undefined ? [] : [String(json.error)]));
	if (result.error) errors.push(result.error.message);
	const isUnclear = (message: string): boolean => message.startsWith('It is unclear whether');
	return {
		succeeded: result.error ? 0 : items.length - errors.length,
		unclear: errors.filter(isUnclear).length,
		other: errors.filter((message) => !isUnclear(message)),
	};
}

/** The only right result of a cell. */
function rightCell(faultName: string, { ends }: Mode): Omit<Cell, 'name'> {
	if (faultName === '429') return { made: 3, sent: 3, succeeded: 3, unclear: 0, other: [] };
	const others = ends ? 1 : 2;
	const hit = faultName === 'cut after effect' ? 1 : 0;
	return { made: others + hit, sent: others + 1, succeeded: ends ? 0 : 2, unclear: 1, other: [] };
}

describe.each(Object.keys(modes))('A write under %s', (modeName) => {
	const mode = modes[modeName];
	it.each(Object.keys(faults))('is made once or told as unclear after: %s', async (faultName) => {
		const cells: Cell[] = [];
		let next = 0;
		const lane = async (place: Place): Promise<void> => {
			while (next < writes.length) {
				const write = writes[next++];
				cells.push({ name: write.name, ...(await runCell(place, write, faults[faultName], mode)) });
			}
		};
		await Promise.all(places.map(lane));
		const right = rightCell(faultName, mode);
		const wrong = cells.filter(({ name, ...cell }) => JSON.stringify(cell) !== JSON.stringify(right) && name);
		const sum = (count: (cell: Cell) => number): number => cells.reduce((total, cell) => total + count(cell), 0);
		totals.push({
			mode: modeName,
			fault: faultName,
			writes: cells.length,
			made: sum(({ made }) => made),
			sent: sum(({ sent }) => sent),
			succeeded: sum(({ succeeded }) => succeeded),
			unclear: sum(({ unclear }) => unclear),
			'made twice': sum(({ made }) => Math.max(0, made - right.made)),
			'lost without a word': sum(({ made, succeeded }) => Math.max(0, succeeded - made)),
		});
		expect(wrong).toEqual([]);
	});
});

const totals: IDataObject[] = [];
afterAll(() => {
	const names = Object.keys(totals[0] ?? {});
	const lines = [names, ...totals.map((row) => names.map((name) => String(row[name])))];
	process.stdout.write(`${lines.map((cells) => cells.join(' | ')).join('\n')}\n`);
});
