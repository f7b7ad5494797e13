import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../api';
import { objectAt } from '../../utils/objects';
import { counterpartyName } from '../shared/invoiceRecord';
import { counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { checkCirculation } from './approvers';
import type { WantedInvoice } from './enrich';
import type { RegisterOptions } from './registerSteps';

/** Refuses settings that contradict each other, before any request. @throws {InputError} */
export function checkChoices(
	{ type, fields }: Pick<WantedInvoice, 'type' | 'fields'>,
	settings: IDataObject,
	registerOptions: RegisterOptions | undefined,
): void {
	if (!registerOptions?.customer.entries.length) checkCounterparty(type, fields, settings);
	checkReference(objectAt(fields, 'paymentInfo').bankReferenceCode, settings);
	if (settings.sendFiles === true && !['SALES_INVOICE', 'SALES_ORDER', 'PURCHASE_ORDER'].includes(type))
		throw new InputError('Send Files with Invoice', 'is for sales invoices, sales orders and purchase orders only');
	checkCirculation(settings);
}

function checkCounterparty(type: InvoiceType, fields: IDataObject, { personNumber, partnerBy }: IDataObject): void {
	if (counterpartyName(fields) !== '' || (fields.partnerId ?? personNumber ?? partnerBy) !== undefined) return;
	const label = counterpartyLabel(type);
	throw new InputError(
		label,
		'is empty',
		label === 'Person'
			? 'Choose a person, or enter the person number.'
			: 'Choose one from the register, or enter a name.',
	);
}

function checkReference(bankReferenceCode: unknown, settings: IDataObject): void {
	if (settings.reference === 'given' && bankReferenceCode === undefined)
		throw new InputError(
			'Reference Number (Given)',
			'is empty',
			'Enter it, or choose otherwise under Reference Number.',
		);
	if (settings.reference !== undefined && settings.reference !== 'given' && bankReferenceCode !== undefined)
		throw new InputError(
			'Reference Number',
			'is set to another choice than the number that is given',
			"Choose 'Given Below', or remove the number.",
		);
}
