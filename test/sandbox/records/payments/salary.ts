import { badRequest, forbidden, notFound } from '../../errors';
import { isIban } from '../../finnish';
import { sum } from '../../money';
import { defineRegister, type Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { without } from '../fields';
import { type Answer, type Call, type Handlers, idOf, ok } from '../handler';
import { contains, inDays, listAnswer } from '../lists';
import { askSecondFactor } from '../secondFactor';
import { checkPaymentDate, checkTransfer, payerAccount, type Transfer } from './checks';
import { addPaymentOf, movePayment, type Payment, paymentMap } from './model';

interface SalaryPayment extends Transfer {
	recipientName: string;
	recipientCode: { brnType?: string; code?: string };
	customId: string;
}

interface SalaryPayments {
	listName: string;
	paymentMethod: 'FINNISH_SALARY_TRANSFER';
	paymentDate: string;
	payerBankAccount?: string;
	customId?: string;
	payments: SalaryPayment[];
}

export interface SalaryPaymentList {
	id: number;
	listName: string;
	paymentMethod: 'FINNISH_SALARY_TRANSFER';
	paymentDate: string;
	payerBankAccount: string;
	customId?: string;
	cancelled: boolean;
}

export const salaryPaymentLists = defineRegister<SalaryPaymentList>('salaryPaymentLists', 971_001);

const paymentsOfList = (company: Company, listId: number): Payment[] =>
	[...paymentMap(company).values()].filter((payment) => payment.listId === listId);

function statusOf({ cancelled }: SalaryPaymentList, payments: Payment[]): string {
	if (cancelled) return 'PAYMENT_TRANSACTION_CANCELLED';
	for (const status of ['PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK', 'PAID'] as const) {
		if (payments.some((payment) => payment.status === status)) return status;
	}
	return 'PAYMENT_TRANSACTION_REMOVED';
}

function showBasic(call: Pick<Call, 'company' | 'clock'>) {
	return (entry: Entry<SalaryPaymentList>) => {
		const list = without(entry.record, 'cancelled');
		const payments = paymentsOfList(call.company, entry.id);
		return {
			...list,
			created: call.clock.text(entry.created),
			status: statusOf(entry.record, payments),
			paymentDate: `${list.paymentDate}T00:00:00`,
			totalSum: sum(payments.map(({ amount }) => amount)),
		};
	};
}

const briefs = (payments: Payment[]) =>
	payments.map(({ id, customId }) => ({ paymentId: id, customId: customId ?? '' }));

const show = (call: Pick<Call, 'company' | 'clock'>) => (entry: Entry<SalaryPaymentList>) => ({
	...showBasic(call)(entry),
	payments: briefs(paymentsOfList(call.company, entry.id)),
});

/** Salary payments are for Finnish environments alone. */
function needFinnish(call: Call): void {
	if (call.company.settings.country !== 'FINLAND') throw forbidden('Supported in Finnish environments only.');
}

function find(call: Call): Entry<SalaryPaymentList> {
	const entry = call.company.register(salaryPaymentLists).get(idOf(call, 'paymentListId'));
	if (!entry) throw notFound('Payment list');
	return entry;
}

/** @throws Refusal 400 */
function check(call: Call, list: SalaryPayments): string {
	checkPaymentDate(call, list.paymentDate, 'paymentDate');
	list.payments.forEach((payment, index) => {
		const at = `payments[${index}]`;
		checkTransfer(payment, at);
		if (!isIban(payment.recipientBankAccount))
			throw badRequest('Bank account must be an IBAN without spaces.', `${at}.recipientBankAccount`);
		const { brnType, code } = payment.recipientCode;
		if (!brnType || !code) throw badRequest('Recipient code is required.', `${at}.recipientCode`);
	});
	return payerAccount(call.company, list.payerBankAccount, 'allowSalaryPayments', 'payerBankAccount').iban;
}

function create(call: Call): Answer {
	needFinnish(call);
	const body = call.body as SalaryPayments;
	const payerBankAccount = check(call, body);
	return askSecondFactor(call, 'DIRECT_SALARY_PAYMENTS_CREATED', () => {
		const { listName, paymentMethod, paymentDate, customId } = body;
		const entry = call.company.register(salaryPaymentLists).add(
			(id) => ({
				id,
				listName,
				paymentMethod,
				paymentDate,
				payerBankAccount,
				...(customId === undefined ? {} : { customId }),
				cancelled: false,
			}),
			call.user.id,
		);
		const payments = body.payments.map((one) =>
			addPaymentOf(
				call.company,
				{
					kind: 'salary',
					listId: entry.id,
					customId: one.customId,
					paymentDate,
					amount: one.amount,
					currency: 'EUR',
					receiverName: one.recipientName,
					receiverAccount: one.recipientBankAccount,
					receiverBic: one.recipientBicCode,
					payerAccount: payerBankAccount,
					message: one.message,
					createdBy: `${call.user.firstName} ${call.user.lastName}`,
					status: 'PAYMENT_QUEUED',
				},
				call.user.id,
			),
		);
		const result = {
			directSalaryPayment: {
				id: entry.id,
				...(customId === undefined ? {} : { customId }),
				payments: briefs(payments),
			},
		};
		return { result, legacy: show(call)(entry) };
	});
}

/** All payments of the list, or none. */
function cancel(call: Call): Answer {
	needFinnish(call);
	const entry = find(call);
	const queued = () => {
		const payments = paymentsOfList(call.company, entry.id);
		if (payments.some(({ status }) => status !== 'PAYMENT_QUEUED'))
			throw forbidden('Payments are already being processed.');
		return payments;
	};
	queued();
	return askSecondFactor(call, 'DIRECT_SALARY_PAYMENTS_CANCELED', () => {
		for (const payment of queued()) movePayment(call, payment, 'PAYMENT_TRANSACTION_REMOVED');
		call.company.register(salaryPaymentLists).put(entry, { ...entry.record, cancelled: true });
		return { result: { info: { message: 'Salary payments were cancelled.' } } };
	});
}

export const salaryPaymentHandlers: Handlers = {
	searchSalaryPaymentGroups: (call: Call) => {
		needFinnish(call);
		const { name, customId } = call.query;
		const found = call.company
			.register(salaryPaymentLists)
			.all()
			.filter(({ record, created }) => {
				const day = call.clock.text(created).slice(0, 10);
				return (
					contains(name, record.listName) &&
					(customId === undefined || record.customId === customId) &&
					inDays(call, 'startDate', 'endDate', day)
				);
			});
		return listAnswer(call, found, { show: showBasic(call) });
	},
	getDirectSalaryPaymentsByPaymentListId: (call: Call) => (needFinnish(call), ok(show(call)(find(call)))),
	createDirectSalaryPayments: create,
	cancelDirectSalaryPayments: cancel,
};
