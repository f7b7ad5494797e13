/** Tests each length, number and character limit that the contract sets for an invoice. */
import fc from 'fast-check';
import contract from '../../contract/contract.json';
import { fieldLabel } from '../../../nodes/Procountor/labels/fieldLabel';
import { coerce } from '../../../nodes/Procountor/engine/coerce';

interface Schema {
	$ref?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
}

const schemas = contract.components.schemas as unknown as Record<string, Schema>;

/** A limit, its path, and an invoice that contains only a value at that path. */
interface Limit {
	path: string;
	limit: Schema;
	holding(value: unknown): unknown;
}

function limitsOf(given: Schema, path: string, holding: Limit['holding']): Limit[] {
	const schema = given.$ref ? schemas[given.$ref.split('/').at(-1) ?? ''] : given;
	const own =
		schema.maxLength !== undefined || schema.maximum !== undefined || schema.minimum !== undefined
			? [{ path, limit: schema, holding }]
			: [];
	const inner = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
		limitsOf(property, path ? `${path}.${name}` : name, (value) => holding({ [name]: value })),
	);
	const members = schema.items ? limitsOf(schema.items, `${path}[2]`, (value) => holding([{}, {}, value])) : [];
	return [...own, ...inner, ...members];
}

const limits = limitsOf(schemas.Invoice, '', (value) => value);
const faultsOf = (invoice: unknown): string[] =>
	coerce({ $ref: 'Invoice' }, invoice, '', { requireAll: false }).faults.map(
		({ path, message }) => `${path} ${message}`,
	);
const inside = fc
	.array(fc.constantFrom(...'aZ9åäöÅÄÖ€–éß&'), { minLength: 20_000, maxLength: 20_000 })
	.map((letters) => letters.join(''));

it('The contract limits more than 30 fields of an invoice', () => {
	expect(limits.length).toBeGreaterThan(30);
	expect(limits.map(({ path }) => fieldLabel(path))).toEqual(
		expect.arrayContaining([
			'Own Invoice Number',
			'Row 3, Comment',
			'Row 3, Header Text',
			'Travel Information 3, Places',
			'Notes',
			'Customer Address, City',
			'Exchange Rate',
		]),
	);
});

it.each(limits.filter(({ limit }) => limit.maxLength !== undefined).map((one) => [one.path, one] as const))(
	'%s accepts a text of maximum length and rejects a longer one',
	(path, { limit: { maxLength = 0 }, holding }) => {
		fc.assert(
			fc.property(inside, fc.integer({ min: 1, max: 5 }), (letters, more) => {
				expect(faultsOf(holding(letters.slice(0, maxLength)))).toEqual([]);
				expect(faultsOf(holding(letters.slice(0, maxLength + more)))).toEqual([
					`${path} is longer than ${maxLength} characters (${maxLength + more})`,
				]);
			}),
			{ numRuns: 5 },
		);
	},
);

it.each(limits.filter(({ limit }) => limit.maxLength === undefined).map((one) => [one.path, one] as const))(
	'%s accepts a number within its limits and rejects one outside',
	(path, { limit: { minimum, maximum }, holding }) => {
		fc.assert(
			fc.property(
				fc.double({ min: minimum ?? -100, max: maximum ?? 100, noNaN: true }).map(Math.floor),
				fc.integer({ min: 1, max: 1000 }),
				(number, more) => {
					expect(faultsOf(holding(Math.max(number, minimum ?? number)))).toEqual([]);
					if (maximum !== undefined)
						expect(faultsOf(holding(Math.ceil(maximum) + more))).toEqual([`${path} is above ${maximum}`]);
					if (minimum !== undefined) expect(faultsOf(holding(minimum - more))).toEqual([`${path} is below ${minimum}`]);
				},
			),
		);
	},
);

it('An unsupported character is reported with its path and its position', () => {
	const texts = limits.filter(({ limit }) => (limit.maxLength ?? 0) > 30);
	fc.assert(
		fc.property(
			fc.constantFrom(...texts),
			fc.constantFrom('👍', 'Ж', '漢', 'ł', '\u200b'),
			fc.integer({ min: 0, max: 20 }),
			({ path, holding }, letter, before) => {
				expect(faultsOf(holding(`${'a'.repeat(before)}${letter}b`))).toEqual([
					expect.stringMatching(
						new RegExp(
							`^${path.replace(/[[\]]/g, '\\$&')} contains .* at character ${before + 1}, which Procountor does not accept$`,
						),
					),
				]);
			},
		),
	);
});
