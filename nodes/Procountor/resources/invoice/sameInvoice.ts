import type { IDataObject } from 'n8n-workflow';
import { ProcountorError } from '../../api';
import { parseDecimal, round, toText } from '../../validation/money';
import { plainName } from '../../validation/names';
import { quoteList, listDifference } from '../shared/listDifference';
import { nameOfType, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { nameOfInvoice, counterpartyName } from '../shared/invoiceRecord';
import { objectAt, toList } from '../../utils/objects';

/** Returns a number for comparison: 3.50 equals 3.5, and Procountor may store fewer decimals than were sent. */
function roundedText(value: unknown, places: number): string {
	const read = parseDecimal(value ?? 0);
	return read.ok ? toText(round(read.value, places), places) : String(value);
}

/** Returns a text for each row: product, quantity, price, discount and VAT. */
function rowTexts({ invoiceRows }: IDataObject): string[] {
	return toList(invoiceRows).map((row) => {
		const discount = roundedText(row.discountPercent, 2);
		return [
			`${String(row.product ?? '')
				.replace(/\s+/g, ' ')
				.trim()}:`,
			`${Number(roundedText(row.quantity, 4))} x ${roundedText(row.unitPrice, 2)},`,
			discount === '0.00' ? '' : `discount ${discount} %,`,
			`VAT ${Number(roundedText(row.vatPercent, 2))} %`,
		]
			.filter((part) => part !== '')
			.join(' ');
	});
}

/** Describes how a found invoice differs from the wanted one, as part of a sentence; undefined if it does not. */
function describeDifference(wanted: IDataObject, found: IDataObject): string | undefined {
	const [wantedRows, foundRows] = [rowTexts(wanted), rowTexts(found)];
	const extraRows = listDifference(foundRows, wantedRows);
	const missingRows = listDifference(wantedRows, foundRows);
	const value = (invoice: IDataObject, group: string, name: string): unknown => objectAt(invoice, group)[name];
	const currency = (invoice: IDataObject): string => String(value(invoice, 'paymentInfo', 'currency') ?? 'EUR');
	const withVat = (invoice: IDataObject): boolean => value(invoice, 'extraInfo', 'unitPricesIncludeVat') === true;
	const discount = (invoice: IDataObject): string => roundedText(invoice.discountPercent, 2);
	const pairs: Array<[boolean, string]> = [
		[extraRows.length > 0, `it has the row ${quoteList(extraRows)}`],
		[missingRows.length > 0, `it lacks the row ${quoteList(missingRows)}`],
		[
			withVat(wanted) !== withVat(found),
			`its prices are ${withVat(found) ? 'with' : 'without'} VAT, those of this item are not`,
		],
		[discount(wanted) !== discount(found), `its discount is ${discount(found)} %, not ${discount(wanted)} %`],
		[currency(wanted) !== currency(found), `its currency is ${currency(found)}, not ${currency(wanted)}`],
	];
	const differences = pairs.filter(([differs]) => differs).map(([, text]) => text);
	return differences.length ? differences.join('; ') : undefined;
}

/** Whether two invoices have the same counterparty: the same register entry, or names that differ only in spelling. */
function isSameCounterparty(a: IDataObject, b: IDataObject): boolean {
	if (a.partnerId !== undefined && a.partnerId !== null && b.partnerId !== undefined && b.partnerId !== null)
		return Number(a.partnerId) === Number(b.partnerId);
	return plainName(counterpartyName(a)) === plainName(counterpartyName(b));
}

/** Returns the counterparty's name for messages, with its ID if it is in the register. */
function quoteCounterparty(invoice: IDataObject): string {
	const id = invoice.partnerId === undefined || invoice.partnerId === null ? '' : ` (ID ${String(invoice.partnerId)})`;
	return `'${counterpartyName(invoice)}'${id}`;
}

/**
 * Checks that the invoice that has the number is the one that the item describes. Dates are not compared, because an
 * item without a date gets the day of its run.
 * @throws ProcountorError that names the other counterparty or the difference in content
 */
export function checkSameInvoice(type: InvoiceType, wanted: IDataObject, found: IDataObject): void {
	const number = String(wanted.originalInvoiceNumber ?? '');
	const difference = isSameCounterparty(wanted, found)
		? describeDifference(wanted, found)
		: `it is for ${quoteCounterparty(found)}, not for ${quoteCounterparty(wanted)}`;
	if (difference === undefined) return;
	throw new ProcountorError({
		message: `The ${nameOfType[type]} number ${number} is already in use by ${nameOfInvoice(found)}, which differs from this item: ${difference}`,
		advice: `Nothing was changed. Check the expression of the number and the ${counterpartyLabel(type).toLowerCase()}, use another number, or change the invoice in Procountor.`,
	});
}
