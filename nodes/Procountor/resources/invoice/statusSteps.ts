import type { IDataObject } from 'n8n-workflow';
import { type Client } from '../../api';
import { titleOf } from '../../labels/terms';
import type { Obstacle, StepState, StatusStep } from '../shared/changeStatus';
import { readSession } from '../shared/companyData';
import { nameOfInvoice } from '../shared/invoiceRecord';
import { wasSentToCirculation } from './afterCreate';
import { toList } from '../../utils/objects';
import { QUEUED } from '../shared/invoicePayments';
import { isOrder } from '../shared/invoiceTypes';

export const callsOfStep = [
	'GET /invoices/{invoiceId}',
	'GET /invoices/{invoiceId}/transactions',
	'GET /sessioninfo',
] as const;

const PAID = ['PARTLY_PAID', 'PAID', 'MARKED_PAID'];
const APPROVED_BILL = ['APPROVED', ...QUEUED, ...PAID];
const CIRCULATING = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

/** What to do first with an invoice in one of these statuses. */
const FIRST_STEP: Record<string, string> = {
	UNFINISHED: 'Approve it first',
	INVALIDATED: 'Use Mark as Unfinished first',
	PAYMENT_DENIED: 'Use Mark as Unfinished first',
};

const statusOf = ({ status }: IDataObject): string => String(status);

/**
 * Returns the state of a step that is allowed in some statuses.
 * @param from the statuses in which the step is allowed
 * @param reached the statuses that a record can have afterwards
 */
function stateFrom(
	record: IDataObject,
	step: string,
	from: readonly string[],
	reached: readonly string[],
	first: Record<string, string> = {},
): StepState {
	const status = statusOf(record);
	if (from.includes(status)) return 'due';
	if (reached.includes(status)) return 'done';
	return { needs: `${step} needs ${from.map(titleOf).join(' or ')}`, advice: { ...FIRST_STEP, ...first }[status] };
}

/** Returns the obstacle for a step that other types of invoices have. */
const wrongType = (record: IDataObject, step: string, types: string): Obstacle => ({
	needs: `${step} is for ${types} only, and this is a ${titleOf(String(record.type)).toLowerCase()}`,
});

const ALL_BUT_ORDERS = 'sales invoices, purchase invoices, travel invoices and expense claims';
const CIRCULATED = 'purchase invoices, travel invoices and expense claims';
const isCirculating = ({ type }: IDataObject): boolean => CIRCULATING.includes(String(type));

const invoiceStep = (step: Omit<StatusStep, 'read' | 'nameOf'>): StatusStep => ({
	...step,
	read: 'GET /invoices/{invoiceId}',
	nameOf: nameOfInvoice,
});

/** Returns the state of the user's own part: done, or an obstacle if the invoice waits for other users. */
async function stateInList(
	record: IDataObject,
	client: Client,
	list: 'acceptors' | 'verifiers',
): Promise<StepState | undefined> {
	const approval = record.invoiceApprovalInformation as Record<string, IDataObject[] | undefined> | undefined;
	const people = approval?.[list] ?? [];
	if (people.length === 0) return undefined;
	const { userId } = await readSession(client);
	const own = people.find((person) => Number(person.userId) === userId);
	const word = list === 'acceptors' ? 'approval' : 'verification';
	if (own?.eventPerformed !== undefined && own.eventPerformed !== null) return 'done';
	const ids = people.map((person) => String(person.userId)).join(', ');
	if (!own) return { needs: `it waits for the ${word} of the users with ID ${ids}, not of this credential's user` };
	return undefined;
}

export const approveInvoice = invoiceStep({
	doneWord: 'approved',
	stateOf(record) {
		if (isOrder(String(record.type))) return wrongType(record, 'approving', ALL_BUT_ORDERS);
		return isCirculating(record)
			? stateFrom(record, 'approving', ['VERIFIED'], APPROVED_BILL, {
					UNFINISHED: 'Send it to circulation and verify it first',
					RECEIVED: 'Verify it first',
				})
			: stateFrom(record, 'approving', ['UNFINISHED'], ['NOT_SENT', 'SENT', ...APPROVED_BILL]);
	},
	explainRefusal: async (record, client) =>
		isCirculating(record) ? await stateInList(record, client, 'acceptors') : undefined,
});

export const verifyInvoice = invoiceStep({
	doneWord: 'verified',
	stateOf: (record) =>
		isCirculating(record)
			? stateFrom(record, 'verifying', ['RECEIVED'], ['VERIFIED', ...APPROVED_BILL], {
					UNFINISHED: 'Send it to circulation first',
				})
			: wrongType(record, 'verifying', CIRCULATED),
	explainRefusal: async (record, client) => await stateInList(record, client, 'verifiers'),
});

export const sendInvoice = invoiceStep({
	doneWord: 'sent',
	once: true,
	async stateOf(record, client, again) {
		if (record.type !== 'SALES_INVOICE') return wrongType(record, 'sending', 'sales invoices');
		const state = stateFrom(record, 'sending', again ? ['NOT_SENT', 'SENT'] : ['NOT_SENT'], again ? [] : ['SENT'], {
			APPROVED: "Its channel is 'No Sending': choose another channel before it is approved",
		});
		// A paid invoice may have been sent before it was paid.
		return typeof state === 'object' && PAID.includes(statusOf(record)) && (await wasSent(record, client))
			? 'done'
			: state;
	},
});

async function wasSent({ id }: IDataObject, client: Client): Promise<boolean> {
	const path = { invoiceId: Number(id) };
	const history = await client.getOptional('GET /invoices/{invoiceId}/transactions', { path });
	return toList(history?.transactions).some(({ action }) => /^SEND$/.test(String(action)));
}

const paymentObstacle = (record: IDataObject, step: string): Obstacle | undefined =>
	[...PAID, ...QUEUED].includes(statusOf(record))
		? {
				needs: `${step} needs an invoice without payments`,
				advice: `${QUEUED.includes(statusOf(record)) ? 'Cancel' : 'Remove'} its payments first${record.type === 'SALES_INVOICE' ? ', or credit the invoice' : ''}`,
			}
		: undefined;

/** Returns a step that is allowed in most statuses. */
const invoiceStepFromMost = (doneWord: string, step: string, reached: string, never: readonly string[]): StatusStep =>
	invoiceStep({
		doneWord,
		stateOf(record) {
			const status = statusOf(record);
			if (isOrder(String(record.type))) return wrongType(record, step, ALL_BUT_ORDERS);
			if (status === reached) return 'done';
			if (never.includes(status)) return { needs: `${step} is no longer possible`, advice: FIRST_STEP[status] };
			return paymentObstacle(record, step) ?? 'due';
		},
	});

const FINAL_STATUSES = ['DELETED', 'OVERRIDDEN', 'INVOICED'];

export const invalidateInvoice = invoiceStepFromMost('invalidated', 'invalidating', 'INVALIDATED', FINAL_STATUSES);
export const rejectInvoice = invoiceStepFromMost('rejected', 'rejecting', 'PAYMENT_DENIED', [
	...FINAL_STATUSES,
	'INVALIDATED',
]);
export const reopenInvoice = invoiceStepFromMost('unfinished', 'marking as unfinished', 'UNFINISHED', FINAL_STATUSES);

export const circulateInvoice = invoiceStep({
	doneWord: 'in circulation',
	once: true,
	async stateOf(record, client) {
		if (!isCirculating(record)) return wrongType(record, 'sending to circulation', CIRCULATED);
		const state = stateFrom(
			record,
			'sending to circulation',
			['UNFINISHED'],
			['RECEIVED', 'VERIFIED', ...APPROVED_BILL],
		);
		return state === 'due' && (await wasSentToCirculation(client, record)) ? 'done' : state;
	},
	explainRefusal: async (record) => {
		const approval = record.invoiceApprovalInformation as { acceptors?: unknown[] } | undefined;
		return approval?.acceptors?.length
			? undefined
			: {
					needs: 'sending to circulation needs approvers, and it has none',
					advice: 'Set the approvers on the invoice, or default ones for the company or the supplier',
				};
	},
});
