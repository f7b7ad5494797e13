/** Runs a node with the request helper of an n8n release that is older than the engine of the tests. */
import type { IExecuteFunctions, IHttpRequestOptions, INodeType, IVersionedNodeType } from 'n8n-workflow';

type Context = Pick<IExecuteFunctions, 'helpers'>;
type Method = (this: Context, ...args: unknown[]) => unknown;

/**
 * Before n8n-core 2.11.1 the helper takes `ignoreHttpStatusErrors: {ignore, except}` for a boolean: a 401 comes back as a value,
 * and no token is renewed. Everything else is unchanged.
 */
function withOlderHelper(context: Context): void {
	const { helpers } = context;
	const { httpRequestWithAuthentication } = helpers;
	context.helpers = {
		...helpers,
		async httpRequestWithAuthentication(type: string, options: IHttpRequestOptions) {
			const ignoreHttpStatusErrors = Boolean(options.ignoreHttpStatusErrors);
			return await (httpRequestWithAuthentication.call(this, type, {
				...options,
				ignoreHttpStatusErrors,
			}) as Promise<unknown>);
		},
	} as IExecuteFunctions['helpers'];
}

const older = (method: unknown) =>
	function (this: Context, ...args: unknown[]): unknown {
		withOlderHelper(this);
		return (method as Method).apply(this, args);
	};

/** The same node with the helper of n8n before 2.11.1; the given node is not changed. */
export function withOlderHelpers(node: INodeType | IVersionedNodeType): INodeType | IVersionedNodeType {
	if (!('execute' in node || 'poll' in node)) return node;
	const changed: Record<string, unknown> = {};
	for (const name of ['execute', 'poll'] as const) if (node[name]) changed[name] = older(node[name]);
	if (node.methods?.listSearch) {
		const searches = Object.entries(node.methods.listSearch).map(([name, search]) => [name, older(search)]);
		changed.methods = { ...node.methods, listSearch: Object.fromEntries(searches) };
	}
	return Object.assign(Object.create(node) as INodeType, changed);
}
