import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { accessTokenFor, verifiedToken, type StoredToken } from '../nodes/Procountor/api/accessToken';
import { expressionFlags } from '../nodes/Procountor/api/credential';
import { addressFields, credentialTest, paceField } from './fields';
import { MENUS } from '../nodes/Procountor/utils/menus';

/** An API key of Procountor: one user in one company, no login in a browser (machine to machine). */
export class ProcountorApi implements ICredentialType {
	name = 'procountorApi';

	displayName = 'Procountor API';

	documentationUrl = 'https://github.com/n8n-nodes-procountor/n8n-nodes-procountor#credentials';

	icon: Icon = { light: 'file:procountor.svg', dark: 'file:procountor.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: `Procountor issues Client ID and Client Secret on request; test and production have their own. An administrator opens the API under ${MENUS.usageSettings} > Integration settings.`,
			name: 'originNotice',
			type: 'notice',
			default: '',
		},
		...addressFields,
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'Issued by Procountor for your integration',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: `In Procountor: ${MENUS.apiKeys} > New API key. Procountor shows it once`,
		},
		{
			displayName: 'Redirect URI',
			name: 'redirectUri',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/rest/oauth2-credential/callback',
			description: 'Only if Procountor asks for it at the login: the one registered for the client',
		},
		paceField,
		...expressionFlags(),
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{ displayName: 'Token Of', name: 'tokenOf', type: 'hidden', typeOptions: { password: true }, default: '' },
	];

	test = credentialTest;

	/** Puts the token on a request: the one of this very key, never one that another key has left in the credential. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...request, headers: { ...request.headers, Authorization: `Bearer ${verifiedToken(credentials)}` } };
	}

	/** n8n calls this when there is no token yet, and again after a 401; it keeps what comes back. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<StoredToken> {
		return await accessTokenFor(this.helpers, credentials);
	}
}
