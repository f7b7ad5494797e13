import type { Probe } from '../probe';
import { type Json, numberAt, textAt } from '../values';
import { create, ofRowInvoice, ownIban, row, type RowInvoice, vatPercents } from './invoices';
import { cannotTell, type Fact, type Finding, found } from './types';

/** What became of a request that differs from the contract in one thing. */
function acceptance(status: number, accepted = 'accepted'): Finding {
	if (status === 200) return found(accepted);
	return [400, 415, 422].includes(status) ? found('refused') : cannotTell(`the request returned ${status}`);
}

/** Asks with a query that the contract does not have in this form. */
const byQuery =
	(query: Record<string, string>) =>
	async ({ api }: Probe): Promise<Finding> =>
		acceptance((await api.get('/invoices', { query: { size: 1, ...query } })).status);

async function trailingSlash({ api }: Probe): Promise<Finding> {
	const { status } = await api.get('/products/', { query: { size: 1 } });
	return status === 404 ? found('refused') : acceptance(status);
}

/** Creates a sales invoice that differs from an accepted one in one thing. */
const byInvoice = (changes: (probe: Probe, percents: number[]) => { rows: Json[]; extra?: Json } | string) =>
	ofRowInvoice(async (_, probe) => {
		const wanted = changes(probe, await vatPercents(probe));
		if (typeof wanted === 'string') return cannotTell(wanted);
		return acceptance((await create(probe, wanted.rows, wanted.extra)).status);
	});

/** Finnish rates of earlier years. */
const OLD_VAT_PERCENTS = [24, 14];

/** An IBAN of a bank's examples, which belongs to nobody. */
const FOREIGN_IBAN = 'FI2112345600000785';

const salesAccount = ofRowInvoice(async (_, probe) => {
	if ((await ownIban(probe)) === FOREIGN_IBAN) return cannotTell("the company's own account is the example");
	const { status } = await create(probe, [row(1, 0)], { vatStatus: 12 }, FOREIGN_IBAN);
	if (status === 200) return found('any');
	return status === 400 ? found('companyOnly') : cannotTell(`the invoice returned ${status}`);
});

/** Sends the same file twice: with `sendWithInvoice`, which must be accepted, and without. */
const sendWithInvoiceRequired = ofRowInvoice(async ({ id }, probe) => {
	const upload = async (meta: Json): Promise<number> => {
		const { status, json } = await probe.api.post('/attachments', {
			raw: uploadOf({ name: `${probe.options.mark}.txt`, referenceType: 'INVOICE', referenceId: id, ...meta }),
		});
		const attachmentId = numberAt(json, 'id');
		if (status === 200 && attachmentId !== undefined) probe.options.records.add('attachment', attachmentId);
		return status;
	};
	const whole = await upload({ sendWithInvoice: false });
	if (whole !== 200) return cannotTell(`the upload with sendWithInvoice returned ${whole}`);
	const without = await upload({});
	if (without === 200) return found(false);
	return without === 400 ? found(true) : cannotTell(`the upload without it returned ${without}`);
});

/** A form with two parts as public clients write it: the JSON without a file name. */
function uploadOf(meta: Json): { type: string; bytes: Buffer } {
	const boundary = 'procountor-probe';
	const parts = [
		`Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(meta)}`,
		'Content-Disposition: form-data; name="file"; filename="probe.txt"\r\nContent-Type: text/plain\r\n\r\nProbe',
	];
	const text = [...parts.map((part) => `--${boundary}\r\n${part}\r\n`), `--${boundary}--\r\n`].join('');
	return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.from(text) };
}

/** Invalidates the probe's own invoice with an empty list as the body, which one client sends. */
async function bodyWhereNoneBelongs({ id }: RowInvoice, probe: Probe): Promise<Finding> {
	const { status } = await probe.api.put('/invoices/{invoiceId}/invalidate', { path: { invoiceId: id }, body: [] });
	return acceptance(status, 'emptyAccepted');
}

/** Declares how attachments and partners of the probe are removed. */
export function defineRegisterRecords({ api, options: { records, mark } }: Probe): void {
	records.define('attachment', async (attachmentId) => {
		const { status } = await api.delete('/attachments/{attachmentId}', { path: { attachmentId } });
		return [200, 204, 404].includes(status) ? undefined : `could not be removed: status ${status}`;
	});
	records.define('business partner', async (id) => {
		const body = { ...partnerBody(mark), registryInfo: { active: false } };
		const { status } = await api.put('/businesspartners/{id}', { path: { id }, body });
		return status === 200
			? 'stays, inactive: Procountor has no call that deletes it'
			: `stays: setting it inactive returned ${status}`;
	});
}

const partnerBody = (mark: string): Json => ({
	name: mark,
	type: 'CUSTOMER',
	address: { name: mark },
	paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
});

async function partnerPutVersion({ api, options: { records, mark } }: Probe): Promise<Finding> {
	const body = partnerBody(mark);
	const made = await api.post('/businesspartners', { body });
	const [id, version] = [numberAt(made.json, 'id'), textAt(made.json, 'version')];
	if (id !== undefined) records.add('business partner', id);
	if (made.status !== 200 || id === undefined || version === undefined)
		return cannotTell(`the partner was refused with ${made.status}`);
	const put = async (given?: string) =>
		(await api.put('/businesspartners/{id}', { path: { id }, body: { ...body, version: given } })).status;
	const without = await put();
	if (without !== 200) return cannotTell(`PUT without version returned ${without}`);
	if ((await put('2020-01-01T00:00:00')) === 200) return found('ignored');
	const current = await api.get('/businesspartners/{id}', { path: { id } });
	return found((await put(textAt(current.json, 'version') ?? version)) === 200 ? 'checked' : 'refused');
}

const asText = (value: unknown): string => String(value);

export const requestFormFacts: Fact[] = [
	{
		name: 'trailingSlash',
		need: 'read',
		question: 'Is a path with a trailing slash served?',
		ask: trailingSlash,
	},
	{
		name: 'datesWithTime',
		need: 'read',
		question: 'May a date carry a time?',
		ask: byQuery({ startDate: '2000-01-01T00:00:00' }),
	},
	{
		name: 'timesWithoutSeconds',
		need: 'read',
		question: 'May a time leave out its seconds?',
		ask: byQuery({ versionStartDate: '2000-01-01T09:00' }),
	},
	{
		name: 'orderInLowerCase',
		need: 'read',
		question: 'May an order be written in lower case?',
		ask: byQuery({ orderById: 'asc' }),
	},
	{
		name: 'numbersAsText',
		need: 'write',
		question: 'May a number in a body be a text?',
		ask: byInvoice((_, [percent]) => ({ rows: [{ ...row(1, percent), unitPrice: asText(1) }] })),
	},
	{
		name: 'emptyValues',
		need: 'write',
		question: 'May a product ID be an empty text?',
		ask: byInvoice((_, [percent]) => ({ rows: [{ ...row(1, percent), productId: '' }] })),
	},
	{
		name: 'oldVatRates',
		need: 'write',
		question: 'Is a VAT rate accepted that is not among the used ones?',
		ask: byInvoice((_, percents) => {
			const old = OLD_VAT_PERCENTS.find((percent) => !percents.includes(percent));
			return old === undefined ? 'the company uses the rates of earlier years' : { rows: [row(1, old)] };
		}),
	},
	{
		name: 'salesAccount',
		need: 'write',
		question: "May a sales invoice name a bank account that is not the company's own?",
		ask: salesAccount,
	},
	{
		name: 'sendWithInvoiceRequired',
		need: 'write',
		question: 'Must an upload contain sendWithInvoice?',
		ask: sendWithInvoiceRequired,
	},
	{
		name: 'partnerPutVersion',
		need: 'write',
		question: 'What does version mean in PUT of a business partner?',
		ask: partnerPutVersion,
	},
	{
		name: 'bodyWhereNoneBelongs',
		need: 'write',
		question: 'May a call without a body carry an empty list?',
		ask: ofRowInvoice(bodyWhereNoneBelongs),
	},
];
