import type { LabelOf } from '../labels/fieldLabel';
import type { Field, Operation } from './types';

/**
 * Returns the labels of an operation's form by the API's paths, without row numbers: `invoiceRows.vatStatus` has 'VAT
 * Status'. Our own checks and explained errors of Procountor then name a field as its form does.
 */
export function formLabels({ fields, optional }: Pick<Operation, 'fields' | 'optional'>): LabelOf {
	const labels = new Map<string, string>();
	const add = (field: Field, prefix: string): void => {
		const path = prefix ? `${prefix}.${field.path}` : field.path;
		// The first one shown wins: a filter can share its name with a field of the body.
		if (!labels.has(path)) labels.set(path, field.label);
		for (const column of field.columns ?? []) add(column, path);
	};
	for (const place of ['body', 'setting'] as const) {
		for (const field of [...fields, ...optional]) if (field.in === place && field.path !== '') add(field, '');
	}
	for (const field of [...fields, ...optional]) if (!labels.has(field.path)) add(field, '');
	return (path) => labels.get(path);
}
