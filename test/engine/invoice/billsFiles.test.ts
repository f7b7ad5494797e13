/** Files as mail programs, phones, and Macs produce them, and files that Procountor rejects. */
import type { IBinaryKeyData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { attachments, attachmentsOf } from '../../sandbox/records/attachments';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const LARGEST = 10_000_000;
const file = (fileName: string | undefined, content: Buffer | string = 'x', mimeType = 'application/pdf') => ({
	data: Buffer.from(content).toString('base64'),
	mimeType,
	...(fileName === undefined ? {} : { fileName }),
});
const item = (binary: IBinaryKeyData, json: IDataObject = {}): INodeExecutionData => ({ json, binary });
const company = () => bench.sandbox.world.company(DEMO.companyId);
const held = (id: number) => attachmentsOf(company(), 'INVOICE', id);
const bytes = (id: unknown): Buffer => company().register(attachments).get(Number(id))?.record.bytes ?? Buffer.alloc(0);
const bill = (): number => bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE', language: undefined }).id;
const upload = async (parameters: INodeParameters, items: INodeExecutionData[]) =>
	await bench.run('attachment', 'upload', { referenceType: 'INVOICE', ...parameters }, { items });
const uploadMany = async (parameters: INodeParameters, items: INodeExecutionData[]) =>
	await bench.run('attachment', 'uploadMany', { to: 'invoice', ...parameters }, { items });

it.each(['upload', 'uploadMany'] as const)(
	'The operation %s accepts a file of 10,000,000 bytes and refuses one that is a byte larger',
	async (operation) => {
		const content = Buffer.alloc(LARGEST, 7);
		const id = bill();
		const place =
			operation === 'upload'
				? { referenceType: 'INVOICE', referenceId: String(id) }
				: { to: 'invoice', recordId: String(id) };
		const run = async (size: Buffer) =>
			await bench.run('attachment', operation, place, {
				items: [item({ data: file(`kuva ${size.length}.pdf`, size) })],
			});
		expect((await run(content)).error).toBeUndefined();
		expect(bytes(held(id)[0].id).equals(content)).toBe(true);
		expect((await run(Buffer.concat([content, Buffer.of(7)]))).error?.message).toContain(
			"Binary field 'data' is larger than the 10,000,000 bytes that Procountor accepts (10,000,001)",
		);
		expect(held(id)).toHaveLength(1);
	},
);

it.each([undefined, 'inTurn', 'together'])(
	'Files of several items are attached to the record of their own item (order: %s)',
	async (order) => {
		const ids = [bill(), bill(), bill()];
		const items = ids.map((id, index) => item({ data: file(`kuitti ${index}.pdf`, `sisältö ${index}`) }, { id }));
		const { items: made, error } = await upload(
			{ referenceId: '={{ $json.id }}', ...(order ? { options: { order } } : {}) },
			items,
		);
		expect(error).toBeUndefined();
		expect(made[0].map(({ json, pairedItem }) => [json.referenceId, json.name, pairedItem])).toEqual(
			ids.map((id, index) => [id, `kuitti ${index}.pdf`, { item: index }]),
		);
		for (const [index, id] of ids.entries())
			expect(held(id).map((one) => [one.name, bytes(one.id).toString()])).toEqual([
				[`kuitti ${index}.pdf`, `sisältö ${index}`],
			]);
	},
);

it('Files with the same names are attached to each record once, even if the run is repeated', async () => {
	const ids = [bill(), bill()];
	const items = ids.map((id) => item({ data: file('lasku.pdf'), kuva: file('IMG_0001.JPG') }, { id }));
	for (const attached of [true, false]) {
		const { items: made } = await uploadMany({ recordId: '={{ $json.id }}' }, items);
		expect(made[0].map(({ json, pairedItem }) => [json.referenceId, json.name, json.wasAttached, pairedItem])).toEqual(
			ids.flatMap((id, index) => ['lasku.pdf', 'IMG_0001.JPG'].map((name) => [id, name, attached, { item: index }])),
		);
	}
	for (const id of ids) expect(held(id)).toHaveLength(2);
});

it('Several files need one request each, plus one that reads the existing files', async () => {
	const id = bill();
	const binary = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`f${index}`, file(`${index}.pdf`)]));
	bench.sandbox.journal.clear();
	expect((await uploadMany({ recordId: String(id) }, [item(binary)])).error).toBeUndefined();
	expect(bench.asked()).toEqual(['GET /invoices/{invoiceId}', ...Array.from({ length: 5 }, () => 'POST /attachments')]);
});

it('An upload that never arrived is reported as unclear, although a file of that name exists', async () => {
	const id = bill();
	const items = [item({ data: file('lasku.pdf') })];
	await uploadMany({ recordId: String(id) }, items);
	bench.sandbox.faults.add({ kind: 'cutBefore', method: 'POST', path: '/attachments' });
	expect((await uploadMany({ recordId: String(id), options: { again: true } }, items)).error?.message).toContain(
		'It is unclear whether',
	);
	expect(held(id)).toHaveLength(1);
});

describe('File names', () => {
	it('are normalized from the decomposed form that macOS uses', async () => {
		const id = bill();
		const name = 'sähkö'.normalize('NFD');
		expect((await uploadMany({ recordId: String(id) }, [item({ data: file(`${name}.pdf`) })])).error).toBeUndefined();
		expect(held(id).map((one) => one.name)).toEqual(['sähkö.pdf']);
		const { items } = await uploadMany({ recordId: String(id) }, [item({ data: file(`${name}.pdf`) })]);
		expect(items[0][0].json.wasAttached).toBe(false);
	});

	it('keep quotes, commas, plus signs, and capital letters', async () => {
		const id = bill();
		const names = ['"tarjous", 1+1 & 50 %.PDF', "O'Reilly; lasku (2).Pdf", 'kuva.jpeg', 'kulut.numbers'];
		await uploadMany({ recordId: String(id) }, [
			item(Object.fromEntries(names.map((name, index) => [`f${index}`, file(name)]))),
		]);
		expect(held(id).map((one) => one.name)).toEqual(names);
	});

	it('are built from the binary field and the file extension if missing', async () => {
		const id = bill();
		const nameless = { ...file(undefined), fileExtension: 'pdf' };
		const { error } = await uploadMany({ recordId: String(id), files: ' data , ' }, [item({ data: nameless })]);
		expect(error).toBeUndefined();
		expect(held(id).map((one) => one.name)).toEqual(['data.pdf']);
	});

	it('can be changed, except for the extension and for locked files of an e-invoice', async () => {
		const id = bill();
		const { addAttachment } = bench.sandbox.backdoor;
		const free = addAttachment({ name: 'vanha.pdf', referenceId: id }).id;
		const locked = addAttachment({ name: 'verkkolasku.pdf', referenceId: id, locked: true }).id;
		const rename = async (attachmentId: number, name: string) =>
			(await bench.run('attachment', 'rename', { attachmentId: String(attachmentId), name })).error;
		expect(await rename(free, 'uusi ä.pdf')).toBeUndefined();
		expect((await rename(free, 'uusi.txt'))?.message).toBe('New Name: File extension cannot be changed.');
		expect((await rename(free, 'Счёт.pdf'))?.message).toMatch(/^New Name contains "С" at character 1/);
		expect((await rename(locked, 'a.pdf'))?.message).toContain('Procountor does not allow the request for attachment');
		expect((await bench.run('attachment', 'delete', { attachmentId: String(locked) })).error).toMatchObject({
			httpCode: '403',
		});
		expect(held(id).map((one) => one.name)).toEqual(['uusi ä.pdf', 'verkkolasku.pdf']);
	});
});

it('Files are sent with sales invoices, sales orders, and purchase orders only', async () => {
	const sends = async (type: string) => {
		const { id } = bench.sandbox.backdoor.addInvoice({ type: type as 'SALES_INVOICE' });
		const { error } = await uploadMany({ recordId: String(id), options: { sendFiles: true } }, [
			item({ data: file('liite.pdf') }),
		]);
		return error ? error.message : held(id)[0].sendWithInvoice;
	};
	for (const type of ['SALES_INVOICE', 'SALES_ORDER', 'PURCHASE_ORDER'])
		expect([type, await sends(type)]).toEqual([type, true]);
	for (const type of ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'])
		expect([type, await sends(type)]).toEqual([type, `Send with Invoice is not possible with this invoice (${type})`]);
});

describe('Invoice: Get with Files', () => {
	it('returns an empty list of files for a bill without pages and attachments', async () => {
		const { items } = await bench.run('invoice', 'getWithFiles', {
			invoiceId: byId(bill()),
			options: { pages: false },
		});
		expect(items[0][0].json.files).toEqual([]);
		expect(items[0][0].binary).toEqual({});
	});

	it('refuses several IDs in one item', async () => {
		expect(
			(await bench.run('invoice', 'getWithFiles', { invoiceId: byId(`${bill()}, ${bill()}`) })).error?.message,
		).toMatch(/^Invoice is not an ID: "\d+, \d+"$/);
	});
});
