/** The trigger in n8n's engine: activation, polls, restarts and failures. */
import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { events, listOf, type Event } from '../../../nodes/Procountor/trigger/events';
import { DEMO } from '../../sandbox';
import { bankStatements } from '../../sandbox/records/bankstatements';
import type { InvoiceFields } from '../../sandbox/records/invoices/model';
import { referencePayments } from '../../sandbox/records/referencepayments';
import type { RegisterKey } from '../../sandbox/world/register';
import type { Poller } from '../harness';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

const trigger = (parameters: INodeParameters = {}, apiKey: string = DEMO.keys.admin): Poller =>
	bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event: 'invoiceCreated', includeDetails: false, ...parameters },
		credentials: { procountorApi: bench.credential({ apiKey }) },
	});
const polled = async (poller: Poller): Promise<IDataObject[]> => ((await poller.poll()) ?? []).map(({ json }) => json);
const ids = (items: IDataObject[]): number[] => items.map(({ id }) => Number(id));
const invoices = (count: number, ...given: Parameters<Bench['sandbox']['backdoor']['addInvoice']>): number[] =>
	Array.from({ length: count }, () => bench.sandbox.backdoor.addInvoice(...given).id);
const all = async (): Promise<number[]> =>
	ids(
		(await bench.json('invoice', 'getAll', { returnAll: true, sort: 'orderById:ASC' })).filter(
			({ status }) => status !== 'EMPTY' && status !== 'UNSAVED',
		),
	);

describe('New Invoice', () => {
	it('ignores records that exist at activation, and emits each new one once', async () => {
		const poller = trigger();
		expect(await poller.poll()).toBeNull();
		const first = invoices(3);
		expect(ids(await polled(poller))).toEqual(first);
		expect(await poller.poll()).toBeNull();
		const second = invoices(2, { type: 'PURCHASE_INVOICE' });
		expect(ids(await polled(poller))).toEqual(second);
		expect(await poller.poll()).toBeNull();
	});

	it('keeps the rows of a simplified record with details', async () => {
		const invoice = trigger({ includeDetails: true });
		const receipt = trigger({ event: 'ledgerReceiptCreated', includeDetails: true });
		for (const poller of [invoice, receipt]) await poller.poll();
		const [id] = invoices(1);
		expect(await polled(invoice)).toMatchObject([{ id, invoiceRows: [{ product: 'Kuppi' }] }]);
		expect((await polled(receipt)).map(({ transactions }) => Array.isArray(transactions))).toEqual([true]);
	});

	it('emits simplified items with the company, or complete items with details', async () => {
		const lean = trigger();
		const rich = trigger({ includeDetails: true, simple: false });
		await lean.poll();
		await rich.poll();
		const [id] = invoices(1);
		const [item] = await polled(lean);
		expect(item).toMatchObject({
			id,
			type: 'SALES_INVOICE',
			status: 'UNFINISHED',
			partnerName: 'Ostaja Oy',
			companyId: DEMO.companyId,
			companyName: expect.any(String),
		});
		expect(Object.keys(item).length).toBeLessThanOrEqual(18);
		const [whole] = await polled(rich);
		expect(whole).toMatchObject({
			id,
			created: expect.any(String),
			invoiceRows: [{ product: 'Kuppi' }],
			companyId: DEMO.companyId,
		});
	});

	it('continues where it stopped after n8n was killed', async () => {
		const poller = trigger();
		await poller.poll();
		const first = invoices(3);
		expect(ids(await polled(poller))).toEqual(first);
		await poller.poll();
		const second = invoices(2);
		poller.restart();
		expect(ids(await polled(poller))).toEqual(second);
		poller.restart();
		expect(await poller.poll()).toBeNull();
	});

	it('emits records with equal times, late records and records with unordered IDs', async () => {
		bench.sandbox.switches.idsNotQuiteRising = true;
		const poller = trigger();
		await poller.poll();
		bench.sandbox.clock.tickMs = 0;
		bench.sandbox.faults.late.push({ register: 'invoices', delayMs: 600_000, times: 1 });
		const made = invoices(6);
		const first = ids(await polled(poller));
		expect(first).toHaveLength(5);
		bench.sandbox.clock.advance(601_000);
		expect(await polled(poller)).toHaveLength(1);
		bench.sandbox.clock.advance(7_200_000);
		made.push(...invoices(2));
		const rest = ids(await polled(poller));
		expect(rest).toHaveLength(2);
		expect(new Set([...first, ...rest]).size).toBe(7);
		expect(await poller.poll()).toBeNull();
	});

	it('emits an opened record only when it is saved', async () => {
		const poller = trigger({ filters: { types: ['SALES_INVOICE'], searchTerm: 'Ostaja' } });
		await poller.poll();
		const [draft] = invoices(1, { counterParty: { counterPartyAddress: { name: '' } } }, { status: 'EMPTY' });
		const real = invoices(1);
		expect(ids(await polled(poller))).toEqual(real);
		// Much later, when the draft is older than all records that are read again.
		for (let hour = 0; hour < 3; hour++) {
			bench.sandbox.clock.advance(7_200_000);
			expect(await polled(poller)).toEqual([]);
			expect(ids(await (invoices(150), polled(poller)))).toHaveLength(150);
		}
		bench.sandbox.backdoor.change('invoices', draft, {
			status: 'UNFINISHED',
			counterParty: { counterPartyAddress: { name: 'Ostaja Oy' } },
		});
		expect(ids(await polled(poller))).toEqual([draft]);
		expect(await poller.poll()).toBeNull();
	});

	it('applies the filters of the list', async () => {
		const poller = trigger({ filters: { types: ['PURCHASE_INVOICE'], status: ['RECEIVED'] } });
		await poller.poll();
		invoices(2);
		const [wanted] = invoices(1, { type: 'PURCHASE_INVOICE' });
		invoices(1, { type: 'PURCHASE_INVOICE' }, { status: 'UNFINISHED' });
		expect(ids(await polled(poller))).toEqual([wanted]);
	});

	it('starts with all records or from a date', async () => {
		const before = await all();
		expect(ids(await polled(trigger({ startFrom: 'everything' })))).toEqual(before);
		bench.sandbox.clock.advance(3_600_000);
		const since = bench.sandbox.clock.text(bench.sandbox.clock.now());
		const dated = trigger({ startFrom: 'date', startDate: since });
		expect(await dated.poll()).toBeNull();
		const made = invoices(3);
		expect(ids(await polled(dated))).toEqual(made);
		expect(await polled(dated)).toEqual([]);
	});

	it('reports a failed poll, and the next poll catches up', async () => {
		const poller = trigger();
		await poller.poll();
		const made = invoices(2);
		bench.sandbox.faults.add({ kind: 'status', status: 500, path: '/invoices', times: 1 });
		await expect(poller.poll()).rejects.toThrow('Procountor returned an internal error (500)');
		expect(ids(await polled(poller))).toEqual(made);
	});

	it('sends one request if there is no new record', async () => {
		const poller = trigger();
		await poller.poll();
		bench.sandbox.journal.clear();
		await poller.poll();
		expect(bench.asked()).toEqual(['GET /invoices']);
	});

	it.each<[string, INodeParameters]>([
		['the types', { filters: { types: ['SALES_INVOICE'] } }],
		['the field Show', { show: 'all' }],
		['the event', { event: 'invoiceUpdated' }],
	])('starts again from now after a change of %s, and logs it', async (_what, search) => {
		const old = trigger();
		await old.poll();
		invoices(2);
		await old.poll();
		invoices(2);
		const changed = (parameters: INodeParameters, apiKey?: string): Poller =>
			bench.engine.poller(
				{
					type: 'procountorTrigger',
					parameters: { event: 'invoiceCreated', includeDetails: false, ...parameters },
					credentials: { procountorApi: bench.credential(apiKey ? { apiKey } : {}) },
				},
				old.storedData,
			);
		const logged = bench.engine.logs.entries.length;
		expect(await polled(changed(search))).toEqual([]);
		expect(
			bench.engine.logs
				.since(logged)
				.some(({ message }) => message.includes('event or types changed: it starts again, from now')),
		).toBe(true);
		expect(await polled(changed({ startFrom: 'everything' }))).not.toEqual([]);
		expect(await polled(changed({}))).toHaveLength(2);
	});

	const added = (...given: Parameters<Bench['sandbox']['backdoor']['addInvoice']>): number => invoices(1, ...given)[0];
	const due = (dueDate: string) => ({
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'EUR', currencyRate: 1, dueDate },
	});
	const row = { product: 'Kuppi', quantity: 1, unit: 'PIECE', unitPrice: 1, discountPercent: 0, vatPercent: 25.5 };
	const numbered = (invoiceNumber: number): number => {
		const id = added();
		bench.sandbox.backdoor.change('invoices', id, { invoiceNumber });
		return id;
	};
	/** The value of each filter, and how to add an invoice that it finds. It does not find those of `invoices(1)`. */
	const OTHER_FILTERS: Record<string, { value: NodeParameterValueType; found: () => number }> = {
		status: { value: ['APPROVED'], found: () => added({}, { status: 'APPROVED' }) },
		startDate: { value: '2027-01-02', found: () => added({ date: '2027-01-02' }) },
		endDate: { value: '2020-01-02', found: () => added({ date: '2020-01-02' }) },
		dueStartDate: { value: '2027-01-02', found: () => added(due('2027-01-02')) },
		dueEndDate: { value: '2020-01-02', found: () => added(due('2020-01-02')) },
		businessPartnerId: { value: byId(501), found: () => added({ partnerId: 501 }) },
		factoringContractId: { value: 1, found: () => added({ factoringContractId: 1 }) },
		originalInvoiceNumber: { value: 'WEB-77', found: () => added({ originalInvoiceNumber: 'WEB-77' }) },
		invoiceNumber: { value: 987654, found: () => numbered(987654) },
		productId: {
			value: byId(301),
			found: () => added({ invoiceRows: [{ ...row, productId: 301 }] } as Partial<InvoiceFields>),
		},
		searchTerm: {
			value: 'Suodatettu',
			found: () => added({ counterParty: { counterPartyAddress: { name: 'Suodatettu Oy' } } }),
		},
		invoiceChannel: { value: ['MAIL'], found: () => added({ invoiceChannel: 'MAIL' }) },
	};

	it('has a test for each filter', () => {
		const event = events.find(({ value }) => value === 'invoiceCreated') as Event;
		const filters = listOf(event)
			.optional.filter(({ in: place }) => place !== 'setting')
			.map(({ name }) => name);
		expect(['types', ...Object.keys(OTHER_FILTERS)].sort()).toEqual(filters.sort());
	});

	it.each(Object.keys(OTHER_FILTERS))(
		'continues where it stopped if the filter %s changes, and logs it',
		async (name) => {
			const { value, found } = OTHER_FILTERS[name];
			const old = trigger();
			await old.poll();
			invoices(1);
			await old.poll();
			const made = [found(), found()];
			invoices(1);
			const changed = bench.engine.poller(
				{
					type: 'procountorTrigger',
					parameters: { event: 'invoiceCreated', includeDetails: false, filters: { [name]: value } },
					credentials: { procountorApi: bench.credential() },
				},
				old.storedData,
			);
			const logged = bench.engine.logs.entries.length;
			expect(ids(await polled(changed))).toEqual(made);
			expect(
				bench.engine.logs
					.since(logged)
					.some(({ message }) => message.includes('filters changed: it continues where it was')),
			).toBe(true);
		},
	);

	it('does not start again if an expression returns another value in each poll', async () => {
		const poller = trigger({
			startFrom: 'date',
			startDate: '={{ $now.minus({ years: 2 }).toISO() }}',
			filters: { endDate: '={{ $now.plus({ years: 2 }).toISO() }}' },
		});
		expect(await polled(poller)).not.toEqual([]);
		const made = invoices(2);
		expect(ids(await polled(poller))).toEqual(made);
		expect(await poller.poll()).toBeNull();
	});

	it('returns the newest record in a manual test with two requests, and stores nothing', async () => {
		const poller = trigger({ includeDetails: true, simple: false });
		await poller.poll();
		const [newest] = invoices(1);
		invoices(1, {}, { status: 'EMPTY' });
		const before = JSON.stringify(poller.storedData);
		bench.sandbox.journal.clear();
		const shown = await poller.poll('manual');
		expect(shown).toHaveLength(1);
		expect(shown?.[0].json).toMatchObject({ id: newest, invoiceRows: [{ product: 'Kuppi' }] });
		expect(bench.asked()).toHaveLength(2);
		expect(JSON.stringify(poller.storedData)).toBe(before);
		await expect(trigger({ filters: { searchTerm: 'no such thing' } }).poll('manual')).rejects.toThrow('no record yet');
	});

	it('returns the fields of real items in a manual test before activation', async () => {
		invoices(1);
		const company = { companyId: DEMO.companyId, companyName: expect.stringMatching(/./) };
		const byHand = async (parameters: INodeParameters): Promise<{ json?: IDataObject; requests: string[] }> => {
			bench.sandbox.journal.clear();
			// No other test polls with this key, so its company is not known at first.
			const shown = await trigger(parameters, DEMO.keys.viewer).poll('manual');
			return { json: shown?.[0].json, requests: bench.asked() };
		};
		const first = await byHand({ includeDetails: true });
		expect(first.json).toMatchObject({ ...company, invoiceRows: expect.any(Array) });
		// One request for the company, in parallel with the list, then the details.
		expect(first.requests).toHaveLength(3);
		for (const includeDetails of [false, true]) {
			const next = await byHand({ includeDetails });
			expect(next.json).toMatchObject(company);
			expect(next.requests).toHaveLength(includeDetails ? 2 : 1);
		}
		const poller = trigger({}, DEMO.keys.viewer);
		await poller.poll();
		invoices(1);
		const [real] = await polled(poller);
		expect(Object.keys((await byHand({})).json ?? {}).sort()).toEqual(Object.keys(real).sort());
	});

	it('emits each record once if two polls overlap', async () => {
		const poller = trigger();
		await poller.poll();
		const made = invoices(2);
		bench.sandbox.faults.add({ kind: 'latency', ms: 50, path: '/invoices', times: 1 });
		const [one, other] = await Promise.all([polled(poller), polled(poller)]);
		expect(ids([...one, ...other])).toEqual(made);
	});

	it.each<[string, INodeParameters]>([
		['Search Term', { searchTerm: '={{ null }}' }],
		['Status', { status: '={{ [] }}' }],
		['Types', { types: '={{ "" }}' }],
		['Business Partner', { businessPartnerId: { __rl: true, mode: 'id', value: '={{ undefined }}' } as never }],
		['Own Invoice Number', { originalInvoiceNumber: "={{ ' ' }}" }],
	])('refuses the filter %s if its expression returns nothing', async (label, filters) => {
		const poll = trigger({ startFrom: 'everything', filters }).poll();
		await expect(poll).rejects.toThrow(
			`${label} is empty: its expression returned nothing. Without this filter, more records would be returned. Correct the expression, or remove the filter.`,
		);
	});

	it('refuses an invalid start date with the field label', async () => {
		await expect(trigger({ startFrom: 'date', startDate: 'soon' }).poll()).rejects.toThrow('Start Date is not a date');
	});
});

describe('Start without access', () => {
	const RIGHTS = [
		'sales.salesInvoiceSearch',
		'sales.salesOrGroupInvoices',
		'purchases.purchaseInvoiceSearch',
		'purchases.purchaseInvoices',
		'travelAndExpenses.travelAndExpenseInvoiceSearch',
		'travelAndExpenses.travelAndExpenseInvoices',
		'accounting.journalReceiptSearch',
		'accounting.journalReceipts',
		'salaries.payroll',
		'payments.payment',
		'payments.bankStatementAndReferencePayment',
	];
	const setRights = (access: 'NO_ACCESS' | 'ALL_RIGHTS'): void =>
		bench.sandbox.backdoor.setRights(1001, Object.fromEntries(RIGHTS.map((right) => [right, access])));

	const copyFirst = <T extends object>(register: RegisterKey<T>): number => {
		const records = bench.sandbox.world.company(DEMO.companyId).register(register);
		return records.add((id) => ({ ...records.all()[0].record, id })).id;
	};
	const another = (event: string): number => {
		if (event === 'referencePaymentCreated') return copyFirst(referencePayments);
		return event === 'bankStatementCreated' ? copyFirst(bankStatements) : invoices(1)[0];
	};

	it.each([
		'invoiceCreated',
		'invoiceUpdated',
		'invoiceStatusChanged',
		'referencePaymentCreated',
		'bankStatementCreated',
	])('ignores existing records after the right is granted and emits new ones: %s', async (event) => {
		bench.sandbox.switches.missingRightShowsAsEmpty = true;
		setRights('NO_ACCESS');
		const poller = trigger({ event });
		expect(await poller.poll()).toBeNull();
		expect(await poller.poll()).toBeNull();
		setRights('ALL_RIGHTS');
		expect(await poller.poll()).toBeNull();
		bench.sandbox.clock.advance(60_000);
		const made = another(event);
		expect(ids(await polled(poller))).toEqual([made]);
		expect(await poller.poll()).toBeNull();
	});
});

describe('New Ledger Receipt', () => {
	it('emits journals and the receipts of invoices', async () => {
		const poller = trigger({ event: 'ledgerReceiptCreated', includeDetails: true, simple: false });
		await poller.poll();
		const journal = bench.sandbox.backdoor.addJournal().id;
		invoices(1);
		const items = await polled(poller);
		expect(items).toHaveLength(2);
		expect(items.find(({ id }) => id === journal)).toMatchObject({ type: 'JOURNAL', transactions: expect.any(Array) });
		expect(await poller.poll()).toBeNull();
	});
});
