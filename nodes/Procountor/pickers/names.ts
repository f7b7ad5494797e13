/** The registers that a record can be chosen from in the editor. */
export type PickerName =
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
	| 'user'
	| 'vatStatus'
	| 'verifierList';
