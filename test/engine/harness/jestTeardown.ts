/** After all tests: no client secret, key or token may occur in anything that n8n stored or logged during the run. */
import { rmSync } from 'node:fs';
import { findSecrets, readRecords, recordsVariable } from './records';

export default function teardown(): void {
	const folder = process.env[recordsVariable];
	if (folder === undefined) return;
	const { secrets, records } = readRecords(folder);
	const findings = findSecrets(folder);
	if (findings.length > 0) {
		const shown = findings.slice(0, 10).map(({ file, line, around }) => `${file}:${line} ${around}`);
		throw new Error(`${findings.length} places show a secret (records kept in ${folder}):\n${shown.join('\n')}`);
	}
	if (secrets.length > 0) {
		const size = records.reduce((sum, { text }) => sum + text.length, 0);
		process.stdout.write(`\nSecrets: none of ${secrets.length} occurs in ${Math.ceil(size / 1024)} KB of executions, errors and logs.\n`);
	}
	rmSync(folder, { recursive: true, force: true });
}
