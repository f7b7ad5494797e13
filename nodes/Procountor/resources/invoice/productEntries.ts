import type { IDataObject } from 'n8n-workflow';
import { add, divide, HUNDRED, multiply, percentOf, toNumber, type Decimal } from '../../validation/money';
import type { Client } from '../../api';
import { checkedBody } from '../../engine/input';
import { objectAt } from '../../utils/objects';
import { product } from '../product';
import { readVatSettings } from '../shared/companyData';
import { rowLabel, unwrap, type GivenRow } from '../shared/bookkeeping/rows';
import { toRegisterEntry, type RegisterEntry } from '../shared/registerEntry';
import { products } from '../shared/registers';
import type { EnrichedInvoice, WantedInvoice } from './enrich';
import type { EnrichedRow } from './enrichRows';
import { omitEmpty } from './counterparty';
import type { EntryCache } from './entryCache';
import { DOMESTIC } from './vat';

const operation = product.operations.upsert;
const [byCode] = products.keys;
/** Decimals of a price that is converted to include or exclude VAT. */
const PRICE_DECIMALS = 4;

/** The product of one or more rows with the same code, and the register's record if there is one. */
export interface RowProduct {
	rows: GivenRow[];
	code: string;
	record?: IDataObject;
}

/** Finds the products that rows name by code, each once. */
export async function findProducts(
	client: Client,
	rows: readonly GivenRow[],
	cache: EntryCache,
): Promise<RowProduct[]> {
	const byFolded = new Map<string, RowProduct>();
	for (const row of rows) {
		const code = String(row.fields.productCode ?? '').trim();
		if (code === '' || row.productId !== undefined || row.header !== undefined) continue;
		const same = byFolded.get(byCode.fold(code));
		if (same) same.rows.push(row);
		else byFolded.set(byCode.fold(code), { rows: [row], code });
	}
	return await Promise.all(
		[...byFolded.values()].map(async (product) => {
			const entry = toRegisterEntry(
				products,
				byCode,
				operation,
				checkedBody(operation, { type: 'SALES', code: product.code }, { requireAll: false }),
			);
			return { ...product, record: await cache.find(client, entry) };
		}),
	);
}

/** Returns the rows with the IDs of the products that the register has. */
export function withProducts(rows: readonly GivenRow[], found: readonly RowProduct[]): GivenRow[] {
	return rows.map((row) => {
		const record = found.find((product) => product.rows.includes(row))?.record;
		return record ? { ...row, productId: Number(record.id) } : row;
	});
}

/**
 * Returns a row's product for the register: all values of the row for a new product, and only the given ones for a
 * known product. Prices are in the invoice's currency; a product with prices in another currency keeps them.
 */
export async function toProductEntry(
	client: Client,
	{ rows: [row], code, record }: RowProduct,
	{ pricesIncludeVat }: WantedInvoice,
	{ rows, body: invoice }: EnrichedInvoice,
): Promise<RegisterEntry> {
	const enriched = rows.find((candidate) => candidate.row === row.row) as EnrichedRow;
	const currency = objectAt(invoice, 'paymentInfo').currency;
	const isNew = record === undefined;
	const { body } = enriched;
	// A sale abroad does not have the product's own VAT rate.
	const hasOwnVat = (isNew || row.vatPercent !== undefined) && (body.vatStatus ?? invoice.vatStatus) === DOMESTIC;
	const hasPrice = isNew || (row.unitPrice !== undefined && record.currency === currency);
	const given = omitEmpty({
		type: 'SALES',
		code,
		name: row.fields.product,
		unit: isNew ? body.unit : row.unit,
		vat: hasOwnVat ? body.vatPercent : undefined,
		price: hasPrice ? await priceForRegister(client, enriched, row.listPrice, pricesIncludeVat) : undefined,
		currency: isNew ? currency : undefined,
	});
	return toRegisterEntry(products, byCode, operation, checkedBody(operation, given, { requireAll: false }));
}

/** Returns a row's price with or without VAT, like the prices of the product register. */
async function priceForRegister(
	client: Client,
	{ row, amounts: { unitPrice, vatPercent } }: EnrichedRow,
	listPrice: Decimal = unitPrice,
	isWithVat: boolean,
): Promise<number> {
	const wanted = vatPercent.digits === 0n ? isWithVat : (await readVatSettings(client)).unitPricesIncludeVatSales;
	const price = wanted === undefined || wanted === isWithVat ? listPrice : convertVat(listPrice, vatPercent, isWithVat);
	return unwrap(rowLabel(row, 'Unit Price'), toNumber(price));
}

function convertVat(price: Decimal, vatPercent: Decimal, isWithVat: boolean): Decimal {
	const factor = add(HUNDRED, vatPercent);
	return isWithVat ? divide(multiply(price, HUNDRED), factor, PRICE_DECIMALS) : percentOf(price, factor);
}
