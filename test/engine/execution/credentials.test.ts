/** Pasted credential values, and the message of the credential dialog, which shows only one message. */
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const testOf = async (change: object) =>
	await bench.engine.testCredential(
		'procountorApi',
		bench.credential(change as Parameters<typeof bench.credential>[0]),
	);

describe('Values pasted into an API key credential', () => {
	it.each([
		['spaces around them', (value: string) => ` ${value} `],
		['a line break at the end', (value: string) => `${value}\r\n`],
		['a zero-width space and a byte order mark', (value: string) => `\ufeff${value}\u200b`],
		['a non-breaking space', (value: string) => `\u00a0${value}`],
	])('are accepted with %s', async (_, pasted) => {
		const credential = bench.credential({
			clientId: pasted(DEMO.client.id),
			clientSecret: pasted(DEMO.client.secret),
			apiKey: pasted(DEMO.keys.admin),
		});
		expect(await bench.engine.testCredential('procountorApi', credential)).toMatchObject({ status: 'OK' });
		expect(await bench.json('company', 'getSession', {}, { credential })).toHaveLength(1);
	});
});

describe('Message of the credential dialog', () => {
	it.each([
		['a wrong API key', { apiKey: 'no-such-key' }, /person icon > API client keys/],
		['a wrong client secret', { clientSecret: 'no-such-secret' }, /test and production have their own/],
		[
			'an API version that does not exist',
			{ apiVersion: 'numbered', versionNumber: '1901' },
			/'Latest' or 'Supported'/,
		],
		['an address that is not allowed', { baseUrl: 'http://example.com' }, /https/],
	])('shows what to do about %s', async (_, change, advice) => {
		const { status, message } = await testOf(change);
		expect(status).toBe('Error');
		expect(message).toMatch(advice);
	});

	it('shows where to open a closed API', async () => {
		bench.sandbox.world.company(DEMO.companyId).settings.apiAllowed = false;
		expect((await testOf({})).message).toContain('Management > Company info > Usage settings > Integration settings');
	});

	it('contains advice that a node error shows only in its description', async () => {
		const { error } = await bench.run(
			'company',
			'getSession',
			{},
			{ credential: bench.credential({ apiKey: 'wrong' }) },
		);
		expect(error?.message).not.toContain('API client keys');
		expect(error?.description).toContain('API client keys');
	});
});
