import { InputError } from '../../../api';
import { elementsOf, textAt } from './xmlValues';
import type { XmlElement } from './xml';

/** A file that travels with an invoice. */
export interface MessageAttachment {
	name: string;
	mimeType: string;
	content: Buffer;
}

/** At most so many files are read from one message; the standard allows ten. */
const MAX_ATTACHMENTS = 50;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The files of an attachment message, by the identifier that its invoice names. */
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
	const coded = (elementsOf(details, 'AttachmentContent')[0]?.text ?? '').replace(/\s+/g, '');
	if (coded === '') throw new InputError(where, 'has no content', 'Ask the sender for a corrected file.');
	if (coded.length % 4 !== 0 || !BASE64.test(coded))
		throw new InputError(where, 'is not in Base64', 'Ask the sender for a corrected file.');
	const mimeType = textAt(details, 'AttachmentMimeType') ?? 'application/octet-stream';
	const name =
		baseName(textAt(details, 'AttachmentName') ?? '') || `${where.replace(' ', '-')}.${extensionOf(mimeType)}`;
	return { name, mimeType, content: Buffer.from(coded, 'base64') };
}

/** A name without folders: what a sender writes must not lead elsewhere when the file is saved. */
function baseName(name: string): string {
	const last = name.split(/[\\/]/).at(-1) as string;
	return last.replace(/^\.+/, '').slice(-100);
}

function extensionOf(mimeType: string): string {
	const type = mimeType.split('/')[1] ?? '';
	return /^[a-z]{3,4}$/.test(type) ? type : 'bin';
}
