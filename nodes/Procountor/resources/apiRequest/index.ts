import { prepareApiRequest } from './handler';
import { job, resource } from '../../engine/declare';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const apiRequest = resource('apiRequest', 'API Request', ['API request', 'API requests'], {
	send: job(
		prepareApiRequest,
		undefined,
		'Send',
		'Sends any request to the API, with the same rate limit and retries; for calls without an operation',
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
						description: 'The part of the address after server and version',
						placeholder: 'e.g. /invoices/12345/comments',
					},
				],
				[
					'query',
					{ type: 'object' },
					{ label: 'Query Parameters', description: 'Names and values; lists become values separated by commas' },
				],
				['requestBody', {}, { label: 'Body', description: 'JSON to send; none with GET' }],
				[
					'allPages',
					{ type: 'boolean' },
					{
						label: 'All Pages',
						description: 'Whether to read a list to its end, one item for each record',
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
						description: 'For files: name of the binary field to put the file in',
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
