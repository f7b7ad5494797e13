import type { AddressInfo } from 'node:net';

import { Server } from './http/server';
import { SandboxState, type SandboxOptions } from './state';
import { type Backdoor, backdoorOf } from './world/backdoor';

export { DEMO } from './world/demo';
export type { SandboxOptions } from './state';
export { smallestInvoice, smallestJournal } from './world/backdoor';

/** A running sandbox, which simulates Procountor's API. */
export interface Sandbox {
	/** Where it listens: `http://127.0.0.1:<port>`. The API is under `/api` and its versions. */
	readonly url: string;
	readonly state: SandboxState;
	readonly switches: SandboxState['switches'];
	readonly faults: SandboxState['faults'];
	readonly clock: SandboxState['clock'];
	readonly journal: SandboxState['journal'];
	/** Companies, clients and keys. A new one after `reset`. */
	readonly world: SandboxState['world'];
	/** Records made, changed and deleted behind the API's back. */
	readonly backdoor: Backdoor;
	/** Everything as at the start. Tokens die. */
	reset(): void;
	close(): Promise<void>;
}

/**
 * Starts a sandbox on 127.0.0.1 with the demo companies.
 * @param options port, clock, switches; see `SandboxOptions`. All may be left out.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const state = await SandboxState.create(options);
	const { app } = await Server.start(state);
	const { port } = app.server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		state,
		switches: state.switches,
		faults: state.faults,
		clock: state.clock,
		journal: state.journal,
		get world() {
			return state.world;
		},
		get backdoor() {
			return backdoorOf(state.world);
		},
		reset: () => state.reset(),
		close: () => app.close(),
	};
}
