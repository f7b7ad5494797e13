/** Before all tests: gives this run a records folder of its own. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './environment';
import { recordsVariable } from './records';

export default function setup(): void {
	const folder = join(scratchFolder, 'records', `run-${process.pid}`);
	rmSync(folder, { recursive: true, force: true });
	process.env[recordsVariable] = folder;
}
