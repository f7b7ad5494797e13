import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../../api';
import { readAttachments, type MessageAttachment } from './attachments';
import { readInvoice, type ReadOptions } from './readInvoice';
import { readXml, type XmlElement } from './xml';
import { decodeXml } from './decodeXml';

export type { ReadOptions } from './readInvoice';

/** One invoice of a file with its attachments. */
export interface FinvoiceContent {
	json: IDataObject;
	attachments: MessageAttachment[];
}

/** The maximum number of invoices in one file. */
const MAX_INVOICES = 1000;

/**
 * Reads the invoices of a Finvoice file: usually one, or several messages with their envelopes. Yields so that a large file
 * does not block the event loop. Throws an InputError for invalid files.
 */
export function* readFinvoiceSteps(bytes: Uint8Array, options: ReadOptions): Generator<undefined, FinvoiceContent[]> {
	const roots = yield* readXml(decodeXml(bytes));
	const messages = roots.filter(({ name }) => name === 'Finvoice');
	if (messages.length === 0)
		throw new InputError(
			'The file',
			`is not a Finvoice file: its root element is '${roots[0].name}'`,
			'Choose the file type that it has.',
		);
	if (messages.length > MAX_INVOICES)
		throw new InputError('The file', `has more than ${MAX_INVOICES} invoices (${messages.length})`, 'Split it.');
	const attachmentMessages = roots.filter(({ name }) => name === 'FinvoiceAttachments').map(readAttachments);
	const contents: FinvoiceContent[] = [];
	for (const message of messages) {
		contents.push(readMessage(message, options, attachmentMessages, messages.length === 1));
		yield;
	}
	return contents;
}

function readMessage(
	message: XmlElement,
	options: ReadOptions,
	attachmentMessages: Array<ReturnType<typeof readAttachments>>,
	isOnly: boolean,
): FinvoiceContent {
	const json = readInvoice(message, options);
	const { attachmentMessage } = json.finvoice as { attachmentMessage?: string };
	const own = attachmentMessages.filter(
		({ identifier }) => isOnly || (identifier !== undefined && identifier === attachmentMessage),
	);
	return { json, attachments: own.flatMap(({ files }) => files) };
}
