import type { FieldGroup } from '../../engine/types';
import { SAFETY_GROUP } from '../shared/formSettings';

/**
 * The fields that every form for a new invoice shows at first: counterparty, number and date, rows, and what happens
 * after the create.
 */
export const layout = [
	'orderType',
	'partnerId',
	'counterPartyName',
	'originalInvoiceNumber',
	'date',
	'travelInformationItems',
	'invoiceRows',
	'unitPricesIncludeVat',
	'ifExists',
	'reference',
	'bankReferenceCode',
	'after',
];

/** The groups of optional fields by subject. Texts, files, and delivery dates stay under Additional Fields. */
export const groups: FieldGroup[] = [
	{
		name: 'addressFields',
		label: 'Address and Contact',
		fields: [
			'counterPartyName',
			'counterPartySpecifier',
			'counterPartyStreet',
			'counterPartyZip',
			'counterPartyCity',
			'counterPartyCountry',
			'counterPartyEmail',
			'contactPersonName',
			'customerNumber',
			'personNumber',
			'identifier',
			'taxCode',
		],
	},
	{
		name: 'sendingFields',
		label: 'Sending and E-Invoice',
		fields: ['invoiceChannel', 'einvoiceAddress', 'einvoiceOperator', 'invoiceTemplateId', 'language', 'sendFiles'],
	},
	{
		name: 'termFields',
		label: 'Payment Terms and Currency',
		fields: [
			'termDays',
			'dueDate',
			'currency',
			'currencyRate',
			'paymentMethod',
			'bankAccount',
			'accountOwner',
			'bankReferenceCode',
			'bankReferenceCodeType',
			'penaltyPercent',
			'addCollectionPenalCosts',
			'discountPercent',
		],
	},
	{
		name: 'bookkeepingFields',
		label: 'Bookkeeping and VAT',
		fields: ['vatStatus', 'vatCountry', 'accountingByRow', 'closedPeriod', 'updateInventory'],
	},
	{
		name: 'circulationFields',
		label: 'Verifiers and Acceptors',
		fields: ['circulation', 'verifiers', 'acceptors', 'verifierListId'],
	},
	SAFETY_GROUP,
];
