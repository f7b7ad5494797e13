/** The guarantees of the API client, tested through n8n's engine and over HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const session = ['company', 'getSession'] as const;
const journal = {
	name: 'Kahvimyynti',
	receiptDate: '2026-10-02',
	specifyRows: 'json',
	transactionsJson: JSON.stringify([entry('8500', 10), entry('1910', -10)]),
};

/** A write without a look-up before or after it. */
const plainWrite = ['dimension', 'createItem', { dimensionId: '1', codeName: 'Oulu' }] as const;

function entry(account: string, accountingValue: number) {
	return { transactionType: 'ENTRY', account, accountingValue, vatPercent: 0 };
}

describe('Access token', () => {
	it('is requested once for many items', async () => {
		const items = await bench.json(...session, {}, { items: many(20) });
		expect(items).toHaveLength(20);
		expect(bench.sandbox.journal.to('requestToken')).toHaveLength(1);
	});

	it('is renewed once if it expires during a run', async () => {
		bench.sandbox.faults.add({ kind: 'latency', ms: 30, path: '/sessioninfo', times: 0 });
		const saved = bench.engine.saveCredential('procountorApi', bench.credential());
		const run = async (count: number) =>
			await bench.engine.runNode({
				type: 'procountor',
				parameters: { resource: 'company', operation: 'getSession' },
				credentials: { procountorApi: saved },
				items: many(count),
			});
		await run(1);
		bench.sandbox.state.auth.revokeTokens();
		const second = await run(30);
		expect(second.error).toBeUndefined();
		expect(second.items[0]).toHaveLength(30);
		expect(bench.sandbox.journal.to('requestToken')).toHaveLength(2);
	});

	it.each([
		['a wrong key', { apiKey: 'wrong' }, /refused the login/, /person icon > API client keys/],
		['a wrong secret', { clientSecret: 'wrong' }, /refused the login/, /[Cc]lient ID and client secret/],
		[
			'a closed API version',
			{ apiVersion: 'numbered', versionNumber: '1901' },
			/closed API version 19\.01, or never had it \(404 at .*\/v1901\/api\)/,
			/API version/,
		],
		[
			'plain http to another machine',
			{ baseUrl: 'http://example.com' },
			/must start with https/,
			/http:\/\/127\.0\.0\.1/,
		],
		['an invalid URL', { baseUrl: 'sandbox' }, /is not a URL/, /https/],
		[
			'a server that cannot be reached',
			{ baseUrl: 'http://127.0.0.1:9' },
			/cannot be reached at http:\/\/127\.0\.0\.1:9/,
			/environment/,
		],
	])('is not issued, and the error shows what to do about %s', async (_, change, message, description) => {
		const run = await bench.run(...session, {}, { credential: bench.credential(change) });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(description);
	});

	it('is not issued if the API is closed, and the error shows the company setting', async () => {
		requireCompany().settings.apiAllowed = false;
		const run = await bench.run(...session);
		expect(run.error?.message).toMatch(/refused the login/);
		expect(run.error?.description).toContain("'Allow the usage of invoiceable API clients'");
	});

	it("is requested with each company's own credential", async () => {
		const [first] = await bench.json(...session);
		const [second] = await bench.json(...session, {}, { credential: bench.credential({ apiKey: DEMO.keys.second }) });
		expect([first.companyId, second.companyId]).toEqual([DEMO.companyId, DEMO.secondCompanyId]);
	});

	it('is not requested if the items of one run belong to two companies', async () => {
		const credential = bench.credential({ apiKey: '={{ "demo-key-" + $json.user }}' });
		const run = await bench.run(
			...session,
			{},
			{ credential, items: [{ user: 'admin' }, { user: 'admin' }, { user: 'second-company' }] },
		);
		expect(run.error?.message).toBe(
			'The credential is not the same for all items: item 2 would go to another company than item 0',
		);
		expect(bench.sandbox.journal.entries).toEqual([]);
	});
});

describe('Fault during a request', () => {
	it('causes a retry of a read: 429 with Retry-After, 503, 502, 504 and a cut connection', async () => {
		bench.sandbox.faults.add(
			{ kind: 'tooManyRequests', retryAfter: 1, path: '/sessioninfo' },
			{ kind: 'unavailable', path: '/sessioninfo', after: 1 },
			{ kind: 'badGateway', path: '/sessioninfo', after: 2 },
			{ kind: 'gatewayTimeout', path: '/sessioninfo', after: 3 },
			{ kind: 'cutBefore', path: '/sessioninfo', after: 4 },
		);
		const items = await bench.json(...session, {}, { items: many(12) });
		expect(items).toHaveLength(12);
		expect(bench.sandbox.journal.to('GET /sessioninfo')).toHaveLength(12 + 5);
		expect(bench.sandbox.faults.list).toEqual([]);
	}, 30_000);

	it('pauses all requests of the client for the time in Retry-After', async () => {
		bench.sandbox.faults.add({ kind: 'tooManyRequests', retryAfter: 1, path: '/sessioninfo', after: 4 });
		await bench.json(...session, {}, { items: many(60) });
		const asked = bench.sandbox.journal.to('GET /sessioninfo');
		const refused = asked.findIndex(({ status }) => status === 429);
		expect(refused).toBeGreaterThanOrEqual(0);
		// Up to 16 requests that were already sent may still arrive.
		const meanwhile = asked.slice(refused + 1).filter(({ atMs }) => atMs < asked[refused].atMs + 990);
		expect(meanwhile.length).toBeLessThan(16);
	});

	it('never causes a retry of a write that may have taken effect', async () => {
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/dimensions/{dimensionId}/items' });
		const run = await bench.run(...plainWrite);
		expect(run.error?.message).toMatch(/It is unclear whether Procountor carried out .*connection failed/);
		expect(run.error?.description).toMatch(/Check in Procountor whether it was saved/);
		expect(bench.sandbox.journal.to('POST /dimensions/{dimensionId}/items')).toHaveLength(1);
	});

	it.each([
		['500 with an HTML page', { kind: 'htmlError' } as const, /unclear whether/],
		['502', { kind: 'badGateway' } as const, /unclear whether/],
	])('leaves the outcome of a write unclear after a %s, without a retry', async (_, fault, message) => {
		bench.sandbox.faults.add({ ...fault, method: 'POST', path: '/dimensions/{dimensionId}/items' });
		const run = await bench.run(...plainWrite);
		expect(run.error?.message).toMatch(message);
		expect(bench.sandbox.journal.to('POST /dimensions/{dimensionId}/items')).toHaveLength(1);
	});

	it('causes a retry of a write that was rejected with 429', async () => {
		bench.sandbox.faults.add({ kind: 'tooManyRequests', retryAfter: 0, method: 'POST', path: '/ledgerreceipts' });
		await bench.json('ledgerReceipt', 'create', journal);
		expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toHaveLength(2);
	});

	it('is reported if Procountor returns an HTML page instead of data', async () => {
		bench.sandbox.faults.add({ kind: 'status', status: 200, body: '<html>Maintenance</html>', path: '/sessioninfo' });
		const run = await bench.run(...session);
		expect(run.error?.message).toMatch(/returned a page instead of data/);
	});

	it('sends no token to another host if the response is a redirect', async () => {
		const other = await listener();
		bench.sandbox.faults.add({ kind: 'redirect', location: `${other.url}/steal`, path: '/sessioninfo' });
		const run = await bench.run(...session);
		await other.close();
		expect(run.error?.message).toMatch(/returned a redirect, which the node never follows/);
		expect(other.requests).toEqual([]);
	});

	it('sends no secret to another host if the token response is a redirect', async () => {
		const other = await listener();
		bench.sandbox.faults.add({ kind: 'redirect', location: `${other.url}/steal`, path: '/oauth/token' });
		const run = await bench.run(...session);
		await other.close();
		expect(run.error?.message).toMatch(/redirect.*, which the node never follows/);
		expect(other.requests).toEqual([]);
	});
});

describe('Rejection by Procountor', () => {
	it('reports a missing right', async () => {
		const run = await bench.run(
			'ledgerReceipt',
			'get',
			{ receiptId: '1' },
			{ credential: bench.credential({ apiKey: DEMO.keys.nobody }) },
		);
		expect(run.error?.message).toMatch(
			/^Procountor does not allow the request for ledger receipt 1: the user lacks the right 'Accounting > Journal receipt search' or /,
		);
		expect(run.error?.description).toMatch(
			/^Ask an administrator of Procountor to grant it; .* Procountor's answer: Insufficient user rights\.$/,
		);
		expect(run.error?.httpCode).toBe('403');
	});

	it('reports a record that does not exist', async () => {
		const run = await bench.run('invoice', 'get', { invoiceId: '999999' });
		expect(run.error).toMatchObject({ message: 'Procountor has no such record: invoice 999999', httpCode: '404' });
	});

	it('reports row and label of the rejected field', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			method: 'POST',
			path: '/ledgerreceipts',
			body: { errors: [{ status: 400, field: 'transactions[1].vatStatus', message: 'ERROR_VATSTATUS_VATPERC' }] },
		});
		const run = await bench.run('ledgerReceipt', 'create', journal);
		expect(run.error?.message).toMatch(/2, VAT Status: The VAT rate is not allowed with the VAT status/);
		expect(run.error?.description).toMatch(/ERROR_VATSTATUS_VATPERC/);
	});
});

describe('Input check', () => {
	it.each([
		['an ID that is not a number', ['invoice', 'get', { invoiceId: 'abc' }], /^Invoice ID is not an ID: "abc"$/],
		['a path instead of an ID', ['invoice', 'get', { invoiceId: '../company' }], /^Invoice ID .*\.\.\/company/],
		['a date that does not exist', ['invoice', 'getAll', { filters: { startDate: '2026-02-30' } }], /^Date From /],
		[
			'invalid JSON',
			['ledgerReceipt', 'create', { ...journal, transactionsJson: '[{]' }],
			/^Transactions \(JSON\) is not valid JSON/,
		],
		['an emoji in a name', ['ledgerReceipt', 'create', { ...journal, name: 'Kahvi ☕' }], /^Name .*☕/],
		[
			'a name that is too long',
			['ledgerReceipt', 'create', { ...journal, name: 'x'.repeat(81) }],
			/^Name is longer than 80 characters/,
		],
		[
			'an unknown field in JSON',
			['ledgerReceipt', 'create', { ...journal, additionalFields: { bodyJson: '{"recieptDate":"2026-10-02"}' } }],
			/recieptDate|Reciept Date/i,
		],
		['a limit of zero', ['invoice', 'getAll', { limit: 0 }], /^Limit /],
	] as const)(
		'refuses %s with the field label before any request',
		async (_, [resource, operation, parameters], message) => {
			const run = await bench.run(resource, operation, { ...parameters });
			expect(run.error?.message).toMatch(message);
			expect(bench.sandbox.journal.entries).toEqual([]);
		},
	);

	it('stops before the first write if a later item is invalid', async () => {
		const run = await bench.run(
			'ledgerReceipt',
			'create',
			{ ...journal, receiptDate: '={{ $json.day }}' },
			{ items: [{ day: '2026-10-01' }, { day: 'tomorrow' }] },
		);
		expect(run.error?.message).toMatch(/^Receipt Date .*tomorrow/);
		expect(run.error?.context).toMatchObject({ itemIndex: 1 });
		expect(bench.sandbox.journal.entries).toEqual([]);
	});

	it('continues after an invalid item if the node is set to, and pairs the outputs', async () => {
		const run = await bench.run(
			'ledgerReceipt',
			'create',
			{ ...journal, receiptDate: '={{ $json.day }}' },
			{
				items: [{ day: '2026-10-01' }, { day: 'tomorrow' }, { day: '2026-10-02' }],
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(run.items[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(run.items[0][1].json.error).toMatch(/^Receipt Date /);
		expect(run.items[0][2].json.receiptDate).toBe('2026-10-02');
		expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toHaveLength(2);
	});

	it('does not shift a date by a time zone', async () => {
		await bench.json('invoice', 'getAll', {
			filters: { startDate: '2026-10-01T00:00:00.000+03:00', endDate: '2026-10-31' },
		});
		expect(bench.sandbox.journal.to('GET /invoices')[0].query).toMatchObject({
			startDate: '2026-10-01',
			endDate: '2026-10-31',
		});
	});
});

function requireCompany() {
	const company = bench.sandbox.world.companies.get(DEMO.companyId);
	if (!company) throw new Error('The demo company is gone');
	return company;
}

interface Listener {
	url: string;
	requests: string[];
	close(): Promise<void>;
}

/** Another host, which must never receive a request. */
async function listener(): Promise<Listener> {
	const requests: string[] = [];
	const server: Server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => await new Promise<void>((resolve) => void server.close(() => resolve())),
	};
}
