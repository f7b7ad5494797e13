import { businessId, vatNumber, vatPrefix } from './businessId';
import { postalCode } from './cellValues';
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

/** Judges a field's text; undefined where nothing can be told of it. The record around it tells which kind of number it is. */
type Check = (text: string, record: Properties) => Result<string> | undefined;

/**
 * A number in a register, by the type that stands beside it: FI is the Finnish business ID, HETU the personal identity code,
 * other countries mean VAT numbers. Without a type, what is written like a Finnish business ID is checked as one.
 */
export function registered(text: string, type: unknown): Result<string> | undefined {
	const code = compactCode(text);
	if (type === 'HETU') return personalId(text);
	if (type === 'FI') return businessId(text);
	if (type === undefined && /^\d{7}-\d$/.test(code)) return businessId(text);
	if (type === undefined && /^FI\d{8}$/.test(code)) return vatNumber(text);
	// Without its country in front it may be a number of a national register.
	const prefix =
		typeof type === 'string' && /^[A-Z]{2}$/.test(type) ? vatPrefix(type === 'EL' ? 'GR' : type) : undefined;
	return prefix !== undefined && code.startsWith(prefix) ? vatNumber(text) : undefined;
}

const checks: Readonly<Record<string, Check>> = {
	accountNumber: bankAccount,
	bankAccount,
	bic: (text) => bic(text),
	code: (text, { brnType }) => (brnType === undefined ? undefined : registered(text, brnType)),
	financingCompanyBankAccount: bankAccount,
	iban: (text) => iban(text),
	identifier: (text, { identifierType }) => registered(text, identifierType),
	parentCompanyId: (text, { parentCompanyIdType }) => registered(text, parentCompanyIdType),
	payerBankAccount: bankAccount,
	recipientBankAccount: bankAccount,
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
	return { value: walk(record, '', faults) as T, faults };
}

function walk(value: unknown, path: string, faults: IdentityFault[]): unknown {
	if (Array.isArray(value)) return value.map((entry, index) => walk(entry, `${path}[${index}]`, faults));
	if (typeof value !== 'object' || value === null) return value;
	const record = value as Properties;
	return Object.fromEntries(
		Object.entries(record).map(([name, inner]) => {
			const here = path ? `${path}.${name}` : name;
			const verdict =
				typeof inner === 'string' && inner.trim() !== '' && Object.hasOwn(checks, name)
					? checks[name](inner, record)
					: undefined;
			if (verdict === undefined) return [name, walk(inner, here, faults)];
			if (!verdict.ok) faults.push({ path: here, message: verdict.message, advice: verdict.advice });
			return [name, verdict.ok ? verdict.value : inner];
		}),
	);
}
