import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, isOutcomeUnknown, ProcountorError, writeOrFind } from '../../api';
import type { Input } from '../../engine/input';
import type { IncomingFile } from '../../engine/incomingFiles';
import { attachFile, fileNames } from '../shared/attach';
import { ensureState, type Step } from '../shared/steps';
import type { WantedRow } from '../shared/bookkeeping/matchRows';
import { withPostings } from '../shared/bookkeeping/receiptPostings';
import { nameOfInvoice } from '../shared/invoiceRecord';
import { POSTABLE_STATUSES, putReceipt, readReceipt, refresh, type SavedInvoice } from './savedInvoice';
import { raise } from '../../utils/raise';
import { toList } from '../../utils/objects';

/** Statuses in which the node attaches files. */
const ATTACHABLE_STATUSES = [...POSTABLE_STATUSES, 'NOT_SENT', 'VERIFIED', 'APPROVED'];

/**
 * Returns how to continue with an invoice after a later step failed; undefined if another run continues by itself.
 * @param isIdentified whether another run can find the invoice
 */
export function resumeAdvice(isIdentified: boolean, ifExists: unknown): string | undefined {
	if (!isIdentified || ifExists === 'create')
		return 'Another run would create another invoice. Finish this one in Procountor.';
	return ifExists === 'stop'
		? "Run it again afterwards with 'Return the Existing One' under 'If It Already Exists'."
		: undefined;
}

/** Sets the rows' accounts and dimensions in the invoice's receipt. */
export function postingsStep(saved: SavedInvoice, rows: readonly WantedRow[]): Step {
	return {
		name: 'set accounts and dimensions',
		async run() {
			if (!rows.some(({ posting }) => posting) || !POSTABLE_STATUSES.includes(String(saved.record.status)))
				return undefined;
			const receipt = await readReceipt(saved);
			const changed = withPostings(receipt, rows);
			if (!changed) return undefined;
			await putReceipt(saved, changed, rows, (before) => withPostings(before, rows));
			return `accounts and dimensions set in receipt ${Number(receipt.id)}`;
		},
	};
}

/** Attaches the item's files that the invoice does not have yet. */
export function filesStep(
	saved: SavedInvoice,
	input: Input,
	files: readonly IncomingFile[],
	sendWithInvoice: boolean,
): Step {
	return {
		name: 'attach the files',
		async run() {
			if (files.length === 0 || !ATTACHABLE_STATUSES.includes(String(saved.record.status))) return undefined;
			await refresh(saved);
			const missing = files.filter(({ name }) => !fileNames(saved.record).includes(name));
			const holder = { referenceType: 'INVOICE', referenceId: Number(saved.record.id), sendWithInvoice };
			for (const file of missing)
				await attachFile(saved.client, input, file, holder, async () => fileNames(await refresh(saved)));
			return missing.length ? `${missing.map(({ name }) => name).join(', ')} attached` : undefined;
		},
	};
}

/** A call that changes an invoice's status. */
interface StatusCall {
	/** The step's name in messages, such as `approve`. */
	name: string;
	/** What happened to the invoice, such as `approved`. */
	completed: string;
	call: Call;
	/** The only status in which the call is made. */
	from: string;
	query?: Record<string, boolean>;
	body?: IDataObject;
	/** Whether a second call reaches people again, so that it is never repeated if its outcome is unknown. */
	once?: boolean;
}

function statusStep(saved: SavedInvoice, { name, completed, call, from, query, body, once }: StatusCall): Step {
	const { client } = saved;
	const isPending = (): boolean => saved.record.status === from;
	return {
		name,
		async run() {
			if (!isPending()) return undefined;
			const path = { invoiceId: Number(saved.record.id) };
			const request = { call, path, query, body, noun: nameOfInvoice(saved.record) };
			const send = async (): Promise<void> => {
				if (await client.requestOptional(request)) return;
				// A new invoice may not show yet.
				await refresh(saved);
				await client.request(request);
			};
			const hasTakenEffect = async (): Promise<boolean> => {
				await refresh(saved);
				return !isPending();
			};
			if (once) await sendOnce(saved, name, send, hasTakenEffect);
			else await ensureState(client, send, hasTakenEffect);
			await refresh(saved);
			return `${nameOfInvoice(saved.record)} ${completed}`;
		},
	};
}

/** Sends a status change. If its outcome stays unknown, it is not sent again in the same execution. */
async function sendOnce(
	{ memory, record }: SavedInvoice,
	name: string,
	send: () => Promise<void>,
	hasTakenEffect: () => Promise<boolean>,
): Promise<void> {
	if (memory.getStep(name)) throw outcomeStillUnknown(name, nameOfInvoice(record));
	memory.setStep(name, { before: [] });
	try {
		await writeOrFind(
			async () => {
				await send();
				return true;
			},
			async () => (await hasTakenEffect()) || undefined,
		);
	} catch (error) {
		if (!isOutcomeUnknown(error)) memory.setStep(name, undefined);
		return raise(error);
	}
}

function outcomeStillUnknown(name: string, invoice: string): ProcountorError {
	return new ProcountorError({
		message: `It is unclear whether an earlier try could ${name} ${invoice}, so this try did not repeat it`,
		advice: 'Check the invoice in Procountor. If nothing happened, start a new execution.',
		outcomeUnknown: true,
	});
}

/** Approves the invoice. */
export const approveStep = (saved: SavedInvoice, updateInventory: boolean): Step =>
	statusStep(saved, {
		name: 'approve',
		completed: 'approved',
		call: 'PUT /invoices/{invoiceId}/approve',
		from: 'UNFINISHED',
		query: { updateInventory },
		body: {},
	});

/** Sends the invoice. The customer would receive a repeated one twice. */
export const sendStep = (saved: SavedInvoice): Step =>
	statusStep(saved, {
		name: 'send',
		completed: 'sent',
		call: 'PUT /invoices/{invoiceId}/send',
		from: 'NOT_SENT',
		once: true,
	});

/**
 * Sends the invoice to circulation. Its status afterwards is uncertain (docs/procountor.md#invoice-statuses), so the
 * history shows whether it was sent.
 */
export function circulationStep(saved: SavedInvoice): Step {
	const step = statusStep(saved, {
		name: 'send to circulation',
		completed: 'sent to circulation',
		call: 'PUT /invoices/{invoiceId}/sendToCirculation',
		from: 'UNFINISHED',
		once: true,
	});
	return {
		...step,
		async run() {
			if (!saved.isNew && (await wasSentToCirculation(saved.client, saved.record))) return undefined;
			return await step.run();
		},
	};
}

/** Whether an invoice was sent to circulation after it was last unfinished. */
export async function wasSentToCirculation(client: Client, record: IDataObject): Promise<boolean> {
	const path = { invoiceId: Number(record.id) };
	const history = await client.getOptional('GET /invoices/{invoiceId}/transactions', { path });
	const lastTime = (action: RegExp): string =>
		toList(history?.transactions)
			.filter((event) => action.test(String(event.action)))
			.reduce((latest, { date }) => (String(date) > latest ? String(date) : latest), '');
	return lastTime(/^SEND_TO_CIRCULATION$/) > lastTime(/UNFINISHED$/);
}
