import type { IBinaryData, IDataObject, INodePropertyOptions, IPollFunctions } from 'n8n-workflow';
import type { Client } from '../api';
import { readAttachment, readAttachments, prepareBinaries, readImagePages } from '../resources/shared/recordFiles';

const PICTURE: INodePropertyOptions = {
	name: 'Image',
	value: 'picture',
	description: 'Each page of the invoice as a PNG: page_1, page_2 …',
};
const ATTACHMENTS: INodePropertyOptions = {
	name: 'Attachments',
	value: 'attachments',
	description: 'Each attached file: attachment_1, attachment_2 …',
};

/** The files that the trigger can add to a record as binary data, by its resource. */
export const FILES: Record<string, INodePropertyOptions[]> = {
	invoice: [ATTACHMENTS, PICTURE],
	ledgerReceipt: [ATTACHMENTS],
	attachment: [{ name: 'File', value: 'file', description: 'The attached file itself: data' }],
};

/**
 * Fetches the files of one record that was read by its ID. A record without files returns none; any other failure is
 * thrown.
 */
export async function filesOf(
	record: IDataObject,
	fileKinds: string[],
	client: Client,
	helpers: IPollFunctions['helpers'],
): Promise<Record<string, IBinaryData>> {
	const file = fileKinds.includes('file')
		? await readAttachment(client, Number(record.attachmentId), 'data')
		: undefined;
	const pages = fileKinds.includes('picture') ? await readImagePages(client, Number(record.id), 'PNG') : [];
	const attached = fileKinds.includes('attachments') ? (await readAttachments(client, record)).files : [];
	return await prepareBinaries(helpers, [...(file ? [file] : []), ...pages, ...attached]);
}
