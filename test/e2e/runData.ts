/** Hands what a run left behind to `npm run check:secrets`, and lets it search at once. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordSecrets } from '../engine/harness/records';

const projectRoot = join(__dirname, '..', '..');

export interface SearchResult {
	status: number | null;
	/** What the search printed: places without the secrets, and a summary. */
	output: string;
}

/**
 * Writes texts beside those of other runs and searches all of them.
 * @param texts by the name that the search tells
 */
export function searchForSecrets(texts: Record<string, string>, secrets: string[]): SearchResult {
	const folder = join(projectRoot, '.scratch', 'run-data');
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
	recordSecrets(secrets);
	const { status, stdout } = spawnSync(process.execPath, [join('scripts', 'gate', 'check-secrets.mjs')], {
		cwd: projectRoot,
		encoding: 'utf8',
	});
	return { status, output: stdout.trim() };
}
