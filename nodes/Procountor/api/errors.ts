/** What went wrong, and what a person can do about it. */
export interface Problem {
	/** What happened, one sentence without a full stop; it continues `field` when that is given. */
	message: string;
	/** What to do next, whole sentences. */
	advice?: string;
	/** Where: a parameter by its label, a row, a file. */
	field?: string;
	/** The status of the answer, where there was one. */
	status?: number;
	/** Procountor's own code or text, unchanged, one for each fault that it named. */
	codes?: string[];
	/** The write may or may not have taken effect: look before repeating it. */
	outcomeUnknown?: boolean;
	/** It may pass by itself: an outage, an overload, a lost connection. */
	temporary?: boolean;
	/** The call that was refused with 403 or 404, the IDs that it asked for, and the type of the record where that is known. */
	refused?: { call: string; ids?: ReadonlyArray<string | number>; type?: string };
	/** What exists already of a job in several steps, such as `invoice 4711 (unfinished)`. */
	completed?: string[];
}

/** The only kind of error inside the package; the engine converts it to n8n's own. */
export class ProcountorError extends Error {
	constructor(readonly problem: Problem) {
		super(messageOf(problem));
		this.name = 'ProcountorError';
	}
}

/** An input that cannot be sent; it is found before any request. `label` is the parameter's name in the editor. */
export class InputError extends ProcountorError {
	constructor(label: string, message: string, advice?: string) {
		super({ message, field: label, advice });
		this.name = 'InputError';
	}
}

/** The first line of an error: where, and what happened. */
export function messageOf(problem: Problem): string {
	return problem.field ? `${problem.field} ${problem.message}` : problem.message;
}

/** The lines below it: what to do, what exists already, and Procountor's own codes. */
export function adviceOf(problem: Problem): string {
	const lines = [problem.advice];
	if (problem.completed?.length) lines.push(`Done already: ${problem.completed.join(', ')}.`);
	if (problem.codes?.length) lines.push(`Procountor's answer: ${problem.codes.join('; ')}`);
	return lines.filter((line) => line).join(' ');
}

/**
 * Returns the problem behind any caught value. Bugs of the package and n8n's errors of expressions keep their own
 * words.
 */
export function problemIn(caught: unknown): Problem {
	if (caught instanceof ProcountorError) return caught.problem;
	if (!(caught instanceof Error)) return { message: String(caught) };
	const { description } = caught as { description?: unknown };
	return { message: caught.message, advice: typeof description === 'string' ? description : undefined };
}
