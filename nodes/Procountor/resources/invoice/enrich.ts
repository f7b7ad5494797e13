import type { IDataObject } from 'n8n-workflow';
import { date as dayOf } from '../../validation/dates';
import { dueDateAfter } from '../../validation/dueDate';
import { lacksForChannel } from '../../validation/channel';
import { decimal, divide, type Decimal } from '../../validation/money';
import { invoiceSums, type Sums } from '../../validation/sums';
import { isPlainObject, merge, objectAt, setPath, toList, toObject } from '../../utils/objects';
import { type Client, InputError, type RecordLoader } from '../../api';
import {
	readCompanyCurrency,
	readLedgerAccounts,
	readDefaultAccount,
	readExchangeRate,
	readSalesTerms,
	readSession,
	readUsageSettings,
	readVatSettings,
} from '../shared/companyData';
import { toWantedRow, enrichRow, headingRow, rowTotals, type EnrichedRow, type RowTerms } from './enrichRows';
import { resolvePosting } from '../shared/bookkeeping/dimensions';
import { isOfPerson, isOrder, isSales, type InvoiceType } from '../shared/invoiceTypes';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { firstOpenDay, movedDayWarnings } from '../shared/bookkeeping/openDay';
import { checkOwnAccount } from './ownAccount';
import { readCounterparty, omitEmpty, type Counterparty } from './counterparty';
import { productOf } from './products';
import { rowLabel, unwrap, type GivenRow } from '../shared/bookkeeping/rows';
import { dimensionValues } from '../shared/bookkeeping/dimensionAmounts';
import { knownVatStatuses } from '../../validation/vat';
import { Vat } from './vat';
import { MENUS } from '../../utils/menus';

/** An invoice as it was asked for: fields by the API's names, rows, and choices that the API does not know. */
export interface WantedInvoice {
	type: InvoiceType;
	fields: IDataObject;
	rows: GivenRow[];
	pricesIncludeVat: boolean;
	termDays?: number;
	vatStatus?: string;
	accountingByRow?: boolean;
	/** The bank account may belong to somebody else, such as a factoring company. */
	otherPayee?: boolean;
	/** Move to the first open day, instead of letting Procountor refuse a date in a closed period. */
	moveToOpenDay: boolean;
}

/** An invoice with everything that it needs, and what was found out on the way. */
export interface EnrichedInvoice {
	body: IDataObject;
	rows: EnrichedRow[];
	sums: Sums;
	/** The rows as their transactions should be in the books. */
	ledger: WantedRow[];
	/** What the register has of the counterparty. */
	held: IDataObject;
	/** What a person should look at, in sentences. */
	warnings: string[];
}

export interface Registers {
	partners: RecordLoader<'GET /businesspartners/{id}'>;
	products: RecordLoader<'GET /products/{productId}'>;
}

const RATE = "Enter how many units of the currency one unit of the company's currency is worth.";
/** Employees' invoices are paid this long after their date where the person has no term of payment. */
const DAYS_FOR_PERSONS = 14;
const LANGUAGES: Readonly<Record<string, string>> = {
	FINLAND: 'FINNISH',
	SWEDEN: 'SWEDISH',
	NORWAY: 'NORWEGIAN',
	DENMARK: 'DANISH',
	ESTONIA: 'ESTONIAN',
};

/** Sales to companies in other EU countries are reported by the customer's VAT number. */
const EU_SALES = [5, 22];

function vatNumberWarnings(type: InvoiceType, { vatStatus, counterParty, invoiceRows }: IDataObject): string[] {
	const statuses = [vatStatus, ...toList(invoiceRows).map((row) => row.vatStatus)];
	const status = EU_SALES.find((one) => statuses.includes(one));
	if (!isSales(type) || status === undefined || toObject(counterParty).taxCode) return [];
	return [
		`VAT Status is ${status} (${knownVatStatuses[status]}), but VAT Number is empty. Enter the customer's VAT number: the EC Sales List reports these sales by it`,
	];
}

/**
 * Completes an invoice: first from the given fields, then from the counterparty's register, then from the company's
 * defaults. Nothing is guessed; what none of them has is reported as missing.
 */
export async function enrichInvoice(
	client: Client,
	wanted: WantedInvoice,
	registers: Registers,
): Promise<EnrichedInvoice> {
	const { type } = wanted;
	const counterparty = await readCounterparty(
		client,
		registers.partners,
		type,
		wanted.fields.partnerId as number | undefined,
	);
	let invoice: IDataObject = {
		discountPercent: 0,
		...merge(withoutEmptied(counterparty.fields, wanted.fields), wanted.fields),
		type,
	};
	invoice.date ??= unwrap('Invoice Date', dayOf(new Date()));
	const asked = String(invoice.date);
	if (wanted.moveToOpenDay) invoice.date = await firstOpenDay(client, asked, 'Invoice Date');
	invoice = await withPayment(client, invoice, counterparty, wanted);
	invoice.invoiceChannel ??= await channelFor(client, invoice, counterparty);
	if (isSales(type)) {
		invoice.language ??= counterparty.language ?? LANGUAGES[(await readSession(client)).country ?? ''] ?? 'ENGLISH';
		invoice.penaltyPercent ??= (await readSalesTerms(client)).defaultSalesInvoiceInterest;
	}
	invoice = withoutOtherChannel(invoice, wanted.fields);
	const vat = await Vat.of(client, type, invoice, wanted.vatStatus ?? invoice.vatStatus);
	const terms: RowTerms = {
		currency: String(objectAt(invoice, 'paymentInfo').currency),
		pricesIncludeVat: wanted.pricesIncludeVat,
		registerIncludesVat: async () =>
			(await readVatSettings(client))[isSales(type) ? 'unitPricesIncludeVatSales' : 'unitPricesIncludeVatPurchase'] as
				boolean | undefined,
		language: invoice.language as string | undefined,
		vat,
		hasTexts: isSales(type),
	};
	const rows = await completeRows(client, wanted, registers, terms);
	const body = omitEmpty({
		...invoice,
		vatStatus: vat.status,
		vatCountry: vat.country,
		invoiceRows: rows.map((row) => omitEmpty(row.body)),
		extraInfo: { accountingByRow: await byRow(client, wanted, rows), unitPricesIncludeVat: wanted.pricesIncludeVat },
	});
	const discount = exact('Discount %', body.discountPercent);
	if (discount.digits < 0n) throw new InputError('Discount %', 'is below 0', 'Enter a surcharge in a row of its own.');
	const rate = exact('Exchange Rate', objectAt(body, 'paymentInfo').currencyRate);
	if (rate.digits <= 0n) throw new InputError('Exchange Rate', 'is not above 0', RATE);
	const sums = rows.map((row) => rowTotals(row, terms, discount));
	rows.forEach((row, index) => checkAmounts(row, sums[index], rate));
	// What is deliberately empty says something: `{}` means no address, nobody who approves.
	const kept = Object.fromEntries(
		Object.entries(wanted.fields).filter(([name]) => body[name] === undefined && name !== 'vatStatus'),
	);
	return {
		body: { ...kept, ...body },
		held: counterparty.fields,
		warnings: [...movedDayWarnings('Invoice Date', asked, String(invoice.date)), ...vatNumberWarnings(type, body)],
		rows,
		sums: invoiceSums(sums),
		ledger: rows.map((row, index) => toWantedRow(row, sums[index], rate, isSales(type))),
	};
}

/** An empty address that was given means none, not the register's. */
function withoutEmptied(ofCounterparty: IDataObject, given: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(ofCounterparty).filter(
			([name]) => !(isPlainObject(given[name]) && Object.keys(given[name]).length === 0),
		),
	);
}

function exact(label: string, value: unknown): Decimal {
	return unwrap(label, decimal(value));
}

async function completeRows(
	client: Client,
	{ type, rows }: WantedInvoice,
	{ products }: Registers,
	terms: RowTerms,
): Promise<EnrichedRow[]> {
	const complete = new Map<number, EnrichedRow>();
	for (const given of rows.filter(({ header }) => header === undefined)) {
		const one = await enrichRow(given, await productOf(client, products, given, type), terms);
		await checkAccount(client, given);
		complete.set(given.row, {
			...one,
			posting: await resolvePosting(client, given, (label) => rowLabel(given.row, label)),
		});
	}
	return rows.map((given) => {
		if (given.header === undefined) return complete.get(given.row) as EnrichedRow;
		const neighbour = [...complete.values()].find(({ row }) => row > given.row) ?? [...complete.values()][0];
		return headingRow(given, neighbour);
	});
}

/** An account that cannot be posted to is told before anything is saved, as far as the chart of accounts can be read. */
async function checkAccount(client: Client, { row, account }: GivenRow): Promise<void> {
	const chart = account === undefined ? [] : await readLedgerAccounts(client);
	const found = chart.find(({ ledgerAccountCode }) => ledgerAccountCode === account);
	if (chart.length && (!found || found.active === false))
		throw new InputError(
			rowLabel(row, 'Ledger Account'),
			`is ${found ? 'out of use' : 'not in the chart of accounts'}: ${account}`,
			'Enter the number of an active account.',
		);
}

/** Amounts of dimensions are held against the row's net sum in the currency of the books before anything is saved. */
function checkAmounts({ row, posting }: EnrichedRow, { net }: Sums, rate: Decimal): void {
	unwrap(rowLabel(row, 'Dimensions'), dimensionValues(posting?.dimensions ?? [], divide(net, rate)));
}

/** Currency, rate, due date, method and account. */
async function withPayment(
	client: Client,
	invoice: IDataObject,
	{ termDays }: Counterparty,
	wanted: WantedInvoice,
): Promise<IDataObject> {
	const payment = { ...objectAt(invoice, 'paymentInfo') };
	const own = await readCompanyCurrency(client);
	payment.currency ??= own;
	if (payment.currency === undefined)
		throw new InputError('Currency', "is empty, and the company's cannot be read", 'Enter it.');
	payment.currencyRate ??=
		payment.currency === own
			? 1
			: own && (await readExchangeRate(client, own, String(payment.currency), String(invoice.date)));
	if (payment.currencyRate === undefined)
		throw new InputError(
			'Exchange Rate',
			`is empty, and Procountor has none for ${String(payment.currency)} on ${String(invoice.date)}`,
			RATE,
		);
	payment.dueDate ??= unwrap(
		'Payment Term (Days)',
		dueDateAfter(String(invoice.date), await daysFor(client, wanted, termDays)),
	);
	payment.paymentMethod ??= 'BANK_TRANSFER';
	return setPath(invoice, 'paymentInfo', await withBankAccount(client, payment, wanted));
}

/** The account that the invoice is to be paid to: the given one, or the company's own; none is needed for cash. */
async function withBankAccount(
	client: Client,
	payment: IDataObject,
	{ type, otherPayee }: WantedInvoice,
): Promise<IDataObject> {
	const account = toObject(payment.bankAccount);
	if (isSales(type) && otherPayee !== true) await checkOwnAccount(client, account.accountNumber);
	if (account.accountNumber !== undefined || payment.paymentMethod === 'CASH') return payment;
	const accountNumber = isSales(type) ? await readDefaultAccount(client, String(payment.currency)) : undefined;
	if (accountNumber === undefined)
		throw new InputError(
			'Bank Account (IBAN)',
			'is empty, and none is known by default',
			'Enter it, or choose cash as the payment method.',
		);
	return { ...payment, bankAccount: { ...account, accountNumber } };
}

async function daysFor(
	client: Client,
	{ type, termDays }: WantedInvoice,
	ofCounterparty: number | undefined,
): Promise<number> {
	const days =
		termDays ??
		ofCounterparty ??
		(isSales(type)
			? (await readSalesTerms(client)).defaultSalesInvoicePaymentTerms
			: isOfPerson(type)
				? DAYS_FOR_PERSONS
				: undefined);
	if (days === undefined)
		throw new InputError(
			'Due Date',
			'is empty, and no term of payment is known by default',
			'Enter a due date, or a payment term in days.',
		);
	return Number(days);
}

const SENDABLE = ['EMAIL', 'MAIL', 'ELECTRONIC_INVOICE', 'NO_SENDING'];

/** The register's channel; the company's where the invoice has what it needs; otherwise no sending. */
async function channelFor(client: Client, invoice: IDataObject, { channel }: Counterparty): Promise<string> {
	if (!isSales(String(invoice.type))) return 'NO_SENDING';
	if (channel !== undefined && SENDABLE.includes(channel)) return channel;
	const usual = String((await readUsageSettings(client)).defaultInvoiceChannel);
	const lacks = SENDABLE.includes(usual) ? lacksForChannel({ ...invoice, invoiceChannel: usual }) : [undefined];
	return lacks.length ? 'NO_SENDING' : usual;
}

/** The register's e-invoice address stands only on invoices that go that way. */
function withoutOtherChannel(invoice: IDataObject, given: IDataObject): IDataObject {
	const counterparty = { ...objectAt(invoice, 'counterParty') };
	const own = objectAt(given, 'counterParty').einvoiceAddress;
	if (invoice.invoiceChannel !== 'ELECTRONIC_INVOICE' && own === undefined) delete counterparty.einvoiceAddress;
	return { ...invoice, counterParty: counterparty };
}

/** The company's setting that allows accounting by row for a type of invoice. */
function postingSettingOf(type: InvoiceType): string {
	if (isSales(type)) return 'salesInvoicePosting';
	return isOfPerson(type) ? 'travelAndExpenseInvoicePosting' : 'purchaseInvoicePosting';
}

/** Accounts and dimensions of rows, and the accounts of the product register, need accounting by row. */
async function byRow(client: Client, { type, accountingByRow }: WantedInvoice, rows: EnrichedRow[]): Promise<boolean> {
	const postings = rows.some(({ posting }) => posting);
	if (postings && isOrder(type))
		throw new InputError(
			'Rows',
			'have accounts or dimensions, and orders and offers are not bookkeeping',
			'Enter them on the invoice that follows.',
		);
	if (postings && accountingByRow === false)
		throw new InputError('Accounting by Row', 'is switched off, and the rows have accounts or dimensions');
	const useful = postings || (!isOrder(type) && rows.some(({ body }) => body.productId !== undefined));
	if (accountingByRow === undefined && !useful) return false;
	const settings = objectAt(await readUsageSettings(client), 'accountingByRow');
	const allowed = settings[postingSettingOf(type)];
	if (allowed === false && (postings || accountingByRow))
		throw new InputError(
			'Accounting by Row',
			'is not in use in this company, and accounts or dimensions of rows need it',
			`An administrator switches it on in Procountor under ${MENUS.usageSettings}.`,
		);
	return accountingByRow ?? allowed !== false;
}
