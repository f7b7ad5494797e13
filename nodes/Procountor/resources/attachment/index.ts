import { callsOfUpload, holderNames, uploadFiles } from './uploadMany';
import { FILE, sameNames } from '../shared/formSettings';
import { download, job, list, remove, resource, send, upload } from '../../engine/declare';
import type { FieldOptions } from '../../engine/declare';

/** Returned attachments have `id`, like all other records. */
const renameId = { attachmentId: 'id' };
const attachmentId: FieldOptions = { label: 'Attachment ID', placeholder: 'e.g. 12345' };

export const attachment = resource('attachment', 'Attachment', ['attachment', 'attachments'], {
	delete: remove('DELETE /attachments/{attachmentId}', 'Deletes an attachment', {
		parameters: { attachmentId },
	}),
	download: download(
		'GET /attachments/{attachmentId}',
		'Download',
		'Returns a file with its name and the record that it is attached to',
		{ parameters: { attachmentId }, rename: renameId },
	),
	getAll: list(
		'GET /attachments',
		"Searches the files of the company; Documents must be activated in Procountor's usage settings",
		{
			rename: renameId,
			parameters: {
				createdStartDate: { label: 'Added From', description: 'Added on or after this day' },
				createdEndDate: { label: 'Added Until', description: 'Added on or before this day' },
				minSize: { label: 'Size From (Bytes)' },
				maxSize: { label: 'Size Until (Bytes)' },
				name: { label: 'File Name' },
				type: { label: 'Attached To', description: 'Kinds of records with the files; leave empty for all' },
				referenceId: { label: 'Record ID', description: 'Record with the files' },
				username: { label: 'Added By (Username)' },
			},
		},
	),
	rename: send('PATCH /attachments/{attachmentId}', 'Rename', 'Renames an attachment; the extension stays the same', {
		fields: [['name', { label: 'New Name', placeholder: 'e.g. receipt.pdf' }]],
		// The call needs the name in its query and in its body; one field fills both.
		parameters: { attachmentId, name: { label: 'New Name', placeholder: 'e.g. receipt.pdf', required: true } },
	}),
	uploadMany: job(
		uploadFiles,
		'POST /attachments',
		'Upload Many',
		'Attaches several files of an item to one record, each once',
		{
			action: 'Upload many attachments',
			fields: [],
			partial: true,
			calls: [...callsOfUpload],
			extraFields: [
				[
					'to',
					{ type: 'string', enum: Object.keys(holderNames) },
					{
						label: 'Attach To',
						choices: { ...holderNames },
						default: 'invoice',
						description: 'Kind of record to attach the files to',
					},
				],
				[
					'recordId',
					{ type: 'string' },
					{
						label: 'Record',
						listSearch: 'fileHolder',
						required: true,
						description: 'For a journal the ID of its receipt',
					},
				],
				[
					'files',
					FILE,
					{
						label: 'Files From Fields',
						placeholder: 'e.g. data, receipt',
						description: 'Binary fields that hold the files, separated by commas; all of the item when empty',
						refuseEmptyExpression: true,
					},
				],
				sameNames,
				[
					'again',
					{ type: 'boolean' },
					{
						label: 'Attach Again',
						optional: true,
						description: 'Whether to attach files whose names already exist',
					},
				],
				[
					'sendFiles',
					{ type: 'boolean' },
					{
						label: 'Send with Invoice',
						optional: true,
						description:
							'Whether the recipient of the invoice gets the files too; sales invoices, sales orders and purchase orders only',
					},
				],
			],
		},
	),
	upload: upload(
		'POST /attachments',
		'Upload',
		'Attaches a file from a binary field to a record, at most 10,000,000 bytes',
		{
			fields: [
				[
					'referenceType',
					{ label: 'Attach To', default: 'INVOICE', description: 'Kind of the record; for a journal, Invoice' },
				],
				[
					'referenceId',
					{
						label: 'Record',
						listSearch: 'fileHolder',
						description: 'For a journal, the invoice ID of its receipt',
					},
				],
			],
			more: [
				[
					'name',
					{
						label: 'File Name',
						description: 'With its extension; the name of the binary file when empty',
						placeholder: 'e.g. receipt.pdf',
					},
				],
				[
					'sendWithInvoice',
					{
						label: 'Send with Invoice',
						description:
							'Whether the recipient of the invoice gets the file too; sales invoices, sales orders and purchase orders only',
					},
				],
			],
			extraFields: [
				[
					'order',
					{ type: 'string', enum: ['inTurn', 'together'] },
					{
						label: 'Order',
						choices: { inTurn: 'One After the Other', together: ['Several at a Time', 'Faster'] },
						default: 'inTurn',
						optional: true,
						description: 'One after the other, files of one record stand in the order of the items',
					},
				],
			],
		},
	),
});
