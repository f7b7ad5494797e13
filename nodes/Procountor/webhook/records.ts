import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, problemIn } from '../api';
import { isPlainObject } from '../utils/objects';

/** The most records that are read for one event. */
const MOST_RECORDS = 200;

/** What the API returns for an event. Only the IDs that it is asked for come from the delivery. */
export interface ReadBack {
	records: IDataObject[];
	/** Whether the payload names records, or the event has no need of that. */
	isKnown: boolean;
	warnings: string[];
}

/** Reads the payments or salary payments that a payload names, or the user, or the fiscal years with their tracking periods. */
export async function recordsOf(client: Client, eventType: string, payload: unknown): Promise<ReadBack> {
	if (eventType === 'USER_UPDATED') return await read(client, 'GET /users', {}, 'the user');
	if (eventType === 'TRACKING_PERIOD_STATUS_UPDATED') return await read(client, 'GET /fiscalyears', {}, 'fiscal years');
	const isSalary = eventType.startsWith('DIRECT_SALARY_PAYMENTS');
	const named = [...new Set(idsIn(payload, isSalary ? 'id' : 'paymentId'))];
	const found: ReadBack = { records: [], isKnown: named.length > 0 || isTransaction(payload), warnings: [] };
	if (named.length > MOST_RECORDS)
		found.warnings.push(`Only the first ${MOST_RECORDS} of ${named.length} records were read`);
	for (const id of named.slice(0, MOST_RECORDS)) {
		const { records, warnings } = isSalary
			? await read(
					client,
					'GET /payments/directsalarypayments/{paymentListId}',
					{ paymentListId: id },
					`salary payments ${id}`,
				)
			: await read(client, 'GET /payments/{paymentId}', { paymentId: id }, `payment ${id}`);
		found.records.push(...records);
		found.warnings.push(...warnings);
	}
	return found;
}

async function read(client: Client, call: Call, path: Record<string, number>, noun: string): Promise<ReadBack> {
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

/** Whether a payload is that of a call with a second factor; it need not name a record (docs/procountor.md#webhook-notifications). */
function isTransaction(payload: unknown): boolean {
	return isPlainObject(payload) && typeof payload.transactionIdentifier === 'string';
}

/** The IDs under a name at any depth of a payload: its arrangement is not published (docs/procountor.md#webhook-notifications). */
function idsIn(value: unknown, name: string): number[] {
	if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, name));
	if (!isPlainObject(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		key === name && Number.isSafeInteger(inner) && Number(inner) > 0 ? [Number(inner)] : idsIn(inner, name),
	);
}
