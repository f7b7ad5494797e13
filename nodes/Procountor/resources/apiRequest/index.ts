import { prepareApiRequest } from './handler';
import { job, resource } from '../../engine/declare';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const apiRequest = resource('apiRequest', 'API Request', ['API request', 'API requests'], {
	send: job(
		prepareApiRequest,
		undefined,
		'Send',
		'Sends any request to the API, for what has no operation of its own; same rate limit and retries',
		{
			extraFields: [
				[
					'method',
					{ type: 'string', enum: methods },
					{
						label: 'Method',
						default: 'GET',
						required: true,
						choices: Object.fromEntries(methods.map((method) => [method, method])),
					},
				],
				[
					'path',
					{ type: 'string' },
					{
						label: 'Path',
						required: true,
						description: 'What follows server and version in the address',
						placeholder: 'e.g. /invoices/12345/comments',
					},
				],
				[
					'query',
					{ type: 'object' },
					{ label: 'Query Parameters', description: 'Names and values; lists become values separated by commas' },
				],
				['requestBody', {}, { label: 'Body', description: 'What is sent as JSON; nothing with GET' }],
				[
					'allPages',
					{ type: 'boolean' },
					{
						label: 'All Pages',
						description: 'Whether to read a list to its end, one item a record',
						default: true,
						optional: true,
					},
				],
				[
					'binaryPropertyName',
					{ type: 'string' },
					{
						label: 'Put Output File in Field',
						default: 'data',
						description: 'For answers that are files: name of the binary field that takes the file',
						optional: true,
					},
				],
				[
					'headers',
					{ type: 'object' },
					{ label: 'Headers', description: 'Names and values; the token is added by itself', optional: true },
				],
			],
		},
	),
});
