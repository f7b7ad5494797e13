import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

/** An approved purchase invoice of 8.79 €. */
const approved = (): number =>
	bench.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', language: undefined, counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } } },
		{ status: 'APPROVED' },
	).id;

const invoice = async (id: unknown): Promise<IDataObject> =>
	(await bench.json('invoice', 'get', { invoiceId: String(id), simple: false }))[0];
const confirmed = async ({ transactionIdentifier }: IDataObject): Promise<unknown> =>
	await bench.steer(`/secondfactors/${String(transactionIdentifier)}/confirm`);

async function pay(invoiceId: unknown, more: INodeParameters = {}) {
	const { version } = await invoice(invoiceId);
	const row = {
		invoiceId: String(invoiceId),
		invoiceVersion: String(version),
		amount: 8.79,
		paymentDate: '2026-10-05',
		recipientName: 'Toimittaja Oy',
		recipientBankAccount: 'FI21 1234 5600 0007 85',
		paymentMethod: 'FINNISH_BANK_TRANSFER',
		...more,
	};
	return await bench.run('payment', 'create', { specifyRows: 'fields', payments: { row: [row] } });
}

it('An invoice is paid after a user confirms it, and the payment can be cancelled', async () => {
	const invoiceId = approved();
	const asked = await pay(invoiceId, { message: 'Lasku 4711' });
	const [{ json }] = asked.items[0];
	expect(json).toEqual({ transactionIdentifier: expect.any(String), confirmationApp: 'PROCOUNTOR_KEY' });
	expect(await invoice(invoiceId)).toMatchObject({ status: 'APPROVED' });
	await confirmed(json);
	expect(await invoice(invoiceId)).toMatchObject({ status: 'PAYMENT_QUEUED' });

	const [payment] = await bench.json('payment', 'getAll', {
		returnAll: true,
		filters: { invoiceId: String(invoiceId) },
	});
	expect(payment).toMatchObject({ invoiceId, amount: 8.79, status: 'PAYMENT_QUEUED', receiverName: 'Toimittaja Oy' });
	expect(await bench.json('payment', 'get', { paymentId: String(payment.id) })).toMatchObject([
		{ id: payment.id, receiverAccount: 'FI2112345600000785', message: 'Lasku 4711' },
	]);
	expect(
		await bench.json('payment', 'getEvents', { returnAll: true, invoiceId: `${invoiceId}, ${approved()}` }),
	).toMatchObject([{ id: payment.id, invoiceId }]);

	const [cancel] = await bench.json('payment', 'cancel', { paymentId: String(payment.id) });
	expect(cancel).toEqual({
		paymentId: payment.id,
		transactionIdentifier: expect.any(String),
		confirmationApp: 'PROCOUNTOR_KEY',
	});
	await confirmed(cancel);
	expect(await invoice(invoiceId)).toMatchObject({ status: 'APPROVED' });
});

it('A payment that the bank rejects is listed among the errors and can be deleted', async () => {
	const invoiceId = approved();
	const { items } = await pay(invoiceId);
	await confirmed(items[0][0].json);
	const [{ id }] = await bench.json('payment', 'getAll', {
		returnAll: true,
		filters: { invoiceId: String(invoiceId) },
	});
	await bench.steer(`/companies/${DEMO.companyId}/payments/${String(id)}/refuse`, { errorCode: 'AC04' });
	const errors = await bench.json('payment', 'getErrors', {
		returnAll: true,
		filters: { status: 'UNHANDLED', type: 'PAYMENT_ERROR' },
	});
	expect(errors).toMatchObject([{ errorCode: 'AC04', referenceId: invoiceId }]);

	const [removal] = await bench.json('payment', 'delete', { paymentId: String(id) });
	expect(removal).toMatchObject({ transactionIdentifier: expect.any(String), confirmationApp: 'PROCOUNTOR_KEY' });
	await confirmed(removal);
	expect((await bench.run('payment', 'get', { paymentId: String(id) })).error).toMatchObject({
		message: `Procountor has no such record: payment ${String(id)}`,
	});
});

it('Transfers without an invoice are ordered with one confirmation', async () => {
	const transfer = {
		recipientName: 'Verohallinto',
		recipientBankAccount: 'FI2112345600000785',
		paymentMethod: 'FINNISH_BANK_TRANSFER',
		paymentDate: '2026-10-05',
		currencyCode: 'EUR',
	};
	const rows = [
		{ ...transfer, amount: 100, customId: 'A', message: 'ALV' },
		{ ...transfer, amount: 250.5, customId: 'B', bankReferenceCode: '123453', bankReferenceCodeType: 'FI' },
	];
	const [asked] = await bench.json('payment', 'createBankTransfers', {
		specifyRows: 'fields',
		transfers: { row: rows },
	});
	await confirmed(asked);
	expect(
		await bench.json('payment', 'getAll', {
			returnAll: true,
			filters: { startDate: '2026-10-05', endDate: '2026-10-05' },
		}),
	).toMatchObject([{ amount: 250.5 }, { amount: 100 }]);
});

it('A changed invoice is not paid, and a wrong account is reported before sending', async () => {
	const invoiceId = approved();
	const stale = await pay(invoiceId, { invoiceVersion: '2026-01-01T00:00:00' });
	expect(stale.error?.message).toContain('changed by someone else');
	const sent = bench.sandbox.journal.to('POST /payments').length;
	const wrong = await pay(invoiceId, { recipientBankAccount: 'FI2112345600000786' });
	expect(wrong.error?.message).toContain('IBAN');
	const early = await pay(invoiceId, { paymentDate: '2026-10-01' });
	expect(early.error?.message).toContain('later than the current date');
	expect(bench.sandbox.journal.to('POST /payments')).toHaveLength(sent + 1);
});

it('A payment with an unknown outcome is not sent again', async () => {
	const invoiceId = approved();
	bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/payments' });
	const run = await pay(invoiceId);
	expect(run.error).toMatchObject({
		message: expect.stringContaining('unclear'),
		description: expect.stringContaining('Check in Procountor'),
	});
	expect(bench.sandbox.journal.to('POST /payments')).toHaveLength(1);
});
