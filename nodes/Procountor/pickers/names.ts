/** The registers that a record can be chosen from in the editor. */
export type PickerName =
	| 'acceptor'
	| 'bankAccount'
	| 'businessPartner'
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
	| 'taggableUser'
	| 'trackingPeriod'
	| 'vatStatus'
	| 'verifier'
	| 'verifierList'
	| 'webhook';

/** The node's method behind a picker. */
export function methodOf(name: PickerName): string {
	return `search${name[0].toUpperCase()}${name.slice(1)}`;
}
