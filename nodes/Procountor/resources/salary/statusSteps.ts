import type { IDataObject } from 'n8n-workflow';
import { titleOf } from '../../labels/terms';
import type { StatusStep } from '../shared/changeStatus';

export const callsOfStep = ['GET /payrolls/salaryslips/{id}'] as const;

/** `salary slip 507 (ID 3507)`. */
const slipName = ({ slipNumber, id }: IDataObject): string =>
	slipNumber === undefined
		? `salary slip with ID ${String(id)}`
		: `salary slip ${String(slipNumber)} (ID ${String(id)})`;

/** Declares a step of a salary slip (docs/procountor.md#payroll). */
function slipStep(doneWord: string, step: string, from: readonly string[], reached: readonly string[]): StatusStep {
	return {
		doneWord,
		read: 'GET /payrolls/salaryslips/{id}',
		nameOf: slipName,
		stateOf({ status }) {
			if (reached.includes(String(status))) return 'done';
			return from.includes(String(status)) ? 'due' : { needs: `${step} needs ${from.map(titleOf).join(' or ')}` };
		},
	};
}

const OPEN = ['CREATED', 'IN_CORRECTION'];
const AFTER_APPROVAL = ['PAYMENT_QUEUED', 'PAID', 'REPORTED', 'REPORTED_AND_PAYMENT_QUEUED', 'REPORTED_AND_PAID'];

export const approveSlip = slipStep('approved', 'approving', OPEN, ['APPROVED', ...AFTER_APPROVAL]);
export const reopenSlip = slipStep('open for editing', 'cancelling the approval', ['APPROVED'], OPEN);
