import type { INodeProperties } from 'n8n-workflow';
import { joinOptions, optionsOf, savedChars, shownOptions, type FormName, type SharedOptions } from './sharedOptions';

/** A field that the node's form shows for each of `operations` of each of `resources`. */
export interface SharedField {
	/** Equal for fields with equal properties. */
	key: string;
	shape: INodeProperties;
	resources: string[];
	operations: string[];
	/** The options of a collection. */
	entries?: SharedOptions;
}

/** A field with the fields that come right before it in a form. */
interface FieldNode extends SharedField {
	before: Set<FieldNode>;
}

/**
 * Merges equal fields of several resources, which makes the description that the editor downloads a fifth smaller. n8n shows
 * a field for each combination of its resources and operations, in the order of the description. So two fields are merged
 * only if no other operation would then show them, and if every form keeps its order. Collections with many common options
 * are merged too. An option that not all of their forms have gets a condition.
 *
 * @param forms the fields of each resource, in the order of its forms
 * @param hasParameters whether the resource has the operation, with these parameters in its form
 */
export function shareFields(
	forms: SharedField[][],
	hasParameters: (resource: string, operation: string, names: string[]) => boolean,
): SharedField[] {
	const nodes: FieldNode[] = [];
	const byKey = new Map<string, FieldNode[]>();
	for (const form of forms) {
		const last = new Map<string, FieldNode>();
		for (const field of form) {
			const before = new Set(field.operations.flatMap((operation) => last.get(operation) ?? []));
			const one = withOptions(field);
			const same = joinCandidates(byKey.get(one.key) ?? [], one).find((node) =>
				canJoin(node, one, before, hasParameters),
			);
			const node = same ? Object.assign(same, joinFields(same, one)) : { ...one, before: new Set<FieldNode>() };
			if (!same) {
				nodes.push(node);
				byKey.set(one.key, [...(byKey.get(one.key) ?? []), node]);
			}
			for (const earlier of before) node.before.add(earlier);
			for (const operation of field.operations) last.set(operation, node);
		}
	}
	return inFormOrder(nodes).map(({ entries, shape, ...field }) => ({
		...field,
		shape: entries ? { ...shape, options: shownOptions(entries) } : shape,
	}));
}

/** Gives a collection a key without its options, so that collections with different options can be merged. */
function withOptions(field: SharedField): SharedField {
	const { shape, resources, operations } = field;
	if (shape.type !== 'collection') return field;
	const forms = resources.flatMap((resource) => operations.map((operation): FormName => `${resource}:${operation}`));
	return { ...field, key: JSON.stringify({ ...shape, options: [] }), entries: optionsOf(shape, forms) };
}

/**
 * Returns the fields with the same key that a field can be merged with. For a collection, only those are returned that make
 * the description smaller, the best one first.
 */
function joinCandidates(same: FieldNode[], { entries }: SharedField): FieldNode[] {
	if (!entries) return same;
	const savings = new Map(same.map((node) => [node, node.entries ? savedChars(node.entries, entries) : 0]));
	const saving = (node: FieldNode): number => savings.get(node) ?? 0;
	return same.filter((node) => saving(node) > 0).sort((a, b) => saving(b) - saving(a));
}

function canJoin(
	node: FieldNode,
	field: SharedField,
	before: Set<FieldNode>,
	hasParameters: (resource: string, operation: string, names: string[]) => boolean,
): boolean {
	const needs = Object.keys(field.shape.displayOptions?.show ?? {});
	const both = unitedForms(node, field);
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
function precedes(earlier: FieldNode, fields: Iterable<FieldNode>, seen = new Set<FieldNode>()): boolean {
	for (const field of fields) {
		if (field === earlier) return true;
		if (seen.has(field)) continue;
		seen.add(field);
		if (precedes(earlier, field.before, seen)) return true;
	}
	return false;
}

type Forms = Pick<SharedField, 'resources' | 'operations'>;

function unitedForms(one: Forms, other: Forms): Forms {
	return {
		resources: [...new Set([...one.resources, ...other.resources])],
		operations: [...new Set([...one.operations, ...other.operations])],
	};
}

function joinFields(one: SharedField, other: SharedField): SharedField {
	return {
		...one,
		...unitedForms(one, other),
		...(one.entries && other.entries ? { entries: joinOptions(one.entries, other.entries) } : {}),
	};
}

/** Returns the fields in an order that fits all forms. The fields of one resource stay together, which compresses best. */
function inFormOrder(nodes: FieldNode[]): SharedField[] {
	const written = new Set<FieldNode>();
	const write = (node: FieldNode): void => {
		if (written.has(node)) return;
		node.before.forEach(write);
		written.add(node);
	};
	nodes.filter(({ resources }) => resources.length === 1).forEach(write);
	nodes.forEach(write);
	return [...written];
}
