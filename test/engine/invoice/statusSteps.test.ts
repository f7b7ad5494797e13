/** Status steps of invoices and journals that are already done or that the status does not allow. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { InvoiceFields, InvoiceStatus } from '../../sandbox/records/invoices/model';
import { DEMO } from '../../sandbox';
import { type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const puts = () => bench.asked().filter((call) => call.startsWith('PUT'));
const add = (status: InvoiceStatus, fields: Partial<InvoiceFields> = {}): number =>
	bench.sandbox.backdoor.addInvoice(fields, { status }).id;
const bill = (status: InvoiceStatus, fields: Partial<InvoiceFields> = {}): number =>
	add(status, { type: 'PURCHASE_INVOICE', invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] }, ...fields });
const byEmail: Partial<InvoiceFields> = {
	invoiceChannel: 'EMAIL',
	counterParty: { email: 'a@example.fi', counterPartyAddress: { name: 'Ostaja Oy' } },
};
const take = async (operation: string, id: number, more: INodeParameters = {}) =>
	await bench.run('invoice', operation, { invoiceId: byId(id), ...more });
const itemOf = async (operation: string, id: number, more: INodeParameters = {}): Promise<IDataObject> => {
	const { items, error } = await take(operation, id, more);
	if (error) throw new Error(error.message);
	return items[0][0].json;
};

describe('A repeated status step', () => {
	it.each<[string, () => number, string]>([
		['approve', () => add('UNFINISHED'), 'APPROVED'],
		['approve', () => add('UNFINISHED', byEmail), 'NOT_SENT'],
		['approve', () => bill('VERIFIED'), 'APPROVED'],
		['verify', () => bill('RECEIVED'), 'VERIFIED'],
		['send', () => add('NOT_SENT', byEmail), 'SENT'],
		['sendToCirculation', () => bill('UNFINISHED'), 'RECEIVED'],
		['invalidate', () => add('UNFINISHED'), 'INVALIDATED'],
		['reject', () => bill('RECEIVED'), 'PAYMENT_DENIED'],
		['markAsUnfinished', () => add('APPROVED'), 'UNFINISHED'],
	])('succeeds again and changes nothing: %s (case %#)', async (operation, make, status) => {
		const id = make();
		expect(await itemOf(operation, id)).toMatchObject({ invoiceId: id, changed: true });
		if (operation !== 'sendToCirculation') expect(books.invoice(id).status).toBe(status);
		bench.sandbox.journal.clear();
		expect(await itemOf(operation, id)).toMatchObject({
			invoiceId: id,
			changed: false,
			message: expect.stringMatching(new RegExp(`^Invoice \\d+ \\(ID ${id}\\) is .+ already \\(status `)),
		});
		expect(puts()).toEqual([]);
	});

	it.each<InvoiceStatus>(['NOT_SENT', 'SENT', 'PARTLY_PAID', 'PAID', 'MARKED_PAID'])(
		'leaves an approved sales invoice in %s unchanged',
		async (status) => {
			expect(await itemOf('approve', add(status, byEmail))).toMatchObject({ changed: false, status });
		},
	);

	it('is done once for two items with the same ID', async () => {
		const id = add('UNFINISHED');
		const items = await bench.json(
			'invoice',
			'approve',
			{ invoiceId: byId('={{ $json.id }}') },
			{ items: [{ id }, { id }] },
		);
		expect(items.map(({ changed }) => changed)).toEqual([true, false]);
	});

	it('reads all invoices of a run in one request', async () => {
		const ids = Array.from({ length: 30 }, () => add('UNFINISHED'));
		bench.sandbox.journal.clear();
		const items = await bench.json(
			'invoice',
			'approve',
			{ invoiceId: byId('={{ $json.id }}') },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(items.map(({ changed }) => changed)).toEqual(ids.map(() => true));
		expect(bench.asked().filter((call) => call.startsWith('GET'))).toEqual(['GET /invoices/{invoiceId}']);
	});

	it('counts as changed if n8n retries the node', async () => {
		const ids = [add('UNFINISHED'), add('INVALIDATED')];
		const { items } = await bench.run(
			'invoice',
			'approve',
			{ invoiceId: byId('={{ $json.id }}') },
			{
				items: ids.map((id) => ({ id })),
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0, onError: 'continueRegularOutput' },
			},
		);
		expect(items[0].map(({ json }) => json.changed)).toEqual([true, undefined]);
	});

	it('succeeds after a lost response and is sent once', async () => {
		const id = add('UNFINISHED');
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'PUT', path: '/invoices/{invoiceId}/approve' });
		expect(await itemOf('approve', id)).toMatchObject({ invoiceId: id, changed: true });
		expect(puts()).toHaveLength(1);
	});

	it("is sent again by n8n's retry if the status shows that no earlier request had an effect", async () => {
		const id = add('UNFINISHED');
		bench.sandbox.faults.add({ kind: 'cutBefore', method: 'PUT', path: '/invoices/{invoiceId}/approve', times: 3 });
		const { items } = await bench.run(
			'invoice',
			'approve',
			{ invoiceId: byId(id) },
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
		);
		expect(items[0].map(({ json }) => json.changed)).toEqual([true]);
		expect(puts()).toHaveLength(4);
	});

	it('sends an invoice to the customer again only if the option is on', async () => {
		const id = add('NOT_SENT', byEmail);
		await itemOf('send', id);
		bench.sandbox.journal.clear();
		expect(await itemOf('send', id)).toMatchObject({ changed: false, status: 'SENT' });
		expect(puts()).toEqual([]);
		expect(await itemOf('send', id, { options: { again: true } })).toMatchObject({ changed: true });
		expect(puts()).toEqual(['PUT /invoices/{invoiceId}/send']);
	});

	it('counts as sent if the customer has paid in the meantime', async () => {
		const sent = add('NOT_SENT', byEmail);
		await itemOf('send', sent);
		bench.sandbox.backdoor.change('invoices', sent, { status: 'PAID' });
		expect(await itemOf('send', sent)).toMatchObject({ changed: false, status: 'PAID' });
		expect((await take('send', add('PAID'))).error?.message).toMatch(/is Paid; sending needs Not Sent$/);
	});

	it('changes nothing for an approver who has approved while another approval is pending', async () => {
		const acceptors = [{ userId: 1001 }, { userId: 1004 }];
		const id = bill('VERIFIED', { invoiceApprovalInformation: { acceptors } });
		expect(await itemOf('approve', id)).toMatchObject({ changed: true });
		expect(books.invoice(id).status).toBe('VERIFIED');
		expect(await itemOf('approve', id)).toMatchObject({ changed: false, status: 'VERIFIED' });
	});

	it('changes nothing for journals', async () => {
		const { id } = bench.sandbox.backdoor.addJournal();
		const step = async (operation: string) =>
			(await bench.json('ledgerReceipt', operation, { receiptId: byId(id) }))[0].changed;
		for (const operation of ['approve', 'markAsUnfinished', 'invalidate'])
			expect([await step(operation), await step(operation)]).toEqual([true, false]);
	});

	it('changes nothing for Mark as Paid', async () => {
		const id = add('SENT');
		const mark = async () =>
			(await bench.json('paymentEvent', 'markAsPaid', { invoiceId: byId(id), paymentDate: '2026-10-01' }))[0].changed;
		expect([await mark(), await mark()]).toEqual([true, false]);
	});
});

describe('A status step that is not allowed', () => {
	it.each<[string, () => number, string]>([
		['send', () => add('UNFINISHED', byEmail), 'is Unfinished; sending needs Not Sent. Approve it first'],
		[
			'send',
			() => add('APPROVED'),
			"is Approved; sending needs Not Sent. Its channel is 'No Sending': choose another channel before it is approved",
		],
		['send', () => bill('APPROVED'), 'is Approved; sending is for sales invoices only, and this is a purchase invoice'],
		['approve', () => bill('RECEIVED'), 'is Received; approving needs Verified. Verify it first'],
		['approve', () => add('INVALIDATED'), 'is Invalidated; approving needs Unfinished. Use Mark as Unfinished first'],
		['verify', () => bill('UNFINISHED'), 'is Unfinished; verifying needs Received. Send it to circulation first'],
		[
			'verify',
			() => add('UNFINISHED'),
			'is Unfinished; verifying is for purchase invoices, travel invoices and expense claims only, and this is a sales invoice',
		],
		[
			'invalidate',
			() => add('PAID'),
			'is Paid; invalidating needs an invoice without payments. Remove its payments first, or credit the invoice',
		],
		[
			'reject',
			() => add('INVALIDATED'),
			'is Invalidated; rejecting is no longer possible. Use Mark as Unfinished first',
		],
		[
			'sendToCirculation',
			() => bill('UNFINISHED', { invoiceApprovalInformation: {} }),
			'is Unfinished; sending to circulation needs approvers, and it has none. Set the approvers on the invoice, or default ones for the company or the supplier',
		],
		[
			'approve',
			() => bill('VERIFIED', { invoiceApprovalInformation: { acceptors: [{ userId: 1002 }] } }),
			"is Verified; it waits for the approval of the users with ID 1002, not of this credential's user",
		],
	])('reports the status and what is needed: %s (case %#)', async (operation, make, ending) => {
		const id = make();
		const { error } = await take(operation, id);
		const { invoiceNumber, status } = books.invoice(id);
		expect(error?.message).toBe(`Invoice ${invoiceNumber} (ID ${id}) ${ending}`);
		expect(books.invoice(id).status).toBe(status);
	});

	it('refers to the invoice if the receipt belongs to one', async () => {
		const receiptId = books.invoice(add('UNFINISHED')).ledgerReceiptId;
		const { error } = await bench.run('ledgerReceipt', 'approve', { receiptId: byId(receiptId) });
		expect(error?.message).toMatch(
			/^Receipt .* approving is for journals only. Use the operation of the same name on its/,
		);
	});
});

describe('A missing right', () => {
	const as = (key: keyof typeof DEMO.keys) => ({ credential: bench.credential({ apiKey: DEMO.keys[key] }) });
	const refusal = async (
		resource: string,
		operation: string,
		parameters: INodeParameters,
		key: keyof typeof DEMO.keys = 'viewer',
	) => (await bench.run(resource, operation, parameters, as(key))).error;

	it.each<[string, string, () => INodeParameters, string]>([
		['invoice', 'approve', () => ({ invoiceId: byId(add('UNFINISHED')) }), 'Sales > Sales or group invoices'],
		[
			'invoice',
			'approve',
			() => ({ invoiceId: byId(bill('VERIFIED', { invoiceApprovalInformation: {} })) }),
			'Invoice circulation > Approval',
		],
		['invoice', 'verify', () => ({ invoiceId: byId(bill('RECEIVED')) }), 'Invoice circulation > Verification'],
		['invoice', 'invalidate', () => ({ invoiceId: byId(bill('RECEIVED')) }), 'Purchases > Purchase invoices'],
		['paymentEvent', 'markAsPaid', () => ({ invoiceId: byId(add('SENT')) }), 'Payments > Mark as paid'],
		[
			'ledgerReceipt',
			'approve',
			() => ({ receiptId: byId(bench.sandbox.backdoor.addJournal().id) }),
			'Accounting > Journal receipts',
		],
		[
			'businessPartner',
			'create',
			() => ({ type: 'CUSTOMER', name: 'Uusi Oy', additionalFields: { bodyJson: '{"invoicingInfo":{}}' } }),
			'Sales > Customer register',
		],
	])('is named with its place for %s: %s (case %#)', async (resource, operation, parameters, right) => {
		const error = await refusal(resource, operation, parameters());
		expect(error?.message).toContain(
			`lacks the right '${right}', which is granted under Management > Users and user rights`,
		);
		expect(error).toMatchObject({ httpCode: '403' });
	});

	it('is named for a read request too', async () => {
		const error = await refusal('product', 'get', { productId: byId(books.product('KAH-001')) }, 'nobody').catch(
			() => undefined,
		);
		expect(error?.message ?? '').toMatch(
			/lacks the right 'Sales > Product register' or 'Purchases > Product register'/,
		);
	});

	it('is not reported if Documents is off in the usage settings', async () => {
		bench.sandbox.world.company(DEMO.companyId).settings.documentsActivated = false;
		const error = await refusal('attachment', 'getAll', { returnAll: true }, 'admin');
		expect(error?.message).toContain(
			"check that 'Documents' is on under Management > Company info > Usage settings > Documents",
		);
	});

	it('is not reported if the user has the right', async () => {
		const id = bill('RECEIVED');
		bench.sandbox.backdoor.change('invoices', id, { date: '2020-01-01' });
		const error = await refusal('invoice', 'invalidate', { invoiceId: byId(id) }, 'admin');
		expect(error?.message).toContain("though the user has the right 'Purchases > Purchase invoices'");
	});
});

describe('A number instead of an ID', () => {
	const message = async (resource: string, parameters: INodeParameters, operation = 'get') =>
		(await bench.run(resource, operation, parameters)).error?.message;

	it('is reported with the ID of the invoice, for Get and for status steps', async () => {
		const id = add('UNFINISHED');
		const number = books.invoice(id).invoiceNumber;
		const expected = `Procountor has no such record: invoice ${number}. ${number} is the invoice number of the record with ID ${id}: use that ID`;
		expect(await message('invoice', { invoiceId: String(number) })).toBe(expected);
		expect(await message('invoice', { invoiceId: byId(number) }, 'approve')).toBe(expected);
	});

	it('is recognized as an own invoice number, a customer number, or the invoice number of a receipt', async () => {
		const id = add('UNFINISHED', { originalInvoiceNumber: '770011' });
		expect(await message('invoice', { invoiceId: '770011' })).toContain(
			`own invoice number of the record with ID ${id}`,
		);
		const customer = books.partner('1001');
		expect(await message('businessPartner', { businessPartnerId: byId(1001) })).toContain(
			`customer number of the record with ID ${customer}`,
		);
		const { invoiceNumber, ledgerReceiptId } = books.invoice(id);
		expect(await message('ledgerReceipt', { receiptId: String(invoiceNumber) })).toContain(
			`invoice number of the record with ID ${ledgerReceiptId}`,
		);
	});

	it('is recognized as a person number or a product code', async () => {
		const person = books.partner('9002');
		expect(await message('person', { personId: byId(9002) })).toBe(
			`Procountor has no such record: person 9002. 9002 is the person number of the record with ID ${person}: use that ID`,
		);
		const product = books.product('KAH-001');
		bench.sandbox.backdoor.change('products', product, { code: '80088' });
		const { error } = await bench.run('product', 'get', { productId: byId(80088) });
		expect(error?.message).toBe(
			`Procountor has no such record: product 80088. 80088 is the product code of the record with ID ${product}: use that ID`,
		);
		expect(error?.description).toBe("To search by code, use Product: Get Many with the filter 'Code'.");
	});

	it('leads to a hint about the search by number if no record has it', async () => {
		const { error } = await bench.run('invoice', 'get', { invoiceId: '99999999' });
		expect(error?.message).toBe('Procountor has no such record: invoice 99999999');
		expect(error?.description).toContain("To search by number, use Invoice: Get Many with the filter 'Invoice Number'");
	});
});
