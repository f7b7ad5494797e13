import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { asJson, type Books, useBooks } from './state';
import { type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const date = '2026-10-01';
const create = async (parameters: INodeParameters, operation = 'create') =>
	await bench.run('invoice', operation, { date, counterPartyName: 'Kahvila', ...parameters });

/** Every combination of what the API documentation leaves open about receipts and rows. */
const servers = (['asRows', 'reversed'] as const).flatMap((receiptRowOrder) =>
	[false, true].flatMap((receiptMergesRows) =>
		[false, true].map((receiptOmitsZeroRows) => ({ receiptRowOrder, receiptMergesRows, receiptOmitsZeroRows })),
	),
);

const r = (product: string, unitPrice: number, vatPercent: number, account?: string, item?: number): IDataObject => ({
	product,
	unitPrice,
	vatPercent,
	...(account ? { account } : {}),
	...(item ? { dimensions: [{ dimensionId: 1, itemId: item }] } : {}),
});

const invoices: Array<[string, IDataObject[]]> = [
	['rows with different amounts', [r('A', 10, 25.5, '3020', 11), r('B', 20, 25.5), r('C', 30, 13.5, '3010', 12)]],
	[
		'rows with the same amount and different VAT',
		[r('A', 10, 25.5, '3020'), r('B', 10, 13.5, '3010'), r('C', 10, 10, '3900')],
	],
	[
		'rows with zero rows in between',
		[r('A', 10, 25.5, '3020', 11), r('Nolla', 0, 25.5), { header: 'Otsikko' }, r('B', 20, 25.5, '3900', 12)],
	],
	[
		'rows with the same amount and VAT but different accounts',
		[r('A', 10, 25.5, '3020'), r('B', 10, 25.5, '3900'), r('C', 5, 25.5)],
	],
	['rows with the same amount, VAT, and account', [r('A', 10, 25.5, '3020', 11), r('A', 10, 25.5, '3020', 11)]],
	['a single row', [r('A', 10, 25.5, '3020', 12)]],
];

describe.each(servers)(
	'Receipts (order $receiptRowOrder, merged $receiptMergesRows, zero rows omitted $receiptOmitsZeroRows)',
	(switches) => {
		it.each(invoices)('post %s correctly, or report an error and change nothing', async (_what, rows) => {
			Object.assign(bench.sandbox.switches, switches);
			const run = await create({ originalInvoiceNumber: 'L-1', ...asJson(rows) });
			const [{ id }] = books.numbered('L-1');
			const entries = books.entries(id).filter(({ accountingValue }) => accountingValue !== 0);
			const wanted = rows.filter(({ header, unitPrice }) => header === undefined && unitPrice !== 0);
			if (run.error) {
				// Reported after saving: no account was changed, and the message names the saved invoice.
				expect(run.error.message).toMatch(/^Could not set accounts and dimensions: The receipt \d+ /);
				expect(run.error.description).toContain('Done already: invoice');
				expect(entries.length).toBeGreaterThan(0);
				expect(
					entries.every(
						({ account, dimensionItemValues }) => account === '3000' && (dimensionItemValues ?? []).length === 0,
					),
				).toBe(true);
				// Only merged entries make the posting impossible, because a row's amount is then no longer found.
				expect(switches.receiptMergesRows && rows.length > 1).toBe(true);
				return;
			}
			expect(entries).toHaveLength(wanted.length);
			for (const row of wanted) {
				const { account, dimensionItemValues } =
					entries.find(({ description, vatPercent }) => description === row.product && vatPercent === row.vatPercent) ??
					{};
				expect(account).toBe(row.account ?? '3000');
				expect(dimensionItemValues ?? []).toEqual(
					((row.dimensions ?? []) as IDataObject[]).map(({ itemId }) => ({
						dimensionId: 1,
						itemId,
						value: -Number(row.unitPrice),
					})),
				);
			}
		});
	},
);

it('Rows that cannot be distinguished are refused before anything is saved', async () => {
	const { error } = await create({
		originalInvoiceNumber: 'L-2',
		...asJson([r('Tunti', 95, 25.5, '3020', 11), r('Tunti', 95, 25.5, '3020', 12)]),
	});
	expect(error?.message).toBe(
		'Rows cannot be posted as requested: Procountor does not distinguish the rows 1 and 2, which have the same sum and VAT but different accounts or dimensions',
	);
	expect(error?.description).toContain('Nothing was saved.');
	expect(books.numbered('L-2')).toEqual([]);
});

it('A receipt that someone else changed at the same moment is reported, and the next run finishes', async () => {
	const parameters = { originalInvoiceNumber: 'L-3', after: 'approve', ...asJson([r('A', 10, 25.5, '3020', 11)]) };
	bench.sandbox.faults.add({
		kind: 'status',
		status: 400,
		body: { errors: [{ status: 400, field: 'version', message: 'Version does not match.' }] },
		method: 'PUT',
		path: '/ledgerreceipts/{receiptId}',
	});
	const first = await create(parameters);
	expect(first.error?.message).toContain('Could not set accounts and dimensions');
	expect(first.error?.description).toMatch(
		/Then run it again: finished steps are not repeated\. Done already: invoice \d+ \(ID \d+\) saved\./,
	);
	const again = await create(parameters);
	expect(again.items[0][0].json).toMatchObject({
		wasCreated: false,
		status: 'APPROVED',
		done: [
			expect.stringMatching(/found$/),
			expect.stringMatching(/^accounts and dimensions set/),
			expect.stringMatching(/approved$/),
		],
	});
	expect(books.numbered('L-3')).toHaveLength(1);
	const once = await create(parameters);
	expect(once.items[0][0].json.done).toEqual([expect.stringMatching(/found$/)]);
	expect(books.entries(books.numbered('L-3')[0].id)).toMatchObject([
		{ account: '3020', dimensionItemValues: [{ itemId: 11, value: -10 }] },
	]);
});

it('After an unclear write, the node reads the receipt and sets missing accounts again', async () => {
	const rows = asJson([r('A', 10, 25.5, '3020', 11)]);
	bench.sandbox.faults.add({ kind: 'cutAfter', method: 'PUT', path: '/ledgerreceipts/{receiptId}' });
	expect((await create({ originalInvoiceNumber: 'L-4', ...rows })).error).toBeUndefined();
	expect(bench.sandbox.journal.to('PUT /ledgerreceipts/{receiptId}')).toHaveLength(1);
	bench.sandbox.faults.add({ kind: 'badGateway', method: 'PUT', path: '/ledgerreceipts/{receiptId}' });
	expect((await create({ originalInvoiceNumber: 'L-5', ...rows })).error).toBeUndefined();
	expect(bench.sandbox.journal.to('PUT /ledgerreceipts/{receiptId}')).toHaveLength(3);
	for (const number of ['L-4', 'L-5'])
		expect(books.entries(books.numbered(number)[0].id)).toMatchObject([{ account: '3020' }]);
});

it('An invoice with lost responses is approved and sent once, or reported as unclear', async () => {
	const parameters = (number: string) => ({
		originalInvoiceNumber: number,
		after: 'send',
		...asJson([r('A', 10, 25.5)]),
		additionalFields: { invoiceChannel: 'EMAIL', counterPartyEmail: 'a@example.fi' },
	});
	bench.sandbox.faults.add(
		{ kind: 'cutAfter', method: 'PUT', path: '/invoices/{invoiceId}/approve' },
		{ kind: 'cutAfter', method: 'PUT', path: '/invoices/{invoiceId}/send' },
	);
	const run = await create(parameters('S-1'));
	expect(run.error).toBeUndefined();
	expect(run.items[0][0].json.status).toBe('SENT');
	expect(bench.sandbox.journal.to('PUT /invoices/{invoiceId}/send')).toHaveLength(1);

	bench.sandbox.faults.add({ kind: 'cutBefore', method: 'PUT', path: '/invoices/{invoiceId}/send' });
	const unclear = await create(parameters('S-2'));
	expect(unclear.error?.message).toContain('Could not send: It is unclear whether Procountor carried out the request');
	expect(bench.sandbox.journal.to('PUT /invoices/{invoiceId}/send')).toHaveLength(2);
	expect((await create(parameters('S-2'))).items[0][0].json).toMatchObject({ wasCreated: false, status: 'SENT' });
});

it('An invoice that a user has changed stays as it is, and the error names the difference', async () => {
	const first = await create({ originalInvoiceNumber: 'C-1', ...asJson([r('A', 10, 25.5)]) });
	const id = Number(first.items[0][0].json.id);
	bench.sandbox.backdoor.change('invoices', id, {
		invoiceRows: [{ ...books.invoice(id).invoiceRows[0], unitPrice: 12 }],
	});
	const again = await create({ originalInvoiceNumber: 'C-1', after: 'approve', ...asJson([r('A', 10, 25.5)]) });
	expect(again.error?.message).toContain(
		"differs from this item: it has the row 'A: 1 x 12.00, VAT 25.5 %'; it lacks the row 'A: 1 x 10.00, VAT 25.5 %'",
	);
	expect(books.invoice(id).status).toBe('UNFINISHED');
});

it('Purchase invoices are posted with the opposite sign', async () => {
	const run = await create(
		{
			originalInvoiceNumber: 'P-1',
			...asJson([
				{
					product: 'Sähkö',
					unitPrice: 80,
					vatPercent: 25.5,
					account: '7300',
					dimensions: [
						{ dimensionId: 1, itemId: 11, amount: 50 },
						{ dimensionId: 1, itemId: 12, amount: 30 },
					],
				},
				{ product: 'Palautus', unitPrice: -10, vatPercent: 25.5, account: '7300' },
			]),
			additionalFields: { bankAccount: 'FI2112345600000785', termDays: 14 },
		},
		'createPurchase',
	);
	expect(run.error).toBeUndefined();
	expect(books.entries(run.items[0][0].json.id)).toMatchObject([
		{
			account: '7300',
			accountingValue: 80,
			dimensionItemValues: [
				{ itemId: 11, value: 50 },
				{ itemId: 12, value: 30 },
			],
		},
		{ account: '7300', accountingValue: -10, dimensionItemValues: [] },
	]);
});

it('The advice after a failed step suggests another run only if that creates no second invoice', async () => {
	const advice = async (more: INodeParameters): Promise<string> => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, field: 'version', message: 'Version does not match.' }] },
			method: 'PUT',
			path: '/ledgerreceipts/{receiptId}',
		});
		const { error } = await create({ ...asJson([r('A', 10, 25.5, '3020', 11)]), ...more });
		expect(error?.description).toMatch(/Done already: invoice \d+ \(ID \d+\) saved\./);
		return String(error?.description);
	};
	expect(await advice({ originalInvoiceNumber: 'G-1' })).toContain(
		'Then run it again: finished steps are not repeated.',
	);
	expect(await advice({ originalInvoiceNumber: 'G-2', ifExists: 'stop' })).toContain(
		"Run it again afterwards with 'Return the Existing One' under 'If It Already Exists'.",
	);
	for (const more of [{}, { originalInvoiceNumber: 'G-3', ifExists: 'create' }]) {
		const told = await advice(more);
		expect(told).toContain('Another run would create another invoice. Finish this one in Procountor.');
		expect(told).not.toContain('finished steps are not repeated');
	}
	// The advice works.
	expect(
		(await create({ originalInvoiceNumber: 'G-2', ifExists: 'return', ...asJson([r('A', 10, 25.5, '3020', 11)]) }))
			.items[0][0].json,
	).toMatchObject({
		wasCreated: false,
		done: [expect.stringMatching(/found$/), expect.stringMatching(/^accounts and dimensions set/)],
	});
});

it("n8n's retry of the node continues after the last finished step, with and without a number", async () => {
	for (const number of ['', 'H-1']) {
		const before = books.size;
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, field: 'version', message: 'Version does not match.' }] },
			method: 'PUT',
			path: '/ledgerreceipts/{receiptId}',
		});
		const { items, error } = await bench.run(
			'invoice',
			'create',
			{
				date,
				counterPartyName: 'Kahvila',
				originalInvoiceNumber: number,
				after: 'approve',
				...asJson([r('A', 10, 25.5, '3020', 11)]),
			},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(error).toBeUndefined();
		expect(books.size).toBe(before + 1);
		expect(books.entries(items[0][0].json.id)).toMatchObject([{ account: '3020' }]);
		expect(items[0][0].json).toMatchObject({ status: 'APPROVED', wasCreated: true });
	}
});
