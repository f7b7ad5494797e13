import fc from 'fast-check';
import {
	companyVatPercents,
	earlierVatPercents,
	KNOWN_VAT_STATUSES,
	parseVatPercent,
	checkVatPercentOfStatus,
	parseVatStatus,
	type VatCountry,
	type VatStatus,
} from '../../../nodes/Procountor/validation/vat';
import { problemOf, valueOf } from './messages';

/** A company's list as the API returns it. */
const statuses: VatStatus[] = [
	{ vatStatus: 1, description: 'Domestic', sales: true, purchase: true },
	{ vatStatus: 5, description: 'EU community sales (product)', sales: true, purchase: false },
	{ vatStatus: 12, description: 'No VAT handling', sales: true, purchase: true },
	{ vatStatus: 31, description: 'Construction reverse VAT 25,5%', sales: true, purchase: false },
];
const countries: VatCountry[] = [
	{
		country: 'Finland',
		percentages: [
			{ vatPercent: 25.5, sales: true, purchase: true },
			{ vatPercent: 13.5, sales: true, purchase: true },
			{ vatPercent: 14, sales: false, purchase: true },
			{ vatPercent: 0, sales: true, purchase: true },
		],
	},
	{ country: 'Sweden', percentages: [{ vatPercent: 25, sales: true, purchase: true }] },
];

describe('VAT status', () => {
	it.each([
		[1, 1],
		['1', 1],
		['vat_12', 12],
		['VAT 22', 22],
		['vat_05', 5],
		['domestic', 1],
		['EU sales, services', 22],
	])('reads %p as %i without a company list', (input, number) => {
		expect(valueOf(parseVatStatus(input))).toBe(number);
	});

	it("reads the names on the company's list", () => {
		expect(valueOf(parseVatStatus('Construction reverse VAT 25,5%', statuses))).toBe(31);
		expect(valueOf(parseVatStatus('EU community sales (product)', statuses, 'sales'))).toBe(5);
		expect(valueOf(parseVatStatus(12, statuses, 'purchase'))).toBe(12);
	});

	it('rejects a status that the company does not use, and lists the ones it does', () => {
		expect(parseVatStatus(22, statuses)).toEqual({
			ok: false,
			message: 'is 22 (EU sales, services), which the company does not use',
			advice:
				'Choose one of 1 (Domestic), 5 (EU community sales (product)), 12 (No VAT handling), 31 (Construction reverse VAT 25,5%), or switch it on in Procountor under Management > Accounting info > VAT defaults',
		});
		expect(problemOf(parseVatStatus('vat_5', statuses, 'purchase'))).toBe(
			'is 5 (EU community sales (product)), which the company does not use for purchases',
		);
		expect(problemOf(parseVatStatus(77, statuses, 'sales'))).toBe('is 77, which the company does not use for sales');
	});

	it.each([0, 'vat_0', 'abroad', '25,5', 1.5, ''])('rejects %p', (input) => {
		expect(parseVatStatus(input).ok).toBe(false);
	});
});

describe('VAT rate', () => {
	it.each([
		[25.5, 25.5],
		['25,5', 25.5],
		['25.5 %', 25.5],
		['0', 0],
		['13,50%', 13.5],
	])('reads %p as %p', (input, percent) => {
		expect(valueOf(parseVatPercent(input))).toBe(percent);
	});

	it('accepts rates in use and earlier Finnish ones, and rejects all others', () => {
		expect(parseVatPercent(24, [0, 10, 13.5, 25.5])).toEqual({
			ok: false,
			message: 'is 24, which is not among the VAT rates in use',
			advice: 'Use one of 25.5, 13.5, 10, 0',
		});
		expect(valueOf(parseVatPercent('13,5', [0, 13.5]))).toBe(13.5);
		expect(valueOf(parseVatPercent(24, [0, 25.5], earlierVatPercents('FINLAND')))).toBe(24);
		expect(problemOf(parseVatPercent(24, [0, 25], earlierVatPercents('SWEDEN')))).toMatch(/^is 24, which is not among/);
		expect(problemOf(parseVatPercent(-1))).toBe('is not a VAT rate: -1');
		expect(problemOf(parseVatPercent(255))).toBe('is not a VAT rate: 255');
		expect(problemOf(parseVatPercent('x'))).toBe('is not a number: "x"');
	});

	it('must be 0 under a status without VAT', () => {
		for (const status of [3, 5, 12, 22]) {
			expect(valueOf(checkVatPercentOfStatus(0, status))).toBe(0);
			expect(problemOf(checkVatPercentOfStatus(25.5, status))).toBe(
				`is 25.5, but the VAT status ${status} (${KNOWN_VAT_STATUSES[status]}) allows 0 only`,
			);
			expect(valueOf(checkVatPercentOfStatus(25.5, status, [], true))).toBe(25.5);
		}
		expect(problemOf(checkVatPercentOfStatus(25.5, 5, statuses))).toBe(
			'is 25.5, but the VAT status 5 (EU community sales (product)) allows 0 only',
		);
	});

	it("can be any rate under a domestic status or a status of the company's own", () => {
		for (const percent of [25.5, 13.5, 10, 0]) {
			expect(valueOf(checkVatPercentOfStatus(percent, 1))).toBe(percent);
			expect(valueOf(checkVatPercentOfStatus(percent, 31, statuses))).toBe(percent);
		}
	});

	it('is listed by country, and by sales or purchases', () => {
		expect(companyVatPercents(countries, 'FINLAND')).toEqual([25.5, 13.5, 14, 0]);
		expect(companyVatPercents(countries, 'FINLAND', 'sales')).toEqual([25.5, 13.5, 0]);
		expect(companyVatPercents(countries, 'SWEDEN', 'purchase')).toEqual([25]);
		expect(companyVatPercents(countries, 'NORWAY')).toBeUndefined();
	});
});

describe('Generated company list', () => {
	const percents = fc.uniqueArray(
		fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
		{ minLength: 1, maxLength: 8 },
	);
	const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 20 });
	const spelled = (percent: number) => [percent, String(percent), String(percent).replace('.', ','), `${percent} %`];

	it('accepts exactly its VAT rates, in every spelling', () => {
		fc.assert(
			fc.property(percents, fc.integer({ min: 0, max: 1000 }), (allowed, tenths) => {
				for (const percent of allowed)
					for (const written of spelled(percent)) expect(valueOf(parseVatPercent(written, allowed))).toBe(percent);
				for (const written of spelled(tenths / 10))
					expect(parseVatPercent(written, allowed).ok).toBe(allowed.includes(tenths / 10));
			}),
		);
	});

	it('accepts exactly its VAT statuses by number, code and name, on the right side', () => {
		fc.assert(
			fc.property(numbers, fc.integer({ min: 1, max: 99 }), fc.boolean(), (own, other, sales) => {
				const company = own.map((number, index) => ({
					vatStatus: number,
					description: `Status ${'x'.repeat(index + 1)}`,
					sales,
					purchase: !sales,
				}));
				const [side, otherSide] = sales ? (['sales', 'purchase'] as const) : (['purchase', 'sales'] as const);
				for (const { vatStatus: number, description } of company) {
					for (const written of [number, `vat_${number}`, description.toUpperCase()])
						expect(valueOf(parseVatStatus(written, company, side))).toBe(number);
					expect(parseVatStatus(number, company, otherSide).ok).toBe(false);
				}
				expect(parseVatStatus(other, company).ok).toBe(own.includes(other));
			}),
		);
	});

	it('accepts only a VAT rate of 0 under a status without VAT, whatever its description', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(3, 5, 12, 22),
				fc.integer({ min: 1, max: 1000 }),
				fc.string(),
				(status, tenths, description) => {
					const company = [{ vatStatus: status, description }];
					expect(valueOf(checkVatPercentOfStatus(0, status, company))).toBe(0);
					expect(checkVatPercentOfStatus(tenths / 10, status, company).ok).toBe(false);
					expect(valueOf(checkVatPercentOfStatus(tenths / 10, 1, company))).toBe(tenths / 10);
				},
			),
		);
	});
});
