/**
 * Everything that n8n would have stored or printed during the tests, saved on disk so that `npm run check:secrets` can search
 * it for secrets. The folder and its list of secrets have the form that this check expects.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './environment';

/** Environment variable for another folder of the records. */
export const recordsVariable = 'RUN_DATA_FOLDER';

/** Shorter values occur by chance, so they are not recorded as secrets. */
const shortestSecret = 8;

function folder(): string {
	const path = process.env[recordsVariable] ?? join(scratchFolder, 'run-data');
	mkdirSync(path, { recursive: true });
	return path;
}

/** Adds one text (an execution, a log line, a credential test's answer) to this process's record. */
export function record(kind: string, text: string): void {
	appendFileSync(join(folder(), `${process.pid}.records`), `${kind} ${text.replaceAll('\n', '\\n')}\n`);
}

const noted = new Set<string>();

/** Adds values that must not occur in any record. Ignores values that are not texts, expressions, and short values. */
export function recordSecrets(values: unknown[]): void {
	const path = join(folder(), 'secrets.json');
	const isNew = (value: unknown): value is string =>
		typeof value === 'string' && value.length >= shortestSecret && !value.startsWith('=') && !noted.has(path + value);
	const secrets = values.filter(isNew);
	if (secrets.length === 0) return;
	locked(`${folder()}.lock`, () => {
		const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : [];
		writeFileSync(`${path}.new`, JSON.stringify([...new Set([...known, ...secrets])], null, '\t'));
		renameSync(`${path}.new`, path);
	});
	for (const secret of secrets) noted.add(path + secret);
}

/** The test workers write to one list. A folder serves as a lock, because only one worker can create it. */
function locked(path: string, work: () => void): void {
	const pause = new Int32Array(new SharedArrayBuffer(4));
	for (let attempts = 0; ; attempts++) {
		try {
			mkdirSync(path);
			break;
		} catch {
			// The lock is two seconds old, so its process was killed.
			if (attempts > 400) rmSync(path, { recursive: true, force: true });
			Atomics.wait(pause, 0, 0, 5);
		}
	}
	try {
		work();
	} finally {
		rmSync(path, { recursive: true, force: true });
	}
}
