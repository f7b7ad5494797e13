import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, type RecordLoader } from '../../api';
import { readOnce } from '../shared/companyData';
import type { InvoiceType } from '../shared/invoiceTypes';
import { rowLabel, type GivenRow } from '../shared/bookkeeping/rows';
import { products } from '../shared/registers';
import { numberOf, findByExactNumber } from '../shared/registerSearch';

type ProductType = 'SALES' | 'PURCHASE' | 'TRAVEL';

const [key] = products.keys;

/** The registers that rows of an invoice take their products from; the first is searched by code. */
const productTypes: Readonly<Record<InvoiceType, readonly ProductType[]>> = {
	SALES_INVOICE: ['SALES'],
	SALES_ORDER: ['SALES'],
	PURCHASE_INVOICE: ['PURCHASE'],
	PURCHASE_ORDER: ['PURCHASE'],
	TRAVEL_INVOICE: ['TRAVEL'],
	BILL_OF_CHARGES: ['PURCHASE', 'TRAVEL'],
};

/** The product of a row, by its ID, or by its code where no name was given; undefined for a row in free text. */
export async function productOf(
	client: Client,
	loader: RecordLoader<'GET /products/{productId}'>,
	row: GivenRow,
	type: InvoiceType,
): Promise<IDataObject | undefined> {
	if (row.productId !== undefined) return await byId(client, loader, row.row, row.productId, productTypes[type]);
	if (row.fields.product !== undefined || row.fields.productCode === undefined) return undefined;
	const code = String(row.fields.productCode);
	return await readOnce(
		client,
		`product ${type} ${code}`,
		async () => await byCode(client, row.row, code, productTypes[type]),
	);
}

async function byId(
	client: Client,
	loader: RecordLoader<'GET /products/{productId}'>,
	row: number,
	id: number,
	types: readonly string[],
): Promise<IDataObject> {
	const [product] = await loader.load(client, [id]);
	if (!product)
		throw new InputError(
			rowLabel(row, 'Product'),
			`is not in the product register: ${id}`,
			'Check the ID, and that the credential is of the company that the product belongs to.',
		);
	if (!types.includes(String(product.type)))
		throw new InputError(
			rowLabel(row, 'Product'),
			`is a product of the type ${String(product.type)}, and this invoice takes ${types.join(' and ')}`,
		);
	return product;
}

/** The product with the code; an active one counts before one out of use. */
async function byCode(client: Client, row: number, code: string, types: readonly ProductType[]): Promise<IDataObject> {
	const found = await Promise.all(
		types.map(
			async (type) =>
				await findByExactNumber(client, {
					key,
					number: code,
					listing: (spelling) => ({ call: 'GET /products', query: { code: spelling, type } }),
				}),
		),
	);
	const isExact = (product: IDataObject): boolean => numberOf(product, key) === code;
	const all = found.flat();
	const meant = all.some(isExact) ? all.filter(isExact) : all;
	const active = meant.filter(({ active: isActive }) => isActive !== false);
	if (active.length === 1) return active[0];
	if (active.length > 1)
		throw new InputError(
			rowLabel(row, 'Product Code'),
			`belongs to several products: ${code}`,
			'Choose the product itself.',
		);
	throw new InputError(
		rowLabel(row, 'Product Code'),
		`is not in the product register${all.length ? ' as an active product' : ''}: ${code}`,
		'Enter a product name too, to write the row as free text.',
	);
}
