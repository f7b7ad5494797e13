/** Mark as Paid: the open amount in the invoice's currency, once, in parts, and after failures. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { parseDate } from '../../../nodes/Procountor/validation/dates';
import { DEMO } from '../../sandbox';
import { invoices } from '../../sandbox/records/invoices/model';
import { paymentsOf } from '../../sandbox/records/invoices/payments';
import type { RunResult, SavedCredential } from '../harness';
import { type Books, useBooks } from '../invoice/state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const MARK = { method: 'PUT', path: '/invoices/{invoiceId}/paymentevents/markpaid' };
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const marks = (): number => bench.sandbox.journal.to('PUT /invoices/{invoiceId}/paymentevents/markpaid').length;
const payments = (id: number) =>
	paymentsOf(bench.sandbox.world.company(DEMO.companyId), id).map(({ record }) => record);

/** A bill of 8.79 €: two cups at 3.50 € with 25.5 % VAT. */
const bill = (more: IDataObject = {}, status = 'APPROVED'): number =>
	bench.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', language: undefined, ...more },
		{ status: status as 'APPROVED' },
	).id;

async function mark(
	parameters: INodeParameters,
	{ items = [{}], settings }: { items?: IDataObject[]; settings?: Partial<INode> } = {},
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource: 'paymentEvent', operation: 'markAsPaid', ...parameters },
		credentials: { procountorApi: saved },
		items,
		settings,
	});
}

describe('Mark as Paid without an amount', () => {
	it("marks the whole open amount today in the invoice's currency", async () => {
		const id = bill({
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'SEK',
				currencyRate: 11.5,
				dueDate: '2026-10-15',
				bankAccount: { accountNumber: 'FI2112345600000785' },
			},
		});
		const [marked] = outputOf(await mark({ invoiceId: byId(id) }));
		const today = parseDate(new Date());
		expect(marked).toMatchObject({
			invoiceId: id,
			paidAmount: 8.79,
			paidCurrency: 'SEK',
			paymentDate: today.ok && today.value,
			openSum: 0,
			marked: true,
		});
		expect(books.invoice(id).status).toBe('MARKED_PAID');
	});

	it('marks the rest after a partial payment, and changes nothing in a second run', async () => {
		const id = bill();
		expect(outputOf(await mark({ invoiceId: byId(id), amount: '5,00', paymentDate: '1.10.2026' }))).toMatchObject([
			{ paidAmount: 5, openSum: 3.79 },
		]);
		expect(books.invoice(id).status).toBe('PARTLY_PAID');
		expect(outputOf(await mark({ invoiceId: byId(id), paymentDate: '2026-10-02' }))).toMatchObject([
			{ paidAmount: 3.79, paymentDate: '2026-10-02', openSum: 0 },
		]);
		for (const amount of ['', '8.79'])
			expect(outputOf(await mark({ invoiceId: byId(id), amount }))).toEqual([
				{ invoiceId: id, status: 'MARKED_PAID', openSum: 0, marked: false, changed: false },
			]);
		expect(payments(id).map(({ paidAmount }) => paidAmount)).toEqual([5, 3.79]);
	});

	it('does not mark an overpaid invoice', async () => {
		const id = bill({}, 'APPROVED');
		outputOf(await mark({ invoiceId: byId(id), amount: '10', paymentDate: '2026-10-01' }));
		bench.sandbox.backdoor.change('invoices', id, { status: 'PARTLY_PAID' });
		expect(outputOf(await mark({ invoiceId: byId(id) }))).toMatchObject([{ marked: false, openSum: 0 }]);
		expect(payments(id).map(({ paidAmount }) => paidAmount)).toEqual([10]);
	});

	it('marks a credit note with its negative amount', async () => {
		const id = bench.sandbox.backdoor.addInvoice(
			{
				invoiceRows: [
					{ product: 'Hyvitys', quantity: -1, unit: 'PIECE', unitPrice: 10, discountPercent: 0, vatPercent: 25.5 },
				],
			},
			{ status: 'SENT' },
		).id;
		expect(outputOf(await mark({ invoiceId: byId(id), paymentDate: '2026-10-01' }))).toMatchObject([
			{ paidAmount: -12.55, openSum: 0 },
		]);
		expect(books.invoice(id).status).toBe('MARKED_PAID');
	});
});

it('Partial payments of an invoice in one run are marked once each, even if n8n retries the node', async () => {
	const id = bill();
	const other = bill();
	bench.sandbox.faults.add({
		kind: 'status',
		status: 400,
		body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
		...MARK,
		after: 2,
		times: 1,
	});
	const items = [
		{ id, amount: 5 },
		{ id, amount: 0.1 + 0.2 },
		{ id: other, amount: '8.79' },
	];
	const made = outputOf(
		await mark(
			{ invoiceId: byId('={{ $json.id }}'), amount: '={{ $json.amount }}', paymentDate: '2026-10-01' },
			{ items, settings: retrying },
		),
	);
	expect(made.map(({ paidAmount }) => paidAmount)).toEqual([5, 0.3, 8.79]);
	expect(payments(id).map(({ paidAmount }) => paidAmount)).toEqual([5, 0.3]);
	expect(payments(other)).toHaveLength(1);
});

describe('A mark with an unknown outcome', () => {
	it('is found by day and amount if it took effect, and is not sent again', async () => {
		const id = bill();
		bench.sandbox.faults.add({ kind: 'cutAfter', ...MARK });
		expect(outputOf(await mark({ invoiceId: byId(id), amount: '5', paymentDate: '2026-10-01' }))).toMatchObject([
			{ paidAmount: 5, openSum: 3.79, marked: true },
		]);
		expect(marks()).toBe(1);
	});

	it('is reported as unclear if it did not take effect, and is repeated by a later run', async () => {
		const id = bill();
		bench.sandbox.faults.add({ kind: 'cutBefore', ...MARK });
		const parameters = { invoiceId: byId(id), paymentDate: '2026-10-01', additionalFields: { lookUp: 0.2 } };
		const result = await mark(parameters, { settings: retrying });
		expect(result.error?.message).toMatch(/^It is unclear whether invoice \d+ \(ID \d+\) was marked as paid/);
		expect(result.error?.description).toBe('Look at its payments in Procountor before you run this again.');
		expect(marks()).toBe(1);
		expect(outputOf(await mark(parameters))).toMatchObject([{ marked: true }]);
		expect(payments(id)).toHaveLength(1);
	});
});

describe('A mark that is not possible', () => {
	test.each<[string, IDataObject, string]>([
		['an amount of zero', { amount: '0,00' }, 'Amount is zero'],
		['an amount that is not a number', { amount: 'kaikki' }, 'Amount is not a number: "kaikki"'],
		['fractions of a cent', { amount: '8.795' }, 'Amount has 3 decimals, and at most 2 are allowed: 8.795'],
		['another currency', { currency: byId('USD') }, "Currency is USD, and the invoice's is EUR"],
		[
			'a date that does not exist',
			{ paymentDate: '31.9.2026' },
			'Payment Date is not a day of the calendar: "31.9.2026"',
		],
	])('is refused before sending because of %s', async (_what, more, message) => {
		const id = bill();
		expect((await mark({ invoiceId: byId(id), ...more } as INodeParameters)).error?.message).toContain(message);
		expect(marks()).toBe(0);
	});

	it.each([
		['UNFINISHED', 'Unfinished', 'Approve it first, or send it to circulation'],
		['INVALIDATED', 'Invalidated', 'needs an invoice that is approved or in circulation'],
	] as const)('is refused before sending if the invoice is %s', async (status, title, advice) => {
		const id = bill({}, status);
		const { error } = await mark({ invoiceId: byId(id) });
		expect(error?.message).toContain(`(ID ${id}) is ${title}; marking as paid needs an invoice that is approved`);
		expect(error?.message).toContain(advice);
		expect(marks()).toBe(0);
	});

	it('is rejected for a day in a closed period, and reported with its field', async () => {
		const { error } = await mark({ invoiceId: byId(bill()), paymentDate: '2025-12-31' });
		expect(error?.message).toBe('Payment Date: The date is in a fiscal year or tracking period that is closed');
		expect(error?.description).toContain('Use a date in an open period');
	});

	it('is rejected for an invoice that does not exist', async () => {
		expect((await mark({ invoiceId: byId(999_999) })).error?.message).toBe(
			'Procountor has no such record: invoice 999999',
		);
		expect(bench.sandbox.world.company(DEMO.companyId).register(invoices).get(999_999)).toBeUndefined();
	});
});
