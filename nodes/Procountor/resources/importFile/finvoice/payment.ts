import type { IDataObject } from 'n8n-workflow';
import { bic as checkBic, iban } from '../../../validation/iban';
import { referenceNumber } from '../../../validation/reference';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import { textOf, elementAt, textAt } from './xmlValues';
import type { XmlElement } from './xml';

/** The element with what is to be paid, when, and with which reference. */
export const PAYMENT_PATH = 'EpiDetails/EpiPaymentInstructionDetails';

/**
 * Returns account and reference of the payment. Numbers with wrong check digits are refused, because the money could
 * reach the wrong account.
 */
export function readPayment(message: XmlElement): IDataObject {
	const beneficiary = elementAt(message, 'EpiDetails/EpiPartyDetails/EpiBeneficiaryPartyDetails');
	const account =
		elementAt(beneficiary, 'EpiAccountID') ??
		elementAt(message, 'SellerInformationDetails/SellerAccountDetails/SellerAccountID');
	const reference = textAt(message, `${PAYMENT_PATH}/EpiRemittanceInfoIdentifier`);
	const given = textOf(account);
	const bank = readBic(message);
	const result: IDataObject = { bic: bank };
	if (given !== '') {
		const isIban = /^[A-Z]{2}\d\d/i.test(given);
		const number = isIban ? iban(given) : undefined;
		if (number && !number.ok)
			throw new InputError(`EpiAccountID ${quoted(given)}`, number.message, number.advice && `${number.advice}.`);
		result.bankAccount = number?.ok ? number.value : given.replace(/\s/g, '');
	}
	if (reference !== undefined) {
		const number = referenceNumber(reference);
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
	const given =
		textAt(message, 'EpiDetails/EpiPartyDetails/EpiBfiPartyDetails/EpiBfiIdentifier') ??
		textAt(message, 'SellerInformationDetails/SellerAccountDetails/SellerBic');
	const known = given === undefined ? undefined : checkBic(given);
	return known?.ok ? known.value : undefined;
}
