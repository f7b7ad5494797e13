import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { groupOf } from '../../../nodes/Procountor/engine/collections';
import { resources } from '../../../nodes/Procountor/resources';

/** Moves optional fields from `additionalFields` of a test to the group of the form that contains them. */
export function inGroups(parameters: INodeParameters): INodeParameters {
	const operation = resources.find(({ value }) => value === parameters.resource)?.operations[
		String(parameters.operation)
	];
	const { additionalFields, ...rest } = parameters;
	if (!operation?.groups || typeof additionalFields !== 'object') return parameters;
	const result: IDataObject = { ...(rest as IDataObject) };
	for (const [field, value] of Object.entries(additionalFields as IDataObject)) {
		const group = groupOf(operation, field)?.name ?? 'additionalFields';
		if (operation.fields.some((one) => one.name === field)) result[field] = value;
		else result[group] = { ...(result[group] as IDataObject), [field]: value };
	}
	return result as INodeParameters;
}
