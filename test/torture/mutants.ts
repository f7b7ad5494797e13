/** The trigger broken on purpose: copies of its sources with one line changed. Each must be caught, else the torture proves nothing. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Algorithm } from './n8n';
import type { Kind } from './variants';

export interface Mutant {
	name: string;
	file: string;
	/** The line as it is, and what it is turned into. */
	from: string;
	to: string;
	/** The kinds of events that must notice. */
	kinds: Kind[];
}

export const MUTANTS: Mutant[] = [
	{
		name: 'no overlap',
		file: 'times.ts',
		from: 'const OVERLAP_MS = VISIBLE_WITHIN_MS + MAX_SCAN_DURATION_MS + HOUR_MS;',
		to: 'const OVERLAP_MS = 0;',
		kinds: ['created', 'changed', 'status'],
	},
	{
		name: 'no hour for moved clocks',
		file: 'times.ts',
		from: 'const OVERLAP_MS = VISIBLE_WITHIN_MS + MAX_SCAN_DURATION_MS + HOUR_MS;',
		to: 'const OVERLAP_MS = VISIBLE_WITHIN_MS + MAX_SCAN_DURATION_MS;',
		kinds: ['changed', 'status'],
	},
	{
		name: 'key without version',
		file: 'changed.ts',
		from: 'handled.get(row.id) !== versionOf(row)',
		to: '!handled.has(row.id)',
		kinds: ['changed'],
	},
	{
		name: 'window moved before the scan is complete',
		file: 'window.ts',
		from: 'upTo === undefined ? { mark: next } : { mark, scan: { from, after: upTo, next } }',
		to: '{ mark: next }',
		kinds: ['changed', 'status'],
	},
	{
		name: 'cursor moved before the scan is complete',
		file: 'created.ts',
		from: 'const cursor = passed ? rows[passed - 1].id : memory.cursor;',
		to: 'const cursor = isCut ? rows[rows.length - 1].id : passed ? rows[passed - 1].id : memory.cursor;',
		kinds: ['created', 'createdWithoutTimes'],
	},
	{
		name: 'next window from the end of a long scan',
		file: 'window.ts',
		from: 'const next = pending?.next ?? rows.reduce((newest, row) => laterTime(newest, row.version), mark);',
		to: 'const next = rows.reduce((newest, row) => laterTime(newest, row.version), pending?.next ?? mark);',
		kinds: ['changed'],
	},
	{
		name: 'trimmed keys of changed records',
		file: 'changed.ts',
		from: 'toMs(next && overlapStart(next)) ?? 0',
		to: 'toMs(next) ?? 0',
		kinds: ['changed'],
	},
	{
		name: 'trimmed keys of new records',
		file: 'created.ts',
		from: '[...seen].filter((id) => id > cursor)',
		to: '[...seen].filter((id) => id > cursor).slice(-6)',
		kinds: ['created'],
	},
	{
		name: 'local clock',
		file: 'window.ts',
		from: 'const start = mark && overlapStart(mark);',
		to: 'const start = mark && overlapStart(new Date().toISOString().slice(0, 19));',
		kinds: ['changed', 'status'],
	},
	{
		name: 'local clock for new records',
		file: 'created.ts',
		from: 'const newest = rows.reduce((time, row) => laterTime(time, row.created), memory.newest);',
		to: "const newest = rows.length ? '2030-01-01T00:00:00' : memory.newest;",
		kinds: ['created'],
	},
	{
		name: 'drafts forgotten',
		file: 'created.ts',
		from: '.filter(isOpenDraft)',
		to: '.filter(isOpenDraft).slice(1)',
		kinds: ['created'],
	},
	{
		name: 'ids taken for rising without exception',
		file: 'created.ts',
		from: 'passed < rows.length - bounds.margin &&',
		to: 'passed < rows.length &&',
		kinds: ['createdWithoutTimes'],
	},
	{
		name: 'no memory of an empty start',
		file: 'state.ts',
		from: "const isFromNow = memory === undefined && start.from === 'now';",
		to: 'const isFromNow = settings.bounds.pageSize < 0;',
		kinds: ['created', 'createdWithoutTimes', 'changed', 'status'],
	},
	{
		name: "the clock in place of a record's own time",
		file: 'status.ts',
		from: 'const since = mark ?? now;',
		to: 'const since = now;',
		kinds: ['status'],
	},
	{
		name: 'drafts forgotten while nothing shows',
		file: 'created.ts',
		from: 'if (!isShown || (row && isDraft(row)))',
		to: 'if (row && isDraft(row))',
		kinds: ['created'],
	},
	{
		name: 'a short page taken for the end',
		file: 'scan.ts',
		from: 'if (last || (beyond.length === 0 && !isFull)) return undefined;',
		to: 'if (last || !isFull) return undefined;',
		kinds: ['created', 'createdWithoutTimes', 'changed', 'status'],
	},
	{
		name: 'a short page of the newest taken for all',
		file: 'scan.ts',
		from: 'if (last || (isFalling && rows[rows.length - 1].id <= after + 1)) continue;',
		to: 'if (last || rows.length < size) continue;',
		kinds: ['created', 'createdWithoutTimes'],
	},
	{
		name: 'overlapping polls let in',
		file: 'overlap.ts',
		from: 'if (inFlight.has(trigger)) return false;',
		to: '',
		kinds: ['created', 'changed', 'status'],
	},
];

const SOURCES = join(__dirname, '../../nodes/Procountor');
const COPIES = join(__dirname, '../../.scratch/torture');

/** The trigger as it ships, or a copy with a mutant's change. @throws when the source does not hold the line that is to change */
export async function algorithmOf(mutant?: Mutant): Promise<Algorithm> {
	const folder = mutant ? copied(mutant) : SOURCES;
	const [state, overlap] = (await Promise.all([
		import(join(folder, 'trigger/state')),
		import(join(folder, 'trigger/overlap')),
	])) as [Algorithm, Algorithm];
	return { poll: state.poll, readState: state.readState, beginPoll: overlap.beginPoll, endPoll: overlap.endPoll };
}

function copied({ name, file, from, to }: Mutant): string {
	const folder = join(COPIES, name.replaceAll(' ', '-'));
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const part of ['trigger', 'api', 'labels', 'validation', 'n8n', 'utils'])
		cpSync(join(SOURCES, part), join(folder, part), { recursive: true });
	const path = join(folder, 'trigger', file);
	const source = readFileSync(path, 'utf8');
	if (source.split(from).length !== 2) throw new Error(`The mutant '${name}' does not find its line in ${file}`);
	writeFileSync(
		path,
		source.replace(from, () => to),
	);
	return folder;
}
