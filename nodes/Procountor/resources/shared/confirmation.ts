import type { IDataObject } from 'n8n-workflow';
import { bodyWithStatus, type Client, isResponse, type Problem, ProcountorError } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { dropOldest } from '../../utils/maps';
import { toList, toObject } from '../../utils/objects';

/** What has become of a second factor. */
export type ConfirmationResult = 'CONFIRMED' | 'WAITING' | 'REJECTED' | 'EXPIRED' | 'PROCESSED';

/** By the status of the response (docs/procountor.md#second-factor). */
const RESULTS: Readonly<Record<number, ConfirmationResult>> = {
	200: 'CONFIRMED',
	202: 'WAITING',
	406: 'REJECTED',
	408: 'EXPIRED',
	409: 'PROCESSED',
};

/** Results that were read: Procountor may return each only once (U 31). By company and transaction, the oldest go first. */
const confirmed = new Map<string, IDataObject>();
const MOST_KEPT = 1000;

/**
 * Returns a user's present decision in the Procountor Key app: the result, and after a confirmation what Procountor
 * did.
 * @throws {ProcountorError} for any other response, such as 403 for the transaction of another user
 */
export async function readConfirmation(
	client: Client,
	transactionIdentifier: string,
): Promise<{ result: ConfirmationResult; body: IDataObject }> {
	const request = {
		call: 'GET /mfatransactionresult/{transactionIdentifier}' as const,
		path: { transactionIdentifier },
		noun: `confirmation ${transactionIdentifier}`,
	};
	const outcome = await client.requestRaw(request);
	const result = isResponse(outcome) ? RESULTS[outcome.statusCode] : undefined;
	if (result === undefined) {
		const problem = client.problemOf(outcome, request) as Problem;
		throw new ProcountorError(problem.status === 403 ? withoutResult(problem, transactionIdentifier) : problem);
	}
	const key = `${client.address.base} ${transactionIdentifier}`;
	const known = confirmed.get(key);
	if (result === 'PROCESSED' && known) return { result: 'CONFIRMED', body: known };
	const body = bodyWithStatus(outcome, ...Object.keys(RESULTS).map(Number)) ?? {};
	if (result === 'CONFIRMED') keep(key, body);
	return { result, body };
}

/** Procountor says 403 for another user's transaction, and for one that it could no longer carry out once it was confirmed. */
function withoutResult(problem: Problem, transactionIdentifier: string): Problem {
	return {
		...problem,
		message: `Confirmation ${transactionIdentifier} has no result: it belongs to another user, or it failed, for example because the invoice was paid in the meantime`,
		advice: 'Use the credential that sent the order, and look at the payments in Procountor.',
	};
}

function keep(key: string, body: IDataObject): void {
	confirmed.set(key, body);
	dropOldest(confirmed, MOST_KEPT);
}

/** How often a decision is asked for: soon at first, then less and less often, in milliseconds. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30_000;
const PAUSE_GROWTH = 1.5;

/**
 * Returns the decision on a second factor as an item: `result`, the payments that it created, and Procountor's own
 * response. Asks until there is a decision or the time in the setting `wait` (seconds) is over; once without that
 * setting.
 */
export const getConfirmation: OperationHandler = (operation, input) => {
	const { ids, settings } = input.values(operation);
	const transactionIdentifier = String(ids.transactionIdentifier);
	const longest = Number(settings.wait ?? 0) * 1000;
	return {
		readOnly: true,
		async run(client) {
			const { result, body } = await waitForDecision(client, transactionIdentifier, longest);
			// The result comes last: no field of Procountor's response can replace it.
			return [{ json: { transactionIdentifier, ...body, ...createdPayments(body), result } }];
		},
	};
};

async function waitForDecision(
	client: Client,
	transactionIdentifier: string,
	longest: number,
): ReturnType<typeof readConfirmation> {
	const end = performance.now() + longest;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE)) {
		const confirmation = await readConfirmation(client, transactionIdentifier);
		const left = end - performance.now();
		if (confirmation.result !== 'WAITING' || left <= 0) return confirmation;
		await client.pause(Math.min(pause, left));
	}
}

/** The payments that were made, in one list whatever was asked for; each with its invoice or its own reference. */
function createdPayments({ invoicePayments, directBankTransfers, directSalaryPayment }: IDataObject): IDataObject {
	const made = [
		toObject(invoicePayments).transactions,
		toObject(directBankTransfers).transactions,
		toObject(directSalaryPayment).payments,
	].flatMap(toList);
	return made.length ? { payments: made } : {};
}
