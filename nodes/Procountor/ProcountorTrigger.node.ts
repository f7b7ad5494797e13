import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { listSearch } from './listSearch';
import { eventSubtitle } from './engine/subtitle';
import { events } from './trigger/events';
import { parameters } from './trigger/parameters';
import { runPoll } from './trigger/poll';

export class ProcountorTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procountor Trigger',
		name: 'procountorTrigger',
		icon: { light: 'file:procountor.svg', dark: 'file:procountor.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventSubtitle(events),
		description: 'Starts the workflow when something is new or has changed in Procountor',
		defaults: { name: 'Procountor Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'procountorApi', required: true, displayOptions: { show: { authentication: ['apiKey'] } } },
			{ name: 'procountorOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		properties: parameters(),
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this);
	}
}
