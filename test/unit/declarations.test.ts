import type { INodeProperties } from 'n8n-workflow';
import {
	contractOperations,
	resolved,
	schemaAtPath,
	type ContractOperation,
	type ContractSchema,
} from '../contract/read';
import { nodeProperties, operationProperties } from '../../nodes/Procountor/engine/properties';
import type { Field, Operation, Resource } from '../../nodes/Procountor/engine/types';
import { resolve, type Schema } from '../../nodes/Procountor/api/contract';
import { resources } from '../../nodes/Procountor/resources';

const byCall = new Map(contractOperations.map((operation) => [operation.call, operation]));
const declared = resources.flatMap(({ value, operations }) =>
	Object.entries(operations).map(([key, operation]) => ({ name: `${value}: ${key}`, operation })),
);

/** The faults of all operations, each with the operation's name, so that a failure shows where to look. */
const faultsOf = (check: (operation: Operation) => unknown[], among = declared): string[] =>
	among.flatMap(({ name, operation }) => check(operation).map((fault) => `${name}: ${String(fault)}`));
const withCall = declared.filter(({ operation }) => operation.call !== undefined);

const callsOf = ({ call, calls = [], details, findInList }: Operation): string[] =>
	[call, ...calls, details, findInList].filter((one) => one !== undefined);
const contractOf = (operation: Operation): ContractOperation => byCall.get(operation.call ?? '') as ContractOperation;
const allFields = ({ fields, optional }: Operation): Field[] => [...fields, ...optional];
const repeated = (words: readonly unknown[]): unknown[] => words.filter((word, index) => words.indexOf(word) !== index);

/** The limits of a value, as text; `format` only if it affects the value. */
function limits(schema: Schema | ContractSchema): string {
	const { type, minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = schema;
	const format = schema.format?.startsWith('date') ? schema.format : undefined;
	return JSON.stringify({
		type,
		minimum,
		maximum: type === 'string' ? undefined : maximum,
		minLength: minLength || undefined,
		maxLength,
		minItems,
		maxItems,
		pattern,
		format,
		enum: schema.enum,
	});
}

/** The differences between a declared value and the contract. */
function departure(at: string, schema: ContractSchema | undefined, field: Field): string[] {
	if (schema === undefined) return [`'${at}' is not in the contract`];
	const [wanted, is] = [limits(resolved(schema)), limits(resolve(field.schema))];
	return wanted === is ? [] : [`'${at}' has the limits ${is} in place of ${wanted}`];
}

/** The contract's schema of a field: a parameter, or a part of the body. */
function inContract(operation: Operation, { path, in: place }: Field): ContractSchema | undefined {
	const contract = contractOf(operation);
	if (place !== 'body')
		return contract.parameters.find(({ name, in: where }) => name === path && where === place)?.schema;
	return contract.body === undefined || path === '' ? contract.body : schemaAtPath(contract.body, path);
}

/** The editor parameters of one form: those of its own level and of each collection. */
function levelsOf(operation: Operation): INodeProperties[][] {
	const properties = operationProperties(operation);
	const collections = properties
		.filter(({ type }) => type === 'collection')
		.map(({ options }) => options as INodeProperties[]);
	// Two values that look the same are one parameter of the editor, which fills both places.
	return [properties, ...collections].map((level) => [
		...new Map(level.map((property) => [JSON.stringify(property), property])).values(),
	]);
}

it('The operations reach every API call except the deprecated ones', () => {
	const reached = new Set(declared.flatMap(({ operation }) => callsOf(operation)));
	expect(
		contractOperations.filter(({ call, deprecated }) => !deprecated && !reached.has(call)).map(({ call }) => call),
	).toEqual([]);
});

it('The operations use only calls that the contract contains and has not deprecated', () => {
	expect(faultsOf((operation) => callsOf(operation).filter((call) => byCall.get(call)?.deprecated !== false))).toEqual(
		[],
	);
});

it('Resources, operations and actions have unique names', () => {
	const values = (pick: (resource: Resource) => string): string[] => resources.map(pick);
	expect(repeated(values(({ value }) => value))).toEqual([]);
	expect(repeated(values(({ name }) => name))).toEqual([]);
	expect(repeated(declared.map(({ operation }) => operation.action))).toEqual([]);
	expect(
		resources.flatMap(({ value, operations }) =>
			repeated(Object.values(operations).map(({ name }) => name)).map((name) => `${value}: ${String(name)}`),
		),
	).toEqual([]);
	expect(declared.map(({ name }) => name).filter((name) => !/^[a-z][A-Za-z]*: [a-z][A-Za-z]*$/.test(name))).toEqual([]);
});

it('Every operation has a description that differs from its action', () => {
	expect(
		faultsOf(({ action, description }) =>
			action.trim() && description.trim() && action.toLowerCase() !== description.toLowerCase()
				? []
				: [`'${action}', '${description}'`],
		),
	).toEqual([]);
});

it('No form or table has two fields with the same name or label', () => {
	expect(
		faultsOf((operation) => levelsOf(operation).flatMap((level) => repeated(level.map(({ name }) => name)))),
	).toEqual([]);
	expect(
		faultsOf((operation) =>
			levelsOf(operation).flatMap((level) => repeated(level.map(({ displayName }) => displayName))),
		),
	).toEqual([]);
	const columns =
		(pick: (field: Field) => string) =>
		(operation: Operation): unknown[] =>
			allFields(operation).flatMap((field) => repeated((field.columns ?? []).map(pick)));
	expect(faultsOf(columns(({ name }) => name))).toEqual([]);
	expect(faultsOf(columns(({ label }) => label))).toEqual([]);
});

it('Every form shows its fields in the order of its declaration', () => {
	const written = nodeProperties(resources);
	const shown = (resource: string, operation: string): string[] =>
		written
			.filter(
				({ displayOptions }) =>
					displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(operation),
			)
			.map(({ name }) => name);
	const faults = resources.flatMap(({ value, operations }) =>
		Object.entries(operations).flatMap(([key, operation]) => {
			const [wanted, is] = [levelsOf(operation)[0].map(({ name }) => name), shown(value, key)];
			return String(wanted) === String(is)
				? []
				: [`${value}: ${key} shows ${String(is)} in place of ${String(wanted)}`];
		}),
	);
	expect(faults).toEqual([]);
});

it('Every field belongs to its call and has the limits of the contract', () => {
	const values = (operation: Operation): string[] =>
		allFields(operation)
			.filter(({ in: place }) => place !== 'setting')
			.flatMap((field) => departure(field.path, inContract(operation, field), field));
	const columns = (operation: Operation): string[] =>
		allFields(operation)
			.filter(({ in: place }) => place === 'body')
			.flatMap(({ path, columns = [] }) =>
				columns.flatMap((column) =>
					departure(
						`${path}.${column.path}`,
						schemaAtPath(contractOf(operation).body ?? {}, `${path}.${column.path}`),
						column,
					),
				),
			);
	expect(faultsOf(values, withCall)).toEqual([]);
	expect(faultsOf(columns, withCall)).toEqual([]);
});

it('Every form requests the values that its call requires', () => {
	// A job finds the values for its steps itself; a body of changes has no required fields.
	const plain = withCall.filter(({ operation }) => operation.kind !== 'job');
	const isGiven = (operation: Operation, name: string, place: string): boolean =>
		operation.fixed?.[name] !== undefined ||
		operation.defaults?.[name] !== undefined ||
		operation.fields.some(
			(field) =>
				field.in === place &&
				(place === 'body' ? field.path.split('.')[0] === name : field.path === name && field.required),
		);
	expect(
		faultsOf(
			(operation) =>
				contractOf(operation)
					.parameters.filter(({ name, in: place, required }) => required && !isGiven(operation, name, place))
					.map(({ name }) => name),
			plain,
		),
	).toEqual([]);

	const withBody = plain.filter(
		({ operation }) =>
			contractOf(operation).body &&
			!operation.partial &&
			operation.kind !== 'upload' &&
			!operationProperties(operation).some(({ name, required }) => name === 'bodyJson' && required),
	);
	expect(
		faultsOf(
			(operation) =>
				(resolved(contractOf(operation).body ?? {}).required ?? []).filter((name) => !isGiven(operation, name, 'body')),
			withBody,
		),
	).toEqual([]);
});

it('Descriptions mention the Procountor Key app exactly where a user has to confirm', () => {
	const asksForResult = ({ call }: Operation): boolean => call === 'GET /mfatransactionresult/{transactionIdentifier}';
	const isConfirmed = (operation: Operation): boolean => contractOf(operation).secondFactor || asksForResult(operation);
	expect(
		faultsOf(
			(operation) =>
				operation.description.includes('Procountor Key') === isConfirmed(operation) ? [] : [operation.description],
			withCall,
		),
	).toEqual([]);
});

it('Forms with dates to write, and no others, offer to read serial numbers as dates', () => {
	const isDate = ({ schema, columns = [] }: Field): boolean =>
		resolve(schema).format?.startsWith('date') === true || columns.some(isDate);
	const reads = (name: string): boolean => /: (get|download)/.test(name);
	expect(
		declared
			.filter(({ name, operation: { kind } }) => kind !== 'list' && !reads(name))
			.filter(({ operation }) => allFields(operation).some(isDate))
			.filter(({ operation }) => !operation.optional.some(({ name }) => name === 'serialDates'))
			.map(({ name }) => name),
	).toEqual([]);
	expect(
		declared
			.filter(({ operation }) => operation.optional.some(({ name }) => name === 'serialDates'))
			.filter(({ name, operation }) => !allFields(operation).some(isDate) && name !== 'importFile: create')
			.map(({ name }) => name),
	).toEqual([]);
});

it('A simplified record has at most ten different fields, or 16 if it is flat', () => {
	const faultsOfFields = (simple: Operation['simple'] = []) => {
		if ('fields' in simple) return Object.keys(simple.fields).length > 16 ? ['too many fields'] : [];
		const fields = simple.map((one) => (typeof one === 'string' ? one : one[0]));
		return fields.length > 10 ? [`${fields.length} fields`] : repeated(fields);
	};
	expect(
		faultsOf(({ simple, simpleDetails }) => [...faultsOfFields(simple), ...faultsOfFields(simpleDetails)]),
	).toEqual([]);
});

it('A simplified list declares which fields of a full record it keeps', () => {
	expect(
		faultsOf(({ name, simple, details, simpleDetails }) =>
			simple && details && simpleDetails === undefined ? [name] : [],
		),
	).toEqual([]);
});
