/** What each event promises, held against what happened and what the trigger gave. */
import type { IDataObject } from 'n8n-workflow';
import { helsinkiOffset } from '../sandbox/clock';
import { unpackIds } from '../../nodes/Procountor/trigger/compactIds';
import type { StatusMemory } from '../../nodes/Procountor/trigger/status';
import type { WindowMemory } from '../../nodes/Procountor/trigger/window';
import type { Settings } from '../../nodes/Procountor/trigger/step';
import type { Polled } from './n8n';
import { partnerOf, passesImmutable } from './variants';
import { isDraftStatus, versionAt, type Truth, type Version, type World } from './world';

/** The stated delay, within which a record must become visible: fifteen minutes. */
export const VISIBLE_WITHIN = 900_000;

/** A broken promise. */
export class Broken extends Error {}

/** All polls from one start to the next: the start itself, and what was given since. */
export class Epoch {
	readonly given = new Set<string>();
	/** The partners that filters have asked for since; undefined for all. The person may change filters without a new start. */
	private readonly partners = new Set<number | undefined>();
	/** The overlap was cut short, and the log says so: what shows late may be missed. */
	isShort = false;
	/** The time of a start from now that found nothing: the server's, or that of a record that went away meanwhile. What shows an earlier one was there before. */
	private emptySince: string | undefined;
	/** Too much had changed at the start, and the log says so: a record with an earlier time may be missed. */
	floor = '';

	constructor(
		readonly settings: Settings,
		readonly began: number,
		readonly ended: number,
	) {}

	/** Whether a partner has passed all the filters that there have been, or any of them. */
	passes(partner: number, which: 'every' | 'some'): boolean {
		return [...this.partners][which]((wanted) => wanted === undefined || wanted === partner);
	}

	/** Takes note of the filters of the moment, and of what the trigger says that it cannot promise. */
	note(settings: Settings, { notes, after, asked }: Polled, isStart: boolean): void {
		this.partners.add(partnerOf(settings));
		this.isShort ||= notes.some(({ level, text }) => level === 'warn' && text.includes('in a short time'));
		const session = asked.find(({ request }) => request.ask === 'session');
		if (
			isStart &&
			isEmpty(asked, settings) &&
			this.settings.start.from === 'now' &&
			session?.response.time !== undefined
		)
			this.emptySince = newestIn(asked) ?? finnish(session.response.time);
		if (isStart && notes.some(({ level }) => level === 'warn'))
			this.floor = (after.memory as { floor?: string } | undefined)?.floor ?? '';
	}

	/** Notes a given item. @throws Broken when it was given before */
	give(key: string, what: string): void {
		if (this.given.has(key)) throw new Broken(`repeated: ${what}`);
		this.given.add(key);
	}

	/** Whether what was made at a moment belongs to what the start leaves out, may give, or must give. */
	standing(instant: number, text: string): 'out' | 'may' | 'must' {
		const { from, date = '' } = this.settings.start;
		if (from === 'everything') return 'must';
		if (from === 'date') return text.slice(0, 19) >= date ? 'must' : 'out';
		if (this.emptySince !== undefined) return this.standingAfterEmpty(instant, text, this.emptySince);
		return instant > this.ended ? 'must' : instant <= this.began ? 'out' : 'may';
	}

	/** After an empty start the written time decides; a list without times tells the day alone. */
	private standingAfterEmpty(instant: number, text: string, since: string): 'out' | 'may' | 'must' {
		const isEarlier = this.settings.fields.created ? text.slice(0, 19) < since : text.slice(0, 10) < since.slice(0, 10);
		if (instant > this.ended) return isEarlier && distance(text, since) <= OFF ? 'may' : 'must';
		if (instant > this.began) return 'may';
		const isSameDay = !this.settings.fields.created && !isEarlier;
		return !isEarlier && (isSameDay || this.began - instant <= REPEATED) ? 'may' : 'out';
	}
}

/** Whether a start found nothing to remember. For statuses, what counts are the pages of records; a request before them asks for the newest time. */
function isEmpty(asked: Polled['asked'], { strategy, bounds }: Settings): boolean {
	return asked.every(({ request, response }) => {
		const isCounted = request.ask === 'list' && (strategy !== 'status' || request.size === bounds.pageSize);
		return !isCounted || response.records.length === 0;
	});
}

/** The latest time on the records that a poll saw, as the server writes it. */
function newestIn(asked: Polled['asked']): string | undefined {
	return asked
		.flatMap(({ request, response }) => (request.ask === 'list' ? response.records : []))
		.map(({ version }) => String(version).slice(0, 19))
		.sort()
		.at(-1);
}

/** How far what the server writes may be off its own time at an empty start: the clock is put right, or it writes UTC. */
const OFF = 3 * 3_600_000 + 61_000;
/** The hour that repeats in autumn cannot be told apart. */
const REPEATED = 3_600_000 + 61_000;

/** An instant as Finnish time; in the hour that repeats in autumn, the beginning of that hour. */
function finnish(instant: number): string {
	const text = new Date(instant + helsinkiOffset(instant)).toISOString().slice(0, 19);
	const isRepeated = helsinkiOffset(instant) > helsinkiOffset(instant + 3_600_000);
	return isRepeated ? `${text.slice(0, 13)}:00:00` : text;
}

/** By how many milliseconds one time is written before another. */
function distance(one: string, other: string): number {
	return Date.parse(`${other}Z`) - Date.parse(`${one.slice(0, 19)}Z`);
}

export interface Checked {
	world: World;
	/** The settings of the moment; the epoch has those of its start. */
	settings: Settings;
	epoch: Epoch;
	polled: Polled;
}

export function truthOf(world: World, record: { id?: unknown }): Truth {
	const truth = world.truths.find(({ id }) => id === record.id);
	if (!truth) throw new Broken(`invented: record ${String(record.id)}`);
	return truth;
}

/** The state of a record that stood all the while that a poll was under way. */
export function standingDuring(truth: Truth, { began, ended }: Pick<Polled, 'began' | 'ended'>): Version | undefined {
	const before = versionAt(truth, began);
	return before && before === versionAt(truth, ended) ? before : undefined;
}

/** Up to which id a scan by rising id has read all of its parts; Infinity when it came to the end of each, or to its newest row. */
function readUpTo({ asked }: Polled, { allFilters, bounds }: Settings): number {
	const ends = new Map<string, number>();
	const tops = new Map<string, number>();
	for (const { request, response } of asked) {
		if (request.ask !== 'list') continue;
		const { orderById, previousId, size, ...part } = request.query;
		const key = JSON.stringify(part);
		const highest = Math.max(0, ...response.records.map(({ id }) => Number(id)));
		if (orderById === 'DESC' && previousId === undefined && highest > 0) tops.set(key, highest);
		if (orderById !== 'ASC' || size !== bounds.pageSize || (allFilters && part.businessPartnerId !== undefined))
			continue;
		const isEnd = response.last || highest === 0 || highest >= (tops.get(key) ?? Infinity);
		ends.set(key, isEnd ? Infinity : highest);
	}
	return Math.min(Infinity, ...ends.values());
}

/** Whether a poll has come to the end of what there was, and left nothing to the next one. */
export function isAtEnd(polled: Polled, settings: Settings): boolean {
	const { memory } = polled.after;
	if (memory === undefined) return true;
	// Where the list shows nothing at all, a scan stays open: the right may have been withdrawn.
	if (!('cursor' in memory))
		return !isCut(polled.after) || polled.asked.every(({ response }) => !response.records.length);
	const handled = Math.max(memory.cursor, ...unpackIds(memory.seen, memory.cursor));
	const highest = Math.max(
		0,
		...polled.asked.flatMap(({ response }) =>
			response.records.map(({ id, status }) =>
				settings.fields.status !== undefined && isDraftStatus(String(status)) ? 0 : Number(id) || 0,
			),
		),
	);
	return readUpTo(polled, settings) === Infinity && handled >= highest;
}

/** New records: each that shows in time is given once, as soon as a poll sees it real. */
export function checkCreated({ world, epoch, polled, settings: { allFilters } }: Checked): void {
	const { settings } = epoch;
	// What comes while a poll is under way may show behind its back: the next one is the first that can see it.
	for (const truth of world.truths)
		if (truth.visibleAt >= polled.began && truth.visibleAt <= polled.ended) truth.shownBy = polled.ended;
	for (const { record } of polled.found) {
		const truth = truthOf(world, record);
		const what = `record ${truth.id}`;
		epoch.give(String(truth.id), what);
		if (settings.fields.status !== undefined && isDraftStatus(String(record.status)))
			throw new Broken(`given as a draft: ${what}`);
		if (!passesImmutable(settings, truth.type) || !truth.versions.some(({ partner }) => epoch.passes(partner, 'some')))
			throw new Broken(`given against the filters: ${what}`);
		const atStart = standingDuring(truth, epoch);
		if (
			settings.start.from === 'now' &&
			atStart &&
			epoch.standing(truth.createdAt, truth.created) === 'out' &&
			(settings.fields.status === undefined || !isDraftStatus(atStart.status))
		)
			throw new Broken(`given although it was there at the start: ${what}`);
		if (settings.start.from === 'date' && epoch.standing(truth.createdAt, truth.created) === 'out')
			throw new Broken(`given although it was made before the start: ${what}`);
	}
	if (!polled.mayRead || !isAtEnd(polled, { ...settings, allFilters })) return;
	for (const truth of world.truths) {
		const [before, after] = [versionAt(truth, polled.began), versionAt(truth, polled.ended)];
		if (!before || !after || !passesImmutable(settings, truth.type) || epoch.given.has(String(truth.id))) continue;
		const isReal =
			settings.fields.status === undefined || !(isDraftStatus(before.status) || isDraftStatus(after.status));
		if (!isReal || epoch.standing(truth.createdAt, truth.created) !== 'must' || !isInTime(truth, world, epoch))
			continue;
		if (truth.versions.every(({ partner }) => epoch.passes(partner, 'every')))
			throw new Broken(`lost: record ${truth.id}`);
	}
}

/** Whether a record showed within the delay of its id and while not too many had come after it, or while it was among the last few. */
function isInTime(truth: Truth, { truths }: World, { settings, isShort }: Epoch): boolean {
	const shown = truth.shownBy ?? truth.visibleAt;
	const higher = truths.filter(
		({ id, type, createdAt }) => id > truth.id && passesImmutable(settings, type) && createdAt <= shown,
	);
	if (higher.length <= settings.bounds.margin) return true;
	return (
		settings.fields.created !== undefined &&
		!isShort &&
		higher.length <= settings.bounds.overlap &&
		truth.visibleAt - Math.min(...higher.map(({ createdAt }) => createdAt)) <= VISIBLE_WITHIN
	);
}

/** Changed records: each version that a poll sees is given once. Changes with the same time are one version. */
export function checkChanged({ world, epoch, polled }: Checked): void {
	const { settings } = epoch;
	for (const { record } of polled.found) {
		const truth = truthOf(world, record);
		const version = truth.versions.find(({ no }) => String(no) === record.originalInvoiceNumber);
		if (!version) throw new Broken(`invented: a version of record ${truth.id}`);
		const what = `version ${version.no} of record ${truth.id}`;
		epoch.give(String(version.no), what);
		if (isDraftStatus(version.status)) throw new Broken(`given as a draft: ${what}`);
		if (!passesImmutable(settings, truth.type) || !epoch.passes(version.partner, 'some'))
			throw new Broken(`given against the filters: ${what}`);
		const wasThere = settings.start.from !== 'now' || standingDuring(truth, epoch) === version;
		if (wasThere && epoch.standing(version.stamp, version.text) === 'out')
			throw new Broken(`given although it was there at the start: ${what}`);
	}
	if (!polled.mayRead || isCut(polled.before) || isCut(polled.after)) return;
	for (const truth of world.truths) {
		const version = standingDuring(truth, polled);
		if (
			!version ||
			isDraftStatus(version.status) ||
			!passesImmutable(settings, truth.type) ||
			!epoch.passes(version.partner, 'every')
		)
			continue;
		const same = sameTime(truth, version);
		if (
			same.some(
				({ stamp, text, partner }) =>
					epoch.standing(stamp, text) !== 'must' || text < epoch.floor || !epoch.passes(partner, 'every'),
			)
		)
			continue;
		if (!same.some(({ no }) => epoch.given.has(String(no))))
			throw new Broken(`lost: version ${version.no} of record ${truth.id}`);
	}
}

/** Whether a scan of the window is under way. */
function isCut(state: Polled['before']): boolean {
	return (state?.memory as WindowMemory | undefined)?.scan !== undefined;
}

/** A version and those right before it with the same time: nobody can tell them apart. */
function sameTime(truth: Truth, version: Version): Version[] {
	const same: Version[] = [];
	for (let index = truth.versions.indexOf(version); index >= 0 && truth.versions[index].text === version.text; index--)
		same.push(truth.versions[index]);
	return same;
}

/** What polls have seen of the records' statuses, as far as n8n has kept it. */
export interface Watch {
	statuses: Map<number, string>;
	/** The highest id at the start: what is above was not there. */
	top: number;
}

/** Status changes: each difference between what polls see is given once; and they see what there is. */
export function checkStatus(
	{ world, epoch, polled, settings: { targets, allFilters } }: Checked,
	watch: Watch,
	isStart: boolean,
): Watch {
	const { settings } = epoch;
	const statuses = new Map(watch.statuses);
	let { top } = watch;
	const expected = new Map<number, string>();
	const upTo = Math.min(
		readUpTo(polled, { ...settings, allFilters }),
		(polled.after.memory as StatusMemory | undefined)?.scan?.after ?? Infinity,
	);
	for (const { request, response } of polled.asked) {
		if (
			request.ask !== 'list' ||
			request.size !== settings.bounds.pageSize ||
			(allFilters && request.query.businessPartnerId !== undefined)
		)
			continue;
		for (const record of response.records) {
			const [id, status] = [Number(record.id), String(record.status)];
			if (request.query.orderById === 'DESC') {
				const isNew =
					settings.start.from === 'date' && String(record.version).slice(0, 19) >= (settings.start.date ?? '');
				statuses.set(id, isNew ? '' : status);
				top = Math.max(top, id);
				continue;
			}
			const before = statuses.get(id);
			if (before === status || id > upTo) continue;
			statuses.set(id, status);
			if (
				isDraftStatus(status) ||
				(before === undefined && (id <= top || isOldAt(record, polled))) ||
				(targets.length > 0 && !targets.includes(status))
			)
				continue;
			expected.set(id, `${before ?? ''}>${status}`);
		}
	}
	const given = new Map(
		polled.found.map(({ extraFields, record }) => [
			Number(record.id),
			`${String(extraFields?.previousStatus ?? '')}>${String(extraFields?.status)}`,
		]),
	);
	for (const { record } of polled.found)
		epoch.give(String(record.originalInvoiceNumber), `a status change of record ${String(record.id)}`);
	for (const { record, extraFields } of polled.found)
		checkNotOld(truthOf(world, record), extraFields?.previousStatus ?? null, epoch);
	for (const [id, change] of given)
		if (expected.get(id) !== change) throw new Broken(`repeated or invented: ${change} of record ${id}`);
	for (const [id, change] of expected) {
		const truth = truthOf(world, { id });
		const { versions } = truth;
		// One that was deleted in the midst of the poll is not found by the filters any more.
		if (
			given.get(id) !== change &&
			versionAt(truth, polled.ended) &&
			versions.every(({ partner }) => epoch.passes(partner, 'every'))
		)
			throw new Broken(`lost: ${change} of record ${id}`);
		if (given.has(id) && !versions.some(({ partner }) => epoch.passes(partner, 'some')))
			throw new Broken(`given against the filters: ${change} of record ${id}`);
	}
	const isAll =
		polled.mayRead && !isCut(polled.before) && !isCut(polled.after) && !(isStart && settings.start.from === 'now');
	if (isAll) for (const truth of world.truths) checkSeen(truth, statuses, epoch, polled);
	return { statuses, top };
}

/** Whether the trigger itself counts a record as there before its empty start. */
function isOldAt({ created, version }: IDataObject, { after }: Polled): boolean {
	const { floor = '', since = '' } = after.memory as StatusMemory;
	return String(created).slice(0, 19) < since || String(version).slice(0, 19) < floor;
}

/** A record that stood at a start from now has had a status ever since, seen or not. */
function checkNotOld(truth: Truth, previous: unknown, epoch: Epoch): void {
	const atStart = standingDuring(truth, epoch);
	if (
		previous === null &&
		atStart &&
		epoch.settings.start.from === 'now' &&
		epoch.standing(truth.createdAt, truth.created) === 'out'
	)
		throw new Broken(`given as new although it was there at the start: record ${truth.id}`);
}

function checkSeen(truth: Truth, statuses: Watch['statuses'], epoch: Epoch, polled: Polled): void {
	const { settings } = epoch;
	const version = standingDuring(truth, polled);
	if (
		!version ||
		!passesImmutable(settings, truth.type) ||
		(settings.start.from === 'now' && version.stamp <= epoch.ended)
	)
		return;
	if (settings.start.from === 'date' && version.text.slice(0, 19) < (settings.start.date ?? '')) return;
	if (epoch.standing(version.stamp, version.text) === 'may') return;
	if (statuses.get(truth.id) !== version.status)
		throw new Broken(`unseen: record ${truth.id} is ${version.status}, taken for ${String(statuses.get(truth.id))}`);
}
