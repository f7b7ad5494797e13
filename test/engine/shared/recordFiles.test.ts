/** Get with Files and the trigger must return the same files of an invoice under the same names. */
import type { INodeExecutionData } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

/** A bill of three pages with two attachments. */
function addBill(): { id: number; attachments: number[] } {
	const row = { product: 'Kuppi', quantity: 1, unit: 'PIECE', unitPrice: 1, discountPercent: 0, vatPercent: 25.5 };
	const { id } = bench.sandbox.backdoor.addInvoice({
		type: 'PURCHASE_INVOICE',
		invoiceRows: Array.from({ length: 41 }, () => row),
	});
	const attachments = ['lasku.pdf', 'kuitti.txt'].map(
		(name) => bench.sandbox.backdoor.addAttachment({ name, referenceId: id }).id,
	);
	return { id, attachments };
}

/** The files of a new bill from the operation and from the trigger, or the error messages. */
async function bothWays(prepare: (bill: ReturnType<typeof addBill>) => void = () => {}) {
	const poller = bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event: 'invoiceCreated', files: ['picture', 'attachments'] },
		credentials: { procountorApi: bench.engine.saveCredential('procountorApi', bench.credential()) },
	});
	await poller.poll();
	const bill = addBill();
	prepare(bill);
	const { items, error } = await bench.run('invoice', 'getWithFiles', { invoiceId: byId(bill.id) });
	const polled = await poller.poll().catch((thrown: Error) => thrown);
	return {
		action: error?.message ?? filesOf(items[0][0]),
		trigger: polled instanceof Error ? polled.message : filesOf(polled?.[0]),
		json: items?.[0]?.[0]?.json,
	};
}

const filesOf = (one?: INodeExecutionData): Array<[string, string | undefined, string]> =>
	Object.entries(one?.binary ?? {}).map(([field, { fileName, data }]) => [field, fileName, data]);
const fields = (files: ReturnType<typeof filesOf> | string): unknown =>
	typeof files === 'string' ? files : files.map(([field]) => field);

describe('Files of an invoice', () => {
	it.each(['multipart', 'picture'] as const)(
		'have the same names and content in the operation and in the trigger (%s)',
		async (imageForm) => {
			bench.sandbox.switches.imageForm = imageForm;
			const { action, trigger } = await bothWays();
			expect(fields(action)).toEqual(['page_1', 'page_2', 'page_3', 'attachment_1', 'attachment_2']);
			expect(trigger).toEqual(action);
		},
	);

	it.each([404, 400, 'lastPage'] as const)('end if the response for the page after the last is %s', async (beyond) => {
		bench.sandbox.switches.imageBeyondLastPage = beyond;
		const { action, trigger } = await bothWays();
		expect(fields(action)).toEqual(['page_1', 'page_2', 'page_3', 'attachment_1', 'attachment_2']);
		expect(trigger).toEqual(action);
	});

	it('do not include an attachment that was deleted in the meantime, nor its number', async () => {
		const { action, trigger, json } = await bothWays(({ attachments: [path] }) =>
			bench.sandbox.faults.add({
				kind: 'status',
				status: 404,
				body: { errors: [{ status: 404, message: 'Attachment not found.' }] },
				method: 'GET',
				path: `/attachments/${path}`,
				times: 0,
			}),
		);
		expect(fields(action)).toEqual(['page_1', 'page_2', 'page_3', 'attachment_2']);
		expect(trigger).toEqual(action);
		expect(json?.missingFiles).toEqual(['lasku.pdf']);
	});

	it('cause an error if Procountor rejects the first page', async () => {
		const { action, trigger } = await bothWays(({ id }) =>
			bench.sandbox.faults.add({
				kind: 'status',
				status: 400,
				body: { errors: [{ status: 400, message: 'INVALID_FORMAT' }] },
				method: 'GET',
				path: `/invoices/${id}/image`,
				times: 0,
			}),
		);
		expect(action).toContain('INVALID_FORMAT');
		expect(trigger).toEqual(action);
	});

	it('are returned in one item for each invoice, paired to its input item', async () => {
		const ids = [addBill().id, addBill().id];
		const own = ids.map((id) => `kuva ${id}.txt`);
		for (const [index, id] of ids.entries())
			bench.sandbox.backdoor.addAttachment({ name: own[index], referenceId: id, bytes: Buffer.from(own[index]) });
		const { items } = await bench.run(
			'invoice',
			'getWithFiles',
			{ invoiceId: byId('={{ $json.id }}') },
			{ items: ids.map((id) => ({ json: { id } })) },
		);
		expect(items[0].map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ids[0], { item: 0 }],
			[ids[1], { item: 1 }],
		]);
		for (const [index, item] of items[0].entries()) {
			const files = filesOf(item);
			expect(files.map(([field, fileName]) => [field, fileName])).toEqual([
				...[1, 2, 3].map((page) => [`page_${page}`, `invoice-${ids[index]}-${page}.png`]),
				['attachment_1', 'lasku.pdf'],
				['attachment_2', 'kuitti.txt'],
				['attachment_3', own[index]],
			]);
			expect(Buffer.from(files[5][2], 'base64').toString()).toBe(own[index]);
		}
	});
});
