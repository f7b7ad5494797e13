import { businessId, vatNumber, vatPrefix, withoutName } from './businessId';
import { postalCode } from './cellValues';
import { country as readCountry } from './countries';
import { bankAccount, bic, iban } from './iban';
import { personalId } from './personalId';
import { compactCode, type Result } from './result';

/** One value of a record that is not what its field says, with the path to it; `advice` says how to correct it. */
export interface IdentityFault {
	path: string;
	message: string;
	advice?: string;
}

type Properties = Record<string, unknown>;

/** Judges a field's text by the record around it and the one around that; undefined where nothing can be told of it. */
type Check = (text: string, record: Properties, owner: Properties) => Result<string> | undefined;

/**
 * A number in a register, by the type that stands beside it: FI is the Finnish business ID, HETU the personal identity code,
 * other countries mean VAT numbers. Without a type, what is written like a Finnish business ID is checked as one.
 */
export function registered(text: string, type: unknown): Result<string> | undefined {
	const code = compactCode(text);
	if (type === 'HETU') return personalId(text);
	if (type === 'FI') return businessId(text);
	if (type === undefined) return written(text, code);
	// Without its country in front it may be a number of a national register.
	const prefix =
		typeof type === 'string' && /^[A-Z]{2}$/.test(type) ? vatPrefix(type === 'EL' ? 'GR' : type) : undefined;
	return prefix !== undefined && code.startsWith(prefix) ? vatNumber(text) : undefined;
}

/** A number without a type, by its form alone: other forms may be right abroad. */
function written(text: string, code: string): Result<string> | undefined {
	if (/^\d{7}-\d$/.test(code)) return businessId(text);
	if (/^FI\d{8}$/.test(code)) return vatNumber(text);
	// Swedish numbers have a digit at the end.
	return /^\d{6}[-+A-FU-Y]\d{3}[A-Z]$/.test(code) ? personalId(text) : undefined;
}

/**
 * A number in a register or on an invoice, by the type that stands beside it, or else by the country of the address: a number
 * of a company in Finland has the Finnish form. Without both, only the forms are checked that no other country has.
 */
export function identifierOf(text: string, type: unknown, country: unknown): Result<string> | undefined {
	const isOfFinland =
		type === undefined && FINNISH_OR_MISTYPED.test(compactCode(withoutName(text))) && isFinland(country);
	return isOfFinland ? businessId(text) : registered(text, type);
}

/** A business ID with or without its hyphen and zero, one digit more, or behind its name; 6 digits may be an association's number. */
const FINNISH_OR_MISTYPED = /^(?:FI-?)?(?:\d{7,9}|\d{6,8}-\d{1,2})$/;

function isFinland(country: unknown): boolean {
	const read = typeof country === 'string' && country.trim() !== '' ? readCountry(country) : undefined;
	return read?.ok === true && read.value === 'FINLAND';
}

const countryIn = (address: unknown): unknown =>
	typeof address === 'object' && address !== null ? (address as Properties).country : undefined;

const checks: Readonly<Record<string, Check>> = {
	accountNumber: bankAccount,
	bankAccount,
	bic: (text) => bic(text),
	code: (text, { brnType }) => (brnType === undefined ? undefined : registered(text, brnType)),
	financingCompanyBankAccount: bankAccount,
	iban: (text) => iban(text),
	identifier: (text, { identifierType, counterPartyAddress }, { address }) =>
		identifierOf(text, identifierType, countryIn(counterPartyAddress) ?? countryIn(address)),
	intermediaryBankBic: (text) => bic(text),
	parentCompanyId: (text, { parentCompanyIdType }) => registered(text, parentCompanyIdType),
	payerBankAccount: bankAccount,
	recipientBankAccount: bankAccount,
	recipientBicCode: (text) => bic(text),
	ssn: (text) => personalId(text),
	taxCode: (text) =>
		vatPrefix(compactCode(text).slice(0, 2).replace('EL', 'GR')) === undefined ? undefined : vatNumber(text),
	zip: (text, { country }) => postalCode(text, country),
};

/**
 * Holds the postal codes, business IDs, personal identity codes, VAT numbers, IBANs and BICs of a record to their rules,
 * wherever in it they stand: a mistyped digit is found before anything is sent. Gives the record with these in the form
 * that Procountor stores them in, and what is wrong. Empty texts pass, since they clear a field.
 */
export function checkIdentities<T>(record: T): { value: T; faults: IdentityFault[] } {
	const faults: IdentityFault[] = [];
	return { value: walk(record, '', faults, {}) as T, faults };
}

function walk(value: unknown, path: string, faults: IdentityFault[], owner: Properties): unknown {
	if (Array.isArray(value)) return value.map((entry, index) => walk(entry, `${path}[${index}]`, faults, owner));
	if (typeof value !== 'object' || value === null) return value;
	const record = value as Properties;
	return Object.fromEntries(
		Object.entries(record).map(([name, inner]) => {
			const here = path ? `${path}.${name}` : name;
			const verdict =
				typeof inner === 'string' && inner.trim() !== '' && Object.hasOwn(checks, name)
					? checks[name](inner, record, owner)
					: undefined;
			if (verdict === undefined) return [name, walk(inner, here, faults, record)];
			if (!verdict.ok) faults.push({ path: here, message: verdict.message, advice: verdict.advice });
			return [name, verdict.ok ? verdict.value : inner];
		}),
	);
}
