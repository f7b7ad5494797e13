/** The description contains a field once for many forms: each form must still show its own fields, in its own order. */
import type { INodeProperties } from 'n8n-workflow';
import { Procountor } from '../../../nodes/Procountor/Procountor.node';
import { operationProperties } from '../../../nodes/Procountor/engine/properties';
import { resources } from '../../../nodes/Procountor/resources';
import { shownEntries } from '../../shownEntries';

const { properties } = new Procountor().description;
const forms = resources.flatMap(({ value, operations }) =>
	Object.entries(operations).map(([name, operation]) => ({ resource: value, name, operation })),
);

const isShown = ({ displayOptions: { show = {} } = {} }: INodeProperties, resource: string, name: string): boolean =>
	show.resource?.includes(resource) === true && show.operation?.includes(name) === true;

/** A field without the conditions that assign it to a form. */
function withoutForms(property: INodeProperties): INodeProperties {
	const { displayOptions: { show, ...others } = {}, ...rest } = property;
	const own = Object.entries(show ?? {}).filter(([name]) => !/^\/?(resource|operation)$/.test(name));
	const conditions = { ...others, ...(own.length ? { show: Object.fromEntries(own) } : {}) };
	return Object.keys(conditions).length ? { ...rest, displayOptions: conditions } : rest;
}

function formIn(resource: string, name: string): INodeProperties[] {
	return properties
		.filter((property) => isShown(property, resource, name))
		.map((property) =>
			property.type === 'collection'
				? {
						...withoutForms(property),
						options: shownEntries(property, { resource, operation: name }).map(withoutForms),
					}
				: withoutForms(property),
		);
}

describe('Fields that several forms share', () => {
	it.each(forms)('appear in $resource: $name as declared', ({ resource, name, operation }) => {
		const declared = operationProperties(operation);
		const unique = [...new Map(declared.map((field) => [JSON.stringify(field), field])).values()];
		expect(formIn(resource, name)).toEqual(unique);
	});
});
