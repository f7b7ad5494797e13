import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, type RecordLoader } from '../../api';
import { readOnce } from '../shared/companyData';
import type { InvoiceType } from '../shared/invoiceTypes';
import { rowLabel, type GivenRow } from '../shared/bookkeeping/rows';
import { products } from '../shared/registers';
import { numberOf, findByExactNumber } from '../shared/registerSearch';

type ProductType = 'SALES' | 'PURCHASE' | 'TRAVEL';

const [key] = products.keys;

/** The types of products that the rows of an invoice can have. */
const productTypes: Readonly<Record<InvoiceType, readonly ProductType[]>> = {
	SALES_INVOICE: ['SALES'],
	SALES_ORDER: ['SALES'],
	PURCHASE_INVOICE: ['PURCHASE'],
	PURCHASE_ORDER: ['PURCHASE'],
	TRAVEL_INVOICE: ['TRAVEL'],
	BILL_OF_CHARGES: ['PURCHASE', 'TRAVEL'],
};

/** Finds the product of a row by its ID, or by its code if no name was given; undefined for a row in free text. */
export async function findProduct(
	client: Client,
	loader: RecordLoader<'GET /products/{productId}'>,
	row: GivenRow,
	type: InvoiceType,
): Promise<IDataObject | undefined> {
	if (row.productId !== undefined) return await findById(client, loader, row.row, row.productId, productTypes[type]);
	if (row.fields.product !== undefined || row.fields.productCode === undefined) return undefined;
	const code = String(row.fields.productCode);
	return await readOnce(
		client,
		`product ${type} ${code}`,
		async () => await findByCode(client, row.row, code, productTypes[type]),
	);
}

async function findById(
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

/** Finds the active product with the code. */
async function findByCode(
	client: Client,
	row: number,
	code: string,
	types: readonly ProductType[],
): Promise<IDataObject> {
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
	const matches = found.flat();
	const best = matches.some(isExact) ? matches.filter(isExact) : matches;
	const active = best.filter(({ active: isActive }) => isActive !== false);
	if (active.length === 1) return active[0];
	if (active.length > 1)
		throw new InputError(
			rowLabel(row, 'Product Code'),
			`belongs to several products: ${code}`,
			'Choose the product itself.',
		);
	throw new InputError(
		rowLabel(row, 'Product Code'),
		`is not in the product register${matches.length ? ' as an active product' : ''}: ${code}`,
		'Enter a product name too, to write the row as free text.',
	);
}
