/**
 * The fields that credential types get by extending 'oAuth2Api'. The class itself ships with n8n's own nodes, which are far
 * too large for a test dependency, so names, defaults and conditions are repeated here; the e2e runs against the original.
 */
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const whenTyped = { useDynamicClientRegistration: [false] };
const field = (name: string, type: INodeProperties['type'], rest: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type,
	default: '',
	...rest,
});

export class OAuth2Api implements ICredentialType {
	name = 'oAuth2Api';

	displayName = 'OAuth2 API';

	properties: INodeProperties[] = [
		field('useDynamicClientRegistration', 'hidden', { default: false }),
		field('grantType', 'options', {
			default: 'authorizationCode',
			options: ['authorizationCode', 'clientCredentials', 'pkce'].map((value) => ({ name: value, value })),
			displayOptions: { show: whenTyped },
		}),
		field('serverUrl', 'string', {
			required: true,
			displayOptions: { show: { useDynamicClientRegistration: [true] } },
		}),
		field('authUrl', 'string', {
			required: true,
			displayOptions: { show: { grantType: ['authorizationCode', 'pkce'], ...whenTyped } },
		}),
		field('accessTokenUrl', 'string', { required: true, displayOptions: { show: whenTyped } }),
		field('clientId', 'string', { required: true, displayOptions: { show: whenTyped } }),
		field('clientCredentialType', 'hidden', { default: 'clientSecret' }),
		field('clientSecret', 'string', {
			required: true,
			typeOptions: { password: true },
			displayOptions: { show: whenTyped },
		}),
		field('privateKey', 'hidden'),
		field('certificate', 'hidden'),
		field('scope', 'string', { displayOptions: { show: whenTyped } }),
		field('authQueryParameters', 'string', {
			displayOptions: { show: { grantType: ['authorizationCode', 'pkce'], ...whenTyped } },
		}),
		field('authentication', 'options', {
			default: 'header',
			options: ['body', 'header'].map((value) => ({ name: value, value })),
			displayOptions: { show: whenTyped },
		}),
		field('ignoreSSLIssues', 'boolean', { default: false, doNotInherit: true }),
		field('tokenExpiredStatusCode', 'number', { default: 401, doNotInherit: true }),
		field('jweEnabled', 'boolean', { default: false, doNotInherit: true }),
	];
}
