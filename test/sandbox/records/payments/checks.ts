import { badRequest } from '../../errors';
import { isIban, isReference } from '../../finnish';
import type { Company } from '../../world/world';
import { type BankAccount, bankAccounts } from '../bankaccounts';
import type { Call } from '../handler';

interface FullAddress {
	name?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
}

/** What payments of invoices, direct transfers and salaries have in common. */
export interface Transfer {
	amount: number;
	bankReferenceCode?: string;
	bankReferenceCodeType?: string;
	message?: string;
	recipientBankAccount: string;
	recipientBicCode?: string;
}

/** A payment that names its own way: an invoice's or a direct one. */
export interface OwnTransfer extends Transfer {
	paymentMethod: string;
	payerBankAccount?: string;
	paymentDate: string;
	recipientNameAndAddress: FullAddress & { name: string };
	intermediaryBankNameAndAddress?: FullAddress;
	serviceCharge?: string;
}

type Permission = 'allowPayments' | 'allowForeignPayments' | 'allowExpressPayments' | 'allowSalaryPayments';

const PERMISSIONS: Record<string, Permission> = {
	FINNISH_BANK_TRANSFER: 'allowPayments',
	FINNISH_EXPRESS_PAYMENT: 'allowExpressPayments',
	FINNISH_FOREIGN_PAYMENT: 'allowForeignPayments',
};

/** The company's account that pays: the one named, or the default one. @throws Refusal 400 */
export function payerAccount(
	company: Company,
	wanted: string | undefined,
	permission: Permission,
	field: string,
): BankAccount {
	const accounts = company
		.register(bankAccounts)
		.all()
		.map(({ record }) => record);
	const account = accounts.find(({ iban, defaultForPayment }) =>
		wanted === undefined ? defaultForPayment : iban === wanted,
	);
	if (account?.status !== 'ACTIVE') throw badRequest('Payer bank account does not exist in the company.', field);
	if (account[permission] !== true) throw badRequest('Payer bank account has no agreement on such payments.', field);
	return account;
}

/** @throws Refusal 400 unless the day is later than today, or by the switch today */
export function checkPaymentDate(call: Call, day: string, field: string): void {
	const today = call.clock.today();
	if (call.switches.paymentDateMayBeToday ? day < today : day <= today)
		throw badRequest('Payment date must be later than the current date.', field);
}

/** @throws Refusal 400 */
export function checkTransfer(transfer: Transfer, at: string): void {
	if (transfer.amount <= 0) throw badRequest('Amount must be greater than zero.', `${at}.amount`);
	const { bankReferenceCode, bankReferenceCodeType } = transfer;
	if (bankReferenceCodeType !== undefined && !['FI', 'RF'].includes(bankReferenceCodeType)) {
		throw badRequest('Reference type is not allowed in Finland.', `${at}.bankReferenceCodeType`);
	}
	if (bankReferenceCode && !isReference(bankReferenceCode))
		throw badRequest('Reference code is not valid.', `${at}.bankReferenceCode`);
}

const ADDRESS = ['name', 'street', 'zip', 'city', 'country'] as const;

/**
 * Checks a payment that names its own way.
 * @param currency of the invoice or of the transfer
 * @returns the account that pays
 * @throws Refusal 400
 */
export function checkOwnTransfer(call: Call, transfer: OwnTransfer, currency: string, at: string): BankAccount {
	const { paymentMethod, recipientNameAndAddress: recipient, intermediaryBankNameAndAddress: intermediary } = transfer;
	const permission = PERMISSIONS[paymentMethod];
	if (!permission) throw badRequest('Payment method is not allowed in Finland.', `${at}.paymentMethod`);
	checkTransfer(transfer, at);
	checkPaymentDate(call, transfer.paymentDate, `${at}.paymentDate`);
	if (recipient.name.trim() === '')
		throw badRequest('Recipient name is required.', `${at}.recipientNameAndAddress.name`);
	if (permission === 'allowForeignPayments') {
		const missing = ADDRESS.find((part) => !recipient[part]);
		if (missing)
			throw badRequest(
				'A foreign payment needs the whole address of the recipient.',
				`${at}.recipientNameAndAddress.${missing}`,
			);
	} else {
		if (currency !== 'EUR') throw badRequest('Payments within Finland are in euros.', `${at}.paymentMethod`);
		if (!isIban(transfer.recipientBankAccount))
			throw badRequest('Bank account must be an IBAN without spaces.', `${at}.recipientBankAccount`);
	}
	const gap = intermediary && ADDRESS.find((part) => !intermediary[part]);
	if (gap)
		throw badRequest('The intermediary bank needs its whole address.', `${at}.intermediaryBankNameAndAddress.${gap}`);
	return payerAccount(call.company, transfer.payerBankAccount, permission, `${at}.payerBankAccount`);
}
