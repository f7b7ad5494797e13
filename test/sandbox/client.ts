import axios, { type AxiosInstance } from 'axios';

import { DEMO, type Sandbox } from '.';
import { type Invoice, invoices, type InvoiceStatus, type InvoiceType } from './records/invoices/model';
import type { Entry } from './world/register';

type KeyName = keyof typeof DEMO.keys;

/** The form of a token call with an API key. */
export function keyForm(key: KeyName | string = 'admin'): URLSearchParams {
	return new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: DEMO.client.id,
		client_secret: DEMO.client.secret,
		api_key: key in DEMO.keys ? DEMO.keys[key as KeyName] : key,
	});
}

/** An HTTP client without any opinion: every status is an answer, a redirect is not followed. */
export function plain(sandbox: Sandbox, base = '/api'): AxiosInstance {
	return axios.create({ baseURL: `${sandbox.url}${base}`, validateStatus: () => true, maxRedirects: 0, proxy: false });
}

/** Posts a form as Procountor asks for: no charset. */
export function postForm(
	http: AxiosInstance,
	path: string,
	form: URLSearchParams,
	type = 'application/x-www-form-urlencoded',
) {
	return http.post(path, form.toString(), { headers: { 'Content-Type': type } });
}

/** A client that is logged in with one of the demo's keys. */
export async function login(sandbox: Sandbox, key: KeyName | string = 'admin', base = '/api'): Promise<AxiosInstance> {
	const http = plain(sandbox, base);
	const { data } = await postForm(http, '/oauth/token', keyForm(key));
	http.defaults.headers.common.Authorization = `Bearer ${(data as { access_token: string }).access_token}`;
	return http;
}

/** A new bank account of the company, as `POST /bankaccounts` needs it. */
export const newBankAccount = (changes: object = {}) => ({
	iban: 'FI2112345600000785',
	currency: 'EUR',
	defaultForInvoice: false,
	defaultForPayment: false,
	status: 'ACTIVE',
	ledgerAccount: '1910',
	showAccountOnInvoice: false,
	allowPayments: true,
	allowForeignPayments: false,
	...changes,
});

/** The first demo invoice of a type in a status. */
export function demoInvoice(sandbox: Sandbox, type: InvoiceType, status: InvoiceStatus): Entry<Invoice> {
	const found = sandbox.world
		.company(DEMO.companyId)
		.register(invoices)
		.all()
		.find(({ record }) => record.type === type && record.status === status);
	if (!found) throw new Error(`The demo has no ${type} that is ${status}`);
	return found;
}
