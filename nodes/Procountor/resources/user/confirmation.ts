import { requestFor } from '../../engine/request';
import type { Prepare } from '../../engine/task';
import { type Answer, bodyObject, type Client, isAnswer, type Problem, ProcountorError, type Request } from '../../api';

/** What has become of a second factor, by the status of the answer (notes, 'Second factor'). */
const results: Readonly<Record<number, string>> = {
	200: 'CONFIRMED',
	202: 'WAITING',
	406: 'REJECTED',
	408: 'EXPIRED',
	409: 'PROCESSED',
};
const WAITING = 202;

/** How often a confirmation is asked for while waiting, in milliseconds. */
const BETWEEN_LOOKS = 5000;

/** Tells what a person decided in the Procountor Key app; with 'Wait' it asks until there is a decision or the time is over. */
export const prepareConfirmation: Prepare = (operation, input) => {
	const values = input.values(operation);
	const request = requestFor(operation, values);
	const longest = Number(values.settings.wait ?? 0) * 1000;
	return {
		reads: true,
		async run(client) {
			const answer = await decided(client, request, longest);
			// The result comes last: what Procountor answers cannot hide it.
			return [{ json: { ...values.ids, ...bodyObject(answer), result: results[answer.statusCode] } }];
		},
	};
};

async function decided(client: Client, request: Request, longest: number): Promise<Answer> {
	const until = performance.now() + longest;
	for (;;) {
		const outcome = await client.requestRaw(request);
		if (!isAnswer(outcome) || results[outcome.statusCode] === undefined)
			throw new ProcountorError(client.problemOf(outcome, request) as Problem);
		const left = until - performance.now();
		if (outcome.statusCode !== WAITING || left <= 0) return outcome;
		await client.pause(Math.min(BETWEEN_LOOKS, left));
	}
}
