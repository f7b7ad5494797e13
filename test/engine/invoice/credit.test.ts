import type { INode, INodeParameters } from 'n8n-workflow';
import type { RunResult, SavedCredential } from '../harness';
import { asJson, type Books, useBooks } from './state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const date = '2026-10-01';
const rows = [
	{
		product: 'Konsultointi',
		quantity: 3,
		unitPrice: 95,
		vatPercent: 25.5,
		account: '3020',
		dimensions: [
			{ dimensionId: 1, itemId: 11, percent: 60 },
			{ dimensionId: 1, itemId: 12, percent: 40 },
		],
	},
	{ product: 'Kahvi', quantity: 2, unitPrice: 14.9, vatPercent: 13.5, account: '3010' },
];

async function run(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	settings?: Partial<INode>,
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource, operation, ...parameters },
		credentials: { procountorApi: saved },
		settings,
	});
}

async function json(resource: string, operation: string, parameters: INodeParameters, settings?: Partial<INode>) {
	return outputOf(await run(resource, operation, parameters, settings))[0];
}

const sale = async (more: INodeParameters = {}) =>
	await json('invoice', 'create', {
		date,
		partnerId: byId(books.partner('1002')),
		originalInvoiceNumber: 'A-1',
		after: 'send',
		...asJson(rows),
		...more,
	});
/** Like a restart of n8n: the process forgets which requests it has sent. */
const forget = (): void => void (saved = bench.engine.saveCredential('procountorApi', bench.credential()));
const credit = async (id: unknown, more: INodeParameters = {}) =>
	await json('invoice', 'credit', { invoiceId: byId(id), date, ...more });

it('A credit negates the rows, keeps accounts and dimensions, and is set off to the cent', async () => {
	const { id } = await sale();
	const made = await credit(id, { setOff: true });
	expect(made).toMatchObject({
		wasCreated: true,
		creditedInvoiceId: id,
		done: [
			expect.stringMatching(/saved$/),
			expect.stringMatching(/^accounts/),
			expect.stringMatching(/approved$/),
			expect.stringMatching(/set off \(391\.50\)$/),
			expect.stringMatching(/set off \(-391\.50\)$/),
		],
	});
	// 285.00 at 25.5 % and 29.80 at 13.5 %.
	expect(books.sums(id)).toEqual({ net: 314.8, vat: 76.7, total: 391.5 });
	expect(books.sums(made.id)).toEqual({ net: -314.8, vat: -76.7, total: -391.5 });
	expect(books.invoice(made.id).invoiceRows).toMatchObject([
		{ product: 'Konsultointi', quantity: -3, unitPrice: 95 },
		{ product: 'Kahvi', quantity: -2, unitPrice: 14.9 },
	]);
	expect(books.entries(made.id)).toMatchObject([
		{
			account: '3020',
			accountingValue: 285,
			dimensionItemValues: [
				{ itemId: 11, value: 171 },
				{ itemId: 12, value: 114 },
			],
		},
		{ account: '3010', accountingValue: 29.8, dimensionItemValues: [] },
	]);
	expect([books.invoice(id).status, books.invoice(made.id).status]).toEqual(['MARKED_PAID', 'MARKED_PAID']);
	const payments = async (invoiceId: unknown) =>
		(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(invoiceId) })).map(
			({ type, paidAmount }) => [type, paidAmount],
		);
	expect(await payments(id)).toEqual([['COMPENSATIONINVOICE', 391.5]]);
	expect(await payments(made.id)).toEqual([['SETOFF', -391.5]]);
});

it('A repeated credit is found by the line in its notes or by its own number', async () => {
	const { id } = await sale();
	const first = await credit(id, { setOff: true, options: { notes: 'Palautettu' } });
	expect(books.invoice(first.id).notes).toBe(
		`Credit of invoice ${books.invoice(id).invoiceNumber} (ID ${String(id)})\nPalautettu`,
	);
	const before = books.size;
	expect(await credit(id, { setOff: true })).toMatchObject({
		id: first.id,
		wasCreated: false,
		done: [expect.stringMatching(/found$/)],
	});
	expect(books.size).toBe(before);
	const { id: other } = await sale({ originalInvoiceNumber: 'A-2' });
	const numbered = await credit(other, { options: { number: 'H-1' } });
	expect(numbered).toMatchObject({ wasCreated: true, originalInvoiceNumber: 'H-1' });
	expect(await credit(other, { options: { number: 'H-1' } })).toMatchObject({ id: numbered.id, wasCreated: false });
});

describe('An unusual credit', () => {
	it('is refused under another number if both credits would exceed the invoice total', async () => {
		const { id } = await sale();
		const first = await credit(id, { options: { number: 'H-1' } });
		const before = books.size;
		const { error } = await run('invoice', 'credit', { invoiceId: byId(id), date, options: { number: 'H-2' } });
		expect(error?.message).toBe(
			`Invoice is credited already by the credit with ID ${String(first.id)}: another credit would exceed its total`,
		);
		expect(error?.description).toContain("choose 'Create Anyway' under 'If It Already Exists'");
		expect(books.size).toBe(before);
	});

	it('is saved with a warning if Create Anyway is chosen', async () => {
		const { id } = await sale();
		const first = await credit(id);
		const result = await run('invoice', 'credit', { invoiceId: byId(id), date, options: { ifExists: 'create' } });
		const [{ json: second }] = result.items[0];
		expect(second).toMatchObject({
			wasCreated: true,
			warnings: [expect.stringContaining(`is credited already by the credit with ID ${String(first.id)}`)],
		});
		expect(result.hints.map(({ message }) => message)).toEqual(second.warnings);
	});

	it('has a warning if it credits a credit', async () => {
		const { id: first } = await credit((await sale()).id);
		expect((await credit(first)).warnings).toEqual([
			expect.stringMatching(/is itself a credit: this credit takes it back$/),
		]);
	});

	it('has a warning if it is dated before its invoice', async () => {
		const { id } = await sale();
		expect((await credit(id, { date: '2026-09-15' })).warnings).toEqual([
			expect.stringMatching(/^Credit Date 2026-09-15 is before the date of invoice .* \(2026-10-01\)$/),
		]);
		expect((await credit((await sale({ originalInvoiceNumber: 'A-3' })).id)).warnings).toBeUndefined();
	});
});

it('An incomplete credit is finished by the next run, whichever step failed', async () => {
	for (const [number, path, kind] of [
		['B-1', '/invoices', 'cutAfter'],
		['B-2', '/ledgerreceipts/{receiptId}', 'cutBefore'],
		['B-3', '/invoices/{invoiceId}/approve', 'cutAfter'],
		['B-4', '/invoices/{invoiceId}/paymentevents/markpaid', 'cutAfter'],
		['B-5', '/invoices/{invoiceId}/paymentevents/markpaid', 'badGateway'],
	] as const) {
		const { id } = await sale({ originalInvoiceNumber: number });
		bench.sandbox.faults.add({ kind, method: path === '/invoices' ? 'POST' : 'PUT', path });
		await run('invoice', 'credit', { invoiceId: byId(id), date, setOff: true, options: { lookUp: 1 } });
		bench.sandbox.faults.list = [];
		const made = await credit(id, { setOff: true, options: { lookUp: 1 } });
		expect([number, books.invoice(id).status, books.invoice(made.id).status]).toEqual([
			number,
			'MARKED_PAID',
			'MARKED_PAID',
		]);
		expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(id) })).toHaveLength(1);
		expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(made.id) })).toHaveLength(1);
	}
});

it('Only the open amount of a partly paid invoice is set off', async () => {
	const { id } = await sale();
	await bench.json('paymentEvent', 'markAsPaid', { invoiceId: byId(id), paymentDate: date, amount: '100,50' });
	const made = await credit(id, { setOff: true });
	expect([books.invoice(id).status, books.invoice(made.id).status]).toEqual(['MARKED_PAID', 'PARTLY_PAID']);
	expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(made.id) })).toMatchObject([
		{ paidAmount: -291 },
	]);
});

it('Rejected or removed payments do not reduce the open amount', async () => {
	const { id } = await sale();
	const results = ['PAYMENT_DENIED', 'PAYMENT_TRANSACTION_REMOVED', 'DELETED'].map((status, index) => ({
		id: index + 1,
		status,
		paidAmount: 391.5,
		paymentDate: date,
	}));
	bench.sandbox.faults.add({
		kind: 'status',
		status: 200,
		body: { results, meta: { pageNumber: 0, pageSize: 50, resultCount: 3, totalCount: 3 } },
		method: 'GET',
		path: '/invoices/{invoiceId}/paymentevents',
		times: 0,
	});
	const made = await credit(id, { setOff: true });
	bench.sandbox.faults.clear();
	expect([books.invoice(id).status, books.invoice(made.id).status]).toEqual(['MARKED_PAID', 'MARKED_PAID']);
});

it('An invoice that cannot be credited is refused before anything is saved', async () => {
	const refusal = async (id: unknown, more: INodeParameters = {}) =>
		(await run('invoice', 'credit', { invoiceId: byId(id), date, ...more })).error?.message;
	const draft = bench.sandbox.backdoor.addInvoice().id;
	const bill = bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }).id;
	const { id: paid } = await sale();
	await bench.json('paymentEvent', 'markAsPaid', { invoiceId: byId(paid), paymentDate: date });
	const before = books.size;
	expect(await refusal(draft)).toBe('Invoice has the status UNFINISHED, so there is nothing to credit');
	expect(await refusal(bill)).toBe('Invoice is not a sales invoice but a purchase invoice');
	expect(await refusal(999_999)).toBe('Procountor has no such record: invoice 999999');
	expect(await refusal(paid, { setOff: true })).toBe('Set Off is not possible: the invoice is paid already');
	expect(await refusal(paid, { setOff: true, after: 'unfinished' })).toBe('Set Off needs the credit to be approved');
	expect(books.size).toBe(before);
	Object.assign(bench.sandbox.switches, { negativeRowsRefused: true });
	expect(await refusal(paid)).toContain('Negative rows are not allowed.');
	expect(books.size).toBe(before);
});

describe('The search for an existing credit', () => {
	it('does not match the invoice with the same number, and ignores spaces around the number', async () => {
		const { id } = await sale();
		const made = await credit(id, { setOff: true, options: { number: ' A-1 ' } });
		expect(made).toMatchObject({ wasCreated: true, originalInvoiceNumber: 'A-1' });
		expect(made.id).not.toBe(id);
		forget();
		expect(await credit(id, { setOff: true, options: { number: 'A-1' } })).toMatchObject({
			id: made.id,
			wasCreated: false,
			done: [expect.stringMatching(/found$/)],
		});
		expect([books.invoice(id).status, books.invoice(made.id).status]).toEqual(['MARKED_PAID', 'MARKED_PAID']);
		expect(books.numbered('A-1').map((one) => one.id)).toEqual([id, made.id]);
	});

	it("refuses the number of another invoice's credit", async () => {
		const [first, second] = [(await sale()).id, (await sale({ originalInvoiceNumber: 'A-2' })).id];
		const made = await credit(first, { options: { number: 'H-1' } });
		const before = books.size;
		const { error } = await run('invoice', 'credit', {
			invoiceId: byId(second),
			date,
			setOff: true,
			options: { number: 'H-1' },
		});
		expect(error?.message).toBe(
			`Own Invoice Number is that of the credit of another invoice: invoice ${String(made.invoiceNumber)} (ID ${String(made.id)})`,
		);
		expect([books.size, books.invoice(second).status]).toEqual([before, 'SENT']);
	});

	it('finds the credit of a credit and the credit of a zero invoice', async () => {
		const { id } = await sale();
		const { id: first } = await credit(id);
		const back = await credit(first);
		expect(back).toMatchObject({ wasCreated: true, creditedInvoiceId: first });
		expect(books.sums(back.id)).toEqual(books.sums(id));
		forget();
		expect(await credit(first)).toMatchObject({ id: back.id, wasCreated: false });
		expect(await credit(id)).toMatchObject({ id: first, wasCreated: false });
		const { id: zero } = await sale({
			originalInvoiceNumber: 'A-0',
			...asJson([rows[1], { ...rows[1], quantity: -2 }]),
		});
		const made = await credit(zero);
		expect(made.wasCreated).toBe(true);
		forget();
		expect(await credit(zero)).toMatchObject({ id: made.id, wasCreated: false });
		// The number matches the zero invoice itself, which is not its own credit.
		const numbered = await credit(zero, { options: { number: 'A-0' } });
		expect([numbered.wasCreated, numbered.id === zero, numbered.id === made.id]).toEqual([true, false, false]);
	});

	it('finds a credit that is dated before its invoice', async () => {
		const { id } = await sale();
		const made = await credit(id, { date: '2026-09-15' });
		forget();
		expect(await credit(id, { date: '2026-09-15' })).toMatchObject({ id: made.id, wasCreated: false });
	});
});

it('A credit uses accounts that a bookkeeper changed, with and without accounting by row', async () => {
	for (const accountingByRow of [true, false]) {
		const { id } = await sale({
			originalInvoiceNumber: `E-${String(accountingByRow)}`,
			...asJson(
				rows.map(({ product, quantity, unitPrice, vatPercent }) => ({ product, quantity, unitPrice, vatPercent })),
			),
			additionalFields: { accountingByRow },
		});
		const receipt = books.receipt(books.invoice(id).ledgerReceiptId);
		const transactions = receipt.transactions.map((one) =>
			one.vatPercent === 13.5
				? { ...one, account: '3900', dimensionItemValues: [{ dimensionId: 1, itemId: 12, value: one.accountingValue }] }
				: one,
		);
		bench.sandbox.backdoor.change('ledgerReceipts', receipt.id, { transactions });
		const made = await credit(id);
		expect(books.entries(made.id)).toMatchObject([
			{ account: '3000', accountingValue: 285 },
			{ account: '3900', accountingValue: 29.8, dimensionItemValues: [{ dimensionId: 1, itemId: 12, value: 29.8 }] },
		]);
		expect(books.sums(made.id)).toEqual({ net: -314.8, vat: -76.7, total: -391.5 });
	}
});

it('A credit is sent and returned with its final status, or refused if the invoice has no channel', async () => {
	const { id } = await sale();
	const made = await credit(id, { after: 'send', setOff: true });
	expect(made).toMatchObject({ status: 'MARKED_PAID', done: expect.arrayContaining([expect.stringMatching(/sent$/)]) });
	const unsent = await sale({
		originalInvoiceNumber: 'A-2',
		after: 'approve',
		additionalFields: { invoiceChannel: 'NO_SENDING' },
	});
	const before = books.size;
	const { error } = await run('invoice', 'credit', { invoiceId: byId(unsent.id), date, after: 'send' });
	expect(`${error?.message} | ${error?.description ?? ''}`).toBe(
		"Invoice Channel is 'No Sending' on the invoice, so its credit cannot be sent | Only approve the credit.",
	);
	expect(books.size).toBe(before);
});

it('A credit omits the cash discount, the new due date, and the reference of the invoice', async () => {
	const more = {
		paymentInfo: {
			newDueDate: '2026-12-01',
			cashDiscount: {
				optionList: [{ discountPercentage: 2, numberOfDays: 7 }],
				cashDiscountsTermType: 'FROM_INV_DATE',
			},
		},
	};
	const { id } = await sale({
		additionalFields: { notes: 'Sisäinen', additionalInformation: 'Kiitos', bodyJson: JSON.stringify(more) },
	});
	expect(books.invoice(id).paymentInfo).toMatchObject(more.paymentInfo);
	const made = books.invoice(
		(
			await credit(id, {
				after: 'unfinished',
				options: { reference: 'none', text: 'Hyvitys laskusta', notes: 'Asiakas palautti' },
			})
		).id,
	);
	for (const name of ['newDueDate', 'cashDiscount', 'bankReferenceCode'])
		expect(made.paymentInfo).not.toHaveProperty(name);
	expect(made).toMatchObject({
		status: 'UNFINISHED',
		additionalInformation: 'Hyvitys laskusta',
		date,
		paymentInfo: { dueDate: date, bankAccount: books.invoice(id).paymentInfo.bankAccount },
		partnerId: books.invoice(id).partnerId,
		language: 'FINNISH',
	});
	expect(String(made.notes).split('\n').slice(1)).toEqual(['Asiakas palautti']);
	expect(made.originalInvoiceNumber).toBeUndefined();
	const other = books.invoice((await credit(id, { options: { ifExists: 'create' } })).id);
	expect(other.paymentInfo.bankReferenceCode).toMatch(/^\d+$/);
	expect([
		other.additionalInformation,
		other.paymentInfo.bankReferenceCode === books.invoice(id).paymentInfo.bankReferenceCode,
	]).toEqual(['Kiitos', false]);
});

it('A credit does not send fields that newer API versions return', async () => {
	const { id } = await sale();
	const { invoiceRows, paymentInfo } = books.invoice(id);
	bench.sandbox.backdoor.change('invoices', Number(id), {
		novelty: 1,
		invoiceRows: invoiceRows.map((row) => ({ ...row, novelty: 1 })),
		paymentInfo: { ...paymentInfo, novelty: { deep: 1 } },
	});
	expect(books.sums((await credit(id)).id).total).toBe(-391.5);
});

it('A user who cannot read receipts can credit only invoices without chosen accounts', async () => {
	const plain = await sale({
		originalInvoiceNumber: 'P-1',
		...asJson([{ product: 'Kahvi', unitPrice: 10, vatPercent: 13.5 }]),
	});
	const byRow = await sale({ originalInvoiceNumber: 'P-2' });
	bench.sandbox.faults.add({
		kind: 'status',
		status: 403,
		body: { errors: [{ status: 403, message: 'Forbidden' }] },
		method: 'GET',
		path: '/ledgerreceipts/{receiptId}',
		times: 0,
	});
	expect((await credit(plain.id)).wasCreated).toBe(true);
	const before = books.size;
	expect((await run('invoice', 'credit', { invoiceId: byId(byRow.id), date })).error).toMatchObject({
		httpCode: '403',
	});
	expect(books.size).toBe(before);
	bench.sandbox.faults.clear();
});

it('A credit in another currency with VAT and a discount reverses the exact amounts and postings', async () => {
	const { id } = await sale({
		unitPricesIncludeVat: true,
		additionalFields: { currency: 'SEK', currencyRate: 11.3377, discountPercent: 7.5 },
	});
	const made = await credit(id, { setOff: true });
	const [sums, back] = [books.sums(id), books.sums(made.id)];
	expect(back).toEqual({ net: -sums.net, vat: -sums.vat, total: -sums.total });
	expect(books.invoice(made.id)).toMatchObject({
		discountPercent: 7.5,
		extraInfo: { unitPricesIncludeVat: true },
		paymentInfo: { currency: 'SEK', currencyRate: 11.3377 },
	});
	const posted = (invoiceId: unknown, sign: number) =>
		books
			.entries(invoiceId)
			.map(({ account, accountingValue, dimensionItemValues }) => [
				account,
				sign * accountingValue,
				(dimensionItemValues ?? []).map(({ itemId, value }) => [itemId, sign * value]),
			]);
	expect(posted(made.id, 1)).toEqual(posted(id, -1));
	expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(made.id) })).toMatchObject([
		{ paidAmount: -sums.total, paidCurrency: 'SEK' },
	]);
});

it('A credit in a closed period is refused, or moved to the first open day if the option is set', async () => {
	const { id } = await sale();
	const before = books.size;
	const { error } = await run('invoice', 'credit', { invoiceId: byId(id), date: '2026-05-04' });
	expect(error?.message).toContain('The date is in a fiscal year or tracking period that is closed');
	expect(books.size).toBe(before);
	const made = await credit(id, { date: '2026-05-04', setOff: true, options: { closedPeriod: 'move' } });
	expect(made.warnings).toContain('Credit Date was moved from 2026-05-04 to 2026-07-01, the first open day');
	expect(books.invoice(made.id)).toMatchObject({
		date: '2026-07-01',
		status: 'MARKED_PAID',
		paymentInfo: { dueDate: '2026-07-01' },
	});
});

it.each(
	(['asRows', 'reversed'] as const).flatMap((receiptRowOrder) =>
		[false, true].flatMap((receiptMergesRows) =>
			[false, true].map((receiptOmitsZeroRows) => ({ receiptRowOrder, receiptMergesRows, receiptOmitsZeroRows })),
		),
	),
)('A credit is posted like its invoice, or an error is reported: %p', async (switches) => {
	Object.assign(bench.sandbox.switches, switches);
	const accounts = [
		{ ...rows[0], quantity: 1 },
		{ header: 'Väliotsikko' },
		rows[1],
		{ ...rows[1], product: 'Tee', account: '3900' },
		{ ...rows[1], quantity: 0 },
	];
	const sold = await run('invoice', 'create', {
		date,
		partnerId: byId(books.partner('1002')),
		originalInvoiceNumber: 'A-1',
		after: 'approve',
		...asJson(accounts),
	});
	// If accounts cannot be set on a merged receipt, the invoice is approved unchanged.
	const { id } = books.numbered('A-1')[0];
	if (sold.error) await bench.json('invoice', 'approve', { invoiceId: byId(id) });
	const made = await run('invoice', 'credit', { invoiceId: byId(id), date });
	if (made.error) {
		expect(made.error.message).toMatch(/^Could not set accounts and dimensions: /);
		expect(switches.receiptMergesRows).toBe(true);
		return;
	}
	const posted = (invoiceId: unknown, sign: number) =>
		books
			.entries(invoiceId)
			.filter(({ accountingValue }) => accountingValue !== 0)
			.map(({ account, accountingValue, vatPercent, dimensionItemValues }) =>
				JSON.stringify([
					account,
					sign * accountingValue,
					vatPercent,
					(dimensionItemValues ?? []).map(({ itemId, value }) => [itemId, sign * value]),
				]),
			)
			.sort();
	expect(posted(made.items[0][0].json.id, 1)).toEqual(posted(id, -1));
});

describe('Mark as Paid', () => {
	const mark = async (invoiceId: unknown, more: INodeParameters = {}, settings?: Partial<INode>) =>
		await run('paymentEvent', 'markAsPaid', { invoiceId: byId(invoiceId), paymentDate: date, ...more }, settings);
	const events = async (id: unknown) =>
		await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(id) });

	it('uses the open amount and currency of the invoice, and does nothing if nothing is open', async () => {
		const { id } = await sale({ additionalFields: { currency: 'SEK' } });
		expect((await mark(id, { amount: 91.5 })).items[0][0].json).toMatchObject({
			marked: true,
			paidAmount: 91.5,
			paidCurrency: 'SEK',
			openSum: 300,
		});
		expect((await mark(id)).items[0][0].json).toMatchObject({ marked: true, paidAmount: 300, openSum: 0 });
		expect(books.invoice(id).status).toBe('MARKED_PAID');
		expect((await mark(id)).items[0][0].json).toEqual({
			invoiceId: id,
			status: 'MARKED_PAID',
			openSum: 0,
			marked: false,
			changed: false,
		});
		expect(await events(id)).toHaveLength(2);
	});

	it.each([
		['cutAfter', true],
		['cutBefore', false],
		['badGateway', false],
	] as const)('looks up an unclear response (%s) and sends the request once in the run', async (kind, wasDone) => {
		const { id } = await sale();
		bench.sandbox.faults.add({ kind, method: 'PUT', path: '/invoices/{invoiceId}/paymentevents/markpaid', times: 0 });
		const result = mark(
			id,
			{ additionalFields: { lookUp: 0.3 } },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		if (wasDone) expect((await result).items[0][0].json).toMatchObject({ marked: true, paidAmount: 391.5 });
		else expect((await result).error?.message).toContain('It is unclear whether');
		expect(bench.sandbox.journal.to('PUT /invoices/{invoiceId}/paymentevents/markpaid')).toHaveLength(1);
		expect(await events(id)).toHaveLength(wasDone ? 1 : 0);
	});

	it('does not mark a part twice if n8n retries the node after another item failed', async () => {
		const [first, second] = [
			(await sale({ originalInvoiceNumber: 'A-1' })).id,
			(await sale({ originalInvoiceNumber: 'A-2' })).id,
		];
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
			method: 'PUT',
			path: '/invoices/{invoiceId}/paymentevents/markpaid',
			after: 1,
		});
		const result = await bench.engine.runNode({
			type: 'procountor',
			parameters: {
				resource: 'paymentEvent',
				operation: 'markAsPaid',
				invoiceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				paymentDate: date,
				amount: '10',
			},
			credentials: { procountorApi: saved },
			items: [{ id: first }, { id: second }],
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(result.error).toBeUndefined();
		expect(await events(first)).toMatchObject([{ paidAmount: 10 }]);
		expect(await events(second)).toMatchObject([{ paidAmount: 10 }]);
	});
});
