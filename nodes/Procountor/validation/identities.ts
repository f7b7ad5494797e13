import { parseBusinessId, parseVatNumber, vatPrefix, stripNumberName } from './businessId';
import { parsePostalCode } from './cellValues';
import { parseCountry } from './countries';
import { parseOvtIfFinnish } from './einvoice';
import { parseBankAccount, parseBic, parseIban } from './iban';
import { parsePersonalId } from './personalId';
import { compactCode, type Result } from './result';

/** An invalid value of a record, and the path of its field. `advice` says how to correct it. */
export interface IdentityFault {
	path: string;
	message: string;
	advice?: string;
}

type Properties = Record<string, unknown>;

/** Checks a field's text. `owner` is the object that contains the record. Returns undefined if there is no rule. */
type Check = (text: string, record: Properties, owner: Properties) => Result<string> | undefined;

/**
 * Checks an identifier by its type: FI is a Finnish business ID, HETU a personal identity code, and other countries mean VAT
 * numbers. Without a type, only formats that are unmistakably Finnish are checked.
 */
export function checkIdentifierOfType(text: string, type: unknown): Result<string> | undefined {
	const code = compactCode(text);
	if (type === 'HETU') return parsePersonalId(text);
	if (type === 'FI') return parseBusinessId(text);
	if (type === undefined) return checkIdentifierByFormat(text, code);
	// Without the country's prefix it can be a number of a national register.
	const prefix =
		typeof type === 'string' && /^[A-Z]{2}$/.test(type) ? vatPrefix(type === 'EL' ? 'GR' : type) : undefined;
	return prefix !== undefined && code.startsWith(prefix) ? parseVatNumber(text) : undefined;
}

/** Checks an identifier without a type by its format. Other formats can be valid abroad. */
function checkIdentifierByFormat(text: string, code: string): Result<string> | undefined {
	if (/^\d{7}-\d$/.test(code)) return parseBusinessId(text);
	if (/^FI\d{8}$/.test(code)) return parseVatNumber(text);
	// Swedish numbers have a digit at the end.
	return /^\d{6}[-+A-FU-Y]\d{3}[A-Z]$/.test(code) ? parsePersonalId(text) : undefined;
}

/**
 * Checks the identifier of an invoice's party or a business partner by its type, or else by the country of the address: in
 * Finland it is a business ID. Without both, only formats that no other country has are checked.
 */
export function checkPartyIdentifier(text: string, type: unknown, country: unknown): Result<string> | undefined {
	const isFinnishCompany =
		type === undefined && FINNISH_OR_MISTYPED_ID.test(compactCode(stripNumberName(text))) && isFinland(country);
	return isFinnishCompany ? parseBusinessId(text) : checkIdentifierOfType(text, type);
}

/** A business ID with or without its hyphen and leading zero, or with one digit too many. Six digits can be an association's number. */
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
	ovt: parseOvtIfFinnish,
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
 * Checks all postal codes, business IDs, personal identity codes, VAT numbers, OVT identifiers, IBANs and BICs in a record, so
 * that a mistyped digit is found before anything is sent. Returns the record with these values in the form that Procountor
 * stores, and the faults. Empty texts are valid, because they clear a field.
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
