import type { IDataObject } from 'n8n-workflow';
import { parseBic, parseIban } from '../../../validation/iban';
import { parseReferenceNumber } from '../../../validation/reference';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import { textOf, elementAt, textAt } from './xmlValues';
import type { XmlElement } from './xml';

/** The path of the element with amount, due date, and reference of the payment. */
export const PAYMENT_PATH = 'EpiDetails/EpiPaymentInstructionDetails';

/**
 * Returns account, BIC, and reference of the payment. Wrong check digits are refused, because the money could reach another
 * account.
 */
export function readPayment(message: XmlElement): IDataObject {
	const beneficiary = elementAt(message, 'EpiDetails/EpiPartyDetails/EpiBeneficiaryPartyDetails');
	const account = textOf(
		elementAt(beneficiary, 'EpiAccountID') ??
			elementAt(message, 'SellerInformationDetails/SellerAccountDetails/SellerAccountID'),
	);
	const reference = textAt(message, `${PAYMENT_PATH}/EpiRemittanceInfoIdentifier`);
	const result: IDataObject = { bic: readBic(message) };
	if (account !== '') {
		const isIban = /^[A-Z]{2}\d\d/i.test(account);
		const number = isIban ? parseIban(account) : undefined;
		if (number && !number.ok)
			throw new InputError(`EpiAccountID ${quoted(account)}`, number.message, number.advice && `${number.advice}.`);
		result.bankAccount = number?.ok ? number.value : account.replace(/\s/g, '');
	}
	if (reference !== undefined) {
		const number = parseReferenceNumber(reference);
		if (!number.ok)
			throw new InputError(
				`EpiRemittanceInfoIdentifier ${quoted(reference)}`,
				number.message,
				number.advice && `${number.advice}.`,
			);
		result.bankReferenceCode = number.value;
		result.bankReferenceCodeType = number.value.startsWith('RF') ? 'RF' : 'FI';
	}
	return result;
}

function readBic(message: XmlElement): string | undefined {
	const text =
		textAt(message, 'EpiDetails/EpiPartyDetails/EpiBfiPartyDetails/EpiBfiIdentifier') ??
		textAt(message, 'SellerInformationDetails/SellerAccountDetails/SellerBic');
	const bic = text === undefined ? undefined : parseBic(text);
	return bic?.ok ? bic.value : undefined;
}
