import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { addListedFields } from '../engine/listHandler';
import { renameFields, simplify } from '../engine/simplify';
import { type Client, RecordLoader } from '../api';
import { readBookkeeping, receiptLoader } from '../resources/shared/bookkeeping/readBookkeeping';
import { listOf, simpleOf, type Event } from './events';
import { filesOf } from './files';
import type { Company } from './state';
import type { Found, Settings } from './step';

/** What a tick works with. */
export interface Tick {
	context: IPollFunctions;
	client: Client;
	event: Event;
	settings: Settings;
	/** The kinds of files to add as binary data. */
	files: string[];
	/** Reads the records as they are by their IDs; undefined where the items need no more than the list gives. */
	whole?: RecordLoader;
}

/** How many records' files are fetched side by side. */
const FILES_AT_ONCE = 4;

export function filesWanted(context: IPollFunctions): string[] {
	const wanted = context.getNodeParameter('files', []);
	return Array.isArray(wanted) ? wanted.map(String) : [];
}

function hasDetails(context: IPollFunctions): boolean {
	return context.getNodeParameter('includeDetails', false) === true;
}

function hasBookkeeping(context: IPollFunctions, event: Event): boolean {
	return event.hasBookkeeping === true && context.getNodeParameter('includeBookkeeping', false) === true;
}

/** Returns the loader of whole records, if items need details, bookkeeping, or attachments. */
export function wholeLoader(context: IPollFunctions, event: Event, files: string[]): RecordLoader | undefined {
	const { details } = listOf(event);
	const isWanted = hasDetails(context) || hasBookkeeping(context, event) || files.includes('attachments');
	return details && isWanted ? new RecordLoader(details) : undefined;
}

/** Returns the items for the records that were found: each in the chosen form, with its company and files. */
export async function itemsOf(found: Found[], tick: Tick, company: Company): Promise<INodeExecutionData[]> {
	const { context, event } = tick;
	const isDetailed = hasDetails(context);
	const isSimple = context.getNodeParameter('simple', false) === true;
	const fields = isSimple ? simpleOf(event, isDetailed) : undefined;
	const named = { companyId: company.id, companyName: company.name };
	const isPosted = hasBookkeeping(context, event);
	const whole = await readWhole(found, tick);
	const bookkeeping = isPosted ? await readBookkeeping(tick.client, receiptLoader(), whole) : [];
	const items = found.map(({ record, more }, index): INodeExecutionData => {
		const shown = isDetailed ? whole[index] : record;
		const posted = isPosted ? { bookkeeping: bookkeeping[index] } : {};
		return {
			json: {
				...(fields ? simplify(shown, fields) : renameFields(shown, listOf(event).rename)),
				...posted,
				...more,
				...named,
			},
		};
	});
	await addFiles(items, whole, tick);
	return items;
}

/** The records as they are read by their ids. What the list alone tells is kept; one deleted in between stays as listed. */
async function readWhole(found: Found[], { client, whole, settings }: Tick): Promise<IDataObject[]> {
	const idOf = ({ record }: Found): number => Number(record[settings.fields.id]);
	const records = await whole?.load(client, found.map(idOf));
	return found.map(({ record }, index) => addListedFields(records?.[index] ?? record, record));
}

async function addFiles(
	items: INodeExecutionData[],
	records: IDataObject[],
	{ context, client, files }: Tick,
): Promise<void> {
	if (files.length === 0) return;
	for (let start = 0; start < items.length; start += FILES_AT_ONCE) {
		const batch = records.slice(start, start + FILES_AT_ONCE);
		await Promise.all(
			batch.map(async (record, offset) => {
				items[start + offset].binary = await filesOf(record, files, client, context.helpers);
			}),
		);
	}
}
