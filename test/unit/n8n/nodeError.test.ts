import type { INode } from 'n8n-workflow';
import { nodeError } from '../../../nodes/Procountor/n8n/nodeError';

const node = (type: string): INode => ({ id: '1', name: 'P', type, typeVersion: 1, position: [0, 0], parameters: {} });
const tool = node('n8n-nodes-procountor.procountorTool');
const field = { field: 'Row 1, VAT %', message: 'is 24, which is not in use', advice: 'Use one of 25.5, 13.5, 0.' };

describe('Errors of an AI tool', () => {
	it.each([
		['an input', field],
		['a response', { ...field, status: 400 }],
	])('contain the advice in the message, once: %s', (_, problem) => {
		const { message, description } = nodeError(tool, problem);
		expect(message).toBe('Row 1, VAT % is 24, which is not in use. Use one of 25.5, 13.5, 0.');
		expect(description ?? '').toBe('');
	});

	it('contain only one sentence if there is no advice', () => {
		expect(nodeError(tool, { message: 'The execution was canceled' }).message).toBe('The execution was canceled');
	});
});

describe('Errors of a node', () => {
	it('contain the advice below the message', () => {
		const { message, description } = nodeError(node('n8n-nodes-procountor.procountor'), field);
		expect([message, description]).toEqual(['Row 1, VAT % is 24, which is not in use', 'Use one of 25.5, 13.5, 0.']);
	});
});
