/** An unhandled rejection would end n8n, so a storm of faults must cause none. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../engine/harness/environment';

it('A storm of faults causes no unhandled rejection', () => {
	const storm = spawnSync(
		process.execPath,
		['--unhandled-rejections=strict', '--import', 'tsx', join(__dirname, 'storm.ts')],
		{ cwd: projectRoot, encoding: 'utf8' },
	);
	expect(storm.stderr).not.toMatch(/[Uu]nhandled|UnhandledPromiseRejection|MaxListenersExceeded/);
	expect(storm.status).toBe(0);
	const states = JSON.parse(storm.stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
	expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(30);
	// Some runs must fail, or the storm proves nothing.
	expect(states.error).toBeGreaterThan(0);
});
