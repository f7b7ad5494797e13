import { formLabels } from '../../../nodes/Procountor/engine/formLabels';
import type { Field } from '../../../nodes/Procountor/engine/types';
import { explainFaults } from '../../../nodes/Procountor/labels/explainFaults';
import { resources } from '../../../nodes/Procountor/resources';

/** Every field of a body with the path that Procountor uses for it; table columns are in their second row. */
function placements(field: Field, prefix = ''): Array<{ path: string; label: string }> {
	const path = `${prefix}${field.path}`;
	const columns = (field.columns ?? []).flatMap((column) => placements(column, `${path}[1].`));
	return [{ path, label: field.label }, ...columns];
}

const operations = resources.flatMap((resource) =>
	Object.entries(resource.operations).map(([key, operation]) => ({ name: `${resource.value}: ${key}`, operation })),
);

describe('Labels in messages', () => {
	it("match the form's labels for every field of every body", () => {
		const different: string[] = [];
		let count = 0;
		for (const { name, operation } of operations) {
			const labelOf = formLabels(operation);
			const fields = [...operation.fields, ...operation.optional].filter(
				({ in: place, path }) => place === 'body' && path !== '',
			);
			for (const { path, label } of fields.flatMap((field) => placements(field))) {
				count++;
				const { message } = explainFaults([{ field: path, message: 'SOME_CODE' }], labelOf);
				if (!message.endsWith(`${label}: SOME_CODE`)) different.push(`${name}: ${path} is ${label}, but: ${message}`);
			}
		}
		process.stdout.write(`form label = message label: ${count - different.length} of ${count} placements\n`);
		expect(different).toEqual([]);
		expect(count).toBeGreaterThan(500);
	});

	it('name the personal identity code of a person, not a business ID', () => {
		const create = resources.find(({ value }) => value === 'person')?.operations.create;
		const labelOf = create && formLabels(create);
		expect(explainFaults([{ field: 'invoicingInfo.identifier', message: 'INVALID_SSN' }], labelOf).message).toBe(
			'Personal Identity Code: INVALID_SSN',
		);
	});
});
