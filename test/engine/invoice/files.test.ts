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

describe('several files of an item go', () => {
	it('to an invoice, once each', async () => {
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

	it('to a journal, by the ID of its receipt: they hang on the invoice behind it', async () => {
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
		['a product of sales', 'product', () => books.product('KUP-200'), 'SALES_PRODUCT_REGISTER'],
		['a product of purchases', 'product', () => books.product('OST-001'), 'PURCHASE_PRODUCT_REGISTER'],
	] as const)('to %s', async (_what, to, id, type) => {
		expect(await json({ to, recordId: String(id()) })).toHaveLength(2);
		expect(held(type, id()).slice(-2)).toEqual(['kuitti ä.pdf', 'kuva.jpg']);
		expect((await json({ to, recordId: String(id()) })).map(({ wasAttached }) => wasAttached)).toEqual([false, false]);
	});

	it('to an event of a bank statement', async () => {
		const [statement] = await bench.json('bankStatement', 'getAll', { returnAll: true, simple: false });
		const [{ id }] = statement.events as IDataObject[];
		expect(await json({ to: 'statementEvent', recordId: String(id) })).toMatchObject([
			{ referenceType: 'BANKSTATEMENTEVENT', referenceId: id, wasAttached: true },
			{ wasAttached: true },
		]);
	});
});

it('files are attached also without the right to list files', async () => {
	bench.sandbox.world.company(DEMO.companyId).settings.documentsActivated = false;
	expect(
		(await json({ to: 'person', recordId: String(books.partner('9001')) })).map(({ wasAttached }) => wasAttached),
	).toEqual([true, true]);
});

it.each([
	['cutAfter', true],
	['cutBefore', false],
] as const)(
	'an upload of unknown outcome (%s) is looked for by its name, and told as unclear where it is not there',
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

describe('files that cannot be attached are refused before anything is sent', () => {
	const cases: Array<[string, INodeParameters, IBinaryKeyData, string]> = [
		[
			'too large',
			{ to: 'invoice' },
			{ iso: file('iso.pdf', Buffer.alloc(10_000_001)) },
			"Binary field 'iso' is larger than the 10,000,000 bytes that Procountor accepts (10,000,001)",
		],
		['empty', { to: 'invoice' }, { tyhja: file('tyhja.pdf', '') }, "Binary field 'tyhja' is an empty file"],
		[
			'without extension',
			{ to: 'invoice' },
			{ a: file('kuitti') },
			"Binary field 'a' has a file name without extension: 'kuitti'",
		],
		[
			'with letters that cannot be stored',
			{ to: 'invoice' },
			{ a: file('квитанция.pdf') },
			'Binary field \'a\' has a file name that contains "к" at character 1, which Procountor does not accept',
		],
		[
			'of one name',
			{ to: 'invoice' },
			{ a: file('a.pdf'), b: file('a.pdf') },
			"Binary field 'b' has the same file name as another: a.pdf",
		],
		['that are not in the item', { to: 'invoice', files: 'data' }, binary, "Binary field 'data' is not in the item"],
		['none at all', { to: 'invoice' }, {}, 'Files From Fields name no file, and the item has none'],
		[
			'that do not travel with an invoice',
			{ to: 'invoice', options: { sendFiles: true } },
			{ a: file('taulukko.xlsx') },
			"Binary field 'a' cannot be sent with an invoice: taulukko.xlsx",
		],
		[
			'to be sent with a person',
			{ to: 'person', options: { sendFiles: true } },
			binary,
			'Send with Invoice is for invoices only',
		],
	];
	it.each(cases)('%s', async (_what, parameters, files, message) => {
		const { id } = bench.sandbox.backdoor.addInvoice();
		expect((await run({ recordId: String(id), ...parameters }, files)).error?.message).toBe(message);
		expect(bench.sandbox.journal.to('POST /attachments')).toEqual([]);
	});

	it('to be sent with a bill', async () => {
		const { id } = bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' });
		expect((await run({ to: 'invoice', recordId: String(id), options: { sendFiles: true } })).error?.message).toBe(
			'Send with Invoice is not possible with this invoice (PURCHASE_INVOICE)',
		);
	});
});

describe('a file that Procountor does not accept is refused before its record is saved', () => {
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
	it.each(records)('%s: %s', async (resource, operation, parameters) => {
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
