import type { IDataObject } from 'n8n-workflow';
import { parseDate } from '../../validation/dates';
import { checkChannel } from '../../validation/channel';
import { parseDecimal, divide, type Decimal } from '../../validation/money';
import { invoiceSums, type Sums } from '../../validation/sums';
import { isPlainObject, merge, objectAt, toList, toObject } from '../../utils/objects';
import { type Client, InputError, type RecordLoader } from '../../api';
import {
	readLedgerAccounts,
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
import { RATE_ADVICE, withPayment } from './enrichPayment';
import { readCounterparty, omitEmpty, type Counterparty } from './counterparty';
import { findProduct } from './products';
import { rowLabel, unwrap, type GivenRow } from '../shared/bookkeeping/rows';
import { dimensionValues } from '../shared/bookkeeping/dimensionAmounts';
import { KNOWN_VAT_STATUSES } from '../../validation/vat';
import { Vat } from './vat';
import { MENUS } from '../../utils/menus';

/** An invoice as the user entered it: fields by the API's names, rows, and settings that the API does not have. */
export interface WantedInvoice {
	type: InvoiceType;
	fields: IDataObject;
	rows: GivenRow[];
	pricesIncludeVat: boolean;
	termDays?: number;
	vatStatus?: string;
	accountingByRow?: boolean;
	/** Whether the bank account may belong to another payee, such as a factoring company. */
	otherPayee?: boolean;
	/** Whether to move a date in a closed period to the first open day. */
	moveToOpenDay: boolean;
}

/** A complete invoice, with the values that later steps need. */
export interface EnrichedInvoice {
	body: IDataObject;
	rows: EnrichedRow[];
	sums: Sums;
	/** The rows as their transactions should be in the ledger. */
	wantedRows: WantedRow[];
	/** The invoice fields that the counterparty's register entry has. */
	registerFields: IDataObject;
	/** Sentences for the user about values that are probably not intended. */
	warnings: string[];
}

export interface Registers {
	partners: RecordLoader<'GET /businesspartners/{id}'>;
	products: RecordLoader<'GET /products/{productId}'>;
}

/** The languages of invoices by the company's country. */
const LANGUAGES: Readonly<Record<string, string>> = {
	FINLAND: 'FINNISH',
	SWEDEN: 'SWEDISH',
	NORWAY: 'NORWEGIAN',
	DENMARK: 'DANISH',
	ESTONIA: 'ESTONIAN',
};

/**
 * Completes an invoice from the given fields, then the counterparty's register entry, then the company's defaults.
 * @throws {InputError} for a value that none of them has
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
		...merge(omitCleared(counterparty.fields, wanted.fields), wanted.fields),
		type,
	};
	invoice.date ??= unwrap('Invoice Date', parseDate(new Date()));
	const givenDate = String(invoice.date);
	if (wanted.moveToOpenDay) invoice.date = await firstOpenDay(client, givenDate, 'Invoice Date');
	invoice = await withPayment(client, invoice, counterparty, wanted);
	invoice.invoiceChannel ??= await chooseChannel(client, invoice, counterparty);
	if (isSales(type)) {
		invoice.language ??= counterparty.language ?? LANGUAGES[(await readSession(client)).country ?? ''] ?? 'ENGLISH';
		invoice.penaltyPercent ??= (await readSalesTerms(client)).defaultSalesInvoiceInterest;
	}
	invoice = omitEinvoiceAddress(invoice, wanted.fields);
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
	const rows = await enrichRows(client, wanted, registers, terms);
	const body = omitEmpty({
		...invoice,
		vatStatus: vat.status,
		vatCountry: vat.country,
		invoiceRows: rows.map((row) => omitEmpty(row.body)),
		extraInfo: {
			accountingByRow: await useAccountingByRow(client, wanted, rows),
			unitPricesIncludeVat: wanted.pricesIncludeVat,
		},
	});
	const discount = unwrap('Discount %', parseDecimal(body.discountPercent));
	if (discount.digits < 0n) throw new InputError('Discount %', 'is below 0', 'Enter a surcharge in a row of its own.');
	const rate = unwrap('Exchange Rate', parseDecimal(objectAt(body, 'paymentInfo').currencyRate));
	if (rate.digits <= 0n) throw new InputError('Exchange Rate', 'is not above 0', RATE_ADVICE);
	const sums = rows.map((row) => rowTotals(row, terms, discount));
	rows.forEach((row, index) => checkDimensionAmounts(row, sums[index], rate));
	// An empty object is a choice of the user: no address, or no approvers.
	const cleared = Object.fromEntries(
		Object.entries(wanted.fields).filter(([name]) => body[name] === undefined && name !== 'vatStatus'),
	);
	return {
		body: { ...cleared, ...body },
		registerFields: counterparty.fields,
		warnings: [...movedDayWarnings('Invoice Date', givenDate, String(invoice.date)), ...vatNumberWarnings(type, body)],
		rows,
		sums: invoiceSums(sums),
		wantedRows: rows.map((row, index) => toWantedRow(row, sums[index], rate, isSales(type))),
	};
}

/** Returns the register's fields without those that the user gave as an empty object: an empty address means none. */
function omitCleared(registerFields: IDataObject, given: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(registerFields).filter(
			([name]) => !(isPlainObject(given[name]) && Object.keys(given[name]).length === 0),
		),
	);
}

async function enrichRows(
	client: Client,
	{ type, rows }: WantedInvoice,
	{ products }: Registers,
	terms: RowTerms,
): Promise<EnrichedRow[]> {
	const enriched = new Map<number, EnrichedRow>();
	for (const given of rows.filter(({ header }) => header === undefined)) {
		const row = await enrichRow(given, await findProduct(client, products, given, type), terms);
		await checkLedgerAccount(client, given);
		enriched.set(given.row, {
			...row,
			posting: await resolvePosting(client, given, (label) => rowLabel(given.row, label)),
		});
	}
	return rows.map((given) => {
		if (given.header === undefined) return enriched.get(given.row) as EnrichedRow;
		const neighbour = [...enriched.values()].find(({ row }) => row > given.row) ?? [...enriched.values()][0];
		return headingRow(given, neighbour);
	});
}

/** Refuses an account that cannot be posted to, if the chart of accounts can be read. */
async function checkLedgerAccount(client: Client, { row, account }: GivenRow): Promise<void> {
	const chart = account === undefined ? [] : await readLedgerAccounts(client);
	const found = chart.find(({ ledgerAccountCode }) => ledgerAccountCode === account);
	if (chart.length && (!found || found.active === false))
		throw new InputError(
			rowLabel(row, 'Ledger Account'),
			`is ${found ? 'out of use' : 'not in the chart of accounts'}: ${account}`,
			'Enter the number of an active account.',
		);
}

/** Checks that the amounts of a row's dimensions add up to its net total, in the currency of the books. */
function checkDimensionAmounts({ row, posting }: EnrichedRow, { net }: Sums, rate: Decimal): void {
	unwrap(rowLabel(row, 'Dimensions'), dimensionValues(posting?.dimensions ?? [], divide(net, rate)));
}

/** VAT statuses of sales to companies in other EU countries. */
const EU_SALES_STATUSES = [5, 22];

function vatNumberWarnings(type: InvoiceType, { vatStatus, counterParty, invoiceRows }: IDataObject): string[] {
	const statuses = [vatStatus, ...toList(invoiceRows).map((row) => row.vatStatus)];
	const status = EU_SALES_STATUSES.find((one) => statuses.includes(one));
	if (!isSales(type) || status === undefined || toObject(counterParty).taxCode) return [];
	return [
		`VAT Status is ${status} (${KNOWN_VAT_STATUSES[status]}), but VAT Number is empty. Enter the customer's VAT number: the EC Sales List reports these sales by it`,
	];
}

const SENDABLE_CHANNELS = ['EMAIL', 'MAIL', 'ELECTRONIC_INVOICE', 'NO_SENDING'];

/** Returns the register's channel, or the company's if the invoice has what that channel needs, or no sending. */
async function chooseChannel(client: Client, invoice: IDataObject, { channel }: Counterparty): Promise<string> {
	if (!isSales(String(invoice.type))) return 'NO_SENDING';
	if (channel !== undefined && SENDABLE_CHANNELS.includes(channel)) return channel;
	const companyChannel = String((await readUsageSettings(client)).defaultInvoiceChannel);
	if (!SENDABLE_CHANNELS.includes(companyChannel)) return 'NO_SENDING';
	return checkChannel({ ...invoice, invoiceChannel: companyChannel }).length ? 'NO_SENDING' : companyChannel;
}

/** Removes the register's e-invoice address from invoices that are not sent as e-invoices. */
function omitEinvoiceAddress(invoice: IDataObject, given: IDataObject): IDataObject {
	const counterparty = { ...objectAt(invoice, 'counterParty') };
	const givenAddress = objectAt(given, 'counterParty').einvoiceAddress;
	if (invoice.invoiceChannel !== 'ELECTRONIC_INVOICE' && givenAddress === undefined)
		delete counterparty.einvoiceAddress;
	return { ...invoice, counterParty: counterparty };
}

/** Returns the name of the company's setting that allows accounting by row for a type of invoice. */
function accountingByRowSetting(type: InvoiceType): string {
	if (isSales(type)) return 'salesInvoicePosting';
	return isOfPerson(type) ? 'travelAndExpenseInvoicePosting' : 'purchaseInvoicePosting';
}

/**
 * Whether to use accounting by row. Accounts and dimensions of rows need it, and so do the accounts of the product
 * register.
 */
async function useAccountingByRow(
	client: Client,
	{ type, accountingByRow }: WantedInvoice,
	rows: EnrichedRow[],
): Promise<boolean> {
	const hasPostings = rows.some(({ posting }) => posting);
	if (hasPostings && isOrder(type))
		throw new InputError(
			'Rows',
			'have accounts or dimensions, and orders and offers are not bookkeeping',
			'Enter them on the invoice that follows.',
		);
	if (hasPostings && accountingByRow === false)
		throw new InputError('Accounting by Row', 'is switched off, and the rows have accounts or dimensions');
	const isUseful = hasPostings || (!isOrder(type) && rows.some(({ body }) => body.productId !== undefined));
	if (accountingByRow === undefined && !isUseful) return false;
	const settings = objectAt(await readUsageSettings(client), 'accountingByRow');
	const isAllowed = settings[accountingByRowSetting(type)];
	if (isAllowed === false && (hasPostings || accountingByRow))
		throw new InputError(
			'Accounting by Row',
			'is not in use in this company, and accounts or dimensions of rows need it',
			`An administrator switches it on in Procountor under ${MENUS.usageSettings}.`,
		);
	return accountingByRow ?? isAllowed !== false;
}
