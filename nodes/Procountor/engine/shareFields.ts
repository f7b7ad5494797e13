import type { INodeProperties } from 'n8n-workflow';
import { mergeOptions, optionsOf, savedChars, shownOptions, type FormName, type SharedOptions } from './sharedOptions';

/** A field that the node's form shows for each of `operations` of each of `resources`. */
export interface SharedField {
	/** Equal for fields with equal properties. */
	key: string;
	property: INodeProperties;
	resources: string[];
	operations: string[];
	/** The options of a collection. */
	options?: SharedOptions;
}

/** A field with the fields that come directly before it in the forms. */
interface FieldNode extends SharedField {
	predecessors: Set<FieldNode>;
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
		const lastNodes = new Map<string, FieldNode>();
		for (const field of form) {
			const predecessors = new Set(field.operations.flatMap((operation) => lastNodes.get(operation) ?? []));
			const candidate = withMergeKey(field);
			const match = mergeCandidates(byKey.get(candidate.key) ?? [], candidate).find((node) =>
				canMerge(node, candidate, predecessors, hasParameters),
			);
			const node = match
				? Object.assign(match, mergeFields(match, candidate))
				: { ...candidate, predecessors: new Set<FieldNode>() };
			if (!match) {
				nodes.push(node);
				byKey.set(candidate.key, [...(byKey.get(candidate.key) ?? []), node]);
			}
			for (const predecessor of predecessors) node.predecessors.add(predecessor);
			for (const operation of field.operations) lastNodes.set(operation, node);
		}
	}
	return sortByForms(nodes).map(({ options, property, ...field }) => ({
		...field,
		property: options ? { ...property, options: shownOptions(options) } : property,
	}));
}

/** Gives a collection a key without its options, so that collections with different options can be merged. */
function withMergeKey(field: SharedField): SharedField {
	const { property, resources, operations } = field;
	if (property.type !== 'collection') return field;
	const forms = resources.flatMap((resource) => operations.map((operation): FormName => `${resource}:${operation}`));
	return { ...field, key: JSON.stringify({ ...property, options: [] }), options: optionsOf(property, forms) };
}

/**
 * Returns the fields with the same key that a field can be merged with. For a collection, these are only the
 * ones with which the description becomes smaller, the best one first.
 */
function mergeCandidates(nodes: FieldNode[], { options }: SharedField): FieldNode[] {
	if (!options) return nodes;
	const savings = new Map(nodes.map((node) => [node, node.options ? savedChars(node.options, options) : 0]));
	const saving = (node: FieldNode): number => savings.get(node) ?? 0;
	return nodes.filter((node) => saving(node) > 0).sort((a, b) => saving(b) - saving(a));
}

function canMerge(
	node: FieldNode,
	field: SharedField,
	predecessors: Set<FieldNode>,
	hasParameters: (resource: string, operation: string, names: string[]) => boolean,
): boolean {
	const conditionNames = Object.keys(field.property.displayOptions?.show ?? {});
	const union = unionOfForms(node, field);
	const shows = (forms: Forms, resource: string, operation: string): boolean =>
		forms.resources.includes(resource) && forms.operations.includes(operation);
	const isShownNowhereElse = union.resources.every((resource) =>
		union.operations.every(
			(operation) =>
				shows(node, resource, operation) !== shows(field, resource, operation) ||
				!hasParameters(resource, operation, conditionNames),
		),
	);
	return isShownNowhereElse && !precedes(node, predecessors);
}

/** Whether the order of the forms puts a field before one of the others, or it is one of them. */
function precedes(earlier: FieldNode, fields: Iterable<FieldNode>, seen = new Set<FieldNode>()): boolean {
	for (const field of fields) {
		if (field === earlier) return true;
		if (seen.has(field)) continue;
		seen.add(field);
		if (precedes(earlier, field.predecessors, seen)) return true;
	}
	return false;
}

type Forms = Pick<SharedField, 'resources' | 'operations'>;

function unionOfForms(one: Forms, other: Forms): Forms {
	return {
		resources: [...new Set([...one.resources, ...other.resources])],
		operations: [...new Set([...one.operations, ...other.operations])],
	};
}

function mergeFields(one: SharedField, other: SharedField): SharedField {
	return {
		...one,
		...unionOfForms(one, other),
		...(one.options && other.options ? { options: mergeOptions(one.options, other.options) } : {}),
	};
}

/** Returns the fields in an order that fits all forms. The fields of one resource stay together, which compresses best. */
function sortByForms(nodes: FieldNode[]): SharedField[] {
	const sorted = new Set<FieldNode>();
	const add = (node: FieldNode): void => {
		if (sorted.has(node)) return;
		node.predecessors.forEach(add);
		sorted.add(node);
	};
	nodes.filter(({ resources }) => resources.length === 1).forEach(add);
	nodes.forEach(add);
	return [...sorted];
}
