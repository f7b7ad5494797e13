import { defineRegister, type Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { attachmentsOf } from '../attachments';
import type { DimensionItemValue } from '../dimensions';
import type { Call } from '../handler';
import { invoices } from '../invoices/model';

export type TransactionType = 'ENTRY' | 'RECONCILIATION_ENTRY' | 'REVERSING_ENTRY';

export interface Transaction {
	id: number;
	transactionType: TransactionType;
	account: string;
	/** Net, in euros: debit positive, credit negative. */
	accountingValue: number;
	vatPercent: number;
	vatType?: 'PURCHASE' | 'SALES';
	vatStatus?: number;
	description?: string;
	dimensionItemValues?: DimensionItemValue[];
}

/** A receipt's fields that the sandbox reads; what else the contract has is kept as it came. */
export interface ReceiptFields {
	type: string;
	name: string;
	receiptDate: string;
	vatType: 'PURCHASE' | 'SALES';
	vatStatus: number;
	vatProcessing?: string;
	partnerId?: number;
	transactions: Transaction[];
	periodStartDate?: string;
	periodEndDate?: string;
}

export interface Receipt extends ReceiptFields {
	id: number;
	/** Own status of a receipt that no invoice of the API stands behind; the others have their invoice's. */
	status: string;
	invoiceId?: number;
	receiptNumber?: number;
	invoiceNumber?: number;
}

export const receipts = defineRegister<Receipt>('ledgerReceipts', 200_001);

/** The status of a receipt: that of its invoice, if it has one. */
export function statusOf(company: Company, receipt: Receipt): string {
	const invoice =
		receipt.invoiceId === undefined ? undefined : company.register(invoices).get(receipt.invoiceId)?.record;
	return invoice && invoice.type !== 'JOURNAL' ? invoice.status : receipt.status;
}

/** A receipt with its transactions. As with invoices, only lists tell when it was created. */
export const showReceipt =
	(call: Pick<Call, 'clock' | 'company'>) =>
	(entry: Entry<Receipt>): unknown => {
		const { company, clock } = call;
		const invoice =
			entry.record.invoiceId === undefined ? undefined : company.register(invoices).get(entry.record.invoiceId)?.record;
		return {
			...entry.record,
			status: statusOf(company, entry.record),
			...(invoice?.notes === undefined ? {} : { invoiceNotes: invoice.notes }),
			version: clock.text(entry.version),
			// A journal's attachments belong to its hidden invoice.
			attachments:
				invoice?.type === 'JOURNAL'
					? attachmentsOf(company, 'INVOICE', invoice.id)
					: attachmentsOf(company, 'LEDGERRECEIPT', entry.id),
		};
	};

/** The short form of the list. */
export const showBasicReceipt =
	(call: Pick<Call, 'clock' | 'company'>) =>
	(entry: Entry<Receipt>): unknown => {
		const { id, type, name, receiptDate, receiptNumber, invoiceNumber } = entry.record;
		return {
			id,
			type,
			name,
			receiptDate,
			receiptNumber,
			invoiceNumber,
			status: statusOf(call.company, entry.record),
			created: call.clock.text(entry.created),
			version: call.clock.text(entry.version),
		};
	};
