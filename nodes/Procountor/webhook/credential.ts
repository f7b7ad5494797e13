import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { joined } from '../utils/maps';

type Read = Promise<ICredentialDataDecryptedObject>;

/** Reads that are not finished, by credential and trigger. */
const inFlight = new Map<string, Read>();

/**
 * The context of a delivery that reads an API key once, and joins a read of the same trigger that is not finished. n8n would
 * read and resolve it for each request again, which takes longer than the rest of a delivery. A login stays with n8n, which
 * may have renewed its token.
 */
export function withOneCredential(context: IWebhookFunctions): IWebhookFunctions {
	let own: Read | undefined;
	const getCredentials = async (type: string): Read => {
		if (type !== 'procountorApi') return await context.getCredentials(type);
		own ??= shared(context, type);
		return await own;
	};
	return Object.create(context, { getCredentials: { value: getCredentials } }) as IWebhookFunctions;
}

async function shared(context: IWebhookFunctions, type: string): Read {
	const { id, credentials } = context.getNode();
	const key = `${String(context.getWorkflow().id)} ${id} ${credentials?.[type]?.id ?? ''}`;
	return await joined(inFlight, key, async () => await context.getCredentials(type));
}
