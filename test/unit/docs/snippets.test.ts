/**
 * Checks every JSON block of the documentation by the words after ```json on its opening line:
 *
 * - `item KIND`: an item for Import File: Create, written into that kind of file;
 * - `rows RESOURCE.OPERATION FIELD`: the value of a table given as JSON;
 * - `parameters RESOURCE.OPERATION`: the parameters of a node;
 * - `workflow`: nodes to paste into the editor;
 * - `body CALL`: the body of a request, checked against the contract;
 * - `output`: the output of a node; it only has to be JSON. With the name of an operation after it, and for rows and items,
 *   `test/engine/docs/snippets.test.ts` runs the block.
 */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { NodeHelpers, type IDataObject, type INode, type INodeParameters } from 'n8n-workflow';
import contract from '../../contract/contract.json';
import { contractOperations } from '../../contract/read';
import { coerce } from '../../../nodes/Procountor/engine/coerce';
import type { Operation } from '../../../nodes/Procountor/engine/types';
import { Procountor } from '../../../nodes/Procountor/Procountor.node';
import { shownEntries } from '../../shownEntries';
import { resources } from '../../../nodes/Procountor/resources';
import { fileKinds } from '../../../nodes/Procountor/resources/importFile/kinds';
import { writeRecord, recordsInItem } from '../../../nodes/Procountor/resources/importFile/writer';
import { type CodeBlock, documentationFiles, readPage } from './markdown';

const { description } = new Procountor();

const blocks = documentationFiles()
	.flatMap((file) => readPage(file).blocks.map((block) => ({ ...block, at: `${file}:${block.line}` })))
	.filter(({ language }) => /^json/i.test(language));

/** The faults of a JSON block; an empty list for a valid one. */
function faultsOf({ info, text }: Pick<CodeBlock, 'info' | 'text'>): unknown[] {
	const value: unknown = JSON.parse(text);
	const [kind, first = '', second = ''] = info.split(' ');
	switch (kind) {
		case 'item':
			return itemFaults(first, value as IDataObject);
		case 'rows':
			return rowFaults(operationNamed(first), second, value);
		case 'parameters': {
			const [resource, operation] = first.split('.');
			operationNamed(first);
			return parameterFaults({ resource, operation, ...(value as INodeParameters) });
		}
		case 'workflow':
			return (value as { nodes: INode[] }).nodes
				.filter(({ type }) => type === 'n8n-nodes-procountor.procountor')
				.flatMap(({ parameters }) => parameterFaults(parameters));
		case 'body':
			return bodyFaults(`${first} ${second}`, value);
		case 'output':
			return [];
		default:
			return [`'${info}' is not a kind of block`];
	}
}

function operationNamed(name: string): Operation {
	const [resource, operation] = name.split('.');
	const found = resources.find(({ value }) => value === resource)?.operations[operation];
	if (found === undefined) throw new Error(`there is no operation ${name}`);
	return found;
}

function itemFaults(kindName: string, item: IDataObject): unknown[] {
	const kind = fileKinds.find(({ value }) => value === kindName);
	if (kind === undefined) throw new Error(`there is no import file ${kindName}`);
	const records = recordsInItem(kind, item);
	if (records.length === 0) return ['contains no record'];
	return records.flatMap((record) => {
		const lines = writeRecord(kind, record, {});
		return 'faults' in lines ? lines.faults : [];
	});
}

function rowFaults({ fields }: Operation, name: string, value: unknown): unknown[] {
	const field = fields.find((one) => one.name === name);
	if (field?.columns === undefined) throw new Error(`there is no table ${name}`);
	const columns = field.columns.map((column) => column.path);
	const rows = value as IDataObject[];
	const strangers = rows.flatMap((row) => Object.keys(row)).filter((key) => !columns.includes(key));
	return [...strangers.map((key) => `no column ${key}`), ...coerce(field.schema, value, name).faults];
}

/** The parameters that the editor does not show for this operation, and unknown optional fields. */
function parameterFaults(parameters: INodeParameters): unknown[] {
	const node: INode = {
		id: '1',
		name: 'Procountor',
		type: 'n8n-nodes-procountor.procountor',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const values =
		NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, node, description),
	);
	const unknown = Object.keys(parameters).filter((name) => !shown.some((property) => property.name === name));
	const strangers = shown
		.filter(({ type }) => type === 'collection')
		.flatMap((property) => {
			const known = shownEntries(property, values).map(({ name }) => name);
			return Object.keys((parameters[property.name] ?? {}) as object).filter((given) => !known.includes(given));
		});
	return [...unknown, ...strangers];
}

function bodyFaults(call: string, value: unknown): unknown[] {
	const body = contractOperations.find((one) => one.call === call)?.body;
	if (body === undefined) throw new Error(`there is no call ${call} with a body`);
	const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
	ajv.addFormat('date-time', true);
	ajv.addSchema(contract, 'contract');
	const inContract = JSON.parse(JSON.stringify(body).replaceAll('"#/', '"contract#/')) as object;
	ajv.validate(inContract, value);
	return ajv.errors ?? [];
}

describe('JSON in the documentation', () => {
	it('exists', () => {
		expect(blocks.length).toBeGreaterThan(0);
	});

	it.each(blocks)('matches its declaration at $at: $info', (block) => {
		expect(faultsOf(block)).toEqual([]);
	});

	it.each<[string, unknown]>([
		['', {}],
		['item invoices', { type: 'SALES_INVOICE', dueDate: 'soon' }],
		['rows invoice.create invoiceRows', [{ prodct: 'Coffee' }]],
		['parameters invoice.approve', { invoice: 12 }],
		['workflow', { nodes: [{ type: 'n8n-nodes-procountor.procountor', parameters: { resource: 'invoice', x: 1 } }] }],
		['body PUT /invoices/{invoiceId}/paymentevents/markpaid', { amount: 'all' }],
	])('is reported if the block is wrong: %s', (info, value) => {
		expect(faultsOf({ info, text: JSON.stringify(value) })).not.toEqual([]);
	});
});
