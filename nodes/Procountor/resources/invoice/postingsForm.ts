import type { Schema } from '../../api';
import type { ExtraField } from '../../engine/declare';
import { choice } from '../../engine/operationOptions';
import { dimensions, dimensionsSchema, NUMBER_TEXT, oneDimension, optional, TEXT } from '../shared/formSettings';

const matchBy: Schema = { type: 'string', enum: ['all', 'row', 'product', 'amount'] };

/** The settings that select rows and their accounts and dimensions. */
export const postingSettings: ExtraField[] = [
	[
		'postings',
		{
			type: 'array',
			items: {
				type: 'object',
				properties: {
					matchBy,
					matchValue: NUMBER_TEXT,
					account: { type: 'string', format: 'accountOrName' },
					dimensionId: TEXT,
					itemId: TEXT,
					dimensions: dimensionsSchema,
				},
			},
		},
		{
			label: 'Postings',
			columns: [
				[
					'matchBy',
					{
						label: 'Rows',
						default: 'all',
						choices: { all: 'All', row: 'By Row Number', product: 'By Product', amount: 'By Net Amount' },
					},
				],
				[
					'matchValue',
					{ label: 'Match Value', description: 'Row number, product name or code, or net amount; empty for all' },
				],
				['account', { listSearch: 'ledgerAccount', description: 'Unchanged when empty' }],
				...oneDimension,
				dimensions,
			],
		},
	],
	choice(
		'existing',
		{ keep: 'Keep Other Dimensions', replace: ['Replace All Dimensions', 'Removes all others'] },
		{
			label: 'Existing Dimensions',
			optional,
			description: 'What to do with items of dimensions that no posting names',
		},
	),
];
