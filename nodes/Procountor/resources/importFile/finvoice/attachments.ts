import { InputError } from '../../../api';
import { ASK_SENDER, elementsOf, textAt } from './xmlValues';
import type { XmlElement } from './xml';

/** A file attached to an invoice. */
export interface MessageAttachment {
	name: string;
	mimeType: string;
	content: Buffer;
}

/** The maximum number of files in one message. The standard allows ten. */
const MAX_ATTACHMENTS = 50;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Reads the files of an attachment message, and the identifier by which an invoice refers to it. */
export function readAttachments(message: XmlElement): { identifier?: string; files: MessageAttachment[] } {
	const details = elementsOf(message, 'AttachmentDetails');
	if (details.length > MAX_ATTACHMENTS)
		throw new InputError('The file', `has more than ${MAX_ATTACHMENTS} attachments in one message (${details.length})`);
	return {
		identifier: textAt(message, 'AttachmentMessageDetails/AttachmentMessageIdentifier'),
		files: details.map(readAttachment),
	};
}

function readAttachment(details: XmlElement, index: number): MessageAttachment {
	const where = `Attachment ${index + 1}`;
	const base64 = (elementsOf(details, 'AttachmentContent')[0]?.text ?? '').replace(/\s+/g, '');
	if (base64 === '') throw new InputError(where, 'has no content', ASK_SENDER);
	if (base64.length % 4 !== 0 || !BASE64.test(base64)) throw new InputError(where, 'is not in Base64', ASK_SENDER);
	const mimeType = textAt(details, 'AttachmentMimeType') ?? 'application/octet-stream';
	const name =
		baseName(textAt(details, 'AttachmentName') ?? '') || `${where.replace(' ', '-')}.${extensionOf(mimeType)}`;
	return { name, mimeType, content: Buffer.from(base64, 'base64') };
}

/** Returns a file name without folders, so that a sender's name cannot choose where the file is saved. */
function baseName(name: string): string {
	const last = name.split(/[\\/]/).at(-1) as string;
	return last.replace(/^\.+/, '').slice(-100);
}

function extensionOf(mimeType: string): string {
	const type = mimeType.split('/')[1] ?? '';
	return /^[a-z]{3,4}$/.test(type) ? type : 'bin';
}
