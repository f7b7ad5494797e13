import { create, list, remove, resource, update, type FieldNote, type FieldWords } from '../engine/declare';

const uuid: FieldWords = { label: 'Webhook', pick: 'webhook' };
const events: FieldNote = ['subscriptions', { label: 'Events', hint: 'What Procountor tells of', required: true }];
const more: FieldNote[] = [
	[
		'authenticationMeta',
		{ label: 'Authentication Details', hint: 'What Procountor needs for signing, such as a shared secret' },
	],
];

export const webhook = resource('webhook', 'Webhook', ['webhook', 'webhooks'], {
	create: create('POST /webhooks', 'Has Procountor send chosen events to a URL', {
		fields: [
			['url', { label: 'URL', placeholder: 'e.g. https://example.com/procountor' }],
			['authenticationType', { label: 'Authentication', default: 'NONE' }],
			events,
		],
		more,
	}),
	delete: remove('DELETE /webhooks/{uuid}', 'Ends all events that go to the URL', { words: { uuid } }),
	getAll: list('GET /webhooks', 'Lists the URLs that Procountor sends events to', {
		words: { url: { label: 'URL' }, eventType: { label: 'Events' } },
	}),
	update: update('PUT /webhooks/{uuid}', 'Changes the URL or the events and keeps the rest', {
		within: 'GET /webhooks',
		words: { uuid },
		more: [
			['url', { label: 'URL' }],
			['authenticationType', { label: 'Authentication' }],
			['subscriptions', { label: 'Events', hint: 'What Procountor tells of' }],
			...more,
		],
	}),
});
