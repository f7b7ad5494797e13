/** The workflows of the queue test: what a shop's orders start, and files. Production executions, so that workers run them. */
import type { IConnections, INode } from 'n8n-workflow';
import type { WorkflowDefinition } from '../e2e/driver';
import type { Login } from '../e2e/workflows';
import { newInvoice, procountor } from '../versions/flows';

type Step = Omit<INode, 'id' | 'position'>;

function webhookFlow(path: string, ...steps: Step[]): WorkflowDefinition {
	const webhook: Step = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, options: {} },
		webhookId: path,
	};
	const all = [webhook, ...steps];
	const connections: IConnections = {};
	for (const [index, { name: from }] of all.slice(0, -1).entries())
		connections[from] = { main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] };
	return {
		name: path,
		nodes: all.map((one, index) => ({ id: String(index), position: [200 * index, 0], ...one })),
		connections,
	};
}

/** Makes a sales invoice for each order number that is posted to the webhook, and reads it back. */
export const orderFlow = (path: string, login: Login): WorkflowDefinition =>
	webhookFlow(
		path,
		{
			name: 'Orders',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.orders', options: {} },
		},
		procountor('Create', login, {
			...newInvoice('=Ravintola {{ $json["body.orders"] }} Oy'),
			originalInvoiceNumber: '={{ $json["body.orders"] }}',
		}),
		procountor('Get', login, {
			resource: 'invoice',
			operation: 'get',
			invoiceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		}),
	);

/** Attaches the posted file to an invoice, and downloads it again. */
export const fileFlow = (path: string, login: Login): WorkflowDefinition =>
	webhookFlow(
		path,
		procountor('Upload', login, {
			resource: 'attachment',
			operation: 'upload',
			referenceType: 'INVOICE',
			referenceId: '={{ $json.query.invoice }}',
		}),
		procountor('Download', login, {
			resource: 'attachment',
			operation: 'download',
			attachmentId: '={{ $json.id }}',
		}),
	);
