import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, problemIn } from '../api';
import { isPlainObject } from '../utils/objects';

/** How many records are read for one event. */
const MAX_RECORDS = 200;

/** The records of an event, as the API returns them. Only their IDs come from the delivery. */
export interface EventRecords {
	records: IDataObject[];
	/** Whether the payload has a known form: it names records, or its event does not need to. */
	isKnown: boolean;
	warnings: string[];
}

/** Reads an event's records: the payments that the payload names, the user, or the fiscal years with tracking periods. */
export async function readRecords(client: Client, eventType: string, payload: unknown): Promise<EventRecords> {
	if (eventType === 'USER_UPDATED') return await readRecord(client, 'GET /users', {}, 'the user');
	if (eventType === 'TRACKING_PERIOD_STATUS_UPDATED')
		return await readRecord(client, 'GET /fiscalyears', {}, 'fiscal years');
	const isSalary = eventType.startsWith('DIRECT_SALARY_PAYMENTS');
	const ids = [...new Set(findIds(payload, isSalary ? 'id' : 'paymentId'))];
	const result: EventRecords = { records: [], isKnown: ids.length > 0 || isTransaction(payload), warnings: [] };
	if (ids.length > MAX_RECORDS)
		result.warnings.push(`Only the first ${MAX_RECORDS} of ${ids.length} records were read`);
	for (const id of ids.slice(0, MAX_RECORDS)) {
		const { records, warnings } = isSalary
			? await readRecord(
					client,
					'GET /payments/directsalarypayments/{paymentListId}',
					{ paymentListId: id },
					`salary payments ${id}`,
				)
			: await readRecord(client, 'GET /payments/{paymentId}', { paymentId: id }, `payment ${id}`);
		result.records.push(...records);
		result.warnings.push(...warnings);
	}
	return result;
}

async function readRecord(
	client: Client,
	call: Call,
	path: Record<string, number>,
	noun: string,
): Promise<EventRecords> {
	try {
		const body = await client.requestOptionalJson({ call, path, noun });
		return {
			records: body ? [body].flat() : [],
			isKnown: true,
			warnings: body ? [] : [`Procountor has no ${noun} (any more)`],
		};
	} catch (error) {
		return { records: [], isKnown: true, warnings: [`Could not read ${noun}: ${problemIn(error).message}`] };
	}
}

/**
 * Whether a payload is about a call that a user confirms with a second factor. Such a payload does not always name a record
 * (docs/procountor.md#webhook-notifications).
 */
function isTransaction(payload: unknown): boolean {
	return isPlainObject(payload) && typeof payload.transactionIdentifier === 'string';
}

/**
 * Returns the IDs with this property name at any depth of a payload, because its structure is not published
 * (docs/procountor.md#webhook-notifications).
 */
function findIds(value: unknown, name: string): number[] {
	if (Array.isArray(value)) return value.flatMap((entry) => findIds(entry, name));
	if (!isPlainObject(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		key === name && Number.isSafeInteger(inner) && Number(inner) > 0 ? [Number(inner)] : findIds(inner, name),
	);
}
