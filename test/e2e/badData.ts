/** Bad data for the sample of each example that writes: the mistake, and the error of the workflow. */
import type { IDataObject } from 'n8n-workflow';

export interface BadData {
	what: string;
	change(data: IDataObject): void;
	/** The error that stops the run. */
	message: RegExp;
	/** How many invoices are still created, because the mistake comes after them. */
	invoices?: number;
}

/** Changes the value at a path such as `lines.1.vat`; undefined removes it. */
const at =
	(path: string, value: unknown) =>
	(data: IDataObject): void => {
		const keys = path.split('.');
		const last = String(keys.pop());
		const holder = keys.reduce((one, key) => one[key] as IDataObject, data);
		if (value === undefined) delete holder[last];
		else holder[last] = value as IDataObject[string];
	};

/** Keeps one order of the web shop, and changes it. */
const order =
	(index: number, ...changes: Array<(order: IDataObject) => void>) =>
	(data: IDataObject): void => {
		const one = (data.orders as IDataObject[])[index];
		for (const change of changes) change(one);
		data.orders = [one];
	};
const noRefunds = at('refunds', []);

export const badData: Record<string, BadData[]> = {
	'order-to-sent-invoice.json': [
		{ what: 'no number', change: at('number', undefined), message: /^Own Invoice Number is empty/ },
		{ what: 'an empty number', change: at('number', ''), message: /^Own Invoice Number is empty/ },
		{ what: 'no name', change: at('customer.name', ''), message: /^Customer is empty/ },
		{ what: 'no lines', change: at('lines', []), message: /^Rows are empty/ },
		{ what: 'an empty line', change: at('lines.1', null), message: /^List has "null" as entry 2/ },
		{ what: 'a VAT rate ten times too high', change: at('lines.1.vat', 255), message: /^Row 2, VAT % .*255/ },
		{ what: 'a quantity in words', change: at('lines.2.quantity', 'kaksi'), message: /^Row 3, Quantity .*"kaksi"/ },
		{ what: 'an unknown cost centre', change: at('costCentre', 'Ei ole'), message: /^Row 2, Dimension 1 .*'Ei ole'/ },
	],
	'project-tool.json': [
		{ what: 'no customer number', change: at('invoices.0.customerNumber', ''), message: /^Number is empty/ },
		{ what: 'no number', change: at('invoices.1.number', undefined), message: /^Own Invoice Number is empty/ },
		{ what: 'a wrong VAT rate', change: at('invoices.0.rows.1.vat', 26), message: /^Row 2, VAT % is 26/ },
		{
			what: 'an unknown person',
			change: at('expenses.0.personNumber', '999'),
			message: /^Person Number .*999/,
			invoices: 2,
		},
	],
	'expenses-company-card.json': [
		{ what: 'no number', change: at('number', undefined), message: /^Own Number lacks a part: .*number/ },
		{ what: 'no person', change: at('personNumber', ''), message: /^Person is empty/ },
		{ what: 'an amount in words', change: at('ownMoney.0.amount', 'abc'), message: /^Row 1, Unit Price .*"abc"/ },
		{
			what: 'a receipt without a day',
			change: at('companyCard.1.paid', ''),
			message: /^Payment Date is empty/,
			invoices: 2,
		},
	],
	'daily-sales-to-journal.json': [
		{ what: 'no store', change: at('store', undefined), message: /^Own Reference lacks a part: .*store/ },
		{ what: 'no day', change: at('day', ''), message: /^Receipt Date is empty/ },
		{ what: 'no payments', change: at('payments', []), message: /./ },
		{ what: 'a wrong VAT rate', change: at('salesWithVat.0.vat', 255), message: /^Transaction 1, VAT % .*255/ },
		{ what: 'no account', change: at('salesWithVat.1.account', null), message: /^Transaction 2, Ledger Account/ },
	],
	'web-shop-orders.json': [
		{
			what: 'a wrong VAT rate',
			change: order(3, noRefunds, at('line_items.0.tax_rate', 255)),
			message: /^Row 1, VAT % .*255/,
		},
		{
			what: 'a refund above the order',
			change: order(2, at('refunds.0.total', 20), at('refunds.0.line_items.0.total', 20)),
			message: /^Credit Only 1, Amount takes more than row 1 of the invoice is worth: 20\.00 of 16\.91/,
			invoices: 1,
		},
		{
			what: 'a refund without rows',
			change: order(3, at('refunds.0.line_items', [])),
			message: /^Credit Only is empty: the list has no entries/,
			invoices: 1,
		},
		{
			what: 'a refund without a number',
			change: order(3, at('refunds.0.id', undefined)),
			message: /^Own Invoice Number lacks a part: .*refunds\.id/,
			invoices: 1,
		},
		{
			what: 'refunds that together exceed a row',
			change: order(3, (one) => {
				const [refund] = one.refunds as IDataObject[];
				one.refunds = [refund.id, 1, 2, 3].map((id) => ({ ...refund, id }));
			}),
			message: /^Credit Only takes more of 'Kuppi/,
			invoices: 4,
		},
	],
};
