import type { IExecuteFunctions } from 'n8n-workflow';
import { ProcountorError } from '../../api';

/** Most receipts or accounts that one hint names. */
const MOST_NAMED = 20;

/** Where Get Ledger Rows reports what it finds: hints on the node, or an error for what makes the rows wrong. */
export interface Reporter {
	context: IExecuteFunctions;
	stopOnDoubt: boolean;
}

/**
 * Reports a possible fault of the rows as a warning.
 * @throws {ProcountorError} instead, if the operation stops in that case
 */
export function reportDoubt({ context, stopOnDoubt }: Reporter, message: string): void {
	if (stopOnDoubt) throw new ProcountorError({ message: message.replace(/\.$/, '') });
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/** Reports something that does not make the rows wrong. */
export function reportInfo({ context }: Reporter, message: string): void {
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

/** Returns the first entries of a list, and how many follow: `a; b and 3 more`. */
export function listed(list: readonly string[]): string {
	return (
		list.slice(0, MOST_NAMED).join('; ') + (list.length > MOST_NAMED ? ` and ${list.length - MOST_NAMED} more` : '')
	);
}
