import type { INodeProperties } from 'n8n-workflow';

/** The choice between the two credentials, for the node and the triggers. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'API Key (M2M)', value: 'apiKey', description: 'A key from Procountor for one user in one company' },
		{ name: 'OAuth2', value: 'oAuth2', description: 'A login in the browser' },
	],
	default: 'apiKey',
};
