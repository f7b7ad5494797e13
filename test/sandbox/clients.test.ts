import type { AxiosInstance, AxiosResponse } from 'axios';

import { keyForm, login, plain, postForm } from './client';
import { DEMO, type Sandbox, smallestInvoice } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

const invoice = (changes: object = {}) => ({
	...smallestInvoice(sandbox.world.company(DEMO.companyId), '2026-10-01'),
	...changes,
});
const outcome = async (answer: Promise<AxiosResponse>) => {
	const { status, data } = await answer;
	return status === 200 ? 200 : [status, data.errors[0].field];
};

describe('Upload written by hand', () => {
	const file = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x0d, 0x0a, 0xff, 0x00]);
	const meta = (changes: object = {}) => ({
		name: 'lasku.pdf',
		referenceType: 'INVOICE',
		referenceId: sandbox.backdoor.addInvoice().id,
		sendWithInvoice: false,
		...changes,
	});

	/** A form as a client writes it, byte by byte. */
	function upload(metaHeaders: string, value: object, fileFirst = false) {
		const metaPart = Buffer.from(`${metaHeaders}\r\n\r\n${JSON.stringify(value)}\r\n`);
		const filePart = Buffer.concat([
			Buffer.from(
				'Content-Disposition: form-data; name="file"; filename="x.pdf"\r\nContent-Type: application/pdf\r\n\r\n',
			),
			file,
			Buffer.from('\r\n'),
		]);
		const parts = fileFirst ? [filePart, metaPart] : [metaPart, filePart];
		const body = Buffer.concat([
			...parts.flatMap((part) => [Buffer.from('--cut\r\n'), part]),
			Buffer.from('--cut--\r\n'),
		]);
		return http.post('/attachments', body, { headers: { 'Content-Type': 'multipart/form-data; boundary=cut' } });
	}

	it.each([
		['JSON without a file name', 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json'],
		[
			'JSON with a charset and without a file name',
			'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json; charset=utf-8',
		],
		[
			'JSON with a file name',
			'Content-Disposition: form-data; name="meta"; filename="meta.json"\r\nContent-Type: application/json',
		],
		['unspecified content type', 'Content-Disposition: form-data; name="meta"'],
	])('is accepted with a meta part of %s, in either order', async (_, headers) => {
		for (const fileFirst of [false, true]) {
			const { status, data } = await upload(headers, meta({ name: 'päivä.pdf' }), fileFirst);
			expect([status, data.name]).toEqual([200, 'päivä.pdf']);
			const download = await http.get(`/attachments/${data.id}`, { responseType: 'arraybuffer' });
			expect(Buffer.from(download.data).includes(file)).toBe(true);
		}
	});

	it('is rejected without sendWithInvoice unless the switch says otherwise', async () => {
		const headers = 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json';
		const value = meta({ sendWithInvoice: undefined });
		expect(await outcome(upload(headers, value))).toEqual([400, 'meta.sendWithInvoice']);
		sandbox.switches.sendWithInvoiceRequired = false;
		expect((await upload(headers, value)).data.sendWithInvoice).toBe(false);
	});

	it('keeps a file that is itself JSON, with the type of its extension', async () => {
		const headers = 'Content-Disposition: form-data; name="meta"';
		const { data } = await upload(headers, meta({ name: 'tilaus.json' }));
		expect(data.mimeType).toBe('application/json');
		const { data: bytes } = await http.get(`/attachments/${data.id}`, { responseType: 'text' });
		expect(bytes.match(/Content-Type: application\/json/g)).toHaveLength(2);
	});
});

describe('Python client', () => {
	it('gets a token with a trailing slash and without a charset', async () => {
		const { status, data } = await postForm(plain(sandbox), '/oauth/token/', keyForm());
		expect([status, data.expires_in]).toEqual([200, 3600]);
	});

	it('reaches a list with a trailing slash only if the switch is on', async () => {
		expect((await http.get('/businesspartners/?size=1')).status).toBe(404);
		sandbox.switches.trailingSlash = 'accepted';
		expect((await http.get('/businesspartners/?size=1')).data.results).toHaveLength(1);
		expect((await http.get('/invoices/100001/')).data.id).toBe(100_001);
		expect(sandbox.journal.to('searchBusinessPartners')[0].path).toBe('/api/businesspartners/');
	});

	it('orders in lower case only if the switch is on', async () => {
		expect(await outcome(http.get('/invoices?orderById=asc'))).toEqual([400, 'orderById']);
		sandbox.switches.orderInLowerCase = 'accepted';
		const { results } = (await http.get('/invoices?orderById=asc&size=2')).data;
		expect(results.map(({ id }: { id: number }) => id)).toEqual([100_001, 100_002]);
	});

	it('omits the seconds of a time only if the switch is on', async () => {
		const path = '/businesspartners?versionStartDate=2026-10-01T09:00';
		expect(await outcome(http.get(path))).toEqual([400, 'versionStartDate']);
		sandbox.switches.timesWithoutSeconds = 'accepted';
		const { data } = await http.post('/businesspartners', partner());
		expect((await http.get(path)).data.results.map(({ id }: { id: number }) => id)).toEqual([data.id]);
	});

	it('invalidates an invoice with an empty list as the body only if the switch is on', async () => {
		const put = () => http.put(`/invoices/${sandbox.backdoor.addInvoice().id}/invalidate`, []);
		expect((await put()).status).toBe(400);
		sandbox.switches.bodyWhereNoneBelongs = 'emptyAccepted';
		expect((await put()).status).toBe(200);
		expect((await http.put('/invoices/100001/invalidate', [1])).status).toBe(400);
	});

	it('lists journals of several statuses', async () => {
		const statuses = async (query: string) =>
			[
				...new Set(
					(await http.get(`/journals?statuses=${query}`)).data.map(({ status }: { status: string }) => status),
				),
			].sort();
		expect(await statuses('APPROVED')).toEqual(['APPROVED']);
		expect(await statuses('APPROVED,UNFINISHED')).toEqual(['APPROVED', 'UNFINISHED']);
		expect(await statuses('APPROVED%2CINVALIDATED')).toEqual(['APPROVED', 'INVALIDATED']);
	});

	it('patches a partner with the changed field and the version', async () => {
		const { version } = (await http.get('/businesspartners/501')).data;
		const { status, data } = await http.patch('/businesspartners/501', { name: 'Uusi nimi Oy', version });
		expect([status, data.name, data.paymentInfo.paymentMethod]).toEqual([200, 'Uusi nimi Oy', 'BANK_TRANSFER']);
		const wrong = await http.patch('/businesspartners/501', { address: { street: 'Tie 1' } }, { params: { version } });
		expect(wrong.data.errors).toMatchObject([{ field: 'version' }]);
		const params = { version: data.version };
		expect((await http.patch('/businesspartners/501', { address: { street: 'Tie 1' } }, { params })).status).toBe(200);
	});
});

const partner = (changes: object = {}) => ({
	name: 'Uusi Oy',
	type: 'CUSTOMER',
	address: { name: 'Uusi Oy' },
	paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
	...changes,
});

describe('TypeScript client', () => {
	const row = (changes: object) => [{ ...invoice().invoiceRows[0], ...changes }];

	it.each<[string, 'numbersAsText' | 'datesWithTime' | 'emptyValues', () => object, string]>([
		['a number as text', 'numbersAsText', () => ({ discountPercent: '0' }), 'discountPercent'],
		[
			'a price as text',
			'numbersAsText',
			() => ({ invoiceRows: row({ unitPrice: '3.50' }) }),
			'invoiceRows[0].unitPrice',
		],
		['an ID as text', 'numbersAsText', () => ({ partnerId: '501' }), 'partnerId'],
		['a date with a time', 'datesWithTime', () => ({ date: '2026-10-01T00:00:00.000Z' }), 'date'],
		['an empty unit', 'emptyValues', () => ({ invoiceRows: row({ unit: '' }) }), 'invoiceRows[0].unit'],
		['an empty product ID', 'emptyValues', () => ({ invoiceRows: row({ productId: '' }) }), 'invoiceRows[0].productId'],
	])('sends %s successfully only if the switch is on', async (_, name, changes, field) => {
		expect(await outcome(http.post('/invoices', invoice(changes())))).toEqual([400, field]);
		Object.assign(sandbox.switches, { [name]: 'accepted' });
		const { status, data } = await http.post('/invoices', invoice(changes()));
		expect([status, data.date, data.invoiceRows[0].unitPrice]).toEqual([200, '2026-10-01', 3.5]);
	});

	it('cannot send a text that is not a number even if the switch is on', async () => {
		sandbox.switches.numbersAsText = 'accepted';
		for (const discountPercent of ['', 'five', '1,5', ' 1'])
			expect(await outcome(http.post('/invoices', invoice({ discountPercent })))).toEqual([400, 'discountPercent']);
	});

	it('sends a date with a time in a query successfully only if the switch is on', async () => {
		const path = '/invoices?startDate=2026-09-29T00:00:00';
		expect(await outcome(http.get(path))).toEqual([400, 'startDate']);
		sandbox.switches.datesWithTime = 'accepted';
		expect((await http.get(path)).data.results).toHaveLength(2);
	});

	it('replaces a partner with an ignored, rejected or checked version, depending on the switch', async () => {
		const put = (version?: string) => outcome(http.put('/businesspartners/501', partner({ version })));
		expect(await put('2020-01-01T00:00:00')).toBe(200);
		sandbox.switches.partnerPutVersion = 'refused';
		expect([await put('2020-01-01T00:00:00'), await put()]).toEqual([[400, 'version'], 200]);
		sandbox.switches.partnerPutVersion = 'checked';
		const { version } = (await http.get('/businesspartners/501')).data;
		expect([await put('2020-01-01T00:00:00'), await put(version)]).toEqual([[400, 'version'], 200]);
	});

	it('finds a partner by its business ID without the hyphen only if the switch is on', async () => {
		const { identifier } = (await http.get('/businesspartners/503')).data.invoicingInfo;
		const find = async (text: string) =>
			(await http.get('/businesspartners', { headers: { identifier: text } })).data.results.map(
				({ id }: { id: number }) => id,
			);
		const plainForm = identifier.replace('-', '');
		expect([await find(identifier), await find(plainForm)]).toEqual([[503], []]);
		sandbox.switches.partnerIdentifierSearch = 'eitherForm';
		expect([await find(identifier), await find(plainForm)]).toEqual([[503], [503]]);
	});

	it('finds persons among the partners unless the switch excludes them', async () => {
		const persons = async () => (await http.get('/businesspartners?type=PERSON')).data.results.length;
		expect([await persons(), (await http.get('/businesspartners/519')).status]).toEqual([3, 200]);
		sandbox.switches.personsAmongPartners = false;
		expect([await persons(), (await http.get('/businesspartners/519')).status]).toEqual([0, 404]);
		expect((await http.get('/businesspartners/501,519')).data).toMatchObject([{ id: 501 }]);
	});
});

describe('Invoice checks that no source settles', () => {
	it('reject an old VAT rate unless the switch accepts it', async () => {
		const old = (vatPercent: number) =>
			outcome(http.post('/invoices', invoice({ invoiceRows: [{ ...invoice().invoiceRows[0], vatPercent }] })));
		expect([await old(24), await old(14)]).toEqual([
			[400, 'invoiceRows[0].vatPercent'],
			[400, 'invoiceRows[0].vatPercent'],
		]);
		sandbox.switches.oldVatRates = 'accepted';
		expect([await old(24), await old(14), await old(17.3)]).toEqual([200, 200, [400, 'invoiceRows[0].vatPercent']]);
	});

	it("accept any account on a sales invoice, or only the company's own if the switch says so", async () => {
		const own = invoice();
		const foreign = invoice({
			paymentInfo: { ...own.paymentInfo, bankAccount: { accountNumber: 'FI2112345600000785' } },
		});
		expect(await outcome(http.post('/invoices', foreign))).toBe(200);
		sandbox.switches.salesAccount = 'companyOnly';
		expect(await outcome(http.post('/invoices', foreign))).toEqual([400, 'paymentInfo.bankAccount.accountNumber']);
		expect(await outcome(http.post('/invoices', own))).toBe(200);
	});
});

describe('Paging that no source settles', () => {
	const ids = async (query: string) => {
		const { results, meta } = (await http.get(`/invoices?orderById=ASC&${query}`)).data;
		return { ids: results.map(({ id }: { id: number }) => id) as number[], meta };
	};

	it('removes hidden records before it cuts pages, or afterwards if the switch is on', async () => {
		const all = (await ids('size=200')).ids;
		sandbox.backdoor.hide(
			'invoices',
			all.filter((_, index) => index % 3 === 0),
		);
		const visible = all.filter((_, index) => index % 3 !== 0);
		expect((await ids('size=6')).ids).toEqual(visible.slice(0, 6));
		expect((await http.get(`/invoices/${all[0]}`)).status).toBe(403);
		expect((await http.get(`/invoices/${all[0]},${all[1]}`)).data).toMatchObject([{ id: all[1] }]);
		sandbox.switches.rowsHiddenAfterPaging = true;
		const { ids: page, meta } = await ids('size=6');
		expect(page).toEqual(visible.slice(0, 4));
		expect(meta).toMatchObject({ pageSize: 6, resultCount: 4, totalCount: all.length });
		expect((await ids(`size=6&previousId=${all[5]}`)).ids).toEqual(visible.slice(4, 8));
	});

	it('returns only visible rows but the full total to a limited user if the switch is on', async () => {
		const sales = await login(sandbox, 'sales');
		const page = async (path: string) => (await sales.get(`${path}?orderById=ASC&size=8`)).data;
		for (const path of ['/invoices', '/ledgerreceipts', '/businesspartners']) {
			sandbox.switches.rowsHiddenAfterPaging = false;
			const before = await page(path);
			sandbox.switches.rowsHiddenAfterPaging = true;
			const after = await page(path);
			expect(after.meta.totalCount).toBeGreaterThan(before.meta.totalCount);
			expect(after.results.length).toBeGreaterThan(0);
			expect(
				after.results.every(({ id }: { id: number }) => before.results.some((one: { id: number }) => one.id === id)),
			).toBe(true);
		}
	});

	it('returns at most as many records in a page as the server allows', async () => {
		sandbox.backdoor.seed({ invoices: 250 });
		expect((await ids('size=200')).ids).toHaveLength(200);
		sandbox.switches.pageSizeCap = 100;
		const { ids: page, meta } = await ids('size=200');
		expect([page.length, meta.pageSize]).toEqual([100, 100]);
	});

	it('returns an empty page beyond the end, or the last page again if the switch says so', async () => {
		const { totalCount } = (await ids('size=20')).meta;
		expect((await ids('size=20&page=90')).ids).toEqual([]);
		sandbox.switches.pageBeyondLast = 'lastPage';
		const last = (await ids(`size=20&page=${Math.ceil(totalCount / 20) - 1}`)).ids;
		expect([(await ids('size=20&page=90')).ids, last.length > 0]).toEqual([last, true]);
	});
});

describe('Error response', () => {
	it.each<[typeof sandbox.switches.refusalForm, number, unknown]>([
		['errors', 400, { errors: [{ status: 400, field: 'foo', message: expect.any(String) }] }],
		['constraintViolations', 400, { constraintViolations: [{ errorCode: expect.any(String), field: 'foo' }] }],
		['text', 400, expect.stringMatching(/^foo: /)],
		['strings', 400, { errors: [expect.stringMatching(/^foo: /)] }],
		['object', 400, { errors: { foo: expect.any(String) } }],
		['status200', 200, { errors: [{ status: 400, field: 'foo', message: expect.any(String) }] }],
	])('has the form %s if the switch selects it', async (form, status, body) => {
		sandbox.switches.refusalForm = form;
		const answer = await http.get('/invoices?foo=1');
		expect([answer.status, answer.data]).toEqual([status, body]);
		expect((await http.get('/invoices/1')).status).toBe(404);
		const { data } = await plain(sandbox).get('/sessioninfo');
		expect(data).toEqual({ errors: [{ status: 401, message: 'Unauthorized' }] });
	});
});

describe('Closed API version', () => {
	it.each([
		[404, 404, 'application/json; charset=utf-8'],
		[410, 410, 'application/json; charset=utf-8'],
		['page', 404, 'text/html'],
	] as const)('returns %s from its closing day on if the switch selects it', async (answer, status, type) => {
		sandbox.switches.closedVersionAnswer = answer;
		sandbox.clock.set('2026-11-14T23:59:59');
		const open = await login(sandbox, 'admin', '/v2602/api');
		expect((await open.get('/status')).data.version).toBe('26.02');
		sandbox.clock.advance(1000);
		const { status: actual, headers } = await open.get('/status');
		expect([actual, headers['content-type']]).toEqual([status, type]);
		expect((await postForm(open, '/oauth/token', keyForm())).status).toBe(status);
		open.defaults.baseURL = `${sandbox.url}/v1999/api`;
		expect((await open.get('/status')).status).toBe(404);
	});
});

describe('Request limit', () => {
	it.each([
		['second60', 60, 'retryAfter', 429, '1'],
		['minute90', 90, 'retryAfter', 429, '60'],
		['minute90', 90, 'bare', 429, undefined],
		['minute90', 90, 'unavailable', 503, undefined],
	] as const)(
		'%s rejects the request after the first %i with the answer %s',
		async (limit, count, answer, status, retryAfter) => {
			// A frozen clock keeps all requests within the window, however slow the machine is.
			const now = performance.now();
			const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
			try {
				Object.assign(sandbox.switches, { requestLimit: limit, limitAnswer: answer });
				const answers = await Promise.all(Array.from({ length: count }, () => http.get('/sessioninfo')));
				expect(answers.every((one) => one.status === 200)).toBe(true);
				const { status: actual, headers } = await http.get('/sessioninfo');
				expect([actual, headers['retry-after']]).toEqual([status, retryAfter]);
				expect(sandbox.faults.violations).toBe(1);
			} finally {
				clock.mockRestore();
			}
		},
	);
});

describe('Response headers', () => {
	it('contain the server date in every response', async () => {
		sandbox.clock.set('2026-12-24T18:00:00');
		http = await login(sandbox);
		sandbox.faults.add({ kind: 'unavailable', path: '/coa' });
		for (const path of ['/sessioninfo', '/invoices?foo=1', '/coa'])
			expect((await http.get(path)).headers.date).toBe('Thu, 24 Dec 2026 16:00:00 GMT');
	});
});

describe('Admin API', () => {
	const steering = () => plain(sandbox, '/_sandbox');
	const users = `/companies/${DEMO.companyId}/users`;

	it('grants and withdraws single rights while tokens are valid', async () => {
		const sales = await login(sandbox, 'sales');
		const count = async () => (await sales.get('/businesspartners?type=CUSTOMER')).data.results.length;
		const all = await count();
		expect((await steering().patch(`${users}/1002/rights`, { 'sales.customerRegister': 'NO_ACCESS' })).status).toBe(
			200,
		);
		expect([await count(), (await sales.get('/users/rights')).data.rights.sales.customerRegister]).toEqual([
			0,
			'NO_ACCESS',
		]);
		sandbox.backdoor.setRights(1002, { 'sales.customerRegister': 'VIEWING_RIGHTS' });
		expect([await count(), all]).toEqual([all, 9]);
		expect((await sales.post('/businesspartners', partner())).status).toBe(403);
	});

	it('rejects a right or an access that does not exist', async () => {
		const patch = async (rights: object) => (await steering().patch(`${users}/1002/rights`, rights)).status;
		expect([
			await patch({ 'sales.nothing': 'NO_ACCESS' }),
			await patch({ 'sales.customerRegister': 'SOME' }),
			await patch({ 'sales.personalSalesInvoicesOnly': 'NO_ACCESS' }),
		]).toEqual([400, 400, 400]);
		expect((await steering().patch(`${users}/9/rights`, {})).status).toBe(404);
	});

	it('revokes the tokens of one user or one company', async () => {
		const [sales, second] = [await login(sandbox, 'sales'), await login(sandbox, 'second')];
		const alive = async () => [
			(await http.get('/sessioninfo')).status,
			(await sales.get('/sessioninfo')).status,
			(await second.get('/sessioninfo')).status,
		];
		await steering().post('/tokens/revoke', { userId: 1002 });
		expect(await alive()).toEqual([200, 401, 200]);
		await steering().post('/tokens/revoke', { companyId: DEMO.secondCompanyId });
		expect(await alive()).toEqual([200, 401, 401]);
		await steering().post('/tokens/revoke');
		expect(await alive()).toEqual([401, 401, 401]);
	});

	it('hides records and registers another redirect URI', async () => {
		const records = `/companies/${DEMO.companyId}/records`;
		expect((await steering().post(`${records}/invoices/hide`, { every: 2 })).status).toBe(200);
		const shown = (await http.get('/invoices?size=200')).data.results.length;
		await steering().post('/reset', {});
		http = await login(sandbox);
		expect((await http.get('/invoices?size=200')).data.results.length).toBeGreaterThan(shown);
		const redirectUri = 'http://127.0.0.1:4000/rest/oauth2-credential/callback';
		await steering().patch(`/clients/${DEMO.client.id}`, { redirectUri });
		const login2 = (redirect_uri: string) =>
			plain(sandbox, '').get('/login', { params: { response_type: 'code', client_id: DEMO.client.id, redirect_uri } });
		expect((await login2(redirectUri)).status).toBe(200);
		expect((await login2(DEMO.client.redirectUri)).data).toContain(redirectUri);
	});
});
