/** Calls the methods that fill lists in the editor: options of a field, and searches of a resource locator. */
import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INode, type INodeListSearchResult, type INodePropertyOptions } from 'n8n-workflow';
import type { CredentialStore } from './credentials';
import type { LoadedPackages } from './package';
import { record } from './records';
import { additionalDataFor } from './run';

/** The context that n8n passes to these methods: one node with the current parameters of the editor. */
function contextFor(
	packages: LoadedPackages,
	credentials: CredentialStore,
	node: INode,
	path: string,
): LoadOptionsContext {
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: packages });
	return new LoadOptionsContext(
		workflow,
		workflow.nodes[node.name],
		additionalDataFor(credentials, node.parameters),
		path,
	);
}

async function recorded<T>(name: string, call: () => Promise<T>): Promise<T> {
	try {
		const answer = await call();
		record('picker', `${name} ${JSON.stringify(answer)}`);
		return answer;
	} catch (error) {
		record('picker.error', `${name} ${JSON.stringify({ ...(error as object), message: (error as Error).message })}`);
		throw error;
	}
}

/**
 * Searches as the editor does when the user types in a 'From List' field.
 * @param path the path of the parameter, for example 'parameters.invoiceId'
 */
export async function listSearch(
	packages: LoadedPackages,
	credentials: CredentialStore,
	node: INode,
	path: string,
	methodName: string,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const method = packages.getByNameAndVersion(node.type, node.typeVersion).methods?.listSearch?.[methodName];
	if (!method) throw new Error(`${node.type} has no list search "${methodName}"`);
	return await recorded(methodName, async () => {
		const result = await method.call(contextFor(packages, credentials, node, path), filter, paginationToken);
		// The editor receives and returns the token as text.
		const token: unknown = result.paginationToken;
		return typeof token === 'number' ? { ...result, paginationToken: String(token) } : result;
	});
}

/** Loads the options of a field. @see listSearch */
export async function loadOptions(
	packages: LoadedPackages,
	credentials: CredentialStore,
	node: INode,
	path: string,
	methodName: string,
): Promise<INodePropertyOptions[]> {
	const method = packages.getByNameAndVersion(node.type, node.typeVersion).methods?.loadOptions?.[methodName];
	if (!method) throw new Error(`${node.type} has no option list "${methodName}"`);
	return await recorded(methodName, async () => await method.call(contextFor(packages, credentials, node, path)));
}
