import { badRequest, forbidden, notFound } from '../../errors';
import type { Entry } from '../../world/register';
import type { Company, User } from '../../world/world';
import { checkDimensionValues, type DimensionItemValue } from '../dimensions';
import { type Call, done, type Handlers, idOf, ok } from '../handler';
import { type Invoice, invoices, nextNumber } from '../invoices/model';
import { batchAnswer, checkVersion, inDays, inWindow, listAnswer, listOrObject, oneOf, searchKey } from '../lists';
import { checkOpenDay, needOpenDay } from '../periods';
import { mayView, mayViewType, missingRight, needEdit, rightsForType } from '../rights';
import { checkedTransactions } from './checks';
import {
	type Receipt,
	type ReceiptFields,
	receipts,
	showBasicReceipt,
	showReceipt,
	statusOf,
	type Transaction,
} from './model';

const EDITABLE = ['JOURNAL', 'SALES_INVOICE', 'PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];
const SERVERS_OWN = [
	'id',
	'status',
	'invoiceId',
	'receiptNumber',
	'invoiceNumber',
	'version',
	'attachments',
	'serialNumber',
	'invoiceNotes',
];

const seesReceipt = (user: User, entry: Entry<Receipt>) =>
	!entry.hidden && mayViewType(user, entry.record.type, entry.creatorId);

function find(call: Call): Entry<Receipt> {
	const entry = call.company.register(receipts).get(idOf(call, 'receiptId'));
	if (!entry) throw notFound('Ledger receipt');
	if (!seesReceipt(call.user, entry)) throw forbidden();
	return entry;
}

function stored(
	company: Company,
	fields: ReceiptFields,
	transactions: Array<Omit<Transaction, 'id'> & { id?: number }>,
	keep: Transaction[] = [],
): ReceiptFields {
	const receipt = Object.fromEntries(
		Object.entries(fields).filter(([name]) => !SERVERS_OWN.includes(name)),
	) as unknown as ReceiptFields;
	const known = new Set(keep.map(({ id }) => id));
	receipt.transactions = transactions.map((one) => ({
		...one,
		id: one.id !== undefined && known.has(one.id) ? one.id : nextNumber(company, 'transaction', 700_001),
		dimensionItemValues: one.dimensionItemValues ?? [],
	}));
	return receipt;
}

/** Makes a journal receipt and the hidden invoice that holds its attachments. Also the way in behind the API's back. */
export function createJournal(
	company: Company,
	fields: ReceiptFields,
	creatorId: number,
	at?: number,
	status = 'UNFINISHED',
): Entry<Receipt> {
	const invoiceNumber = nextNumber(company, 'invoice', 1001);
	const hidden = company.register(invoices).add(
		(id): Invoice => ({
			id,
			type: 'JOURNAL',
			status: 'UNFINISHED',
			date: fields.receiptDate,
			invoiceNumber,
			counterParty: { counterPartyAddress: { name: fields.name } },
			paymentInfo: { paymentMethod: 'OTHER', currency: 'EUR', dueDate: fields.receiptDate, currencyRate: 1 },
			extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
			discountPercent: 0,
			invoiceRows: [],
			invoiceChannel: 'NO_SENDING',
		}),
		creatorId,
		{ at },
	);
	const receipt = stored(company, fields, fields.transactions);
	const receiptNumber = nextNumber(company, 'receipt', 1);
	return company
		.register(receipts)
		.add((id) => ({ ...receipt, id, status, invoiceId: hidden.id, invoiceNumber, receiptNumber }), creatorId, { at });
}

/** The amounts of the invoice's own row come from the invoice: they stay when its receipt is changed. */
function checkInvoicesOwn(before: Receipt, transactions: Array<Omit<Transaction, 'id'>>): void {
	const own = (list: Array<Omit<Transaction, 'id'>>) =>
		list.find(({ transactionType }) => transactionType === 'REVERSING_ENTRY')?.accountingValue;
	if (before.type !== 'JOURNAL' && own(before.transactions) !== own(transactions))
		throw badRequest('The reversing entry belongs to the invoice.', 'transactions');
}

/** Steps of a journal's life. */
function step(call: Call, from: string[], to: string, needsOpen: boolean): void {
	const entry = find(call);
	if (entry.record.type !== 'JOURNAL') {
		if (call.operation.responses['400']) throw badRequest('Ledger receipt type is not supported.');
		throw forbidden('Ledger receipt type is not supported.');
	}
	needEdit(call.user, 'accounting.journalReceipts');
	if (!from.includes(entry.record.status)) throw forbidden('Invalid receipt status.');
	if (needsOpen) needOpenDay(call.company, entry.record.receiptDate);
	call.company.register(receipts).put(entry, { ...entry.record, status: to });
}

export const receiptHandlers: Handlers = {
	searchLedgerReceipt: (call: Call) => {
		const found = call.company.register(receipts).select(searchKey(call), (entry) => {
			if (!inWindow(call, 'created', entry.created) || !inWindow(call, 'version', entry.version)) return false;
			const { record } = entry;
			return (
				(call.switches.rowsHiddenAfterPaging || mayViewType(call.user, record.type, entry.creatorId)) &&
				oneOf(call, 'types', record.type) &&
				inDays(call, 'startDate', 'endDate', record.receiptDate)
			);
		});
		// An invoice's status is not part of the receipt, so it is looked at again each time.
		const { status } = call.query;
		const shown =
			status === undefined ? found : found.filter(({ record }) => statusOf(call.company, record) === status);
		return listAnswer(call, shown, {
			show: showBasicReceipt(call),
			isHidden: (entry) => !seesReceipt(call.user, entry),
			orders: {
				orderByDate: ({ record }) => record.receiptDate,
				orderByCreated: (entry) => call.clock.wall(entry.created),
				orderByVersion: (entry) => call.clock.wall(entry.version),
			},
		});
	},
	getLedgerReceipt: (call: Call) => {
		const refuse = (entry: Entry<Receipt>) => {
			if (!seesReceipt(call.user, entry)) throw forbidden();
		};
		return batchAnswer(call, 'Ledger receipt', call.company.register(receipts), showReceipt(call), refuse);
	},
	saveLedgerReceipt: (call: Call) => {
		const body = call.body as ReceiptFields;
		if (body.type !== 'JOURNAL') throw badRequest('Only a journal can be created.', 'type');
		needEdit(call.user, 'accounting.journalReceipts');
		const transactions = checkedTransactions(call.company, body, call.query.createReconciliation === true);
		const entry = createJournal(call.company, { ...body, transactions: transactions as Transaction[] }, call.user.id);
		return ok(showReceipt(call)(entry));
	},
	updateLedgerReceipt: (call: Call) => {
		const entry = find(call);
		const before = entry.record;
		const body = call.body as ReceiptFields & { version?: string };
		needEdit(call.user, rightsForType(before.type).edit);
		if (!EDITABLE.includes(before.type)) throw badRequest('Ledger receipt type is not supported.', 'type');
		const status = statusOf(call.company, before);
		if (before.type === 'JOURNAL' ? status !== 'UNFINISHED' : ['INVALIDATED', 'DELETED'].includes(status))
			throw forbidden('Invalid receipt status.');
		checkVersion(call, entry, body.version);
		if (body.type !== before.type) throw badRequest('Ledger receipt type cannot be changed.', 'type');
		checkOpenDay(call.company, before.receiptDate, 'receiptDate');
		const transactions = checkedTransactions(call.company, body, call.query.createReconciliation === true);
		checkInvoicesOwn(before, transactions);
		const { id, status: own, invoiceId, receiptNumber, invoiceNumber } = before;
		call.company.register(receipts).put(entry, {
			...stored(call.company, body, transactions, before.transactions),
			id,
			status: own,
			invoiceId,
			receiptNumber,
			invoiceNumber,
		});
		return ok(showReceipt(call)(entry));
	},
	updateLedgerReceiptTransactionDimensions: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, rightsForType(entry.record.type).edit);
		if (!EDITABLE.includes(entry.record.type)) throw badRequest('Ledger receipt type is not supported.', 'type');
		const id = idOf(call, 'transactionId');
		const transaction = entry.record.transactions.find((one) => one.id === id);
		if (!transaction) throw notFound('Transaction');
		const dimensionItemValues = (call.body as { dimensionItemValues?: DimensionItemValue[] }).dimensionItemValues ?? [];
		checkDimensionValues(call.company, dimensionItemValues, transaction.accountingValue, 'dimensionItemValues');
		const transactions = entry.record.transactions.map((one) =>
			one.id === id ? { ...one, dimensionItemValues } : one,
		);
		call.company.register(receipts).put(entry, { ...entry.record, transactions });
		return ok(showReceipt(call)(entry));
	},
	approveInvoice: (call: Call) => (step(call, ['UNFINISHED'], 'APPROVED', false), done('Ledger receipt was approved.')),
	markLedgerReceiptAsUnfinished: (call: Call) => (
		step(call, ['APPROVED', 'INVALIDATED'], 'UNFINISHED', true),
		done('Ledger receipt was marked as unfinished.')
	),
	markLedgerReceiptAsInvalidated: (call: Call) => (
		step(call, ['UNFINISHED', 'APPROVED'], 'INVALIDATED', true),
		done('Ledger receipt was invalidated.')
	),

	searchJournalsByStatuses: (call: Call) => {
		if (!mayView(call.user, ...rightsForType('JOURNAL').view)) return missingRight(call);
		const found = call.company
			.register(receipts)
			.all()
			.filter((entry) => {
				const { record } = entry;
				return (
					record.type === 'JOURNAL' &&
					seesReceipt(call.user, entry) &&
					oneOf(call, 'statuses', record.status) &&
					inDays(call, 'startDate', 'endDate', record.receiptDate) &&
					inWindow(call, 'created', entry.created) &&
					inWindow(call, 'version', entry.version)
				);
			});
		const shown = found.map(({ record, created, version }) => ({
			id: record.invoiceId,
			ledgerReceiptId: record.id,
			type: 'JOURNAL',
			status: record.status,
			invoiceNumber: record.invoiceNumber,
			date: record.receiptDate,
			created: call.clock.text(created),
			version: call.clock.text(version),
			...(record.partnerId === undefined ? {} : { partnerId: record.partnerId }),
			counterParty: { counterPartyAddress: { name: record.name } },
		}));
		return listOrObject(call, shown);
	},
};
