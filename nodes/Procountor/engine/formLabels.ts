import type { LabelOf } from '../labels/fieldLabel';
import type { Field, Operation } from './types';

/**
 * Returns the labels of an operation's form by the API's paths without row numbers: `invoiceRows.vatStatus` has 'VAT
 * Status'. With them, the node's checks and explained errors of Procountor name a field as the form does.
 */
export function formLabels({ fields, optional }: Pick<Operation, 'fields' | 'optional'>): LabelOf {
	const labels = new Map<string, string>();
	const add = (field: Field, prefix: string): void => {
		const path = prefix ? `${prefix}.${field.path}` : field.path;
		// A filter can have the same path as a field of the body. The first one counts.
		if (!labels.has(path)) labels.set(path, field.label);
		for (const column of field.columns ?? []) add(column, path);
	};
	for (const place of ['body', 'setting'] as const) {
		for (const field of [...fields, ...optional]) if (field.in === place && field.path !== '') add(field, '');
	}
	for (const field of [...fields, ...optional]) if (!labels.has(field.path)) add(field, '');
	return (path) => labels.get(path);
}
