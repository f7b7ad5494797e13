/** The credits that an invoice has already, and what a further one would be. */
import type { IDataObject } from 'n8n-workflow';
import { absolute, compare, decimal, subtract, sum, toText, zero, type Decimal } from '../../validation/money';
import { type Client, InputError, loadRecords, pages } from '../../api';
import { capitalized } from '../../utils/texts';
import { unwrap } from '../shared/bookkeeping/rows';
import type { DuplicateSearch } from '../shared/duplicates';
import { findInvoicesByNumber, isActive, nameOfInvoice, counterpartyName, totalOf } from '../shared/invoiceRecord';
import { grossTotal, describeParts, amountByProduct, type CreditPart } from './creditParts';

/** What ties a credit to its invoice where it has no number of its own: a line in the notes, which nobody but the company sees. */
const MARK = 'Credit of invoice ';
export const creditMark = ({ id, invoiceNumber }: IDataObject, parts: readonly CreditPart[] = []): string =>
	`${MARK}${String(invoiceNumber ?? '')} (ID ${String(id)})${parts.length ? `: ${describeParts(parts)}` : ''}`;
const readMark = ({ notes }: IDataObject): string => String(notes ?? '').split('\n')[0];

/** How a credit of an invoice is known. */
interface CreditIdentity {
	number: string | undefined;
	mark: string;
	date: string;
}

const isOpposite = (original: IDataObject, one: IDataObject): boolean =>
	one.id !== original.id && (totalOf(one) ?? 0) * (totalOf(original) ?? 0) <= 0;

/**
 * Returns the credits of an invoice, found by their own number or by the reference in their notes; void ones are left
 * out.
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
			isCandidate: (one) => isOpposite(original, one),
		});
	const credits = await readMarkedCredits(client, original, date);
	return credits.filter((one) => readMark(one) === mark).map(({ id }) => Number(id));
}

/** All credits of an invoice with its mark, whole or partial ones. */
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
 * How a credit's double is looked for: one with the same number or mark, or others that together with it exceed the invoice.
 * @param earlier the credits that were there before, by ID: they took part in the check of what is left
 */
export function duplicateSearch(
	client: Client,
	original: IDataObject,
	credit: CreditIdentity,
	earlier: ReadonlySet<number>,
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
			ids: exceedsTotal(original, marked) ? marked.map(({ id }) => Number(id)).filter((id) => !earlier.has(id)) : [],
			claim: `credits of ${nameOfInvoice(original)} for more than its total`,
		}),
	};
}

function exceedsTotal(original: IDataObject, credits: IDataObject[]): boolean {
	return compare(sum(credits.map((one) => absoluteTotal(totalOf(one)))), absoluteTotal(totalOf(original))) > 0;
}

const absoluteTotal = (value: unknown): Decimal => absolute(unwrap('Sum', decimal(value ?? 0)));

/**
 * Refuses to credit more than the invoice is worth: by parts, by a whole credit after parts, or by a second whole one.
 * @param known takes in the IDs of the credits that there are
 * @returns a warning where a second whole credit is wanted with 'Create Anyway'
 * @throws InputError that says what was credited before
 */
export async function checkRemaining(
	client: Client,
	original: IDataObject,
	body: IDataObject,
	{ parts, settings }: { parts: readonly CreditPart[]; settings: IDataObject },
	known: Set<number>,
): Promise<string[]> {
	const total = totalOf(original);
	if (total === undefined) return [];
	const marked = await readMarkedCredits(client, original, String(body.date));
	for (const { id } of marked) known.add(Number(id));
	const isWhole = (one: IDataObject): boolean => readMark(one) === creditMark(original);
	const earlier = parts.length > 0 ? marked : marked.filter((one) => !isWhole(one));
	if (parts.length > 0 || earlier.length > 0) refuseExcess(total, earlier, body);
	if (parts.length > 0) refuseExcessOfRows(original, earlier, body);
	// Without a number of its own, an earlier whole credit would have been found.
	const canBeSecond = settings.number !== undefined || settings.ifExists === 'create';
	const second = parts.length === 0 && canBeSecond && total !== 0 ? marked.find(isWhole) : undefined;
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

/** Several credits can take more of a row than it is worth, though less than the invoice. */
function refuseExcessOfRows(original: IDataObject, earlier: readonly IDataObject[], body: IDataObject): void {
	const most = amountByProduct(original);
	const taken = earlier.map(amountByProduct);
	// Each credit rounds by itself.
	const rounding = unwrap('Credit Only', decimal((earlier.length + 1) / 100));
	for (const [name, now] of amountByProduct(body)) {
		const before = sum(taken.map((one) => one.get(name) ?? zero));
		const all = most.get(name);
		if (all === undefined || compare(sum([before, now]), sum([all, rounding])) <= 0) continue;
		throw new InputError(
			'Credit Only',
			`takes more of '${name}' than the invoice has left: ${toText(now, 2)} of ${toText(subtract(all, before), 2)}, since ${earlier.map(nameOfInvoice).join(', ')} took ${toText(before, 2)}`,
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

/** Returns warnings about credits that are possible but rarely intended. */
export function creditWarnings(original: IDataObject, date: string): string[] {
	const name = nameOfInvoice(original);
	const isCredit = (totalOf(original) ?? 0) < 0 || readMark(original).startsWith(MARK);
	const isEarly = date < String(original.date);
	return [
		...(isCredit ? [`${capitalized(name)} is itself a credit: this credit takes it back`] : []),
		...(isEarly ? [`Credit Date ${date} is before the date of ${name} (${String(original.date)})`] : []),
	];
}

/** Checks that a record that was found by its number is the credit of the same invoice and the same parts. */
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
