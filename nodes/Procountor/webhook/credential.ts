import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { joinOrStart } from '../utils/maps';

type CredentialRead = Promise<ICredentialDataDecryptedObject>;

/** Pending reads, by credential and trigger. */
const pendingReads = new Map<string, CredentialRead>();

/**
 * Returns a context that reads an API key once for a delivery, and shares a pending read of the same trigger. n8n would read
 * and resolve the key again for each request, which takes longer than the rest of a delivery. An OAuth2 login is always read
 * from n8n, which may have renewed its token.
 */
export function withSharedCredential(context: IWebhookFunctions): IWebhookFunctions {
	let credentialRead: CredentialRead | undefined;
	const getCredentials = async (type: string): CredentialRead => {
		if (type !== 'procountorApi') return await context.getCredentials(type);
		credentialRead ??= joinRead(context, type);
		return await credentialRead;
	};
	return Object.create(context, { getCredentials: { value: getCredentials } }) as IWebhookFunctions;
}

async function joinRead(context: IWebhookFunctions, type: string): CredentialRead {
	const { id, credentials } = context.getNode();
	const key = `${String(context.getWorkflow().id)} ${id} ${credentials?.[type]?.id ?? ''}`;
	return await joinOrStart(pendingReads, key, async () => await context.getCredentials(type));
}
