import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { parseBusinessId } from '../../../validation/businessId';
import { parseDateSystem } from '../../../validation/serialDates';
import { fileKind } from '../kinds';
import { readFinvoiceSteps, type FinvoiceContent, type ReadOptions } from './index';
import { writeInvoice, type OwnCompany } from './writeInvoice';
import { convertSerialDates } from '../record';
import { recordsInItem } from '../writer';
import { runSteps } from '../../../n8n/yieldToEventLoop';
import { contentOf, incomingFile } from '../../../engine/incomingFiles';
import type { Input } from '../../../engine/input';
import type { Output, ItemTask } from '../../../engine/task';
import { InputError } from '../../../api';

/** The file type for Finvoice, which is XML and not a file for Procountor's import page. */
export const FINVOICE = 'finvoice';

const optionalText = (value: unknown): string | undefined => {
	return String(value ?? '').trim() || undefined;
};

/** Returns the business ID in the options; undefined if it is empty. Throws an InputError for an invalid one. */
function readOwnBusinessId({ ownBusinessId }: Record<string, unknown>): string | undefined {
	const text = optionalText(ownBusinessId);
	if (text === undefined) return undefined;
	const id = parseBusinessId(text);
	if (!id.ok) throw new InputError('Own Business ID', id.message, id.advice && `${id.advice}.`);
	return id.value;
}

/** Reads a Finvoice file into one item for each invoice, with the file itself and its attachments. */
export function readFinvoiceFile(settings: Record<string, unknown>, input: Input): ItemTask {
	const options: ReadOptions = {
		readAs: (settings.readAs ?? 'purchase') as ReadOptions['readAs'],
		ownBusinessId: readOwnBusinessId(settings),
	};
	const { field, data } = incomingFile(input, settings.binaryPropertyName);
	return {
		readOnly: true,
		async run() {
			const bytes = await contentOf(input, data);
			const contents = await runSteps(readFinvoiceSteps(bytes, options));
			return await Promise.all(contents.map(async (content) => await toOutput(input, content, field, data)));
		},
	};
}

async function toOutput(
	input: Input,
	{ json, attachments }: FinvoiceContent,
	field: string,
	file: IBinaryData,
): Promise<Output> {
	const incoming = input.context.getInputData()[input.index].binary ?? {};
	const binary: Record<string, IBinaryData> = { ...incoming, [field]: file };
	for (const [index, { name, mimeType, content }] of attachments.entries())
		binary[`attachment_${index + 1}`] = await input.context.helpers.prepareBinaryData(content, name, mimeType);
	const names = [field, ...attachments.map((_, index) => `attachment_${index + 1}`)];
	// 'Files From Fields' of the Create operations takes this list of binary fields.
	return { json: { ...json, files: names.join(', ') }, binary };
}

/** Writes each invoice as its own Finvoice file. */
export function writeFinvoiceFile(settings: Record<string, unknown>, input: Input): ItemTask {
	const own = readOwnCompany(settings);
	const kind = fileKind('invoices');
	const [invoice] = recordsInItem(kind, input.context.getInputData()[input.index].json);
	const record = convertSerialDates(invoice, kind.row, parseDateSystem(settings.serialDates));
	const { xml, number, total } = writeInvoice(record, own, new Date());
	const content = Buffer.from(xml, 'utf8');
	const fileName = optionalText(settings.fileName) ?? `finvoice-${number.replace(/[^\w.-]/g, '-')}.xml`;
	return {
		readOnly: true,
		async run() {
			const binary = await input.context.helpers.prepareBinaryData(content, fileName, 'application/xml');
			const json: IDataObject = {
				fileType: FINVOICE,
				fileName,
				fileSize: content.length,
				...(record.id === undefined ? {} : { invoiceId: record.id }),
				number,
				total,
			};
			return [{ json, binary: { [String(settings.binaryPropertyName)]: binary } }];
		},
	};
}

function readOwnCompany(settings: Record<string, unknown>): OwnCompany {
	const name = optionalText(settings.ownName);
	const identifier = readOwnBusinessId(settings);
	if (name === undefined || identifier === undefined)
		throw new InputError(
			name === undefined ? 'Own Company Name' : 'Own Business ID',
			'is empty, and an invoice of Procountor does not contain it',
			'Add it under Options; Company: Get returns it.',
		);
	return {
		name,
		identifier,
		taxCode: optionalText(settings.ownTaxCode) ?? `FI${identifier.replace('-', '')}`,
		street: optionalText(settings.ownStreet),
		zip: optionalText(settings.ownZip),
		city: optionalText(settings.ownCity),
		country: optionalText(settings.ownCountry) ?? 'FI',
		einvoiceAddress: optionalText(settings.ownEinvoiceAddress),
		einvoiceOperator: optionalText(settings.ownEinvoiceOperator),
		bic: optionalText(settings.ownBic),
	};
}
