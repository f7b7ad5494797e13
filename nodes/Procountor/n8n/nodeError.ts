import { ExpressionError, NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { advice, type Problem, problemIn, sentence } from '../api';

/** n8n's own error for a problem: what happened and where, and below it what to do. */
export function nodeError(node: INode, problem: Problem, itemIndex?: number): NodeApiError | NodeOperationError {
	const message = sentence(problem);
	const description = advice(problem);
	const error =
		problem.status === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message, description },
					{ message, description, httpCode: String(problem.status), itemIndex },
				);
	// n8n replaces messages that hold an error code of the system as part of a word.
	error.message = message;
	error.description = description;
	return error;
}

/** What to throw for a caught value: n8n's own error of an expression as it is, since the editor explains it. */
export function errorFor(node: INode, caught: unknown, itemIndex?: number): Error {
	return caught instanceof ExpressionError ? caught : nodeError(node, problemIn(caught), itemIndex);
}
