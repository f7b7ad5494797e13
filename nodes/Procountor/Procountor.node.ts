import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties } from './engine/properties';
import { execute } from './engine/execute';
import { listColumnMethods } from './engine/rowsFromList';
import { operationSubtitle } from './engine/subtitle';
import { authentication } from './engine/authentication';
import { listSearch, loadOptions } from './listSearch';
import { resources } from './resources';

export class Procountor implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procountor',
		name: 'procountor',
		icon: { light: 'file:procountor.svg', dark: 'file:procountor.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle,
		description: 'Work with invoices, receipts, registers and payments in Procountor',
		defaults: { name: 'Procountor' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'procountorApi', required: true, displayOptions: { show: { authentication: ['apiKey'] } } },
			{ name: 'procountorOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		properties: [
			{ ...authentication, displayOptions: { hide: { resource: ['importFile'] } } },
			...nodeProperties(resources),
		],
	};

	methods = { listSearch, loadOptions, resourceMapping: listColumnMethods(resources) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, resources);
	}
}
