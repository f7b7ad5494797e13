/** The registers that a record can be chosen from in the editor. */
export type RegisterName =
	| 'acceptor'
	| 'bankAccount'
	| 'businessPartner'
	| 'customer'
	| 'companyBankAccount'
	| 'dimension'
	| 'dimensionItem'
	| 'employee'
	| 'fiscalYear'
	| 'invoice'
	| 'invoiceTemplate'
	| 'laborUnionSetting'
	| 'ledgerAccount'
	| 'ledgerReceipt'
	| 'partnerGroup'
	| 'person'
	| 'product'
	| 'productGroup'
	| 'salaryList'
	| 'salarySlip'
	| 'supplier'
	| 'taggableUser'
	| 'trackingPeriod'
	| 'vatStatus'
	| 'verifier'
	| 'verifierList'
	| 'webhook';

/** The API's long enumerations, which have a picker because their hundreds of values are too long for the description. */
export type EnumerationName = 'country' | 'countryCode' | 'currency' | 'unit';

/** A picker whose register depends on another field of the form: records with files. */
export type DependentName = 'fileHolder';

export type ListSearchName = RegisterName | EnumerationName | DependentName;

/** The enumerations that have a picker, by the names of their schemas. */
export const listSearchOfSchema: Readonly<Record<string, EnumerationName>> = {
	Country: 'country',
	CountryWithoutThreeTerritories: 'country',
	CurrencyCode: 'currency',
	ProductUnit: 'unit',
};

/** Fields that have a picker of a register in every operation. */
export const listSearchOfField: Readonly<Record<string, ListSearchName>> = {
	businessPartnerId: 'businessPartner',
	defaultAccount: 'ledgerAccount',
	personGroupId: 'partnerGroup',
	productId: 'product',
	productGroupId: 'productGroup',
};

/** The registers from which the user can choose several records at once. */
export const multiSelectRegisters: readonly ListSearchName[] = ['acceptor', 'verifier'];

/** Returns the name of the node's method for a field with several choices. */
export function loadOptionsMethodName(name: ListSearchName): string {
	return `get${name[0].toUpperCase()}${name.slice(1)}s`;
}

/** Returns the name of the node's method for a picker. */
export function searchMethodName(name: ListSearchName): string {
	return `search${name[0].toUpperCase()}${name.slice(1)}`;
}
