import { type Schema, schemaNamed } from '../../api';
import type { ExtraField } from '../../engine/declare';
import { dimensions, dimensionsSchema, NUMBER_TEXT, oneDimension, TEXT } from '../shared/formSettings';

/** The properties of the API's row that are copied. */
const COPIED_FIELDS = [
	'product',
	'productCode',
	'unit',
	'comment',
	'startDate',
	'endDate',
	'headerText',
	'explanationText',
];
const texts = Object.fromEntries(
	Object.entries(schemaNamed('InvoiceRow').properties ?? {}).filter(([name]) => COPIED_FIELDS.includes(name)),
);

/** A row as users enter it: the API's fields, numbers in any usual format, and fields that the API has elsewhere. */
const rowSchema: Schema = {
	type: 'object',
	properties: {
		...texts,
		productId: TEXT,
		quantity: NUMBER_TEXT,
		unitPrice: NUMBER_TEXT,
		discountPercent: NUMBER_TEXT,
		total: NUMBER_TEXT,
		vatPercent: NUMBER_TEXT,
		vatStatus: TEXT,
		account: TEXT,
		header: { type: 'string', minLength: 1, maxLength: 512 },
		dimensionId: TEXT,
		itemId: TEXT,
		dimensions: dimensionsSchema,
	},
};

/** The rows of a new invoice, as a table or from a list. */
export const rows: ExtraField = [
	'invoiceRows',
	{ type: 'array', items: rowSchema },
	{
		fromList: true,
		columns: [
			[
				'productId',
				{
					listSearch: 'product',
					description: 'From the register; empty name, unit, price and VAT are taken from it',
				},
			],
			['product', { label: 'Product Name', description: 'As printed on the invoice' }],
			['quantity', { label: 'Quantity', placeholder: '1', description: '1 when empty' }],
			['unitPrice', { label: 'Unit Price' }],
			['vatPercent', { description: "The product's or the partner's when empty; 0 if the VAT status has no VAT" }],
			[
				'account',
				{
					listSearch: 'ledgerAccount',
					description: 'Account of the row; Procountor chooses it when empty',
				},
			],
			...oneDimension,
		],
		collapsed: [
			'More Fields',
			[
				[
					'productCode',
					{
						label: 'Product Code',
						description: 'Finds the product in the register if neither product nor name is given',
					},
				],
				['unit', { label: 'Unit', description: "The product's, or pieces, when empty" }],
				'discountPercent',
				['total', { label: 'Row Total', description: 'After discounts; decides the unit price, or the quantity is 1' }],
				['vatStatus', { listSearch: 'vatStatus', description: "If it differs from the invoice's" }],
				'comment',
				dimensions,
				['startDate', { label: 'Accrual Start', description: 'First day of the period that the row belongs to' }],
				['endDate', { label: 'Accrual End', description: 'Last day of the period that the row belongs to' }],
				['headerText', { label: 'Text Above', description: 'Sales only' }],
				['explanationText', { label: 'Text Below', description: 'Sales only' }],
				[
					'header',
					{
						label: 'Heading',
						standsAlone: true,
						description: 'Instead of a product: a row with this text and no amount',
					},
				],
			],
		],
	},
];
