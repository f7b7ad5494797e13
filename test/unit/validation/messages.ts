import type { Result } from '../../../nodes/Procountor/validation/result';

/** The value of a check that should pass; otherwise fails the test with the problem. */
export function valueOf<T>(verdict: Result<T>): T {
	if (!verdict.ok) throw new Error(`should have passed, but ${verdict.message}`);
	return verdict.value;
}

/** The problem of a check that should reject its input; otherwise fails the test with the value. */
export function problemOf<T>(verdict: Result<T>): string {
	if (verdict.ok) throw new Error(`should have been rejected, but returned ${String(verdict.value)}`);
	return verdict.message;
}

/** The advice of a check that should reject its input. */
export function adviceOf<T>(verdict: Result<T>): string | undefined {
	if (verdict.ok) throw new Error(`should have been rejected, but returned ${String(verdict.value)}`);
	return verdict.advice;
}
