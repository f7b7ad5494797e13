import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authentication } from '../engine/authentication';
import { byName } from '../engine/property';

/** The names of Procountor's events in the editor. */
const NAMES: Readonly<Record<string, string>> = {
	DIRECTBANKDATATRANSFER_PAYMENT_CREATED: 'Bank Transfer Created',
	DIRECT_SALARY_PAYMENTS_CANCELED: 'Salary Payments Cancelled',
	DIRECT_SALARY_PAYMENTS_CREATED: 'Salary Payments Created',
	INVOICE_PAYMENT_CREATED: 'Invoice Payment Created',
	INVOICE_PAYMENTEVENTS_DELETED: 'Payment Event Deleted',
	PAYMENT_DELETED: 'Payment Deleted',
	PAYMENT_UPDATED: 'Payment Updated',
	TRACKING_PERIOD_STATUS_UPDATED: 'Tracking Period Changed',
	USER_UPDATED: 'User Changed',
};

/** The name of an event in the editor; an event that this package does not know keeps Procountor's name. */
export const nameOfEvent = (event: string): string => (Object.hasOwn(NAMES, event) ? NAMES[event] : event);

/** The webhook trigger's fields. */
export function parameters(): INodeProperties[] {
	const options = Object.entries(NAMES)
		.map(([value, name]): INodePropertyOptions => ({ name, value }))
		.sort(byName);
	return [
		authentication,
		{
			displayName:
				'Procountor sends events for payments, users and tracking periods only. For new and changed invoices, receipts and partners, use the <b>Procountor Trigger</b>.',
			name: 'coverage',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			options,
			default: ['INVOICE_PAYMENT_CREATED'],
			required: true,
		},
	];
}
