import type { IExecuteFunctions } from 'n8n-workflow';
import { ProcountorError } from '../../api';
import { joinFirst } from '../../utils/texts';

/** The maximum number of receipts or accounts in one hint. */
const MAX_NAMED = 20;

/** Where Get Ledger Rows reports warnings: as hints on the node, or as an error. */
export interface Reporter {
	context: IExecuteFunctions;
	stopOnWarning: boolean;
}

/**
 * Warns that rows may be wrong.
 * @throws {ProcountorError} if the user chose to stop in that case
 */
export function reportWarning({ context, stopOnWarning: stopOnDoubt }: Reporter, message: string): void {
	if (stopOnDoubt) throw new ProcountorError({ message: message.replace(/\.$/, '') });
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/** Reports something that does not affect the amounts. */
export function reportInfo({ context }: Reporter, message: string): void {
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

/** Joins the first entries of a list and counts the others: `a; b and 3 more`. */
export function shortList(list: readonly string[]): string {
	return joinFirst(list, MAX_NAMED, '; ');
}
