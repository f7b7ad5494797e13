/** Incoming items name their fields as the node's other operations do. */
import { fileKind } from '../../../../nodes/Procountor/resources/importFile/kinds';
import { expandNames } from '../../../../nodes/Procountor/resources/importFile/record';
import { getPath } from '../../../../nodes/Procountor/utils/objects';
import { simplified } from '../../../../nodes/Procountor/engine/simplify';
import { resources } from '../../../../nodes/Procountor/resources';

const operationsOf = (name: string) => Object.values(resources.find(({ value }) => value === name)?.operations ?? {});

/** Fields that a form calls otherwise than the file's record, with the column that they would fill. */
const pairs = [
	['invoice', 'invoices'],
	['businessPartner', 'businessPartners'],
	['product', 'products'],
	['dimension', 'dimensions'],
].flatMap(([resource, file]) => {
	const { row } = fileKind(file);
	const fields = operationsOf(resource)
		.filter(({ call }) => call?.startsWith('POST') || call?.startsWith('PUT'))
		.flatMap(({ fields: shown, optional }) => [...shown, ...optional]);
	const named = fields.filter(
		({ in: place, path }) => place === 'body' && row.columns.some((column) => column.path === path),
	);
	return [...new Map(named.map(({ name, path }) => [`${name} ${path}`, [file, name, path] as const])).values()];
});

it('covers the fields of the forms', () => {
	expect(pairs.length).toBeGreaterThan(40);
});

it.each(pairs)('%s: %s is understood as %s', (file, name, at) => {
	expect(getPath(expandNames({ [name]: 'value' }, fileKind(file).row), at)).toBe('value');
});

it.each(['invoices', 'businessPartners'])('%s: items that another operation has simplified are understood', (file) => {
	const { row } = fileKind(file);
	for (const { path, format } of row.columns) {
		if (!path.includes('.') || /\d/.test(path) || format.name === 'address') continue;
		const record = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'value');
		const flat = simplified(record as never, [path]);
		// Two fields whose simplified names are the same cannot be told apart.
		const twins = row.columns.filter(
			(other) =>
				other.path.includes('.') &&
				Object.keys(
					simplified(
						other.path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'value') as never,
						[other.path],
					),
				)[0] === Object.keys(flat)[0],
		);
		if (twins.length === 1) expect([path, getPath(expandNames(flat, row), path)]).toEqual([path, 'value']);
	}
});
