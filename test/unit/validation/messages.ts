import type { Result } from '../../../nodes/Procountor/validation/result';

/** The value of a check that should have passed; fails the test with its problem otherwise. */
export function valueOf<T>(verdict: Result<T>): T {
	if (!verdict.ok) throw new Error(`should have passed, but ${verdict.message}`);
	return verdict.value;
}

/** The problem of a check that should have refused; fails the test with the value otherwise. */
export function problemOf<T>(verdict: Result<T>): string {
	if (verdict.ok) throw new Error(`should have been refused, but gave ${String(verdict.value)}`);
	return verdict.message;
}

/** The advice of a check that should have refused. */
export function adviceOf<T>(verdict: Result<T>): string | undefined {
	if (verdict.ok) throw new Error(`should have been refused, but gave ${String(verdict.value)}`);
	return verdict.advice;
}
