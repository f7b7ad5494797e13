import { parseBusinessId } from './businessId';
import { parseBic, parseIban } from './iban';
import { compactCode, ok, fail, textOf, type Result } from './result';

/**
 * Checks a Finnish OVT identifier: 0037, the eight digits of a business ID, and up to five digits that the owner
 * chooses; 12 to 17 digits together. Returns the digits without spaces and hyphens.
 */
export function parseOvt(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value).replace(/-/g, '');
	if (!/^\d+$/.test(code))
		return fail('is not an OVT identifier: it has other characters than digits', 'For example 003712345671');
	if (!code.startsWith('0037'))
		return fail('is not an OVT identifier: it should begin with 0037', 'For example 003712345671');
	if (code.length < 12 || code.length > 17) {
		return fail(
			`is not an OVT identifier: it should have 12 to 17 digits, and has ${code.length}`,
			'It is 0037, the business ID without its hyphen, and up to 5 digits more',
		);
	}
	const id = parseBusinessId(code.slice(4, 12));
	if (!id.ok)
		return fail(
			`is not an OVT identifier: the digits after 0037 should be a business ID, and ${code.slice(4, 12)} is none`,
			id.advice,
		);
	return ok(code);
}

/** Checks an identifier that begins with 0037 as an OVT identifier. Others may be right in other countries. */
export function parseOvtIfFinnish(text: string): Result<string> {
	return compactCode(text).startsWith('0037') ? parseOvt(text) : ok(text);
}

/**
 * Parses the address of an e-invoice. In Finland (`isoCountry` FI, the default) it is an OVT identifier or an IBAN. Other
 * countries have formats of their own, which are not checked.
 */
export function parseEInvoiceAddress(input: unknown, isoCountry = 'FI'): Result<string> {
	const text = textOf(input);
	if (!text.ok || isoCountry !== 'FI') return text;
	const code = compactCode(text.value);
	if (/^\d/.test(code)) return parseOvt(code);
	// The identifiers of one operator's customers begin with its two letters.
	if (/^TE0037/.test(code)) {
		const ovtResult = parseOvt(code.slice(2));
		return ovtResult.ok ? ok(code.replace(/-/g, '')) : ovtResult;
	}
	if (/^[A-Z]{2}\d\d/.test(code)) return parseIban(code);
	return fail('is not an e-invoice address: it should be an OVT identifier or an IBAN', 'For example 003712345671');
}

/**
 * Parses the operator (intermediary) of an e-invoice address: a bank's BIC, or the operator's EDI identifier, which is an OVT
 * identifier or the operator's own code of 5 to 17 letters or digits. Returns capital letters without spaces.
 */
export function parseEInvoiceOperator(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value);
	if (code.startsWith('0037')) return parseOvt(code);
	const bicResult = parseBic(code);
	if (bicResult.ok) return bicResult;
	// A name of several words is not a code.
	if (/^[A-Z0-9]{5,17}$/i.test(text.value)) return ok(code);
	return fail(
		'is not an e-invoice operator: it should be a BIC or the EDI identifier of an operator',
		'For example 003721291126 or NDEAFIHH',
	);
}
