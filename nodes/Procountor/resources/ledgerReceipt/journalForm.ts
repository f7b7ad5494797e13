import { type Schema, schemaNamed } from '../../api';
import { DEFAULT_BALANCE_LIMIT, HIGHEST_BALANCE_LIMIT } from './journalBalance';
import type { ExtraField } from '../../engine/declare';
import type { FieldGroup } from '../../engine/types';
import { choice } from '../../engine/operationOptions';
import {
	dimensions,
	dimensionsSchema,
	filesFromFields,
	oneDimension,
	sameNames,
	IF_EXISTS,
	NUMBER_TEXT,
	optional,
	safety,
	SAFETY_GROUP,
	TEXT,
	YES_OR_NO,
} from '../shared/formSettings';

const ifKnown = choice('ifExists', IF_EXISTS, {
	label: 'If It Already Exists',
	description: 'A journal is the same if its name, date and all transactions are the same, or its Own Reference',
});
const vatStatusOfJournal: ExtraField = [
	'vatStatus',
	TEXT,
	{ listSearch: 'vatStatus', optional, description: 'Domestic when empty' },
];

const transactionSchema: Schema = {
	type: 'object',
	properties: {
		...Object.fromEntries(
			Object.entries(schemaNamed('Transaction').properties ?? {}).filter(([name]) =>
				['transactionType', 'vatType', 'description', 'startDate', 'endDate'].includes(name),
			),
		),
		account: TEXT,
		accountingValue: NUMBER_TEXT,
		debit: NUMBER_TEXT,
		credit: NUMBER_TEXT,
		vatPercent: NUMBER_TEXT,
		vatStatus: TEXT,
		dimensionId: TEXT,
		itemId: TEXT,
		dimensions: dimensionsSchema,
	},
};

/** Settings of a journal that are not fields of the API. */
export const journalSettings: ExtraField[] = [
	ifKnown,
	choice('after', { unfinished: 'Leave Unfinished', approve: 'Approve' }, { label: 'After Creating' }),
	[
		'transactions',
		{ type: 'array', items: transactionSchema },
		{
			label: 'Transactions',
			fromList: true,
			columns: [
				['account', { listSearch: 'ledgerAccount' }],
				[
					'accountingValue',
					{
						label: 'Amount',
						description: 'Debit positive, credit negative; net of VAT unless Amounts Include VAT is on',
					},
				],
				['vatPercent', { description: '0 when empty' }],
				['description', { label: 'Description' }],
				...oneDimension,
			],
			collapsed: [
				'More Fields',
				[
					['debit', { label: 'Debit', description: 'In place of Amount' }],
					['credit', { label: 'Credit', description: 'In place of Amount' }],
					['vatStatus', { listSearch: 'vatStatus', description: "If it differs from the journal's" }],
					['vatType', { label: 'VAT Type' }],
					dimensions,
					['startDate', { label: 'Accrual Start' }],
					['endDate', { label: 'Accrual End' }],
					['transactionType', { label: 'Type', default: 'ENTRY' }],
				],
			],
		},
	],
	[
		'amountsIncludeVat',
		YES_OR_NO,
		{
			label: 'Amounts Include VAT',
			optional,
			description:
				'Whether the amounts include VAT, as a cash register reports them; cents left over by rounding get their own row',
		},
	],
	[
		'balanceLimit',
		{ type: 'number', minimum: 0, maximum: HIGHEST_BALANCE_LIMIT },
		{
			label: 'Balance Limit',
			default: DEFAULT_BALANCE_LIMIT,
			optional,
			description: `Largest difference that Balance Automatically may post; at most ${HIGHEST_BALANCE_LIMIT.toFixed(2)}`,
		},
	],
	[
		'ownReference',
		{ type: 'string', maxLength: 100 },
		{
			label: 'Own Reference',
			optional,
			refuseEmptyExpression: true,
			placeholder: 'e.g. Z-2026-10-01-Helsinki',
			description:
				"Stored in the accountant's notes; identifies the journal, so that two with equal transactions can exist on one date",
		},
	],
	vatStatusOfJournal,
	filesFromFields,
	sameNames,
	...safety,
];

/** Groups of optional fields. Rarely used ones come last. */
export const journalGroups: FieldGroup[] = [
	{
		name: 'bookkeepingFields',
		label: 'Bookkeeping and VAT',
		fields: ['amountsIncludeVat', 'balanceLimit', 'closedPeriod', 'createReconciliation', 'vatStatus'],
	},
	SAFETY_GROUP,
];
