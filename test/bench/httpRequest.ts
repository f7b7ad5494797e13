import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { cacheFolder } from '../e2e/install';
import { Engine, type SavedCredential } from '../engine/harness';

const projectRoot = join(__dirname, '..', '..');

/** n8n's own HTTP Request and Split Out nodes, as they stand in the n8n that the end-to-end test installs. */
export function baseNodesFolder(): string {
	const folder = join(projectRoot, '.scratch', 'bench', 'base-nodes');
	const dist = relative(folder, join(cacheFolder, 'app', 'node_modules', 'n8n-nodes-base', 'dist', 'nodes'));
	mkdirSync(folder, { recursive: true });
	const nodes = [join(dist, 'HttpRequest', 'HttpRequest.node.js'), join(dist, 'Transform', 'SplitOut', 'SplitOut.node.js')];
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'n8n-nodes-base', version: '0.0.0', n8n: { nodes, credentials: [] } }));
	return folder;
}

interface Call {
	url: string;
	query?: Record<string, string>;
	options?: IDataObject;
}

/** Runs n8n's HTTP Request node with our credential, and splits what it got into items when `split` names the list. */
export class HttpRequestNode {
	constructor(
		private readonly engine: Engine,
		private readonly credential: SavedCredential,
	) {}

	async run({ url, query = {}, options = {} }: Call, items: IDataObject[], split?: string): Promise<IDataObject[]> {
		const request: INode = {
			id: 'request',
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [0, 0],
			credentials: { procountorApi: { id: this.credential.id, name: this.credential.name } },
			parameters: {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'procountorApi',
				sendQuery: true,
				queryParameters: { parameters: Object.entries(query).map(([name, value]) => ({ name, value })) },
				options: options as INode['parameters'],
			},
		};
		const splitOut: INode = { id: 'split', name: 'Split Out', type: 'n8n-nodes-base.splitOut', typeVersion: 1, position: [0, 0], parameters: { fieldToSplitOut: split ?? '', options: {} } };
		const start: INode = { id: 'start', name: 'Start', type: 'harness.start', typeVersion: 1, position: [0, 0], parameters: {} };
		const nodes = [start, request, ...(split === undefined ? [] : [splitOut])];
		const connections = Object.fromEntries(nodes.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] }]));
		const run = await this.engine.runWorkflow({ nodes, connections }, { items, start: 'Start', credentials: { procountorApi: this.credential } });
		if (run.error) throw new Error(`HTTP Request: ${run.error.message} ${run.error.description ?? ''}`);
		return run.items[0].map(({ json }) => json);
	}

	/** The list page by page, by number, as the node's documentation teaches: until a page is not full. */
	async list(base: string, path: string): Promise<IDataObject[]> {
		const pagination = {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount }}' }] },
				paginationCompleteWhen: 'other',
				completeExpression: '={{ $response.body.results.length < 200 }}',
				limitPagesFetched: false,
				requestInterval: 0,
			},
		};
		return await this.run({ url: `${base}${path}`, query: { size: '200', orderById: 'ASC' }, options: { pagination } }, [{}], 'results');
	}

	/** One request an item, as taught; `batch` items at once with a pause of a second where a limit must be kept. */
	async eachItem(base: string, path: string, items: IDataObject[], batch?: number): Promise<IDataObject[]> {
		const options = batch === undefined ? {} : { batching: { batch: { batchSize: batch, batchInterval: 1000 } } };
		return await this.run({ url: `=${base}${path}/{{ $json.id }}`, options }, items);
	}

	/** 200 ids a request, joined by hand, as an expert would do; the answers are lists that n8n splits by itself. */
	async batches(base: string, path: string, ids: number[], batch?: number): Promise<IDataObject[]> {
		const items = Array.from({ length: Math.ceil(ids.length / 200) }, (_, index) => ({ id: ids.slice(index * 200, index * 200 + 200).join(',') }));
		return await this.eachItem(base, path, items, batch);
	}
}
