import type { Company } from '../../world/world';
import type { Call } from '../handler';

/** One step of an invoice's life as `GET /invoices/{id}/transactions` tells it. */
export interface HistoryEvent {
	action: string;
	/** Who did it. */
	name: string;
	at: number;
	details?: string;
}

const histories = (company: Company) =>
	company.fact<Map<number, HistoryEvent[]>>('invoiceHistory', () => new Map<number, HistoryEvent[]>());

export const historyOf = (company: Company, invoiceId: number): HistoryEvent[] =>
	histories(company).get(invoiceId) ?? [];

/** Adds a step of the past to an invoice's history. */
export function addHistory(company: Company, invoiceId: number, event: HistoryEvent): void {
	histories(company).set(invoiceId, [...historyOf(company, invoiceId), event]);
}

/** Writes a step into an invoice's history. */
export function remember(
	call: Pick<Call, 'company' | 'user' | 'clock'>,
	invoiceId: number,
	action: string,
	details?: string,
): void {
	const { user, company, clock } = call;
	const event = {
		action,
		name: `${user.firstName} ${user.lastName}`,
		at: clock.now(),
		...(details === undefined ? {} : { details }),
	};
	histories(company).set(invoiceId, [...historyOf(company, invoiceId), event]);
}
