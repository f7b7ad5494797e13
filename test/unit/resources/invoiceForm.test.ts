/** Tests what the editor shows in forms that create invoices and journals, before optional fields are added. */
import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { Procountor } from '../../../nodes/Procountor/Procountor.node';

const { description } = new Procountor();

/** The form's labels in their order for the entered values, without credential, resource, and operation. */
function shown(resource: string, operation: string, entered: INodeParameters = {}): string[] {
	const parameters = { resource, operation, ...entered };
	const node: INode = { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters };
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {};
	return properties
		.filter((one) => NodeHelpers.displayParameter(values, one, node, description))
		.map(({ displayName }) => displayName)
		.slice(3);
}

function columnsOf(name: string, operation: string): string[] {
	const table = description.properties.find(
		(one) => one.name === name && one.displayOptions?.show?.operation?.includes(operation),
	);
	const [{ values }] = table?.options as Array<{ values: Array<{ displayName: string }> }>;
	return values.map(({ displayName }) => displayName);
}

describe('Form of Create Sales Invoice', () => {
	it('begins with the counterparty, number, date, and rows, and ends with rarely changed settings', () => {
		expect(shown('invoice', 'create')).toEqual([
			'Customer',
			'Customer Name',
			'Own Invoice Number',
			'Invoice Date',
			'Specify Rows',
			'Rows',
			'Prices Include VAT',
			'Reference Number',
			'After Creating',
			'Procountor may charge a fee for each receipt.',
			'Additional Fields',
			'Address and Contact',
			'Sending and E-Invoice',
			'Payment Terms and Currency',
			'Bookkeeping and VAT',
			'Safety',
			'Simplify',
		]);
	});

	it('shows the field that a choice needs when the choice is made', () => {
		expect(shown('invoice', 'create', { reference: 'given' })).toContain('Reference Number (Given)');
		for (const originalInvoiceNumber of ['A-1', '={{ $json.number }}'])
			expect(shown('invoice', 'create', { originalInvoiceNumber })).toContain('If It Already Exists');
	});

	it('shows product, quantity, price, VAT, account, and one dimension in a row', () => {
		expect(columnsOf('invoiceRows', 'create')).toEqual([
			'Product',
			'Product Name',
			'Quantity',
			'Unit Price',
			'VAT %',
			'Ledger Account',
			'Dimension',
			'Dimension Item',
			'Further Dimension',
			'More Fields',
		]);
	});
});

describe('Forms that create other records', () => {
	it.each([
		['invoice', 'createPurchase', ['Supplier', 'Supplier Name', "Supplier's Invoice Number", 'Invoice Date']],
		['invoice', 'createExpenseClaim', ['Person', 'Own Number', 'Invoice Date']],
		[
			'invoice',
			'createOrder',
			['Order Type', 'Customer or Supplier', 'Partner Name', 'Own Order Number', 'Invoice Date'],
		],
		['ledgerReceipt', 'create', ['Name', 'Receipt Date']],
	])('of %s %s begin with the partner, number, date, and rows', (resource, operation, first) => {
		const rows = resource === 'invoice' ? 'Rows' : 'Transactions';
		const labels = [...first, `Specify ${rows}`, rows];
		expect(shown(resource, operation).slice(0, labels.length)).toEqual(labels);
	});
});
