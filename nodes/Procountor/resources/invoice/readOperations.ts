import { callsOfBookkeeping } from '../shared/bookkeeping/readBookkeeping';
import { getInvoices, includeBookkeeping } from './getInvoices';
import { callsOfBill, getWithFiles } from './getWithFiles';
import { getOpenInvoices, openStatuses } from './openInvoices';
import { callsOfWaiting, CIRCULATING_TYPES, getWaiting } from './getWaiting';
import { download, job, list, type ExtraField } from '../../engine/declare';
import { whenFilterIsEmpty } from '../../engine/emptyFilter';
import { flatInvoice, fullInvoice } from './flatInvoice';
import { invoiceId } from './formFields';

const openInvoiceSettings: ExtraField[] = [
	[
		'side',
		{ type: 'string', enum: ['receivables', 'payables', 'both'] },
		{
			label: 'Show',
			choices: { receivables: 'Receivables', payables: 'Payables', both: 'Both' },
			default: 'receivables',
		},
	],
	[
		'per',
		{ type: 'string', enum: ['invoice', 'partner'] },
		{ label: 'One Item Per', choices: { invoice: 'Invoice', partner: 'Partner' }, default: 'invoice' },
	],
	[
		'allPayments',
		{ type: 'boolean' },
		{
			label: 'Ask for Payments of All',
			description:
				'Whether to read the payments of every invoice, one request each, instead of only those whose status suggests payments',
			optional: true,
		},
	],
	[
		'day',
		{ type: 'string', format: 'date' },
		{ label: 'Overdue On', description: 'Day up to which days overdue are counted; today when empty', optional: true },
	],
	whenFilterIsEmpty,
	[
		'onlyOverdue',
		{ type: 'boolean' },
		{ label: 'Overdue Only', description: 'Whether to leave out invoices that are not due yet', optional: true },
	],
	[
		'statuses',
		{ type: 'array', items: { type: 'string', enum: [...new Set(Object.values(openStatuses).flat())] } },
		{ label: 'Statuses', description: 'Leave empty for all statuses with an open amount', optional: true },
	],
];

/** The operations that read invoices. */
export const readOperations = {
	downloadImage: download(
		'GET /invoices/{invoiceId}/image',
		'Download Image',
		'Returns a page of the image of an invoice',
		{
			action: 'Download invoice image',
			fileName: ({ ids, query }) =>
				`invoice-${ids.invoiceId}-${String(query.page ?? 1)}.${String(query.format ?? 'png').toLowerCase()}`,
			parameters: { invoiceId, page: { label: 'Page', default: 1 }, format: { label: 'Format' } },
		},
	),
	get: job(getInvoices, 'GET /invoices/{invoiceId}', 'Get', 'Reads one or more invoices with their rows', {
		calls: [...callsOfBookkeeping],
		extraFields: [includeBookkeeping],
		parameters: {
			invoiceId: {
				label: 'Invoice ID',
				listSearch: 'invoice',
				description: 'One ID, or several separated by commas',
				placeholder: 'e.g. 12345',
			},
		},
		simple: fullInvoice,
	}),
	getAll: list('GET /invoices', 'Searches invoices of any type', {
		details: 'GET /invoices/{invoiceId}',
		variants: {
			parameter: 'isOffer',
			label: 'Show',
			description: 'Offers are listed only if you include them here',
			choices: [
				{ name: 'Invoices and Orders', value: 'invoices', values: [undefined] },
				{ name: 'Invoices, Orders and Offers', value: 'all', values: [undefined, true] },
				{ name: 'Offers', value: 'offers', values: [true] },
			],
		},
		simple: flatInvoice,
		simpleDetails: fullInvoice,
	}),
	getHistories: list('GET /invoices/transactions', 'Returns what happened to several invoices, at most 200 at a time', {
		name: 'Get Many Histories',
		action: 'Get many invoice histories',
		parameters: { invoiceIds: { label: 'Invoice IDs', placeholder: 'e.g. 12345, 12346' } },
	}),
	getHistory: list('GET /invoices/{invoiceId}/transactions', 'Returns what happened to an invoice, when and by whom', {
		name: 'Get History',
		action: 'Get invoice history',
		parameters: { invoiceId },
	}),
	getOpenInvoices: job(
		getOpenInvoices,
		undefined,
		'Get Open Invoices',
		'Returns receivables or payables with paid, open and overdue amounts; one item for each invoice or partner',
		{
			action: 'Get open invoices',
			extraFields: openInvoiceSettings,
			calls: ['GET /invoices', 'GET /invoices/{invoiceId}/paymentevents'],
		},
	),
	getWaiting: job(
		getWaiting,
		undefined,
		'Get Many Waiting for Me',
		"Returns the invoices that the credential's user has to verify or approve, with all details",
		{
			action: 'Get many invoices waiting for me',
			calls: [...callsOfWaiting],
			extraFields: [
				[
					'waitingFor',
					{ type: 'string', enum: ['both', 'verification', 'approval'] },
					{ label: 'Waiting For', choices: { both: 'Verification or Approval' }, default: 'both' },
				],
				[
					'types',
					{ type: 'array', items: { type: 'string', enum: CIRCULATING_TYPES } },
					{ label: 'Invoice Types', optional: true, description: 'All when empty' },
				],
				whenFilterIsEmpty,
			],
			simple: fullInvoice,
		},
	),
	getWithFiles: job(
		getWithFiles,
		'GET /invoices/{invoiceId}/image',
		'Get with Files',
		'Returns an invoice with the pages of its image and its attachments as binary fields',
		{
			action: 'Get invoice with files',
			calls: [...callsOfBill],
			hidden: ['page'],
			parameters: { invoiceId, format: { label: 'Image Format' } },
			extraFields: [
				[
					'pages',
					{ type: 'boolean' },
					{
						label: 'Image',
						default: true,
						optional: true,
						description: 'Whether to return the pages of the image, as page_1, page_2 and so on',
					},
				],
				[
					'attachments',
					{ type: 'boolean' },
					{
						label: 'Attachments',
						default: true,
						optional: true,
						description: 'Whether to return the attachments, as attachment_1, attachment_2 and so on',
					},
				],
			],
			simple: fullInvoice,
		},
	),
};
