import type { IDataObject } from 'n8n-workflow';
import { parseBic, parseIban } from '../../../validation/iban';
import { parseReferenceNumber } from '../../../validation/reference';
import { compactCode } from '../../../validation/result';
import type { Sums } from '../../../validation/sums';
import { InputError } from '../../../api';
import { objectAt } from '../../../utils/objects';
import { truncate } from './writeParties';
import { amountElement, dateElement, readDate } from './writeRows';
import { branch, leaf, type XmlNode } from './xmlWriter';

const CHARGE = 'SHA';

interface PaymentDetails {
	currency: string;
	sums: Sums;
	beneficiary: string;
	bic?: string;
	number: string;
}

/** Returns the element for the payment: recipient, account, reference, amount, and due date. */
export function paymentElement(
	invoice: IDataObject,
	{ currency, sums, beneficiary, bic, number }: PaymentDetails,
): XmlNode | undefined {
	const payment = objectAt(invoice, 'paymentInfo');
	const account = objectAt(payment, 'bankAccount');
	const code = compactCode(String(account.accountNumber ?? ''));
	if (code === '') throw new InputError('Bank Account', 'is missing, and a Finvoice message needs one');
	const bank = parseBic(account.bic ?? bic);
	return branch('EpiDetails', [
		branch('EpiIdentificationDetails', [
			dateElement('EpiDate', readDate('Invoice Date', invoice.date)),
			{ name: 'EpiReference', attributes: {}, content: number.replace(/[^\w.:-]/g, '-') },
		]),
		branch('EpiPartyDetails', [
			{ name: 'EpiBfiPartyDetails', attributes: {}, content: bank.ok ? [bicElement(bank.value)] : [] },
			branch('EpiBeneficiaryPartyDetails', [
				leaf('EpiNameAddressDetails', truncate(beneficiary, 35, 2)),
				leaf('EpiAccountID', code, { IdentificationSchemeName: parseIban(code).ok ? 'IBAN' : 'BBAN' }),
			]),
		]),
		branch('EpiPaymentInstructionDetails', [
			referenceElement(payment.bankReferenceCode),
			amountElement('EpiInstructedAmount', sums.gross, currency),
			leaf('EpiCharge', CHARGE, { ChargeOption: CHARGE }),
			dateElement('EpiDateOptionDate', readDate('Due Date', payment.dueDate)),
		]),
	]);
}

const bicElement = (code: string): XmlNode => ({
	name: 'EpiBfiIdentifier',
	attributes: { IdentificationSchemeName: 'BIC' },
	content: code,
});

/** Returns a Finnish or RF reference. A message cannot contain other references. */
function referenceElement(code: unknown): XmlNode | undefined {
	const number = parseReferenceNumber(typeof code === 'number' ? String(code) : code);
	if (!number.ok) return undefined;
	return leaf('EpiRemittanceInfoIdentifier', number.value, {
		IdentificationSchemeName: number.value.startsWith('RF') ? 'ISO' : 'SPY',
	});
}
