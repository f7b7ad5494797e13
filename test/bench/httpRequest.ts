import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { N8n, SavedCredential, Step } from './n8n';

/** How a way with n8n's own node keeps below a limit of requests: so many items, then a pause of a second. */
const BATCH_PAUSE = 1000;

interface ListOptions {
	/** Milliseconds between two pages. */
	interval?: number;
}

interface ItemOptions {
	/** Items at once, with a pause of a second after them; all at once when left out, as the node does by itself. */
	batch?: number;
	/** The list in each answer that becomes items. */
	split?: string;
}

/** n8n's HTTP Request node with our credential, set up as people do it. */
export class HttpRequestNode {
	constructor(
		private readonly n8n: N8n,
		private readonly credential: SavedCredential,
		private readonly base: string,
	) {}

	/** One HTTP Request node; `more` are its parameters beyond URL and login. */
	step(path: string, more: IDataObject = {}): Step {
		const url = path.startsWith('=') ? `=${this.base}${path.slice(1)}` : `${this.base}${path}`;
		return {
			type: 'n8n-nodes-base.httpRequest',
			version: 4.2,
			parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'procountorApi', ...more },
			credential: this.credential,
		};
	}

	/** The list page by page, by number, as the node's documentation teaches: until a page is not full. */
	async list(path: string, { interval = 0 }: ListOptions = {}): Promise<INodeExecutionData[]> {
		const pagination = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: '={{ $response.body.results.length < 200 }}',
			limitPagesFetched: false,
			requestInterval: interval,
		};
		const query = [
			{ name: 'size', value: '200' },
			{ name: 'orderById', value: 'ASC' },
		];
		const request = this.step(path, {
			sendQuery: true,
			queryParameters: { parameters: query },
			options: { pagination: { pagination } },
		});
		return await this.n8n.run([request, splitOut('results')]);
	}

	/** One request an item, as taught. */
	async eachItem(
		path: string,
		ids: ReadonlyArray<number | string>,
		{ batch, split }: ItemOptions = {},
	): Promise<INodeExecutionData[]> {
		const options =
			batch === undefined ? {} : { batching: { batch: { batchSize: batch, batchInterval: BATCH_PAUSE } } };
		const items = ids.map((id) => ({ json: { id } }));
		return await this.n8n.run(
			[this.step(`=${path}/{{ $json.id }}`, { options }), ...(split === undefined ? [] : [splitOut(split)])],
			items,
		);
	}

	/** 200 ids a request, joined by hand, as an expert would do; the node makes items of the lists that come. */
	async batches(path: string, ids: readonly number[], options: ItemOptions = {}): Promise<INodeExecutionData[]> {
		const joined = Array.from({ length: Math.ceil(ids.length / 200) }, (_, index) =>
			ids.slice(index * 200, index * 200 + 200).join(','),
		);
		return await this.eachItem(path, joined, options);
	}

	async run(steps: Step[], items: INodeExecutionData[]): Promise<INodeExecutionData[]> {
		return await this.n8n.run(steps, items);
	}
}

function splitOut(field: string): Step {
	return { type: 'n8n-nodes-base.splitOut', version: 1, parameters: { fieldToSplitOut: field, options: {} } };
}
