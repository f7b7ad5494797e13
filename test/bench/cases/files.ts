import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Bench, Done } from '../bench';
import { eachOf, type BareLoop } from '../bareLoop';
import type { Step } from '../n8n';
import { random } from '../random';
import { seed } from '../settings';
import { BATCH } from './lists';
import { expectThat, type Case } from './types';

const FILES = 50;
const BYTES = 1_000_000;
const UPLOADS_AT_ONCE = 8;
const DOWNLOADS_AT_ONCE = 16;

let content = Buffer.alloc(0);
/** The record that the files hang on. */
let invoiceId = 0;

const nameOf = (index: number) => `kuitti-${index}.pdf`;
const metaOf = (index: number) => ({
	name: nameOf(index),
	referenceType: 'INVOICE',
	referenceId: invoiceId,
	sendWithInvoice: false,
});

/** Items with a file each, as an earlier node of the workflow would give them. */
function fileItems(): INodeExecutionData[] {
	const data = content.toString('base64');
	return Array.from({ length: FILES }, (_, index) => ({
		json: { index },
		binary: { data: { data, mimeType: 'application/pdf', fileName: nameOf(index), fileExtension: 'pdf' } },
	}));
}

const idItem = ({ json }: INodeExecutionData): INodeExecutionData => ({ json: { id: json.id } });
const sizeOf = ({ binary }: INodeExecutionData): number => Buffer.from(binary?.data?.data ?? '', 'base64').length;

async function byNode(bench: Bench, order: 'inTurn' | 'together', credential = bench.credential): Promise<Done> {
	const sent = await bench.node(
		'attachment',
		'upload',
		{ referenceType: 'INVOICE', referenceId: invoiceId, binaryPropertyName: 'data', options: { order } },
		fileItems(),
		credential,
	);
	const got = await bench.node(
		'attachment',
		'download',
		{ attachmentId: '={{ $json.id }}', binaryPropertyName: 'data' },
		sent.map(idItem),
		credential,
	);
	expectThat(
		got.every((item) => sizeOf(item) === BYTES),
		'a downloaded file has another size than the one that was sent',
	);
	return { items: got.length };
}

/** One form and one download an item; what comes is the whole multipart answer, which has to be taken apart afterwards. */
async function byHttpRequest({ http }: Bench, batch?: number): Promise<Done> {
	const batching: IDataObject =
		batch === undefined ? {} : { batching: { batch: { batchSize: batch, batchInterval: 1000 } } };
	const meta = `={{ JSON.stringify({name: $binary.data.fileName, referenceType: 'INVOICE', referenceId: ${invoiceId}, sendWithInvoice: false}) }}`;
	const form = [
		{ parameterType: 'formData', name: 'meta', value: meta },
		{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
	];
	const upload: Step = http.step('/attachments', {
		method: 'POST',
		sendBody: true,
		contentType: 'multipart-form-data',
		bodyParameters: { parameters: form },
		options: batching,
	});
	const download: Step = http.step('=/attachments/{{ $json.id }}', {
		options: { ...batching, response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
	});
	const got = await http.run([upload, download], fileItems());
	expectThat(
		got.every((item) => sizeOf(item) > BYTES),
		'a downloaded answer is smaller than the file that was sent',
	);
	return { items: got.length };
}

async function byLoop(loop: BareLoop, atOnce: number): Promise<Done> {
	const upload = async (index: number): Promise<number> => {
		const form = new FormData();
		form.append('meta', new Blob([JSON.stringify(metaOf(index))], { type: 'application/json' }));
		form.append('file', new Blob([content], { type: 'application/pdf' }), nameOf(index));
		return (await loop.request<{ id: number }>('POST', '/attachments', form)).id;
	};
	const ids = await eachOf(Array.from({ length: FILES }), atOnce, async (_, index) => await upload(index));
	const got = await eachOf(
		ids,
		DOWNLOADS_AT_ONCE,
		async (id) => await loop.request<Buffer>('GET', `/attachments/${id}`, undefined, { responseType: 'arraybuffer' }),
	);
	expectThat(
		got.every(({ length }) => length > BYTES),
		'a downloaded answer is smaller than the file that was sent',
	);
	return { items: got.length };
}

export const files: Case = {
	key: 'f',
	name: 'upload and download 50 attachments of 1 MB',
	least: FILES * 2,
	items: FILES,
	async prepare(bench) {
		await bench.reset();
		const next = random(seed());
		content = Buffer.from(Uint8Array.from({ length: BYTES }, () => Math.floor(next() * 256)));
		const [unfinished] = await bench.node('invoice', 'getAll', {
			limit: 1,
			filters: { status: ['UNFINISHED'], types: ['SALES_INVOICE'] },
		});
		invoiceId = Number(unfinished.json.id);
	},
	ways: {
		node: async (bench) => await byNode(bench, 'inTurn'),
		nodeTogether: async (bench) => await byNode(bench, 'together'),
		taught: async (bench) => await byHttpRequest(bench),
		bare: async ({ bare }) => await byLoop(bare, 1),
		bareKeepAlive: async ({ bareKeepAlive }) => await byLoop(bareKeepAlive, 1),
		bareWide: async ({ bare }) => await byLoop(bare, UPLOADS_AT_ONCE),
	},
	limited: {
		node: async (bench) => await byNode(bench, 'inTurn', bench.limitedCredential),
		nodeTogether: async (bench) => await byNode(bench, 'together', bench.limitedCredential),
		taught: async (bench) => await byHttpRequest(bench, BATCH),
	},
	notes: [
		'By default the node uploads one file after the other, because an upload is a write, and downloads sixteen at a time. The plain bare loops do the same. With several at a time, the node uploads eight at once, and so does the wider bare loop. The HTTP Request node sends all fifty at once, both ways.',
		'The HTTP Request node and the bare loops return the multipart response as it is. The Procountor node splits it into file, name, and type.',
	],
};
