import { list, remove, resource, send, type FieldSpec, type FieldOptions } from '../engine/declare';

const parameters: Record<string, FieldOptions> = {
	referencePaymentId: { label: 'Reference Payment ID', placeholder: 'e.g. 12345' },
};

/** The posting rows of bank statement events and reference payments. */
export const allocationRows: FieldSpec = [
	'allocationMetadataRows',
	{
		name: 'rows',
		label: 'Posting Rows',
		columns: [
			['sum', { label: 'Sum', description: 'In the currency of the account' }],
			['vatPercentage', { label: 'VAT %' }],
			['vatStatus', { listSearch: 'vatStatus' }],
			['ledgerAccountCode', { label: 'Ledger Account', listSearch: 'ledgerAccount' }],
			'comment',
		],
	},
];

export const referencePayment = resource(
	'referencePayment',
	'Reference Payment',
	['reference payment', 'reference payments'],
	{
		getAll: list('GET /referencepayments', 'Searches incoming payments with a reference number', {
			// This call needs the account number as a header and as a query parameter; one filter fills both.
			simple: [
				'id',
				'accountNumber',
				'valueDate',
				'paymentDate',
				'sum',
				'name',
				'bankReference',
				'archiveId',
				'allocated',
				'invoiceId',
			],
		}),
		removeRows: remove(
			'DELETE /referencepayments/{referencePaymentId}/metadata',
			'Removes all posting rows from a payment',
			{ name: 'Remove Posting Rows', action: 'Remove posting rows from reference payment', parameters },
		),
		setRows: send(
			'PUT /referencepayments/{referencePaymentId}/metadata',
			'Set Posting Rows',
			'Sets the accounts and VAT of a payment; replaces earlier rows',
			{
				action: 'Set posting rows of reference payment',
				fields: [allocationRows],
				parameters,
			},
		),
	},
);
