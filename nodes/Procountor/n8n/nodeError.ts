import { ExpressionError, NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { adviceOf, type Problem, problemIn, messageOf } from '../api';

/** Whether the node runs as an AI agent's tool, for which n8n uses a type of its own. */
export const isTool = (node: INode): boolean => node.type.endsWith('Tool');

/** Returns the message for an AI model. It includes the advice, because n8n passes only the message to the model. */
function messageForModel(problem: Problem): string {
	const message = messageOf(problem);
	const advice = adviceOf(problem);
	return advice ? `${message}${/[.!?]$/.test(message) ? '' : '.'} ${advice}` : message;
}

/**
 * Returns n8n's own error for a problem: what happened and where, and below it what to do. For a tool, the message
 * contains both and nothing is below it, because some n8n releases would repeat it and others would show the model only
 * the message.
 */
export function nodeError(node: INode, problem: Problem, itemIndex?: number): NodeApiError | NodeOperationError {
	const message = isTool(node) ? messageForModel(problem) : messageOf(problem);
	const description = isTool(node) ? undefined : adviceOf(problem);
	const error =
		problem.status === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message, description: description ?? null },
					{ message, description, httpCode: String(problem.status), itemIndex },
				);
	// n8n replaces messages in which some word contains an error code of the operating system.
	error.message = message;
	error.description = description;
	return error;
}

/**
 * Returns the error to throw for a caught value. n8n's own error of an expression stays as it is, because the editor
 * explains it.
 */
export function errorFor(node: INode, caught: unknown, itemIndex?: number): Error {
	return caught instanceof ExpressionError ? caught : nodeError(node, problemIn(caught), itemIndex);
}
