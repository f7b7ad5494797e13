import { forbidden, notFound, Refusal } from '../errors';
import type { Clock } from '../clock';
import { uuidOf } from '../uuid';
import type { Company } from '../world/world';
import type { Answer, Call, Handlers } from './handler';
import { ok } from './handler';
import { publishResult, type WebhookEvent } from './webhooks';

/** How long a person has to confirm in the Procountor Key app. */
const LIFE = 5 * 60_000;

/** What `GET /mfatransactionresult/{id}` tells once a person has confirmed: one field, by what was asked. */
export interface MfaResult {
	directBankTransfers?: { transactions: Array<{ paymentId: number; customId?: string }> };
	invoicePayments?: { transactions: Array<{ paymentId: number; invoiceId: number }> };
	directSalaryPayment?: { id: number; customId?: string; payments: Array<{ paymentId: number; customId: string }> };
	info?: { message: string };
}

/** What was done: the result, and where the deprecated `PUT …/confirm` tells more than that, its own answer. */
export interface Outcome {
	result: MfaResult;
	legacy?: unknown;
}

/** Something that waits for a person's second factor. */
export interface Confirmation {
	readonly transactionIdentifier: string;
	readonly companyId: number;
	readonly userId: number;
	/** The operation that asked for it. */
	readonly operationId: string;
	/** What was asked for. */
	readonly body: unknown;
	expires: number;
	state: 'waiting' | 'done' | 'rejected' | 'failed';
	outcome?: Outcome;
	/** Why it could not be done any more, when at last it was confirmed. */
	failure?: Refusal;
	/** Whether the result has been told. */
	told: boolean;
	readonly carryOut: () => Outcome;
}

export const confirmationsOf = (company: Company): Map<string, Confirmation> =>
	company.fact('confirmations', () => new Map<string, Confirmation>());

/**
 * Answers 202: nothing is done until a user confirms (docs/procountor.md#second-factor).
 * @param event what webhooks are told once it is done
 * @param carryOut does it then; a refusal means that the records no longer allow it
 */
export function askSecondFactor(call: Call, event: WebhookEvent, carryOut: () => Outcome): Answer {
	const all = confirmationsOf(call.company);
	const transactionIdentifier = uuidOf(`${call.company.id} confirmation ${all.size}`);
	all.set(transactionIdentifier, {
		transactionIdentifier,
		companyId: call.company.id,
		userId: call.user.id,
		operationId: call.operation.operationId,
		body: call.body,
		expires: call.clock.now() + LIFE,
		state: 'waiting',
		told: false,
		carryOut: () => {
			const outcome = carryOut();
			publishResult(call, event, transactionIdentifier, outcome.result);
			return outcome;
		},
	});
	return { status: 202, json: { transactionIdentifier, confirmationApp: 'PROCOUNTOR_KEY' } };
}

export type Decision = 'confirm' | 'reject' | 'expire';

/**
 * What the person does in the app.
 * @throws Refusal 409 where it no longer waits
 */
export function decide(confirmation: Confirmation, decision: Decision, clock: Clock): void {
	if (confirmation.state !== 'waiting' || confirmation.expires <= clock.now())
		throw new Refusal(409, 'It does not wait for anybody any more.');
	if (decision === 'expire') confirmation.expires = clock.now();
	else if (decision === 'reject') confirmation.state = 'rejected';
	else carryOut(confirmation);
}

function carryOut(confirmation: Confirmation): void {
	try {
		confirmation.outcome = confirmation.carryOut();
		confirmation.state = 'done';
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		confirmation.failure = error;
		confirmation.state = 'failed';
	}
}

/** The outcome for its reader, or the waiting answer. @throws Refusal 403, 404, 406, 408, 409 */
function outcomeOf(call: Call, operations?: string[]): Outcome | Answer {
	const found = confirmationsOf(call.company).get(call.params.transactionIdentifier);
	if (!found || (operations && !operations.includes(found.operationId))) throw notFound('Transaction');
	if (found.userId !== call.user.id) throw forbidden('The transaction belongs to another user.');
	if (found.state === 'waiting' && found.expires <= call.clock.now()) throw new Refusal(408, 'Transaction expired.');
	if (found.state === 'waiting') return { status: 202, json: { message: 'Transaction is not confirmed yet.' } };
	if (found.state === 'rejected') throw new Refusal(406, 'Transaction was rejected.');
	if (!found.outcome) throw forbidden(found.failure?.message);
	if (found.told && call.switches.mfaResultOnlyOnce) throw new Refusal(409, 'Transaction is already processed.');
	found.told = true;
	return found.outcome;
}

/** A deprecated `PUT …/confirm`: knows only some operations, and shows the outcome in its own form. */
const legacyConfirm =
	(operations: string[], show: (outcome: Outcome) => unknown) =>
	(call: Call): Answer => {
		const outcome = outcomeOf(call, operations);
		return 'status' in outcome ? outcome : ok(show(outcome));
	};

const message = ({ result }: Outcome) => ({ message: result.info?.message ?? 'OK' });

export const secondFactorHandlers: Handlers = {
	getMfaTransactionResult: (call: Call) => {
		const outcome = outcomeOf(call);
		return 'status' in outcome ? outcome : ok(outcome.result);
	},
	confirm: legacyConfirm(['updateUserInfo'], message),
	confirm1: legacyConfirm(['payInvoices', 'createDirectBankTransfers', 'cancelPayment', 'removePayment'], (outcome) => {
		const { directBankTransfers, invoicePayments } = outcome.result;
		if (directBankTransfers) return { PaymentSummaries: directBankTransfers };
		return invoicePayments ? { InvoicePaymentSummaries: invoicePayments } : { InfoMessage: message(outcome) };
	}),
	confirm2: legacyConfirm(['createDirectSalaryPayments', 'cancelDirectSalaryPayments'], (outcome) =>
		outcome.legacy ? { PaymentGroup: outcome.legacy } : { InfoMessage: message(outcome) },
	),
	confirm3: legacyConfirm(['removePaymentEvent'], message),
};
