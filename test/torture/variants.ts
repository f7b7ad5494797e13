/** What workflows are set to: five variants of each kind of event, with bounds so small that histories meet them. */
import type { Bounds, Settings } from '../../nodes/Procountor/trigger/step';
import type { World } from './world';

export const KINDS = ['created', 'createdWithoutTimes', 'changed', 'status'] as const;
export type Kind = (typeof KINDS)[number];

const BOUNDS: Bounds = {
	pageSize: 4,
	maxPages: 8,
	maxItems: 10,
	margin: 2,
	overlap: 16,
	maxHeld: 3,
	drafts: 50,
	versions: 400,
	statuses: 400,
	firstPages: 300,
};

export const PARTNER = 1;
const SALES = { query: { types: ['SALES_INVOICE'] }, headers: {} };
const ALL = { query: {}, headers: {} };
const OF_PARTNER = { query: { businessPartnerId: PARTNER }, headers: {} };
const SPLIT = [{ types: ['SALES_INVOICE'] }, { types: ['PURCHASE_INVOICE'] }];
const NOW = { from: 'now' as const };
const EVERYTHING = { from: 'everything' as const };

type Variant = Partial<Settings>;

function variantsOf(kind: Kind, since: string): Variant[] {
	const dated = { from: 'date' as const, date: since };
	switch (kind) {
		case 'created':
			return [
				{ start: NOW },
				{ start: NOW, immutableFilters: SALES },
				{ start: EVERYTHING, allFilters: OF_PARTNER },
				{ start: dated, parts: SPLIT },
				{ start: NOW, allFilters: OF_PARTNER },
			];
		case 'createdWithoutTimes':
			return [
				{ start: NOW },
				{ start: NOW, immutableFilters: SALES },
				{ start: EVERYTHING, parts: SPLIT },
				{ start: EVERYTHING },
				{ start: EVERYTHING, allFilters: OF_PARTNER },
			];
		case 'changed':
			return [
				{ start: NOW },
				{ start: NOW, immutableFilters: OF_PARTNER },
				{ start: dated },
				{ start: EVERYTHING, parts: SPLIT, canSortByVersion: false },
				{ start: NOW, allFilters: OF_PARTNER },
			];
		case 'status':
			return [
				{ start: NOW },
				{ start: NOW, immutableFilters: SALES, targets: ['APPROVED', 'PAID'] },
				{ start: EVERYTHING, targets: ['PAID'], parts: SPLIT },
				{ start: dated, allFilters: OF_PARTNER, canSortByVersion: false },
				{ start: NOW, allFilters: OF_PARTNER, targets: ['APPROVED', 'PAID'] },
			];
	}
}

/** The settings of a variant; the date of those that have one lies a little before the history's beginning. */
export function settingsOf(kind: Kind, variant: number, world: World, began: number): Settings {
	const since = world.clock.text(began - 1_200_000).slice(0, 19);
	const base: Settings = {
		event: kind,
		chosen: { search: '', filters: '', start: '' },
		strategy: kind === 'createdWithoutTimes' ? 'created' : kind,
		fields:
			kind === 'createdWithoutTimes'
				? { id: 'id', day: 'date' }
				: { id: 'id', created: 'created', version: 'version', status: 'status' },
		createdUntil: { parameter: 'createdEndDate', day: false },
		canSortByVersion: true,
		parts: [{}],
		immutableFilters: ALL,
		targets: [],
		start: NOW,
		account: 'account',
		bounds: BOUNDS,
	};
	const settings = { ...base, ...variantsOf(kind, since)[variant] };
	const { parts, immutableFilters, allFilters, start } = settings;
	return {
		...settings,
		chosen: {
			search: JSON.stringify([parts, immutableFilters]),
			filters: JSON.stringify(allFilters ?? null),
			start: JSON.stringify(start),
		},
	};
}

/** Whether the filters that stay let a record through. */
export function passesImmutable(settings: Settings, type: string): boolean {
	const types = settings.immutableFilters.query.types as string[] | undefined;
	return types === undefined || types.includes(type);
}

/** The partner that a filter asks for, whichever of the two kinds it is. */
export function partnerOf({ allFilters, immutableFilters }: Settings): number | undefined {
	return (allFilters ?? immutableFilters).query.businessPartnerId as number | undefined;
}
