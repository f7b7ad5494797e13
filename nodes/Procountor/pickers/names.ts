/** The registers that a record can be chosen from in the editor. */
export type PickerName =
	| 'acceptor'
	| 'bankAccount'
	| 'businessPartner'
	| 'dimension'
	| 'dimensionItem'
	| 'fiscalYear'
	| 'invoice'
	| 'invoiceTemplate'
	| 'ledgerAccount'
	| 'ledgerReceipt'
	| 'partnerGroup'
	| 'person'
	| 'product'
	| 'productGroup'
	| 'taggableUser'
	| 'trackingPeriod'
	| 'vatStatus'
	| 'verifier'
	| 'verifierList';

/** The node's method behind a picker. */
export function methodOf(name: PickerName): string {
	return `search${name[0].toUpperCase()}${name.slice(1)}`;
}
