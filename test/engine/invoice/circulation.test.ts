/** Circulation of bills and claims: sending, verifying, approving, rejecting, and comments. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const TYPES = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'] as const;
/** An invoice with two verifiers, one of whom also approves it. */
const made = (type: (typeof TYPES)[number], status: 'UNFINISHED' | 'RECEIVED' | 'VERIFIED' = 'UNFINISHED'): number =>
	bench.sandbox.backdoor.addInvoice(
		{
			type,
			language: undefined,
			invoiceApprovalInformation: { verifiers: [{ userId: 1004 }, { userId: 1001 }], acceptors: [{ userId: 1004 }] },
		},
		{ status },
	).id;
const approver = () => bench.credential({ apiKey: DEMO.keys.approver });
const by = async (
	operation: string,
	parameters: INodeParameters,
	credential = bench.credential(),
	items: IDataObject[] = [{}],
) => await bench.run('invoice', operation, parameters, { credential, items });
const history = async (id: number) =>
	(await bench.json('invoice', 'getHistory', { returnAll: true, invoiceId: byId(id) })).map(({ action, details }) => [
		action,
		details,
	]);

it.each(TYPES)(
	'%s is circulated, verified by both users, and approved, with the comments in the history',
	async (type) => {
		const id = made(type);
		const invoiceId = byId(id);
		expect((await by('sendToCirculation', { invoiceId })).error).toBeUndefined();
		expect(books.invoice(id).status).toBe('RECEIVED');
		expect(
			(await by('verify', { invoiceId, additionalFields: { comment: 'Määrät oikein – 3 kpl à 5 €' } }, approver()))
				.error,
		).toBeUndefined();
		expect(books.invoice(id).status).toBe('RECEIVED');
		expect((await by('verify', { invoiceId })).error).toBeUndefined();
		expect(books.invoice(id).status).toBe('VERIFIED');
		expect(
			(await by('approve', { invoiceId, additionalFields: { comment: 'x'.repeat(100) } }, approver())).error,
		).toBeUndefined();
		expect(books.invoice(id).status).toBe('APPROVED');
		expect(await history(id)).toEqual(
			expect.arrayContaining([
				['VERIFICATION', 'Määrät oikein – 3 kpl à 5 €'],
				['APPROVAL', 'x'.repeat(100)],
			]),
		);
	},
);

it.each(TYPES)('%s is rejected, and the history contains the reason', async (type) => {
	const id = made(type, 'RECEIVED');
	expect(
		(await by('reject', { invoiceId: byId(id), additionalFields: { comment: 'Väärä yhtiö' } })).error,
	).toBeUndefined();
	expect(books.invoice(id).status).toBe('PAYMENT_DENIED');
	expect(await history(id)).toContainEqual(['DENY_PAYMENT', 'Väärä yhtiö']);
});

it.each([
	['verify', 'RECEIVED'],
	['approve', 'VERIFIED'],
	['reject', 'RECEIVED'],
] as const)(
	'The operation %s refuses a long comment and unsupported characters before sending',
	async (operation, status) => {
		const id = made('PURCHASE_INVOICE', status);
		for (const [comment, message] of [
			['x'.repeat(101), 'Comment is longer than 100 characters (101)'],
			['Hyvä 👍', 'Comment contains "👍" at character 6, which Procountor does not accept'],
		]) {
			expect((await by(operation, { invoiceId: byId(id), additionalFields: { comment } })).error?.message).toBe(
				message,
			);
		}
		expect(bench.sandbox.journal.entries.filter(({ method }) => method === 'PUT')).toEqual([]);
		expect(books.invoice(id).status).toBe(status);
	},
);

it('Approving several bills in one run reports a bill with a wrong status and approves the others', async () => {
	const ids = [
		made('PURCHASE_INVOICE', 'VERIFIED'),
		made('PURCHASE_INVOICE', 'UNFINISHED'),
		made('BILL_OF_CHARGES', 'VERIFIED'),
	];
	const { items } = await bench.run(
		'invoice',
		'approve',
		{ invoiceId: byId('={{ $json.id }}') },
		{ credential: approver(), items: ids.map((id) => ({ id })), settings: { onError: 'continueRegularOutput' } },
	);
	expect(items[0].map(({ json }) => json.error)).toEqual([
		undefined,
		expect.stringMatching(/is Unfinished; approving needs Verified. Send it to circulation and verify it first$/),
		undefined,
	]);
	expect(ids.map((id) => books.invoice(id).status)).toEqual(['APPROVED', 'UNFINISHED', 'APPROVED']);
});

describe('Invoice: Get Many Waiting for Me', () => {
	const waiting = async (waitingFor: string, types?: string[]) =>
		await bench.json(
			'invoice',
			'getWaiting',
			{ waitingFor, options: types ? { types } : {} },
			{ credential: approver() },
		);
	const known = (records: IDataObject[], ids: number[]) =>
		records.filter(({ id }) => ids.includes(Number(id))).map(({ id, type, waitingFor }) => [id, type, waitingFor]);

	it('returns each bill, travel invoice, and expense claim once, with the step it waits for', async () => {
		const ids = TYPES.flatMap((type) => [made(type, 'RECEIVED'), made(type, 'VERIFIED'), made(type, 'UNFINISHED')]);
		const both = TYPES.flatMap((type, index) => [
			[ids[index * 3], type, 'verification'],
			[ids[index * 3 + 1], type, 'approval'],
		]);
		expect(known(await waiting('both'), ids)).toEqual(expect.arrayContaining(both));
		expect(known(await waiting('both'), ids)).toHaveLength(6);
		expect(known(await waiting('verification'), ids)).toHaveLength(3);
		expect(known(await waiting('approval', ['TRAVEL_INVOICE']), ids)).toEqual([[ids[4], 'TRAVEL_INVOICE', 'approval']]);
	});

	it('reads the details of 230 invoices in two requests', async () => {
		const ids = Array.from({ length: 230 }, () => made('PURCHASE_INVOICE', 'RECEIVED'));
		bench.sandbox.journal.clear();
		expect(known(await waiting('verification', ['PURCHASE_INVOICE']), ids)).toHaveLength(230);
		expect(
			bench.sandbox.journal.to('GET /invoices/{invoiceId}').length +
				bench.sandbox.journal.entries.filter(({ contractPath }) => contractPath === '/invoices/{ids}').length,
		).toBe(2);
	});

	it('returns nothing if no invoice waits, and reports a missing right', async () => {
		expect(known(await waiting('approval', ['BILL_OF_CHARGES']), [made('BILL_OF_CHARGES')])).toEqual([]);
		const { error } = await bench.run(
			'invoice',
			'getWaiting',
			{ waitingFor: 'both' },
			{ credential: bench.credential({ apiKey: DEMO.keys.nobody }) },
		);
		expect(error).toMatchObject({
			httpCode: '403',
			message: expect.stringContaining('Procountor does not allow the request for invoices that wait for verification'),
			description: expect.stringContaining('Check Access'),
		});
	});
});

describe('Invoice comment', () => {
	it.each(TYPES)('is marked as read by each tagged user separately (%s)', async (type) => {
		const invoiceId = byId(made(type));
		const users = await bench.json('invoiceComment', 'getTaggableUsers', { returnAll: true, invoiceId });
		const tag = (name: string) => `@${String(users.find(({ fullName }) => fullName === name)?.displayName)}`;
		const [comment] = await bench.json('invoiceComment', 'create', {
			invoiceId,
			comment: `${tag('Onni Hyväri')} ja ${tag('Aino Koivuranta')} , kumpi tilasi? @eikukaan`,
		});
		expect(comment.taggedUsersInfo).toEqual({ numTaggedUsers: 2, readByAllTaggedUsers: false });
		const commentId = String(comment.id);
		const unread = async () =>
			(
				await bench.json('invoiceComment', 'getAll', {
					returnAll: true,
					invoiceId,
					filters: { readByAllTaggedUsers: false },
				})
			).length;
		await bench.json('invoiceComment', 'markAsRead', { invoiceId, commentId }, { credential: approver() });
		expect(await unread()).toBe(1);
		await bench.json('invoiceComment', 'markAsRead', { invoiceId, commentId });
		expect(await unread()).toBe(0);
		const [{ taggedUsers }] = await bench.json('invoiceComment', 'get', { invoiceId, commentId });
		expect((taggedUsers as IDataObject[]).map(({ fullName, read }) => [fullName, typeof read])).toEqual(
			expect.arrayContaining([
				['Onni Hyväri', 'string'],
				['Aino Koivuranta', 'string'],
			]),
		);
	});

	it('keeps line breaks and quotes, and is refused if empty', async () => {
		const invoiceId = byId(made('PURCHASE_INVOICE'));
		const text = '"Hei",\nkatso: 1 < 2 & \'ä\'\n\n- € \\ ';
		expect((await bench.json('invoiceComment', 'create', { invoiceId, comment: text }))[0].comment).toBe(text);
		expect((await bench.run('invoiceComment', 'create', { invoiceId, comment: '' })).error?.message).toContain(
			'Comment',
		);
	});
});
