import type { AxiosInstance } from 'axios';

import { demoInvoice, login } from './client';
import { DEMO, type Sandbox } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

interface Line {
	id: number;
	type: string;
	status: string;
	date: string;
	dueDate: string;
	created: string;
	version: string;
	invoiceNumber: number;
	partnerId?: number;
	originalInvoiceNumber?: string;
	isOffer: boolean;
}

const list = async (query: string): Promise<{ results: Line[]; meta: Record<string, number> }> => {
	const { status, data } = await admin.get(`/invoices?${query}`);
	expect(status).toBe(200);
	return data;
};
const found = async (query: string) => (await list(`size=200&${query}`)).results;
const ids = async (query: string) => (await found(query)).map(({ id }) => id);
const rising = (values: number[]) => [...values].sort((a, b) => a - b);

describe('Invoice list', () => {
	it('excludes offers and the hidden invoices of journals by default', async () => {
		const all = await found('');
		expect(new Set(all.map(({ type }) => type))).toEqual(
			new Set([
				'SALES_INVOICE',
				'SALES_ORDER',
				'PURCHASE_INVOICE',
				'PURCHASE_ORDER',
				'TRAVEL_INVOICE',
				'BILL_OF_CHARGES',
				'PERIODIC_TAX_RETURN',
			]),
		);
		expect(all.every(({ isOffer }) => !isOffer)).toBe(true);
		expect((await found('isOffer=true')).map(({ type, isOffer }) => [type, isOffer])).toEqual([['SALES_ORDER', true]]);
	});

	it('filters by status and type', async () => {
		const some = await found('status=SENT,NOT_SENT&types=SALES_INVOICE,PURCHASE_ORDER');
		expect(some.length).toBeGreaterThan(3);
		expect(
			some.every(
				({ status, type }) =>
					['SENT', 'NOT_SENT'].includes(status) && ['SALES_INVOICE', 'PURCHASE_ORDER'].includes(type),
			),
		).toBe(true);
		expect(await ids('status=SENT,NOT_SENT&types=SALES_INVOICE,PURCHASE_ORDER')).toHaveLength(
			(await found('')).filter(
				({ status, type }) =>
					['SENT', 'NOT_SENT'].includes(status) && ['SALES_INVOICE', 'PURCHASE_ORDER'].includes(type),
			).length,
		);
	});

	it('filters by date and due date, both ends included', async () => {
		const all = await found('');
		const dates = (lines: Line[], pick: (line: Line) => string, from: string, to: string) =>
			lines.filter((line) => pick(line) >= from && pick(line) <= to).map(({ id }) => id);
		expect(await ids('startDate=2026-08-06&endDate=2026-09-02')).toEqual(
			dates(all, ({ date }) => date, '2026-08-06', '2026-09-02'),
		);
		expect(await ids('dueStartDate=2026-08-20&dueEndDate=2026-09-16')).toEqual(
			dates(all, ({ dueDate }) => dueDate, '2026-08-20', '2026-09-16'),
		);
		expect(await ids('startDate=2026-08-06&endDate=2026-08-06')).toHaveLength(1);
	});

	it('filters by partner, invoice number, product and channel', async () => {
		const all = await found('');
		const ofPartner = all.filter(({ partnerId }) => partnerId === 501);
		expect(ofPartner.length).toBeGreaterThan(0);
		expect(ofPartner.length).toBeLessThan(all.length);
		expect(await found('businessPartnerId=501')).toEqual(ofPartner);
		const one = (await found('types=SALES_INVOICE'))[0];
		expect((await found(`invoiceNumber=${one.invoiceNumber}`)).map(({ id }) => id)).toEqual([one.id]);
		expect(await ids('productId=305,306')).toEqual(
			(await Promise.all([ids('productId=305'), ids('productId=306')])).flat().sort((a, b) => b - a),
		);
		expect(
			(await admin.get(`/invoices?productId=${Array.from({ length: 201 }, (_, index) => index).join(',')}`)).status,
		).toBe(400);
		expect(await ids('invoiceChannel=MAIL')).toHaveLength(2);
	});

	it('finds the own invoice number by a part of it, or only in full if the switch is on', async () => {
		expect(await found('originalInvoiceNumber=1001')).toHaveLength(2);
		expect(
			(await found('originalInvoiceNumber=100')).map(({ originalInvoiceNumber }) => originalInvoiceNumber),
		).toEqual(['1001', '1001']);
		sandbox.switches.originalNumberSearchExact = true;
		expect(await found('originalInvoiceNumber=100')).toEqual([]);
		expect(await found('originalInvoiceNumber=1001')).toHaveLength(2);
	});

	it('searches name, number and additional information for the search term', async () => {
		const { id } = sandbox.backdoor.addInvoice({ additionalInformation: 'Kesäfestivaali 2026' });
		expect(await ids('searchTerm=festivaali')).toEqual([id]);
		const byName = await found('searchTerm=aamurusko');
		expect(byName.length).toBeGreaterThan(0);
		expect(byName.every(({ partnerId }) => partnerId === 501)).toBe(true);
		const { invoiceNumber } = (await found(''))[7];
		expect((await found(`searchTerm=${invoiceNumber}`)).map((line) => line.invoiceNumber)).toEqual([invoiceNumber]);
	});

	it('returns 404 instead of an empty list if the switch is on', async () => {
		expect(await list('searchTerm=zzz')).toEqual({
			results: [],
			meta: { pageNumber: 0, pageSize: 50, resultCount: 0, totalCount: 0 },
		});
		sandbox.switches.emptyListAs404 = true;
		expect((await admin.get('/invoices?searchTerm=zzz')).status).toBe(404);
	});
});

describe('Time window of the invoice list', () => {
	it('includes or excludes its ends depending on the switches', async () => {
		const one = sandbox.backdoor.addInvoice();
		const at = sandbox.clock.text(one.version);
		for (const name of ['version', 'created']) {
			expect(await ids(`${name}StartDate=${at}`)).toEqual([one.id]);
			expect(await ids(`${name}StartDate=${at}&${name}EndDate=${at}`)).toEqual([one.id]);
			sandbox.switches.versionStartDateInclusive = false;
			expect(await ids(`${name}StartDate=${at}`)).toEqual([]);
			sandbox.switches.versionStartDateInclusive = true;
			sandbox.switches.versionEndDateInclusive = false;
			expect(await ids(`${name}StartDate=${at}&${name}EndDate=${at}`)).toEqual([]);
			sandbox.switches.versionEndDateInclusive = true;
		}
	});

	it('finds a changed invoice by version but not by creation time', async () => {
		const { id } = sandbox.backdoor.addInvoice();
		const { created } = (await found(''))[0];
		sandbox.clock.advance(1_800_000);
		await admin.put(`/invoices/${id}/notes`, { notes: 'x' });
		expect((await found(''))[0]).toMatchObject({ id, created, version: '2026-10-01T09:30:02' });
		expect(await ids('versionStartDate=2026-10-01T09:30:00')).toEqual([id]);
		expect(await ids('createdStartDate=2026-10-01T09:30:00')).toEqual([]);
	});
});

describe('Paging of the invoice list', () => {
	it('defaults to descending ID and 50 records a page', async () => {
		sandbox.backdoor.seed({ invoices: 120 });
		const { results, meta } = await list('');
		expect(results.map(({ id }) => id)).toEqual(rising(results.map(({ id }) => id)).reverse());
		expect(meta).toEqual({ pageNumber: 0, pageSize: 50, resultCount: 50, totalCount: (await ids('')).length });
	});

	it('returns the full list by page number', async () => {
		const whole = await ids('');
		const pages: number[] = [];
		for (let page = 0; ; page++) {
			const { results, meta } = await list(`size=10&page=${page}`);
			expect(meta).toEqual({
				pageNumber: page,
				pageSize: 10,
				resultCount: results.length,
				totalCount: whole.length,
			});
			if (results.length === 0) break;
			pages.push(...results.map(({ id }) => id));
		}
		expect(pages).toEqual(whole);
	});

	it.each(['ASC', 'DESC'])('returns the full list by previousId, %s', async (order) => {
		const whole = order === 'ASC' ? rising(await ids('')) : await ids('');
		const pages: number[] = [];
		for (;;) {
			const { results } = await list(
				`size=7&orderById=${order}${pages.length ? `&previousId=${pages[pages.length - 1]}` : ''}`,
			);
			if (results.length === 0) break;
			pages.push(...results.map(({ id }) => id));
		}
		expect(pages).toEqual(whole);
		expect(await ids(`orderById=${order}&previousId=${whole[5]}`)).toEqual(whole.slice(6));
	});

	it('accepts a previousId that is no longer in the list', async () => {
		const whole = rising(await ids(''));
		await admin.get('/invoices');
		sandbox.backdoor.remove('invoices', whole[3]);
		expect((await ids(`orderById=ASC&previousId=${whole[3]}`))[0]).toBe(whole[4]);
	});

	it.each([
		['orderByDate', 'date'],
		['orderByCreated', 'created'],
		['orderByVersion', 'version'],
	] as const)('supports %s in both directions', async (parameter, field) => {
		const values = (await found(`${parameter}=ASC`)).map((line) => line[field]);
		expect(values).toEqual([...values].sort());
		expect((await found(`${parameter}=DESC`)).map((line) => line[field])).toEqual([...values].reverse());
	});

	it('uses a second order for ties, or rejects it if the switch is on', async () => {
		for (let count = 0; count < 3; count++) sandbox.backdoor.addInvoice();
		const newest = (await found('orderByDate=DESC&orderById=ASC')).slice(0, 3).map(({ id }) => id);
		expect(newest).toEqual(rising(newest));
		sandbox.switches.orderingsExclusive = true;
		expect((await admin.get('/invoices?orderByDate=DESC&orderById=ASC')).status).toBe(400);
	});

	it('rejects previousId with a page, and with another order unless the switch accepts it', async () => {
		expect((await admin.get('/invoices?orderByDate=ASC&previousId=100010')).status).toBe(400);
		expect((await admin.get('/invoices?previousId=100010&page=1')).status).toBe(400);
		sandbox.switches.keysetOnlyById = false;
		const some = await found('orderByDate=ASC&previousId=100010');
		expect(some.length).toBeGreaterThan(0);
		expect(some.every(({ id }) => id < 100_010)).toBe(true);
		const others = await found('orderByDate=ASC&orderById=ASC&previousId=100010');
		expect(others.length).toBeGreaterThan(0);
		expect(others.every(({ id }) => id > 100_010)).toBe(true);
	});

	it('counts all matching records in totalCount, only the page, or nothing, as the switch says', async () => {
		for (const query of ['', 'types=SALES_INVOICE&status=SENT,NOT_SENT']) {
			const total = (await ids(query)).length;
			expect(total).toBeGreaterThan(2);
			expect((await list(`size=2&${query}`)).meta.totalCount).toBe(total);
		}
		sandbox.switches.totalCount = 'absent';
		expect((await list('size=5')).meta).toEqual({ pageNumber: 0, pageSize: 5, resultCount: 5 });
		sandbox.switches.totalCount = 'pageOnly';
		expect((await list('size=5')).meta.totalCount).toBe(5);
	});

	it('orders by ID even if the switch assigns IDs in swapped pairs', async () => {
		sandbox.switches.idsNotQuiteRising = true;
		const made = Array.from({ length: 4 }, () => sandbox.backdoor.addInvoice().id);
		expect(made[0]).toBe(made[1] + 1);
		expect(made[2]).toBe(made[3] + 1);
		expect(made[3]).toBeGreaterThan(made[0]);
		expect((await ids('orderById=ASC')).slice(-4)).toEqual(rising(made));
	});

	it('returns the second page of 100,000 invoices by previousId', async () => {
		const query = 'size=200&orderById=ASC&types=SALES_INVOICE&versionStartDate=2026-09-30T00:00:00';
		const before = (await list(query)).meta.totalCount;
		sandbox.backdoor.seed({ invoices: 100_000 });
		const first = await list(query);
		expect(first.meta.totalCount).toBe(before + 100_000);
		const second = await list(`${query}&previousId=${first.results[199].id}`);
		expect(second.results[0].id).toBeGreaterThan(first.results[199].id);
		const details = (await admin.get(`/invoices/${second.results.map(({ id }) => id).join(',')}`)).data;
		expect(details).toHaveLength(200);
		const receipt = (await admin.get(`/ledgerreceipts/${details[7].ledgerReceiptId}`)).data;
		expect([receipt.invoiceId, receipt.transactions[0].accountingValue]).toEqual([
			details[7].id,
			details[7].invoiceSumInfo[0].invoiceSumTotal,
		]);
	});
});

describe('Batch read', () => {
	it('returns records in ID order without duplicates and unknown IDs', async () => {
		const { data } = await admin.get('/invoices/100003,100001,999999,100001');
		expect(data.map(({ id }: Line) => id)).toEqual([100_001, 100_003]);
		expect((await admin.get('/invoices/100003%2C100001')).data).toHaveLength(2);
	});

	it('returns a list whenever more than one ID is requested', async () => {
		expect((await admin.get('/invoices/100001,999999')).data).toHaveLength(1);
		expect((await admin.get('/invoices/100001,100001')).data).toHaveLength(1);
		expect((await admin.get('/invoices/100001')).data.id).toBe(100_001);
	});

	it('returns 404 if all IDs are unknown, and 400 for more than 200', async () => {
		expect((await admin.get('/invoices/999998,999999')).status).toBe(404);
		expect((await admin.get('/invoices/999999')).status).toBe(404);
		const many = (count: number) => Array.from({ length: count }, (_, index) => 100_001 + index).join(',');
		expect((await admin.get(`/invoices/${many(200)}`)).status).toBe(200);
		expect((await admin.get(`/invoices/${many(201)}`)).status).toBe(400);
	});

	it.each([
		['/products', [301, 303]],
		['/ledgerreceipts', [200_001, 200_003]],
		['/businesspartners', [501, 511]],
	])('returns records in ID order from %s, and 404 if all IDs are unknown', async (path, [one, other]) => {
		expect((await admin.get(`${path}/${other},${one},9999999`)).data.map(({ id }: Line) => id)).toEqual([one, other]);
		expect((await admin.get(`${path}/${one}`)).data.id).toBe(one);
		expect((await admin.get(`${path}/9999998,9999999`)).status).toBe(404);
	});

	it('returns only records of the own company, even for equal IDs', async () => {
		const second = await login(sandbox, 'second');
		const [mine, theirs] = [(await admin.get('/invoices/100001')).data, (await second.get('/invoices/100001')).data];
		expect(mine.id).toBe(theirs.id);
		expect(mine.counterParty.counterPartyAddress.name).not.toBe(theirs.counterParty.counterPartyAddress.name);
		const { id } = sandbox.backdoor.addInvoice({}, { companyId: DEMO.companyId });
		expect((await second.get(`/invoices/${id}`)).status).toBe(404);
	});
});

describe('Invoice image', () => {
	const image = (query = '') =>
		admin.get(`/invoices/${demoInvoice(sandbox, 'SALES_INVOICE', 'SENT').id}/image${query}`, {
			responseType: 'arraybuffer',
		});

	it('is returned as multipart/mixed, or as the bare picture if the switch says so', async () => {
		const mixed = await image();
		expect(mixed.headers['content-type']).toMatch(/^multipart\/mixed; boundary=/);
		const boundary = String(mixed.headers['content-type']).split('boundary=')[1];
		const parts = Buffer.from(mixed.data).toString('latin1').split(`--${boundary}`);
		expect(parts).toHaveLength(4);
		expect(parts[1]).toContain('"mimeType":"image/png"');
		expect(parts[2]).toContain('\x89PNG');
		sandbox.switches.imageForm = 'picture';
		const bare = await image('?format=JPG');
		expect([bare.headers['content-type'], Buffer.from(bare.data).subarray(0, 2).toString('hex')]).toEqual([
			'image/jpeg',
			'ffd8',
		]);
	});

	it('returns 404 after the last page, or 400 if the switch says so', async () => {
		expect((await image('?page=2')).status).toBe(404);
		sandbox.switches.imageBeyondLastPage = 400;
		expect((await image('?page=2')).status).toBe(400);
		expect((await image('?page=1')).status).toBe(200);
		const rows = Array.from({ length: 41 }, () => ({
			product: 'x',
			quantity: 1,
			unit: 'PIECE',
			unitPrice: 1,
			discountPercent: 0,
			vatPercent: 0,
		}));
		const { id } = sandbox.backdoor.addInvoice({ invoiceRows: rows });
		expect((await admin.get(`/invoices/${id}/image?page=3`)).status).toBe(200);
	});
});
