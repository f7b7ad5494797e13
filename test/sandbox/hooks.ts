import type { AxiosInstance } from 'axios';
import { login, plain } from './client';
import { type Sandbox, startSandbox } from '.';

/** What the tests of a file work with. */
interface Given {
	sandbox: Sandbox;
	/** Calls the API as the demo company's administrator. */
	http: AxiosInstance;
	/** Calls the sandbox's own pages and switches. */
	steering: AxiosInstance;
}

/**
 * Registers the hooks of a test file: one sandbox, as it is at its start before each test, whose responses must all
 * keep to the contract. `take` gets what the tests need, with a new login each time.
 */
export function useSandbox(take: (given: Given) => void): void {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ checkAnswers: true });
	});
	beforeEach(async () => {
		sandbox.reset();
		take({ sandbox, http: await login(sandbox), steering: plain(sandbox, '/_sandbox') });
	});
	afterEach(() => expect(sandbox.state.problems).toEqual([]));
	afterAll(() => sandbox.close());
}
