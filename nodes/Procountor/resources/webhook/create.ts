import type { IDataObject } from 'n8n-workflow';
import {
	type Client,
	collectPages,
	type CreatedWebhookResponse,
	InputError,
	ProcountorError,
	writeOrFind,
} from '../../api';
import type { OperationHandler } from '../../engine/task';
import { readSession } from '../shared/companyData';
import { withLock } from '../shared/recentCreates';

export const callsOfCreateWebhook = ['GET /webhooks', 'GET /sessioninfo'] as const;

interface WebhookFields {
	url: string;
	authenticationType: 'HMAC' | 'NONE';
	subscriptions: Array<NonNullable<Registration['subscriptions']>[number]>;
	authenticationMeta?: Record<string, unknown>;
}
type Registration = Awaited<ReturnType<typeof findRegistrations>>[number];

/** Registers a URL once. A repeated run returns the existing registration. One with other settings is not changed. */
export const createWebhook: OperationHandler = (operation, input) => {
	const wanted = input.values(operation).body as unknown as WebhookFields;
	return {
		readOnly: false,
		resumable: true,
		run: async (client) => {
			const { companyId } = await readSession(client);
			const name = JSON.stringify(['webhook', client.address.base, companyId, wanted.url]);
			return [{ json: await withLock(name, async () => await registerOnce(client, wanted)) }];
		},
	};
};

async function registerOnce(client: Client, wanted: WebhookFields): Promise<IDataObject> {
	const [found, ...others] = await findRegistrations(client, wanted.url);
	if (found) {
		const result = checkExisting(found, wanted);
		refuseDuplicates([found, ...others.filter((other) => isSame(other, wanted))]);
		return result;
	}
	const { uuid } = await writeOrFind<CreatedWebhookResponse>(
		async () => await client.post('POST /webhooks', { body: wanted, noun: 'the webhook' }),
		async () => (await findRegistrations(client, wanted.url))[0],
	);
	// Another n8n process may have registered the URL at the same moment.
	refuseDuplicates(await findRegistrations(client, wanted.url));
	return { uuid, wasCreated: true };
}

/** @throws {ProcountorError} if there are several registrations */
function refuseDuplicates(found: Registration[]): void {
	if (found.length < 2) return;
	throw new ProcountorError({
		message: `Procountor has the webhook for ${String(found[0].url)} more than once (${found.map(({ uuid }) => String(uuid)).join(' and ')}), so it delivers each event more than once`,
		advice: 'Keep one and delete the others with Webhook: Delete. Then run the workflow again.',
	});
}

/**
 * Returns an existing registration.
 * @throws {InputError} if it has other settings
 */
function checkExisting(found: Registration, wanted: WebhookFields): IDataObject {
	const { uuid, authenticationType, subscriptions } = found;
	if (isSame(found, wanted)) return { uuid, wasCreated: false };
	throw new InputError(
		'URL',
		`is registered already with other settings (${String(authenticationType)}, ${eventList(subscriptions)})`,
		`Use Webhook: Update with ${String(uuid)}, or another URL.`,
	);
}

const eventList = (list: readonly string[] = []): string => [...new Set(list)].sort().join(', ');

const isSame = ({ authenticationType, subscriptions }: Registration, wanted: WebhookFields): boolean =>
	authenticationType === wanted.authenticationType && eventList(subscriptions) === eventList(wanted.subscriptions);

/** Returns the registrations of a URL, the oldest first. The API's filter may return others too. */
async function findRegistrations(client: Client, url: string) {
	const found = await collectPages(client, {
		call: 'GET /webhooks',
		query: { url },
		order: ['orderByCreatedDate', 'ASC'],
		noun: 'webhooks',
	});
	return found.filter((registration) => registration.url === url);
}
