import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import {
	adviceOf,
	type Client,
	collectPages,
	type CreatedWebhookResponse,
	InputError,
	messageOf,
	openClientWithoutItems,
	problemIn,
	type RecordOf,
	writeOrFind,
} from '../api';
import { explainFaults } from '../labels/explainFaults';
import { nodeError } from '../n8n/nodeError';
import { isPlainObject, toObject } from '../utils/objects';
import { secretFor } from './secret';

type ListedRegistration = RecordOf<'GET /webhooks'>;
/** A registered webhook; Procountor may list it without its secret. */
type Registration = Required<Omit<ListedRegistration, 'authenticationMeta'>> &
	Pick<ListedRegistration, 'authenticationMeta'>;

/** The key of the registration, `{url, uuid}`, in the trigger's stored data. */
const DATA_KEY = 'registration';

type NewRegistration = Omit<Registration, 'uuid'>;

/** Returns the registration that the trigger's parameters describe, and the client that sends it. */
async function prepareRegistration(
	context: IHookFunctions,
): Promise<{ client: Client; registration: NewRegistration }> {
	const events = context.getNodeParameter('events', []) as Registration['subscriptions'];
	if (events.length === 0) throw new InputError('Trigger On', 'is empty', 'Choose at least one event.');
	const url = urlOf(context);
	const { client, credential } = await openTriggerClient(context);
	const authenticationMeta = { secret: secretFor(credential, url) };
	return {
		client,
		registration: { url, authenticationType: 'HMAC', authenticationMeta, subscriptions: [...events].sort() },
	};
}

/** Returns the trigger's URL. n8n uses different ones for the active workflow and for tests. */
function urlOf(context: IHookFunctions | IWebhookFunctions): string {
	return String(context.getNodeWebhookUrl('default'));
}

/**
 * Returns the client and the credential of the trigger.
 * @throws ProcountorError for a credential that cannot be used
 */
export async function openTriggerClient(
	context: IHookFunctions | IWebhookFunctions,
): Promise<{ client: Client; credential: ICredentialDataDecryptedObject }> {
	return await openClientWithoutItems(context, context.getNodeParameter('authentication'), explainFaults);
}

/**
 * Returns whether a registration of the trigger's URL exists after repairing it. A registration with other settings, or
 * without a visible secret, is updated; duplicates are deleted.
 * @throws n8n's error, whose message says what to do
 */
export async function repairRegistration(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client, registration } = await prepareRegistration(context);
		const [found, ...others] = await listRegistrations(client, registration.url);
		for (const { uuid } of others) await deleteRegistration(client, uuid);
		if (!found) return false;
		if (!matches(found, registration))
			await client.put('PUT /webhooks/{uuid}', {
				path: { uuid: found.uuid },
				body: { ...registration, uuid: found.uuid },
				noun: 'the webhook',
			});
		storeRegistration(context, found);
		return true;
	});
}

/**
 * Registers the trigger's URL. If it is unclear whether Procountor saved the registration, it is looked up in the list.
 * @throws n8n's error, whose message says what to do
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client, registration } = await prepareRegistration(context);
		const { uuid } = await writeOrFind<CreatedWebhookResponse>(
			async () => await client.post('POST /webhooks', { body: registration, noun: 'the webhook' }),
			async () => (await listRegistrations(client, registration.url))[0],
		);
		storeRegistration(context, { ...registration, uuid: String(uuid) });
		return true;
	});
}

/**
 * Deletes every registration of the trigger's URL.
 * @throws n8n's error, whose message says what to do
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await withReadableError(context, async () => {
		const { client } = await openTriggerClient(context);
		for (const { uuid } of await listRegistrations(client, urlOf(context))) await deleteRegistration(client, uuid);
		delete context.getWorkflowStaticData('node')[DATA_KEY];
		return true;
	});
}

/**
 * Returns the stored registration. The URL cannot be used to find it, because n8n reports the production URL even for a
 * delivery to the test URL. If none is stored, the production URL is looked up in Procountor.
 * @throws ProcountorError if the registrations cannot be listed
 */
export async function findRegistration(
	context: IWebhookFunctions,
	client: Client,
): Promise<{ url: string; uuid: string } | undefined> {
	const stored = context.getWorkflowStaticData('node')[DATA_KEY];
	if (isPlainObject(stored)) return { url: String(stored.url), uuid: String(stored.uuid) };
	const [found] = await listRegistrations(client, urlOf(context));
	if (found) storeRegistration(context, found);
	return found;
}

function storeRegistration(context: IHookFunctions | IWebhookFunctions, { url, uuid }: Registration): void {
	context.getWorkflowStaticData('node')[DATA_KEY] = { url, uuid };
}

/** Returns the registrations of exactly this URL, the oldest first. The API's filter can return others too. */
async function listRegistrations(client: Client, url: string): Promise<Registration[]> {
	const found = await collectPages(client, {
		call: 'GET /webhooks',
		query: { url },
		order: ['orderByCreatedDate', 'ASC'],
		noun: 'webhooks',
	});
	return (found as Registration[]).filter((registration) => registration.url === url);
}

async function deleteRegistration(client: Client, uuid: string): Promise<void> {
	await client.requestOptional({ call: 'DELETE /webhooks/{uuid}', path: { uuid }, noun: 'the webhook' });
}

function matches(found: Registration, wanted: NewRegistration): boolean {
	return (
		found.authenticationType === wanted.authenticationType &&
		toObject(found.authenticationMeta).secret === toObject(wanted.authenticationMeta).secret &&
		[...found.subscriptions].sort().join() === wanted.subscriptions.join()
	);
}

/** Runs `work` and puts the advice of its error into the message, because n8n shows only the message of a failed activation. */
async function withReadableError(context: IHookFunctions, work: () => Promise<boolean>): Promise<boolean> {
	try {
		return await work();
	} catch (error) {
		const problem = problemIn(error);
		const message = [messageOf(problem), adviceOf(problem)].filter((part) => part !== '').join('. ');
		throw nodeError(context.getNode(), { message, status: problem.status });
	}
}
