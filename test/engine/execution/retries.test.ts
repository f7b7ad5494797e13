/** Every write, under every fault and every way in which n8n repeats it: it takes effect at most once and never fails silently. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Procountor/resources';
import { DEMO, type Sandbox } from '../../sandbox';
import type { JournalEntry } from '../../sandbox/http/journal';
import { invoices } from '../../sandbox/records/invoices/model';
import { receipts } from '../../sandbox/records/receipts/model';
import type { FaultKind } from '../../sandbox/http/faults';
import type { RunResult, SavedCredential } from '../harness';
import { fillingsOf } from '../reach/parameters';
import { startBench, type Bench } from '../support';
import { isWriteOf, jobWrites, type JobWrite } from './jobWrites';
import { faults, file, itemsOf, modes, type Mode } from './retryModes';

/** A write: its call, and the node's parameters for it. */
interface Write {
	name: string;
	call: string;
	parameters: INodeParameters;
}

/** All plain writes. */
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

/** Sandboxes that run in parallel, so that waits after a 429 overlap. */
const SANDBOXES = 6;
interface Place {
	bench: Bench;
	saved: SavedCredential;
}
let places: Place[];
/** Sandboxes with the records of a company, for operations that depend on stored records. */
let jobPlaces: Place[];
beforeAll(async () => {
	const benches = await Promise.all(
		Array.from({ length: SANDBOXES }, async () => await startBench({ samplesOnly: true })),
	);
	const jobBenches = await Promise.all(Array.from({ length: SANDBOXES }, async () => await startBench()));
	const placeOf = (bench: Bench): Place => ({
		bench,
		saved: bench.engine.saveCredential('procountorApi', bench.credential()),
	});
	places = benches.map(placeOf);
	jobPlaces = jobBenches.map(placeOf);
});
afterAll(async () => {
	await Promise.all([...places, ...jobPlaces].map(async ({ bench }) => await bench.close()));
});

/** The result of one write under one fault in one mode. */
interface Cell {
	name: string;
	/** Requests that Procountor carried out. */
	made: number;
	/** Requests that were sent, without those rejected with 429. */
	sent: number;
	succeeded: number;
	unclear: number;
	/** Failures that do not report an unclear outcome. */
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
	const items = itemsOf(result).map(({ item }) => item);
	const errors = items.flatMap(({ json }) => (json.error === undefined ? [] : [String(json.error)]));
	if (result.error) errors.push(result.error.message);
	const isUnclear = (message: string): boolean => message.startsWith('It is unclear whether');
	return {
		succeeded: result.error ? 0 : items.length - errors.length,
		unclear: errors.filter(isUnclear).length,
		other: errors.filter((message) => !isUnclear(message)),
	};
}

/** The expected result of a cell. */
function rightCell(faultName: string, { ends }: Mode): Omit<Cell, 'name'> {
	if (faultName === '429') return { made: 3, sent: 3, succeeded: 3, unclear: 0, other: [] };
	const others = ends ? 1 : 2;
	const hit = faultName === 'cut after effect' ? 1 : 0;
	return { made: others + hit, sent: others + 1, succeeded: ends ? 0 : 2, unclear: 1, other: [] };
}

describe.each(Object.keys(modes))('Write with %s', (modeName) => {
	const mode = modes[modeName];
	it.each(Object.keys(faults))('takes effect once or is reported as unclear after: %s', async (faultName) => {
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
			kind: 'plain',
			mode: modeName,
			fault: faultName,
			writes: cells.length,
			made: sum(({ made }) => made),
			sent: sum(({ sent }) => sent),
			succeeded: sum(({ succeeded }) => succeeded),
			unclear: sum(({ unclear }) => unclear),
			'written twice': sum(({ made }) => Math.max(0, made - right.made)),
			'lost silently': sum(({ made, succeeded }) => Math.max(0, succeeded - made)),
		});
		expect(wrong).toEqual([]);
	});
});

/** The result of one operation with several requests: how often each of the three items was written, and the messages. */
interface JobCell {
	name: string;
	effects: number[];
	succeeded: boolean[];
	messages: string[];
}

async function runJob({ bench, saved }: Place, write: JobWrite, fault: FaultKind, mode: Mode): Promise<JobCell> {
	const [method, path] = write.call.split(' ');
	const { sandbox } = bench;
	const keys = [1, 2, 3].map(() => write.key(bench));
	const one = (list: string[]): INodeExecutionData => ({
		json: { keys: list, versions: list.map((key) => versionOf(bench, key)) },
		binary: file.binary,
	});
	sandbox.faults.clear();
	sandbox.journal.clear();
	sandbox.faults.add({ ...fault, method, path, after: write.isOneOrder && !mode.rounds ? 0 : mode.after });
	const result = await bench.engine.runNode({
		type: 'procountor',
		name: 'Procountor',
		parameters: write.parameters,
		credentials: { procountorApi: saved },
		items: mode.rounds ? [one(keys)] : keys.map((key) => one([key])),
		settings: mode.settings,
		rounds: mode.rounds ? 3 : 1,
		retryExecution: mode.retry,
	});
	const isEffect = (entry: JournalEntry): boolean =>
		entry.method === method &&
		entry.contractPath === path &&
		(entry.fault === undefined || entry.fault === 'cutAfter') &&
		entry.valid &&
		(entry.status ?? 500) < 300;
	const effects = keys.map((key) => {
		const ids = [key, ...idsOf(bench, key)];
		return sandbox.journal.entries.filter((entry) => isEffect(entry) && ids.some((id) => isWriteOf(entry, id))).length;
	});
	const succeeded = [false, false, false];
	const messages = result.error ? [result.error.message] : [];
	for (const { run, item } of itemsOf(result)) {
		const sources = [item.pairedItem ?? 0].flat().map((paired) => (typeof paired === 'number' ? paired : paired.item));
		if (item.json.error !== undefined) messages.push(String(item.json.error));
		else if (!result.error) for (const source of sources) succeeded[mode.rounds ? run : source] = true;
	}
	return { name: write.name, effects, succeeded, messages };
}

const company = ({ sandbox }: Bench) => sandbox.world.company(DEMO.companyId);
const versionOf = (bench: Bench, key: string): string => {
	const entry = company(bench).register(invoices).get(Number(key));
	return entry ? bench.sandbox.clock.text(entry.version) : '';
};
/** The IDs of the records that an item created, and of the ledger receipt of its invoice. */
function idsOf(bench: Bench, key: string): string[] {
	const [made, journals] = [company(bench).register(invoices), company(bench).register(receipts)];
	const ids = [
		made.get(Number(key))?.record.ledgerReceiptId,
		...made.all().flatMap(({ id, record }) => (record.originalInvoiceNumber === key ? id : [])),
		...journals.all().flatMap(({ id, record }) => (record.name === key ? id : [])),
	];
	return ids.flatMap((id) => (id === undefined ? [] : String(id)));
}

describe.each(Object.keys(modes))('Operation with several requests and %s', (modeName) => {
	it.each(Object.keys(faults))('writes once or reports a failure after: %s', async (faultName) => {
		const cells: JobCell[] = [];
		let next = 0;
		const lane = async (place: Place): Promise<void> => {
			while (next < jobWrites.length)
				cells.push(await runJob(place, jobWrites[next++], faults[faultName], modes[modeName]));
		};
		await Promise.all(jobPlaces.map(lane));
		const twice = cells.filter(({ effects }) => effects.some((times) => times > 1));
		const lost = cells.filter(({ effects, succeeded }) => succeeded.some((one, index) => one && effects[index] === 0));
		const silent = cells.filter(({ succeeded, messages }) => succeeded.includes(false) && messages.length === 0);
		const raised = faultName === '429' ? cells.filter(({ succeeded }) => succeeded.includes(false)) : [];
		const flat = <T>(pick: (cell: JobCell) => T[]): T[] => cells.flatMap(pick);
		totals.push({
			kind: 'several requests',
			mode: modeName,
			fault: faultName,
			writes: cells.length,
			made: flat(({ effects }) => effects).reduce((sum, one) => sum + one, 0),
			sent: '',
			succeeded: flat(({ succeeded }) => succeeded).filter((one) => one).length,
			unclear: flat(({ messages }) => messages).filter((message) => /unclear/.test(message)).length,
			'written twice': twice.length,
			'lost silently': lost.length + silent.length,
		});
		expect({ twice, lost, silent, raised }).toEqual({ twice: [], lost: [], silent: [], raised: [] });
	});
});

it('The table of operations with several requests contains every one that writes', () => {
	const tested = new Set(jobWrites.map(({ name }) => name.split(',')[0]));
	const writing = resources.flatMap(({ value, operations }) =>
		Object.entries(operations)
			.filter(([, { kind, readOnly, offline, call, calls }]) => {
				const changes = [call, ...(calls ?? [])].filter((one) => one && !/^GET|^POST \/reports/.test(one));
				return kind === 'job' && !readOnly && !offline && changes.length > 0;
			})
			.map(([key]) => `${value}: ${key}`),
	);
	expect(writing.filter((name) => !tested.has(name))).toEqual([]);
});

const totals: IDataObject[] = [];
afterAll(() => {
	const names = Object.keys(totals[0] ?? {});
	const lines = [names, ...totals.map((row) => names.map((name) => String(row[name])))];
	process.stdout.write(`${lines.map((cells) => cells.join(' | ')).join('\n')}\n`);
});
