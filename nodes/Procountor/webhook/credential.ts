import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { joinOrStart } from '../utils/maps';

type Read = Promise<ICredentialDataDecryptedObject>;

/** Pending reads, by credential and trigger. */
const inFlight = new Map<string, Read>();

/**
 * The context of a delivery that reads an API key once, and joins a read of the same trigger that is not finished. n8n would
 * read and resolve it for each request again, which takes longer than the rest of a delivery. A login stays with n8n, which
 * may have renewed its token.
 */
export function withOneCredential(context: IWebhookFunctions): IWebhookFunctions {
	let ownRead: Read | undefined;
	const getCredentials = async (type: string): Read => {
		if (type !== 'procountorApi') return await context.getCredentials(type);
		ownRead ??= joinedRead(context, type);
		return await ownRead;
	};
	return Object.create(context, { getCredentials: { value: getCredentials } }) as IWebhookFunctions;
}

async function joinedRead(context: IWebhookFunctions, type: string): Read {
	const { id, credentials } = context.getNode();
	const key = `${String(context.getWorkflow().id)} ${id} ${credentials?.[type]?.id ?? ''}`;
	return await joinOrStart(inFlight, key, async () => await context.getCredentials(type));
}
