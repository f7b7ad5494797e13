import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ProcountorApi } from '../../../credentials/ProcountorApi.credentials';
import { ProcountorOAuth2Api } from '../../../credentials/ProcountorOAuth2Api.credentials';
import { expressionFlags, openClient, openClientWithoutItems } from '../../../nodes/Procountor/api/credential';
import { Execution } from '../../../nodes/Procountor/api/execution';

const good: IDataObject = {
	environment: 'custom',
	baseUrl: 'https://procountor.example.com',
	clientId: 'credential test',
};

/** Imitates n8n's credentials: one for each item, and a list of those that were read. */
function contextOf(credentials: IDataObject[], authentication?: string) {
	const asked: Array<[string, number | undefined]> = [];
	const context = {
		getNode: () => ({ name: 'Procountor' }),
		getNodeParameter: () => authentication,
		helpers: {},
		getCredentials: async (type: string, index?: number) => {
			asked.push([type, index]);
			return await Promise.resolve(credentials[index ?? 0] ?? credentials[0]);
		},
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

const open = async (credentials: IDataObject[], items: number) => {
	const { context, asked } = contextOf(credentials, 'apiKey');
	let pauses = 0;
	const client = await openClient(context, items, async () => await Promise.resolve(void pauses++));
	return { client, asked: asked.map(([, index]) => index), pauses };
};

describe('Credential of an execution', () => {
	it('is read once if it contains no expression', async () => {
		const { client, asked, pauses } = await open([good], 5000);
		expect([client.address.host, asked, pauses]).toEqual(['https://procountor.example.com', [0], 0]);
	});

	it('is read for each item, ten at a time, if it contains an expression', async () => {
		const { asked, pauses } = await open([{ ...good, apiKeyIsExpression: true }], 22);
		expect(asked).toEqual(Array.from({ length: 22 }, (_, index) => index));
		expect(pauses).toBe(3);
	});

	it.each(expressionFlags().map(({ name }) => name.replace('IsExpression', '')))(
		'is rejected if its %s differs between items',
		async (name) => {
			const first = { ...good, [`${name}IsExpression`]: true, [name]: good[name] ?? 'a' };
			const items = Array.from({ length: 15 }, () => first);
			items[13] = { ...first, [name]: 'other' };
			await expect(open(items, 15)).rejects.toThrow(
				'The credential is not the same for all items: item 13 would go to another company than item 0',
			);
			expect((await open(items, 13)).asked).toHaveLength(13);
		},
	);

	it('has hidden fields that n8n shows if a value is an expression', () => {
		for (const mark of expressionFlags()) {
			const name = mark.name.replace('IsExpression', '');
			expect(mark).toMatchObject({ type: 'hidden', default: true, displayOptions: { show: { [name]: ['='] } } });
			const isSecret = ['clientSecret', 'apiKey'].includes(name);
			expect('typeOptions' in mark ? mark.typeOptions : undefined).toEqual(isSecret ? { password: true } : undefined);
		}
		const names = expressionFlags('clientId', 'clientSecret').map(({ name }) => name);
		expect(expressionFlags().map(({ name }) => name)).toEqual(
			expect.arrayContaining([...names, 'clientIdIsExpression', 'clientSecretIsExpression']),
		);
		expect(names).toHaveLength(expressionFlags().length - 2);
		expect(names).not.toContain('clientIdIsExpression');
	});

	it('is rejected if the second of two items differs', async () => {
		const first = { ...good, apiKey: 'a', apiKeyIsExpression: true };
		await expect(open([first, { ...first, apiKey: 'b' }], 2)).rejects.toThrow('item 1 would go to another company');
	});

	it.each([
		['procountorApi', new ProcountorApi(), []],
		['procountorOAuth2Api', new ProcountorOAuth2Api(), ['clientId', 'clientSecret']],
	])('uses only fields of %s in its display conditions', (_name, { properties }, inherited) => {
		const names = [...inherited, ...properties.map(({ name }) => name)];
		const asked = properties.flatMap(({ displayOptions = {} }) => Object.keys(displayOptions.show ?? {}));
		expect(asked.filter((name) => !names.includes(name))).toEqual([]);
	});

	it.each([
		['oAuth2', 'procountorOAuth2Api'],
		['apiKey', 'procountorApi'],
		[undefined, 'procountorApi'],
	])('has the type that the node is set to: %s', async (authentication, type) => {
		const { context, asked } = contextOf([good], authentication);
		await openClient(context, 1, async () => await Promise.resolve());
		const { client, credential } = await openClientWithoutItems(context, authentication);
		expect(asked).toEqual([
			[type, 0],
			[type, undefined],
		]);
		expect([client.address.environment, credential]).toEqual(['custom', good]);
	});
});

describe('Shared state of an execution', () => {
	it('has no client while items are being prepared', async () => {
		const execution = new Execution();
		expect(() => execution.client).toThrow(new TypeError('No request is possible before the items are prepared'));
		const { client } = await open([good], 1);
		execution.open(client);
		expect(execution.client).toBe(client);
	});

	it('is created by the first item that requests it', () => {
		const execution = new Execution();
		expect([
			execution.shared('a', () => undefined),
			execution.shared('a', () => 2),
			execution.shared('b', () => 3),
		]).toEqual([undefined, undefined, 3]);
	});

	it('is read once, and again after a failure', async () => {
		const execution = new Execution();
		let reads = 0;
		const read = async (): Promise<number> => {
			await Promise.resolve();
			if (++reads === 1) throw new Error('once');
			return reads;
		};
		const both = [execution.readOnce('a', read), execution.readOnce('a', read)];
		for (const one of both) await expect(one).rejects.toThrow('once');
		expect([await execution.readOnce('a', read), await execution.readOnce('a', read)]).toEqual([2, 2]);
		expect(reads).toBe(2);
	});
});
