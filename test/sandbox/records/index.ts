import type { Contract } from '../http/contract';
import { accountHandlers } from './accounts';
import { attachmentHandlers } from './attachments';
import { bankAccountHandlers } from './bankaccounts';
import { bankStatementHandlers } from './bankstatements';
import { companyHandlers } from './company';
import { dimensionHandlers } from './dimensions';
import { factoringHandlers } from './factoring';
import type { Call, Handler, Handlers } from './handler';
import { integrationHandlers } from './integrations';
import { invoiceCommentHandlers } from './invoices/comments';
import { invoiceImageHandlers } from './invoices/image';
import { invoiceLifecycleHandlers } from './invoices/lifecycle';
import { invoicePaymentHandlers } from './invoices/payments';
import { invoiceSearchHandlers } from './invoices/search';
import { invoiceWriteHandlers } from './invoices/write';
import { partnerHandlers } from './partners';
import { paymentHandlers } from './payments/handlers';
import { passTime } from './payments/model';
import { salaryPaymentHandlers } from './payments/salary';
import { employeeHandlers } from './payroll/employees';
import { slipAccountingHandlers } from './payroll/accounting';
import { payrollTableHandlers } from './payroll/lookups';
import { employeePartHandlers } from './payroll/parts';
import { salarySlipHandlers } from './payroll/slips';
import { periodHandlers } from './periods';
import { personHandlers } from './persons';
import { productHandlers } from './products';
import { receiptHandlers } from './receipts/handlers';
import { referencePaymentHandlers } from './referencepayments';
import { reportHandlers } from './reports/handlers';
import { checkPathRight } from './rights';
import { sampleAnswer } from './sample';
import { secondFactorHandlers } from './secondFactor';
import { sieHandlers } from './sie';
import { userHandlers } from './users';
import { webhookHandlers } from './webhooks';

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
	secondFactorHandlers,
	paymentHandlers,
	salaryPaymentHandlers,
	webhookHandlers,
	attachmentHandlers,
	personHandlers,
	bankStatementHandlers,
	referencePaymentHandlers,
	employeeHandlers,
	employeePartHandlers,
	salarySlipHandlers,
	slipAccountingHandlers,
	payrollTableHandlers,
	reportHandlers,
	factoringHandlers,
	integrationHandlers,
	sieHandlers,
	userHandlers,
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

/** What time brings by itself comes first, then the rights. */
const withRights = (handler: Handler) => (call: Call) => {
	passTime(call);
	return checkPathRight(call) ?? handler(call);
};
