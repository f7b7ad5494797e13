/** The workflows of the matrix, as the editor of each release would save them. */
import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowDefinition } from '../e2e/driver';
import { packageName, startName, type Login } from '../e2e/workflows';

type Step = Omit<INode, 'id' | 'position'>;

const step = (name: string, type: string, typeVersion: number, parameters: INodeParameters): Step => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters,
});

/** One item for each object. */
export const items = (records: IDataObject[]): Step[] => [
	step('Data', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ records }), options: {} }),
	step('Items', 'splitOut', 1, { fieldToSplitOut: 'records', options: {} }),
];

/** Makes a file of the field `content`, which is Base64. */
export const file = (fileName: string): Step =>
	step('File', 'convertToFile', 1.1, {
		operation: 'toBinary',
		sourceProperty: 'content',
		options: { fileName, mimeType: 'image/png' },
	});

export const procountor = (
	name: string,
	login: Login,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): Step => ({
	name,
	type: `${packageName}.procountor`,
	typeVersion: 1,
	parameters: { authentication: login.authentication, ...parameters },
	credentials: { [login.type]: login.credential },
	...more,
});

/** A workflow that is started by hand and runs the steps one after the other. */
export function flow(name: string, ...steps: Step[]): WorkflowDefinition {
	const all = [step(startName, 'manualTrigger', 1, {}), ...steps];
	const nodes = all.map((one, index): INode => ({ id: String(index), position: [200 * index, 0], ...one }));
	const connections: IConnections = {};
	for (const [index, { name: from }] of all.slice(0, -1).entries())
		connections[from] = { main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] };
	return { name, nodes, connections };
}

/** Parameters of Sales Invoice: Create for one coffee. */
export const newInvoice = (counterPartyName: string): INodeParameters => ({
	resource: 'invoice',
	operation: 'create',
	counterPartyName,
	date: '2026-10-01',
	dueDate: '2026-10-15',
	bankAccount: 'FI2112345600000785',
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify([
		{ product: 'Kahvi', quantity: 1, unit: 'KILOGRAM', unitPrice: 12.5, vatPercent: 13.5, discountPercent: 0 },
	]),
	sendingFields: { language: 'FINNISH' },
});
