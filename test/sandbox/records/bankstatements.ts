import { badRequest, forbidden, notFound } from '../errors';
import { sum } from '../money';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { attachmentsOf } from './attachments';
import { type Call, done, type Handlers, idOf, noContent } from './handler';
import { headerText } from './headers';
import { type Invoice, invoices, isSales } from './invoices/model';
import { addPayment, isPaidInFull } from './invoices/payments';
import { moveTo } from './invoices/status';
import { listAnswer } from './lists';
import { checkedMetadata, type MetadataRow, showMetadata } from './metadata';
import { products } from './products';
import { needEdit } from './rights';

export interface StatementEvent {
	id: number;
	payDate: string;
	valueDate: string;
	/** Deposits are positive, withdrawals negative. */
	sum: number;
	accountNumber?: string;
	name?: string;
	explanationCode?: number;
	archiveCode?: string;
	message?: string;
	reference?: string;
	invoiceId?: number;
	productId?: number;
	/** Payment that the event comes from. */
	endToEndId?: number;
	metadata?: MetadataRow[];
	/** Parts of an event that stands for several. */
	parts?: StatementEvent[];
}

export interface BankStatement {
	id: number;
	accountNumber: string;
	startDate: string;
	endDate: string;
	currency: string;
	startBalance: number;
	statementNumber: number;
	events: StatementEvent[];
}

export const bankStatements = defineRegister<BankStatement>('bankStatements', 820_001);

function showEvent(company: Company) {
	return (event: StatementEvent): unknown => {
		const { metadata = [], parts, ...fields } = event;
		return {
			...fields,
			allocated: event.invoiceId !== undefined,
			attachments: attachmentsOf(company, 'BANKSTATEMENTEVENT', event.id),
			allocationMetadataRows: metadata.map(showMetadata(company)),
			...(parts ? { event: parts.map(showEvent(company)) } : {}),
		};
	};
}

const show =
	(company: Company) =>
	({ record }: Entry<BankStatement>): unknown => {
		const { events, ...fields } = record;
		const sums = (sign: 1 | -1) => events.map((event) => event.sum).filter((one) => one * sign > 0);
		return {
			...fields,
			numberOfDeposits: sums(1).length,
			depositSum: sum(sums(1)),
			numberOfWithdrawals: sums(-1).length,
			withdrawalSum: sum(sums(-1)),
			endBalance: sum([record.startBalance, ...sums(1), ...sums(-1)]),
			events: events.map(showEvent(company)),
		};
	};

const withParts = (events: StatementEvent[]): StatementEvent[] =>
	events.flatMap((event) => [event, ...withParts(event.parts ?? [])]);

/** An event with its statement, by the event's id alone. */
export function findStatementEvent(
	company: Company,
	eventId: number,
): { statement: Entry<BankStatement>; event: StatementEvent } | undefined {
	for (const statement of company.register(bankStatements).all()) {
		const event = withParts(statement.record.events).find(({ id }) => id === eventId);
		if (event) return { statement, event };
	}
	return undefined;
}

/** The event of a call, ready to be changed. @throws Refusal 400, 403, 404 */
function find(call: Call): StatementEvent {
	needEdit(call.user, 'payments.paymentAllocation');
	const statement = call.company.register(bankStatements).get(idOf(call, 'statementId'));
	if (!statement) throw notFound('Bank statement');
	const found = findStatementEvent(call.company, idOf(call, 'eventId'));
	if (!found) throw notFound('Bank statement event');
	if (found.statement.id !== statement.id)
		throw badRequest('Bank statement event does not belong to the given statement.', 'eventId');
	return found.event;
}

/** The bare number that is the whole body. @throws Refusal 400 */
function numberOf(call: Call): number {
	if (typeof call.body !== 'number') throw badRequest('must be number');
	return call.body;
}

const ALLOCATED: Invoice['type'][] = [
	'SALES_INVOICE',
	'PURCHASE_INVOICE',
	'TRAVEL_INVOICE',
	'BILL_OF_CHARGES',
	'PERIODIC_TAX_RETURN',
];
const UNPAYABLE: Invoice['status'][] = ['EMPTY', 'UNSAVED', 'UNFINISHED', 'INVALIDATED', 'DELETED', 'OVERRIDDEN'];

/** Ties an event to an invoice, which gets a payment event by that. */
function allocate(call: Call): void {
	const event = find(call);
	const invoice = call.company.register(invoices).get(numberOf(call));
	if (!invoice || invoice.record.type === 'JOURNAL') throw notFound('Invoice');
	const { record } = invoice;
	if (!ALLOCATED.includes(record.type)) throw badRequest('Invoice type is not supported.');
	if (UNPAYABLE.includes(record.status)) throw forbidden('Invoice is in a wrong status.');
	// Nor is there an automatic handling of collection costs in the sandbox's companies, which it would need.
	if (call.query.addPenalExpense === true)
		throw badRequest('Automatic handling of collection and penal costs is not in use.', 'addPenalExpense');
	if (record.paymentInfo.currency !== 'EUR')
		throw badRequest('Currency of the invoice is not the currency of the statement.');
	event.invoiceId = invoice.id;
	const { allocatedInvoiceBecomes } = call.switches;
	const paid = allocatedInvoiceBecomes === 'PAID' ? 'PAID' : 'MARKED_PAID';
	const amount = isSales(record.type) ? event.sum : -event.sum;
	addPayment(
		call.company,
		record,
		{ paymentDate: event.valueDate, amount, currency: 'EUR', paymentMethodType: 'BANK_STATEMENT' },
		paid,
		call.user.id,
	);
	if (allocatedInvoiceBecomes !== 'unchanged')
		moveTo(
			{ ...call, body: undefined },
			invoice,
			isPaidInFull(call.company, record) ? paid : 'PARTLY_PAID',
			undefined,
			{ paymentDate: event.valueDate },
		);
}

/** Whether a statement's time fits the days asked for: see the switch `statementWindow`. */
function inTime({ query, switches }: Call, { startDate, endDate }: BankStatement): boolean {
	const { startDate: from, endDate: to } = query;
	const [first, last] = switches.statementWindow === 'whole' ? [startDate, endDate] : [endDate, startDate];
	return (from === undefined || first >= String(from)) && (to === undefined || last <= String(to));
}

export const bankStatementHandlers: Handlers = {
	getBankStatements: (call: Call) => {
		const account = headerText(call, 'accountnumber');
		const found = call.company
			.register(bankStatements)
			.all()
			.filter(({ record }) => inTime(call, record) && (account === undefined || record.accountNumber === account));
		return listAnswer(call, found, {
			show: show(call.company),
			orders: { orderByStartDate: ({ record }) => record.startDate },
		});
	},
	allocateInvoiceToEvent: (call: Call) => (allocate(call), done('Invoice was allocated.')),
	/** The payment event of the invoice stays. */
	deleteInvoiceAllocationFromEvent: (call: Call) => {
		const event = find(call);
		if (event.invoiceId === undefined) throw badRequest('The event is not allocated to an invoice.', 'eventId');
		delete event.invoiceId;
		return noContent();
	},
	allocateProductToEvent: (call: Call) => {
		const event = find(call);
		const product = call.company.register(products).get(numberOf(call));
		if (!product) throw notFound('Product');
		event.productId = product.id;
		return done('Product was allocated.');
	},
	deleteProductAllocationFromEvent: (call: Call) => {
		delete find(call).productId;
		return noContent();
	},
	allocateAllocationMetadata1: (call: Call) => {
		const event = find(call);
		event.metadata = checkedMetadata(call, event.metadata, ['sales', 'purchase']);
		return done('Metadata was allocated.');
	},
	deleteAllocationMetadata1: (call: Call) => {
		delete find(call).metadata;
		return noContent();
	},
};
