import type { Operation, Resource } from '../operation/types';
import { resources } from '../resources';

/** What a workflow can be started by. Everything else about it (filters, details, fields) is its list's declaration. */
export interface Event {
	/** The value in workflows; never changed once published. */
	value: string;
	name: string;
	description: string;
	resource: string;
	/** The list's names for what a record is known by. */
	fields: { id: string; created?: string; version?: string };
	/** Filters that a record never comes to match later, by the API's names; those of drafts' lists must be told apart. */
	lasting?: string[];
	createdFrom?: { parameter: string; day: boolean };
}

/** The times of creation and change belong to the trigger. */
const OWN = /^(created|version)(Start|End)Date$/;

export const events: Event[] = [
	{
		value: 'invoiceCreated',
		name: 'New Invoice',
		description: 'When an invoice of any type is there for the first time; one that somebody has just opened waits until it is saved',
		resource: 'invoice',
		fields: { id: 'id', created: 'created', version: 'version' },
		lasting: ['types', 'isOffer'],
		createdFrom: { parameter: 'createdStartDate', day: false },
	},
	{
		value: 'ledgerReceiptCreated',
		name: 'New Ledger Receipt',
		description: 'When a receipt of any type is there for the first time; one that somebody has just opened waits until it is saved',
		resource: 'ledgerReceipt',
		fields: { id: 'id', created: 'created', version: 'version' },
		lasting: ['types'],
		createdFrom: { parameter: 'createdStartDate', day: false },
	},
];

export function resourceOf({ resource }: Event): Resource {
	const found = resources.find(({ value }) => value === resource);
	if (found === undefined) throw new RangeError(`No resource '${resource}'`);
	return found;
}

/** The list that an event watches, with the filters that are the person's to choose. */
export function listOf(event: Event): Operation {
	const list = resourceOf(event).operations.getAll;
	return { ...list, optional: list.optional.filter(({ at }) => !OWN.test(at)) };
}

/** The fields of a simplified item: those of the whole record when it is read, of the list's line when not. */
export function simpleOf(event: Event, isWhole: boolean): string[] | undefined {
	const { getAll, get } = resourceOf(event).operations;
	return (isWhole && get?.simple) || getAll.simple;
}
