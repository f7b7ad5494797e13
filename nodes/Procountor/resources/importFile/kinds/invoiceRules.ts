import type { IDataObject } from 'n8n-workflow';
import { checkPartyIdentifier } from '../../../validation/identities';
import { finnishDate, parseDate } from '../../../validation/dates';
import {
	add,
	compare,
	parseDecimal,
	negate,
	sum,
	toNumber,
	toText,
	ZERO,
	type Decimal,
	HUNDRED,
	absolute,
} from '../../../validation/money';
import { invoiceSums, readRow, rowSums } from '../../../validation/sums';
import { isBlank } from '../../../validation/cellValues';
import type { Result } from '../../../validation/result';
import type { RuleFault } from '../types';
import { JOURNAL_ONLY } from './invoiceRows';
import { isPlainObject, listAt, objectAt, setPath, toObject } from '../../../utils/objects';

/** Adds the total and whether it is a credit invoice if they are missing, and normalizes the business ID. */
export function completeInvoice(given: IDataObject): IDataObject {
	const record = { ...given };
	record.sum ??= procountorTotal(record) ?? rowTotal(record);
	const total = parseDecimal(record.sum);
	record.isCredit ??= total.ok && total.value.digits < 0n;
	const identifier = checkIdentifier(record);
	return identifier?.ok ? setPath(record, 'counterParty.identifier', identifier.value) : record;
}

/** Returns the total that Procountor calculated, in the invoice's currency. */
function procountorTotal(record: IDataObject): unknown {
	const infos = listAt(record, 'invoiceSumInfo');
	return (infos.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? infos[0])?.invoiceSumTotal;
}

/** Returns the total of the rows; undefined if one is invalid, which its column reports. */
function rowTotal(record: IDataObject): number | undefined {
	const rows = listAt(record, 'invoiceRows');
	// The writer reports empty rows.
	if (rows.length === 0 || !rows.every(isPlainObject)) return undefined;
	const discount = parseDecimal(record.discountPercent ?? 0);
	const sums = rows.map(({ quantity, unitPrice, discountPercent, vatPercent }) =>
		readRow({ quantity, unitPrice, discountPercent, vatPercent }),
	);
	const read = sums.flatMap((row) => (row.ok ? [row.value] : []));
	if (!discount.ok || read.length < rows.length) return undefined;
	const includesVat = objectAt(record, 'extraInfo').unitPricesIncludeVat === true;
	const total = toNumber(invoiceSums(read.map((row) => rowSums(row, includesVat, discount.value))).gross);
	return total.ok ? total.value : undefined;
}

/** Removes `isCredit` from invoices that are not credit invoices. */
export function restoreInvoice(record: IDataObject): IDataObject {
	const { isCredit, ...rest } = record;
	return isCredit === true ? record : rest;
}

/** Checks the rules between the cells of an invoice (docs/procountor.md#import-files). */
export function invoiceFaults(record: IDataObject): RuleFault[] {
	return [
		...identifierFaults(record),
		...totalFaults(record),
		...dateFaults(record),
		...channelFaults(record),
		...rowFaults(record),
	];
}

function checkIdentifier({ counterParty }: IDataObject): Result<string> | undefined {
	const { identifier, counterPartyAddress } = toObject(counterParty);
	const text = String(identifier ?? '').trim();
	return text === '' ? undefined : checkPartyIdentifier(text, undefined, toObject(counterPartyAddress).country);
}

function identifierFaults(record: IDataObject): RuleFault[] {
	const checked = checkIdentifier(record);
	if (checked === undefined || checked.ok) return [];
	return [{ path: 'counterParty.identifier', message: checked.message, advice: checked.advice }];
}

/** Asks the user to check the accounts to which customers will pay. No request is made, so the node cannot check them. */
export function salesAccountWarnings(records: readonly IDataObject[]): string[] {
	const salesInvoices = records.filter(({ type }) => type === 'SALES_INVOICE' || type === 'M');
	const accounts = salesInvoices.map((record) => objectAt(record, 'paymentInfo.bankAccount').accountNumber);
	const distinct = [...new Set(accounts.filter((account) => !isBlank(account)).map(String))];
	return distinct.length
		? [
				`Check that the accounts of sales invoices (column D) are the company's own: ${distinct.slice(0, MAX_NAMED).join(', ')}`,
			]
		: [];
}

/** The maximum number of accounts in the warning. */
const MAX_NAMED = 10;

function totalFaults(record: IDataObject): RuleFault[] {
	const total = parseDecimal(record.sum);
	if (!total.ok) return [];
	if (record.isCredit === true && total.value.digits > 0n)
		return [{ path: 'sum', message: `is ${toText(total.value)}, but the sums of a credit invoice are negative` }];
	if (record.isCredit === false && total.value.digits < 0n)
		return [{ path: 'isCredit', message: `is false, but the total is ${toText(total.value)}` }];
	const computed = parseDecimal(rowTotal(record));
	if (!computed.ok || record.type === JOURNAL_ONLY[0]) return [];
	const difference = add(total.value, negate(computed.value));
	const cents = { digits: BigInt(listAt(record, 'invoiceRows').length), scale: 2 };
	// How Procountor rounds is unknown, so one cent for each row is accepted.
	return compare(absolute(difference), cents) > 0
		? [{ path: 'sum', message: `is ${toText(total.value)}, but the rows make ${toText(computed.value)}` }]
		: [];
}

function dateFaults(record: IDataObject): RuleFault[] {
	const [day, due] = [parseDate(record.date), parseDate(objectAt(record, 'paymentInfo').dueDate)];
	// The documentation says 'after', but public clients write the same day, and a payment term can be 0 days.
	if (!day.ok || !due.ok || due.value >= day.value) return [];
	return [{ path: 'paymentInfo.dueDate', message: `is before the invoice date ${finnishDate(day.value)}` }];
}

function channelFaults(record: IDataObject): RuleFault[] {
	const channel = String(record.invoiceChannel ?? '').toUpperCase();
	if (['MAIL', '2'].includes(channel) && Object.values(objectAt(record, 'billingAddress')).every(isBlank))
		return [{ path: 'billingAddress', message: 'is missing, and an invoice by mail needs it' }];
	const electronic = objectAt(objectAt(record, 'counterParty'), 'einvoiceAddress').address;
	if (['ELECTRONIC_INVOICE', '3'].includes(channel) && isBlank(electronic))
		return [{ path: 'counterParty.einvoiceAddress.address', message: 'is missing, and an e-invoice needs it' }];
	return [];
}

function rowFaults(record: IDataObject): RuleFault[] {
	const faults = shareFaults(listAt(record, 'dimensions'), 'dimensions');
	listAt(record, 'invoiceRows').forEach((row, index) => {
		const path = `invoiceRows.${index}`;
		if (row.product === 'DIMENSION')
			faults.push({ path: `${path}.product`, message: 'is DIMENSION, which marks another kind of row' });
		faults.push(...shareFaults(listAt(row, 'dimensions'), `${path}.dimensions`));
	});
	return faults;
}

/** Checks that the shares of each dimension add up to 100 per cent. */
function shareFaults(shares: IDataObject[], path: string): RuleFault[] {
	const names = [...new Set(shares.map(({ dimension }) => String(dimension ?? '')))];
	return names.flatMap((name) => {
		const percents = shares.map(({ dimension, percent }, index): [number, Decimal] => {
			const value = parseDecimal(percent);
			return [index, value.ok && String(dimension ?? '') === name ? value.value : ZERO];
		});
		const total = sum(percents.map(([, value]) => value));
		if (compare(total, HUNDRED) === 0) return [];
		const last = shares.map(({ dimension }) => String(dimension ?? '')).lastIndexOf(name);
		return [{ path: `${path}.${last}.percent`, message: `adds up to ${toText(total)} % for '${name}', not 100` }];
	});
}
