import type { INodeParameters } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const status = async (id: number): Promise<unknown> =>
	(await bench.json('invoice', 'get', { invoiceId: String(id) }))[0].status;

it('An invoice is marked as paid in two parts, and one part is deleted after a confirmation', async () => {
	// Two cups at 3.50 €, with 25.5 % VAT.
	const { id } = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
	const part = { invoiceId: byId(id), paymentDate: '2026-10-01', currency: 'EUR' };
	const [first] = await bench.json('paymentEvent', 'markAsPaid', {
		...part,
		amount: 5,
		additionalFields: { paymentMethodType: 'CHARGE_CARD', description: 'Kortti' },
	});
	expect(first).toMatchObject({ invoiceId: id, paidAmount: 5, description: 'Kortti' });
	expect(await status(id)).toBe('PARTLY_PAID');
	await bench.json('paymentEvent', 'markAsPaid', { ...part, amount: 3.79 });
	expect(await status(id)).toBe('MARKED_PAID');

	expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(id) })).toMatchObject([
		{ paidAmount: 3.79 },
		{ paidAmount: 5 },
	]);
	expect(
		await bench.json('paymentEvent', 'get', { invoiceId: byId(id), paymentEventId: String(first.id) }),
	).toMatchObject([{ id: first.id, paidAmount: 5, status: first.status }]);

	const [asked] = await bench.json('paymentEvent', 'delete', { invoiceId: byId(id), paymentEventId: String(first.id) });
	expect(asked).toMatchObject({ transactionIdentifier: expect.any(String), confirmationApp: 'PROCOUNTOR_KEY' });
	expect(asked).not.toHaveProperty('deleted');
	await bench.steer(`/secondfactors/${String(asked.transactionIdentifier)}/confirm`);
	expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(id) })).toMatchObject([
		{ paidAmount: 3.79 },
	]);
	expect(await status(id)).toBe('PARTLY_PAID');
});

it('An invoice that cannot be marked as paid is refused with the reason', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice();
	const mark = async (more: INodeParameters) =>
		(
			await bench.run('paymentEvent', 'markAsPaid', {
				invoiceId: byId(id),
				paymentDate: '2026-10-01',
				amount: 5,
				currency: 'EUR',
				...more,
			})
		).error;
	expect((await mark({}))?.message).toContain('is Unfinished; marking as paid needs an invoice that is approved');
	bench.sandbox.backdoor.change('invoices', id, { status: 'SENT' });
	expect((await mark({ currency: 'SEK' }))?.message).toBe("Currency is SEK, and the invoice's is EUR");
	expect((await mark({ paymentDate: '2026-02-01' }))?.message).toMatch(/^Payment Date: /);
	expect((await mark({ paymentDate: 'eilen' }))?.message).toMatch(/^Payment Date /);
});
