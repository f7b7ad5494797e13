/** Hands what a run left behind to `npm run check:secrets`, and lets it search at once. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
	const list = join(folder, 'secrets.json');
	const known = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
	writeFileSync(list, JSON.stringify([...new Set([...known, ...secrets])], null, '\t'));
	const { status, stdout } = spawnSync(process.execPath, [join('scripts', 'gate', 'check-secrets.mjs')], {
		cwd: projectRoot,
		encoding: 'utf8',
	});
	return { status, output: stdout.trim() };
}
