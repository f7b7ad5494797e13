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

/** The long enumerations of the API; they are searched in, since the description cannot hold their hundreds of values. */
export type EnumerationName = 'country' | 'countryCode' | 'currency' | 'unit';

/** Records of the kind that another field of the form names: those that hold files. */
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

/** The registers from which a person can choose several records at once. */
export const chosenInLists: readonly ListSearchName[] = ['acceptor', 'verifier'];

/** The node's method behind a list to choose several from. */
export function optionsMethodOf(name: ListSearchName): string {
	return `get${name[0].toUpperCase()}${name.slice(1)}s`;
}

/** The node's method behind a picker. */
export function methodOf(name: ListSearchName): string {
	return `search${name[0].toUpperCase()}${name.slice(1)}`;
}
