import type { Contract } from '../http/contract';
import type { Handler, Handlers } from './handler';
import { sampleAnswer } from './sample';

/** All families of records. A new family is one file here and one line in this list. */
const families: Handlers[] = [];

/** The handler of every operation: its family's, or the sample answer where no family has one. */
export function handlersOf(contract: Contract): Map<string, Handler> {
	const handlers = new Map<string, Handler>();
	for (const family of families) {
		for (const [operationId, handler] of Object.entries(family)) {
			contract.operation(operationId);
			if (handlers.has(operationId)) throw new Error(`Two families handle ${operationId}`);
			handlers.set(operationId, handler);
		}
	}
	for (const { operationId } of contract.operations) {
		if (!handlers.has(operationId)) handlers.set(operationId, sampleAnswer);
	}
	return handlers;
}
