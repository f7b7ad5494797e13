/**
 * A process of its own for measuring memory: `memoryChild.ts <package folder> <sandbox URL> <simple>`. Lists all invoices by Get
 * Many and prints as JSON what the heap holds, after forced collections.
 */
import { credentialFor } from './credential';
import { collect } from './gc';
import { N8n } from './n8n';
import type { MemoryRun } from './memory';

/** Milliseconds between two forced collections while the list is read. */
const EVERY = 200;

function held(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function main(): Promise<void> {
	const [folder, url, simple] = process.argv.slice(2);
	const n8n = await N8n.start([folder]);
	const credential = n8n.saveCredential('procountorApi', credentialFor(url, 1000));
	const step = (parameters: object) => ({
		type: 'procountor',
		parameters: { resource: 'invoice', operation: 'getAll', simple: simple === 'true', ...parameters },
		credential,
	});
	await n8n.run([step({ limit: 1000 })]);
	const before = held();
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, held())), EVERY);
	const run = await n8n.runWhole([step({ returnAll: true })], [{ json: {} }]);
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
