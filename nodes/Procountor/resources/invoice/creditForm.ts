import type { Schema } from '../../api';
import type { ExtraField } from '../../engine/declare';
import { serialDates } from '../../engine/serialDates';
import { choice } from '../../engine/operationOptions';
import {
	closedPeriod,
	IF_EXISTS,
	lookUp,
	NUMBER_TEXT,
	optional,
	SENT_FOR_GOOD,
	TEXT,
	YES_OR_NO,
} from '../shared/formSettings';

const partSchema: Schema = {
	type: 'object',
	properties: { row: TEXT, quantity: NUMBER_TEXT, vatPercent: NUMBER_TEXT, amount: NUMBER_TEXT },
};

/** The settings of a credit besides the invoice and the date. */
export const creditSettings: ExtraField[] = [
	choice(
		'after',
		{ approve: 'Approve', send: ['Approve and Send', SENT_FOR_GOOD], unfinished: 'Leave Unfinished' },
		{ label: 'After Creating' },
	),
	[
		'parts',
		{ type: 'array', items: partSchema },
		{
			label: 'Credit Only',
			fromList: true,
			refuseEmptyExpression: true,
			columns: [
				['row', { label: 'Row', description: 'Row number, product name or code; empty for an amount at a VAT rate' }],
				['quantity', { label: 'Quantity', description: 'All when empty' }],
				'vatPercent',
				['amount', { label: 'Amount', description: 'Instead of a quantity; with VAT if the prices include VAT' }],
			],
		},
	],
	[
		'setOff',
		YES_OR_NO,
		{ label: 'Set Off', description: 'Whether to mark the invoice and its credit as paid by each other' },
	],
	[
		'number',
		{ type: 'string', maxLength: 40 },
		{
			label: 'Own Invoice Number',
			optional,
			refuseEmptyExpression: true,
			description: 'Number of the credit in your system; without it, the credit is identified by a line in its notes',
		},
	],
	choice('ifExists', IF_EXISTS, { label: 'If It Already Exists', optional }),
	choice('reference', { procountor: 'Generate Automatically', none: 'None' }, { label: 'Reference Number', optional }),
	[
		'notes',
		{ type: 'string', maxLength: 9000 },
		{ label: 'Notes', optional, description: 'Not printed on the invoice' },
	],
	[
		'text',
		{ type: 'string', maxLength: 10000 },
		{ label: 'Additional Information', optional, description: "Printed on the credit instead of the invoice's" },
	],
	lookUp,
	closedPeriod,
	serialDates,
];
