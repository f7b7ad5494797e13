import fc from 'fast-check';
import { pack, packIds, packMap, unpack, unpackIds, unpackMap } from '../../../nodes/Procountor/trigger/compactIds';
import { BOUNDS } from '../../../nodes/Procountor/trigger/settings';

const LARGEST_MEMORY = 64 * 1024;

describe('Packed numbers', () => {
	it('are unpacked unchanged', () => {
		fc.assert(fc.property(fc.array(fc.maxSafeNat()), (numbers) => expect(unpack(pack(numbers))).toEqual(numbers)));
	});

	it('need no JSON escaping, and one character for a small number', () => {
		const text = pack(Array.from({ length: 5000 }, (_, index) => index * 977));
		expect(JSON.stringify(text)).toBe(`"${text}"`);
		expect(pack([0, 1, 31])).toHaveLength(3);
		expect(pack([32, 1023])).toHaveLength(4);
	});

	it('store IDs relative to a base', () => {
		fc.assert(
			fc.property(fc.nat(2 ** 31), fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 })), (base, steps) => {
				const ids = steps.map((step) => base + step);
				expect(unpackIds(packIds(ids, base), base)).toEqual([...ids].sort((a, b) => a - b));
			}),
		);
	});

	it('store positive and negative values by ID, in seconds or milliseconds', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: -(2 ** 41), max: 2 ** 41 }))),
				fc.constantFrom(1, 1000),
				(entries, unit) => {
					const map = new Map(entries.map(([id, value]) => [id, value * unit]));
					expect(unpackMap(packMap(map))).toEqual(new Map([...map].sort(([a], [b]) => a - b)));
				},
			),
		);
	});

	// n8n stores these texts: another form would lose the state of triggers in an update.
	it('keep the form that n8n has stored', () => {
		expect(pack([])).toBe('');
		expect(pack([0, 1, 31, 32, 33, 1023, 1024, 1_000_000])).toBe('01vw1x1_vww1wOMu');
		expect(packIds([105, 101, 140], 100)).toBe('14z1');
		expect(packIds([], 100)).toBe('');
		expect(unpackIds('', 100)).toEqual([]);
		expect(packMap(new Map())).toBe('Ev');
		expect(unpackMap('')).toEqual(new Map());
		expect(unpackMap('1')).toEqual(new Map());
	});

	it.each([
		[new Map([[5, 3]]), 1],
		[new Map([[5, 3000]]), 1000],
		[
			new Map([
				[5, 3000],
				[6, 3001],
			]),
			1,
		],
		[
			new Map([
				[9, -2000],
				[5, 0],
			]),
			1000,
		],
	])('store the unit of their values: %p', (map, unit) => {
		expect(unpack(packMap(map))[0]).toBe(unit);
		expect([...unpackMap(packMap(map))]).toEqual([...map].sort(([a], [b]) => a - b));
	});

	it('keep the stored state below 64 KB at its limits', () => {
		const id = (index: number): number => 100_000_000 + index * 37;
		const time = (index: number): number => Date.UTC(2026, 9, 1) + ((index * 7_919_333) % 4_800_000);
		// During a scan, the versions before and after it are both remembered.
		const versions = packMap(
			new Map(Array.from({ length: 2 * BOUNDS.versions }, (_, index) => [id(index), time(index)])),
		);
		const statuses = packMap(new Map(Array.from({ length: BOUNDS.statuses }, (_, index) => [id(index), index % 20])));
		const seen = packIds(
			Array.from({ length: BOUNDS.overlap + BOUNDS.maxItems }, (_, index) => id(index)),
			id(0) - 1,
		);
		for (const text of [versions, statuses, seen]) expect(text.length).toBeLessThan(LARGEST_MEMORY - 2048);
	});
});
