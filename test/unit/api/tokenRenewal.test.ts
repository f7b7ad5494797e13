import { renewalFor, TokenRenewal } from '../../../nodes/Procountor/api/tokenRenewal';

const good = () => Promise.resolve(undefined);
const unreachable = { failure: 'unreachable', reason: 'at the login, 503' } as const;

describe('Token renewal', () => {
	it('runs once for all requests that were rejected with the same token', async () => {
		const renewal = new TokenRenewal();
		const renew = jest.fn(good);
		await Promise.all([renewal.run(0, renew), renewal.run(0, renew)]);
		await renewal.run(0, renew);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('runs again for a request that was rejected with the renewed token', async () => {
		const renewal = new TokenRenewal();
		const renew = jest.fn(good);
		await renewal.run(renewal.generation, renew);
		await renewal.run(renewal.generation, renew);
		expect(renew).toHaveBeenCalledTimes(2);
	});

	it('fails for all waiting requests, and the next request tries it again', async () => {
		const renewal = new TokenRenewal();
		const fail = jest.fn(() => Promise.resolve(unreachable));
		expect(await Promise.all([renewal.run(0, fail), renewal.run(0, fail)])).toEqual([unreachable, unreachable]);
		const renew = jest.fn(good);
		expect([renewal.generation, await renewal.run(0, renew)]).toEqual([0, undefined]);
		expect([fail.mock.calls.length, renew.mock.calls.length, renewal.generation]).toEqual([1, 1, 1]);
	});

	it('is tried again after it threw an error', async () => {
		const renewal = new TokenRenewal();
		await expect(renewal.run(0, () => Promise.reject(new Error('n8n is closing')))).rejects.toThrow('closing');
		expect(await renewal.run(0, good)).toBeUndefined();
	});

	it('is shared by all users of one credential', () => {
		const mine = renewalFor('procountorApi', '1', 'https://api.procountor.com', 'client');
		expect(renewalFor('procountorApi', '1', 'https://api.procountor.com', 'client')).toBe(mine);
	});

	it.each([
		['credential type', ['procountorOAuth2Api', '1', 'https://api.procountor.com', 'client']],
		['credential', ['procountorApi', '2', 'https://api.procountor.com', 'client']],
		['host', ['procountorApi', '1', 'https://pts-procountor.pubdev.azure.procountor.com', 'client']],
		['client ID', ['procountorApi', '1', 'https://api.procountor.com', 'client 2']],
	])('is not shared by another %s', (_name, other) => {
		const mine = renewalFor('procountorApi', '1', 'https://api.procountor.com', 'client');
		expect(renewalFor(...other)).not.toBe(mine);
		expect(renewalFor(...other)).toBe(renewalFor(...other));
	});
});
