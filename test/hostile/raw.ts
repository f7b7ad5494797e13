/** n8n's engine against a raw server, for one test file. */
import type { INode } from 'n8n-workflow';
import {
	Engine,
	type CredentialData,
	type RunNodeOptions,
	type RunResult,
	type SavedCredential,
} from '../engine/harness';
import { rawServer, type RawServer } from './rawServer';

export interface RawBench {
	engine: Engine;
	/** A new server for each test. */
	server: RawServer;
	apiKey(more?: CredentialData): CredentialData;
	oAuth2(more?: CredentialData): CredentialData;
	run(
		resource: string,
		operation: string,
		parameters?: RunNodeOptions['parameters'],
		more?: RawRun,
	): Promise<RunResult>;
}

export interface RawRun {
	items?: RunNodeOptions['items'];
	settings?: Partial<INode>;
	credential?: CredentialData | SavedCredential;
	oAuth2?: CredentialData | SavedCredential;
	cancel?: AbortSignal;
}

/** Sets up the engine once and a server for each test of the file that calls it. */
export function rawBench(): RawBench {
	const bench = {} as RawBench;
	const fields = (): CredentialData => ({
		environment: 'custom',
		baseUrl: bench.server.url,
		clientId: 'client',
		clientSecret: 'client-secret-1',
		requestsPerSecond: 1000,
	});
	bench.apiKey = (more = {}) => ({ ...fields(), apiKey: 'api-key-number-1', ...more });
	bench.oAuth2 = (more = {}) => ({
		...fields(),
		oauthTokenData: { access_token: 'first-access-token', refresh_token: 'the-refresh-token' },
		...more,
	});
	bench.run = async (resource, operation, parameters = {}, { credential, oAuth2, ...more } = {}) =>
		await bench.engine.runNode({
			type: 'procountor',
			parameters: { authentication: oAuth2 ? 'oAuth2' : 'apiKey', resource, operation, ...parameters },
			credentials: oAuth2 ? { procountorOAuth2Api: oAuth2 } : { procountorApi: credential ?? bench.apiKey() },
			...more,
		});
	beforeAll(async () => void (bench.engine = await Engine.start()));
	beforeEach(async () => void (bench.server = await rawServer()));
	afterEach(async () => await bench.server.close());
	return bench;
}
