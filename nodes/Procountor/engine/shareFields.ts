import type { INodeProperties } from 'n8n-workflow';
import { joinedOptions, optionsOf, savingOf, shownOptions, type FormName, type SharedOptions } from './sharedOptions';

/** A field of the node's form: each of `operations` shows it, of each of `resources`. */
export interface SharedField {
	/** The same for fields that look and behave alike. */
	key: string;
	shape: INodeProperties;
	resources: string[];
	operations: string[];
	/** The entries of a collection. */
	entries?: SharedOptions;
}

/** A field with the fields that stand right before it in a form. */
interface Node extends SharedField {
	before: Set<Node>;
}

/**
 * Writes a field once that several resources show, which makes the description an editor downloads a fifth smaller.
 * n8n shows a field for each of its resources together with each of its operations, and in the order in which fields
 * are written; so two are written as one only where no other operation would show them and every form keeps its order.
 * Collections that have much in common are one as well, with a condition on each entry that not all of their forms have.
 *
 * @param forms for each resource its fields in the order of its forms
 * @param hasParameters whether the resource has the operation, with these fields in its form
 */
export function shareFields(
	forms: SharedField[][],
	hasParameters: (resource: string, operation: string, names: string[]) => boolean,
): SharedField[] {
	const nodes: Node[] = [];
	const byKey = new Map<string, Node[]>();
	for (const form of forms) {
		const last = new Map<string, Node>();
		for (const field of form) {
			const before = new Set(field.operations.flatMap((operation) => last.get(operation) ?? []));
			const one = withEntries(field);
			const same = alike(byKey.get(one.key) ?? [], one).find((node) => canJoin(node, one, before, hasParameters));
			const node = same ? Object.assign(same, together(same, one)) : { ...one, before: new Set<Node>() };
			if (!same) {
				nodes.push(node);
				byKey.set(one.key, [...(byKey.get(one.key) ?? []), node]);
			}
			for (const earlier of before) node.before.add(earlier);
			for (const operation of field.operations) last.set(operation, node);
		}
	}
	return inOrder(nodes).map(({ entries, shape, ...field }) => ({
		...field,
		shape: entries ? { ...shape, options: shownOptions(entries) } : shape,
	}));
}

/** A collection is told apart by all but its entries. */
function withEntries(field: SharedField): SharedField {
	const { shape, resources, operations } = field;
	if (shape.type !== 'collection') return field;
	const forms = resources.flatMap((resource) => operations.map((operation): FormName => `${resource}:${operation}`));
	return { ...field, key: JSON.stringify({ ...shape, options: [] }), entries: optionsOf(shape, forms) };
}

/**
 * Of the fields with the same key those that a field can be written with; of collections those that pay, the one with the most
 * entries in common first.
 */
function alike(same: Node[], { entries }: SharedField): Node[] {
	if (!entries) return same;
	const savings = new Map(same.map((node) => [node, node.entries ? savingOf(node.entries, entries) : 0]));
	const saving = (node: Node): number => savings.get(node) ?? 0;
	return same.filter((node) => saving(node) > 0).sort((a, b) => saving(b) - saving(a));
}

function canJoin(
	node: Node,
	field: SharedField,
	before: Set<Node>,
	hasParameters: (resource: string, operation: string, names: string[]) => boolean,
): boolean {
	const needs = Object.keys(field.shape.displayOptions?.show ?? {});
	const both = formsOf(node, field);
	const shows = (one: Forms, resource: string, operation: string): boolean =>
		one.resources.includes(resource) && one.operations.includes(operation);
	const isShownNowhereElse = both.resources.every((resource) =>
		both.operations.every(
			(operation) =>
				shows(node, resource, operation) !== shows(field, resource, operation) ||
				!hasParameters(resource, operation, needs),
		),
	);
	return isShownNowhereElse && !precedes(node, before);
}

/** Whether the order of the forms puts a field before one of the others, or it is one of them. */
function precedes(earlier: Node, fields: Iterable<Node>, seen = new Set<Node>()): boolean {
	for (const field of fields) {
		if (field === earlier) return true;
		if (seen.has(field)) continue;
		seen.add(field);
		if (precedes(earlier, field.before, seen)) return true;
	}
	return false;
}

type Forms = Pick<SharedField, 'resources' | 'operations'>;

function formsOf(one: Forms, other: Forms): Forms {
	return {
		resources: [...new Set([...one.resources, ...other.resources])],
		operations: [...new Set([...one.operations, ...other.operations])],
	};
}

function together(one: SharedField, other: SharedField): SharedField {
	return {
		...one,
		...formsOf(one, other),
		...(one.entries && other.entries ? { entries: joinedOptions(one.entries, other.entries) } : {}),
	};
}

/** The fields in an order that suits every form. Those of one resource stay together, which compresses best. */
function inOrder(nodes: Node[]): SharedField[] {
	const written = new Set<Node>();
	const write = (node: Node): void => {
		if (written.has(node)) return;
		node.before.forEach(write);
		written.add(node);
	};
	nodes.filter(({ resources }) => resources.length === 1).forEach(write);
	nodes.forEach(write);
	return [...written];
}
