import type { IDataObject } from 'n8n-workflow';
import { bankDayFrom, isBankDay } from '../../validation/bankDays';
import { addDays } from '../../validation/dates';
import { toNumber, type Decimal } from '../../validation/money';
import { InputError, type InvoicePayment } from '../../api';
import { objectAt } from '../../utils/objects';
import { unwrap } from '../shared/bookkeeping/rows';
import { counterpartyName } from '../shared/invoiceRecord';
import { checkPayment, paymentMethodFor, referenceFields, structuredAddress } from '../shared/payments/transferChecks';

/** On which day bills are paid. */
export type PaymentDay = 'dueDate' | 'next' | 'given';

/** How one bill is to be paid. */
export interface PaymentOptions {
	day: PaymentDay;
	/** For `given`, yyyy-mm-dd. */
	date?: string;
	payerBankAccount?: string;
	message?: string;
	serviceCharge?: string;
}

const PAYABLE = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

/** Why a bill in some status is left out; every other status but APPROVED is, too. */
const REASONS: Readonly<Record<string, string>> = {
	PAID: 'is paid',
	MARKED_PAID: 'is marked as paid',
	PARTLY_PAID: 'is partly paid; pay the rest in Procountor',
	PAYMENT_QUEUED: 'has a payment in the queue',
	PAYMENT_SENT_TO_BANK: 'has a payment at the bank',
	PAYMENT_DENIED: 'was rejected',
	UNFINISHED: 'is not approved yet',
	RECEIVED: 'is not approved yet',
	VERIFIED: 'is not approved yet',
};

const UNKNOWN_HERE = 'which Pay Invoices does not support; pay it in Procountor';

/** Why a bill with some payment method is left out: its money moves in another way, or the method is another country's. */
const OTHER_WAYS: Readonly<Record<string, string>> = {
	CASH: 'is paid in cash',
	CLEARING: 'is paid by clearing',
	CREDIT_CARD_CHARGE: 'is paid by card',
	DIRECT_PAYMENT: 'is paid by direct payment',
	OTHER: "has the payment method 'Other'",
	DOMESTIC_PAYMENT_BANKGIRO: `is to be paid by Bankgiro, ${UNKNOWN_HERE}`,
	DOMESTIC_PAYMENT_PLUSGIRO: `is to be paid by Plusgiro, ${UNKNOWN_HERE}`,
	DOMESTIC_PAYMENT_CREDITOR: `is to be paid by creditor number, ${UNKNOWN_HERE}`,
	DKLMPKRE: `is to be paid by creditor number, ${UNKNOWN_HERE}`,
	NETS: `is to be paid by NETS, ${UNKNOWN_HERE}`,
};

/**
 * Returns why a bill is left out of the payment; undefined if it is paid.
 * @throws {InputError} for what nobody can pay, such as a sales invoice
 */
export function reasonToLeaveOut(
	{ type, status, paymentInfo }: IDataObject,
	open: Decimal,
	label: string,
): string | undefined {
	if (!PAYABLE.includes(String(type)))
		throw new InputError(
			label,
			`is a ${String(type)}, which cannot be paid`,
			'Purchase invoices, travel invoices and expense claims can be paid.',
		);
	if (status !== 'APPROVED') return REASONS[String(status)] ?? `has the status ${String(status)}`;
	if (open.digits < 0n) return 'is a credit note; set it off in Procountor';
	return open.digits > 0n
		? OTHER_WAYS[String(objectAt({ paymentInfo }, 'paymentInfo').paymentMethod)]
		: 'has nothing to pay';
}

/**
 * The day on which the bank is to pay (yyyy-mm-dd).
 * @param dueDate of the bill
 * @param today payments are later than today (docs/procountor.md#payments)
 * @throws {InputError} for a given day that is not later than today, or no bank day
 */
function dayOf({ day, date }: PaymentOptions, dueDate: string, today: string): string {
	const earliest = bankDayFrom(addDays(today, 1));
	if (day === 'next') return earliest;
	if (day === 'dueDate') return dueDate > earliest ? bankDayFrom(dueDate) : earliest;
	if (date === undefined) throw new InputError('Given Date', 'is empty', "Enter it, or choose another 'Payment Date'.");
	if (date <= today)
		throw new InputError('Given Date', `is not later than today: '${date}'`, `The next bank day is ${earliest}.`);
	if (!isBankDay(date))
		throw new InputError('Given Date', `is no bank day: '${date}'`, `The next one is ${bankDayFrom(date)}.`);
	return date;
}

/**
 * Returns a bill's payment with everything that the bill contains.
 * @throws {InputError} for what is missing or wrong in it
 */
export function paymentOf(
	invoice: IDataObject,
	open: Decimal,
	options: PaymentOptions,
	today: string,
	label: string,
): InvoicePayment {
	const info = (invoice.paymentInfo ?? {}) as Record<string, unknown>;
	const counterparty = (invoice.counterParty ?? {}) as Record<string, IDataObject | undefined>;
	const { accountNumber, bic } = accountOf(info.bankAccount, counterparty.bankAccount);
	if (accountNumber === '')
		throw new InputError(
			label,
			'has no bank account of the recipient',
			'Add the account to the invoice in Procountor.',
		);
	const currency = String(info.currency);
	if (currency === 'EUR' && info.paymentMethod !== 'FOREIGN_PAYMENT' && !/^[a-z]{2}/i.test(accountNumber))
		throw new InputError(
			label,
			`has a bank account that is not an IBAN: '${accountNumber}'`,
			"Enter the recipient's IBAN on the invoice in Procountor.",
		);
	const method =
		info.paymentMethod === 'FOREIGN_PAYMENT' ? 'FINNISH_FOREIGN_PAYMENT' : paymentMethodFor(accountNumber, currency);
	const dueDate = String(info.newDueDate ?? info.dueDate ?? today);
	const reference = referenceFields(info.bankReferenceCode, info.bankReferenceCodeType, options.message, label);
	const number = invoice.originalInvoiceNumber ?? invoice.invoiceNumber;
	const payment = {
		invoiceId: invoice.id,
		invoiceVersion: invoice.version,
		amount: unwrap(`${label}, Amount`, toNumber(open)),
		paymentDate: dayOf(options, dueDate, today),
		paymentMethod: method,
		recipientNameAndAddress: structuredAddress(
			{ ...counterparty.counterPartyAddress, name: counterpartyName(invoice) },
			method,
		),
		recipientBankAccount: accountNumber,
		recipientBicCode: bic,
		...(Object.keys(reference).length ? reference : { message: textOf(number) }),
		payerBankAccount: options.payerBankAccount,
		serviceCharge: method === 'FINNISH_FOREIGN_PAYMENT' ? options.serviceCharge : undefined,
	};
	return checkPayment('InvoicePayment', payment, label);
}

/** The account that the bill names, else the one of its supplier. */
function accountOf(ofInvoice: unknown, ofCounterparty: unknown): { accountNumber: string; bic?: string } {
	const accounts = [ofInvoice, ofCounterparty].map((one) => (one ?? {}) as { accountNumber?: string; bic?: string });
	const found = accounts.find(({ accountNumber }) => textOf(accountNumber) !== undefined) ?? {};
	return { accountNumber: textOf(found.accountNumber) ?? '', bic: textOf(found.bic) };
}

function textOf(value: unknown): string | undefined {
	const text = String(value ?? '').trim();
	return text === '' ? undefined : text;
}
