import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authentication } from '../engine/authentication';
import { byName, property } from '../engine/property';
import { fieldsOf } from '../engine/properties';
import { events, hasDate, listOf, statusFieldOf, type Event } from './events';
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
		...shared(statusesParameter),
		...startParameters(),
		...shared((event) => listShapes(event, ['show', 'filters'])),
		...shared((event) => (listOf(event).details ? [includeDetails] : [])),
		...shared((event) => (event.hasBookkeeping ? [includeBookkeeping] : [])),
		...shared(filesParameter),
		...shared((event) => (listOf(event).simple ? listShapes(event, ['simple']) : [])),
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
	const shape = property({
		...field,
		name: 'statuses',
		label: 'Statuses',
		description: 'Statuses that start the workflow; all when empty',
	});
	return [
		{ ...shape, options: (shape.options as INodePropertyOptions[]).filter(({ value }) => !DRAFTS.has(String(value))) },
	];
}

function startParameters(): INodeProperties[] {
	const dated = events.filter(hasDate).map(({ value }) => value);
	const undated = events.filter((event) => !hasDate(event)).map(({ value }) => value);
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
		displayOptions: { show: { event: dated } },
	};
	const startFromUndated: INodeProperties = {
		...base,
		options: [now, everything],
		default: 'now',
		displayOptions: { show: { event: undated } },
	};
	const startDate: INodeProperties = {
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Finnish time, as Procountor keeps it',
		displayOptions: { show: { event: dated, startFrom: ['date'] } },
	};
	return [startFrom, ...(undated.length ? [startFromUndated] : []), startDate];
}

/** The parameters of an event's list with these names; sorting and empty filters are the trigger's own affair. */
function listShapes(event: Event, names: string[]): INodeProperties[] {
	return fieldsOf(listOf(event))
		.filter(({ name }) => names.includes(name))
		.map((shape) =>
			shape.name === 'filters'
				? {
						...shape,
						options: (shape.options as INodeProperties[]).filter(({ name }) => !['sort', 'emptyFilter'].includes(name)),
					}
				: shape,
		);
}

/** Shapes that several events share are written once, with all the events that they are shown for. */
function shared(shapesOf: (event: Event) => INodeProperties[]): INodeProperties[] {
	const groups = new Map<string, { shape: INodeProperties; values: string[] }>();
	for (const event of events) {
		for (const shape of shapesOf(event)) {
			const key = JSON.stringify(shape);
			const group = groups.get(key) ?? { shape, values: [] };
			groups.set(key, group);
			group.values.push(event.value);
		}
	}
	return [...groups.values()].map(({ shape, values }) => ({
		...shape,
		displayOptions: { show: { event: values, ...shape.displayOptions?.show } },
	}));
}
