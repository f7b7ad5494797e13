import { parseBusinessId, parseVatNumber, vatPrefix, stripNumberName } from './businessId';
import { parsePostalCode } from './cellValues';
import { parseCountry } from './countries';
import { parseBankAccount, parseBic, parseIban } from './iban';
import { parsePersonalId } from './personalId';
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
export function checkIdentifierOfType(text: string, type: unknown): Result<string> | undefined {
	const code = compactCode(text);
	if (type === 'HETU') return parsePersonalId(text);
	if (type === 'FI') return parseBusinessId(text);
	if (type === undefined) return checkIdentifierByFormat(text, code);
	// Without its country in front it may be a number of a national register.
	const prefix =
		typeof type === 'string' && /^[A-Z]{2}$/.test(type) ? vatPrefix(type === 'EL' ? 'GR' : type) : undefined;
	return prefix !== undefined && code.startsWith(prefix) ? parseVatNumber(text) : undefined;
}

/** A number without a type, by its form alone: other forms may be right abroad. */
function checkIdentifierByFormat(text: string, code: string): Result<string> | undefined {
	if (/^\d{7}-\d$/.test(code)) return parseBusinessId(text);
	if (/^FI\d{8}$/.test(code)) return parseVatNumber(text);
	// Swedish numbers have a digit at the end.
	return /^\d{6}[-+A-FU-Y]\d{3}[A-Z]$/.test(code) ? parsePersonalId(text) : undefined;
}

/**
 * A number in a register or on an invoice, by the type that stands beside it, or else by the country of the address: a number
 * of a company in Finland has the Finnish form. Without both, only the forms are checked that no other country has.
 */
export function checkPartyIdentifier(text: string, type: unknown, country: unknown): Result<string> | undefined {
	const isFinnishCompany =
		type === undefined && FINNISH_OR_MISTYPED_ID.test(compactCode(stripNumberName(text))) && isFinland(country);
	return isFinnishCompany ? parseBusinessId(text) : checkIdentifierOfType(text, type);
}

/** A business ID with or without its hyphen and zero, one digit more, or behind its name; 6 digits may be an association's number. */
const FINNISH_OR_MISTYPED_ID = /^(?:FI-?)?(?:\d{7,9}|\d{6,8}-\d{1,2})$/;

function isFinland(country: unknown): boolean {
	const read = typeof country === 'string' && country.trim() !== '' ? parseCountry(country) : undefined;
	return read?.ok === true && read.value === 'FINLAND';
}

const countryOf = (address: unknown): unknown =>
	typeof address === 'object' && address !== null ? (address as Properties).country : undefined;

const CHECKS: Readonly<Record<string, Check>> = {
	accountNumber: parseBankAccount,
	bankAccount: parseBankAccount,
	bic: (text) => parseBic(text),
	code: (text, { brnType }) => (brnType === undefined ? undefined : checkIdentifierOfType(text, brnType)),
	financingCompanyBankAccount: parseBankAccount,
	iban: (text) => parseIban(text),
	identifier: (text, { identifierType, counterPartyAddress }, { address }) =>
		checkPartyIdentifier(text, identifierType, countryOf(counterPartyAddress) ?? countryOf(address)),
	intermediaryBankBic: (text) => parseBic(text),
	parentCompanyId: (text, { parentCompanyIdType }) => checkIdentifierOfType(text, parentCompanyIdType),
	payerBankAccount: parseBankAccount,
	recipientBankAccount: parseBankAccount,
	recipientBicCode: (text) => parseBic(text),
	ssn: (text) => parsePersonalId(text),
	taxCode: (text) =>
		vatPrefix(compactCode(text).slice(0, 2).replace('EL', 'GR')) === undefined ? undefined : parseVatNumber(text),
	zip: (text, { country }) => parsePostalCode(text, country),
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
			const result =
				typeof inner === 'string' && inner.trim() !== '' && Object.hasOwn(CHECKS, name)
					? CHECKS[name](inner, record, owner)
					: undefined;
			if (result === undefined) return [name, walk(inner, here, faults, record)];
			if (!result.ok) faults.push({ path: here, message: result.message, advice: result.advice });
			return [name, result.ok ? result.value : inner];
		}),
	);
}
