import type { IDataObject } from 'n8n-workflow';
import { titleOf } from '../../labels/terms';
import type { StatusStep } from '../shared/changeStatus';

export const callsOfStep = ['GET /ledgerreceipts/{receiptId}'] as const;

/** `journal 1043 (ID 5)`. */
const journalName = ({ type, receiptNumber, id }: IDataObject): string =>
	`${type === 'JOURNAL' ? 'journal' : 'receipt'} ${receiptNumber === undefined ? `with ID ${String(id)}` : `${String(receiptNumber)} (ID ${String(id)})`}`;

/** Declares a step of a journal. Receipts of invoices change together with their invoice. */
function journalStep(doneWord: string, step: string, from: readonly string[], reached: string): StatusStep {
	return {
		doneWord,
		read: 'GET /ledgerreceipts/{receiptId}',
		nameOf: journalName,
		stateOf({ type, status }) {
			if (type !== 'JOURNAL')
				return { needs: `${step} is for journals only`, advice: 'Use the operation of the same name on its invoice' };
			if (status === reached) return 'done';
			return from.includes(String(status)) ? 'due' : { needs: `${step} needs ${from.map(titleOf).join(' or ')}` };
		},
	};
}

export const approveJournal = journalStep('approved', 'approving', ['UNFINISHED'], 'APPROVED');
export const invalidateJournal = journalStep('invalidated', 'invalidating', ['UNFINISHED', 'APPROVED'], 'INVALIDATED');
export const reopenJournal = journalStep(
	'unfinished',
	'marking as unfinished',
	['APPROVED', 'INVALIDATED'],
	'UNFINISHED',
);
