import type { Resource } from '../engine/types';
import { apiRequest } from './apiRequest';
import { attachment } from './attachment';
import { bankAccount } from './bankAccount';
import { bankStatement } from './bankStatement';
import { businessPartner } from './businessPartner';
import { businessPartnerGroup } from './businessPartnerGroup';
import { company } from './company';
import { currency } from './currency';
import { dimension } from './dimension';
import { employee } from './employee';
import { factoringContract } from './factoringContract';
import { fiscalYear } from './fiscalYear';
import { importFile } from './importFile';
import { integration } from './integration';
import { invoice } from './invoice';
import { invoiceComment } from './invoiceComment';
import { ledgerAccount } from './ledgerAccount';
import { ledgerReceipt } from './ledgerReceipt';
import { payment } from './payment';
import { paymentEvent } from './paymentEvent';
import { person } from './person';
import { product } from './product';
import { referencePayment } from './referencePayment';
import { report } from './report';
import { salary } from './salary';
import { user } from './user';
import { vat } from './vat';
import { webhook } from './webhook';

/** The resources of the node in the order of the editor. Common ones come first. */
export const resources: Resource[] = [
	invoice,
	businessPartner,
	ledgerReceipt,
	product,
	attachment,
	payment,
	report,
	importFile,
	invoiceComment,
	paymentEvent,
	bankStatement,
	referencePayment,
	person,
	dimension,
	ledgerAccount,
	vat,
	currency,
	fiscalYear,
	bankAccount,
	company,
	businessPartnerGroup,
	employee,
	salary,
	factoringContract,
	user,
	apiRequest,
	webhook,
	integration,
];
