import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { asJson, type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const date = '2026-10-01';
const json = async (operation: string, parameters: INodeParameters, items?: IDataObject[]) =>
	await bench.json('invoice', operation, parameters, items ? { items } : {});
const approver = () => bench.credential({ apiKey: DEMO.keys.approver });
const asApprover = async (operation: string, parameters: INodeParameters) =>
	await bench.json('invoice', operation, parameters, { credential: approver() });
const failing = async (operation: string, parameters: INodeParameters) => {
	const { error } = await bench.run('invoice', operation, { date, ...parameters });
	return `${error?.message} | ${error?.description ?? ''}`;
};

describe('A new bill', () => {
	const row = { product: 'Sähkö syyskuu', unitPrice: 250.4, vatPercent: 25.5, account: '7300' };
	const bill = { date, originalInvoiceNumber: 'SV-1', ...asJson([row]) };

	it("uses the supplier's account and term, and circulates to the default or the chosen users", async () => {
		const partnerId = byId(books.partner('5005'));
		const made = async (number: string, more: IDataObject) =>
			(
				await json('createPurchase', {
					...bill,
					partnerId,
					originalInvoiceNumber: number,
					after: 'circulate',
					reference: 'given',
					additionalFields: { bankReferenceCode: '123453', ...more },
				})
			)[0];
		const first = await made('SV-1', {});
		expect(first).toMatchObject({
			status: 'RECEIVED',
			wasCreated: true,
			done: [
				expect.stringMatching(/saved$/),
				expect.stringMatching(/^accounts/),
				expect.stringMatching(/sent to circulation$/),
			],
		});
		expect(books.invoice(first.id)).toMatchObject({
			paymentInfo: {
				dueDate: '2026-10-15',
				bankReferenceCode: '123453',
				bankAccount: { accountNumber: expect.stringMatching(/^FI\d{16}$/) },
			},
			counterParty: { customerNumber: '5005' },
		});
		expect(books.invoice(first.id).invoiceApprovalInformation?.acceptors).not.toEqual([]);
		expect(books.sums(first.id)).toEqual({ net: 250.4, vat: 63.85, total: 314.25 });
		expect(books.entries(first.id)).toMatchObject([{ account: '7300', accountingValue: 250.4 }]);

		const chosen = await made('SV-2', { verifiers: [1004], acceptors: '1001, 1004' });
		expect(books.invoice(chosen.id).invoiceApprovalInformation).toEqual({
			verifiers: [{ userId: 1004 }],
			acceptors: [{ userId: 1001 }, { userId: 1004 }],
		});
		expect(
			await failing('createPurchase', {
				...bill,
				partnerId,
				originalInvoiceNumber: 'SV-3',
				after: 'circulate',
				additionalFields: { circulation: 'none' },
			}),
		).toContain("After Creating is 'Send to Circulation', but nobody is to verify or approve the invoice");
		expect(books.numbered('SV-3')).toEqual([]);
		const left = (
			await json('createPurchase', {
				...bill,
				partnerId,
				originalInvoiceNumber: 'SV-4',
				additionalFields: { circulation: 'none' },
			})
		)[0];
		expect(left).toMatchObject({ status: 'UNFINISHED', wasCreated: true });
		expect(books.invoice(left.id).invoiceApprovalInformation?.acceptors ?? []).toEqual([]);
	});

	it('is not sent to circulation again by a second run, whatever its status', async () => {
		for (const circulatedPurchaseStatus of ['RECEIVED', 'UNFINISHED', 'VERIFIED'] as const) {
			Object.assign(bench.sandbox.switches, { circulatedPurchaseStatus });
			const parameters = {
				...bill,
				originalInvoiceNumber: `SV-${circulatedPurchaseStatus}`,
				partnerId: byId(books.partner('5005')),
				after: 'circulate',
			};
			bench.sandbox.clock.advance(60_000);
			expect((await json('createPurchase', parameters))[0].status).toBe(circulatedPurchaseStatus);
			bench.sandbox.journal.clear();
			expect((await json('createPurchase', parameters))[0]).toMatchObject({
				wasCreated: false,
				done: [expect.stringMatching(/found$/)],
			});
			expect(bench.asked().filter((call) => call.startsWith('PUT'))).toEqual([]);
		}
	});

	it('is checked for a bank account, a supplier in the register, and a verifier list', async () => {
		expect(
			await failing('createPurchase', {
				counterPartyName: 'Uusi Toimittaja Oy',
				...bill,
				additionalFields: { termDays: 14 },
			}),
		).toContain('Bank Account (IBAN) is empty, and none is known by default');
		expect(await failing('createPurchase', { partnerId: byId(books.partner('1001')), ...bill })).toContain(
			'Supplier is in another register: Kahvila Aamurusko Oy is a customer',
		);
		const [list] = await bench.json('company', 'getVerifierLists');
		const [{ id }] = await json('createPurchase', {
			partnerId: byId(books.partner('5005')),
			...bill,
			additionalFields: { verifierListId: byId(list.id) },
		});
		expect(books.invoice(id).invoiceApprovalInformation).toEqual({
			verifiers: [{ userId: 1004 }],
			acceptors: [{ userId: 1001 }],
		});
		bench.sandbox.journal.clear();
		expect(
			await failing('createPurchase', {
				partnerId: byId(books.partner('5005')),
				...bill,
				additionalFields: { verifierListId: byId('Sales team') },
			}),
		).toContain('Verifier List is not an ID: "Sales team"');
		expect(bench.asked()).toEqual([]);
	});
});

describe('An arrived bill', () => {
	/** A bill that arrived in Procountor, with one acceptor and one verifier. */
	const arrived = (rows = 1) =>
		bench.sandbox.backdoor.addInvoice({
			type: 'PURCHASE_INVOICE',
			originalInvoiceNumber: 'TULI-1',
			counterParty: { counterPartyAddress: { name: 'Sähköyhtiö Valo Oy' } },
			invoiceRows: Array.from({ length: rows }, (_, index) => ({
				product: `Rivi ${index + 1}`,
				quantity: 1,
				unit: 'PIECE',
				unitPrice: 10,
				discountPercent: 0,
				vatPercent: 25.5,
			})),
			invoiceApprovalInformation: { verifiers: [{ userId: 1004 }], acceptors: [{ userId: 1004 }] },
		}).id;

	it.each([
		['multipart', 404, 'PNG'],
		['picture', 404, 'JPG'],
		['multipart', 400, 'JPEG'],
	] as const)(
		'is returned with all pages and attachments (%s, %i after the last page, %s)',
		async (imageForm, imageBeyondLastPage, format) => {
			Object.assign(bench.sandbox.switches, { imageForm, imageBeyondLastPage });
			const id = arrived(45);
			for (const name of ['erittely.pdf', 'liite ä.txt'])
				bench.sandbox.backdoor.addAttachment({ name, referenceId: id });
			const { items, error } = await bench.run('invoice', 'getWithFiles', { invoiceId: byId(id), options: { format } });
			expect(error).toBeUndefined();
			const [{ json: read, binary }] = items[0];
			expect(read).toMatchObject({ id, partnerName: 'Sähköyhtiö Valo Oy', status: 'RECEIVED' });
			expect(Object.keys(binary ?? {})).toEqual(['page_1', 'page_2', 'page_3', 'attachment_1', 'attachment_2']);
			expect((read.files as IDataObject[]).map(({ field, mimeType }) => [field, mimeType])).toEqual([
				...['page_1', 'page_2', 'page_3'].map((field) => [field, format === 'PNG' ? 'image/png' : 'image/jpeg']),
				['attachment_1', 'application/pdf'],
				['attachment_2', 'text/plain'],
			]);
			expect(Buffer.from(binary?.attachment_2.data ?? '', 'base64').toString()).toBe('liite ä.txt');
			expect(binary?.attachment_2.fileName).toBe('liite ä.txt');
			const bytes = Buffer.from(binary?.page_1.data ?? '', 'base64');
			expect(bytes.subarray(0, 4)).toEqual(
				format === 'PNG' ? Buffer.from([0x89, 0x50, 0x4e, 0x47]) : bytes.subarray(0, 4),
			);
			const [only] = (await bench.run('invoice', 'getWithFiles', { invoiceId: byId(id), options: { pages: false } }))
				.items[0];
			expect(Object.keys(only.binary ?? {})).toEqual(['attachment_1', 'attachment_2']);
		},
	);

	it('waits for verification and then for approval, with both comments in the history', async () => {
		const id = arrived();
		const waiting = async (waitingFor: string) =>
			(await asApprover('getWaiting', { waitingFor, options: { types: ['PURCHASE_INVOICE'] } })).filter(
				(one) => one.id === id,
			);
		expect(await waiting('both')).toMatchObject([{ id, waitingFor: 'verification', originalInvoiceNumber: 'TULI-1' }]);
		expect(await waiting('approval')).toEqual([]);
		await asApprover('verify', { invoiceId: byId(id), additionalFields: { comment: 'Määrät oikein' } });
		expect(await waiting('both')).toMatchObject([{ id, waitingFor: 'approval' }]);
		await asApprover('approve', { invoiceId: byId(id), additionalFields: { comment: 'Maksetaan' } });
		expect(await waiting('both')).toEqual([]);
		expect(
			(await json('getHistory', { returnAll: true, invoiceId: byId(id) })).map(({ action, details }) => [
				action,
				details,
			]),
		).toEqual(
			expect.arrayContaining([
				['VERIFICATION', 'Määrät oikein'],
				['APPROVAL', 'Maksetaan'],
			]),
		);
		expect(books.invoice(id).status).toBe('APPROVED');
	});

	it('is rejected with a comment and cannot be approved afterwards', async () => {
		const id = arrived();
		await json('reject', { invoiceId: byId(id), additionalFields: { comment: 'Väärä tilaus' } });
		expect(books.invoice(id).status).toBe('PAYMENT_DENIED');
		const { error } = await bench.run('invoice', 'approve', { invoiceId: byId(id) });
		expect(error?.message).toMatch(/is Payment Denied; approving needs Verified. Use Mark as Unfinished first$/);
	});
});

describe('Employee claim', () => {
	const person = () => books.partner('9002');
	const kilometres = {
		quantity: 340,
		productCode: 'KM-2026',
		dimensions: [{ dimensionId: 'Kustannuspaikka', itemId: 'Tampere' }],
	};

	it('saves the trip, prices with VAT, and postings for a person number', async () => {
		const trip = {
			departure: '28.9.2026 klo 8',
			arrival: '29.9.2026 klo 18',
			places: 'Tampere – Pori',
			purpose: 'Asiakaskäynti',
		};
		const people = await bench.json('person', 'getAll', { returnAll: true, simple: false });
		const { personNumber } = people.find(({ id }) => id === person())?.invoicingInfo as { personNumber: string };
		const parameters = {
			date,
			originalInvoiceNumber: 'M-1',
			after: 'circulate',
			specifyTravelInformationItems: 'json',
			travelInformationItemsJson: JSON.stringify([trip]),
			...asJson([kilometres, { productCode: 'PR-2026', quantity: 2 }]),
			additionalFields: { personNumber },
		};
		const [made] = await json('createTravelInvoice', parameters);
		expect(books.invoice(made.id)).toMatchObject({
			type: 'TRAVEL_INVOICE',
			status: 'RECEIVED',
			partnerId: person(),
			extraInfo: { unitPricesIncludeVat: true },
			travelInformationItems: [trip],
			invoiceRows: [
				{ product: 'Kilometrikorvaus', unitPrice: 0.55, vatPercent: 0, unit: 'KILOMETER' },
				{ product: 'Kokopäiväraha', unitPrice: 54 },
			],
		});
		expect(books.invoice(made.id).language).toBeUndefined();
		expect(books.sums(made.id).total).toBe(295);
		expect(books.entries(made.id)).toMatchObject([
			{ account: '7830', accountingValue: 187, dimensionItemValues: [{ dimensionId: 1, itemId: 12, value: 187 }] },
			{ account: '7820', accountingValue: 108 },
		]);
		expect((await json('createTravelInvoice', parameters))[0]).toMatchObject({ id: made.id, wasCreated: false });
	});

	it('saves travel times in Finnish time and refuses a return before the departure', async () => {
		const claim = (trip: IDataObject): INodeParameters => ({
			date,
			specifyTravelInformationItems: 'json',
			travelInformationItemsJson: JSON.stringify([{ departure: '27.9.2026', arrival: '27.9.2026' }, trip]),
			...asJson([kilometres]),
			additionalFields: { personNumber: '9002' },
		});
		const before = books.size;
		expect(
			await failing(
				'createTravelInvoice',
				claim({ departure: '2026-09-28T23:30:00Z', arrival: '2026-09-28T12:00:00Z' }),
			),
		).toMatch(/Return is "28\.9\.2026 15\.00", before the departure "29\.9\.2026 2\.30"/);
		expect(books.size).toBe(before);
		const [made] = await json(
			'createTravelInvoice',
			claim({ departure: '2026-09-28T20:30:00Z', arrival: '2026-09-29T12:00:00Z' }),
		);
		expect(books.invoice(made.id).travelInformationItems?.[1]).toMatchObject({
			departure: '28.9.2026 23.30',
			arrival: '29.9.2026 15.00',
		});
	});

	it("stays unpaid for the employee's own money, and can be marked as paid for the company card", async () => {
		const claims = [
			{
				id: 'E-1',
				card: false,
				rows: [{ product: 'Parkkimaksu', unitPrice: 12.4, vatPercent: 25.5, account: '7800' }],
			},
			{
				id: 'E-2',
				card: true,
				rows: [
					{ product: 'Tulostuspaperi', unitPrice: 31.5, vatPercent: 25.5, account: '8500' },
					{ product: 'Kahvit', unitPrice: 9.9, vatPercent: 13.5, account: '7000' },
				],
			},
		];
		const parameters = {
			date,
			partnerId: byId(person()),
			originalInvoiceNumber: '={{ $json.id }}',
			specifyRows: 'json',
			invoiceRowsJson: '={{ $json.rows }}',
			after: 'circulate',
		};
		const [own, card] = await json('createExpenseClaim', parameters, claims);
		expect([own.status, card.status]).toEqual(['RECEIVED', 'RECEIVED']);
		expect(books.invoice(card.id)).toMatchObject({
			type: 'BILL_OF_CHARGES',
			extraInfo: { unitPricesIncludeVat: true },
		});
		// 31.50 with 25.5 % is 25.10 net, 9.90 with 13.5 % is 8.72.
		expect(books.entries(card.id)).toMatchObject([
			{ account: '8500', accountingValue: 25.1 },
			{ account: '7000', accountingValue: 8.72 },
		]);
		const [paid] = await bench.json('paymentEvent', 'markAsPaid', {
			invoiceId: byId(card.id),
			paymentDate: '2026-09-28',
		});
		expect(paid).toMatchObject({ paidAmount: 41.4, paidCurrency: 'EUR', paymentDate: '2026-09-28', openSum: 0 });
		expect(books.invoice(card.id).status).toBe('MARKED_PAID');
		expect(books.invoice(own.id).status).toBe('RECEIVED');
	});

	it.each([
		['a missing person', {}, 'Person is empty'],
		[
			'an unknown person number',
			{ additionalFields: { personNumber: '99' } },
			'Person Number is not in the person register: 99',
		],
		['a sales product', { partnerId: byId(503) }, ''],
	])('is refused for %s', async (what, more, message) => {
		const rows = what === 'a sales product' ? [{ productId: books.product('KUP-200') }] : [kilometres];
		const party = what === 'a sales product' ? { partnerId: byId(person()) } : more;
		expect(await failing('createTravelInvoice', { ...asJson(rows), ...party } as INodeParameters)).toContain(
			message || 'Row 1, Product is a product of the type SALES, and this invoice takes TRAVEL',
		);
	});
});

describe('Orders and offers', () => {
	it('are saved with their own types and refused if a row has a ledger account', async () => {
		const rows = asJson([
			{ product: 'Espressokone', unitPrice: 2490, vatPercent: 25.5, headerText: 'Tarjous voimassa 30 päivää' },
		]);
		const [offer] = await json('createOrder', {
			date,
			orderType: 'OFFER',
			partnerId: byId(books.partner('1002')),
			originalInvoiceNumber: 'T-1',
			...rows,
		});
		expect(books.invoice(offer.id)).toMatchObject({ type: 'SALES_ORDER', isOffer: true, language: 'FINNISH' });
		expect((await json('getAll', { returnAll: true, show: 'offers' })).map(({ id }) => id)).toContain(offer.id);
		const [order] = await json('createOrder', {
			date,
			orderType: 'PURCHASE_ORDER',
			partnerId: byId(books.partner('5002')),
			originalInvoiceNumber: 'OT-1',
			...asJson([{ productCode: 'OST-002', quantity: 2 }]),
		});
		expect(books.invoice(order.id)).toMatchObject({
			type: 'PURCHASE_ORDER',
			invoiceRows: [{ product: 'Laitteet', quantity: 2, unitPrice: 1500 }],
		});
		expect(
			await failing('createOrder', {
				orderType: 'OFFER',
				counterPartyName: 'K',
				...asJson([{ product: 'A', unitPrice: 1, vatPercent: 25.5, account: '3000' }]),
			}),
		).toContain('orders and offers are not bookkeeping');
	});
});
