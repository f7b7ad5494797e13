/** A write whose outcome is unknown, and whose effect cannot be read either, is reported as unclear and sent once. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { paymentsOf } from '../../sandbox/records/invoices/payments';
import { asJson, type Books, useBooks } from '../invoice/state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const retrying: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const invoice: INodeParameters = {
	date: '2026-10-01',
	counterPartyName: 'Kahvila',
	safetyFields: { lookUp: 0.1 },
	...asJson([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
};
const byEmail: IDataObject = {
	invoiceChannel: 'EMAIL',
	counterParty: { counterPartyAddress: { name: 'Kahvila' }, email: 'kahvila@example.com' },
};

/** Cuts the connection during a write. Afterwards so many reads fail, or all of them with 0. */
function cutAndFailReads(call: string, kind: 'cutBefore' | 'cutAfter', times = 0): void {
	const [method, path] = call.split(' ');
	bench.sandbox.faults.add({ kind, method, path, then: [{ kind: 'status', status: 500, method: 'GET', times }] });
}
const sent = (call: string): number => bench.sandbox.journal.to(call).length;

describe.each(['cutBefore', 'cutAfter'] as const)('With a connection that is lost (%s)', (kind) => {
	it.each(['approve', 'send'])('an invoice that is created and to %s is reported as unclear', async (after) => {
		cutAndFailReads(`PUT /invoices/{invoiceId}/${after}`, kind);
		const channel = { invoiceChannel: 'EMAIL', counterPartyEmail: 'kahvila@example.com' };
		const { error } = await bench.run('invoice', 'create', {
			...invoice,
			originalInvoiceNumber: `U-${after}-${kind}`,
			after,
			...(after === 'send' ? { additionalFields: channel } : {}),
		});
		expect(error?.message).toMatch(new RegExp(`^Could not ${after}: It is unclear whether`));
		expect(error?.description).toMatch(/Done already: invoice \d+ \(ID \d+\) saved/);
	});

	it.each(['approve', 'send'])('Invoice: %s is reported as unclear, and sent once though n8n retries', async (step) => {
		const id = bench.sandbox.backdoor.addInvoice(byEmail, { status: step === 'send' ? 'NOT_SENT' : 'UNFINISHED' }).id;
		cutAndFailReads(`PUT /invoices/{invoiceId}/${step}`, kind);
		const settings = step === 'send' ? retrying : {};
		const { error } = await bench.run('invoice', step, { invoiceId: byId(id) }, { settings });
		expect(error?.message).toMatch(/^It is unclear whether/);
		expect(sent(`PUT /invoices/{invoiceId}/${step}`)).toBe(1);
	});

	it('an invoice is not sent again by a retry', async () => {
		const id = bench.sandbox.backdoor.addInvoice(byEmail, { status: 'NOT_SENT' }).id;
		cutAndFailReads('PUT /invoices/{invoiceId}/send', kind, 1);
		await bench.run('invoice', 'send', { invoiceId: byId(id) }, { settings: retrying });
		expect(sent('PUT /invoices/{invoiceId}/send')).toBe(1);
	});

	it('a new invoice is reported as unclear and saved once, and why it could not be looked for', async () => {
		cutAndFailReads('POST /invoices', kind);
		const parameters = { ...invoice, originalInvoiceNumber: `U-${kind}` };
		const { error } = await bench.run('invoice', 'create', parameters);
		expect(error?.message).toMatch(/^It is unclear whether Procountor saved the sales invoice U-/);
		expect(error?.description).toMatch(/^The node could not look for it: .* Look for it in Procountor among /);
		expect(sent('POST /invoices')).toBe(1);
	});

	it('a payment is reported as unclear and marked once', async () => {
		const { id } = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
		const call = 'PUT /invoices/{invoiceId}/paymentevents/markpaid';
		const mark = {
			invoiceId: byId(id),
			paymentDate: '2026-10-01',
			amount: '4',
			additionalFields: { ifExists: 'create', lookUp: 0 },
		};
		cutAndFailReads(call, kind);
		expect((await bench.run('paymentEvent', 'markAsPaid', mark)).error?.message).toMatch(/^It is unclear whether/);
		bench.sandbox.faults.clear();
		bench.sandbox.journal.clear();
		cutAndFailReads(call, kind, 1);
		await bench.run('paymentEvent', 'markAsPaid', mark, { settings: retrying });
		expect(sent(call)).toBe(1);
		const payments = paymentsOf(bench.sandbox.world.company(DEMO.companyId), id);
		expect(payments).toHaveLength(kind === 'cutAfter' ? 2 : 0);
	});

	it('a webhook is reported as unclear', async () => {
		cutAndFailReads('POST /webhooks', kind);
		const url = 'https://example.com/epaselva';
		const { error } = await bench.run('webhook', 'create', {
			url,
			authenticationType: 'NONE',
			subscriptions: ['USER_UPDATED'],
		});
		expect(error?.message).toMatch(/^It is unclear whether/);
	});
});

it('A file is reported as unclear if the files cannot be read after a lost connection', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice();
	cutAndFailReads('POST /attachments', 'cutAfter');
	const data = Buffer.from('%PDF-1.4').toString('base64');
	const { error } = await bench.run(
		'attachment',
		'uploadMany',
		{ to: 'invoice', recordId: String(id) },
		{ items: [{ json: {}, binary: { data: { data, mimeType: 'application/pdf', fileName: 'kuitti.pdf' } } }] },
	);
	expect(error?.message).toContain('It is unclear whether Procountor carried out the request for file kuitti.pdf');
});

it('A response without a record is reported as unclear and not sent again if the record cannot be looked for', async () => {
	bench.sandbox.faults.add({
		kind: 'status',
		status: 200,
		body: {},
		method: 'POST',
		path: '/invoices',
		then: [{ kind: 'status', status: 500, method: 'GET', path: '/invoices', times: 1 }],
	});
	const parameters = { ...invoice, originalInvoiceNumber: 'U-empty', safetyFields: { lookUp: 0 } };
	const { error } = await bench.run('invoice', 'create', parameters, { settings: retrying });
	expect(error?.message).toMatch(/^It is unclear whether Procountor saved the sales invoice U-empty/);
	expect([sent('POST /invoices'), books.numbered('U-empty').length]).toEqual([1, 0]);
	outputOf(await bench.run('invoice', 'create', { ...parameters, originalInvoiceNumber: 'U-next' }));
});
