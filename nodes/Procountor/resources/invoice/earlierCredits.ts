import type { IDataObject } from 'n8n-workflow';
import { absolute, compare, parseDecimal, subtract, sum, toText, ZERO, type Decimal } from '../../validation/money';
import { type Client, InputError, loadRecords, pages } from '../../api';
import { capitalized } from '../../utils/texts';
import { unwrap } from '../shared/bookkeeping/rows';
import type { DuplicateSearch } from '../shared/duplicates';
import { findInvoicesByNumber, isActive, nameOfInvoice, counterpartyName, totalOf } from '../shared/invoiceRecord';
import { grossTotal, describeParts, amountByProduct, type CreditPart } from './creditParts';

/** Begins the line in a credit's notes that names its invoice. It identifies a credit without an own number. */
const MARK = 'Credit of invoice ';
/** Returns the line in the notes that identifies a credit. */
export const creditMark = ({ id, invoiceNumber }: IDataObject, parts: readonly CreditPart[] = []): string =>
	`${MARK}${String(invoiceNumber ?? '')} (ID ${String(id)})${parts.length ? `: ${describeParts(parts)}` : ''}`;
const readMark = ({ notes }: IDataObject): string => String(notes ?? '').split('\n')[0];

/** What identifies a credit of an invoice. */
interface CreditIdentity {
	number: string | undefined;
	mark: string;
	date: string;
}

const isOpposite = (original: IDataObject, record: IDataObject): boolean =>
	record.id !== original.id && (totalOf(record) ?? 0) * (totalOf(original) ?? 0) <= 0;

/**
 * Returns the IDs of the invoice's credits with this identity, by their own number or by the line in their notes. Void
 * ones are left out.
 */
export async function findCredits(
	client: Client,
	original: IDataObject,
	{ number, mark, date }: CreditIdentity,
): Promise<number[]> {
	if (number !== undefined)
		return await findInvoicesByNumber(client, {
			type: 'SALES_INVOICE',
			number,
			partnerId: original.partnerId as number | undefined,
			name: counterpartyName(original),
			isCandidate: (record) => isOpposite(original, record),
		});
	const credits = await readMarkedCredits(client, original, date);
	return credits.filter((one) => readMark(one) === mark).map(({ id }) => Number(id));
}

/** Reads all full and partial credits of an invoice whose notes name it. */
async function readMarkedCredits(client: Client, original: IDataObject, date: string): Promise<IDataObject[]> {
	const partnerId = original.partnerId as number | undefined;
	const query = {
		types: ['SALES_INVOICE'] as const,
		startDate: [String(original.date), date].sort()[0],
		...(partnerId ? { businessPartnerId: partnerId } : {}),
	};
	const found: IDataObject[] = [];
	for await (const page of pages(client, { call: 'GET /invoices', query, confirmEmpty: true })) {
		const opposite = page
			.filter(
				(one) => isActive(one) && isOpposite(original, one) && counterpartyName(one) === counterpartyName(original),
			)
			.map(({ id }) => Number(id));
		const whole = await loadRecords(client, 'GET /invoices/{invoiceId}', opposite);
		found.push(...whole.filter((one) => readMark(one).startsWith(creditMark(original))));
	}
	return found;
}

/**
 * Returns how to search for duplicates of a credit: those with the same number or mark, or other credits that together
 * exceed the invoice.
 * @param earlierIds the credits that existed before and were included in the check of the remaining amount
 */
export function duplicateSearch(
	client: Client,
	original: IDataObject,
	credit: CreditIdentity,
	earlierIds: ReadonlySet<number>,
): DuplicateSearch {
	let marked: IDataObject[] = [];
	const counterpartyAndSign = (one: IDataObject): unknown => [counterpartyName(one), Math.sign(totalOf(one) ?? 0)];
	return {
		list: 'GET /invoices',
		query: { types: ['SALES_INVOICE'] },
		keyOf: counterpartyAndSign,
		ownKey: [counterpartyName(original), -Math.sign(totalOf(original) ?? 0)],
		async findAll() {
			marked = await readMarkedCredits(client, original, credit.date);
			if (credit.number !== undefined) return await findCredits(client, original, credit);
			return marked.filter((one) => readMark(one) === credit.mark).map(({ id }) => Number(id));
		},
		findExcess: () => ({
			ids: exceedsTotal(original, marked) ? marked.map(({ id }) => Number(id)).filter((id) => !earlierIds.has(id)) : [],
			claim: `credits of ${nameOfInvoice(original)} for more than its total`,
		}),
	};
}

function exceedsTotal(original: IDataObject, credits: IDataObject[]): boolean {
	return compare(sum(credits.map((one) => absoluteTotal(totalOf(one)))), absoluteTotal(totalOf(original))) > 0;
}

const absoluteTotal = (value: unknown): Decimal => absolute(unwrap('Sum', parseDecimal(value ?? 0)));

/**
 * Refuses to credit more than the invoice's total: by parts, by a full credit after parts, or by a second full credit.
 * @param earlierIds receives the IDs of the existing credits
 * @returns a warning if a second full credit is created with 'Create Anyway'
 * @throws {InputError} that says what was credited before
 */
export async function checkRemaining(
	client: Client,
	original: IDataObject,
	body: IDataObject,
	{ parts, settings }: { parts: readonly CreditPart[]; settings: IDataObject },
	earlierIds: Set<number>,
): Promise<string[]> {
	const total = totalOf(original);
	if (total === undefined) return [];
	const marked = await readMarkedCredits(client, original, String(body.date));
	for (const { id } of marked) earlierIds.add(Number(id));
	const isFull = (one: IDataObject): boolean => readMark(one) === creditMark(original);
	const earlier = parts.length > 0 ? marked : marked.filter((one) => !isFull(one));
	if (parts.length > 0 || earlier.length > 0) refuseExcess(total, earlier, body);
	if (parts.length > 0) refuseExcessOfRows(original, earlier, body);
	// Without an own number, an earlier full credit would have been found.
	const canBeSecond = settings.number !== undefined || settings.ifExists === 'create';
	const second = parts.length === 0 && canBeSecond && total !== 0 ? marked.find(isFull) : undefined;
	return second ? [repeatedCreditWarning(original, second, settings)] : [];
}

function refuseExcess(total: number, earlier: readonly IDataObject[], body: IDataObject): void {
	const credited = sum(earlier.map((one) => absoluteTotal(totalOf(one))));
	const left = subtract(absoluteTotal(total), credited);
	const now = absolute(grossTotal(body));
	if (compare(now, left) <= 0) return;
	const took = `${earlier.map(nameOfInvoice).join(', ') || 'no credit'} took ${toText(credited, 2)}`;
	throw new InputError(
		'Invoice',
		`has ${toText(left, 2)} left to credit, and this credit is ${toText(now, 2)}: ${took}`,
		'Credit less under Credit Only. Nothing was saved.',
	);
}

/** Refuses credits that together exceed the total of a row, even if they do not exceed the invoice's total. */
function refuseExcessOfRows(original: IDataObject, earlier: readonly IDataObject[], body: IDataObject): void {
	const totals = amountByProduct(original);
	const credited = earlier.map(amountByProduct);
	// Each credit is rounded separately.
	const rounding = unwrap('Credit Only', parseDecimal((earlier.length + 1) / 100));
	for (const [name, now] of amountByProduct(body)) {
		const before = sum(credited.map((amounts) => amounts.get(name) ?? ZERO));
		const total = totals.get(name);
		if (total === undefined || compare(sum([before, now]), sum([total, rounding])) <= 0) continue;
		throw new InputError(
			'Credit Only',
			`takes more of '${name}' than the invoice has left: ${toText(now, 2)} of ${toText(subtract(total, before), 2)}, since ${earlier.map(nameOfInvoice).join(', ')} took ${toText(before, 2)}`,
			'Credit less. Nothing was saved.',
		);
	}
}

function repeatedCreditWarning(original: IDataObject, earlier: IDataObject, { ifExists }: IDataObject): string {
	const problem = `is credited already by the credit with ID ${Number(earlier.id)}: another credit would exceed its total`;
	if (ifExists === 'create') return `${capitalized(nameOfInvoice(original))} ${problem}`;
	throw new InputError(
		'Invoice',
		problem,
		"Nothing was saved. To credit it again all the same, choose 'Create Anyway' under 'If It Already Exists'.",
	);
}

/** Returns warnings about credits that are possible but probably not intended. */
export function creditWarnings(original: IDataObject, date: string): string[] {
	const name = nameOfInvoice(original);
	const isCredit = (totalOf(original) ?? 0) < 0 || readMark(original).startsWith(MARK);
	const isEarly = date < String(original.date);
	return [
		...(isCredit ? [`${capitalized(name)} is itself a credit: this credit takes it back`] : []),
		...(isEarly ? [`Credit Date ${date} is before the date of ${name} (${String(original.date)})`] : []),
	];
}

/** Checks that the record with the number is the credit of the same invoice and the same parts. @throws {InputError} */
export function checkMark(record: IDataObject, original: IDataObject, mark: string): void {
	const found = readMark(record);
	if (!found.startsWith(MARK) || found === mark) return;
	const whose = found.startsWith(creditMark(original)) ? 'other parts of this invoice' : 'another invoice';
	throw new InputError(
		'Own Invoice Number',
		`is that of the credit of ${whose}: ${nameOfInvoice(record)}`,
		'Enter another number.',
	);
}
