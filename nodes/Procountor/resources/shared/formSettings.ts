import type { IDataObject } from 'n8n-workflow';
import type { Schema } from '../../api';
import type { FieldGroup } from '../../engine/types';
import type { FieldSpec, FieldOptions, ExtraField } from '../../engine/declare';
import { choice } from '../../engine/operationOptions';
import type { IfExists } from './createOnce';

export const TEXT: Schema = { type: 'string' };
/** A number in any usual format. The operation reads it as an exact decimal. */
export const NUMBER_TEXT: Schema = { type: 'string', format: 'number' };
export const YES_OR_NO: Schema = { type: 'boolean' };
export const optional = true;

/** The dimensions of a row or transaction as users enter them. */
export const dimensionsSchema: Schema = {
	type: 'array',
	items: {
		type: 'object',
		properties: { dimensionId: TEXT, itemId: TEXT, percent: NUMBER_TEXT, amount: NUMBER_TEXT },
	},
};

const dimension: [string, FieldOptions] = [
	'dimensionId',
	{ label: 'Dimension', listSearch: 'dimension', description: 'By ID or name', pairedWith: 'itemId' },
];
const item: [string, FieldOptions] = [
	'itemId',
	{ label: 'Item', listSearch: 'dimensionItem', description: 'By ID or name' },
];

/** The dimension of a whole row or transaction. */
export const oneDimension: FieldSpec[] = [dimension, ['itemId', { ...item[1], label: 'Dimension Item' }]];

/** The table of dimensions inside a row or transaction. */
export const dimensions: FieldSpec = [
	'dimensions',
	{
		label: 'Further Dimension',
		description: 'By share or by amount',
		columns: [
			dimension,
			item,
			['percent', { label: 'Share %' }],
			['amount', { label: 'Amount', description: 'Without VAT, in the currency of the books' }],
		],
	},
];

/** Notices and descriptions of steps that cannot be undone or can cost a fee. */
export const SENT_FOR_GOOD =
	'The customer receives the invoice, and Procountor may charge a fee. This cannot be undone.';
export const MOVES_MONEY = 'This moves money: Procountor pays as soon as a user confirms it in the Procountor Key app.';
export const FEE = 'Procountor may charge a fee for each receipt.';

const CREATE_ANYWAY: [string, string] = ['Create Anyway', 'A repeated run creates it again'];

/** The choices if a record with the same number exists. */
export const IF_EXISTS: NonNullable<FieldOptions['choices']> = {
	return: 'Return the Existing One',
	stop: 'Stop with an Error',
	create: CREATE_ANYWAY,
};

/** Returns the user's choice; the first choice if the setting was left out. */
export const ifExistsOf = ({ ifExists }: IDataObject): IfExists => (ifExists ?? Object.keys(IF_EXISTS)[0]) as IfExists;

/** Returns the setting for a payment that was ordered or marked before. */
export const ifPaymentExists = (description: string): ExtraField =>
	choice(
		'ifExists',
		{ return: 'Leave It Out', create: CREATE_ANYWAY },
		{ label: 'If It Already Exists', optional, description },
	);

const DEFAULT_LOOK_UP_SECONDS = 30;

export const lookUp: ExtraField = [
	'lookUp',
	{ type: 'number', minimum: 0, maximum: 600 },
	{
		label: 'Look-Up Time (Seconds)',
		default: DEFAULT_LOOK_UP_SECONDS,
		optional,
		description: 'How long to look for the record after a failed connection',
	},
];

/** Returns how long to look for a record after a failed connection, in seconds. */
export const lookUpSecondsOf = (settings: IDataObject): number => Number(settings.lookUp ?? DEFAULT_LOOK_UP_SECONDS);

const order = choice(
	'order',
	{
		inTurn: 'One After the Other',
		together: ['Several at a Time', "Faster, but Procountor's numbers do not follow the order of the items"],
	},
	{ label: 'Order', optional },
);

const letters = choice(
	'letters',
	{ refuse: 'Refuse', nearest: ['Replace by the Nearest', 'Changes text'] },
	{ label: 'Unsupported Characters', optional, description: 'What happens to emoji, Cyrillic and the like' },
);

export const closedPeriod = choice(
	'closedPeriod',
	{ stop: 'Stop with an Error', move: ['Move to the First Open Day', 'Changes the date'] },
	{ label: 'Closed Period', optional, description: 'What to do if the date is in a closed period' },
);

/** The type of a setting that names or contains a file. */
export const FILE: Schema = { type: 'string', format: 'binary' };

/** What to do with files that have the name of another file of the item. */
export const sameNames = choice(
	'sameNames',
	{ refuse: 'Refuse', number: 'Add a Number' },
	{ label: 'Files of the Same Name', optional, description: 'For example two images in one email' },
);

export const filesFromFields: ExtraField = [
	'files',
	FILE,
	{
		label: 'Files From Fields',
		optional,
		placeholder: 'e.g. data, receipt',
		description: 'Binary fields whose files are attached, separated by commas',
	},
];

export const safety: ExtraField[] = [lookUp, order, letters, closedPeriod];

/** Settings that few people change; they are last in the form. */
export const SAFETY_GROUP: FieldGroup = {
	name: 'safetyFields',
	label: 'Safety',
	fields: ['lookUp', 'order', 'letters', 'serialDates'],
};
