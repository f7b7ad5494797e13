/** Broken responses: truncated, empty, or repeated. */
import type { ServerResponse } from 'node:http';
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();

/** A response whose connection breaks in the middle of its body. */
function cut(response: ServerResponse, headers: Record<string, string> = {}): void {
	response.writeHead(200, { 'content-type': 'application/json', ...headers });
	response.write('{"results":[{"id":1}');
	setTimeout(() => response.destroy(), 10);
}

const page = (ids: number[]) => ({ results: ids.map((id) => ({ id })), meta: { pageSize: 200 } });

describe('A response that breaks off in its body', () => {
	it.each([
		['with a length', { 'content-length': '1000' }],
		['in chunks', {}],
	])('is requested again when reading, %s', async (_, headers) => {
		let asked = 0;
		bench.server.answer = (request, response) =>
			request.path === '/invoices' && asked++ === 0
				? cut(response, headers as Record<string, string>)
				: json(response, page([1, 2]));
		const run = await bench.run('invoice', 'getAll', { limit: 10 });
		expect(run.error).toBeUndefined();
		expect(run.items[0].map(({ json: { id } }) => id)).toEqual([1, 2]);
	});

	it('leaves the result of a write unclear, which is not sent again', async () => {
		bench.server.answer = (_, response) => cut(response);
		const run = await bench.run('apiRequest', 'send', { method: 'PUT', path: '/invoices/5/approve' });
		expect(run.error?.message).toMatch(/^It is unclear whether/);
		expect(bench.server.requests).toHaveLength(1);
	});
});

describe('A response without a body', () => {
	it('is not treated as an empty list', async () => {
		bench.server.answer = (_, response) => void response.writeHead(200).end();
		const run = await bench.run('invoice', 'getAll', { returnAll: true });
		expect(run.error?.message).toBe('Procountor returned nothing for the request for invoice');
		expect(run.items).toEqual([]);
	});

	it('is treated as an empty list if its status is 204', async () => {
		bench.server.answer = (_, response) => void response.writeHead(204).end();
		expect((await bench.run('factoringContract', 'getAll')).items).toEqual([[]]);
	});

	it('is not treated as a record', async () => {
		bench.server.answer = (_, response) => void response.writeHead(200).end();
		for (const operation of ['get', 'getHistory']) {
			const run = await bench.run('invoice', operation, { invoiceId: operation === 'get' ? '5' : byId(5) });
			expect(run.error?.message).toBe('Procountor returned nothing for the request for invoice 5');
		}
	});

	it.each([
		['nothing', ''],
		['an empty object', '{}'],
		['an empty list', '[]'],
	])('stops an update before its write: %s', async (_, body) => {
		bench.server.answer = (_request, response) =>
			void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
		const run = await bench.run('invoice', 'update', { invoiceId: byId(5), updateFields: { notes: 'x' } });
		expect(run.error?.message).toMatch(/invoice 5/);
		expect(bench.server.requests.map(({ method }) => method)).toEqual(['GET']);
	});
});

describe('A list that returns the same page repeatedly', () => {
	const full = (name: string) => ({
		results: Array.from({ length: 200 }, (_, index) => ({ [name]: index + 1 })),
		meta: { pageSize: 200 },
	});

	it.each([
		['paged by number', 'factoringContract', 'getAll', 'id'],
		['paged by number, without IDs', 'salary', 'getAllTypes', 'code'],
		['paged by ID', 'product', 'getAll', 'id'],
	])('is not read endlessly, %s', async (_, resource, operation, name) => {
		bench.server.answer = (_request, response) => json(response, full(name));
		const run = await bench.run(resource, operation, { returnAll: true });
		expect(run.error?.message).toMatch(/returned the same page again/);
		expect(bench.server.requests.length).toBeLessThan(5);
	});
});

describe('A payment in two currencies', () => {
	const invoice = {
		id: 5,
		type: 'PURCHASE_INVOICE',
		status: 'PARTLY_PAID',
		invoiceNumber: 7,
		paymentInfo: { currency: 'USD' },
		invoiceSumInfo: [{ currency: 'USD', inAccountingCurrency: false, invoiceSumTotal: 200 }],
	};
	const markPaid = async (payment: object, more: object) => {
		bench.server.answer = ({ path, method }, response) =>
			json(
				response,
				method === 'PUT'
					? { id: 9, paymentDate: '2026-10-05' }
					: path === '/invoices/5'
						? invoice
						: { results: [{ id: 8, paymentDate: '2026-10-01', status: 'PAID', ...payment }], meta: { pageSize: 200 } },
			);
		const { error, items } = await bench.run('paymentEvent', 'markAsPaid', { invoiceId: byId(5), ...more });
		return {
			error: error?.message,
			item: items[0]?.[0]?.json,
			sent: bench.server.requests
				.filter(({ method }) => method === 'PUT')
				.map(({ body }) => (JSON.parse(body) as { amount: number }).amount),
		};
	};

	it.each([
		['the paid amount', { amount: 46, currency: 'EUR', paidAmount: 50, paidCurrency: 'USD' }, 150],
		['the booked amount', { amount: 50, currency: 'USD', paidAmount: 46, paidCurrency: 'EUR' }, 150],
		['an amount without a currency', { amount: 50 }, 150],
	])('is deducted in the invoice currency: %s', async (_, payment, open) => {
		expect(await markPaid(payment, {})).toMatchObject({ error: undefined, sent: [open], item: { openSum: 0 } });
	});

	it.each([
		['paid and booked in euros', { amount: 46, currency: 'EUR', paidAmount: 46, paidCurrency: 'EUR' }],
		['booked in euros only', { amount: 46, currency: 'EUR' }],
	])('makes the open amount unknown if no amount is in the invoice currency: %s', async (_, payment) => {
		expect(await markPaid(payment, {})).toEqual({
			error: expect.stringMatching(
				/^The open amount of .* cannot be calculated, because its payment of 2026-10-01 was in another currency$/,
			),
			item: undefined,
			sent: [],
		});
		const { error, item, sent } = await markPaid(payment, { amount: '20' });
		expect([error, sent, item?.openSum]).toEqual([undefined, [20], undefined]);
	});
});
