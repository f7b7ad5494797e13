import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { copied, isPlainObject } from '../utils/objects';
import { withItemFields } from './itemFields';

/**
 * Reads the parameters of an execution. A parameter without an expression is the same for all items, so n8n resolves it
 * only for the first. Where all expressions of a parameter are plain fields of the item, n8n resolves the first item too,
 * and if its result is these fields, they are read without n8n for the items that follow.
 */
export class Parameters {
	readonly node: INode;
	private readonly fixed = new Map<string, unknown>();
	/** By name of a parameter with expressions: whether n8n gives the fields of the item as they are. */
	private readonly takesFields = new Map<string, boolean>();

	/** @param items the items that the execution works through; none where n8n asks without one, as in a poll */
	constructor(
		private readonly context: Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>,
		private readonly items: readonly INodeExecutionData[] = [],
	) {
		this.node = context.getNode();
	}

	/** A parameter's value for an item; null when the operation does not show it. What is returned is the item's own. */
	at(name: string, index: number): unknown {
		if (this.fixed.has(name)) return copied(this.fixed.get(name));
		const stored = this.node.parameters[name];
		const fromItem = this.fromItem(name, index);
		if (fromItem !== undefined && this.takesFields.has(name)) return fromItem;
		const value: unknown = this.context.getNodeParameter(name, index, null);
		if (!holdsExpression(stored)) this.fixed.set(name, copied(value));
		else if (fromItem !== undefined) this.takesFields.set(name, JSON.stringify(fromItem) === JSON.stringify(value));
		return value;
	}

	/** The parameter with the item's fields in place of its expressions; undefined where n8n has to resolve it. */
	private fromItem(name: string, index: number): unknown {
		const json = this.items[index]?.json;
		if (json === undefined || this.takesFields.get(name) === false) return undefined;
		return withItemFields(this.node.parameters[name], json);
	}
}

/** Whether a stored parameter is an expression, or holds one at any depth. */
function holdsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (Array.isArray(stored)) return stored.some(holdsExpression);
	return isPlainObject(stored) && Object.values(stored).some(holdsExpression);
}
