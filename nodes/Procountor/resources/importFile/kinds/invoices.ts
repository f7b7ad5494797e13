import { parseLanguage } from '../../../validation/languages';
import {
	account,
	address,
	bic,
	choice,
	countryLetters,
	currency,
	date,
	decimal,
	digits,
	email,
	flag,
	identifying,
	ovt,
	percent,
	text,
} from '../formats';
import { column } from '../columns';
import type { FileKind } from '../types';
import { deliveryMethod, paymentMethod } from '../formats/words';
import { completeInvoice, restoreInvoice, invoiceFaults, salesAccountWarnings } from './invoiceRules';
import { invoiceChildren, vatColumns } from './invoiceRows';
import { MENUS } from '../../../utils/menus';

const TYPES = { SALES_INVOICE: 'M', PURCHASE_INVOICE: 'O', TRAVEL_INVOICE: 'T', BILL_OF_CHARGES: 'K', JOURNAL: 'N' };
const CHANNELS = { EMAIL: '1', MAIL: '2', ELECTRONIC_INVOICE: '3', NO_SENDING: '6' };
const LANGUAGES = { ENGLISH: '1', FINNISH: '2', SWEDISH: '3', ESTONIAN: '4', NORWEGIAN: '5', DANISH: '6' };
const NAMED_ADDRESS = ['name', 'specifier', 'street', 'zip', 'city', 'country'];

/** Invoices and journals (docs/procountor.md#import-files). Rows for products and dimensions follow each of them. */
export const invoices: FileKind = {
	value: 'invoices',
	name: 'Invoices',
	menu: MENUS.importData,
	fileName: 'invoices.csv',
	row: {
		name: 'Invoice',
		columns: [
			column('A', 'type', 'Invoice Type', choice(TYPES), 'required'),
			column('B', 'paymentInfo.currency', 'Currency', currency()),
			column('C', 'paymentInfo.bankReferenceCode', 'Reference Number', digits(2, 20), { alias: 'referenceNumber' }),
			column('D', 'paymentInfo.bankAccount.accountNumber', 'Bank Account', account(), { alias: 'bankAccount' }),
			column('E', 'counterParty.identifier', 'Business ID', identifying(40)),
			column('F', 'paymentInfo.paymentMethod', 'Payment Method', paymentMethod()),
			column('G', 'counterParty.counterPartyAddress.name', 'Customer or Supplier Name', text(80), {
				required: true,
				alias: 'partnerName',
			}),
			column('H', 'deliveryMethod', 'Delivery Method', deliveryMethod()),
			column('I', 'discountPercent', 'Discount %', percent()),
			column('J', 'extraInfo.unitPricesIncludeVat', 'Prices Include VAT', flag('t', 'f')),
			column('K', 'isCredit', 'Credit Invoice', flag('f', 't')),
			column('L', 'penaltyPercent', 'Penal Interest %', decimal({ least: 0 })),
			column('M', 'date', 'Invoice Date', date()),
			column('N', 'deliveryStartDate', 'Delivery Date', date()),
			column('O', 'paymentInfo.dueDate', 'Due Date', date()),
			column('P', 'counterParty.counterPartyAddress', 'Address', address(NAMED_ADDRESS.slice(1))),
			column('Q', 'billingAddress', 'Billing Address', address(NAMED_ADDRESS)),
			column('R', 'deliveryAddress', 'Delivery Address', address(NAMED_ADDRESS)),
			column('S', 'additionalInformation', 'Additional Information', text(500)),
			column('T', 'notes', 'Notes', text(500)),
			column('U', 'counterParty.email', 'Email', email(80)),
			column('V', 'paymentDate', 'Payment Date', date()),
			column('W', 'paymentInfo.currencyRate', 'Exchange Rate', decimal({ least: 0 })),
			column('X', 'sum', 'Total', decimal(), { required: true, alias: 'total' }),
			column('Y', 'vatPercent', 'VAT %', percent()),
			column('Z', 'invoiceChannel', 'Invoice Channel', choice(CHANNELS)),
			column('AA', 'counterParty.einvoiceAddress.address', 'E-Invoice Address', text(), { alias: 'einvoiceAddress' }),
			column('AB', 'orderReference', 'Order Reference', text(70)),
			column('AC', 'extraInfo.accountingByRow', 'Accounting by Row', flag('t', 'f')),
			column('AF', 'counterParty.customerNumber', 'Customer Number', identifying(40, true)),
			column('AG', 'afterImport', 'After Reading In', choice({ SEND: 'X', MARK_PAID: 'M' })),
			column('AH', 'attachmentName', 'Attachment', text()),
			column('AI', 'counterParty.contactPersonName', 'Contact Person', text(255), { alias: 'contactPerson' }),
			column('AJ', 'paymentInfo.bankAccount.bic', 'BIC', bic()),
			column('AK', 'counterParty.einvoiceAddress.operator', 'E-Invoice Operator', text(), {
				alias: 'einvoiceOperator',
			}),
			column('AL', 'counterParty.einvoiceAddress.ediId', 'OVT Identifier', ovt(digits(12, 17))),
			column('AM', 'originalInvoiceNumber', 'Own Invoice Number', identifying()),
			column('AN', 'factoringContractId', 'Financing Agreement', text()),
			column('AO', 'vatCountry', 'VAT Country', countryLetters()),
			column('AP', 'language', 'Language', choice(LANGUAGES, parseLanguage)),
			column(
				'AQ',
				'paymentInfo.cashDiscount.optionList.0.numberOfDays',
				'Cash Discount Days',
				decimal({ least: 0, most: 999, places: 0 }),
			),
			column('AR', 'paymentInfo.cashDiscount.optionList.0.discountPercentage', 'Cash Discount %', percent()),
			...vatColumns('AS', 'AT', 'AU'),
		],
	},
	children: invoiceChildren,
	reimportWarning: 'If Procountor reads the file twice, it creates every invoice twice.',
	// Sales invoice numbers are the company's own; other numbers are unique for each counterparty.
	unique: {
		identifiers: [
			{ letter: 'AM', scope: (cell) => (cell('A') === TYPES.SALES_INVOICE ? [cell('A')] : [cell('A'), cell('G')]) },
		],
		ifRepeated: 'Procountor creates all of them.',
	},
	takesAttachments: true,
	ignoredFields: [
		'id',
		'partnerId',
		'status',
		'version',
		'created',
		'creatorId',
		'ledgerReceiptId',
		'invoiceNumber',
		'invoiceSumInfo',
		'net',
		'vat',
		'open',
		'attachments',
		'invoiceApprovalInformation',
		'invoiceTemplateId',
		['isOffer', false],
		'invoiceRows.id',
		'invoiceRows.productId',
		'paymentInfo.bankReferenceCodeType',
	],
	complete: completeInvoice,
	restore: restoreInvoice,
	recordFaults: invoiceFaults,
	fileWarnings: salesAccountWarnings,
};
