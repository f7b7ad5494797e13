import type { Schema } from '../contract';
import { fileKinds } from '../importFiles';
import { readImportFile, writeImportFile } from '../jobs/importFile';
import { job, resource, type Setting } from '../operation/declare';

const TEXT: Schema = { type: 'string' };

const fileType: Setting = [
	'fileType',
	{ type: 'string', enum: fileKinds.map(({ value }) => value) },
	{
		label: 'File Type',
		default: 'invoices',
		required: true,
		choices: Object.fromEntries(fileKinds.map(({ value, name }) => [value, name])),
	},
];

/** Files for Procountor's import pages; nothing here asks Procountor, so no credential is needed. */
export const importFile = resource('importFile', 'Import File', ['import file', 'import files'], {
	create: {
		...job(
			writeImportFile,
			undefined,
			'Create',
			"Makes one file for Procountor's import pages from all incoming items, which name their fields as the other operations do",
			{
				settings: [
					fileType,
					[
						'binaryPropertyName',
						TEXT,
						{
							label: 'Put Output File in Field',
							default: 'data',
							required: true,
							hint: 'Name of the binary field that takes the file',
						},
					],
					[
						'allowDifference',
						{ type: 'boolean' },
						{
							label: 'Allow Difference',
							hint: 'Whether accounting entries may differ in debit and credit; Procountor then books the difference to account 8450',
							optional: true,
						},
					],
					[
						'attachmentField',
						TEXT,
						{
							label: 'Attachment Field Name',
							hint: 'For invoices: name of the binary field whose files are packed into one ZIP file with the invoices',
							optional: true,
						},
					],
					['fileName', TEXT, { label: 'File Name', placeholder: 'e.g. invoices.csv', optional: true }],
					[
						'unsuitable',
						{ type: 'string', enum: ['refuse', 'replace'] },
						{
							label: 'What Does Not Fit',
							default: 'refuse',
							hint: 'What to do with signs and lengths that the file cannot hold',
							choices: { refuse: 'Refuse', replace: 'Replace or Cut' },
							optional: true,
						},
					],
				],
			},
		),
		offline: true,
	},
	read: {
		...job(
			readImportFile,
			undefined,
			'Read',
			'Reads an import file back into one item a record, and tells what Procountor would not take',
			{
				settings: [
					fileType,
					[
						'binaryPropertyName',
						TEXT,
						{
							label: 'Input Data Field Name',
							default: 'data',
							required: true,
							hint: 'Name of the binary field that holds the file',
						},
					],
				],
			},
		),
		offline: true,
	},
});
