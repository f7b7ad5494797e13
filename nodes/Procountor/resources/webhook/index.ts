import { callsOfCreateWebhook, createWebhook } from './create';
import { job, list, remove, resource, update, type FieldSpec, type FieldOptions } from '../../engine/declare';

const uuid: FieldOptions = { label: 'Webhook', listSearch: 'webhook' };
/** Contains the signing key, which must not appear in n8n's execution data. */
const secretField = 'authenticationMeta';
const UNSIGNED: FieldOptions['choices'] = { NONE: ['None', 'Anybody who knows the URL can send events to it'] };
const events: FieldSpec = [
	'subscriptions',
	{ label: 'Events', description: 'Events that Procountor sends a notification for', required: true },
];
const more: FieldSpec[] = [
	[
		'authenticationMeta',
		{ label: 'Authentication Details', description: 'What Procountor needs for signing, such as a shared secret' },
	],
];

export const webhook = resource('webhook', 'Webhook', ['webhook', 'webhooks'], {
	create: job(
		createWebhook,
		'POST /webhooks',
		'Create',
		'Registers a webhook URL for the selected events; safe to repeat',
		{
			calls: [...callsOfCreateWebhook],
			fields: [
				['url', { label: 'URL', placeholder: 'e.g. https://example.com/procountor' }],
				['authenticationType', { label: 'Authentication', choices: UNSIGNED, default: 'NONE' }],
				events,
			],
			more,
		},
	),
	delete: remove('DELETE /webhooks/{uuid}', 'Deletes a webhook, so that its URL receives no more events', {
		parameters: { uuid },
	}),
	getAll: list('GET /webhooks', 'Lists the registered webhooks', {
		secretField,
		parameters: { url: { label: 'URL' }, eventType: { label: 'Events' } },
	}),
	update: update('PUT /webhooks/{uuid}', 'Updates the URL or the events and keeps all other fields', {
		findInList: 'GET /webhooks',
		secretField,
		parameters: { uuid },
		more: [
			['url', { label: 'URL' }],
			['authenticationType', { label: 'Authentication', choices: UNSIGNED }],
			['subscriptions', { label: 'Events', description: 'Events that Procountor sends a notification for' }],
			...more,
		],
	}),
});
