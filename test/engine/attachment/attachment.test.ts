import type { INodeExecutionData } from 'n8n-workflow';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff, 0x0d, 0x0a, 0x2d, 0x2d]);
const file = (bytes: Buffer, fileName?: string): INodeExecutionData => ({
	json: {},
	binary: { data: { data: bytes.toString('base64'), mimeType: 'image/png', ...(fileName ? { fileName } : {}) } },
});

/** A purchase invoice to attach to. */
const invoiceId = (): number => bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE', language: undefined }).id;

describe('Attachment', () => {
	it('is uploaded, found, renamed, downloaded unchanged and deleted', async () => {
		const referenceId = String(invoiceId());
		const [attached] = await bench.json(
			'attachment',
			'upload',
			{ referenceType: 'INVOICE', referenceId },
			{ items: [file(picture, 'kuitti ä.png')] },
		);
		expect(attached).toMatchObject({
			id: expect.any(Number),
			name: 'kuitti ä.png',
			referenceId: Number(referenceId),
			mimeType: 'image/png',
			sendWithInvoice: false,
		});

		const found = await bench.json('attachment', 'getAll', {
			returnAll: true,
			filters: { referenceId, name: 'kuitti', username: 'aino.koivuranta' },
		});
		expect(found).toMatchObject([
			{ id: attached.id, name: 'kuitti ä.png', size: picture.length, user: 'aino.koivuranta' },
		]);
		expect(bench.sandbox.journal.to('GET /attachments').at(-1)?.headers).toMatchObject({ username: 'aino.koivuranta' });

		const renamed = await bench.json('attachment', 'rename', { attachmentId: String(attached.id), name: 'taksi.png' });
		expect(renamed).toMatchObject([{ id: attached.id, name: 'taksi.png' }]);
		expect(bench.sandbox.journal.to('PATCH /attachments/{attachmentId}').at(-1)).toMatchObject({
			query: { name: 'taksi.png' },
			body: { name: 'taksi.png' },
		});

		const { items } = await bench.run('attachment', 'download', {
			attachmentId: String(attached.id),
			binaryPropertyName: 'kuva',
		});
		const [{ json, binary }] = items[0];
		expect(json).toMatchObject({
			name: 'taksi.png',
			fileName: 'taksi.png',
			mimeType: 'image/png',
			fileSize: picture.length,
		});
		expect(Buffer.from(binary?.kuva.data ?? '', 'base64').equals(picture)).toBe(true);

		expect(await bench.json('attachment', 'delete', { attachmentId: String(attached.id) })).toEqual([
			{ deleted: true },
		]);
		expect(await bench.json('attachment', 'getAll', { returnAll: true, filters: { referenceId } })).toEqual([]);
	});

	it.each(['formData', 'bare', 'attachment'] as const)(
		'is downloaded from a multipart response with part headers of the form %s and the file first',
		async (attachmentPartHeaders) => {
			const [attached] = await bench.json(
				'attachment',
				'upload',
				{ referenceType: 'INVOICE', referenceId: String(invoiceId()) },
				{ items: [file(picture, 'kuva.png')] },
			);
			Object.assign(bench.sandbox.switches, { attachmentPartHeaders, attachmentFileFirst: true });
			const { items } = await bench.run('attachment', 'download', { attachmentId: String(attached.id) });
			expect(Buffer.from(items[0][0].binary?.data.data ?? '', 'base64').equals(picture)).toBe(true);
			expect(items[0][0].json).toMatchObject({ fileName: 'kuva.png', mimeType: 'image/png' });
		},
	);

	it('is listed exactly once if the list has several pages', async () => {
		const id = invoiceId();
		const names = Array.from({ length: 405 }, (_, index) => `${String(index).padStart(3, '0')}.png`);
		for (const name of names) bench.sandbox.backdoor.addAttachment({ name, referenceId: id, bytes: picture });
		const list = async (sort: string) =>
			(
				await bench.json('attachment', 'getAll', {
					returnAll: true,
					sort,
					filters: { referenceId: String(id) },
				})
			).map(({ name }) => name);
		expect(await list('orderById:ASC')).toEqual(names);
		expect(await list('orderById:DESC')).toEqual([...names].reverse());
		expect(await list('orderByName:DESC')).toEqual([...names].reverse());
	});

	it('is refused before sending if its file is too large, empty or unnamed', async () => {
		const referenceId = String(invoiceId());
		const upload = async (item: INodeExecutionData, more = {}) =>
			(await bench.run('attachment', 'upload', { referenceType: 'INVOICE', referenceId, ...more }, { items: [item] }))
				.error;
		expect((await upload(file(Buffer.alloc(10_000_001), 'liian-iso.png')))?.message).toBe(
			"Binary field 'data' is larger than the 10,000,000 bytes that Procountor accepts (10,000,001)",
		);
		expect((await upload(file(Buffer.alloc(0), 'tyhjä.png')))?.message).toBe("Binary field 'data' is an empty file");
		const unnamed = {
			json: {},
			binary: { data: { data: 'AAAA', mimeType: 'application/octet-stream', fileName: 'nimi' } },
		};
		expect((await upload(unnamed))?.message).toBe("Binary field 'data' has a file name without extension: 'nimi'");
		expect((await upload({ json: {} }))?.message).toContain("'data'");
		expect(bench.sandbox.journal.to('POST /attachments')).toEqual([]);
		expect((await upload(file(picture, 'kuva.png'), { options: { sendWithInvoice: true } }))?.message).toContain(
			'Attachments cannot be sent with this type',
		);
		expect((await bench.run('attachment', 'download', { attachmentId: '4711' })).error).toMatchObject({
			message: 'Procountor has no such record: attachment 4711',
		});
	});
});

describe('Attachment from an expression', () => {
	const upload = async (binaryPropertyName: string, items: INodeExecutionData[] = [{ json: {} }]) =>
		await bench.run(
			'attachment',
			'upload',
			{
				binaryPropertyName,
				referenceType: 'INVOICE',
				referenceId: String(invoiceId()),
				options: { name: 'kuitti.png' },
			},
			{ items },
		);

	it('is uploaded from the output of an earlier node, as an AI agent needs it', async () => {
		const { binary } = file(picture, 'kuitti.png');
		const { items } = await upload(`={{ ${JSON.stringify(binary?.data)} }}`);
		expect(items[0][0].json).toMatchObject({ name: 'kuitti.png', mimeType: 'image/png' });
		const [download] = (
			await bench.run('attachment', 'download', {
				attachmentId: String(items[0][0].json.id),
				binaryPropertyName: 'data',
			})
		).items[0];
		expect(Buffer.from(download.binary?.data.data ?? '', 'base64')).toEqual(picture);
	});

	it.each([
		['={{ undefined }}', 'Input Data Field Name is empty | Enter the name of a binary field'],
		['={{ ({ name: "kuitti.png" }) }}', 'Input Data Field Name is not a file | Enter the name of a binary field'],
	])('is refused if the expression is %s', async (expression, message) => {
		const { error } = await upload(expression);
		expect(`${error?.message} | ${error?.description}`).toContain(message);
	});
});
