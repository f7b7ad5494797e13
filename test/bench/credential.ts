import type { CredentialData } from '../engine/harness/credentials';
import { DEMO } from '../sandbox';

/** A credential for the demo company's administrator, as a person fills it in. */
export function credentialFor(url: string, requestsPerSecond: number): CredentialData {
	return {
		environment: 'custom',
		baseUrl: url,
		clientId: DEMO.client.id,
		clientSecret: DEMO.client.secret,
		apiKey: DEMO.keys.admin,
		requestsPerSecond,
	};
}
