import type { IBinaryData, IDataObject, INodePropertyOptions, IPollFunctions } from 'n8n-workflow';
import { fileIn } from '../engine/files';
import { type Client, ProcountorError } from '../api';
import { raise } from '../utils/raise';

const PICTURE: INodePropertyOptions = {
	name: 'Picture',
	value: 'picture',
	description: 'Each page of the invoice as a PNG: page_0, page_1 …',
};
const ATTACHMENTS: INodePropertyOptions = {
	name: 'Attachments',
	value: 'attachments',
	description: 'Each attached file: attachment_0, attachment_1 …',
};

/** What can come along with a record as binary data, by its resource. */
export const FILES: Record<string, INodePropertyOptions[]> = {
	invoice: [ATTACHMENTS, PICTURE],
	ledgerReceipt: [ATTACHMENTS],
	attachment: [{ name: 'File', value: 'file', description: 'The attached file itself: data' }],
};

/** A picture with more pages than this is not a picture. */
const MOST_PAGES = 50;

/** Fetches the files of one record, as it is read by its id. What has no file has none; any other failure is thrown. */
export async function filesOf(
	record: IDataObject,
	kinds: string[],
	client: Client,
	helpers: IPollFunctions['helpers'],
): Promise<Record<string, IBinaryData>> {
	const binary: Record<string, IBinaryData> = {};
	const add = async (name: string, { content, fileName, mimeType }: ReturnType<typeof fileIn>): Promise<void> => {
		binary[name] = await helpers.prepareBinaryData(content, fileName, mimeType);
	};
	if (kinds.includes('file')) {
		const file = await attachmentOf(Number(record.attachmentId), client);
		if (file) await add('data', file);
	}
	if (kinds.includes('picture'))
		for (const [index, page] of (await pagesOf(Number(record.id), client)).entries()) await add(`page_${index}`, page);
	const attached = kinds.includes('attachments') ? ((record.attachments ?? []) as IDataObject[]) : [];
	for (const [index, { id }] of attached.entries()) {
		const file = await attachmentOf(Number(id), client);
		if (file) await add(`attachment_${index}`, file);
	}
	return binary;
}

async function attachmentOf(attachmentId: number, client: Client): Promise<ReturnType<typeof fileIn> | undefined> {
	const answer = await client.requestOptional({
		call: 'GET /attachments/{attachmentId}',
		path: { attachmentId },
		bytes: true,
		noun: `attachment ${attachmentId}`,
	});
	return answer && fileIn(answer, {});
}

/** How many pages there are is learnt from the refusal of the next one; with which status is uncertain (notes, 'Invoices'). */
async function pagesOf(invoiceId: number, client: Client): Promise<Array<ReturnType<typeof fileIn>>> {
	const pages: Array<ReturnType<typeof fileIn>> = [];
	while (pages.length < MOST_PAGES) {
		const request = {
			call: 'GET /invoices/{invoiceId}/image',
			path: { invoiceId },
			query: { page: pages.length + 1, format: 'PNG' },
			bytes: true,
			noun: `the picture of invoice ${invoiceId}`,
		};
		const answer = await client
			.requestOptional(request)
			.catch((error: unknown) => (pages.length && isRefused(error) ? undefined : raise(error)));
		if (!answer) return pages;
		const page = fileIn(answer, {});
		// A server that knows one page alone may give it for every number.
		if (pages.at(-1)?.content.equals(page.content)) return pages;
		pages.push(page);
	}
	return pages;
}

function isRefused(error: unknown): boolean {
	return error instanceof ProcountorError && error.problem.status === 400;
}
