import { isDate } from '../../../validation/dates';
import { parseDecimal, type Decimal } from '../../../validation/money';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import type { XmlElement } from './xml';

/** What to do about a file with an error. */
export const ASK_SENDER = 'Ask the sender for a corrected file.';

/** Returns the first element at a path, such as `InvoiceDetails/InvoiceNumber`. */
export function elementAt(parent: XmlElement | undefined, path: string): XmlElement | undefined {
	return path
		.split('/')
		.reduce<XmlElement | undefined>((element, name) => element?.children.find((child) => child.name === name), parent);
}

/** Returns all child elements with a name. */
export function elementsOf(parent: XmlElement | undefined, name: string): XmlElement[] {
	return parent?.children.filter((child) => child.name === name) ?? [];
}

/** Returns an element's text in one line, without surrounding spaces. */
export function textOf(element: XmlElement | undefined): string {
	return element?.text.replace(/\s+/g, ' ').trim() ?? '';
}

/** Returns the text of the first element at a path; undefined if it is missing or empty. */
export function textAt(parent: XmlElement | undefined, path: string): string | undefined {
	return textOf(elementAt(parent, path)) || undefined;
}

/** Returns the texts of all child elements with a name, without empty ones. */
export function textsOf(parent: XmlElement | undefined, name: string): string[] {
	return elementsOf(parent, name)
		.map(textOf)
		.filter((text) => text !== '');
}

/** Returns the last name of a path, with its row: `Row 2, UnitPriceAmount`. */
export const elementLabel = (path: string, where = ''): string => where + (path.split('/').at(-1) as string);

/**
 * Returns a Finvoice number: digits with a decimal comma. A point is accepted too, except before three digits, where it
 * could separate thousands. Undefined if the element is missing or empty.
 */
export function numberAt(parent: XmlElement | undefined, path: string, where = ''): Decimal | undefined {
	const text = textAt(parent, path);
	return text === undefined ? undefined : parseNumber(text, elementLabel(path, where));
}

/** Parses a Finvoice number. `label` names it in the error. */
export function parseNumber(text: string, label: string): Decimal {
	const isNumber = /^[+-]?\d{1,15}(?:[.,]\d{1,10})?$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text);
	const value = isNumber ? parseDecimal(text.replace(',', '.')) : undefined;
	if (!value?.ok) throw new InputError(label, `is not a number of the form 1234,50: ${quoted(text)}`, ASK_SENDER);
	return value.value;
}

/** Returns an amount. If it names a currency, it must be that of the invoice. */
export function amountAt(
	parent: XmlElement | undefined,
	path: string,
	currency: string,
	where = '',
): Decimal | undefined {
	const ownCurrency = currencyAt(parent, path);
	if (ownCurrency !== undefined && ownCurrency !== currency)
		throw new InputError(
			elementLabel(path, where),
			`is in ${quoted(ownCurrency)}, but the invoice's total is in ${quoted(currency)}`,
			'Ask the sender for a file in one currency.',
		);
	return numberAt(parent, path, where);
}

/** Returns the currency that an amount names. */
export function currencyAt(parent: XmlElement | undefined, path: string): string | undefined {
	return elementAt(parent, path)?.attributes.get('AmountCurrencyIdentifier')?.trim().toUpperCase() || undefined;
}

/** Returns a date, which Finvoice writes as 20261001 or 2026-10-01, as 2026-10-01. */
export function dateAt(parent: XmlElement | undefined, path: string, where = ''): string | undefined {
	const text = textAt(parent, path);
	if (text === undefined) return undefined;
	const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
	if (!/^\d{4}-\d\d-\d\d$/.test(day) || !isDate(day))
		throw new InputError(elementLabel(path, where), `is not a day of the form 20261001: ${quoted(text)}`);
	return day;
}
