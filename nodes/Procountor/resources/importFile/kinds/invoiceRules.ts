import type { IDataObject } from 'n8n-workflow';
import { identifierOf } from '../../../validation/identities';
import { finnishDate, date as readDate } from '../../../validation/dates';
import {
	add,
	compare,
	decimal,
	negate,
	sum,
	toNumber,
	toText,
	zero,
	type Decimal,
	hundred,
	absolute,
} from '../../../validation/money';
import { invoiceSums, readRow, rowSums } from '../../../validation/sums';
import { isBlank } from '../../../validation/cellValues';
import type { Result } from '../../../validation/result';
import type { RuleFault } from '../types';
import { JOURNAL } from './invoiceRows';
import { isPlainObject, listAt, objectAt, setPath, toObject } from '../../../utils/objects';

/** Adds the total and the sign of a credit if the record lacks them, and writes the business ID in its usual form. */
export function completeInvoice(given: IDataObject): IDataObject {
	const record = { ...given };
	record.sum ??= knownTotal(record) ?? totalOfRows(record);
	const total = decimal(record.sum);
	record.isCredit ??= total.ok && total.value.digits < 0n;
	const identifier = identifierIn(record);
	return identifier?.ok ? setPath(record, 'counterParty.identifier', identifier.value) : record;
}

/** The total that Procountor itself has told, in the invoice's own currency. */
function knownTotal(record: IDataObject): unknown {
	const infos = listAt(record, 'invoiceSumInfo');
	return (infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? infos[0])?.invoiceSumTotal;
}

/** The total by the rules of `validation/sums`; undefined when a row cannot be read, which its own column then tells. */
function totalOfRows(record: IDataObject): number | undefined {
	const rows = listAt(record, 'invoiceRows');
	// An empty row is named where the rows are written.
	if (rows.length === 0 || !rows.every(isPlainObject)) return undefined;
	const discount = decimal(record.discountPercent ?? 0);
	const sums = rows.map(({ quantity, unitPrice, discountPercent, vatPercent }) =>
		readRow({ quantity, unitPrice, discountPercent, vatPercent }),
	);
	const read = sums.flatMap((row) => (row.ok ? [row.value] : []));
	if (!discount.ok || read.length < rows.length) return undefined;
	const includesVat = objectAt(record, 'extraInfo').unitPricesIncludeVat === true;
	const total = toNumber(invoiceSums(read.map((row) => rowSums(row, includesVat, discount.value))).gross);
	return total.ok ? total.value : undefined;
}

/** Removes values that only repeat the default after reading. */
export function restoreInvoice(record: IDataObject): IDataObject {
	const { isCredit, ...rest } = record;
	return isCredit === true ? record : rest;
}

/** Checks the rules between an invoice's cells (docs/procountor.md#import-files). */
export function rulesOfInvoice(record: IDataObject): RuleFault[] {
	return [
		...identifierRules(record),
		...sumRules(record),
		...dateRules(record),
		...channelRules(record),
		...rowRules(record),
	];
}

function identifierIn({ counterParty }: IDataObject): Result<string> | undefined {
	const { identifier, counterPartyAddress } = toObject(counterParty);
	const text = String(identifier ?? '').trim();
	return text === '' ? undefined : identifierOf(text, undefined, toObject(counterPartyAddress).country);
}

function identifierRules(record: IDataObject): RuleFault[] {
	const verdict = identifierIn(record);
	if (verdict === undefined || verdict.ok) return [];
	return [{ path: 'counterParty.identifier', message: verdict.message, advice: verdict.advice }];
}

/**
 * Returns the accounts to which customers will pay. The file is made without a request, so nothing shows whose accounts
 * they are.
 */
export function salesAccounts(records: readonly IDataObject[]): string[] {
	const ofSales = records.filter(({ type }) => type === 'SALES_INVOICE' || type === 'M');
	const accounts = ofSales.map((record) => objectAt(record, 'paymentInfo.bankAccount').accountNumber);
	const given = [...new Set(accounts.filter((account) => !isBlank(account)).map(String))];
	return given.length
		? [
				`Check that the accounts of sales invoices (column D) are the company's own: ${given.slice(0, MOST_NAMED).join(', ')}`,
			]
		: [];
}

/** The most accounts that one warning names. */
const MOST_NAMED = 10;

function sumRules(record: IDataObject): RuleFault[] {
	const total = decimal(record.sum);
	if (!total.ok) return [];
	if (record.isCredit === true && total.value.digits > 0n)
		return [{ path: 'sum', message: `is ${toText(total.value)}, but the sums of a credit invoice are negative` }];
	if (record.isCredit === false && total.value.digits < 0n)
		return [{ path: 'isCredit', message: `is false, but the total is ${toText(total.value)}` }];
	const computed = decimal(totalOfRows(record));
	if (!computed.ok || record.type === JOURNAL[0]) return [];
	const difference = add(total.value, negate(computed.value));
	const cents = { digits: BigInt(listAt(record, 'invoiceRows').length), scale: 2 };
	const size = absolute(difference);
	// How Procountor rounds is not known: a cent a row may be its own way of doing it.
	return compare(size, cents) > 0
		? [{ path: 'sum', message: `is ${toText(total.value)}, but the rows make ${toText(computed.value)}` }]
		: [];
}

function dateRules(record: IDataObject): RuleFault[] {
	const [day, due] = [readDate(record.date), readDate(objectAt(record, 'paymentInfo').dueDate)];
	// The notes say 'after'; the same day is taken too, since public clients write it and Procountor's term may be 0 days.
	if (!day.ok || !due.ok || due.value >= day.value) return [];
	return [{ path: 'paymentInfo.dueDate', message: `is before the invoice date ${finnishDate(day.value)}` }];
}

function channelRules(record: IDataObject): RuleFault[] {
	const channel = String(record.invoiceChannel ?? '').toUpperCase();
	if (['MAIL', '2'].includes(channel) && Object.values(objectAt(record, 'billingAddress')).every(isBlank))
		return [{ path: 'billingAddress', message: 'is missing, and an invoice by mail needs it' }];
	const electronic = objectAt(objectAt(record, 'counterParty'), 'einvoiceAddress').address;
	if (['ELECTRONIC_INVOICE', '3'].includes(channel) && isBlank(electronic))
		return [{ path: 'counterParty.einvoiceAddress.address', message: 'is missing, and an e-invoice needs it' }];
	return [];
}

function rowRules(record: IDataObject): RuleFault[] {
	const faults = shareFaults(listAt(record, 'dimensions'), 'dimensions');
	listAt(record, 'invoiceRows').forEach((row, index) => {
		const at = `invoiceRows.${index}`;
		if (row.product === 'DIMENSION')
			faults.push({ path: `${at}.product`, message: 'is DIMENSION, which marks another kind of row' });
		faults.push(...shareFaults(listAt(row, 'dimensions'), `${at}.dimensions`));
	});
	return faults;
}

/** The shares of each dimension make 100 per cent together. */
function shareFaults(shares: IDataObject[], at: string): RuleFault[] {
	const names = [...new Set(shares.map(({ dimension }) => String(dimension ?? '')))];
	return names.flatMap((name) => {
		const percents = shares.map(({ dimension, percent }, index): [number, Decimal] => {
			const value = decimal(percent);
			return [index, value.ok && String(dimension ?? '') === name ? value.value : zero];
		});
		const total = sum(percents.map(([, value]) => value));
		if (compare(total, hundred) === 0) return [];
		const last = shares.map(({ dimension }) => String(dimension ?? '')).lastIndexOf(name);
		return [{ path: `${at}.${last}.percent`, message: `adds up to ${toText(total)} % for '${name}', not 100` }];
	});
}
