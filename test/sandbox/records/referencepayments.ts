import { notFound } from '../errors';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { attachmentsOf } from './attachments';
import { type Call, done, type Handlers, idOf, noContent } from './handler';
import { headerText } from './headers';
import { inDays, listAnswer } from './lists';
import { checkedMetadata, type MetadataRow, showMetadata } from './metadata';
import { needEdit } from './rights';

export interface ReferencePayment {
	id: number;
	accountNumber: string;
	valueDate: string;
	paymentDate: string;
	sum: number;
	name: string;
	bankReference: string;
	archiveId: string;
	invoiceId?: number;
	metadata?: MetadataRow[];
}

export const referencePayments = defineRegister<ReferencePayment>('referencePayments', 840_001);

const show =
	(company: Company) =>
	({ id, record }: Entry<ReferencePayment>): unknown => {
		const { metadata = [], ...fields } = record;
		return {
			...fields,
			allocated: record.invoiceId !== undefined,
			attachments: attachmentsOf(company, 'REFERENCE_PAYMENT', id),
			allocationMetadataRows: metadata.map(showMetadata(company)),
		};
	};

function find(call: Call): Entry<ReferencePayment> {
	needEdit(call.user, 'payments.paymentAllocation');
	const entry = call.company.register(referencePayments).get(idOf(call, 'referencePaymentId'));
	if (!entry) throw notFound('Reference payment');
	return entry;
}

export const referencePaymentHandlers: Handlers = {
	getReferencePayments: (call: Call) => {
		const accounts = [headerText(call, 'accountnumber'), call.query.accountNumber].filter((one) => one !== undefined);
		const found = call.company
			.register(referencePayments)
			.all()
			.filter(
				({ record }) =>
					accounts.every((account) => account === record.accountNumber) &&
					inDays(call, 'startDate', 'endDate', record.valueDate),
			);
		return listAnswer(call, found, { show: show(call.company) });
	},
	/** Money that came in: the VAT status must be one for sales. */
	allocateAllocationMetadata: (call: Call) => {
		const entry = find(call);
		const metadata = checkedMetadata(call, entry.record.metadata, ['sales']);
		call.company.register(referencePayments).put(entry, { ...entry.record, metadata });
		return done('Metadata was allocated.');
	},
	deleteAllocationMetadata: (call: Call) => {
		const entry = find(call);
		call.company.register(referencePayments).put(entry, { ...entry.record, metadata: undefined });
		return noContent();
	},
};
