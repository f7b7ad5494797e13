import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError } from '../../api';
import { objectAt, setPath, toObject } from '../../utils/objects';
import { dueDateAfter } from '../../validation/dueDate';
import { unwrap } from '../shared/bookkeeping/rows';
import { readCompanyCurrency, readDefaultAccount, readExchangeRate, readSalesTerms } from '../shared/companyData';
import { isOfPerson, isSales } from '../shared/invoiceTypes';
import type { Counterparty } from './counterparty';
import type { WantedInvoice } from './enrich';
import { checkOwnAccount } from './ownAccount';

export const RATE_ADVICE = "Enter how many units of the currency one unit of the company's currency is worth.";
/** The payment term of employees' invoices if the person has none. */
const PERSON_TERM_DAYS = 14;

/** Returns the invoice with its currency, exchange rate, due date, payment method, and bank account. */
export async function withPayment(
	client: Client,
	invoice: IDataObject,
	{ termDays }: Counterparty,
	wanted: WantedInvoice,
): Promise<IDataObject> {
	const payment = { ...objectAt(invoice, 'paymentInfo') };
	const date = String(invoice.date);
	const companyCurrency = await readCompanyCurrency(client);
	payment.currency ??= companyCurrency;
	if (payment.currency === undefined)
		throw new InputError('Currency', "is empty, and the company's cannot be read", 'Enter it.');
	payment.currencyRate ??=
		payment.currency === companyCurrency
			? 1
			: companyCurrency && (await readExchangeRate(client, companyCurrency, String(payment.currency), date));
	if (payment.currencyRate === undefined)
		throw new InputError(
			'Exchange Rate',
			`is empty, and Procountor has none for ${String(payment.currency)} on ${date}`,
			RATE_ADVICE,
		);
	payment.dueDate ??= unwrap(
		'Payment Term (Days)',
		dueDateAfter(date, Number(wanted.termDays ?? termDays ?? (await defaultTermDays(client, wanted)))),
	);
	payment.paymentMethod ??= 'BANK_TRANSFER';
	return setPath(invoice, 'paymentInfo', await withBankAccount(client, payment, wanted));
}

/** Adds the account that the invoice is paid to: the given one, or the company's own for sales. Cash needs none. */
async function withBankAccount(
	client: Client,
	payment: IDataObject,
	{ type, otherPayee }: WantedInvoice,
): Promise<IDataObject> {
	const account = toObject(payment.bankAccount);
	if (isSales(type) && otherPayee !== true) await checkOwnAccount(client, account.accountNumber);
	if (account.accountNumber !== undefined || payment.paymentMethod === 'CASH') return payment;
	const accountNumber = isSales(type) ? await readDefaultAccount(client, String(payment.currency)) : undefined;
	if (accountNumber === undefined)
		throw new InputError(
			'Bank Account (IBAN)',
			'is empty, and none is known by default',
			'Enter it, or choose cash as the payment method.',
		);
	return { ...payment, bankAccount: { ...account, accountNumber } };
}

async function defaultTermDays(client: Client, { type }: WantedInvoice): Promise<number> {
	if (isOfPerson(type)) return PERSON_TERM_DAYS;
	const days = isSales(type) ? (await readSalesTerms(client)).defaultSalesInvoicePaymentTerms : undefined;
	if (days !== undefined) return days;
	throw new InputError(
		'Due Date',
		'is empty, and no term of payment is known by default',
		'Enter a due date, or a payment term in days.',
	);
}
