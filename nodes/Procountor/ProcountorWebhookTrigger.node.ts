import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receive } from './webhook/delivery';
import { parameters } from './webhook/parameters';
import { repairRegistration, register, unregister } from './webhook/registration';

export class ProcountorWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procountor Webhook Trigger',
		name: 'procountorWebhookTrigger',
		icon: { light: 'file:procountor.svg', dark: 'file:procountor.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].length }} {{ $parameter["events"].length === 1 ? "event" : "events" }}',
		description:
			'Starts the workflow when Procountor reports a payment, a confirmation, or a change of users or periods',
		defaults: { name: 'Procountor Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'procountorApi', required: true, displayOptions: { show: { authentication: ['apiKey'] } } },
			{ name: 'procountorOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'procountor' }],
		properties: parameters(),
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await repairRegistration(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
