import type { IDataObject } from 'n8n-workflow';
import { bankDayFrom, isBankDay } from '../../validation/bankDays';
import { addDays } from '../../validation/dates';
import { toNumber, type Decimal } from '../../validation/money';
import { InputError, type InvoicePayment } from '../../api';
import { objectAt } from '../../utils/objects';
import { unwrap } from '../shared/bookkeeping/rows';
import { counterpartyName } from '../shared/invoiceRecord';
import { checkPayment, paymentMethodFor, referenceFields, structuredAddress } from '../shared/payments/transferChecks';

/** How the payment date is chosen. */
export type PaymentDay = 'dueDate' | 'next' | 'given';

/** How to pay a bill. */
export interface PaymentOptions {
	day: PaymentDay;
	/** For `given`, yyyy-mm-dd. */
	date?: string;
	payerBankAccount?: string;
	message?: string;
	serviceCharge?: string;
}

const PAYABLE = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

/** Reasons to leave out a bill by its status. Bills in other statuses than APPROVED are left out too. */
const STATUS_REASONS: Readonly<Record<string, string>> = {
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

const UNSUPPORTED = 'which Pay Invoices does not support; pay it in Procountor';

/** Reasons to leave out a bill by its payment method: it is not paid by transfer, or the method belongs to another country. */
const METHOD_REASONS: Readonly<Record<string, string>> = {
	CASH: 'is paid in cash',
	CLEARING: 'is paid by clearing',
	CREDIT_CARD_CHARGE: 'is paid by card',
	DIRECT_PAYMENT: 'is paid by direct payment',
	OTHER: "has the payment method 'Other'",
	DOMESTIC_PAYMENT_BANKGIRO: `is to be paid by Bankgiro, ${UNSUPPORTED}`,
	DOMESTIC_PAYMENT_PLUSGIRO: `is to be paid by Plusgiro, ${UNSUPPORTED}`,
	DOMESTIC_PAYMENT_CREDITOR: `is to be paid by creditor number, ${UNSUPPORTED}`,
	DKLMPKRE: `is to be paid by creditor number, ${UNSUPPORTED}`,
	NETS: `is to be paid by NETS, ${UNSUPPORTED}`,
};

/**
 * Returns the reason to leave out a bill; undefined if it must be paid.
 * @throws {InputError} if records of its type cannot be paid, such as a sales invoice
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
	if (status !== 'APPROVED') return STATUS_REASONS[String(status)] ?? `has the status ${String(status)}`;
	if (open.digits < 0n) return 'is a credit note; set it off in Procountor';
	return open.digits > 0n
		? METHOD_REASONS[String(objectAt({ paymentInfo }, 'paymentInfo').paymentMethod)]
		: 'has nothing to pay';
}

/**
 * Returns the day on which the bank pays (yyyy-mm-dd). It must be later than today (docs/procountor.md#payments).
 * @throws {InputError} if the given date is not later than today, or not a bank day
 */
function choosePaymentDate({ day, date }: PaymentOptions, dueDate: string, today: string): string {
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
 * Returns the payment of a bill.
 * @throws {InputError} if data of the bill is missing or invalid
 */
export function buildInvoicePayment(
	invoice: IDataObject,
	open: Decimal,
	options: PaymentOptions,
	today: string,
	label: string,
): InvoicePayment {
	const info = (invoice.paymentInfo ?? {}) as Record<string, unknown>;
	const counterparty = (invoice.counterParty ?? {}) as Record<string, IDataObject | undefined>;
	const { accountNumber, bic } = recipientAccount(info.bankAccount, counterparty.bankAccount);
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
		paymentDate: choosePaymentDate(options, dueDate, today),
		paymentMethod: method,
		recipientNameAndAddress: structuredAddress(
			{ ...counterparty.counterPartyAddress, name: counterpartyName(invoice) },
			method,
		),
		recipientBankAccount: accountNumber,
		recipientBicCode: bic,
		...(Object.keys(reference).length ? reference : { message: optionalText(number) }),
		payerBankAccount: options.payerBankAccount,
		serviceCharge: method === 'FINNISH_FOREIGN_PAYMENT' ? options.serviceCharge : undefined,
	};
	return checkPayment('InvoicePayment', payment, label);
}

/** Returns the account of the bill, or else that of its supplier. */
function recipientAccount(
	invoiceAccount: unknown,
	counterpartyAccount: unknown,
): { accountNumber: string; bic?: string } {
	const accounts = [invoiceAccount, counterpartyAccount].map(
		(account) => (account ?? {}) as { accountNumber?: string; bic?: string },
	);
	const found = accounts.find(({ accountNumber }) => optionalText(accountNumber) !== undefined) ?? {};
	return { accountNumber: optionalText(found.accountNumber) ?? '', bic: optionalText(found.bic) };
}

function optionalText(value: unknown): string | undefined {
	return String(value ?? '').trim() || undefined;
}
