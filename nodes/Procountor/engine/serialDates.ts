import { resolve, type Call } from '../api';
import { choice } from './operationOptions';
import type { Field } from './types';

/** The option 'Dates as Serial Numbers': how a spreadsheet's serial number in a date field is read. */
export const serialDates = choice(
	'serialDates',
	{ refuse: 'Refuse', system1900: 'Count From 1900', system1904: 'Count From 1904' },
	{
		label: 'Dates as Serial Numbers',
		optional: true,
		description: 'What to do with dates such as 46296; Excel counts from 1900',
	},
);

/** Whether an operation writes dates from fields of its form. */
export function hasDateFields(call: Call | undefined, fields: readonly Field[]): boolean {
	const writes = call !== undefined && !call.startsWith('GET ') && !call.startsWith('POST /reports/');
	return writes && fields.some(hasDate);
}

function hasDate({ schema, columns = [] }: Field): boolean {
	return resolve(schema).format?.startsWith('date') === true || columns.some(hasDate);
}
