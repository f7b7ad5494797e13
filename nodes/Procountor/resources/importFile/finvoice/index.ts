import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../../api';
import { readAttachments, type MessageAttachment } from './attachments';
import { readInvoice, type ReadOptions } from './readInvoice';
import { readXml, type XmlElement } from './xml';
import { decodeXml } from './decodeXml';

export type { ReadOptions } from './readInvoice';

/** One invoice of a file, with the files that travel with it. */
export interface FinvoiceContent {
	json: IDataObject;
	attachments: MessageAttachment[];
}

/** At most so many invoices are read from one file. */
const MAX_INVOICES = 1000;

/**
 * The invoices of a Finvoice file: most often one, several where messages stand one after the other with their envelopes.
 * Yields now and then, so that a large file does not hold the event loop. Throws an InputError.
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
	const packets = roots.filter(({ name }) => name === 'FinvoiceAttachments').map(readAttachments);
	const contents: FinvoiceContent[] = [];
	for (const message of messages) {
		contents.push(readMessage(message, options, packets, messages.length === 1));
		yield;
	}
	return contents;
}

function readMessage(
	message: XmlElement,
	options: ReadOptions,
	packets: Array<ReturnType<typeof readAttachments>>,
	isOnly: boolean,
): FinvoiceContent {
	const json = readInvoice(message, options);
	const { attachmentMessage } = json.finvoice as { attachmentMessage?: string };
	const own = packets.filter(
		({ identifier }) => isOnly || (identifier !== undefined && identifier === attachmentMessage),
	);
	return { json, attachments: own.flatMap(({ files }) => files) };
}
