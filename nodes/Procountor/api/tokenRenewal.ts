import { isResponse, type Outcome } from './response';

/**
 * Renews an expired token once for all requests of one credential. n8n renews a token when a request throws a 401. Before
 * n8n-core 2.11.1, a request that returns other statuses as values does not throw a 401. In that case the client sends
 * one request that does throw it, for all refused requests.
 */
export class TokenRenewal {
	private renewalCount = 0;
	private inFlight: Promise<Outcome | undefined> | undefined;

	/** Rises with each renewal. A request that was refused in an older generation only has to be repeated. */
	get generation(): number {
		return this.renewalCount;
	}

	/**
	 * Renews the token, unless it was renewed since the refused request was sent. Joins a renewal in progress.
	 * @param refusedGeneration the generation in which the refused request was sent
	 * @param renew makes n8n renew the token; resolves to a failure, or undefined if the token is valid now
	 * @returns the failure; undefined if the refused request can be repeated
	 */
	async run(refusedGeneration: number, renew: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
		if (refusedGeneration !== this.renewalCount) return undefined;
		this.inFlight ??= this.renewOnce(renew);
		return await this.inFlight;
	}

	private async renewOnce(renew: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
		try {
			const failure = await renew();
			if (failure === undefined) this.renewalCount++;
			return failure;
		} finally {
			this.inFlight = undefined;
		}
	}
}

const renewals = new Map<string, TokenRenewal>();

/**
 * Returns the token renewal that all executions of this n8n process share for one credential.
 * @param credential what identifies the credential: its type, its ID in n8n, and the client
 */
export function renewalFor(...credential: string[]): TokenRenewal {
	const key = JSON.stringify(credential);
	const renewal = renewals.get(key) ?? new TokenRenewal();
	renewals.set(key, renewal);
	return renewal;
}

/**
 * Returns the failure of a renewal request; undefined if Procountor accepts the token, whatever it responds otherwise.
 * The request that needs the token was refused, so a lost connection here leaves nothing unclear.
 */
export function renewalFailure(outcome: Outcome): Outcome | undefined {
	if (!isResponse(outcome))
		return outcome.failure === 'lost'
			? { failure: 'unreachable', reason: `at the login, ${outcome.reason}`, isFinal: outcome.isFinal }
			: outcome;
	const { statusCode } = outcome;
	if (statusCode === 429 || statusCode >= 500) return { failure: 'unreachable', reason: `at the login, ${statusCode}` };
	return statusCode === 401 ? outcome : undefined;
}
