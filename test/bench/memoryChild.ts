/**
 * A process of its own for measuring memory: `memoryChild.ts <package folder> <sandbox URL> <list>`. Reads a whole list and prints
 * as JSON what the heap holds, after forced collections.
 */
import { credentialFor } from './credential';
import { collect } from './gc';
import { N8n } from './n8n';
import type { MemoryList, MemoryRun } from './memory';

/** Milliseconds between two forced collections while the list is read. */
const EVERY = 200;

function held(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

const invoices = { resource: 'invoice', operation: 'getAll' };
const ledger = { resource: 'ledgerReceipt', operation: 'getLedgerRows', options: { partnerNames: false } };

/** Parameters that read the whole list, and those that read a little of it. */
const parameters: Record<MemoryList, [whole: object, part: object]> = {
	simplified: [
		{ ...invoices, returnAll: true },
		{ ...invoices, limit: 1000 },
	],
	whole: [
		{ ...invoices, returnAll: true, simple: false },
		{ ...invoices, limit: 1000, simple: false },
	],
	ledgerRows: [
		{ ...ledger, startDate: '', endDate: '' },
		{ ...ledger, startDate: '2000-01-01', endDate: '2000-01-31' },
	],
};

async function main(): Promise<void> {
	const [folder, url, list] = process.argv.slice(2);
	const [whole, part] = parameters[list as MemoryList];
	const n8n = await N8n.start([folder]);
	const credential = n8n.saveCredential('procountorApi', credentialFor(url, 1000));
	const step = (given: object) => ({ type: 'procountor', parameters: { ...given }, credential });
	await n8n.run([step(part)]);
	const before = held();
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, held())), EVERY);
	const run = await n8n.runWhole([step(whole)], [{ json: {} }]);
	clearInterval(watch);
	const after = held();
	const { runData, lastNodeExecuted } = run.data.resultData;
	const items = runData[lastNodeExecuted ?? '']?.at(-1)?.data?.main[0] ?? [];
	const bytes = items.reduce((total, { json }) => total + Buffer.byteLength(JSON.stringify(json)) + 1, 1);
	const result: MemoryRun = {
		items: items.length,
		jsonBytes: bytes,
		held: after - before,
		peak: Math.max(peak, after) - before,
	};
	process.stdout.write(JSON.stringify(result));
}

void main();
