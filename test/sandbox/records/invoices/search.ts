import { badRequest, forbidden, notFound } from '../../errors';
import type { Entry } from '../../world/register';
import type { Company, User } from '../../world/world';
import type { Call, Handlers } from '../handler';
import { idOf, ok } from '../handler';
import { batchAnswer, contains, inDays, inWindow, listAnswer, oneOf, searchKey } from '../lists';
import { isLimited, mayView, mayViewType, missingRight, rightsForType } from '../rights';
import { historyOf } from './history';
import { type Invoice, type InvoiceType, invoices, showBasic, showInvoice } from './model';

const LISTED: InvoiceType[] = [
	'PERIODIC_TAX_RETURN',
	'PURCHASE_INVOICE',
	'PURCHASE_ORDER',
	'SALES_INVOICE',
	'SALES_ORDER',
	'TRAVEL_INVOICE',
	'BILL_OF_CHARGES',
];

/** Whether a user sees an invoice: by its type, or because it waits for the user's verification or approval. */
export function seesInvoice(user: User, entry: Entry<Invoice>): boolean {
	if (entry.hidden) return false;
	const { type, invoiceApprovalInformation } = entry.record;
	const checkers = [...(invoiceApprovalInformation?.acceptors ?? []), ...(invoiceApprovalInformation?.verifiers ?? [])];
	return mayViewType(user, type, entry.creatorId) || checkers.some(({ userId }) => userId === user.id);
}

/** The invoice of a call; the hidden invoices of journals are not found here. @throws Refusal 404, 403 */
export function findInvoice(call: Call): Entry<Invoice> {
	const entry = call.company.register(invoices).get(idOf(call, 'invoiceId'));
	if (!entry || entry.record.type === 'JOURNAL') throw notFound('Invoice');
	if (!seesInvoice(call.user, entry)) throw forbidden();
	return entry;
}

/**
 * The search's condition on an entry. Only what was asked is looked at, and what the entry itself knows comes first:
 * the record of a seeded invoice costs time to make.
 */
function condition(call: Call, types: InvoiceType[]): (entry: Entry<Invoice>) => boolean {
	const { query, user } = call;
	const own = new Map(
		types.map((type) => [type, isLimited(user, rightsForType(type).personalOnly ?? 'sales.personalSalesInvoicesOnly')]),
	);
	const windowed = ['createdStartDate', 'createdEndDate', 'versionStartDate', 'versionEndDate'].some(
		(name) => query[name] !== undefined,
	);
	const offers = query.isOffer ?? false;
	const { searchTerm } = query;
	const tests: Array<[asked: unknown, fits: (invoice: Invoice) => boolean]> = [
		[
			query.productId,
			(invoice) =>
				invoice.invoiceRows.some(({ productId }) => productId !== undefined && oneOf(call, 'productId', productId)),
		],
		[query.status, ({ status }) => oneOf(call, 'status', status)],
		[query.startDate ?? query.endDate, ({ date }) => inDays(call, 'startDate', 'endDate', date)],
		[
			query.dueStartDate ?? query.dueEndDate,
			({ paymentInfo }) => inDays(call, 'dueStartDate', 'dueEndDate', paymentInfo.dueDate),
		],
		[query.businessPartnerId, ({ partnerId }) => oneOf(call, 'businessPartnerId', partnerId)],
		[query.factoringContractId, ({ factoringContractId }) => oneOf(call, 'factoringContractId', factoringContractId)],
		[query.invoiceNumber, ({ invoiceNumber }) => oneOf(call, 'invoiceNumber', invoiceNumber)],
		[query.invoiceChannel, ({ invoiceChannel }) => oneOf(call, 'invoiceChannel', invoiceChannel)],
		[
			query.originalInvoiceNumber,
			(invoice) =>
				contains(query.originalInvoiceNumber, invoice.originalInvoiceNumber, call.switches.originalNumberSearchExact),
		],
		[
			searchTerm,
			(invoice) =>
				[
					invoice.counterParty.counterPartyAddress.name,
					invoice.additionalInformation,
					String(invoice.invoiceNumber ?? ''),
				].some((text) => contains(searchTerm, text)),
		],
	];
	const asked = tests.filter(([value]) => value !== undefined).map(([, fits]) => fits);
	return (entry) => {
		if (windowed && !(inWindow(call, 'created', entry.created) && inWindow(call, 'version', entry.version)))
			return false;
		const invoice = entry.record;
		const ownOnly = own.get(invoice.type);
		if (ownOnly === undefined || (invoice.isOffer ?? false) !== offers) return false;
		if (ownOnly && entry.creatorId !== user.id && !call.switches.rowsHiddenAfterPaging) return false;
		return asked.every((fits) => fits(invoice));
	};
}

/** Invoices that wait for the user: to verify while RECEIVED, to approve once VERIFIED. */
function waiting(call: Call, status: string, role: 'verifiers' | 'acceptors'): number[] {
	return call.company
		.register(invoices)
		.all()
		.filter(({ record }) => {
			const mine = record.invoiceApprovalInformation?.[role]?.find(({ userId }) => userId === call.user.id);
			return (
				record.type === call.query.types &&
				record.status === status &&
				mine !== undefined &&
				mine.eventPerformed === undefined
			);
		})
		.map(({ id }) => id);
}

function transactions(company: Company, id: number, call: Call): unknown[] {
	return historyOf(company, id).map(({ at, ...event }) => ({ ...event, date: call.clock.text(at) }));
}

export const invoiceSearchHandlers: Handlers = {
	searchInvoice: (call: Call) => {
		const seen = LISTED.filter((type) => mayView(call.user, ...rightsForType(type).view));
		if (seen.length === 0) return missingRight(call);
		if (Array.isArray(call.query.productId) && call.query.productId.length > 200)
			throw badRequest('At most 200 products.', 'productId');
		// Hidden after paging, what the user must not see takes part in the search.
		const searched = call.switches.rowsHiddenAfterPaging ? LISTED : seen;
		const types = searched.filter((type) => oneOf(call, 'types', type));
		const found = call.company.register(invoices).select(searchKey(call), condition(call, types));
		return listAnswer(call, found, {
			show: showBasic(call),
			isHidden: ({ record, creatorId }) => !mayViewType(call.user, record.type, creatorId),
			orders: {
				orderByDate: ({ record }) => record.date,
				orderByCreated: (entry) => call.clock.wall(entry.created),
				orderByVersion: (entry) => call.clock.wall(entry.version),
			},
		});
	},
	getInvoice: (call: Call) => {
		const refuse = (entry: Entry<Invoice>) => {
			if (entry.record.type === 'JOURNAL') throw notFound('Invoice');
			if (!seesInvoice(call.user, entry)) throw forbidden();
		};
		return batchAnswer(call, 'Invoice', call.company.register(invoices), showInvoice(call), refuse);
	},
	getInvoicesForPersonalVerifications: (call: Call) => ok({ invoiceIds: waiting(call, 'RECEIVED', 'verifiers') }),
	getInvoicesForPersonalApprovals: (call: Call) => ok({ invoiceIds: waiting(call, 'VERIFIED', 'acceptors') }),
	getInvoiceTransactions: (call: Call) => {
		const found = transactions(call.company, findInvoice(call).id, call);
		if (found.length === 0) throw notFound('Invoice transactions');
		return ok({ transactions: found });
	},
	getInvoiceTransactionsBulk: (call: Call) => {
		const ids = call.query.invoiceIds as number[];
		if (ids.length > 200) throw badRequest('At most 200 invoices.', 'invoiceIds');
		const results = [...new Set(ids)]
			.sort((a, b) => a - b)
			.filter((id) => {
				const entry = call.company.register(invoices).get(id);
				return entry !== undefined && entry.record.type !== 'JOURNAL' && seesInvoice(call.user, entry);
			})
			.map((invoiceId) => ({ invoiceId, transactions: transactions(call.company, invoiceId, call) }))
			.filter(({ transactions: events }) => events.length > 0);
		if (results.length === 0) throw notFound('Invoice transactions');
		return ok({ results });
	},
};
