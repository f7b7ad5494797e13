import type { IDataObject } from 'n8n-workflow';
import { type Client, collectPages, InputError, problemIn, ProcountorError } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { raise } from '../../utils/raise';
import { readSession } from '../shared/companyData';
import { withLock } from '../shared/recentCreates';

export const callsOfCreateWebhook = ['GET /webhooks', 'GET /sessioninfo'] as const;

interface Wanted {
	url: string;
	authenticationType: 'HMAC' | 'NONE';
	subscriptions: Array<NonNullable<Listed['subscriptions']>[number]>;
	authenticationMeta?: Record<string, unknown>;
}
type Listed = Awaited<ReturnType<typeof registrationsOf>>[number];

/** Registers a URL once: a second run returns the registration that is there. One with other events is not touched. */
export const createWebhook: OperationHandler = (operation, input) => {
	const wanted = input.values(operation).body as unknown as Wanted;
	return {
		readOnly: false,
		resumable: true,
		run: async (client) => {
			const { companyId } = await readSession(client);
			const name = JSON.stringify(['webhook', client.address.base, companyId, wanted.url]);
			return [{ json: await withLock(name, async () => await registered(client, wanted)) }];
		},
	};
};

async function registered(client: Client, wanted: Wanted): Promise<IDataObject> {
	const [found, ...others] = await registrationsOf(client, wanted.url);
	if (found) {
		const result = same(found, wanted);
		refuseDouble([found, ...others.filter((other) => isSame(other, wanted))]);
		return result;
	}
	const { uuid } = await client.post('POST /webhooks', { body: wanted, noun: 'the webhook' }).catch(async (error) => {
		const [late] = problemIn(error).outcomeUnknown ? await registrationsOf(client, wanted.url) : [];
		return late ?? raise(error);
	});
	// Another n8n process may have registered it at the same moment, which neither can prevent.
	refuseDouble(await registrationsOf(client, wanted.url));
	return { uuid, wasCreated: true };
}

/** @throws {ProcountorError} for more than one registration */
function refuseDouble(found: Listed[]): void {
	if (found.length < 2) return;
	throw new ProcountorError({
		message: `Procountor has the webhook for ${String(found[0].url)} more than once (${found.map(({ uuid }) => String(uuid)).join(' and ')}), so it delivers each event more than once`,
		advice: 'Keep one and delete the others with Webhook: Delete. Then run the workflow again.',
	});
}

/** The registration that is there, if it is the wanted one. @throws InputError for another one */
function same(found: Listed, wanted: Wanted): IDataObject {
	const { uuid, authenticationType, subscriptions } = found;
	if (isSame(found, wanted)) return { uuid, wasCreated: false };
	throw new InputError(
		'URL',
		`is registered already with other settings (${String(authenticationType)}, ${events(subscriptions)})`,
		`Use Webhook: Update with ${String(uuid)}, or another URL.`,
	);
}

const events = (list: readonly string[] = []): string => [...new Set(list)].sort().join(', ');

const isSame = ({ authenticationType, subscriptions }: Listed, wanted: Wanted): boolean =>
	authenticationType === wanted.authenticationType && events(subscriptions) === events(wanted.subscriptions);

/** The registrations of exactly one URL, the oldest first; the API's filter may find more. */
async function registrationsOf(client: Client, url: string) {
	const found = await collectPages(client, {
		call: 'GET /webhooks',
		query: { url },
		order: ['orderByCreatedDate', 'ASC'],
		noun: 'webhooks',
	});
	return found.filter((one) => one.url === url);
}
