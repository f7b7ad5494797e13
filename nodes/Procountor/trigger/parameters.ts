import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authentication } from '../engine/authentication';
import { byName, fieldProperty } from '../engine/property';
import { operationProperties } from '../engine/properties';
import { events, canStartFromDate, listOf, statusFieldOf, type Event } from './events';
import { FILES } from './files';
import { DRAFTS } from './scan';

/** The trigger's fields. Each event has the filters of its list. */
export function parameters(): INodeProperties[] {
	const options = events
		.map(({ name, value, description }): INodePropertyOptions => ({ name, value, description }))
		.sort(byName);
	const triggerOn: INodeProperties = {
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options,
		default: 'invoiceCreated',
	};
	return [
		authentication,
		triggerOn,
		...sharedProperties(statusesParameter),
		...startParameters(),
		...sharedProperties((event) => listFilterParameters(event, ['show', 'filters'])),
		...sharedProperties((event) => (listOf(event).details ? [includeDetails] : [])),
		...sharedProperties((event) => (event.hasBookkeeping ? [includeBookkeeping] : [])),
		...sharedProperties(filesParameter),
		...sharedProperties((event) => (listOf(event).simple ? listFilterParameters(event, ['simple']) : [])),
	];
}

function filesParameter({ resource }: Event): INodeProperties[] {
	const options = FILES[resource];
	return options
		? [
				{
					displayName: 'Download',
					name: 'files',
					type: 'multiOptions',
					options,
					default: [],
					description: 'Files to add as binary data; a poll with files returns at most 50 records',
				},
			]
		: [];
}

const includeDetails: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: true,
	description: 'Whether to read each record with all its details, such as rows',
};

const includeBookkeeping: INodeProperties = {
	displayName: 'Include Bookkeeping',
	name: 'includeBookkeeping',
	type: 'boolean',
	default: false,
	description: 'Whether to read accounts, dimensions and their items, such as the project',
};

/** The statuses to react to: the list's filter by status, without those of drafts. */
function statusesParameter(event: Event): INodeProperties[] {
	const field = statusFieldOf(event);
	if (field === undefined) return [];
	const property = fieldProperty({
		...field,
		name: 'statuses',
		label: 'Statuses',
		description: 'Statuses that start the workflow; all when empty',
	});
	return [
		{
			...property,
			options: (property.options as INodePropertyOptions[]).filter(({ value }) => !DRAFTS.has(String(value))),
		},
	];
}

function startParameters(): INodeProperties[] {
	const datedEvents = events.filter(canStartFromDate).map(({ value }) => value);
	const undatedEvents = events.filter((event) => !canStartFromDate(event)).map(({ value }) => value);
	const now = { name: 'Now', value: 'now', description: 'Existing records do not start the workflow' };
	const date = { name: 'A Date', value: 'date', description: 'Also records created or changed since a date' };
	const everything = {
		name: 'Everything',
		value: 'everything',
		description: 'Also all existing records, up to 2,000 a poll',
	};
	const base = {
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options' as const,
		description: 'What counts as new when the workflow is activated',
		hint: 'Decides what the first poll returns; it has no effect later',
	};
	const startFrom: INodeProperties = {
		...base,
		options: [now, date, everything],
		default: 'now',
		displayOptions: { show: { event: datedEvents } },
	};
	const startFromUndated: INodeProperties = {
		...base,
		options: [now, everything],
		default: 'now',
		displayOptions: { show: { event: undatedEvents } },
	};
	const startDate: INodeProperties = {
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Finnish time, as Procountor keeps it',
		displayOptions: { show: { event: datedEvents, startFrom: ['date'] } },
	};
	return [startFrom, ...(undatedEvents.length ? [startFromUndated] : []), startDate];
}

/** Returns the parameters of an event's list with these names. The trigger itself handles sorting and empty filters. */
function listFilterParameters(event: Event, names: string[]): INodeProperties[] {
	return operationProperties(listOf(event))
		.filter(({ name }) => names.includes(name))
		.map((property) =>
			property.name === 'filters'
				? {
						...property,
						options: (property.options as INodeProperties[]).filter(
							({ name }) => !['sort', 'emptyFilter'].includes(name),
						),
					}
				: property,
		);
}

/** Returns the properties of all events. Equal ones are merged, and shown for each of their events. */
function sharedProperties(propertiesOf: (event: Event) => INodeProperties[]): INodeProperties[] {
	const groups = new Map<string, { property: INodeProperties; values: string[] }>();
	for (const event of events) {
		for (const property of propertiesOf(event)) {
			const key = JSON.stringify(property);
			const group = groups.get(key) ?? { property, values: [] };
			groups.set(key, group);
			group.values.push(event.value);
		}
	}
	return [...groups.values()].map(({ property, values }) => ({
		...property,
		displayOptions: { show: { event: values, ...property.displayOptions?.show } },
	}));
}
