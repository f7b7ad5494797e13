/** What tests with a real n8n have in common: credentials for the sandbox, and how to read what a run gave. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { DEMO, type Sandbox } from '../sandbox';
import type { JournalEntry } from '../sandbox/http/journal';
import type { CredentialReference, ExecutionWithData, N8nDriver } from './driver';
import { logInByPage } from './login';
import { callbackOf, clientData, registerCallback } from './stage';

export const keyData = (sandbox: Sandbox, apiKey: string = DEMO.keys.admin) => ({ ...clientData(sandbox), apiKey });

/** Saves an OAuth2 credential and connects it through the sandbox's login page. */
export async function connectOAuth2(
	n8n: N8nDriver,
	sandbox: Sandbox,
	data: ICredentialDataDecryptedObject = clientData(sandbox),
): Promise<CredentialReference> {
	registerCallback(sandbox, n8n);
	const credential = await n8n.createCredential('procountorOAuth2Api', 'Sandbox login', data);
	const loginUrl = await n8n.authorizationUrl(credential);
	if (!loginUrl.startsWith(`${sandbox.url}/login?`)) throw new Error(`n8n leads to another login page: ${loginUrl}`);
	const user = { user: '1001', company: String(DEMO.companyId) };
	const page = await n8n.visit(await logInByPage(loginUrl, user, callbackOf(n8n)));
	if (page.status !== 200) throw new Error(`n8n's callback returned ${page.status}: ${page.text.slice(0, 300)}`);
	return credential;
}

/** Token calls that the sandbox has granted, by their kind. */
export function tokenCalls(sandbox: Sandbox, grantType?: string): JournalEntry[] {
	return sandbox.journal.entries.filter(
		({ path, body, status }) =>
			path.endsWith('/oauth/token') &&
			status === 200 &&
			(grantType === undefined || (body as { grant_type?: string }).grant_type === grantType),
	);
}

/** The items of a node's first output. */
export const itemsOf = (execution: ExecutionWithData, node: string): IDataObject[] =>
	(execution.result.resultData.runData[node]?.[0].data?.main[0] ?? []).map(({ json }) => json);

/** One line about an execution, with its error. */
export const tell = (execution: ExecutionWithData): string => {
	const error = execution.result.resultData.error;
	return `execution ${execution.id} (${execution.mode}): ${execution.status}${error ? `: ${error.message}` : ''}`;
};
