/** Downloads and uploads of files. */
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();
const html = '<html><body>Maintenance</body></html>';

it('An HTML page instead of a file is reported as an error', async () => {
	bench.server.answer = (_, response) =>
		void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
	for (const [resource, operation, parameters] of [
		['attachment', 'download', { attachmentId: '5' }],
		['invoice', 'downloadImage', { invoiceId: { __rl: true, mode: 'id', value: '5' } }],
	] as const) {
		const run = await bench.run(resource, operation, parameters);
		expect(run.error?.message).toMatch(/returned a page instead of data for /);
		expect(run.items).toEqual([]);
	}
});

it.each([200, 204])('An empty response instead of a file is reported as an error: %i', async (status) => {
	bench.server.answer = (_, response) => void response.writeHead(status, { 'content-type': 'image/png' }).end();
	const run = await bench.run('invoice', 'downloadImage', { invoiceId: { __rl: true, mode: 'id', value: '5' } });
	expect(run.error?.message).toMatch(/^Procountor returned an empty file for /);
});

it('A JSON file keeps its bytes, name and type', async () => {
	const content = '{ "id": 99, "name": "evil" }';
	bench.server.answer = (_, response) => {
		const parts = [
			'content-type: application/json\r\n\r\n{"name":"../order.json","mimeType":"application/json","attachmentId":9}',
			`content-type: application/json\r\ncontent-disposition: attachment; filename="x.json"\r\n\r\n${content}`,
		];
		response.writeHead(200, { 'content-type': 'multipart/mixed; boundary=edge' });
		response.end(`${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`);
	};
	const run = await bench.run('attachment', 'download', { attachmentId: '5' });
	const [{ json: told, binary }] = run.items[0];
	expect(told).toMatchObject({ id: 5, fileName: 'order.json', mimeType: 'application/json' });
	expect(Buffer.from(binary?.data.data ?? '', 'base64').toString()).toBe(content);
});

it('An upload with an expired token is sent again in full', async () => {
	const file = Buffer.from(Array.from({ length: 3000 }, (_, index) => 97 + (index % 26)));
	let asked = 0;
	bench.server.answer = (_, response) => (asked++ === 0 ? json(response, {}, 401) : json(response, { id: 1 }));
	const binary = { data: { data: file.toString('base64'), mimeType: 'application/pdf', fileName: 'kuitti.pdf' } };
	const run = await bench.run(
		'attachment',
		'upload',
		{ referenceType: 'INVOICE', referenceId: '5' },
		{ items: [{ json: {}, binary }] },
	);
	expect(run.error).toBeUndefined();
	expect(bench.server.requests).toHaveLength(2);
	for (const { body, headers } of bench.server.requests) {
		expect(body).toContain(file.toString());
		expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
	}
	expect(bench.server.requests[1].headers.authorization).toBe('Bearer raw-token-number-2');
});

describe('Uploads of several items', () => {
	const items = Array.from({ length: 12 }, (_, index) => ({
		json: {},
		binary: {
			data: {
				data: Buffer.from(`file ${index}`).toString('base64'),
				mimeType: 'application/pdf',
				fileName: `kuitti-${index}.pdf`,
			},
		},
	}));

	/** Uploads all items; returns the file numbers in output order and the most uploads at once. */
	async function uploaded(options: { order?: string }): Promise<{ out: unknown[]; most: number }> {
		let [underWay, most] = [0, 0];
		bench.server.answer = async ({ body }, response) => {
			most = Math.max(most, ++underWay);
			const id = Number(/kuitti-(\d+)\.pdf/.exec(body)?.[1]);
			// The first ones take the longest.
			await new Promise((resolve) => setTimeout(resolve, 20 + (items.length - id) * 5));
			underWay--;
			json(response, { id });
		};
		const run = await bench.run(
			'attachment',
			'upload',
			{ referenceType: 'INVOICE', referenceId: '5', options },
			{ items },
		);
		return { out: run.items[0].map(({ json: { id }, pairedItem }) => [id, pairedItem]), most };
	}

	const inOrder = items.map((_, item) => [item, { item }]);

	it('run one after the other by default', async () => {
		expect(await uploaded({})).toEqual({ out: inOrder, most: 1 });
	});

	it('run eight at a time on request, and return in the order of the items', async () => {
		expect(await uploaded({ order: 'together' })).toEqual({ out: inOrder, most: 8 });
	});
});
