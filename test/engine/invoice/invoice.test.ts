import type { IDataObject } from 'n8n-workflow';
import { type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const json = async (operation: string, parameters: Parameters<Bench['json']>[2]) =>
	await bench.json('invoice', operation, parameters);

it('A draft is found, changed, approved, reopened, annotated, and invalidated', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice({ originalInvoiceNumber: 'D-1' });
	expect(
		await json('getAll', {
			returnAll: true,
			filters: { originalInvoiceNumber: 'D-1', types: ['SALES_INVOICE'], status: ['UNFINISHED'] },
		}),
	).toMatchObject([{ id, partnerName: 'Ostaja Oy' }]);
	const rows = [{ product: 'Kuppi', quantity: 3, unit: 'kpl', unitPrice: 3.5, discountPercent: 0, vatPercent: 25.5 }];
	const [changed] = await json('update', {
		invoiceId: byId(id),
		updateFields: {
			orderReference: 'PO-7',
			dueDate: '2026-10-31',
			counterPartyCity: 'Turku',
			invoiceRows: JSON.stringify(rows),
		},
	});
	expect(changed).toMatchObject({ id, dueDate: '2026-10-31' });
	expect(books.invoice(id)).toMatchObject({
		orderReference: 'PO-7',
		originalInvoiceNumber: 'D-1',
		counterParty: { counterPartyAddress: { name: 'Ostaja Oy', city: 'Turku' } },
		invoiceRows: [{ quantity: 3, unit: 'PIECE' }],
	});
	expect(books.sums(id)).toEqual({ net: 10.5, vat: 2.68, total: 13.18 });

	expect(await json('approve', { invoiceId: byId(id) })).toMatchObject([{ message: expect.any(String) }]);
	expect(books.invoice(id).status).toBe('APPROVED');
	const refused = await bench.run('invoice', 'update', {
		invoiceId: byId(id),
		updateFields: { orderReference: 'PO-8' },
	});
	expect(refused.error).toMatchObject({ httpCode: '403' });
	await json('setNotes', { invoiceId: byId(id), notes: 'Soitettu\nasiakkaalle' });
	expect(books.invoice(id).notes).toBe('Soitettu\nasiakkaalle');
	await json('markAsUnfinished', { invoiceId: byId(id) });
	expect(books.invoice(id).status).toBe('UNFINISHED');
	await json('invalidate', { invoiceId: byId(id) });
	expect(books.invoice(id).status).toBe('INVALIDATED');

	const actions = (await json('getHistory', { returnAll: true, invoiceId: byId(id) })).map(({ action }) => action);
	expect(actions).toEqual(['APPROVAL', 'UNFINISHED']);
	const other = bench.sandbox.backdoor.addInvoice().id;
	await json('approve', { invoiceId: byId(other) });
	const histories = await json('getHistories', { returnAll: true, invoiceIds: `${id}, ${other}` });
	expect(histories.map(({ invoiceId, transactions }) => [invoiceId, (transactions as IDataObject[]).length])).toEqual([
		[id, 2],
		[other, 1],
	]);
});

it('Invoices of several items are read in one request and returned in item order', async () => {
	const ids = Array.from({ length: 5 }, () => bench.sandbox.backdoor.addInvoice().id);
	bench.sandbox.journal.clear();
	const order = [ids[3], ids[0], ids[4]];
	expect(
		(await bench.json('invoice', 'get', { invoiceId: '={{ $json.id }}' }, { items: order.map((id) => ({ id })) })).map(
			({ id }) => id,
		),
	).toEqual(order);
	expect(bench.sandbox.journal.to('GET /invoices/{invoiceId}')).toHaveLength(1);
	const { error } = await bench.run('invoice', 'get', { invoiceId: `${ids[0]},999999` });
	expect(error?.message).toBe('Procountor has no such record: invoice 999999');
});

it('Offers are excluded, returned alone, or included, depending on the option', async () => {
	const offer = bench.sandbox.backdoor.addInvoice({
		type: 'SALES_ORDER',
		isOffer: true,
		originalInvoiceNumber: 'X-1',
	}).id;
	const order = bench.sandbox.backdoor.addInvoice({ type: 'SALES_ORDER', originalInvoiceNumber: 'X-1' }).id;
	const shown = async (show: string) =>
		(await json('getAll', { returnAll: true, show, filters: { originalInvoiceNumber: 'X-1' } })).map(({ id }) => id);
	expect(await shown('invoices')).toEqual([order]);
	expect(await shown('offers')).toEqual([offer]);
	expect((await shown('all')).sort()).toEqual([offer, order].sort());
});

it('A page of the image is downloaded as a file, and a missing page is reported', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice();
	const { items } = await bench.run('invoice', 'downloadImage', {
		invoiceId: byId(id),
		binaryPropertyName: 'kuva',
		options: { page: 1, format: 'JPG' },
	});
	expect(items[0][0].binary?.kuva).toMatchObject({ mimeType: 'image/jpeg', fileName: `invoice-${id}-1.jpg` });
	expect(
		(await bench.run('invoice', 'downloadImage', { invoiceId: byId(id), options: { page: 7 } })).error,
	).toMatchObject({ httpCode: '404' });
});

it('A sent invoice can be sent again, but a draft cannot be sent', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice({
		invoiceChannel: 'EMAIL',
		counterParty: { email: 'a@example.fi', counterPartyAddress: { name: 'Ostaja Oy' } },
	});
	expect((await bench.run('invoice', 'send', { invoiceId: byId(id) })).error?.message).toMatch(
		/is Unfinished; sending needs Not Sent. Approve it first$/,
	);
	await json('approve', { invoiceId: byId(id) });
	await json('send', { invoiceId: byId(id) });
	await json('send', { invoiceId: byId(id), options: { again: true } });
	expect(books.invoice(id).status).toBe('SENT');
});

it('A bill is circulated, verified, and set back to unfinished', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] } },
		{ status: 'UNFINISHED' },
	);
	await json('sendToCirculation', { invoiceId: byId(id) });
	await json('verify', { invoiceId: byId(id), additionalFields: { comment: 'Ok' } });
	expect(books.invoice(id).status).toBe('VERIFIED');
	expect(
		(await bench.run('invoice', 'verify', { invoiceId: byId(id), additionalFields: { comment: 'x'.repeat(101) } }))
			.error?.message,
	).toBe('Comment is longer than 100 characters (101)');
	await json('markAsUnfinished', { invoiceId: byId(id) });
	expect(books.invoice(id).status).toBe('UNFINISHED');
});
