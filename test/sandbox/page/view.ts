import { createHash } from 'node:crypto';

import { repeatedHourOf } from '../clock';
import type { FaultKind } from '../http/faults';
import { type JournalEntry } from '../http/journal';
import { invoices, sumsOf } from '../records/invoices/model';
import { partners } from '../records/partners';
import { type Payment, paymentMap } from '../records/payments/model';
import { receipts, statusOf } from '../records/receipts/model';
import { confirmationsOf } from '../records/secondFactor';
import { deliveriesOf, webhooks } from '../records/webhooks';
import type { SandboxState } from '../state';
import type { Entry, RegisterKey } from '../world/register';
import type { Company } from '../world/world';

/** Rows of each table: the newest. */
const MOST_ROWS = 50;

/** Faults that the page can add, each with the values that it needs. */
export const FAULT_KINDS: Record<string, { name: string; fault: FaultKind }> = {
	latency: { name: 'Respond 3 seconds late', fault: { kind: 'latency', ms: 3000 } },
	slowBody: { name: 'Send the body over 3 seconds', fault: { kind: 'slowBody', ms: 3000 } },
	unauthorized: { name: '401 Unauthorized', fault: { kind: 'unauthorized' } },
	tooManyRequests: { name: '429 with Retry-After: 2', fault: { kind: 'tooManyRequests', retryAfter: 2 } },
	htmlError: { name: '500 with an HTML page', fault: { kind: 'htmlError' } },
	badGateway: { name: '502 Bad Gateway', fault: { kind: 'badGateway' } },
	unavailable: { name: '503 with Retry-After: 2', fault: { kind: 'unavailable', retryAfter: 2 } },
	gatewayTimeout: { name: '504 Gateway Timeout', fault: { kind: 'gatewayTimeout' } },
	cutBefore: { name: 'Close the connection before the write', fault: { kind: 'cutBefore' } },
	cutAfter: { name: 'Close the connection after the write', fault: { kind: 'cutAfter' } },
};

interface Row {
	cells: Array<string | number>;
	/** Where the row's buttons post to, and each button's value and name. */
	action?: string;
	actions?: Array<[string, string]>;
}

interface Table {
	id: string;
	title: string;
	columns: string[];
	total: number;
	rows: Row[];
	actions?: boolean;
}

const cents = (amount: number, currency: string) => `${amount.toFixed(2)} ${currency}`;
const json = (value: unknown) => JSON.stringify(value, null, 2);

/** The newest records of a register. */
function newest<T>(company: Company, key: RegisterKey<T>): { total: number; entries: Array<Entry<T>> } {
	const all = company.register(key).all();
	return { total: all.length, entries: all.slice(-MOST_ROWS).reverse() };
}

function invoiceTable(state: SandboxState, company: Company): Table {
	const { total, entries } = newest(company, invoices);
	return {
		id: 'invoices',
		title: 'Invoices',
		columns: ['ID', 'Type', 'Number', 'Partner', 'Date', 'Total', 'Status', 'Last change'],
		total,
		rows: entries.map(({ id, version, record }) => ({
			cells: [
				id,
				record.type,
				record.invoiceNumber ?? '',
				record.counterParty.counterPartyAddress.name,
				record.date,
				cents(sumsOf(record).total, record.paymentInfo.currency),
				record.status,
				state.clock.text(version),
			],
		})),
	};
}

function receiptTable(state: SandboxState, company: Company): Table {
	const { total, entries } = newest(company, receipts);
	return {
		id: 'receipts',
		title: 'Ledger receipts',
		columns: ['ID', 'Type', 'Number', 'Name', 'Date', 'Entries', 'Status', 'Last change'],
		total,
		rows: entries.map(({ id, version, record }) => ({
			cells: [
				id,
				record.type,
				record.receiptNumber ?? '',
				record.name,
				record.receiptDate,
				record.transactions.length,
				statusOf(company, record),
				state.clock.text(version),
			],
		})),
	};
}

function partnerTable(state: SandboxState, company: Company): Table {
	const { total, entries } = newest(company, partners);
	return {
		id: 'partners',
		title: 'Business partners',
		columns: ['ID', 'Type', 'Name', 'Business ID', 'Active', 'Last change'],
		total,
		rows: entries.map(({ id, version, record }) => ({
			cells: [
				id,
				record.type,
				record.name,
				record.invoicingInfo?.identifier ?? '',
				record.registryInfo?.active === false ? 'no' : 'yes',
				state.clock.text(version),
			],
		})),
	};
}

function paymentActions({ status }: Payment): Array<[string, string]> {
	if (status === 'PAYMENT_QUEUED')
		return [
			['send', 'Send to bank'],
			['pay', 'Pay'],
			['refuse', 'Refuse'],
		];
	if (status === 'PAYMENT_SENT_TO_BANK')
		return [
			['pay', 'Pay'],
			['refuse', 'Refuse'],
		];
	return [];
}

function paymentTable(company: Company): Table {
	const all = [...paymentMap(company).values()];
	return {
		id: 'payments',
		title: 'Payments',
		columns: ['ID', 'Kind', 'Invoice', 'Receiver', 'Date', 'Amount', 'Status'],
		total: all.length,
		actions: true,
		rows: all
			.slice(-MOST_ROWS)
			.reverse()
			.map((payment) => ({
				cells: [
					payment.id,
					payment.kind,
					payment.invoiceId ?? '',
					payment.receiverName,
					payment.paymentDate,
					cents(payment.amount, payment.currency),
					payment.status,
				],
				action: `/_sandbox/page/payments/${payment.id}`,
				actions: paymentActions(payment),
			})),
	};
}

function webhookTables(company: Company): Table[] {
	const { total, entries } = newest(company, webhooks);
	const deliveries = deliveriesOf(company);
	return [
		{
			id: 'webhooks',
			title: 'Webhooks',
			columns: ['UUID', 'URL', 'Authentication', 'Events'],
			total,
			rows: entries.map(({ record }) => ({
				cells: [record.uuid, record.url, record.authenticationType, record.subscriptions.join(', ')],
			})),
		},
		{
			id: 'deliveries',
			title: 'Webhook deliveries',
			columns: ['No.', 'Event', 'URL', 'State', 'Attempts', 'Response', 'Payload'],
			total: deliveries.length,
			actions: true,
			rows: deliveries
				.slice(-MOST_ROWS)
				.reverse()
				.map(({ no, url, body, state, attempts, status }) => ({
					cells: [no, body.eventType, url, state, attempts, status ?? '', JSON.stringify(body.payload)],
					action: `/_sandbox/page/deliveries/${no}`,
					actions: [['send', state === 'waiting' ? 'Send' : 'Send again']],
				})),
		},
	];
}

function journalRow(state: SandboxState, entry: JournalEntry): Record<string, unknown> {
	const { no, method, path, query, body, companyId, userId, status, refusal, fault } = entry;
	const user = state.world.companies.get(companyId ?? 0)?.users.get(userId ?? 0);
	const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
	return {
		no,
		request: `${method} ${path}${search ? `?${decodeURIComponent(search.replace(/\+/g, ' '))}` : ''}`,
		details: body === undefined ? '' : json(body),
		user: user?.username ?? '',
		status: status ?? '…',
		bad: (status ?? 0) >= 400 || fault !== undefined,
		wrong: [refusal, fault && `Fault: ${fault}`].filter(Boolean).join('; '),
	};
}

/** The clock as the page shows it. */
export function clockView(state: SandboxState): Record<string, unknown> {
	const now = state.clock.now();
	return { now: state.clock.text(now).replace('T', ' '), flowing: state.clock.flowing, repeated: repeatedHourOf(now) };
}

/** Everything of a company that changes; `seen` tells whether it has changed. */
export function stateView(state: SandboxState, company: Company): Record<string, unknown> {
	const view = {
		company: { id: company.id, name: company.name },
		faults: state.faults.list.map(
			({ kind, method, path, times }) =>
				`${FAULT_KINDS[kind]?.name ?? kind}: ${method ?? 'any method'}, ${path ?? 'any path'}, ${times ? `${times} times` : 'every request'}`,
		),
		confirmations: [...confirmationsOf(company).values()]
			.filter((one) => one.state === 'waiting' && one.expires > state.clock.now())
			.map(({ transactionIdentifier, operationId, userId, body, expires }) => ({
				transactionIdentifier,
				operation: operationId,
				user: company.users.get(userId)?.username,
				body: json(body) ?? 'No body',
				expires: state.clock.text(expires).slice(11),
			})),
		tables: [
			invoiceTable(state, company),
			receiptTable(state, company),
			partnerTable(state, company),
			paymentTable(company),
			...webhookTables(company),
		],
		journal: {
			total: state.journal.entries.length,
			rows: state.journal.entries
				.slice(-MOST_ROWS)
				.reverse()
				.map((entry) => journalRow(state, entry)),
		},
	};
	return { ...view, seen: createHash('sha256').update(JSON.stringify(view)).digest('hex').slice(0, 16) };
}
