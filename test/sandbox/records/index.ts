import type { Contract } from '../http/contract';
import { accountHandlers } from './accounts';
import { bankAccountHandlers } from './bankaccounts';
import { companyHandlers } from './company';
import { dimensionHandlers } from './dimensions';
import type { Call, Handler, Handlers } from './handler';
import { invoiceCommentHandlers } from './invoices/comments';
import { invoiceImageHandlers } from './invoices/image';
import { invoiceLifecycleHandlers } from './invoices/lifecycle';
import { invoicePaymentHandlers } from './invoices/payments';
import { invoiceSearchHandlers } from './invoices/search';
import { invoiceWriteHandlers } from './invoices/write';
import { partnerHandlers } from './partners';
import { periodHandlers } from './periods';
import { productHandlers } from './products';
import { receiptHandlers } from './receipts/handlers';
import { checkPathRight } from './rights';
import { sampleAnswer } from './sample';

/** All families of records. A new family is one file here and one line in this list. */
export const families: Handlers[] = [
	invoiceSearchHandlers,
	invoiceWriteHandlers,
	invoiceLifecycleHandlers,
	invoicePaymentHandlers,
	invoiceCommentHandlers,
	invoiceImageHandlers,
	receiptHandlers,
	partnerHandlers,
	productHandlers,
	dimensionHandlers,
	accountHandlers,
	periodHandlers,
	bankAccountHandlers,
	companyHandlers,
];

/** The handler of every operation: its family's, or the sample answer where no family has one. Rights by path come first. */
export function handlersOf(contract: Contract): Map<string, Handler> {
	const handlers = new Map<string, Handler>();
	for (const family of families) {
		for (const [operationId, handler] of Object.entries(family)) {
			contract.operation(operationId);
			if (handlers.has(operationId)) throw new Error(`Two families handle ${operationId}`);
			handlers.set(operationId, withRights(handler));
		}
	}
	for (const { operationId } of contract.operations) {
		if (!handlers.has(operationId)) handlers.set(operationId, withRights(sampleAnswer));
	}
	return handlers;
}

const withRights = (handler: Handler) => (call: Call) => checkPathRight(call) ?? handler(call);
