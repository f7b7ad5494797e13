import type { Resource } from '../operation/types';
import { attachment } from './attachment';
import { bankAccount } from './bankAccount';
import { bankStatement } from './bankStatement';
import { company } from './company';
import { employee } from './employee';
import { invoice } from './invoice';
import { invoiceComment } from './invoiceComment';
import { ledgerReceipt } from './ledgerReceipt';
import { payment } from './payment';
import { paymentEvent } from './paymentEvent';
import { referencePayment } from './referencePayment';
import { report } from './report';
import { salary } from './salary';
import { webhook } from './webhook';

/** Everything that the node can do, one entry a resource. */
export const resources: Resource[] = [
	attachment,
	bankAccount,
	bankStatement,
	company,
	employee,
	invoice,
	invoiceComment,
	ledgerReceipt,
	payment,
	paymentEvent,
	referencePayment,
	report,
	salary,
	webhook,
];
