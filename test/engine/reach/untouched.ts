/** What n8n's editor saves of a form in which everything was added and nothing was touched. */
import {
	deepCopy,
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import { Procountor } from '../../../nodes/Procountor/Procountor.node';
import { shownEntries } from '../../shownEntries';

const { description } = new Procountor();

const isTable = ({ type, typeOptions }: INodeProperties): boolean =>
	type === 'fixedCollection' && typeOptions?.multipleValues === true;

/** A field as the editor adds it: at its default, or for a table with one row of such fields. */
function added(property: INodeProperties, form: INodeParameters): INodeParameters[string] {
	if (property.type === 'collection')
		return Object.fromEntries(shownEntries(property, form).map((one) => [one.name, added(one, form)]));
	if (isTable(property)) {
		const [{ name, values }] = property.options as INodePropertyCollection[];
		return { [name]: [Object.fromEntries(values.map((one) => [one.name, inRow(one, form)]))] };
	}
	return deepCopy(property.default);
}

/** The editor marks a picker as such in a row, as it does at the top of the form, but not in a collection. */
function inRow(property: INodeProperties, form: INodeParameters): INodeParameters[string] {
	const value = added(property, form);
	return property.type === 'resourceLocator' ? ({ __rl: true, ...(value as object) } as INodeParameters) : value;
}

/** Parameters of one operation with all options and a row in each table, as the editor sends them to be stored. */
export function savedByEditor(resource: string, operation: string): INodeParameters {
	const node: INode = {
		id: 'node',
		name: 'Procountor',
		type: 'n8n-nodes-procountor.procountor',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource, operation },
	};
	const start = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description);
	const values: INodeParameters = { ...start };
	for (const property of description.properties)
		if (
			(property.type === 'collection' || isTable(property)) &&
			NodeHelpers.displayParameter({ ...values, ...start } as INodeParameters, property, node, description)
		)
			values[property.name] = added(property, { resource, operation });
	return NodeHelpers.getNodeParameters(description.properties, values, false, false, node, description) ?? {};
}

const isObject = (value: unknown): value is Record<string, INodeParameters[string]> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !('mode' in value);

/** The same with each option alone: of a collection, and of each field of a row. */
export function optionsIn(saved: INodeParameters): INodeParameters[] {
	return Object.entries(saved).flatMap(([name, value]) => {
		const property = description.properties.find(
			(one) => one.name === name && (one.type === 'collection' || isTable(one)),
		);
		if (!property || !isObject(value)) return [];
		if (property.type === 'collection')
			return Object.entries(value).map(([option, inner]) => ({ [name]: { [option]: inner } }));
		return Object.entries(rowOf(value) ?? {}).flatMap(([cell, inner]) =>
			cell === 'moreFields' && isObject(inner)
				? Object.entries(inner).map(([more, deepest]) => ({ [name]: { row: [{ moreFields: { [more]: deepest } }] } }))
				: [{ [name]: { row: [{ [cell]: inner }] } }],
		);
	}) as INodeParameters[];
}

/** Saved parameters with what a person must fill in; a table's row is joined field by field. */
export function mergedOver(saved: INodeParameters, required: INodeParameters): INodeParameters {
	const result: INodeParameters = { ...saved };
	for (const [name, value] of Object.entries(required)) {
		const [mine, theirs] = [rowOf(result[name]), rowOf(value)];
		const here = result[name];
		if (mine && theirs) result[name] = { row: [{ ...mine, ...theirs }] };
		else result[name] = isObject(here) && isObject(value) ? ({ ...here, ...value } as INodeParameters) : value;
	}
	return result;
}

function rowOf(value: unknown): INodeParameters | undefined {
	const rows = isObject(value) ? value.row : undefined;
	return Array.isArray(rows) ? (rows[0] as INodeParameters) : undefined;
}
