import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { deepCopy, isPlainObject } from '../utils/objects';
import { resolveItemFields } from './itemFields';

/**
 * Reads the parameters of an execution. A parameter without expressions is the same for all items, so n8n resolves it only
 * once. If all its expressions are plain fields of the item, n8n resolves the first item, and if the result is these
 * fields, they are read from the following items without n8n.
 */
export class Parameters {
	readonly node: INode;
	private readonly constants = new Map<string, unknown>();
	/** For each parameter with expressions, whether n8n returns the item's fields unchanged. */
	private readonly usesItemFields = new Map<string, boolean>();

	/** @param items the execution's items; none in a poll */
	constructor(
		private readonly context: Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>,
		private readonly items: readonly INodeExecutionData[] = [],
	) {
		this.node = context.getNode();
	}

	/** Returns a parameter's value for an item, as a copy; null if the operation does not show it. */
	get(name: string, index: number): unknown {
		if (this.constants.has(name)) return deepCopy(this.constants.get(name));
		const stored = this.node.parameters[name];
		const itemFieldValue = this.fromItem(name, index);
		if (itemFieldValue !== undefined && this.usesItemFields.has(name)) return itemFieldValue;
		const value: unknown = this.context.getNodeParameter(name, index, null);
		if (!containsExpression(stored)) this.constants.set(name, deepCopy(value));
		else if (itemFieldValue !== undefined)
			this.usesItemFields.set(name, JSON.stringify(itemFieldValue) === JSON.stringify(value));
		return value;
	}

	/** Returns the parameter with its expressions replaced by the item's fields; undefined if n8n has to resolve it. */
	private fromItem(name: string, index: number): unknown {
		const json = this.items[index]?.json;
		if (json === undefined || this.usesItemFields.get(name) === false) return undefined;
		return resolveItemFields(this.node.parameters[name], json);
	}
}

/** Whether a stored parameter is an expression, or contains one at any depth. */
function containsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (Array.isArray(stored)) return stored.some(containsExpression);
	return isPlainObject(stored) && Object.values(stored).some(containsExpression);
}
