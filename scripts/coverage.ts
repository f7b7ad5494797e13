// `npm run coverage:api`: runs the engine tests and shows, for each of the API's operations, through which operations of the node
// it was sent and answered. A call counts when a valid request of it was answered, items came of the answer, and each of its
// parameters was used. `-- --recorded` takes what the last run of the engine tests recorded.
import { spawnSync } from 'node:child_process';
import { contractOperations, type ContractOperation } from '../test/contract/read';
import { forgetRecorded, readRecorded, type Sent } from '../test/engine/reach/record';

/** What took the place of the deprecated calls. */
const SUCCESSOR = 'GET /mfatransactionresult/{transactionIdentifier}';

if (!process.argv.includes('--recorded')) {
	forgetRecorded();
	const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', 'test/engine', '--silent'], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (status !== 0) {
		console.log('The engine tests fail, so nothing can be told of the coverage.');
		process.exit(1);
	}
}

// Requests in free form reach anything: they show nothing about the declarations.
const sent = new Map(
	readRecorded().map((one) => [
		one.call,
		{ ...one, by: one.by.filter((operation) => !operation.startsWith('apiRequest:')) },
	]),
);
const rows = contractOperations.map((operation) => ({ operation, ...judged(operation, sent.get(operation.call)) }));
const outside = [...sent.keys()].filter((call) => !contractOperations.some((operation) => operation.call === call));

print(
	rows.map(({ operation, state, by, parameters }, index) => [String(index + 1), operation.call, state, parameters, by]),
);
for (const { operation, state, missing } of rows) if (state === 'missing') console.log(`${operation.call}: ${missing}`);
for (const call of outside)
	console.log(`${call} is not in the contract, and was sent by ${sent.get(call)?.by.join(', ')}`);

const count = (state: string): number => rows.filter((row) => row.state.startsWith(state)).length;
const done = count('sent') + count('replaced');
console.log(`${done} of ${rows.length} (${count('sent')} sent, ${count('replaced')} replaced)`);
if (done < rows.length || outside.length) process.exitCode = 1;

interface Judgement {
	state: 'sent' | 'sent, by schema' | 'replaced' | 'missing';
	by: string;
	/** How many of its query and header parameters were used. */
	parameters: string;
	missing?: string;
}

function judged(operation: ContractOperation, one: Sent | undefined): Judgement {
	if (operation.deprecated) return replaced(one);
	const all = parametersOf(operation);
	const unused = all.filter((name) => !one?.parameters.includes(name));
	const parameters = all.length ? `${all.length - unused.length}/${all.length}` : '–';
	const by = one ? told(one.by) : '';
	if (one === undefined || one.by.length === 0) return { state: 'missing', by, parameters, missing: 'never sent' };
	if (unused.length) return { state: 'missing', by, parameters, missing: `never sent with ${unused.join(', ')}` };
	return { state: one.byRules ? 'sent' : 'sent, by schema', by, parameters };
}

/** A deprecated call is never sent; its successor was. */
function replaced(one: Sent | undefined): Judgement {
	if (one) return { state: 'missing', by: told(one.by), parameters: '–', missing: 'is deprecated, and was sent' };
	const successor = sent.get(SUCCESSOR);
	return successor
		? { state: 'replaced', by: told(successor.by), parameters: '–' }
		: { state: 'missing', by: '', parameters: '–', missing: `its successor ${SUCCESSOR} was never sent` };
}

/** Paging by number does not count where the list is walked through by id. */
function parametersOf({ parameters }: ContractOperation): string[] {
	const hasKeyset = parameters.some(({ name }) => name === 'previousId');
	return parameters.flatMap(({ name, in: place }) =>
		place === 'header' ? [`header ${name}`] : place === 'query' && !(hasKeyset && name === 'page') ? [name] : [],
	);
}

/** At most three operations by name. */
function told(by: string[]): string {
	return by.length > 3 ? `${by.slice(0, 3).join(', ')} and ${by.length - 3} more` : by.join(', ');
}

function print(table: string[][]): void {
	const head = ['', 'call', 'state', 'parameters', 'operations of the node'];
	const widths = head.map((_, column) => Math.max(...[head, ...table].map((row) => row[column].length)));
	for (const row of [head, ...table])
		console.log(
			row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('  ')
				.trimEnd(),
		);
}
