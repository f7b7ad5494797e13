import { parseCountry } from './countries';
import { plainName } from './names';
import { parseDecimal, toText } from './money';
import { ok, quoted, fail, textOf, type Result } from './result';
import { MENUS } from '../utils/menus';

/**
 * Names of the VAT statuses that are known without asking the company: the number is the one of Procountor's vat_NN. A company
 * has more of them; its own list (GET /vats/default) always comes first.
 */
export const KNOWN_VAT_STATUSES: Readonly<Record<number, string>> = {
	1: 'Domestic',
	3: 'Outside the EU',
	5: 'EU sales, goods',
	12: 'No VAT handling',
	22: 'EU sales, services',
};

/** The known statuses under which nothing but 0 per cent can stand. */
const STATUSES_WITHOUT_VAT = new Set([3, 5, 12, 22]);

/** A VAT status as the company's list has it. */
export interface VatStatus {
	vatStatus?: number;
	description?: string;
	sales?: boolean;
	purchase?: boolean;
}

/** VAT rates of a country as the company's list has them. */
export interface VatCountry {
	country?: string;
	percentages?: ReadonlyArray<{ vatPercent?: number; sales?: boolean; purchase?: boolean }>;
}

/**
 * The VAT rates that a country (Procountor's value) had in earlier years: credits, late bills and corrections need the rate
 * of their day (docs/procountor.md#vat). Known for Finland only.
 */
export function earlierVatPercents(countryValue: string): readonly number[] {
	return countryValue === 'FINLAND' ? [24, 23, 22, 17, 14, 13, 12, 9, 8] : [];
}

/** Which side of the books: what is sold or what is bought. */
export type VatSide = 'sales' | 'purchase';

function statusName(status: number, company: readonly VatStatus[]): string {
	const name = company.find((entry) => entry.vatStatus === status)?.description ?? KNOWN_VAT_STATUSES[status];
	return name === undefined ? String(status) : `${status} (${name})`;
}

/**
 * A VAT status as its number, from the number (1, '1'), Procountor's code (vat_1) or its name in the company's list. With a list
 * the status must be in it, and be allowed for the side if one is given; without, any number from 1 to 999 passes.
 */
export function parseVatStatus(input: unknown, company: readonly VatStatus[] = [], side?: VatSide): Result<number> {
	const text = textOf(input);
	if (!text.ok) return text;
	const match = /^(?:vat[_ ]?)?0*([1-9]\d{0,2})$/i.exec(text.value);
	const companyNumber = company.find(
		(entry) => plainName(entry.description ?? '') === plainName(text.value),
	)?.vatStatus;
	const knownNumber = Object.entries(KNOWN_VAT_STATUSES).find(
		([, name]) => plainName(name) === plainName(text.value),
	)?.[0];
	const number =
		match !== null
			? Number(match[1])
			: (companyNumber ?? (knownNumber === undefined ? undefined : Number(knownNumber)));
	if (number === undefined)
		return fail(`is not a VAT status: ${quoted(text.value)}`, 'Use its number, such as 1 for domestic');
	if (company.length === 0) return ok(number);
	const allowedStatuses = company.filter((entry) => side === undefined || entry[side] !== false);
	if (allowedStatuses.some((entry) => entry.vatStatus === number)) return ok(number);
	const choices = allowedStatuses.map((entry) => statusName(entry.vatStatus ?? 0, allowedStatuses)).join(', ');
	const reason =
		side === undefined
			? 'which the company does not use'
			: `which the company does not use for ${side === 'sales' ? 'sales' : 'purchases'}`;
	return fail(
		`is ${statusName(number, company)}, ${reason}`,
		`Choose one of ${choices}, or switch it on in Procountor under ${MENUS.vatDefaults}`,
	);
}

/**
 * A VAT rate from 0 to 100 as a number; with a list (see `companyVatPercents`) it must be in it, or be one of the
 * `earlier` rates. Takes what `parseDecimal` takes,
 * and a per cent sign behind it.
 */
export function parseVatPercent(
	input: unknown,
	allowed?: readonly number[],
	earlier: readonly number[] = [],
): Result<number> {
	const value = parseDecimal(typeof input === 'string' ? withoutPercentSign(input) : input);
	if (!value.ok) return value;
	const text = toText(value.value);
	const percent = Number(text);
	if (percent < 0 || percent > 100) return fail(`is not a VAT rate: ${text}`);
	if (allowed !== undefined && !allowed.includes(percent) && !earlier.includes(percent)) {
		return fail(
			`is ${text}, which is not among the VAT rates in use`,
			`Use one of ${[...allowed].sort((a, b) => b - a).join(', ')}`,
		);
	}
	return ok(percent);
}

/**
 * A VAT rate against the VAT status it stands under: statuses without VAT take 0 only. Statuses that are known by a
 * company's list alone pass, since the list does not tell their rates. Foreign VAT (`foreignVat`, an invoice with a VAT
 * country of its own) passes too.
 */
export function checkVatPercentOfStatus(
	percent: number,
	status: number,
	company: readonly VatStatus[] = [],
	foreignVat = false,
): Result<number> {
	if (percent === 0 || foreignVat || !STATUSES_WITHOUT_VAT.has(status)) return ok(percent);
	return fail(
		`is ${percent}, but the VAT status ${statusName(status, company)} allows 0 only`,
		'Use 0, or a domestic VAT status',
	);
}

/** The VAT rates of a country (Procountor's value) in the company's list, for one side or both; undefined if it has no such country. */
export function companyVatPercents(
	list: readonly VatCountry[],
	countryValue: string,
	side?: VatSide,
): number[] | undefined {
	const entry = list.find((candidate) => {
		const known = parseCountry(candidate.country);
		return known.ok && known.value === countryValue;
	});
	return entry?.percentages?.flatMap((item) =>
		item.vatPercent === undefined || (side !== undefined && item[side] === false) ? [] : [item.vatPercent],
	);
}

/** A text without the per cent sign at its end. A pattern with spaces on both sides would take quadratic time. */
export function withoutPercentSign(text: string): string {
	const trimmed = text.trimEnd();
	return trimmed.endsWith('%') ? trimmed.slice(0, -1).trimEnd() : text;
}
