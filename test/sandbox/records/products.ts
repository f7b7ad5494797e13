import { badRequest, forbidden, notFound, Refusal } from '../errors';
import { defineRegister, type Entry } from '../world/register';
import type { Company, User } from '../world/world';
import { accountsOf, checkVatPercent, vatStatusesOf } from './accounts';
import { getDefaultDimension, listDefaultDimensions, putDefaultDimension } from './defaults';
import { type Call, type Handlers, idOf, noContent, ok } from './handler';
import { batchAnswer, contains, inWindow, listAnswer, oneOf, searchKey } from './lists';
import { mayView, needEdit, type Right } from './rights';

export interface Product {
	id: number;
	type: 'SALES' | 'PURCHASE' | 'TRAVEL';
	name: string;
	code?: string;
	unit?: string;
	discount: number;
	price: number;
	vat?: number;
	active: boolean;
	defaultAccount?: string;
	bookkeepingAccount?: string;
	vatStatus?: number;
	currency: string;
	productLocalizations?: Array<{ language: string; productName: string }>;
	productGroupId?: number;
	startDate?: string;
	endDate?: string;
}

export interface ProductGroup {
	id: number;
	name: string;
	type?: Product['type'];
}

export const products = defineRegister<Product>('products', 301);
export const productGroups = defineRegister<ProductGroup>('productGroups', 21);

const rightOf = (type: Product['type']): Right =>
	type === 'SALES'
		? 'sales.productRegister'
		: type === 'PURCHASE'
			? 'purchases.productRegister'
			: 'travelAndExpenses.travelAndExpenseInvoices';

const refuseUnseen = (user: User) => (entry: Entry<Product>) => {
	if (!mayView(user, rightOf(entry.record.type))) throw forbidden();
};

/** A product as the API shows it. Localised names come only when asked for. */
function show(call: Call) {
	const localised = call.query.includeLocalizations === true || call.operation.method !== 'GET';
	return (entry: Entry<Product>): unknown => {
		const { productLocalizations, ...product } = entry.record;
		return {
			...product,
			...(localised ? { productLocalizations: productLocalizations ?? [] } : {}),
			version: call.clock.text(entry.version),
		};
	};
}

function checked(company: Company, body: Product): Omit<Product, 'id'> {
	const product: Omit<Product, 'id'> & { id?: number; version?: string } = { ...body };
	delete product.id;
	delete product.version;
	if (product.vat !== undefined) checkVatPercent(company, product.vat, 'vat');
	const status =
		product.vatStatus === undefined
			? undefined
			: vatStatusesOf(company).find(({ vatStatus }) => vatStatus === product.vatStatus);
	if (product.vatStatus !== undefined && !status) throw badRequest('VAT status is not in use.', 'vatStatus');
	if (status && !status.domestic && (product.vat ?? 0) !== 0) throw badRequest('ERROR_VATSTATUS_VATPERC', 'vat');
	for (const field of ['defaultAccount', 'bookkeepingAccount'] as const) {
		const code = product[field];
		if (code !== undefined && !accountsOf(company).some((account) => account.code === code && account.active))
			throw badRequest('Ledger account does not exist.', field);
	}
	if (
		product.productGroupId !== undefined &&
		company.register(productGroups).get(product.productGroupId)?.record.type !== product.type
	) {
		throw badRequest('Product group does not exist.', 'productGroupId');
	}
	return product;
}

function find(call: Call): Entry<Product> {
	const entry = call.company.register(products).get(idOf(call, 'productId'));
	if (!entry) throw notFound('Product');
	return entry;
}

function findGroup(call: Call): Entry<ProductGroup> {
	const entry = call.company.register(productGroups).get(idOf(call, 'groupId'));
	if (!entry) throw notFound('Product group');
	return entry;
}

export const productHandlers: Handlers = {
	getProducts: (call: Call) => {
		const { name, code, type, active, startDate, endDate } = call.query;
		const found = call.company.register(products).select(searchKey(call), (entry) => {
			if (!inWindow(call, 'version', entry.version)) return false;
			const product = entry.record;
			// Without a type the list shows sales and purchase products, never travel products.
			if (type === undefined ? product.type === 'TRAVEL' : product.type !== type) return false;
			if (active !== undefined && product.active !== active) return false;
			if (
				product.type === 'TRAVEL' &&
				startDate !== undefined &&
				product.endDate !== undefined &&
				product.endDate <= String(startDate)
			)
				return false;
			if (
				product.type === 'TRAVEL' &&
				endDate !== undefined &&
				product.startDate !== undefined &&
				product.startDate >= String(endDate)
			)
				return false;
			return (
				mayView(call.user, rightOf(product.type)) &&
				contains(name, product.name) &&
				contains(code, product.code) &&
				oneOf(call, 'group', product.productGroupId)
			);
		});
		return listAnswer(call, found, {
			show: show(call),
			orders: { orderByVersion: (entry) => call.clock.wall(entry.version) },
		});
	},
	getProduct: (call: Call) =>
		batchAnswer(call, 'Product', call.company.register(products), show(call), refuseUnseen(call.user)),
	addProduct: (call: Call) => {
		const body = call.body as Product;
		needEdit(call.user, rightOf(body.type));
		const product = checked(call.company, body);
		return ok(show(call)(call.company.register(products).add((id) => ({ ...product, id }), call.user.id)));
	},
	updateProduct: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, rightOf(entry.record.type));
		const body = call.body as Product;
		if (body.type !== entry.record.type) throw badRequest('Product type cannot be changed.', 'type');
		call.company.register(products).put(entry, { ...checked(call.company, body), id: entry.id });
		return ok(show(call)(entry));
	},
	removeProductById: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, rightOf(entry.record.type));
		if (entry.record.type === 'TRAVEL') throw badRequest('A travel product cannot be removed.');
		call.company.register(products).delete(entry.id);
		return noContent();
	},
	getDefaultDimensions: (call: Call) => listDefaultDimensions(call, `products/${find(call).id}`),
	getDefaultDimension: (call: Call) => getDefaultDimension(call, `products/${find(call).id}`),
	updateDefaultDimension: (call: Call) => putDefaultDimension(call, `products/${find(call).id}`),

	getProductGroups: (call: Call) => {
		const { type } = call.query;
		const found = call.company
			.register(productGroups)
			.all()
			.filter(({ record }) => (type === undefined ? record.type !== 'TRAVEL' : record.type === type));
		return ok({ productGroups: found.map(({ record }) => record) });
	},
	getProductGroupByGroupId: (call: Call) => ok(findGroup(call).record),
	addProductGroupName: (call: Call) => {
		const { name, type } = call.body as ProductGroup;
		if (type === undefined) throw badRequest('Product group type is required.', 'type');
		needEdit(call.user, rightOf(type));
		return ok(call.company.register(productGroups).add((id) => ({ id, name, type }), call.user.id).record);
	},
	updateProductGroupName: (call: Call) => {
		const entry = findGroup(call);
		call.company.register(productGroups).put(entry, { ...entry.record, name: (call.body as ProductGroup).name });
		return ok(entry.record);
	},
	removeProductGroupById: (call: Call) => {
		const entry = findGroup(call);
		if (entry.record.type === 'TRAVEL') throw badRequest('A travel product group cannot be removed.');
		const members = call.company
			.register(products)
			.all()
			.filter(({ record }) => record.productGroupId === entry.id);
		if (members.length) throw new Refusal(409, `The group has products: ${members.map(({ id }) => id).join(', ')}`);
		call.company.register(productGroups).delete(entry.id);
		return noContent();
	},
};
