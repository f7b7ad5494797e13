import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import {
	adviceOf,
	type Client,
	collectPages,
	InputError,
	messageOf,
	openClientWithoutItems,
	problemIn,
	type RecordOf,
} from '../api';
import { explainFaults } from '../labels/explainFaults';
import { nodeError } from '../n8n/nodeError';
import { isPlainObject, toObject } from '../utils/objects';
import { raise } from '../utils/raise';
import { secretFor } from './secret';

type ListedWebhook = RecordOf<'GET /webhooks'>;
/** A registration; Procountor may list it without its secret. */
type Webhook = Required<Omit<ListedWebhook, 'authenticationMeta'>> & Pick<ListedWebhook, 'authenticationMeta'>;

/** Where the trigger's data keeps its registration, `{url, uuid}`. */
const REGISTRATION = 'registration';

interface WantedRegistration {
	client: Client;
	webhook: Omit<Webhook, 'uuid'>;
}

async function wantedRegistration(context: IHookFunctions): Promise<WantedRegistration> {
	const events = context.getNodeParameter('events', []) as Webhook['subscriptions'];
	if (events.length === 0) throw new InputError('Trigger On', 'is empty', 'Choose at least one event.');
	const url = urlOf(context);
	const { client, credential } = await openClientOf(context);
	const authenticationMeta = { secret: secretFor(credential, url) };
	return {
		client,
		webhook: { url, authenticationType: 'HMAC', authenticationMeta, subscriptions: [...events].sort() },
	};
}

/** Returns the trigger's URL. n8n uses different ones for the active workflow and for tests. */
function urlOf(context: IHookFunctions | IWebhookFunctions): string {
	return String(context.getNodeWebhookUrl('default'));
}

/** The client and the credential of the trigger. @throws ProcountorError for a credential that cannot be used */
export async function openClientOf(
	context: IHookFunctions | IWebhookFunctions,
): Promise<{ client: Client; credential: ICredentialDataDecryptedObject }> {
	return await openClientWithoutItems(context, context.getNodeParameter('authentication'), explainFaults);
}

/**
 * Whether Procountor has a registration for the trigger's URL. One that differs from what is wanted, or does not show its
 * secret, is saved again; further ones for the same URL are deleted.
 * @throws n8n's error, whose message says what to do
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client, webhook } = await wantedRegistration(context);
		const [found, ...others] = await registrationsOf(client, webhook.url);
		for (const { uuid } of others) await remove(client, uuid);
		if (!found) return false;
		if (!matches(found, webhook))
			await client.put('PUT /webhooks/{uuid}', {
				path: { uuid: found.uuid },
				body: { ...webhook, uuid: found.uuid },
				noun: 'the webhook',
			});
		remember(context, found);
		return true;
	});
}

/**
 * Registers the trigger's URL. If it is unclear whether Procountor did that, the list of registrations tells.
 * @throws n8n's error, whose message says what to do
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client, webhook } = await wantedRegistration(context);
		const { uuid } = await client
			.post('POST /webhooks', { body: webhook, noun: 'the webhook' })
			.catch(async (error: unknown) => {
				const [found] = problemIn(error).outcomeUnknown
					? await registrationsOf(client, webhook.url).catch(() => [])
					: [];
				return found ?? raise(error);
			});
		remember(context, { ...webhook, uuid: String(uuid) });
		return true;
	});
}

/**
 * Deletes every registration of the trigger's URL.
 * @throws n8n's error, whose message says what to do
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client } = await openClientOf(context);
		for (const { uuid } of await registrationsOf(client, urlOf(context))) await remove(client, uuid);
		delete context.getWorkflowStaticData('node')[REGISTRATION];
		return true;
	});
}

/**
 * The trigger's registration as it remembers it, since n8n gives a delivery to the test URL the production URL. Procountor is
 * asked only if the trigger does not remember it.
 * @throws ProcountorError if Procountor cannot be asked
 */
export async function registrationOf(
	context: IWebhookFunctions,
	client: Client,
): Promise<{ url: string; uuid: string } | undefined> {
	const stored = context.getWorkflowStaticData('node')[REGISTRATION];
	if (isPlainObject(stored)) return { url: String(stored.url), uuid: String(stored.uuid) };
	const [found] = await registrationsOf(client, urlOf(context));
	if (found) remember(context, found);
	return found;
}

function remember(context: IHookFunctions | IWebhookFunctions, { url, uuid }: Webhook): void {
	context.getWorkflowStaticData('node')[REGISTRATION] = { url, uuid };
}

/** Returns the registrations of exactly this URL, the oldest first. The API's filter can return others too. */
async function registrationsOf(client: Client, url: string): Promise<Webhook[]> {
	const found = await collectPages(client, {
		call: 'GET /webhooks',
		query: { url },
		order: ['orderByCreatedDate', 'ASC'],
		noun: 'webhooks',
	});
	return (found as Webhook[]).filter((webhook) => webhook.url === url);
}

async function remove(client: Client, uuid: string): Promise<void> {
	await client.requestOptional({ call: 'DELETE /webhooks/{uuid}', path: { uuid }, noun: 'the webhook' });
}

function matches(found: Webhook, wanted: WantedRegistration['webhook']): boolean {
	return (
		found.authenticationType === wanted.authenticationType &&
		toObject(found.authenticationMeta).secret === toObject(wanted.authenticationMeta).secret &&
		[...found.subscriptions].sort().join() === wanted.subscriptions.join()
	);
}

/** n8n shows only the message of a failed activation. */
async function withReadableError(context: IHookFunctions, work: () => Promise<boolean>): Promise<boolean> {
	try {
		return await work();
	} catch (error) {
		const problem = problemIn(error);
		const message = [messageOf(problem), adviceOf(problem)].filter((part) => part !== '').join('. ');
		throw nodeError(context.getNode(), { message, status: problem.status });
	}
}
