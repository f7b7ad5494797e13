/** Tests that incoming items can use the field names of the node's other operations. */
import { fileKind } from '../../../../nodes/Procountor/resources/importFile/kinds';
import { expandNames } from '../../../../nodes/Procountor/resources/importFile/record';
import { getPath } from '../../../../nodes/Procountor/utils/objects';
import { simplify } from '../../../../nodes/Procountor/engine/simplify';
import { resources } from '../../../../nodes/Procountor/resources';

const operationsOf = (name: string) => Object.values(resources.find(({ value }) => value === name)?.operations ?? {});

/** Fields of the forms, each with the file and the column that it fills. */
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

it('The forms have more than 40 fields in common with the files', () => {
	expect(pairs.length).toBeGreaterThan(40);
});

it.each(pairs)('A file of %s reads the field %s as %s', (file, name, at) => {
	expect(getPath(expandNames({ [name]: 'value' }, fileKind(file).row), at)).toBe('value');
});

it.each(['invoices', 'businessPartners'])('A file of %s reads items that another operation has simplified', (file) => {
	const { row } = fileKind(file);
	for (const { path, format } of row.columns) {
		if (!path.includes('.') || /\d/.test(path) || format.name === 'address') continue;
		const record = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'value');
		const flat = simplify(record as never, [path]);
		// Two fields with the same simplified name cannot be distinguished.
		const twins = row.columns.filter(
			(other) =>
				other.path.includes('.') &&
				Object.keys(
					simplify(other.path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'value') as never, [
						other.path,
					]),
				)[0] === Object.keys(flat)[0],
		);
		if (twins.length === 1) expect([path, getPath(expandNames(flat, row), path)]).toEqual([path, 'value']);
	}
});
