import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const purchase = () => byId(bench.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE', language: undefined }).id);

it('A user who is tagged in a comment reads it and marks it as read', async () => {
	const invoiceId = purchase();
	const users = await bench.json('invoiceComment', 'getTaggableUsers', { returnAll: true, invoiceId });
	const { displayName } = users.find(({ fullName }) => fullName === 'Onni Hyväri') as IDataObject;

	const [comment] = await bench.json('invoiceComment', 'create', {
		invoiceId,
		comment: `@${String(displayName)} onko tämä meidän?`,
	});
	expect(comment).toMatchObject({
		id: expect.any(Number),
		author: 'Aino Koivuranta',
		taggedUsersInfo: { numTaggedUsers: 1, readByAllTaggedUsers: false },
	});
	const commentId = String(comment.id);
	expect(
		await bench.json('invoiceComment', 'getAll', {
			returnAll: true,
			invoiceId,
			filters: { readByAllTaggedUsers: false },
		}),
	).toMatchObject([{ id: comment.id }]);

	await bench.json(
		'invoiceComment',
		'markAsRead',
		{ invoiceId, commentId },
		{ credential: bench.credential({ apiKey: DEMO.keys.approver }) },
	);
	expect(await bench.json('invoiceComment', 'get', { invoiceId, commentId })).toMatchObject([
		{ taggedUsers: [{ fullName: 'Onni Hyväri', read: expect.any(String) }] },
	]);
	expect(
		await bench.json('invoiceComment', 'getAll', {
			returnAll: true,
			invoiceId,
			filters: { readByAllTaggedUsers: false },
		}),
	).toEqual([]);
	expect(
		await bench.json('invoiceComment', 'getAll', {
			returnAll: true,
			invoiceId,
			filters: { readByAllTaggedUsers: true },
		}),
	).toHaveLength(1);
});

it('Unsupported invoice types, users without a tag, and unsupported characters are reported', async () => {
	const sales = byId(bench.sandbox.backdoor.addInvoice().id);
	expect((await bench.run('invoiceComment', 'create', { invoiceId: sales, comment: 'Hei' })).error?.message).toContain(
		'no such record',
	);
	const invoiceId = purchase();
	const [{ id }] = await bench.json('invoiceComment', 'create', { invoiceId, comment: 'Kaikki kunnossa' });
	expect(
		(await bench.run('invoiceComment', 'markAsRead', { invoiceId, commentId: String(id) })).error?.message,
	).toContain('Only a tagged user');
	const emoji = await bench.run('invoiceComment', 'create', { invoiceId, comment: 'Hyvä 👍' });
	expect(emoji.error?.message).toMatch(/^Comment .*👍/);
	expect(bench.sandbox.journal.to('POST /invoices/{invoiceId}/comments')).toHaveLength(2);
});

it('The picker offers the users who can be tagged on the invoice', async () => {
	const node = {
		type: 'procountor',
		parameters: { resource: 'invoiceComment', operation: 'create', invoiceId: purchase() },
		credentials: { procountorApi: bench.credential() },
	};
	const { results } = await bench.engine.listSearch('searchTaggableUser', node);
	expect(results.map(({ name }) => name)).toContainEqual(expect.stringContaining('Onni Hyväri'));
});
