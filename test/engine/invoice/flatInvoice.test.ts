/** The columns of a simplified invoice in every operation. */
import type { IDataObject } from 'n8n-workflow';
import type { InvoiceStatus } from '../../sandbox/records/invoices/model';
import { startBench, type Bench } from '../support';
import { asJson } from './state';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const LINE = [
	'id',
	'invoiceNumber',
	'originalInvoiceNumber',
	'type',
	'status',
	'date',
	'dueDate',
	'partnerName',
	'net',
	'vat',
	'total',
	'open',
	'currency',
	'referenceNumber',
];
const FULL = [...LINE, 'ledgerReceiptId', 'invoiceRows'];
const row = { product: 'Konsultointi', quantity: '10', unitPrice: '100', vatPercent: '25.5' };
const create = async (parameters: IDataObject = {}): Promise<IDataObject> =>
	(await bench.json('invoice', 'create', { counterPartyName: 'Kahvila', ...asJson([row]), ...parameters } as never))[0];

describe('Simplified invoice', () => {
	it('starts with the same columns in every operation', async () => {
		const made = await create({ originalInvoiceNumber: 'F-1', after: 'approve' });
		const invoiceId = String(made.id);
		const [got] = await bench.json('invoice', 'get', { invoiceId });
		const [withFiles] = await bench.json('invoice', 'getWithFiles', { invoiceId });
		const [listed] = await bench.json('invoice', 'getAll', { filters: { originalInvoiceNumber: 'F-1' } });
		const [detailed] = await bench.json('invoice', 'getAll', {
			includeDetails: true,
			filters: { originalInvoiceNumber: 'F-1' },
		});
		const [credit] = await bench.json('invoice', 'credit', { invoiceId });
		const draft = await create();
		const [updated] = await bench.json('invoice', 'update', {
			invoiceId: String(draft.id),
			updateFields: { notes: 'Tarkistettu' },
		});
		expect(Object.keys(listed)).toEqual(LINE);
		expect(Object.keys(made)).toEqual([...FULL, 'wasCreated', 'done']);
		expect(Object.keys(got)).toEqual(FULL);
		expect(Object.keys(withFiles)).toEqual([...FULL, 'files']);
		expect(Object.keys(detailed)).toEqual(FULL);
		expect(Object.keys(credit)).toEqual([...FULL, 'creditedInvoiceId', 'wasCreated', 'done']);
		expect(Object.keys(updated)).toEqual(FULL);
		const line = { net: 1000, vat: 255, total: 1255, open: 1255, currency: 'EUR', partnerName: 'Kahvila' };
		expect([made, got, listed]).toEqual([line, line, line].map((one) => expect.objectContaining(one)));
	});

	it('has an open amount of the total, zero, or null depending on its status', async () => {
		const open = async (status: InvoiceStatus): Promise<unknown> => {
			const { id } = bench.sandbox.backdoor.addInvoice({}, { status });
			return (await bench.json('invoice', 'get', { invoiceId: String(id) }))[0].open;
		};
		expect(await open('SENT')).toBeGreaterThan(0);
		for (const status of ['UNFINISHED', 'PAID', 'MARKED_PAID', 'INVALIDATED'] as const)
			expect(await open(status)).toBe(0);
		expect(await open('PARTLY_PAID')).toBeNull();
	});
});
