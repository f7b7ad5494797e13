import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { addressExpression } from '../nodes/Procountor/api/address';
import { expressionFlags } from '../nodes/Procountor/api/credential';
import { addressFields, credentialTest, paceField } from './fields';

/** A login in the browser, kept alive with a refresh token; n8n's own OAuth2 does the work. */
export class ProcountorOAuth2Api implements ICredentialType {
	name = 'procountorOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Procountor OAuth2 API';

	documentationUrl = 'https://github.com/n8n-nodes-procountor/n8n-nodes-procountor#credentials';

	icon: Icon = { light: 'file:procountor.svg', dark: 'file:procountor.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName:
				'Procountor issues Client ID and Client Secret on request, and registers one redirect URL for them: send Procountor the OAuth Redirect URL shown here.',
			name: 'originNotice',
			type: 'notice',
			default: '',
		},
		...addressFields,
		paceField,
		...expressionFlags('apiKey', 'redirectUri'),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: addressExpression('$self', 'login') },
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			typeOptions: { password: true },
			default: addressExpression('$self', 'token'),
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];

	test = credentialTest;
}
