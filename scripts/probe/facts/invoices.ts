import type { Response } from '../connection';
import type { Probe } from '../probe';
import { finnishOffset, type Json, listAt, movedDay, numberAt, textAt, wallTime } from '../values';
import { cannotTell, type Fact, type Finding, found } from './types';

/** Two events this far apart never share a second. */
const MORE_THAN_A_SECOND = 1100;
const LAST_STATUSES = ['INVALIDATED', 'DELETED'];

/** Declares how the invoices that the probe makes are removed: they can only be invalidated. */
export function defineInvoices(probe: Probe): void {
	const { records } = probe.options;
	records.define('invoice', async (id) => {
		const path = { invoiceId: id };
		await probe.api.put('/invoices/{invoiceId}/invalidate', { path });
		const { status, json } = await probe.api.get('/invoices/{invoiceId}', { path });
		if (status === 404) return undefined;
		const now = textAt(json, 'status') ?? 'unknown';
		return LAST_STATUSES.includes(now)
			? 'invalidated'
			: `could not be invalidated, because it has payments: status ${now}`;
	});
	records.define('ledger receipt', async () => 'belongs to its invoice');
}

const PRODUCT = 'Probe';

export function row(unitPrice: number, vatPercent: number): Json {
	return { product: PRODUCT, quantity: 1, unit: 'PIECE', unitPrice, discountPercent: 0, vatPercent };
}

/** An IBAN of the company for invoices. */
const ownIban = (probe: Probe): Promise<string | undefined> =>
	probe.once('ownIban', async () => {
		const { json } = await probe.api.get('/bankaccounts', { query: { size: 50 } });
		const accounts = listAt(json, 'results').filter((one) => one.status === 'ACTIVE');
		const account = accounts.find((one) => one.defaultForPayment === true) ?? accounts[0];
		return account && textAt(account, 'iban');
	});

/** Domestic VAT percentages that the company uses for sales, highest first. */
export const vatPercents = (probe: Probe): Promise<number[]> =>
	probe.once('vatPercents', async () => {
		const { json } = await probe.api.get('/vats/default');
		const country =
			listAt(json, 'vatInformation').find((one) => one.country === 'FINLAND') ?? listAt(json, 'vatInformation')[0];
		const percents = listAt(country, 'percentages')
			.filter((one) => one.sales !== false)
			.map((one) => numberAt(one, 'vatPercent') ?? 0);
		return [...new Set(percents)].sort((a, b) => b - a);
	});

/** A sales invoice that Procountor should accept, dated today, to be paid to an account of the company unless another is given. */
async function invoiceBody(probe: Probe, rows: Json[], extra: Json, account?: string): Promise<Json> {
	const [date, iban] = [await probe.today(), account ?? (await ownIban(probe))];
	return {
		type: 'SALES_INVOICE',
		status: 'UNFINISHED',
		date,
		counterParty: { counterPartyAddress: { name: probe.options.mark } },
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			currencyRate: 1,
			dueDate: movedDay(date, 14),
			...(iban === undefined ? {} : { bankAccount: { accountNumber: iban } }),
		},
		extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
		discountPercent: 0,
		invoiceRows: rows,
		vatStatus: 1,
		invoiceChannel: 'NO_SENDING',
		language: 'FINNISH',
		...extra,
	};
}

/** Creates an invoice and writes it down for the clean-up. */
export async function create(probe: Probe, rows: Json[], extra: Json = {}, account?: string): Promise<Response> {
	const response = await probe.api.post('/invoices', { body: await invoiceBody(probe, rows, extra, account) });
	const [id, receipt] = [numberAt(response.json, 'id'), numberAt(response.json, 'ledgerReceiptId')];
	if (response.status === 200 && id !== undefined) {
		probe.options.records.add('invoice', id);
		if (receipt !== undefined) probe.options.records.add('ledger receipt', receipt);
	}
	return response;
}

export interface RowInvoice {
	problem?: string;
	id: number;
	/** Amounts of the receipt's entries without their sign, in their order. */
	entries: number[];
	receiptId: number;
	receiptVersion: string;
	version: string;
	/** The server's instant just before the invoice was made. */
	instant: number;
}

/** Amounts that tell the rows apart: two share account and VAT, one is zero under a VAT of its own. */
const [FIRST, OTHER, SECOND, ZERO] = [11, 7, 3, 0];

/** One sales invoice with accounting by row, and the receipt that Procountor made of it. */
function rowInvoice(probe: Probe): Promise<RowInvoice> {
	return probe.once('rowInvoice', async () => {
		const [high, middle, low] = await vatPercents(probe);
		const instant = await probe.serverInstant();
		const problem = (text: string): RowInvoice => ({
			problem: text,
			id: 0,
			entries: [],
			receiptId: 0,
			receiptVersion: '',
			version: '',
			instant,
		});
		if (low === undefined) return problem('the company uses fewer than three VAT percentages');
		const rows = [row(FIRST, high), row(OTHER, middle), row(SECOND, high), row(ZERO, low)];
		const { status, json } = await create(probe, rows, {
			extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
		});
		const [id, receiptId] = [numberAt(json, 'id'), numberAt(json, 'ledgerReceiptId')];
		if (status !== 200 || id === undefined || receiptId === undefined)
			return problem(`a sales invoice with accounting by row was refused with ${status}`);
		const receipt = (await probe.api.get('/ledgerreceipts/{receiptId}', { path: { receiptId } })).json;
		const entries = listAt(receipt, 'transactions').filter((one) => one.transactionType === 'ENTRY');
		return {
			id,
			receiptId,
			instant,
			entries: entries.map((one) => Math.abs(numberAt(one, 'accountingValue') ?? NaN)),
			receiptVersion: textAt(receipt, 'version') ?? '',
			version: textAt(json, 'version') ?? '',
		};
	});
}

/** Asks a question about the invoice by row, unless it could not be made. */
export const ofRowInvoice =
	(answer: (invoice: RowInvoice, probe: Probe) => Finding | Promise<Finding>) =>
	async (probe: Probe): Promise<Finding> => {
		const invoice = await rowInvoice(probe);
		return invoice.problem === undefined ? answer(invoice, probe) : cannotTell(invoice.problem);
	};

function receiptMergesRows({ entries }: RowInvoice): Finding {
	if (entries.includes(FIRST + SECOND)) return found(true);
	return entries.includes(FIRST) && entries.includes(SECOND)
		? found(false)
		: cannotTell('the entries have other amounts than the rows');
}

function receiptRowOrder({ entries }: RowInvoice): Finding {
	const order = entries.filter((amount) => amount !== ZERO).join();
	const merged = `${FIRST + SECOND},${OTHER}`;
	if (order === `${FIRST},${OTHER},${SECOND}` || order === merged) return found('asRows');
	const reversed = [`${SECOND},${OTHER},${FIRST}`, `${OTHER},${FIRST + SECOND}`];
	return reversed.includes(order)
		? found('reversed')
		: cannotTell('the entries are in another order, or have other amounts');
}

/** Server times against the token's own time, which is an instant. */
function timesUtc({ version, instant }: RowInvoice): Finding {
	const tolerance = 30 * 60_000;
	for (const now of [instant, Date.now()]) {
		const ahead = wallTime(version) - now;
		if (Math.abs(ahead) < tolerance) return found(true);
		if (Math.abs(ahead - finnishOffset(now)) < tolerance) return found(false);
	}
	return cannotTell('the time of a new invoice is neither Finnish time nor UTC');
}

interface Approval {
	problem?: string;
	emptyBodyRefused: boolean;
	receiptTouched: boolean;
}

/** Approves the invoice, first without a body. */
function approval(probe: Probe): Promise<Approval> {
	return probe.once('approval', async () => {
		const { id, receiptId, receiptVersion, problem } = await rowInvoice(probe);
		if (problem !== undefined) return { problem, emptyBodyRefused: false, receiptTouched: false };
		await probe.options.pause(MORE_THAN_A_SECOND);
		const path = { invoiceId: id };
		let { status } = await probe.api.put('/invoices/{invoiceId}/approve', { path });
		const emptyBodyRefused = status === 400 || status === 415;
		if (emptyBodyRefused) ({ status } = await probe.api.put('/invoices/{invoiceId}/approve', { path, body: {} }));
		if (status !== 200)
			return { problem: `the approval returned ${status}`, emptyBodyRefused: false, receiptTouched: false };
		const after = await probe.api.get('/ledgerreceipts/{receiptId}', { path: { receiptId } });
		return { emptyBodyRefused, receiptTouched: textAt(after.json, 'version') !== receiptVersion };
	});
}

async function ofApproval(probe: Probe, name: 'emptyBodyRefused' | 'receiptTouched'): Promise<Finding> {
	const known = await approval(probe);
	return known.problem === undefined ? found(known[name]) : cannotTell(known.problem);
}

async function negativeRowsRefused(probe: Probe): Promise<Finding> {
	const [percent = 0] = await vatPercents(probe);
	const good = await rowInvoice(probe);
	if (good.problem !== undefined) return cannotTell(good.problem);
	const { status } = await create(probe, [row(-5, percent)]);
	if (status === 200) return found(false);
	return status === 400 ? found(true) : cannotTell(`the invoice with a negative row returned ${status}`);
}

const KNOWN_STATUSES = ['RECEIVED', 'UNFINISHED', 'VERIFIED'];

async function circulatedPurchaseStatus(probe: Probe): Promise<Finding> {
	const settings = (await probe.api.get('/company/invoicecirculation/settings')).json as Json | undefined;
	if (settings?.useForPurchaseInvoices === false) return cannotTell('circulation is not in use for purchase invoices');
	const userId = numberAt((await probe.api.get('/sessioninfo')).json, 'userId');
	const [percent = 0] = await vatPercents(probe);
	const made = await create(probe, [row(OTHER, percent)], {
		type: 'PURCHASE_INVOICE',
		invoiceApprovalInformation: { acceptors: [{ userId }], verifiers: [] },
	});
	const id = numberAt(made.json, 'id');
	if (made.status !== 200 || id === undefined)
		return cannotTell(`the purchase invoice was refused with ${made.status}`);
	const path = { invoiceId: id };
	const sent = await probe.api.put('/invoices/{invoiceId}/sendToCirculation', { path });
	if (sent.status !== 200) return cannotTell(`sending to circulation returned ${sent.status}`);
	const status = textAt((await probe.api.get('/invoices/{invoiceId}', { path })).json, 'status') ?? '';
	return KNOWN_STATUSES.includes(status) ? found(status) : cannotTell(`the invoice became ${status}`);
}

/** A small sales invoice that is approved, for what needs one: its ID, or why there is none. */
export async function approvedInvoice(probe: Probe, sum: number): Promise<{ id: number } | { problem: string }> {
	const made = await create(probe, [row(sum, 0)], { vatStatus: 12 });
	const id = numberAt(made.json, 'id');
	if (made.status !== 200 || id === undefined) return { problem: `the sales invoice was refused with ${made.status}` };
	const approved = await probe.api.put('/invoices/{invoiceId}/approve', { path: { invoiceId: id }, body: {} });
	return approved.status === 200 ? { id } : { problem: `the approval returned ${approved.status}` };
}

export { ownIban };

export const invoiceFacts: Fact[] = [
	{
		name: 'timesUtc',
		need: 'write',
		question: 'Are server times UTC rather than Finnish time?',
		ask: ofRowInvoice(timesUtc),
	},
	{
		name: 'receiptRowOrder',
		need: 'write',
		question: 'Do the receipt entries have the order of the invoice rows?',
		ask: ofRowInvoice(receiptRowOrder),
	},
	{
		name: 'receiptMergesRows',
		need: 'write',
		question: 'Do rows with the same account and VAT share one receipt entry?',
		ask: ofRowInvoice(receiptMergesRows),
	},
	{
		name: 'receiptOmitsZeroRows',
		need: 'write',
		question: 'Are rows of zero left out of the receipt?',
		ask: ofRowInvoice(({ entries }) => found(!entries.includes(ZERO))),
	},
	{
		name: 'emptyBodyRefused',
		need: 'write',
		question: 'Is a call refused that lacks its optional body?',
		ask: (probe) => ofApproval(probe, 'emptyBodyRefused'),
	},
	{
		name: 'receiptVersionFollowsInvoice',
		need: 'write',
		question: "Does the invoice's approval give its receipt a new version?",
		ask: (probe) => ofApproval(probe, 'receiptTouched'),
	},
	{
		name: 'negativeRowsRefused',
		need: 'write',
		question: 'Are invoices with a negative row refused?',
		ask: negativeRowsRefused,
	},
	{
		name: 'circulatedPurchaseStatus',
		need: 'write',
		question: 'Which status has a purchase invoice after it was sent to circulation?',
		ask: circulatedPurchaseStatus,
	},
];
