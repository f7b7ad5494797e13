import type { IDataObject } from 'n8n-workflow';
import { checkPartyIdentifier } from '../../../validation/identities';
import { parseLanguage } from '../../../validation/languages';
import type { Result } from '../../../validation/result';
import { column, columnIndex, columnLetter } from '../columns';
import {
	account,
	address,
	bic,
	choice,
	countryLetters,
	currency,
	days,
	decimal,
	digits,
	email,
	fixed,
	flag,
	identifying,
	ovt,
	percent,
	text,
} from '../formats';
import type { Column, FileKind, ChildRow, RuleFault } from '../types';
import { deliveryMethod, paymentMethod } from '../formats/words';
import { objectAt, omit, setPath, toList, toObject } from '../../../utils/objects';
import { MENUS } from '../../../utils/menus';

const TYPES = { CUSTOMER: 'C', SUPPLIER: 'S', PERSON: 'P' };
const LANGUAGES = { ENGLISH: '1', FINNISH: '2', SWEDISH: '3', ESTONIAN: '4' };
const NAMED_ADDRESS = ['name', 'specifier', 'street', 'zip', 'city', 'country'];
const PERSONS = ['PERSON'];

/** Declares neighbouring columns for default accounts, with the paths of `GET /businesspartners/{id}/defaults/accounts`. */
function accountColumns(firstLetter: string, path: string, label: string, sides: readonly string[]): Column[] {
	const names: Record<string, string> = {
		debitAccount: 'Debit',
		creditAccount: 'Credit',
		reconciliationAccount: 'Balancing',
	};
	return sides.map((side, index) =>
		column(
			columnLetter(columnIndex(firstLetter) + index),
			`${path}.${side}.code`,
			`${label}, ${names[side]} Account`,
			digits(4, 4),
		),
	);
}

const ALL_SIDES = ['debitAccount', 'creditAccount', 'reconciliationAccount'];

/**
 * A group of the partner in the row above. A group row before all partners only creates the group. No source says which
 * partner a group row belongs to (U).
 */
const groups: ChildRow = {
	path: 'registryInfo.partnerGroups',
	row: {
		name: 'Group',
		columns: [
			column('A', '', 'Row Type', fixed('GROUP')),
			column('B', 'name', 'Group', text(), 'required'),
			column('C', 'mainGroup', 'Main Group', text()),
			column('D', 'isReportGroup', 'Report Group', flag('X', '')),
		],
	},
	matches: ([first]) => first === 'GROUP',
	standaloneType: 'GROUP',
};

/** Business partners and their groups (docs/procountor.md#import-files): 60 columns. */
export const businessPartners: FileKind = {
	value: 'businessPartners',
	name: 'Business Partners and Groups',
	menu: MENUS.importData,
	fileName: 'business-partners.csv',
	row: {
		name: 'Business Partner',
		columns: [
			column('A', 'invoicingInfo.identifierType', 'ID Type', choice({ FI: 'FI', SSN: 'SSN', ASSN: 'ASSN' })),
			column('B', 'invoicingInfo.identifier', 'ID', identifying(40)),
			column('C', 'type', 'Type', choice(TYPES), 'required'),
			column('D', 'name', 'Name', text(80), 'required'),
			column('E', 'firstName', 'First Name', text(), { onlyFor: PERSONS }),
			column('F', 'address.street', 'Street', text(255)),
			column('G', 'address.city', 'City', text(80)),
			column('H', 'address.zip', 'Zip Code', text(20)),
			column('I', 'address.country', 'Country', countryLetters()),
			column('J', 'registryInfo.phone', 'Phone', text()),
			column('K', 'registryInfo.mobilePhone', 'Mobile Phone', text()),
			column('L', 'registryInfo.fax', 'Fax', text()),
			column('M', 'registryInfo.section', 'Department', text(), { onlyFor: PERSONS }),
			column('N', 'paymentInfo.bankAccount', 'Bank Account', account(), { onlyFor: ['SUPPLIER', 'PERSON'] }),
			column('O', 'paymentInfo.paymentTermDays', 'Payment Term', days()),
			column('P', 'paymentInfo.paymentMethod', 'Payment Method', paymentMethod()),
			column('Q', 'paymentInfo.currency', 'Currency', currency()),
			column('R', 'invoicingInfo.email', 'Email', email(80)),
			column('S', 'invoicingInfo.contactPerson', 'Contact Person', text()),
			column('T', 'registryInfo.homeMunicipality', 'Home Municipality', text()),
			column('U', 'taxMunicipality', 'Tax Municipality', text()),
			column('V', 'paymentInfo.deliveryMethod', 'Delivery Method', deliveryMethod()),
			column('W', 'paymentInfo.penalInterestRate', 'Penal Interest %', decimal({ least: 0 })),
			column('X', 'invoicingInfo.language', 'Language', choice(LANGUAGES, parseLanguage), 'required'),
			column('Y', 'additionalInfo.webAddress', 'Website', text()),
			column(
				'Z',
				'invoicingInfo.invoiceChannel',
				'Invoice Channel',
				choice({ EMAIL: '1', MAIL: '2', ELECTRONIC_INVOICE: '3', NO_SENDING: '6' }),
			),
			column('AA', 'inactive', 'Inactive', flag('I', '')),
			...Array.from({ length: 6 }, (_, index) =>
				column(
					columnLetter(27 + index),
					`defaultDimensionItems.${index}`,
					`Default Item of Dimension ${index + 1}`,
					text(),
				),
			),
			...accountColumns('AH', 'purchaseInvoiceAccounts', 'Purchases', ALL_SIDES),
			...accountColumns('AK', 'salesInvoiceAccounts', 'Sales', ALL_SIDES.slice(0, 2)),
			...accountColumns('AM', 'expenseClaimAccounts', 'Expenses', ALL_SIDES),
			...accountColumns('AP', 'travelInvoiceAccounts', 'Travel', ALL_SIDES),
			...accountColumns('AS', 'journalAccounts', 'Journals', ALL_SIDES),
			column('AV', 'billingAddress', 'Billing Address', address(NAMED_ADDRESS)),
			column('AW', 'deliveryAddress', 'Delivery Address', address(NAMED_ADDRESS)),
			column('AX', 'invoicingInfo.einvoiceAddress', 'E-Invoice Address', text()),
			column('BA', 'invoicingInfo.customerNumber', 'Customer Number', identifying(40, true)),
			column('BB', 'address.specifier', 'Address Specifier', text(80)),
			column('BC', 'paymentInfo.bic', 'BIC', bic()),
			column('BD', 'invoicingInfo.einvoiceOperator', 'E-Invoice Operator', text()),
			column('BE', 'invoicingInfo.ovt', 'OVT Identifier', ovt(text())),
			column('BF', 'paymentInfo.factoringContractId', 'Financing Agreement', text()),
			column(
				'BG',
				'paymentInfo.cashDiscount.optionList.0.numberOfDays',
				'Cash Discount Days',
				decimal({ least: 0, most: 999, places: 0 }),
			),
			column('BH', 'paymentInfo.cashDiscount.optionList.0.discountPercentage', 'Cash Discount %', percent()),
		],
	},
	children: [groups],
	reimportWarning:
		'If Procountor reads the file twice, it creates partners without a business ID, bank account, and customer number twice, and updates the others.',
	// Procountor looks for the bank account only if the partner has no ID.
	unique: {
		identifiers: [
			{ letter: 'B', scope: (cell) => [cell('C')] },
			{ letter: 'N', scope: (cell) => [cell('C'), cell('B')] },
			{ letter: 'BA', scope: (cell) => [cell('C')] },
		],
		ifRepeated: 'The last one overwrites the others.',
	},
	clearsEmptyFields: true,
	ignoredFields: [
		'id',
		'version',
		'attachments',
		['registryInfo.active', true],
		'registryInfo.reportGroupId',
		'address.name',
		'additionalInfo.invoiceLedger',
		'registryInfo.partnerGroups.id',
		'registryInfo.partnerGroups.type',
		['registryInfo.partnerGroups.active', true],
	],
	complete: completePartner,
	restore: restorePartner,
	recordFaults: identifierFaults,
};

/** Checks a business ID or personal identity code by its type, or by country and form if it has no type. */
function checkIdentifier({ invoicingInfo, address }: IDataObject): Result<string> | undefined {
	const { identifier, identifierType } = toObject(invoicingInfo);
	const text = String(identifier ?? '').trim();
	if (text === '') return undefined;
	return checkPartyIdentifier(
		text,
		identifierType === 'SSN' ? 'HETU' : identifierType || undefined,
		toObject(address).country,
	);
}

function identifierFaults(record: IDataObject): RuleFault[] {
	const checked = checkIdentifier(record);
	if (checked === undefined || checked.ok) return [];
	return [{ path: 'invoicingInfo.identifier', message: checked.message, advice: checked.advice }];
}

/** Normalizes the ID, and converts the API's fields for last name, activity, and report group to those of the file. */
function completePartner(given: IDataObject): IDataObject {
	const { lastName, ...rest } = given;
	const identifier = checkIdentifier(rest);
	const record = identifier?.ok ? setPath(rest, 'invoicingInfo.identifier', identifier.value) : rest;
	const { active, reportGroup, partnerGroups, ...registryInfo } = objectAt(record, 'registryInfo');
	const groupsGiven = toList(partnerGroups);
	const hasReportGroup = groupsGiven.some(({ name }) => name === reportGroup);
	const allGroups = reportGroup && !hasReportGroup ? [...groupsGiven, { name: reportGroup }] : groupsGiven;
	return {
		...record,
		...(lastName && !record.name ? { name: lastName } : {}),
		...(active === undefined ? {} : { inactive: active === false || active === 'false' }),
		registryInfo: {
			...registryInfo,
			partnerGroups: allGroups.map((group) => (group.name === reportGroup ? { ...group, isReportGroup: true } : group)),
		},
	};
}

function restorePartner(read: IDataObject): IDataObject {
	const { inactive, ...record } = read;
	const { partnerGroups, ...registryInfo } = objectAt(record, 'registryInfo');
	const groupsRead = toList(partnerGroups);
	const reportGroup = groupsRead.find(({ isReportGroup }) => isReportGroup === true)?.name;
	const info = {
		...registryInfo,
		...(inactive === true ? { active: false } : {}),
		...(reportGroup === undefined ? {} : { reportGroup }),
		...(groupsRead.length ? { partnerGroups: groupsRead.map((group) => omit(group, 'isReportGroup')) } : {}),
	};
	return Object.keys(info).length ? { ...record, registryInfo: info } : record;
}
