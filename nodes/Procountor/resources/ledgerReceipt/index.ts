import { FEE } from '../shared/formSettings';
import { changeStatus } from '../shared/changeStatus';
import { approveJournal, callsOfStep, invalidateJournal, reopenJournal } from './statusSteps';
import { callsOfJournal, createJournal } from './createJournal';
import { getLedgerRows } from './ledgerRows';
import { bookkeepingTypes, countingStatuses } from './ledgerRowsRead';
import {
	get,
	job,
	list,
	resource,
	send,
	update,
	type FieldSpec,
	type FieldOptions,
	type ExtraField,
} from '../../engine/declare';
import { whenFilterIsEmpty } from '../../engine/emptyFilter';
import { journalGroups, journalSettings } from './journalForm';

const receiptId: FieldOptions = { label: 'Receipt', listSearch: 'ledgerReceipt' };

const notes: FieldSpec[] = [
	['accountantsNotes', { label: "Accountant's Notes" }],
	['invoiceNotes', { label: 'Notes' }],
	['transactionDescription', { label: 'Description of Transactions' }],
];

const basics = ['id', 'type', 'status', 'name', 'receiptDate', 'receiptNumber'];
/** A simplified receipt that was read in full. */
const full = [...basics, 'invoiceId', 'invoiceNumber', 'partnerId', 'transactions'];

const DAY = { type: 'string', format: 'date' };
const TEXT = { type: 'string' };
const YES_NO = { type: 'boolean' };
const OPTIONAL = { optional: true };

const ledgerRowSettings: ExtraField[] = [
	['startDate', DAY, { label: 'First Day', description: 'From the beginning when empty' }],
	['endDate', DAY, { label: 'Last Day', description: 'To the end when empty' }],
	whenFilterIsEmpty,
	[
		'changedSince',
		{ type: 'string', format: 'date-time' },
		{
			label: 'Changed Since',
			description:
				'Only receipts changed or removed since then, in Finnish time; enter the highest version that your table has',
			...OPTIONAL,
		},
	],
	[
		'compareWithReport',
		YES_NO,
		{
			label: 'Compare with Report',
			description:
				"Whether to compare the rows with Procountor's own report and return its total for each account with change 'control'",
			...OPTIONAL,
		},
	],
	[
		'knownReceiptIds',
		{ type: 'array', items: { type: 'integer' } },
		{
			label: 'Known Receipt IDs',
			description:
				'With Changed Since: receipts that your table has; deleted, replaced or invalidated ones are returned as removed',
			...OPTIONAL,
		},
	],
	[
		'onDoubt',
		{ type: 'string', enum: ['hint', 'stop'] },
		{
			label: 'If It Does Not Add Up',
			description: 'Also if a right is missing for some rows',
			choices: { hint: 'Show a Hint', stop: 'Stop with an Error' },
			...OPTIONAL,
		},
	],
	[
		'partnerNames',
		YES_NO,
		{
			label: 'Partner Names',
			description: 'Whether to read the names of business partners',
			default: true,
			...OPTIONAL,
		},
	],
	[
		'splitDimensionId',
		TEXT,
		{
			label: 'Split by Dimension',
			description: 'Splits rows by the items of this dimension, with the amount of each',
			listSearch: 'dimension',
			...OPTIONAL,
		},
	],
	[
		'statuses',
		{ type: 'array', items: { type: 'string', enum: countingStatuses } },
		{ label: 'Statuses', description: 'Leave empty for all statuses that count in reports', ...OPTIONAL },
	],
	[
		'types',
		{ type: 'array', items: { type: 'string', enum: bookkeepingTypes } },
		{ description: 'Leave empty for all types that belong to bookkeeping; orders do not', ...OPTIONAL },
	],
	[
		'vatAccountPurchases',
		TEXT,
		{
			label: 'VAT Account, Purchases',
			description: 'Account that the VAT of purchases is booked to; VAT rows have no account when empty',
			placeholder: 'e.g. 1763',
			...OPTIONAL,
		},
	],
	[
		'vatAccountSales',
		TEXT,
		{
			label: 'VAT Account, Sales',
			description: 'Account that the VAT of sales is booked to; VAT rows have no account when empty',
			placeholder: 'e.g. 2939',
			...OPTIONAL,
		},
	],
];

export const ledgerReceipt = resource('ledgerReceipt', 'Ledger Receipt', ['ledger receipt', 'ledger receipts'], {
	approve: job(
		changeStatus(approveJournal),
		'PUT /ledgerreceipts/{receiptId}/approve',
		'Approve',
		'Approves an unfinished journal; returns whether it changed',
		{ calls: [...callsOfStep], parameters: { receiptId } },
	),
	create: job(
		createJournal,
		'POST /ledgerreceipts',
		'Create',
		'Creates a journal with dimensions on its transactions; safe to repeat: it is found by name, date and transactions',
		{
			calls: [...callsOfJournal],
			partial: true,
			bodyFirst: true,
			groups: journalGroups,
			notice: FEE,
			layout: ['name', 'receiptDate', 'transactions', 'vatType', 'ifExists', 'after'],
			fields: [
				['name', { label: 'Name', required: true }],
				[
					'receiptDate',
					{ label: 'Receipt Date', placeholder: 'Today', description: 'Today when empty', refuseEmptyExpression: true },
				],
				['vatType', { label: 'VAT Type', default: 'SALES' }],
			],
			extraFields: journalSettings,
			more: notes,
			parameters: {
				createReconciliation: {
					label: 'Balance Automatically',
					description: 'Whether Procountor adds a row for differences of cents, up to the Balance Limit',
				},
			},
			simple: [...basics, 'invoiceId', 'transactions', 'version'],
		},
	),
	get: get('GET /ledgerreceipts/{receiptId}', 'Reads one or more receipts with their transactions', {
		parameters: {
			receiptId: {
				label: 'Receipt ID',
				listSearch: 'ledgerReceipt',
				description: 'One ID, or several separated by commas',
				placeholder: 'e.g. 12345',
			},
		},
		simple: full,
	}),
	getAll: list('GET /ledgerreceipts', 'Searches receipts of the ledger', {
		details: 'GET /ledgerreceipts/{receiptId}',
		simple: [...basics, 'invoiceNumber', 'created', 'version'],
		simpleDetails: full,
	}),
	getJournals: list('GET /journals', 'Lists journals by status, date, and time of creation or change', {
		name: 'Get Many Journals',
		action: 'Get many journals',
		parameters: { statuses: { label: 'Status', description: 'Leave empty for all' } },
		simple: [
			'id',
			'ledgerReceiptId',
			'status',
			'invoiceNumber',
			'date',
			['partnerName', 'counterParty.counterPartyAddress.name'],
			'created',
			'version',
		],
	}),
	getLedgerRows: job(
		getLedgerRows,
		undefined,
		'Get Ledger Rows',
		'Reads the bookkeeping as flat rows for BI tools: every receipt with debit, credit, account, VAT, dimensions and partner',
		{
			action: 'Get ledger rows',
			extraFields: ledgerRowSettings,
			calls: [
				'GET /ledgerreceipts',
				'GET /ledgerreceipts/{receiptId}',
				'GET /coa',
				'GET /dimensions',
				'GET /businesspartners/{id}',
				'GET /invoices',
				'GET /invoices/{invoiceId}',
				'POST /reports/ledgeraccounts',
			],
		},
	),
	invalidate: job(
		changeStatus(invalidateJournal),
		'PUT /ledgerreceipts/{receiptId}/invalidate',
		'Invalidate',
		'Invalidates a journal whose date is in an open period; returns whether it changed',
		{
			calls: [...callsOfStep],
			parameters: { receiptId },
			notice: 'An invalidated journal cannot be restored through the API.',
		},
	),
	markAsUnfinished: job(
		changeStatus(reopenJournal),
		'PUT /ledgerreceipts/{receiptId}/unfinished',
		'Mark as Unfinished',
		'Sets a journal back to Unfinished so that it can be edited; returns whether it changed',
		{ calls: [...callsOfStep], action: 'Mark ledger receipt as unfinished', parameters: { receiptId } },
	),
	setDimensions: send(
		'PUT /ledgerreceipts/{receiptId}/transactions/{transactionId}/dimensions',
		'Set Dimensions',
		'Replaces the dimensions of one transaction of a receipt',
		{
			action: 'Set dimensions of ledger receipt transaction',
			fields: [
				[
					'dimensionItemValues',
					{
						description:
							'For each dimension, the amounts add up to the amount of the transaction; no rows remove all dimensions',
						required: false,
						sendEmptyList: true,
						columns: [
							['dimensionId', { label: 'Dimension', listSearch: 'dimension' }],
							['itemId', { label: 'Dimension Item', listSearch: 'dimensionItem' }],
							['value', { label: 'Amount' }],
						],
					},
				],
			],
			parameters: { receiptId, transactionId: { label: 'Transaction ID', placeholder: 'e.g. 12345' } },
			simple: [...basics, 'transactions', 'version'],
		},
	),
	update: update(
		'PUT /ledgerreceipts/{receiptId}',
		'Changes a journal, or the accounts and dimensions in the receipt of an invoice',
		{
			more: [
				['name', { label: 'Name' }],
				['receiptDate', { label: 'Receipt Date' }],
				['vatStatus', { listSearch: 'vatStatus' }],
				[
					'transactions',
					{
						label: 'Transactions',
						description: 'All transactions of the receipt; those with an ID stay, the others are new',
					},
				],
				...notes,
			],
			parameters: {
				receiptId,
				createReconciliation: {
					label: 'Balance Automatically',
					description: 'Whether Procountor adds a row for differences of cents, up to the Balance Limit',
				},
			},
			simple: [...basics, 'invoiceId', 'transactions', 'version'],
		},
	),
});
