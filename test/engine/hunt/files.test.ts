/** Files on their way in and out. */
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();
const html = '<html><body>Maintenance</body></html>';

it('a page in place of a file is no file', async () => {
	bench.server.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
	for (const [resource, operation, parameters] of [['attachment', 'download', { attachmentId: '5' }], ['invoice', 'downloadImage', { invoiceId: { __rl: true, mode: 'id', value: '5' } }]] as const) {
		const run = await bench.run(resource, operation, parameters);
		expect(run.error?.message).toMatch(/is not data but a page$/);
		expect(run.items).toEqual([]);
	}
});

it('a file with nothing in it is a file', async () => {
	bench.server.answer = (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end();
	const run = await bench.run('invoice', 'downloadImage', { invoiceId: { __rl: true, mode: 'id', value: '5' } });
	expect(run.items[0][0].json).toMatchObject({ fileSize: 0 });
});

it('an upload that meets an expired token is sent again whole', async () => {
	const file = Buffer.from(Array.from({ length: 3000 }, (_, index) => 97 + (index % 26)));
	let asked = 0;
	bench.server.answer = (_, response) => (asked++ === 0 ? json(response, {}, 401) : json(response, { id: 1 }));
	const binary = { data: { data: file.toString('base64'), mimeType: 'application/pdf', fileName: 'kuitti.pdf' } };
	const run = await bench.run('attachment', 'upload', { referenceType: 'INVOICE', referenceId: '5' }, { items: [{ json: {}, binary }] });
	expect(run.error).toBeUndefined();
	expect(bench.server.requests).toHaveLength(2);
	for (const { body, headers } of bench.server.requests) {
		expect(body).toContain(file.toString());
		expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
	}
	expect(bench.server.requests[1].headers.authorization).toBe('Bearer raw-token-number-2');
});
