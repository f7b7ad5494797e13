/** The first node of test workflows, which returns the items of the run. */
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

export const startNode = (name: string): INodeType => ({
	description: {
		displayName: 'Start',
		name,
		group: ['transform'],
		version: [1, 1.1, 1.2],
		description: 'Gives on the items that the run was started with',
		defaults: { name: 'Start' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
});
