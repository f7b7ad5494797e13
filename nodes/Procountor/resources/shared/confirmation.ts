import type { IDataObject } from 'n8n-workflow';
import { bodyWithStatus, type Client, isResponse, type Problem, ProcountorError } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { dropOldest } from '../../utils/maps';
import { toList, toObject } from '../../utils/objects';

/** The result of a second-factor confirmation. */
export type ConfirmationResult = 'CONFIRMED' | 'WAITING' | 'REJECTED' | 'EXPIRED' | 'PROCESSED';

/** Results by the status of the response (docs/procountor.md#second-factor). */
const RESULTS: Readonly<Record<number, ConfirmationResult>> = {
	200: 'CONFIRMED',
	202: 'WAITING',
	406: 'REJECTED',
	408: 'EXPIRED',
	409: 'PROCESSED',
};

/** The responses of confirmed transactions, because Procountor may return each only once (U 31). */
const confirmed = new Map<string, IDataObject>();
const MOST_KEPT = 1000;

/**
 * Reads a user's decision in the Procountor Key app, and after a confirmation what Procountor did.
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
	const earlier = confirmed.get(key);
	if (result === 'PROCESSED' && earlier) return { result: 'CONFIRMED', body: earlier };
	const body = bodyWithStatus(outcome, ...Object.keys(RESULTS).map(Number)) ?? {};
	if (result === 'CONFIRMED') keep(key, body);
	return { result, body };
}

/** Procountor returns 403 for another user's transaction, and for a confirmed one that it could not carry out. */
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

/** Pauses between requests for a decision; each is longer than the one before. */
const FIRST_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 30_000;
const PAUSE_GROWTH = 1.5;

/**
 * Returns the decision as an item: `result`, the payments that it created, and Procountor's own response. Waits for a
 * decision for as long as the setting `wait` says, in seconds; without it, reads the decision once.
 */
export const getConfirmation: OperationHandler = (operation, input) => {
	const { ids, settings } = input.values(operation);
	const transactionIdentifier = String(ids.transactionIdentifier);
	const waitMs = Number(settings.wait ?? 0) * 1000;
	return {
		readOnly: true,
		async run(client) {
			const { result, body } = await waitForDecision(client, transactionIdentifier, waitMs);
			// The result comes last, so that no field of Procountor's response replaces it.
			return [{ json: { transactionIdentifier, ...body, ...createdPayments(body), result } }];
		},
	};
};

async function waitForDecision(
	client: Client,
	transactionIdentifier: string,
	waitMs: number,
): ReturnType<typeof readConfirmation> {
	const end = performance.now() + waitMs;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * PAUSE_GROWTH, MAX_PAUSE_MS)) {
		const confirmation = await readConfirmation(client, transactionIdentifier);
		const left = end - performance.now();
		if (confirmation.result !== 'WAITING' || left <= 0) return confirmation;
		await client.pause(Math.min(pause, left));
	}
}

/** Returns the created payments of all kinds in one list; each has its invoice or its own reference. */
function createdPayments({ invoicePayments, directBankTransfers, directSalaryPayment }: IDataObject): IDataObject {
	const payments = [
		toObject(invoicePayments).transactions,
		toObject(directBankTransfers).transactions,
		toObject(directSalaryPayment).payments,
	].flatMap(toList);
	return payments.length ? { payments } : {};
}
