/** Files as email, form and storage nodes and expressions deliver them, in every operation that accepts files. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { attachments, attachmentsOf } from '../../sandbox/records/attachments';
import { receipts as ledgerReceipts } from '../../sandbox/records/receipts/model';
import type { RunResult } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const content = '1910;Myynti;0;;;;\r\n';
const inMemory = (more: Partial<IBinaryData> = {}): IBinaryData => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'text/csv',
	fileName: 'tapahtumat.csv',
	...more,
});
const row = { product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 };

type Run = (given: string, item: INodeExecutionData, settings?: IDataObject) => Promise<RunResult>;

const run =
	(parameters: (given: string) => IDataObject): Run =>
	async (given, item, workflowSettings) =>
		await bench.engine.runNode({
			type: 'procountor',
			parameters: parameters(given) as INodeParameters,
			credentials: { procountorApi: bench.credential() },
			items: [item],
			workflowSettings,
		});

/** The invoice that the last upload was for. */
let givenInvoice = '';
const invoiceId = (): string => (givenInvoice = String(bench.sandbox.backdoor.addInvoice().id));
const operations: Record<string, Run> = {
	Upload: run((binaryPropertyName) => ({
		resource: 'attachment',
		operation: 'upload',
		referenceType: 'INVOICE',
		referenceId: invoiceId(),
		binaryPropertyName,
	})),
	'Upload Many': run((files) => ({
		resource: 'attachment',
		operation: 'uploadMany',
		to: 'invoice',
		recordId: invoiceId(),
		files,
	})),
	'Create Sales Invoice': run((files) => ({
		resource: 'invoice',
		operation: 'create',
		counterPartyName: 'Kahvila Oy',
		specifyRows: 'json',
		invoiceRowsJson: JSON.stringify([row]),
		additionalFields: { files },
	})),
	'Create Journal': run((files) => ({
		resource: 'ledgerReceipt',
		operation: 'create',
		name: 'Myynti',
		receiptDate: '2026-10-01',
		specifyRows: 'json',
		transactionsJson: JSON.stringify([{ account: '1910', accountingValue: 0, vatPercent: 0 }]),
		additionalFields: { files },
	})),
	'Import File: Read': run((binaryPropertyName) => ({
		resource: 'importFile',
		operation: 'read',
		fileType: 'accountingEntries',
		binaryPropertyName,
	})),
};

const combined = { binaryMode: 'combined' };
const ways: Record<string, [given: string, item: (file: IBinaryData) => INodeExecutionData, settings?: IDataObject]> = {
	'by the name of its field': ['file', (file) => ({ json: {}, binary: { file } })],
	'by an expression that returns the file': [
		"={{ $('Start').item.binary.file }}",
		(file) => ({ json: {}, binary: { file } }),
	],
	// An expression gets all of a file except its content.
	'by $binary': ['={{ $binary.file }}', (file) => ({ json: {}, binary: { file } })],
	'by $binary of a field in quotes': ['={{ $input.item.binary["file"] }}', (file) => ({ json: {}, binary: { file } })],
	'by all of $binary': ['={{ $binary }}', (file) => ({ json: {}, binary: { file } })],
	'by a list of $binary': ['={{ [$binary.file] }}', (file) => ({ json: {}, binary: { file } })],
	'by $binary beside another file': [
		'={{ $binary.file }}',
		(file) => ({ json: {}, binary: { other: { ...file, fileName: 'toinen.csv' }, file } }),
	],
	'by its field, combined with the JSON': ['file', (file) => ({ json: { _files: { file } } as never }), combined],
	'by its path, combined with the JSON': ['_files.file', (file) => ({ json: { _files: { file } } as never }), combined],
	'by an expression, combined with the JSON': [
		'={{ $json._files.file }}',
		(file) => ({ json: { _files: { file } } as never }),
		combined,
	],
};

/** Checks that the file was read, or stored with the record that the operation created or was given. */
function check(operation: string, result: RunResult): void {
	expect(result.error).toBeUndefined();
	if (operation === 'Import File: Read') return void expect(result.items[0][0].json).toMatchObject({ account: '1910' });
	expect(bench.sandbox.journal.to('POST /attachments').map(({ status }) => status)).toEqual([200]);
	const company = bench.sandbox.world.company(DEMO.companyId);
	const createdId = Number(result.items[0][0].json.id);
	const holders: Record<string, unknown> = {
		'Create Sales Invoice': createdId,
		// The files of a journal belong to the invoice that Procountor creates for it.
		'Create Journal': company.register(ledgerReceipts).get(createdId)?.record.invoiceId,
	};
	const holder = holders[operation] ?? Number(givenInvoice);
	const stored = company
		.register(attachments)
		.all()
		.filter(({ record }) => record.referenceType === 'INVOICE' && record.referenceId === holder)
		.map(({ record: { name, bytes } }) => [name, bytes.toString()]);
	expect(stored).toEqual([['tapahtumat.csv', content]]);
}

describe.each(Object.entries(operations))('%s', (operation, runIt) => {
	it.each(Object.entries(ways))('accepts a file %s', async (_, [given, item, settings]) => {
		check(operation, await runIt(given, item(inMemory()), settings));
	});

	it('refuses to choose between two files that $binary describes the same way', async () => {
		const { error } = await runIt('={{ $binary.a }}', { json: {}, binary: { a: inMemory(), b: inMemory() } });
		expect(error?.message).toMatch(/ is not a file$/);
		expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
	});

	it('reports a field that the item does not contain', async () => {
		const { error } = await runIt('toinen', { json: {}, binary: { file: inMemory() } });
		expect(error?.message).toBe("Binary field 'toinen' is not in the item");
		expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
	});
});

describe('File that n8n stores on disk', () => {
	const storage = Container.get(BinaryDataConfig);
	const { mode, localStoragePath } = storage;
	afterAll(() => void Object.assign(storage, { mode, localStoragePath }));

	it.each(Object.keys(ways))('is read %s', async (way) => {
		Object.assign(storage, { mode: 'filesystem', localStoragePath: mkdtempSync(join(tmpdir(), 'binary-')) });
		const service = Container.get(BinaryDataService);
		await service.init();
		const place = { type: 'execution', workflowId: 'workflow', executionId: '1' } as const;
		const stored = await service.store(place, Buffer.from(content), inMemory({ data: '' }));
		expect(stored.id).toMatch(/^filesystem/);
		const [given, item, settings] = ways[way];
		for (const [name, runIt] of Object.entries(operations).filter(([one]) => /Upload|Read/.test(one))) {
			bench.sandbox.reset();
			check(name, await runIt(given, item(stored), settings));
		}
	});
});

const held = (id: string) =>
	attachmentsOf(bench.sandbox.world.company(DEMO.companyId), 'INVOICE', Number(id)).map(({ name }) => name);
const upload = async (file: Partial<IBinaryData>, more: INodeParameters = {}) =>
	await bench.run(
		'attachment',
		'upload',
		{ referenceType: 'INVOICE', referenceId: invoiceId(), binaryPropertyName: 'kuitti', ...more },
		{ items: [{ json: {}, binary: { kuitti: inMemory({ mimeType: 'application/octet-stream', ...file }) } }] },
	);

describe('Name of an uploaded file', () => {
	it.each<[Partial<IBinaryData>, INodeParameters, string]>([
		[{ fileName: undefined, mimeType: 'application/pdf' }, {}, 'kuitti.pdf'],
		[{ fileName: undefined, mimeType: 'image/jpeg; name=x' }, {}, 'kuitti.jpg'],
		[{ fileName: undefined, fileExtension: 'xlsx' }, {}, 'kuitti.xlsx'],
		[{ fileName: 'lasku 4711', mimeType: 'application/pdf' }, {}, 'lasku 4711.pdf'],
		[{ fileName: 'Lasku 12.2026', mimeType: 'application/pdf' }, {}, 'Lasku 12.2026.pdf'],
		[{ fileName: 'taulukko.numbers' }, {}, 'taulukko.numbers'],
		[{ fileName: 'esitys.keynote' }, {}, 'esitys.keynote'],
		[{ fileName: 'KUVA.JPEG' }, {}, 'KUVA.JPEG'],
		[{ fileName: 'C:\\scan\\lasku.pdf' }, {}, 'lasku.pdf'],
		[{ fileName: '/tmp/upload/lasku.pdf' }, {}, 'lasku.pdf'],
		[{ fileName: '.pdf' }, {}, 'kuitti.pdf'],
		[{ fileName: ' ', mimeType: 'text/csv; charset=utf-8' }, {}, 'kuitti.csv'],
		[{ fileName: 'a\u0308.pdf' }, {}, '\u00e4.pdf'],
		[{ fileName: 'a.csv', mimeType: 'text/csv' }, { options: { name: 'tiliote' } }, 'tiliote.csv'],
		[{ fileName: 'a.csv' }, { options: { name: 'tiliote.txt' } }, 'tiliote.txt'],
	])('is built from %j and %j: %s', async (file, more, name) => {
		const { items, error } = await upload(file, more);
		expect(error).toBeUndefined();
		expect(items[0][0].json.name).toBe(name);
	});

	it.each<[Partial<IBinaryData>, INodeParameters, string]>([
		[{ fileName: undefined }, {}, "Binary field 'kuitti' has a file name without extension: 'kuitti'"],
		[{ fileName: 'lasku' }, {}, "Binary field 'kuitti' has a file name without extension: 'lasku'"],
		[{ fileName: 'a.pdf' }, { options: { name: 'lasku' } }, "File Name has a file name without extension: 'lasku'"],
		[
			{ fileName: 'квитанция.pdf' },
			{},
			'Binary field \'kuitti\' has a file name that contains "к" at character 1, which Procountor does not accept',
		],
	])('is refused for %j and %j', async (file, more, message) => {
		expect((await upload(file, more)).error?.message).toBe(message);
		expect(bench.sandbox.journal.to('POST /attachments')).toEqual([]);
	});
});

describe('Files with the same name in an item', () => {
	const picture = (text: string): IBinaryData => ({
		data: Buffer.from(text).toString('base64'),
		mimeType: 'image/png',
		fileName: 'image001.png',
	});
	const binary = {
		attachment_0: picture('a'),
		attachment_1: picture('b'),
		attachment_2: { ...picture('c'), fileName: 'image001-2.png' },
	};
	const many = async (id: string, options: INodeParameters) =>
		await bench.run(
			'attachment',
			'uploadMany',
			{ to: 'invoice', recordId: id, options },
			{ items: [{ json: {}, binary }] },
		);

	it('are refused with a message that names the option for them', async () => {
		const { error } = await many(invoiceId(), {});
		expect(error?.message).toBe("Binary field 'attachment_1' has the same file name as another: image001.png");
		expect(error?.description).toContain("choose 'Add a Number' under 'Files of the Same Name'");
	});

	it('get numbers, which are the same in a second run', async () => {
		const id = invoiceId();
		const names = ['image001.png', 'image001-2.png', 'image001-2-2.png'];
		const first = await many(id, { sameNames: 'number' });
		expect(first.error).toBeUndefined();
		expect(held(id)).toEqual(names);
		const again = await many(id, { sameNames: 'number' });
		expect(held(id)).toEqual(names);
		// A file that already exists is returned with its ID, from the record or from the list of attachments.
		const ids = first.items[0].map(({ json }) => json.id);
		expect(ids).toEqual(names.map(() => expect.any(Number)));
		expect(again.items[0].map(({ json }) => [json.id, json.wasAttached])).toEqual(ids.map((one) => [one, false]));
	});

	it('get numbers in a create operation too', async () => {
		const [saved] = await bench.json(
			'invoice',
			'create',
			{
				counterPartyName: 'Kahvila Oy',
				specifyRows: 'json',
				invoiceRowsJson: JSON.stringify([row]),
				additionalFields: { files: 'attachment_0, attachment_1', sameNames: 'number' },
			},
			{ items: [{ json: {}, binary }] },
		);
		expect(held(String(saved.id))).toEqual(['image001.png', 'image001-2.png']);
	});
});

it.each(['person', 'statementEvent'])('Upload Many returns the ID of a file that a %s already has', async (to) => {
	const isPerson = to === 'person';
	const [record] = await bench.json(isPerson ? 'person' : 'bankStatement', 'getAll', { limit: 1, simple: false });
	const recordId = String(isPerson ? record.id : (record.events as IDataObject[])[0].id);
	const items = [{ json: {}, binary: { data: inMemory() } }];
	const once = async () => (await bench.json('attachment', 'uploadMany', { to, recordId }, { items }))[0];
	const first = await once();
	expect(first.wasAttached).toBe(true);
	expect(await once()).toMatchObject({ id: first.id ?? 0, wasAttached: false });
});
