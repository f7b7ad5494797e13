import { isDate } from '../../../validation/dates';
import { decimal, type Decimal } from '../../../validation/money';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import type { XmlElement } from './xml';

/** The first element at a path of names, such as `InvoiceDetails/InvoiceNumber`. */
export function elementAt(parent: XmlElement | undefined, path: string): XmlElement | undefined {
	return path
		.split('/')
		.reduce<XmlElement | undefined>((here, name) => here?.children.find((child) => child.name === name), parent);
}

/** All child elements of a name. */
export function elementsOf(parent: XmlElement | undefined, name: string): XmlElement[] {
	return parent?.children.filter((child) => child.name === name) ?? [];
}

/** An element's text in one line, without spaces around it. */
export function textOf(element: XmlElement | undefined): string {
	return element?.text.replace(/\s+/g, ' ').trim() ?? '';
}

/** The text of the first element at a path; undefined where it is missing or empty. */
export function textAt(parent: XmlElement | undefined, path: string): string | undefined {
	return textOf(elementAt(parent, path)) || undefined;
}

/** The texts of all child elements of a name that have one. */
export function textsOf(parent: XmlElement | undefined, name: string): string[] {
	return elementsOf(parent, name)
		.map(textOf)
		.filter((text) => text !== '');
}

/** The last name of a path, with the row that it stands in: `Row 2, UnitPriceAmount`. */
export const elementLabel = (path: string, where = ''): string => where + (path.split('/').at(-1) as string);

/**
 * Returns a Finvoice number: digits with a decimal comma. A point is accepted too, except before three digits, where it
 * could separate thousands. Undefined if the element is missing or empty.
 */
export function numberAt(parent: XmlElement | undefined, path: string, where = ''): Decimal | undefined {
	const text = textAt(parent, path);
	return text === undefined ? undefined : parseNumber(text, elementLabel(path, where));
}

/** The same for a text; `place` names it in the error. */
export function parseNumber(text: string, place: string): Decimal {
	const isNumber = /^[+-]?\d{1,15}(?:[.,]\d{1,10})?$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text);
	const value = isNumber ? decimal(text.replace(',', '.')) : undefined;
	if (!value?.ok)
		throw new InputError(
			place,
			`is not a number of the form 1234,50: ${quoted(text)}`,
			'Ask the sender for a corrected file.',
		);
	return value.value;
}

/** Returns an amount. If it has a currency, it must be the invoice's. */
export function amountAt(
	parent: XmlElement | undefined,
	path: string,
	currency: string,
	where = '',
): Decimal | undefined {
	const named = currencyAt(parent, path);
	if (named !== undefined && named !== currency)
		throw new InputError(
			elementLabel(path, where),
			`is in ${quoted(named)}, but the invoice's total is in ${quoted(currency)}`,
			'Ask the sender for a file in one currency.',
		);
	return numberAt(parent, path, where);
}

/** The currency that an amount names. */
export function currencyAt(parent: XmlElement | undefined, path: string): string | undefined {
	const named = elementAt(parent, path)?.attributes.get('AmountCurrencyIdentifier')?.trim().toUpperCase();
	return named || undefined;
}

/** A day as Finvoice writes it, 20261001 or 2026-10-01, as 2026-10-01. */
export function dateAt(parent: XmlElement | undefined, path: string, where = ''): string | undefined {
	const text = textAt(parent, path);
	if (text === undefined) return undefined;
	const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
	if (!/^\d{4}-\d\d-\d\d$/.test(day) || !isDate(day))
		throw new InputError(elementLabel(path, where), `is not a day of the form 20261001: ${quoted(text)}`);
	return day;
}
