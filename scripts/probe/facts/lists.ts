import type { Probe } from '../probe';
import { type Json, listAt, movedTime, numberAt, textAt, wallTime } from '../values';
import { cannotTell, type Fact, type Finding, found } from './types';

type Query = Record<string, string | number | boolean>;

/** Most pages that are read to look for one record. */
const PAGES = 5;

/** The records of a list; a search that finds nothing may be answered with 404. */
export async function search(probe: Probe, path: string, query: Query = {}, headers: Record<string, string> = {}) {
	const { status, json } = await probe.api.get(path, { query, headers });
	return { status, rows: listAt(json, 'results'), json };
}

const newestInvoices = (probe: Probe): Promise<Json[]> =>
	probe.once('newestInvoices', async () => (await search(probe, '/invoices', { size: 200, orderById: 'DESC' })).rows);

interface Pages {
	/** Every record once: a server may repeat its last page. */
	rows: Json[];
	/** Whether the last page was reached. */
	isWhole: boolean;
}

/** Reads a list page by page until a page brings nothing new, or the record that is looked for, within a few pages. */
async function readPages(probe: Probe, path: string, query: Query, wanted?: unknown): Promise<Pages> {
	const rows = new Map<unknown, Json>();
	for (let page = 0; page <= PAGES; page++) {
		const { status, rows: found } = await search(probe, path, { ...query, size: 200, page });
		if (status !== 200 && status !== 404) return { rows: [...rows.values()], isWhole: false };
		const known = rows.size;
		for (const row of found) rows.set(row.id, row);
		if (rows.size === known || (wanted !== undefined && rows.has(wanted)))
			return { rows: [...rows.values()], isWhole: rows.size === known };
	}
	return { rows: [...rows.values()], isWhole: false };
}

/** Whether a search finds the record of an id, within a few pages. */
async function finds(probe: Probe, path: string, query: Query, id: unknown): Promise<boolean | undefined> {
	const { rows, isWhole } = await readPages(probe, path, query, id);
	if (rows.some((row) => row.id === id)) return true;
	return isWhole ? false : undefined;
}

const EMPTY = 'the company has too few records of this kind';

async function timesWithMilliseconds(probe: Probe): Promise<Finding> {
	const version = (await newestInvoices(probe)).map((row) => textAt(row, 'version')).find((text) => text !== undefined);
	return version === undefined ? cannotTell(EMPTY) : found(/\.\d+/.test(version));
}

/** Takes the invoice that changed last, so that few others are found with it. */
async function latestChange(probe: Probe): Promise<{ id: unknown; version: string } | undefined> {
	const rows = (await newestInvoices(probe)).flatMap((row) => {
		const version = textAt(row, 'version');
		return version === undefined ? [] : [{ id: row.id, version }];
	});
	return rows.sort((a, b) => wallTime(b.version) - wallTime(a.version))[0];
}

async function windowEdge(probe: Probe, edge: 'versionStartDate' | 'versionEndDate'): Promise<Finding> {
	const latest = await latestChange(probe);
	if (!latest) return cannotTell(EMPTY);
	const query: Query =
		edge === 'versionStartDate'
			? { versionStartDate: latest.version }
			: { versionStartDate: movedTime(latest.version, -1000), versionEndDate: latest.version };
	const inside = await finds(probe, '/invoices', query, latest.id);
	return inside === undefined ? cannotTell('the search by version was refused, or found too much') : found(inside);
}

async function totalCount(probe: Probe): Promise<Finding> {
	const first = await search(probe, '/invoices', { size: 1, page: 0 });
	const total = numberAt(first.json, 'meta.totalCount');
	if (first.rows.length === 0) return cannotTell(EMPTY);
	if (total === undefined) return found('absent');
	const second = await search(probe, '/invoices', { size: 1, page: 1 });
	if (second.rows.length === 0) return cannotTell('the company has one invoice only');
	if (total === 1) return found('pageOnly');
	if (total > 200 * PAGES) return found('exact', 'larger than the page; too many records to count');
	const { rows, isWhole } = await readPages(probe, '/invoices', {});
	if (!isWhole) return found('exact', 'larger than the page; too many records to count');
	return rows.length === total
		? found('exact', 'counted')
		: cannotTell('it is neither the number of all records nor that of the page');
}

/** Whether a request is refused with 400 rather than answered. */
async function refused(probe: Probe, path: string, query: Query): Promise<Finding> {
	const { status } = await probe.api.get(path, { query });
	if (status === 400) return found(true);
	return status === 200 ? found(false) : cannotTell(`the request returned ${status}`);
}

async function keysetOnlyById(probe: Probe): Promise<Finding> {
	const [invoice] = await newestInvoices(probe);
	if (!invoice) return cannotTell(EMPTY);
	return refused(probe, '/invoices', { previousId: Number(invoice.id) + 1, orderByDate: 'DESC', size: 1 });
}

async function defaultListOrder(probe: Probe): Promise<Finding> {
	for (const path of ['/products', '/payments']) {
		const ids = (await search(probe, path, { size: 20 })).rows.map((row) => Number(row.id));
		if (ids.length < 2) continue;
		if (ids.every((id, index) => index === 0 || id > ids[index - 1])) return found('ASC', path);
		if (ids.every((id, index) => index === 0 || id < ids[index - 1])) return found('DESC', path);
		return cannotTell(`${path} is not ordered by ID`);
	}
	return cannotTell(EMPTY);
}

async function emptyListAs404(probe: Probe): Promise<Finding> {
	const { status, rows } = await search(probe, '/invoices', { originalInvoiceNumber: `none-${probe.options.mark}` });
	if (status === 404) return found(true);
	return status === 200 && rows.length === 0 ? found(false) : cannotTell(`the search returned ${status}`);
}

/** A reply that is published as one object and described as a list, where the company has exactly one. */
async function singleReplyForm(probe: Probe): Promise<Finding> {
	for (const path of ['/company/einvoiceaddresses', '/company/invoicetemplates']) {
		const { status, json } = await probe.api.get(path);
		if (status !== 200) continue;
		if (Array.isArray(json) && json.length === 1) return found('list', path);
		if (json !== null && typeof json === 'object' && !Array.isArray(json)) return found('object', path);
	}
	return cannotTell('the company has not exactly one e-invoice address or invoice template');
}

const NON_ASCII = /[^ -~]/;
const LATIN1 = /^[ -~\u00a0-\u00ff]*$/;

async function headerEncoding(probe: Probe): Promise<Finding> {
	const partner = (await partners(probe)).find(({ name }) => NON_ASCII.test(name) && LATIN1.test(name));
	if (!partner) return cannotTell('no partner on the first pages has a name with å, ä or ö');
	const forms = {
		percent: encodeURIComponent(partner.name),
		utf8: Buffer.from(partner.name, 'utf8').toString('latin1'),
		latin1: partner.name,
	};
	// A server that decodes percent signs leaves the other forms as they are, so percent is asked first.
	for (const [form, value] of Object.entries(forms)) {
		const { rows } = await search(probe, '/businesspartners', { size: 200 }, { name: value });
		if (rows.some(({ id }) => id === partner.id)) return found(form);
	}
	return cannotTell('no form of the name finds the partner');
}

interface Partner {
	id: unknown;
	name: string;
	customerNumber: string | undefined;
	identifier: string | undefined;
}

/** The business partners of the first pages. */
export const partners = (probe: Probe): Promise<Partner[]> =>
	probe.once('partners', async () =>
		(await readPages(probe, '/businesspartners', {})).rows.map((row) => ({
			id: row.id,
			name: textAt(row, 'name') ?? '',
			customerNumber: textAt(row, 'invoicingInfo.customerNumber'),
			identifier: textAt(row, 'invoicingInfo.identifier'),
		})),
	);

async function customerNumberSearchExact(probe: Probe): Promise<Finding> {
	const partner = (await partners(probe)).find(({ customerNumber = '' }) => customerNumber.length >= 2);
	if (!partner?.customerNumber) return cannotTell('no partner has a customer number of two characters or more');
	const whole = await finds(probe, '/businesspartners', { customerNumber: partner.customerNumber }, partner.id);
	if (whole !== true) return cannotTell('the search by the whole number does not find the partner');
	const part = await finds(
		probe,
		'/businesspartners',
		{ customerNumber: partner.customerNumber.slice(0, -1) },
		partner.id,
	);
	return part === undefined ? cannotTell('the search by a part was refused, or found too much') : found(!part);
}

async function originalNumberSearchExact(probe: Probe): Promise<Finding> {
	const invoice = (await newestInvoices(probe)).find((row) => (textAt(row, 'originalInvoiceNumber') ?? '').length >= 3);
	const number = invoice && textAt(invoice, 'originalInvoiceNumber');
	if (!invoice || number === undefined) return cannotTell('none of the newest invoices has an original invoice number');
	const part = await finds(probe, '/invoices', { originalInvoiceNumber: number.slice(0, -1) }, invoice.id);
	return part === undefined ? cannotTell('the search by a part was refused, or found too much') : found(!part);
}

/** Compares the order of IDs with the order of creation, among the newest invoices and receipts. */
async function idsNotQuiteRising(probe: Probe): Promise<Finding> {
	let pairs = 0;
	for (const path of ['/invoices', '/ledgerreceipts']) {
		const { rows } = await search(probe, path, { size: 200, orderById: 'ASC', previousId: 1 });
		const created = rows.map((row) => textAt(row, 'created')).filter((text) => text !== undefined);
		for (let index = 1; index < created.length; index++) {
			const gap = wallTime(created[index]) - wallTime(created[index - 1]);
			if (gap < 0) return found(true, path);
			if (gap > 0) pairs++;
		}
	}
	return pairs < 10 ? cannotTell(EMPTY) : found(false, `${pairs} pairs of records compared`);
}

export const listFacts: Fact[] = [
	{
		name: 'timesWithMilliseconds',
		need: 'read',
		question: 'Do server times have milliseconds?',
		ask: timesWithMilliseconds,
	},
	{
		name: 'versionStartDateInclusive',
		need: 'read',
		question: 'Does versionStartDate include its own second?',
		ask: (probe) => windowEdge(probe, 'versionStartDate'),
	},
	{
		name: 'versionEndDateInclusive',
		need: 'read',
		question: 'Does versionEndDate include its own second?',
		ask: (probe) => windowEdge(probe, 'versionEndDate'),
	},
	{ name: 'totalCount', need: 'read', question: 'Is meta.totalCount the number of all records?', ask: totalCount },
	{
		name: 'orderingsExclusive',
		need: 'read',
		question: 'Are two orderBy parameters in one request refused?',
		ask: (probe) => refused(probe, '/invoices', { orderById: 'DESC', orderByDate: 'DESC', size: 1 }),
	},
	{
		name: 'keysetOnlyById',
		need: 'read',
		question: 'Is previousId refused with an order other than by ID?',
		ask: keysetOnlyById,
	},
	{
		name: 'defaultListOrder',
		need: 'read',
		question: 'In which order is a list without orderBy?',
		ask: defaultListOrder,
	},
	{
		name: 'emptyListAs404',
		need: 'read',
		question: 'Does a search for invoices return 404 when it finds nothing?',
		ask: emptyListAs404,
	},
	{
		name: 'singleReplyForm',
		need: 'read',
		question: 'Is a reply with one entry a list or a bare object?',
		ask: singleReplyForm,
	},
	{
		name: 'headerEncoding',
		need: 'read',
		question: 'How does the server read a header value with ä?',
		ask: headerEncoding,
	},
	{
		name: 'customerNumberSearchExact',
		need: 'read',
		question: 'Does customerNumber find whole numbers only?',
		ask: customerNumberSearchExact,
	},
	{
		name: 'originalNumberSearchExact',
		need: 'read',
		question: 'Does originalInvoiceNumber find whole numbers only?',
		ask: originalNumberSearchExact,
	},
	{
		name: 'idsNotQuiteRising',
		need: 'read',
		question: 'Can a later record have a smaller ID?',
		ask: idsNotQuiteRising,
	},
];
