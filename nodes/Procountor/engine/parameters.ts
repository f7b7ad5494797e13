import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { copied, isPlainObject } from '../utils/objects';

/**
 * Reads the parameters of an execution. A parameter without an expression is the same for all items, so n8n resolves it
 * only for the first.
 */
export class Parameters {
	readonly node: INode;
	private readonly fixed = new Map<string, unknown>();

	constructor(private readonly context: Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>) {
		this.node = context.getNode();
	}

	/** A parameter's value for an item; null when the operation does not show it. What is returned is the item's own. */
	at(name: string, index: number): unknown {
		if (this.fixed.has(name)) return copied(this.fixed.get(name));
		const value: unknown = this.context.getNodeParameter(name, index, null);
		if (!holdsExpression(this.node.parameters[name])) this.fixed.set(name, copied(value));
		return value;
	}
}

/** Whether a stored parameter is an expression, or holds one at any depth. */
function holdsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (Array.isArray(stored)) return stored.some(holdsExpression);
	return isPlainObject(stored) && Object.values(stored).some(holdsExpression);
}
