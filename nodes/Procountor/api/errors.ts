/** What went wrong, and what the user can do about it. */
export interface Problem {
	/** What happened: one sentence without a full stop. It continues `field`, if there is one. */
	message: string;
	/** What to do next, in whole sentences. */
	advice?: string;
	/** The place of the problem: a parameter's label, a row, a file. */
	field?: string;
	/** The status of the response, if there was one. */
	status?: number;
	/** Procountor's codes or messages, unchanged, one for each fault. */
	codes?: string[];
	/** Whether the write may have taken effect, so that the user has to check before repeating it. */
	outcomeUnknown?: boolean;
	/** Whether the problem may pass by itself, such as an outage, an overload or a lost connection. */
	temporary?: boolean;
	/** The call that was refused with 403 or 404, and what is known of its records. */
	refused?: {
		call: string;
		/** The IDs that the call requested. */
		ids?: ReadonlyArray<string | number>;
		/** The record's type. */
		type?: string;
		/** The message without the possible reasons. */
		statement?: string;
	};
	/** The completed steps of a job, such as `invoice 4711 (unfinished)`. */
	completed?: string[];
}

/** The package's own error. The engine converts it to n8n's. */
export class ProcountorError extends Error {
	constructor(readonly problem: Problem) {
		super(messageOf(problem));
		this.name = 'ProcountorError';
	}
}

/** An invalid input, found before any request is sent. `label` is the parameter's name in the editor. */
export class InputError extends ProcountorError {
	constructor(label: string, message: string, advice?: string) {
		super({ message, field: label, advice });
		this.name = 'InputError';
	}
}

/** Returns the first line of an error: the field and the message. */
export function messageOf(problem: Problem): string {
	return problem.field ? `${problem.field} ${problem.message}` : problem.message;
}

/** Returns the text below the message: the advice, the completed steps, and Procountor's codes. */
export function adviceOf(problem: Problem): string {
	const lines = [problem.advice];
	if (problem.completed?.length) lines.push(`Done already: ${problem.completed.join(', ')}.`);
	if (problem.codes?.length) lines.push(`Procountor's answer: ${problem.codes.join('; ')}`);
	return lines.filter((line) => line).join(' ');
}

/**
 * Returns the problem behind any caught value. Bugs of the package and errors of n8n's expressions keep their messages.
 */
export function problemIn(caught: unknown): Problem {
	if (caught instanceof ProcountorError) return caught.problem;
	if (!(caught instanceof Error)) return { message: String(caught) };
	const { description } = caught as { description?: unknown };
	return { message: caught.message, advice: typeof description === 'string' ? description : undefined };
}
