/** Saved credentials and what n8n does with them: defaults, expressions, and the token that it requests, stores and renews. */
import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	getCredentialOwnRequestAllowedDomains,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { LoadedPackages } from './package';
import { recordSecrets } from './records';

export type CredentialData = ICredentialDataDecryptedObject;

/** A credential as n8n's database contains it: the values that the user entered, and the tokens that n8n added. */
export interface SavedCredential {
	id: string;
	name: string;
	type: string;
	data: CredentialData;
}

/** Hidden fields of an extending OAuth2 credential for which n8n always uses the default. */
const pinnedFields = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
];

/** The code of a credential can only send plain requests, limited to the hosts that the user allowed, if there is a list. */
function ownRequests(helpers: IHttpRequestHelper, credentials: CredentialData): IHttpRequestHelper {
	const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
	return {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions): Promise<unknown> =>
				await helpers.helpers.httpRequest(allowedDomains === undefined ? options : { ...options, allowedDomains }),
		},
	};
}

const resolverNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'harness.start',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export class CredentialStore extends ICredentialsHelper {
	private readonly saved = new Map<string, SavedCredential>();
	/** How often a credential was read, as n8n reads it from its database. */
	reads = 0;

	constructor(private readonly packages: LoadedPackages) {
		super();
	}

	/** Saves a credential as the editor does, with only the entered values. */
	save(type: string, data: CredentialData): SavedCredential {
		this.packages.credentialType(type);
		const id = `cred-${this.saved.size + 1}`;
		const credential = { id, name: `${type} ${id}`, type, data: structuredClone(data) };
		this.saved.set(id, credential);
		this.noteSecrets(credential);
		return credential;
	}

	getParentTypes(name: string): string[] {
		return this.packages.parentTypes(name);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const type = this.packages.credentialType(credentialType);
		return !type.restrictToSupportedNodes || this.packages.supportedNodes(credentialType).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const credentialType = this.packages.credentialType(type);
		if (credentialType.extends === undefined) {
			if (type !== 'oAuth2Api') return credentialType.properties;
			return [
				...credentialType.properties,
				{ displayName: 'oauthTokenData', name: 'oauthTokenData', type: 'json', default: {} },
			];
		}
		const merged: INodeProperties[] = [];
		for (const parent of credentialType.extends)
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, credentialType.properties);
		return merged;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<CredentialData> {
		this.reads++;
		const data = structuredClone(this.find(nodeCredentials, type).data);
		return raw === true ? data : this.resolve(additionalData, data, type, mode, executeData, expressionResolveValues);
	}

	/** Adds defaults and resolves expressions, with the item if there is one. */
	resolve(
		additionalData: IWorkflowExecuteAdditionalData,
		saved: CredentialData,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		values?: ICredentialsExpressionResolveValues,
	): CredentialData {
		const properties = this.getCredentialsProperties(type);
		const isPinned = (name: string) =>
			pinnedFields.includes(name) && properties.some((p) => p.name === name && p.type === 'hidden');
		const typed = Object.fromEntries(Object.entries(saved).filter(([name]) => !isPinned(name)));
		const complete = NodeHelpers.getNodeParameters(
			properties,
			typed as INodeParameters,
			true,
			false,
			null,
			null,
		) as CredentialData;
		if (saved.oauthTokenData !== undefined) complete.oauthTokenData = saved.oauthTokenData;
		for (const name of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (complete[name] === undefined && saved[name] !== undefined) complete[name] = saved[name];
		}
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		const parameters = complete as INodeParameters;
		if (values) {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
			return workflow.expression.getParameterValue(
				parameters,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				keys,
				executeData,
				false,
				parameters,
			) as CredentialData;
		}
		const workflow = new Workflow({ nodes: [resolverNode], connections: {}, active: false, nodeTypes: this.packages });
		return workflow.expression.getComplexParameterValue(
			resolverNode,
			parameters,
			mode,
			keys,
			undefined,
			undefined,
			parameters,
		) as CredentialData;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: CredentialData,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<CredentialData | undefined> {
		const type = this.packages.credentialType(typeName);
		const token = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		// n8n always requests a new token in a credential test, which it recognizes by this node.
		const isTest = node.type === 'n8n-nodes-base.noOp' && node.parameters.temp === '';
		if (!token || !type.preAuthentication) return undefined;
		if (credentials[token.name] !== '' && !credentialsExpired && !isTest) return undefined;
		const output = await type.preAuthentication.call(ownRequests(helpers, credentials), credentials);
		if (output[token.name] === undefined || !node.credentials) return undefined;
		const saved = this.find(node.credentials[typeName], typeName);
		const kept = Object.entries(output).filter(([name]) => name === token.name || !isExpression(saved.data[name]));
		await this.updateCredentials(saved, typeName, { ...saved.data, ...(Object.fromEntries(kept) as CredentialData) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: CredentialData,
		typeName: string,
	): Promise<CredentialData | undefined> {
		const output = await this.packages
			.credentialType(typeName)
			.preAuthentication?.call(ownRequests(helpers, credentials), credentials);
		return (output as CredentialData | undefined) ?? undefined;
	}

	async authenticate(
		credentials: CredentialData,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.packages.credentialType(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!workflow || !node) throw new Error('A declared authentication needs a workflow and a node');
		const text = (value: unknown): string => {
			if (!isExpression(value)) return value as string;
			const resolved = workflow.expression.getSimpleParameterValue(
				node,
				value as string,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return resolved ? String(resolved) : '';
		};
		requestOptions.headers ??= {};
		const options = requestOptions as unknown as Record<string, Record<string, unknown> | undefined>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const target = (options[part] ??= {});
			for (const [key, value] of Object.entries(values as Record<string, unknown>)) target[text(key)] = text(value);
		}
		return requestOptions;
	}

	async getCredentials(nodeCredentials: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const saved = this.find(nodeCredentials, type);
		const credentials = new Credentials({ id: saved.id, name: saved.name }, type);
		await credentials.setData(saved.data);
		return credentials;
	}

	async updateCredentials(nodeCredentials: INodeCredentialsDetails, type: string, data: CredentialData): Promise<void> {
		const saved = this.find(nodeCredentials, type);
		saved.data = structuredClone(data);
		this.noteSecrets(saved);
	}

	async updateCredentialsOauthTokenData(
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: CredentialData,
	): Promise<void> {
		const saved = this.find(nodeCredentials, type);
		saved.data = { ...saved.data, oauthTokenData: structuredClone(data.oauthTokenData) };
		this.noteSecrets(saved);
	}

	private find(nodeCredentials: INodeCredentialsDetails | undefined, type: string): SavedCredential {
		const saved = nodeCredentials?.id ? this.saved.get(nodeCredentials.id) : undefined;
		if (!saved || saved.type !== type)
			throw new Error(`No saved credential "${nodeCredentials?.id}" of type "${type}"`);
		return saved;
	}

	/** Password fields, the requested token and OAuth2 tokens must never appear in a text. */
	private noteSecrets({ type, data }: SavedCredential) {
		const isSecret = (p: INodeProperties) => p.typeOptions?.password === true || p.typeOptions?.expirable === true;
		recordSecrets(
			this.getCredentialsProperties(type)
				.filter(isSecret)
				.map(({ name }) => data[name]),
		);
		const tokens = data.oauthTokenData;
		if (typeof tokens === 'object' && tokens !== null) {
			const named = tokens as Record<string, unknown>;
			recordSecrets([named.access_token, named.refresh_token]);
		}
	}
}
