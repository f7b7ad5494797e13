import type { Entry } from '../../world/register';
import type { Call } from '../handler';
import { receipts } from '../receipts/model';
import { remember } from './history';
import { type Invoice, invoices, type InvoiceStatus } from './model';

/** Moves an invoice to a status, and tells its history and its receipt. */
export function moveTo(
	call: Call,
	entry: Entry<Invoice>,
	status: InvoiceStatus,
	action: string | undefined,
	changes: Partial<Invoice> = {},
): void {
	call.company.register(invoices).put(entry, { ...entry.record, ...changes, status });
	if (action) remember(call, entry.id, action, (call.body as { comment?: string } | undefined)?.comment);
	const receipt = call.company.register(receipts).get(entry.record.ledgerReceiptId ?? 0);
	if (receipt && call.switches.receiptVersionFollowsInvoice) call.company.register(receipts).touch(receipt);
}
