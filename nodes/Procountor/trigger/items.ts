import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { addListedFields } from '../engine/listHandler';
import { renameFields, simplify } from '../engine/simplify';
import { type Client, RecordLoader } from '../api';
import { readBookkeeping, receiptLoader } from '../resources/shared/bookkeeping/readBookkeeping';
import { listOf, simpleFieldsOf, type Event } from './events';
import { filesOf } from './files';
import type { Company } from './state';
import type { Found, Settings } from './step';

/** The data that all functions of one poll share. */
export interface PollContext {
	context: IPollFunctions;
	client: Client;
	event: Event;
	settings: Settings;
	/** The kinds of files to add as binary data. */
	fileKinds: string[];
	/** Reads full records by ID; undefined if the list has all that the items need. */
	recordLoader?: RecordLoader;
}

/** How many records' files are fetched in parallel. */
const FILES_AT_ONCE = 4;

export function selectedFileKinds(context: IPollFunctions): string[] {
	const kinds = context.getNodeParameter('files', []);
	return Array.isArray(kinds) ? kinds.map(String) : [];
}

function hasDetails(context: IPollFunctions): boolean {
	return context.getNodeParameter('includeDetails', false) === true;
}

function hasBookkeeping(context: IPollFunctions, event: Event): boolean {
	return event.hasBookkeeping === true && context.getNodeParameter('includeBookkeeping', false) === true;
}

/** Returns the loader of full records if the items need details, bookkeeping, or attachments. */
export function recordLoaderFor(context: IPollFunctions, event: Event, fileKinds: string[]): RecordLoader | undefined {
	const { details } = listOf(event);
	const isNeeded = hasDetails(context) || hasBookkeeping(context, event) || fileKinds.includes('attachments');
	return details && isNeeded ? new RecordLoader(details) : undefined;
}

/** Creates the items for the records that were found: in the selected form, with company and files. */
export async function createItems(
	found: Found[],
	pollContext: PollContext,
	company: Company,
): Promise<INodeExecutionData[]> {
	const { context, event } = pollContext;
	const isDetailed = hasDetails(context);
	const isSimple = context.getNodeParameter('simple', false) === true;
	const fields = isSimple ? simpleFieldsOf(event, isDetailed) : undefined;
	const companyFields = { companyId: company.id, companyName: company.name };
	const withBookkeeping = hasBookkeeping(context, event);
	const fullRecords = await loadFullRecords(found, pollContext);
	const bookkeeping = withBookkeeping ? await readBookkeeping(pollContext.client, receiptLoader(), fullRecords) : [];
	const items = found.map(({ record, extraFields }, index): INodeExecutionData => {
		const source = isDetailed ? fullRecords[index] : record;
		return {
			json: {
				...(fields ? simplify(source, fields) : renameFields(source, listOf(event).rename)),
				...(withBookkeeping ? { bookkeeping: bookkeeping[index] } : {}),
				...extraFields,
				...companyFields,
			},
		};
	});
	await addFiles(items, fullRecords, pollContext);
	return items;
}

/** Reads the full records, and adds the fields that only the list has. A record deleted meanwhile stays as listed. */
async function loadFullRecords(
	found: Found[],
	{ client, recordLoader, settings }: PollContext,
): Promise<IDataObject[]> {
	const idOf = ({ record }: Found): number => Number(record[settings.fields.id]);
	const records = await recordLoader?.load(client, found.map(idOf));
	return found.map(({ record }, index) => addListedFields(records?.[index] ?? record, record));
}

async function addFiles(
	items: INodeExecutionData[],
	records: IDataObject[],
	{ context, client, fileKinds }: PollContext,
): Promise<void> {
	if (fileKinds.length === 0) return;
	for (let start = 0; start < items.length; start += FILES_AT_ONCE) {
		const batch = records.slice(start, start + FILES_AT_ONCE);
		await Promise.all(
			batch.map(async (record, offset) => {
				items[start + offset].binary = await filesOf(record, fileKinds, client, context.helpers);
			}),
		);
	}
}
