import { fileKinds } from './kinds';
import { FINVOICE } from './finvoice/handlers';
import { readImportFile, writeImportFile } from './handlers';
import { inputField, job, outputField, resource, type ExtraField } from '../../engine/declare';
import { serialDates } from '../../engine/serialDates';
import { FILE, TEXT } from '../shared/formSettings';

const fileTypes = [...fileKinds, { value: FINVOICE, name: 'Finvoice (XML)' }];

const fileType: ExtraField = [
	'fileType',
	{ type: 'string', enum: fileTypes.map(({ value }) => value) },
	{
		label: 'File Type',
		default: 'invoices',
		required: true,
		choices: Object.fromEntries(fileTypes.map(({ value, name }) => [value, name])),
	},
];

/** What a Finvoice message says of the own company, and an invoice of Procountor does not contain. */
const own = (name: string, label: string, hint?: string, placeholder?: string): ExtraField => [
	name,
	TEXT,
	{
		label: `Own ${label}`,
		optional: true,
		...(hint ? { description: hint } : {}),
		...(placeholder ? { placeholder } : {}),
	},
];

/** Files for Procountor's import pages. These operations make no request, so they need no credential. */
export const importFile = resource('importFile', 'Import File', ['import file', 'import files'], {
	create: {
		...job(
			writeImportFile,
			undefined,
			'Create',
			'Creates an import file from all incoming items, or a Finvoice file from each invoice',
			{
				extraFields: [
					fileType,
					outputField,
					[
						'allowDifference',
						{ type: 'boolean' },
						{
							label: 'Allow Difference',
							description:
								'Whether accounting entries may differ in debit and credit; Procountor then books the difference to account 8450',
							optional: true,
						},
					],
					[
						'attachmentField',
						FILE,
						{
							label: 'Attachment Field Name',
							description:
								'For invoices: name of the binary field whose files are packed into one ZIP file with the invoices',
							optional: true,
						},
					],
					['fileName', TEXT, { label: 'File Name', placeholder: 'e.g. invoices.csv', optional: true }],
					own('ownBic', 'BIC', 'For Finvoice, if the invoice has none'),
					own('ownBusinessId', 'Business ID', 'Required for Finvoice', 'e.g. 1234567-1'),
					own('ownCity', 'City', 'For Finvoice'),
					own('ownName', 'Company Name', 'Required for Finvoice'),
					own('ownCountry', 'Country', 'For Finvoice; Finland when empty'),
					own('ownEinvoiceAddress', 'E-Invoice Address', 'For the envelope of Finvoice, which operators read'),
					own('ownEinvoiceOperator', 'E-Invoice Operator', 'For the envelope of Finvoice, which operators read'),
					own('ownStreet', 'Street', 'For Finvoice'),
					own('ownTaxCode', 'VAT Number', 'For Finvoice; FI and the business ID when empty'),
					serialDates,
					own('ownZip', 'Zip Code', 'For Finvoice'),
					[
						'unsuitable',
						{ type: 'string', enum: ['refuse', 'replace'] },
						{
							label: 'What Does Not Fit',
							default: 'refuse',
							description: 'What to do with characters and lengths that the file cannot contain',
							choices: { refuse: 'Refuse', replace: ['Replace or Cut', 'Changes text'] },
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
			'Reads and checks an import file or a Finvoice file; returns one item for each record',
			{
				extraFields: [
					fileType,
					inputField,
					own('ownBusinessId', 'Business ID', 'For Finvoice; files of other companies are refused', 'e.g. 1234567-1'),
					[
						'readAs',
						{ type: 'string', enum: ['purchase', 'sales', 'businessId'] },
						{
							label: 'Read As',
							default: 'purchase',
							optional: true,
							description: 'For Finvoice: whether the seller or the buyer is the counterparty',
							choices: {
								purchase: 'Purchase Invoices',
								sales: 'Sales Invoices',
								businessId: 'Decide by Own Business ID',
							},
						},
					],
				],
			},
		),
		offline: true,
	},
});
