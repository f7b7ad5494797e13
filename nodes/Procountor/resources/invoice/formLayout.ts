import type { FieldGroup } from '../../engine/types';
import { SAFETY_GROUP } from '../shared/formSettings';

/** What the forms of all creates show at once: whose, which number and day, the rows, and what happens with them. */
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

/** The optional fields by what they are about; texts, files, and dates of delivery stay under Additional Fields. */
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
