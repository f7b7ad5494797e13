/** Every event of the trigger in n8n's engine: new records, changed records and status changes. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { events } from '../../../nodes/Procountor/trigger/events';
import { DEMO } from '../../sandbox';
import { attachments } from '../../sandbox/records/attachments';
import { bankStatements } from '../../sandbox/records/bankstatements';
import { addPaymentOf, paymentMap } from '../../sandbox/records/payments/model';
import { referencePayments } from '../../sandbox/records/referencepayments';
import type { Company } from '../../sandbox/world/world';
import type { Poller, SavedCredential } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
/** One credential for all pollers of a test, as a company has it. */
let saved: SavedCredential;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => {
	bench.sandbox.reset();
	saved = bench.engine.saveCredential('procountorApi', bench.credential());
});
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

const trigger = (event: string, parameters: INodeParameters = {}): Poller =>
	bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event, includeDetails: false, ...parameters },
		credentials: { procountorApi: saved },
	});
const polled = async (poller: Poller): Promise<IDataObject[]> => ((await poller.poll()) ?? []).map(({ json }) => json);
const ids = (items: IDataObject[]): number[] => items.map(({ id }) => Number(id));
const company = (): Company => bench.sandbox.world.company(DEMO.companyId);
const change = (register: string, id: number, changes: Record<string, unknown>): void =>
	void bench.sandbox.backdoor.change(register, id, changes);
const invoice = (...given: Parameters<Bench['sandbox']['backdoor']['addInvoice']>): number =>
	bench.sandbox.backdoor.addInvoice(...given).id;

/** Adds a copy of the first existing record. */
const another: Record<string, () => number> = {
	invoiceCreated: () => invoice(),
	ledgerReceiptCreated: () => bench.sandbox.backdoor.addJournal().id,
	bankStatementCreated: () =>
		company()
			.register(bankStatements)
			.add((id) => ({ ...company().register(bankStatements).all()[0].record, id })).id,
	referencePaymentCreated: () =>
		company()
			.register(referencePayments)
			.add((id) => ({ ...company().register(referencePayments).all()[0].record, id })).id,
	paymentCreated: () => addPaymentOf(company(), { ...[...paymentMap(company()).values()][0] }, 1001).id,
	attachmentCreated: () => bench.sandbox.backdoor.addAttachment({ name: 'kuitti.txt', referenceId: invoice() }).id,
};

describe('Event for new records', () => {
	const created = events.filter(({ strategy }) => strategy === 'created').map(({ value }) => value);

	it('has a test for each event', () => expect(Object.keys(another).sort()).toEqual(created.sort()));

	it.each(Object.keys(another))('emits each record once despite restarts: %s', async (event) => {
		const poller = trigger(event);
		const idOf = ({ id }: IDataObject): number => Number(id);
		expect(await poller.poll()).toBeNull();
		for (let round = 0; round < 3; round++) {
			const made = [another[event](), another[event]()];
			if (round === 1) poller.restart();
			expect((await polled(poller)).map(idOf).filter((id) => made.includes(id))).toEqual(made);
			expect(await poller.poll()).toBeNull();
			bench.sandbox.clock.advance(7_200_000);
		}
	});

	it('emits all existing records of a list without creation times', async () => {
		const all = company()
			.register(referencePayments)
			.all()
			.map(({ id }) => id);
		expect(all.length).toBeGreaterThan(0);
		const poller = trigger('referencePaymentCreated', { startFrom: 'everything' });
		expect(ids(await polled(poller))).toEqual(all);
		expect(await poller.poll()).toBeNull();
	});

	it('ignores a start date left from another event and starts from now', async () => {
		const poller = trigger('paymentCreated', { startFrom: 'date', startDate: '2020-01-01' });
		expect(await poller.poll()).toBeNull();
		expect(ids(await polled((another.paymentCreated(), poller)))).toHaveLength(1);
	});

	it('emits attachments from a start date', async () => {
		const old = company().register(attachments).all().length;
		expect(old).toBeGreaterThan(0);
		bench.sandbox.clock.advance(3 * 86_400_000);
		const day = bench.sandbox.clock.today();
		const poller = trigger('attachmentCreated', { startFrom: 'date', startDate: day });
		expect(await poller.poll()).toBeNull();
		const made = another.attachmentCreated();
		expect((await polled(poller)).map(({ id }) => id)).toEqual([made]);
	});
});

describe('Event for changed records', () => {
	it('emits each version of a record once', async () => {
		const poller = trigger('invoiceUpdated');
		expect(await poller.poll()).toBeNull();
		const [one, other] = [invoice(), invoice()];
		expect(ids(await polled(poller))).toEqual([one, other]);
		change('invoices', one, { notes: 'a' });
		expect(ids(await polled(poller))).toEqual([one]);
		expect(await poller.poll()).toBeNull();
		change('invoices', one, { notes: 'b' });
		change('invoices', one, { notes: 'c' });
		change('invoices', other, { notes: 'd' });
		poller.restart();
		expect(ids(await polled(poller))).toEqual([one, other]);
		poller.restart();
		expect(await poller.poll()).toBeNull();
	});

	it('sends one request if nothing has changed', async () => {
		const poller = trigger('invoiceUpdated');
		await poller.poll();
		bench.sandbox.journal.clear();
		expect(await poller.poll()).toBeNull();
		expect(bench.asked()).toEqual(['GET /invoices']);
	});

	it('recognizes changes of receipts, partners and products', async () => {
		const [partner] = company().registerByName('partners')?.all() ?? [];
		const [product] = company().registerByName('products')?.all() ?? [];
		const receipt = bench.sandbox.backdoor.addJournal().id;
		const cases = [
			['ledgerReceiptUpdated', 'ledgerReceipts', receipt, { name: 'Toinen nimi' }],
			['businessPartnerSaved', 'partners', partner.id, { name: 'Uusi Nimi Oy' }],
			['productUpdated', 'products', product.id, { name: 'Uusi nimi' }],
		] as const;
		for (const [event, register, id, changes] of cases) {
			const poller = trigger(event, { show: 'all' });
			expect(await poller.poll()).toBeNull();
			change(register, id, changes);
			expect((await polled(poller)).map((item) => [item.id, item.name])).toEqual([[id, Object.values(changes)[0]]]);
			expect(await poller.poll()).toBeNull();
		}
	});

	it('emits a deactivated partner only if it includes inactive partners', async () => {
		const partner =
			company()
				.registerByName('partners')
				?.all()
				.find(({ record }) => (record as { type: string }).type === 'CUSTOMER')?.id ?? 0;
		const all = trigger('businessPartnerSaved', { show: 'both' });
		const active = trigger('businessPartnerSaved', { show: 'on' });
		expect([await all.poll(), await active.poll()]).toEqual([null, null]);
		change('partners', partner, { registryInfo: { active: false } });
		expect(ids(await polled(all))).toEqual([partner]);
		expect(await active.poll()).toBeNull();
	});

	it('starts from a date', async () => {
		bench.sandbox.clock.advance(86_400_000);
		const [old] = [invoice()];
		bench.sandbox.clock.advance(3_600_000);
		const since = bench.sandbox.clock.text(bench.sandbox.clock.now() + 1000);
		const recent = invoice();
		const poller = trigger('invoiceUpdated', { startFrom: 'date', startDate: since });
		expect(ids(await polled(poller))).toEqual([recent]);
		change('invoices', old, { notes: 'a' });
		expect(ids(await polled(poller))).toEqual([old]);
	});
});

describe('Event for status changes', () => {
	it('emits each status change once with the previous status', async () => {
		const id = invoice({ type: 'PURCHASE_INVOICE' });
		const poller = trigger('invoiceStatusChanged');
		expect(await poller.poll()).toBeNull();
		const walk: Array<[string, string]> = [];
		for (const status of ['VERIFIED', 'APPROVED', 'VERIFIED', 'APPROVED']) {
			change('invoices', id, { status });
			if (walk.length === 2) poller.restart();
			walk.push(
				...(await polled(poller)).map((item): [string, string] => [String(item.previousStatus), String(item.status)]),
			);
			change('invoices', id, { notes: status });
			expect(await poller.poll()).toBeNull();
		}
		expect(walk).toEqual([
			['RECEIVED', 'VERIFIED'],
			['VERIFIED', 'APPROVED'],
			['APPROVED', 'VERIFIED'],
			['VERIFIED', 'APPROVED'],
		]);
	});

	it('emits only the selected statuses, also of new records', async () => {
		const poller = trigger('invoiceStatusChanged', { statuses: ['APPROVED', 'PAID'] });
		await poller.poll();
		const [one, other] = [
			invoice({ type: 'PURCHASE_INVOICE' }),
			invoice({ type: 'PURCHASE_INVOICE' }, { status: 'APPROVED' }),
		];
		expect((await polled(poller)).map(({ id, previousStatus }) => [id, previousStatus])).toEqual([[other, null]]);
		change('invoices', one, { status: 'VERIFIED' });
		expect(await poller.poll()).toBeNull();
		change('invoices', one, { status: 'PAID' });
		expect(ids(await polled(poller))).toEqual([one]);
	});

	it.each([
		['billReceived', 'PURCHASE_INVOICE', 'UNFINISHED', 'RECEIVED'],
		['billApproved', 'PURCHASE_INVOICE', 'VERIFIED', 'APPROVED'],
		['salesInvoiceSent', 'SALES_INVOICE', 'NOT_SENT', 'SENT'],
		['invoicePaid', 'SALES_INVOICE', 'SENT', 'PAID'],
		['invoicePaid', 'PURCHASE_INVOICE', 'APPROVED', 'MARKED_PAID'],
	] as const)('emits %s: %s from %s to %s', async (event, type, from, to) => {
		const wanted = invoice({ type }, { status: from });
		const elsewhere = invoice(
			{ type: type === 'SALES_INVOICE' ? 'TRAVEL_INVOICE' : 'SALES_INVOICE' },
			{ status: from },
		);
		const poller = trigger(event);
		expect(await poller.poll()).toBeNull();
		change('invoices', wanted, { status: to });
		change('invoices', elsewhere, { status: event === 'invoicePaid' ? 'PARTLY_PAID' : to });
		expect((await polled(poller)).map(({ id, status, previousStatus }) => [id, status, previousStatus])).toEqual([
			[wanted, to, from],
		]);
		expect(await poller.poll()).toBeNull();
	});

	it('applies filters to the current values of a record', async () => {
		const [partner] = company().registerByName('partners')?.all() ?? [];
		const poller = trigger('invoiceStatusChanged', {
			filters: { businessPartnerId: { __rl: true, mode: 'id', value: String(partner.id) } },
		});
		await poller.poll();
		const [one, other] = [invoice(), invoice()];
		await poller.poll();
		change('invoices', one, { status: 'NOT_SENT', partnerId: partner.id });
		change('invoices', other, { status: 'NOT_SENT' });
		expect(ids(await polled(poller))).toEqual([one]);
	});
});

describe('Files of an event', () => {
	const names = (item: INodeExecutionData): string[] =>
		Object.entries(item.binary ?? {}).map(
			([field, { fileName, mimeType }]) => `${field} ${fileName ?? ''} ${mimeType}`,
		);

	it.each([404, 400] as const)(
		'include picture and attachments if the page after the last returns %s',
		async (status) => {
			bench.sandbox.switches.imageBeyondLastPage = status;
			const poller = trigger('invoiceCreated', { files: ['picture', 'attachments'] });
			await poller.poll();
			const id = invoice();
			bench.sandbox.backdoor.addAttachment({ name: 'kuitti.txt', referenceId: id, bytes: Buffer.from('kuitti') });
			const [item] = (await poller.poll()) ?? [];
			expect(names(item)).toEqual([`page_1 invoice-${id}-1.png image/png`, 'attachment_1 kuitti.txt text/plain']);
			expect(Buffer.from(item.binary?.attachment_1.data ?? '', 'base64').toString()).toBe('kuitti');
			expect(item.json.attachments).toBeUndefined();
		},
	);

	it('include the file of a new attachment', async () => {
		const poller = trigger('attachmentCreated', { files: ['file'] });
		await poller.poll();
		another.attachmentCreated();
		const [item] = (await poller.poll()) ?? [];
		expect(names(item)).toEqual(['data kuitti.txt text/plain']);
	});

	it('limit a poll to 50 records, and the next poll continues', async () => {
		const poller = trigger('invoiceCreated', { files: ['attachments'] });
		await poller.poll();
		const made = Array.from({ length: 120 }, () => invoice());
		const given: number[][] = [];
		for (let round = 0; round < 4; round++) given.push(ids(await polled(poller)));
		expect(given.map(({ length }) => length)).toEqual([50, 50, 20, 0]);
		expect(given.flat()).toEqual(made);
	});
});

describe('Trigger with another credential', () => {
	const opened = (apiKey: string, stored: IDataObject): Poller =>
		bench.engine.poller(
			{
				type: 'procountorTrigger',
				parameters: { event: 'invoiceCreated', includeDetails: false },
				credentials: { procountorApi: bench.credential({ apiKey }) },
			},
			stored,
		);

	it('continues with another key of the same company, and starts again with another company', async () => {
		const poller = trigger('invoiceCreated');
		await poller.poll();
		const first = invoice();
		expect(ids(await polled(poller))).toEqual([first]);
		const second = invoice();
		expect(ids(await polled(opened(DEMO.keys.viewer, poller.storedData)))).toEqual([second]);
		const elsewhere = opened(DEMO.keys.second, poller.storedData);
		const logged = bench.engine.logs.entries.length;
		expect(await polled(elsewhere)).toEqual([]);
		expect(
			bench.engine.logs
				.since(logged)
				.some(({ message }) => message.includes('company changed: it starts again, from now')),
		).toBe(true);
		const there = bench.sandbox.backdoor.addInvoice({}, { companyId: DEMO.secondCompanyId }).id;
		expect((await polled(elsewhere)).map(({ id, companyId }) => [id, companyId])).toEqual([
			[there, DEMO.secondCompanyId],
		]);
	});
});

describe('Uncertain behavior of Procountor', () => {
	const settings = [
		{},
		{ timesUtc: true, timesWithMilliseconds: true, versionStartDateInclusive: false, orderingsExclusive: true },
		{ emptyListAs404: true, totalCount: 'absent', idsNotQuiteRising: true, defaultListOrder: 'ASC' },
		{ keysetOnlyById: false, totalCount: 'pageOnly', timesWithMilliseconds: true },
	] as const;

	it.each(settings)('does not affect events, even in the repeated hour: %j', async (switches) => {
		Object.assign(bench.sandbox.switches, switches);
		bench.sandbox.clock.set('2026-10-25T03:40:00');
		const [created, changed, status] = [
			trigger('invoiceCreated'),
			trigger('invoiceUpdated'),
			trigger('invoiceStatusChanged'),
		];
		for (const poller of [created, changed, status]) expect(await poller.poll()).toBeNull();
		const made: number[] = [];
		for (let round = 0; round < 6; round++) {
			const one = invoice({ type: 'PURCHASE_INVOICE' });
			made.push(one);
			expect(ids(await polled(created))).toEqual([one]);
			expect(ids(await polled(changed))).toEqual([one]);
			expect(ids(await polled(status))).toEqual([one]);
			change('invoices', one, { status: 'VERIFIED' });
			expect(await created.poll()).toBeNull();
			expect(ids(await polled(changed))).toEqual([one]);
			expect((await polled(status)).map(({ previousStatus }) => previousStatus)).toEqual(['RECEIVED']);
			bench.sandbox.clock.advance(20 * 60_000);
		}
		expect(new Set(made).size).toBe(6);
	});
});
