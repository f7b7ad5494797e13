/** Steps on records with an unsuitable status or type, and numbers given instead of IDs. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { InvoiceFields, InvoiceStatus } from '../../sandbox/records/invoices/model';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench, type RunMore } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const add = (status: InvoiceStatus, fields: Partial<InvoiceFields> = {}): number =>
	bench.sandbox.backdoor.addInvoice(fields, { status }).id;
const bill = (status: InvoiceStatus): number =>
	add(status, { type: 'PURCHASE_INVOICE', invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] } });
const writes = (): string[] => bench.asked().filter((call) => !call.startsWith('GET'));
const step = async (resource: string, operation: string, parameters: INodeParameters, more?: RunMore) =>
	await bench.run(resource, operation, parameters, more);
const message = async (resource: string, operation: string, parameters: INodeParameters): Promise<string> =>
	(await step(resource, operation, parameters)).error?.message ?? 'no error';

describe('Order', () => {
	const ORDERS = ['SALES_ORDER', 'PURCHASE_ORDER'] as const;
	const STEPS = [
		['approve', 'approving'],
		['invalidate', 'invalidating'],
		['markAsUnfinished', 'marking as unfinished'],
		['reject', 'rejecting'],
	];
	it.each(ORDERS.flatMap((type) => STEPS.map(([operation, word]) => [type, operation, word] as const)))(
		'is refused with the types that the step supports: %s, %s',
		async (type, operation, word) => {
			const id = add('NOT_SENT', { type });
			bench.sandbox.journal.clear();
			expect(await message('invoice', operation, { invoiceId: byId(id) })).toBe(
				`Invoice ${books.invoice(id).invoiceNumber} (ID ${id}) is Not Sent; ${word} is for sales invoices, purchase invoices, travel invoices and expense claims only, and this is a ${type.replace('_', ' ').toLowerCase()}`,
			);
			expect(writes()).toEqual([]);
		},
	);

	it.each(ORDERS)('is neither marked as paid nor credited: %s', async (type) => {
		const id = add('NOT_SENT', { type });
		bench.sandbox.journal.clear();
		expect(await message('paymentEvent', 'markAsPaid', { invoiceId: byId(id) })).toContain(
			`is a ${type.replace('_', ' ').toLowerCase()}; only invoices can be marked as paid`,
		);
		expect(await message('invoice', 'credit', { invoiceId: byId(id) })).toContain(
			'Invoice is not a sales invoice but a',
		);
		expect(writes()).toEqual([]);
	});
});

describe('Repeated step', () => {
	it.each<[string, string, InvoiceStatus]>([
		['reject', 'a rejected bill', 'PAYMENT_DENIED'],
		['invalidate', 'an invalidated bill', 'INVALIDATED'],
		['verify', 'a paid bill', 'PAID'],
		['verify', 'a bill whose payment is queued', 'PAYMENT_QUEUED'],
		['approve', 'a bill that was sent to the bank', 'PAYMENT_SENT_TO_BANK'],
		['sendToCirculation', 'a bill that is marked as paid', 'MARKED_PAID'],
	])('%s does not change %s', async (operation, _name, status) => {
		const id = bill(status);
		bench.sandbox.journal.clear();
		expect((await step('invoice', operation, { invoiceId: byId(id) })).items[0][0].json).toMatchObject({
			changed: false,
			status,
		});
		expect(writes()).toEqual([]);
	});

	it('rejects an approved bill only once', async () => {
		const id = bill('APPROVED');
		const take = async () => (await bench.json('invoice', 'reject', { invoiceId: byId(id) }))[0].changed;
		expect([await take(), await take()]).toEqual([true, false]);
		expect(books.invoice(id).status).toBe('PAYMENT_DENIED');
	});

	it('does not send a credit again', async () => {
		const counterParty = { email: 'a@example.fi', counterPartyAddress: { name: 'Ostaja Oy' } };
		const original = add('SENT', { invoiceChannel: 'EMAIL', counterParty });
		const [{ id }] = await bench.json('invoice', 'credit', { invoiceId: byId(original), after: 'send' });
		expect(books.invoice(id).status).toBe('SENT');
		bench.sandbox.journal.clear();
		expect(await bench.json('invoice', 'send', { invoiceId: byId(id) })).toMatchObject([{ changed: false }]);
		expect(writes()).toEqual([]);
	});

	it('approves a salary slip, or cancels its approval, only once', async () => {
		const salarySlipId = byId((await slip()).id);
		const take = async (operation: string) =>
			(await bench.json('salary', operation, { salarySlipId }))[0] as { changed: boolean; message: string };
		expect((await take('cancelSlipApproval')).changed).toBe(false);
		expect((await take('approveSlip')).changed).toBe(true);
		expect(await take('approveSlip')).toMatchObject({
			changed: false,
			message: expect.stringMatching(/^Salary slip \d+ \(ID \d+\) is approved already \(status Approved\)$/),
		});
		expect((await take('cancelSlipApproval')).changed).toBe(true);
		expect((await take('cancelSlipApproval')).changed).toBe(false);
		bench.sandbox.backdoor.change('salarySlips', Number(salarySlipId.value), { status: 'PAID' });
		expect((await take('approveSlip')).changed).toBe(false);
		expect(await message('salary', 'cancelSlipApproval', { salarySlipId })).toMatch(
			/^Salary slip \d+ \(ID \d+\) is Paid; cancelling the approval needs Approved$/,
		);
		bench.sandbox.backdoor.change('salarySlips', Number(salarySlipId.value), { status: 'INVALIDATED' });
		expect(await message('salary', 'approveSlip', { salarySlipId })).toMatch(
			/is Invalidated; approving needs Created or In Correction$/,
		);
	});
});

/** A salary slip for November. */
async function slip(): Promise<IDataObject> {
	const day = '2026-11-13';
	const [{ id }] = await bench.json('employee', 'getAll', { returnAll: true });
	const [list] = await bench.json('salary', 'createList', {
		name: 'Palkat 11/2026',
		paymentPeriodStart: '2026-11-01',
		paymentPeriodEnd: '2026-11-30',
		payday: day,
		dueDate: day,
		accountingDate: day,
		specifyEmployees: 'fields',
		employees: { row: [{ employeeId: String(id) }] },
	});
	return (list.salarySlips as IDataObject[])[0];
}

describe('Mark as Paid', () => {
	const mark = async (id: number, amount?: string) =>
		await step('paymentEvent', 'markAsPaid', {
			invoiceId: byId(id),
			paymentDate: '2026-10-01',
			...(amount === undefined ? {} : { amount }),
		});

	it.each<[InvoiceStatus, string]>([
		['PAYMENT_DENIED', 'Payment Denied'],
		['INVALIDATED', 'Invalidated'],
		['UNFINISHED', 'Unfinished'],
	])('refuses a bill with status %s before it sends anything', async (status, title) => {
		const id = bill(status);
		bench.sandbox.journal.clear();
		expect((await mark(id)).error?.message).toContain(`is ${title}; marking as paid needs an invoice that is approved`);
		expect(writes()).toEqual([]);
	});

	it.each(['-5', '−5,00', '-8.79'])('refuses %s, which would increase the open amount', async (amount) => {
		const id = add('SENT');
		bench.sandbox.journal.clear();
		const { error } = await mark(id, amount);
		expect(error?.message).toMatch(/^Amount is -\d\.\d\d, but 8\.79 of invoice \d+ \(ID \d+\) is open$/);
		expect(error?.description).toContain('Payment Event: Delete');
		expect(writes()).toEqual([]);
	});

	it('accepts a negative amount for a credit and refuses a positive one', async () => {
		const row = {
			product: 'Hyvitys',
			quantity: -1,
			unit: 'PIECE',
			unitPrice: 10,
			discountPercent: 0,
			vatPercent: 25.5,
		};
		const id = add('SENT', { invoiceRows: [row] } as Partial<InvoiceFields>);
		expect((await mark(id, '12.55')).error?.message).toMatch(/^Amount is 12\.55, but -12\.55 of invoice/);
		expect((await mark(id, '-2,55')).items[0][0].json).toMatchObject({ marked: true, paidAmount: -2.55, openSum: -10 });
	});

	it('warns if the amount exceeds the open amount', async () => {
		const run = await mark(add('SENT'), '87,90');
		expect(run.items[0][0].json).toMatchObject({
			marked: true,
			warnings: [
				expect.stringMatching(/^87\.90 was marked as paid, but only 8\.79 of invoice \d+ \(ID \d+\) was open$/),
			],
		});
		expect(run.hints).toHaveLength(1);
	});

	it('warns if a payment is queued', async () => {
		expect((await mark(bill('PAYMENT_QUEUED'))).items[0][0].json.warnings).toEqual([
			expect.stringMatching(/has a payment that is Payment Queued: cancel it, or the invoice is paid twice$/),
		]);
	});

	it('does not warn if the amount is the open amount', async () => {
		const run = await mark(add('SENT'), '8.79');
		expect(run.items[0][0].json).not.toHaveProperty('warnings');
		expect(run.hints).toEqual([]);
	});
});

describe('Number instead of an ID', () => {
	it.each<[string, string, IDataObject]>([
		['invoice', 'credit', {}],
		['invoice', 'setAccounts', { postings: { row: [{ account: '3000' }] } }],
		['invoice', 'getHistory', {}],
		['invoice', 'setNotes', { notes: 'x' }],
		['paymentEvent', 'markAsPaid', {}],
		['invoiceComment', 'create', { comment: 'x' }],
	])('is reported with the ID of the invoice by %s: %s', async (resource, operation, more) => {
		const id = add('SENT');
		const number = books.invoice(id).invoiceNumber;
		expect(await message(resource, operation, { invoiceId: byId(number), ...more } as INodeParameters)).toContain(
			`${number} is the invoice number of the record with ID ${id}: use that ID`,
		);
	});

	it('is reported with the ID of the invoice by Pay Invoices, which pays nothing', async () => {
		const id = bill('APPROVED');
		const number = books.invoice(id).invoiceNumber;
		expect(await message('payment', 'payInvoices', { invoiceIds: String(number) })).toBe(
			`Item 1: invoice ${number} was not found, so nothing was paid. ${number} is the invoice number of the record with ID ${id}: use that ID`,
		);
		expect(writes()).toEqual([]);
	});

	it('is reported with the ID of the salary slip or the employee', async () => {
		const { id } = await slip();
		const [{ slipNumber, employeeId }] = await bench.json('salary', 'getSlip', {
			salarySlipId: byId(id),
			simple: false,
		});
		for (const operation of ['getSlip', 'approveSlip', 'getSlipAccounting'])
			expect(await message('salary', operation, { salarySlipId: byId(slipNumber) })).toContain(
				`${String(slipNumber)} is the slip number of the record with ID ${String(id)}: use that ID`,
			);
		const employee = (await bench.json('employee', 'getAll', { returnAll: true })).find((one) => one.id === employeeId);
		const number = String(employee?.personNumber);
		expect(await message('employee', 'getHolidayPay', { employeeId: byId(number) })).toContain(
			`${number} is the person number of the record with ID ${String(employeeId)}: use that ID`,
		);
	});

	it.each<[string, string, string, string]>([
		['invoice', 'get', 'invoiceId', 'WEB-12'],
		['invoice', 'credit', 'invoiceId', 'WEB-12'],
		['invoice', 'setAccounts', 'invoiceId', 'WEB-12'],
		['product', 'update', 'productId', 'KAH-001'],
		['businessPartner', 'getDefaultAccounts', 'businessPartnerId', '0112038-9'],
		['bankAccount', 'get', 'bankAccountId', 'FI2112345600000785'],
		['payment', 'payInvoices', 'invoiceIds', 'WEB-12'],
	])(
		'is refused by %s: %s if %s contains a code, with advice to use Get Many',
		async (resource, operation, field, code) => {
			bench.sandbox.journal.clear();
			const given = ['invoiceIds', 'invoiceId'].includes(field) && operation === 'get' ? code : byId(code);
			const { error } = await step(resource, operation, {
				[field]: field === 'invoiceIds' ? code : given,
				postings: { row: [{ account: '3000' }] },
				updateFields: { name: 'x' },
			});
			expect(error?.message).toContain(`is not an ID: "${code}"`);
			expect(error?.description).toContain('To find a record by its number, code or name, use Get Many');
			expect(bench.asked()).toEqual([]);
		},
	);

	it.each<[string, () => number]>([
		['get', () => add('SENT')],
		['credit', () => add('SENT')],
		['setAccounts', () => bill('RECEIVED')],
		['approve', () => bill('VERIFIED')],
	])('is accepted by %s if it is an ID with zero decimals', async (operation, addOne) => {
		const id = addOne();
		const value = operation === 'get' ? `${id}.0` : byId(`${id}.0`);
		bench.sandbox.journal.clear();
		const { error } = await step('invoice', operation, {
			invoiceId: value,
			postings: { row: [{ account: '4090' }] },
		});
		expect(error).toBeUndefined();
		const asked = bench.sandbox.journal.to('GET /invoices/{invoiceId}').map(({ path }) => path.split('/').at(-1));
		expect(asked).toContain(String(id));
		expect(bench.sandbox.journal.entries.filter(({ status }) => status !== 200)).toEqual([]);
	});
});
