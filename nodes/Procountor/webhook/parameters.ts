import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authentication } from '../engine/authentication';
import { byName } from '../engine/property';

/** The names of Procountor's events in the editor. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
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

/** Returns an event's name in the editor; Procountor's name if this package does not know the event. */
export const nameOfEvent = (event: string): string => (Object.hasOwn(EVENT_NAMES, event) ? EVENT_NAMES[event] : event);

/** The webhook trigger's fields. */
export function parameters(): INodeProperties[] {
	const options = Object.entries(EVENT_NAMES)
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
