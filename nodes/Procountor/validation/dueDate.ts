import { addDays, daysBetween } from './dates';
import { ok, fail, type Result } from './result';

/** The longest payment term that Procountor accepts, in days. */
const MAX_PAYMENT_TERM_DAYS = 999;

/**
 * Checks a due date against the invoice date (both yyyy-mm-dd): the same day, or up to 999 days later. Returns the due
 * date.
 */
export function checkDueDate(due: string, invoiceDate: string): Result<string> {
	const days = daysBetween(invoiceDate, due);
	if (days < 0) return fail(`is before the invoice date ${invoiceDate}`, 'Choose the invoice date or a later day');
	if (days > MAX_PAYMENT_TERM_DAYS)
		return fail(
			`is ${days} days after the invoice date ${invoiceDate}; Procountor takes at most ${MAX_PAYMENT_TERM_DAYS}`,
			'Choose an earlier day',
		);
	return ok(due);
}

/** Returns the due date for a payment term in days from the invoice date (yyyy-mm-dd). */
export function dueDateAfter(invoiceDate: string, days: number): Result<string> {
	if (!Number.isInteger(days) || days < 0 || days > MAX_PAYMENT_TERM_DAYS) {
		return fail(`should be a whole number of days from 0 to ${MAX_PAYMENT_TERM_DAYS}`);
	}
	return ok(addDays(invoiceDate, days));
}
