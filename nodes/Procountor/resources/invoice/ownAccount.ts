import type { IDataObject } from 'n8n-workflow';
import { compactCode } from '../../validation/result';
import { type Client, InputError } from '../../api';
import { readBankAccounts } from '../shared/companyData';
import { choice } from '../../engine/operationOptions';
import { optional } from '../shared/formSettings';
import { isSales } from '../shared/invoiceTypes';
import { joinFirst } from '../../utils/texts';

/** Whose account the customer pays to. */
export const accountOwner = choice(
	'accountOwner',
	{ company: 'The Company', other: 'Another Payee' },
	{
		label: 'Bank Account Belongs To',
		optional,
		description: "Choose 'Another Payee' for factoring; otherwise the account must be one of the company's own",
	},
);

/** The number of accounts that one message names. */
const MAX_NAMED = 10;

/**
 * Refuses an account on a sales invoice that is not one of the company's own, because customers would pay somebody else.
 * Does nothing if no account is given or the company's accounts cannot be read.
 * @throws {InputError} that names the company's accounts
 */
export async function checkOwnAccount(client: Client, given: unknown): Promise<void> {
	if (typeof given !== 'string' || given.trim() === '') return;
	const accounts = (await readBankAccounts(client)).filter(({ iban }) => typeof iban === 'string');
	const wanted = compactCode(given);
	if (accounts.length === 0 || accounts.some(({ iban }) => compactCode(String(iban)) === wanted)) return;
	const ibans = accounts.map(({ iban }) => String(iban));
	throw new InputError(
		'Bank Account (IBAN)',
		`is '${wanted}', which is not one of the company's own accounts (${joinFirst(ibans, MAX_NAMED)})`,
		"Use one of them, or choose 'Another Payee' under 'Bank Account Belongs To', for example for factoring.",
	);
}

/** Checks the account of a changed sales invoice. */
export async function checkChangedAccount(
	client: Client,
	invoice: IDataObject,
	changes: IDataObject,
	settings: Record<string, unknown>,
): Promise<void> {
	if (!isSales(String(invoice.type)) || settings.accountOwner === 'other') return;
	const payment = changes.paymentInfo as { bankAccount?: { accountNumber?: unknown } } | undefined;
	await checkOwnAccount(client, payment?.bankAccount?.accountNumber);
}
