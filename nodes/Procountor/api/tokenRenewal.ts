import type { Outcome } from './response';

/**
 * Renews an expired token once for all requests of one credential. n8n renews a token when a request throws a 401.
 * Before n8n-core 2.11.1, a request that takes all other statuses as values does not throw a 401. In that case one
 * other request, which does throw it, is sent for all that were refused.
 */
export class TokenRenewal {
	private count = 0;
	private inFlight: Promise<Outcome | undefined> | undefined;

	/** Grows with each renewal; whoever was refused with an older one has only to repeat. */
	get generation(): number {
		return this.count;
	}

	/**
	 * Renews the token unless that was done since a generation, or is being done.
	 * @param refused the generation of the request that was refused
	 * @param renew sends the request that makes n8n renew; resolves to what went wrong, undefined when the token is good now
	 * @returns what went wrong, undefined when the refused request can be repeated
	 */
	async run(refused: number, renew: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
		if (refused !== this.count) return undefined;
		this.inFlight ??= this.renewOnce(renew);
		return await this.inFlight;
	}

	private async renewOnce(renew: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
		try {
			const failed = await renew();
			if (failed === undefined) this.count++;
			return failed;
		} finally {
			this.inFlight = undefined;
		}
	}
}

const renewals = new Map<string, TokenRenewal>();

/**
 * Returns the token renewal that all executions of this n8n process share for one credential.
 * @param credential what tells the credential apart: its type, n8n's id of it, and the client
 */
export function renewalFor(...credential: string[]): TokenRenewal {
	const key = JSON.stringify(credential);
	const known = renewals.get(key) ?? new TokenRenewal();
	renewals.set(key, known);
	return known;
}
