import { parseCountry } from './countries';
import { plainName } from './names';
import { parseDecimal, toText } from './money';
import { ok, quoted, fail, textOf, type Result } from './result';
import { MENUS } from '../utils/menus';

/**
 * The names of the VAT statuses that all companies have, by the number of Procountor's vat_NN. A company's own list (GET
 * /vats/default) has more, and takes precedence.
 */
export const KNOWN_VAT_STATUSES: Readonly<Record<number, string>> = {
	1: 'Domestic',
	3: 'Outside the EU',
	5: 'EU sales, goods',
	12: 'No VAT handling',
	22: 'EU sales, services',
};

/** The known statuses that allow only 0 per cent. */
const STATUSES_WITHOUT_VAT = new Set([3, 5, 12, 22]);

/** A VAT status of the company's list. */
export interface VatStatus {
	vatStatus?: number;
	description?: string;
	sales?: boolean;
	purchase?: boolean;
}

/** The VAT rates of a country in the company's list. */
export interface VatCountry {
	country?: string;
	percentages?: ReadonlyArray<{ vatPercent?: number; sales?: boolean; purchase?: boolean }>;
}

/**
 * Returns the VAT rates that a country (Procountor's value) had in earlier years, because credits, late bills and corrections
 * need the rate of their date (docs/procountor.md#vat). Known for Finland only.
 */
export function earlierVatPercents(countryValue: string): readonly number[] {
	return countryValue === 'FINLAND' ? [24, 23, 22, 17, 14, 13, 12, 9, 8] : [];
}

/** The side of the VAT: sales or purchases. */
export type VatSide = 'sales' | 'purchase';

function statusName(status: number, company: readonly VatStatus[]): string {
	const name = company.find((entry) => entry.vatStatus === status)?.description ?? KNOWN_VAT_STATUSES[status];
	return name === undefined ? String(status) : `${status} (${name})`;
}

/**
 * Parses a VAT status to its number, from the number (1, '1'), Procountor's code (vat_1) or its name in the company's list. The
 * list must contain the status, and allow it for `side`. Without a list, any number from 1 to 999 is accepted.
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
 * Parses a VAT rate from 0 to 100. If `allowed` is given (see `companyVatPercents`), the rate must be in it or in `earlier`.
 * Accepts what `parseDecimal` accepts, and a per cent sign after it.
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
 * Checks a VAT rate against its VAT status: statuses without VAT allow only 0. Statuses that only the company's list has are not
 * checked, because the list does not name their rates. Neither is foreign VAT, of an invoice with another VAT country.
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

/** Returns a country's VAT rates in the company's list, for one side or both; undefined if the list lacks the country. */
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

/** Removes a per cent sign at the end. A pattern with spaces on both sides would take quadratic time. */
export function withoutPercentSign(text: string): string {
	const trimmed = text.trimEnd();
	return trimmed.endsWith('%') ? trimmed.slice(0, -1).trimEnd() : text;
}
