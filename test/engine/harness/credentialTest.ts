/** The 'Test' button of a credential: requests a new token, sends the test request, and judges the result as n8n does. */
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { Workflow, createRunExecutionData, type ICredentialsDecrypted, type INode, type INodeType } from 'n8n-workflow';
import type { CredentialStore, SavedCredential } from './credentials';
import type { LoadedPackages } from './package';
import { record } from './records';
import { additionalDataFor } from './run';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

interface RequestFailure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

/** @returns the message that the editor shows below the credential. */
export async function testCredential(
	packages: LoadedPackages,
	credentials: CredentialStore,
	saved: SavedCredential,
): Promise<CredentialTestResult> {
	const { test } = packages.credentialType(saved.type);
	const result = test
		? await request(packages, credentials, saved, test)
		: { status: 'Error' as const, message: 'No testing function found for this credential.' };
	record('credential.test', JSON.stringify(result));
	return result;
}

type TestRequest = NonNullable<ReturnType<LoadedPackages['credentialType']>['test']>;

async function request(
	packages: LoadedPackages,
	credentials: CredentialStore,
	saved: SavedCredential,
	test: TestRequest,
): Promise<CredentialTestResult> {
	const nodeType = withTestRequest(packages.getByNameAndVersion('n8n-nodes-base.noOp'), saved.type, test);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: { temp: '' },
		credentials: { [saved.type]: { id: saved.id, name: saved.name } },
	};
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = additionalDataFor(credentials, node.parameters);
	const decrypted: ICredentialsDecrypted = {
		...saved,
		data: credentials.resolve(additionalData, saved.data, saved.type, 'internal'),
	};
	additionalData.credentialsHelper = new Proxy(credentials, {
		get: (target, property) => {
			// The test uses the values on the form; only the renewal of an OAuth2 token reads the stored ones.
			if (property === 'getDecrypted') {
				return async (...args: Parameters<CredentialStore['getDecrypted']>) =>
					args[5] ? await target.getDecrypted(...args) : (decrypted.data ?? {});
			}
			const value: unknown = Reflect.get(target, property);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const answer = await new RoutingNode(context, nodeType, decrypted).runNode();
		const body = answer?.[0]?.[0]?.json ?? {};
		const refused = test.rules?.find(
			(rule) => rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value,
		);
		return refused
			? { status: 'Error', message: String(refused.properties.message) }
			: { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: failureMessage(error as RequestFailure, test) };
	}
}

function withTestRequest(base: INodeType, credentialType: string, test: TestRequest): INodeType {
	const properties = [
		{ displayName: 'Temp', name: 'temp', type: 'string' as const, default: '', routing: { request: test.request } },
	];
	return { description: { ...base.description, credentials: [{ name: credentialType, required: true }], properties } };
}

/** n8n prefers a declared rule for the status, then the status text, then a network code, then the message of the error. */
function failureMessage({ message, cause }: RequestFailure, test: TestRequest): string {
	if (cause?.response) {
		const { status, statusText } = cause.response;
		const rule = test.rules?.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
		if (rule) return String(rule.properties.message);
		if (status < 199 || status > 299) return statusText || `Received HTTP status code: ${status}`;
	} else if (cause?.code) return cause.code;
	return message;
}
