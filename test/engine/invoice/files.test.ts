import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { attachmentsOf } from '../../sandbox/records/attachments';
import { type Books, useBooks } from './state';
import { outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const file = (fileName: string, content: Buffer | string = fileName) => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'application/octet-stream',
	fileName,
});
const binary: IBinaryKeyData = { kuitti: file('kuitti ä.pdf'), kuva: file('kuva.jpg') };
const run = async (parameters: INodeParameters, files: IBinaryKeyData = binary) =>
	await bench.run('attachment', 'uploadMany', parameters, { items: [{ json: {}, binary: files }] });
const json = async (parameters: INodeParameters, files?: IBinaryKeyData): Promise<IDataObject[]> =>
	outputOf(await run(parameters, files));
const held = (type: Parameters<typeof attachmentsOf>[1], id: number) =>
	attachmentsOf(bench.sandbox.world.company(DEMO.companyId), type, id).map(({ name }) => name);

describe('Files of an item', () => {
	it('are attached to an invoice once each, and again only if the option is on', async () => {
		const { id } = bench.sandbox.backdoor.addInvoice();
		expect(await json({ to: 'invoice', recordId: String(id), options: { sendFiles: true } })).toMatchObject([
			{ name: 'kuitti ä.pdf', wasAttached: true, sendWithInvoice: true },
			{ name: 'kuva.jpg', wasAttached: true },
		]);
		expect(await json({ to: 'invoice', recordId: String(id) }, { ...binary, uusi: file('uusi.txt') })).toMatchObject([
			{ name: 'kuitti ä.pdf', wasAttached: false },
			{ name: 'kuva.jpg', wasAttached: false },
			{ name: 'uusi.txt', wasAttached: true },
		]);
		expect(held('INVOICE', id)).toEqual(['kuitti ä.pdf', 'kuva.jpg', 'uusi.txt']);
		await json({ to: 'invoice', recordId: String(id), files: 'kuva', options: { again: true } });
		expect(held('INVOICE', id)).toHaveLength(4);
	});

	it('are attached to the invoice behind a journal receipt', async () => {
		const { id, record } = bench.sandbox.backdoor.addJournal();
		expect(await json({ to: 'ledgerReceipt', recordId: String(id) })).toMatchObject([
			{ referenceType: 'INVOICE', referenceId: record.invoiceId },
			{},
		]);
		expect(held('INVOICE', Number(record.invoiceId))).toHaveLength(2);
	});

	it.each([
		['a customer', 'businessPartner', () => books.partner('1001'), 'CUSTOMER_BUSINESS_PARTNER_REGISTER'],
		['a supplier', 'businessPartner', () => books.partner('5001'), 'SUPPLIER_BUSINESS_PARTNER_REGISTER'],
		['a person', 'person', () => books.partner('9001'), 'PERSON_BUSINESS_PARTNER_REGISTER'],
		['a sales product', 'product', () => books.product('KUP-200'), 'SALES_PRODUCT_REGISTER'],
		['a purchase product', 'product', () => books.product('OST-001'), 'PURCHASE_PRODUCT_REGISTER'],
	] as const)('are attached to %s once each', async (_what, to, id, type) => {
		expect(await json({ to, recordId: String(id()) })).toHaveLength(2);
		expect(held(type, id()).slice(-2)).toEqual(['kuitti ä.pdf', 'kuva.jpg']);
		expect((await json({ to, recordId: String(id()) })).map(({ wasAttached }) => wasAttached)).toEqual([false, false]);
	});

	it('are attached to a bank statement event', async () => {
		const [statement] = await bench.json('bankStatement', 'getAll', { returnAll: true, simple: false });
		const [{ id }] = statement.events as IDataObject[];
		expect(await json({ to: 'statementEvent', recordId: String(id) })).toMatchObject([
			{ referenceType: 'BANKSTATEMENTEVENT', referenceId: id, wasAttached: true },
			{ wasAttached: true },
		]);
	});
});

it('Files are attached even if the existing files cannot be listed', async () => {
	bench.sandbox.world.company(DEMO.companyId).settings.documentsActivated = false;
	expect(
		(await json({ to: 'person', recordId: String(books.partner('9001')) })).map(({ wasAttached }) => wasAttached),
	).toEqual([true, true]);
});

it.each([
	['cutAfter', true],
	['cutBefore', false],
] as const)(
	'An upload with an unknown outcome (%s) is searched by name and reported as unclear if missing',
	async (kind, wasDone) => {
		const { id } = bench.sandbox.backdoor.addInvoice();
		bench.sandbox.faults.add({ kind, method: 'POST', path: '/attachments', after: 1 });
		const result = await run({ to: 'invoice', recordId: String(id) });
		if (wasDone) expect(result.items[0].map((item) => item.json.wasAttached)).toEqual([true, true]);
		else {
			expect(result.error?.message).toContain(
				'Could not attach kuva.jpg: It is unclear whether Procountor carried out the request for file kuva.jpg',
			);
			expect(result.error?.description).toContain('Done already: kuitti ä.pdf attached.');
		}
		expect((await json({ to: 'invoice', recordId: String(id) })).map(({ wasAttached }) => wasAttached)).toEqual([
			false,
			!wasDone,
		]);
		expect(held('INVOICE', id)).toEqual(['kuitti ä.pdf', 'kuva.jpg']);
	},
);

describe('A file that cannot be attached', () => {
	const cases: Array<[string, INodeParameters, IBinaryKeyData, string]> = [
		[
			'it is too large',
			{ to: 'invoice' },
			{ iso: file('iso.pdf', Buffer.alloc(10_000_001)) },
			"Binary field 'iso' is larger than the 10,000,000 bytes that Procountor accepts (10,000,001)",
		],
		['it is empty', { to: 'invoice' }, { tyhja: file('tyhja.pdf', '') }, "Binary field 'tyhja' is an empty file"],
		[
			'it has no extension',
			{ to: 'invoice' },
			{ a: file('kuitti') },
			"Binary field 'a' has a file name without extension: 'kuitti'",
		],
		[
			'its name has unsupported characters',
			{ to: 'invoice' },
			{ a: file('квитанция.pdf') },
			'Binary field \'a\' has a file name that contains "к" at character 1, which Procountor does not accept',
		],
		[
			'another file has the same name',
			{ to: 'invoice' },
			{ a: file('a.pdf'), b: file('a.pdf') },
			"Binary field 'b' has the same file name as another: a.pdf",
		],
		[
			'its field is not in the item',
			{ to: 'invoice', files: 'data' },
			binary,
			"Binary field 'data' is not in the item",
		],
		['the item has no files', { to: 'invoice' }, {}, 'Files From Fields name no file, and the item has none'],
		[
			'its type cannot be sent with an invoice',
			{ to: 'invoice', options: { sendFiles: true } },
			{ a: file('taulukko.xlsx') },
			"Binary field 'a' cannot be sent with an invoice: taulukko.xlsx",
		],
		[
			'it should be sent with a person',
			{ to: 'person', options: { sendFiles: true } },
			binary,
			'Send with Invoice is for invoices only',
		],
	];
	it.each(cases)('is refused before the upload if %s', async (_what, parameters, files, message) => {
		const { id } = bench.sandbox.backdoor.addInvoice();
		expect((await run({ recordId: String(id), ...parameters }, files)).error?.message).toBe(message);
		expect(bench.sandbox.journal.to('POST /attachments')).toEqual([]);
	});

	it('is refused if it should be sent with a bill', async () => {
		const { id } = bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' });
		expect((await run({ to: 'invoice', recordId: String(id), options: { sendFiles: true } })).error?.message).toBe(
			'Send with Invoice is not possible with this invoice (PURCHASE_INVOICE)',
		);
	});
});

describe('A file that Procountor does not accept', () => {
	const records: Array<[string, string, INodeParameters]> = [
		[
			'invoice',
			'create',
			{
				date: '2026-10-01',
				counterPartyName: 'Kahvila',
				specifyRows: 'json',
				invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
			},
		],
		[
			'ledgerReceipt',
			'create',
			{
				receiptDate: '2026-10-01',
				vatType: 'SALES',
				name: 'Tosite',
				specifyRows: 'json',
				transactionsJson: JSON.stringify([
					{ account: '1910', accountingValue: 100 },
					{ account: '3900', accountingValue: -100 },
				]),
			},
		],
	];
	it.each(records)('is refused before the record is saved (%s: %s)', async (resource, operation, parameters) => {
		for (const [size, message] of [
			[0, "Binary field 'kuitti' is an empty file"],
			[10_000_001, "Binary field 'kuitti' is larger than the 10,000,000 bytes that Procountor accepts (10,000,001)"],
		] as const) {
			bench.sandbox.journal.clear();
			const { error } = await bench.run(
				resource,
				operation,
				{ ...parameters, additionalFields: { files: 'kuitti' } },
				{ items: [{ json: {}, binary: { kuitti: file('kuitti.pdf', Buffer.alloc(size)) } }] },
			);
			expect(error?.message).toContain(message);
			expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
		}
	});
});
