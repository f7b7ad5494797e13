import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import { addressExpression } from '../nodes/Procountor/api/address';
import { MENUS } from '../nodes/Procountor/utils/menus';

/** The fields of both credentials that say where Procountor is. */
export const addressFields: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Production', value: 'production', description: 'https://api.procountor.com' },
			{ name: 'Test', value: 'test', description: 'https://pts-api.procountor.com' },
			{ name: 'Custom URL', value: 'custom', description: 'The sandbox of this package, or your own gateway' },
		],
		default: 'production',
	},
	{
		displayName: 'URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. http://127.0.0.1:3456',
		description: 'Server without a path: https, or http on this machine only',
		displayOptions: { show: { environment: ['custom'] } },
	},
	{
		displayName: 'API Version',
		name: 'apiVersion',
		type: 'options',
		options: [
			{ name: 'Latest', value: 'latest', description: 'Changes every month' },
			{ name: 'Supported', value: 'supported', description: 'A version each quarter, kept for nine months' },
			{ name: 'Numbered', value: 'numbered', description: 'One version that you name' },
		],
		default: 'latest',
	},
	{
		displayName: 'Version Number',
		name: 'versionNumber',
		type: 'string',
		default: '2604',
		placeholder: 'e.g. 2604',
		description: 'Year and month of the version',
		displayOptions: { show: { apiVersion: ['numbered'] } },
	},
];

/** How fast this n8n may ask. */
export const paceField: INodeProperties = {
	displayName: 'Requests a Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1000 },
	default: 0,
	description:
		'How many requests a second each process of this n8n may send with this client ID. 0 takes a number that is safe for up to three processes, such as a main and two workers in queue mode: 17 in production (13 with a login), where Procountor allows 60 in total, and about one on the test server.',
	hint: '0 is safe for up to three n8n processes. Enter 50 if n8n is one process',
};

const rule = (value: number, message: string) => ({ type: 'responseCode' as const, properties: { value, message } });

/** What the credential dialog says about a refused test request; it shows no second text, so that each says what to do. */
const testRules: NonNullable<ICredentialTestRequest['rules']> = [
	rule(
		401,
		`Procountor refused the login (401). Check Environment, and that the API key still exists (${MENUS.apiKeys}), or reconnect the OAuth2 credential.`,
	),
	rule(
		403,
		`Procountor does not let this user use the API (403). Check ${MENUS.openApi}, and the user's rights under ${MENUS.users}.`,
	),
	rule(
		404,
		'There is no Procountor API at this address (404). Check Environment, URL and API Version; Procountor closes each numbered version after nine months.',
	),
	rule(410, "Procountor has closed this API version (410). Choose 'Latest' or 'Supported', or enter a newer number."),
];

/** The request behind the 'Test' button of both credentials. A page or an empty response is no success, whatever its status. */
export const credentialTest: ICredentialTestRequest = {
	request: {
		baseURL: addressExpression('$credentials', 'api'),
		url: '/sessioninfo',
		disableFollowRedirect: true,
		timeout: 30_000,
	},
	// n8n's type wants rules of one kind; n8n itself tries the ones on status codes for errors, the one on the body for the rest.
	rules: [
		...testRules,
		{
			type: 'responseSuccessBody',
			properties: {
				key: 'companyId',
				value: undefined,
				message:
					'The server did not answer as Procountor does: no company in its response. Check the environment and the URL.',
			},
		},
	] as ICredentialTestRequest['rules'],
};
