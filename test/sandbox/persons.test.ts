import type { AxiosInstance } from 'axios';

import { login } from './client';
import type { Sandbox } from '.';
import { without } from './records/fields';
import { isIdentityCode } from './records/persons';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

const person = (changes: object = {}) => ({
	firstName: 'Taimi',
	lastName: 'Öhman',
	deliveryAddress: { street: 'Koivukuja 2', zip: '33100', city: 'TAMPERE', country: 'FINLAND' },
	paymentInfo: {
		paymentMethod: 'BANK_TRANSFER',
		paymentTermDays: '14',
		penalInterestRate: 0,
		accountNumber: 'FI2112345600000785',
	},
	invoicingInfo: {
		personNumber: '9100',
		language: 'FINNISH',
		gender: 'FEMALE',
		identifier: '131052-308T',
		identifierType: 'HETU',
	},
	registryInfo: { active: true, email: 'taimi@example.fi' },
	...changes,
});

const list = async (params: object = {}) =>
	(await http.get('/persons', { params: { orderById: 'ASC', ...params } })).data.results as Array<{
		id: number;
		lastName: string;
		registryInfo: { active: boolean };
	}>;

it('The check character of an identity code is validated', () => {
	expect(['131052-308T', '131052A308T'].map(isIdentityCode)).toEqual([true, true]);
	expect(['131052-308U', '131052308T', '131052-308', ''].map(isIdentityCode)).toEqual([false, false, false, false]);
});

describe('Persons API', () => {
	it('lists inactive persons only on request', async () => {
		const shown = await list();
		expect(shown.length).toBeGreaterThan(2);
		expect(shown.every(({ registryInfo }) => registryInfo.active)).toBe(true);
		const all = await list({ includeInactive: true });
		expect(all.filter(({ registryInfo }) => !registryInfo.active).map(({ lastName }) => lastName)).toEqual([
			'Lähtenyt',
		]);
	});

	it('filters by part of the person number, by group and by main group', async () => {
		const numbers = async (params: object) =>
			(await list({ includeInactive: true, ...params })).map(({ lastName }) => lastName);
		expect(await numbers({ personNumber: '002' })).toEqual(['Myllymäki']);
		const { data: groups } = await http.get('/businesspartners/groups', { params: { type: 'PERSON' } });
		const workers = groups.results.find(({ name }: { name: string }) => name === 'Työntekijät');
		expect(await numbers({ personGroupId: workers.id })).toEqual(['Hyväri', 'Lähtenyt']);
		expect(await numbers({ mainPersonGroup: 'Toimihenkilöt' })).toEqual(['Koivuranta', 'Myllymäki']);
		expect(await numbers({ mainPersonGroup: 'Toimihenkilö' })).toEqual([]);
	});

	it('creates a person that is also a partner with the same ID', async () => {
		const { status, data } = await http.post('/persons', person());
		expect(status).toBe(200);
		expect(data).toMatchObject({ ...person(), id: expect.any(Number), version: expect.any(String) });
		expect((await http.get(`/businesspartners/${data.id}`)).data).toMatchObject({
			id: data.id,
			type: 'PERSON',
			name: 'Öhman Taimi',
		});
		expect(await list({ personNumber: '9100' })).toEqual([
			{
				id: data.id,
				firstName: 'Taimi',
				lastName: 'Öhman',
				deliveryAddress: person().deliveryAddress,
				invoicingInfo: { personNumber: '9100', identifier: '131052-308T', identifierType: 'HETU' },
				registryInfo: { active: true },
			},
		]);
		const customer = (await http.get('/businesspartners', { params: { type: 'CUSTOMER' } })).data.results[0].id;
		expect((await http.get(`/persons/${customer}`)).status).toBe(404);
	});

	it('replaces the whole person and requires its latest version', async () => {
		const { data } = await http.post('/persons', person());
		const rest = without(data, 'deliveryAddress');
		expect((await http.put(`/persons/${data.id}`, person())).status).toBe(400);
		const { status, data: changed } = await http.put(`/persons/${data.id}`, { ...rest, lastName: 'Öhman-Lahti' });
		expect(status).toBe(200);
		expect(changed.deliveryAddress).toBeUndefined();
		expect(changed.version > data.version).toBe(true);
		const late = await http.put(`/persons/${data.id}`, rest);
		expect([late.status, late.data.errors[0].field]).toEqual([400, 'version']);
	});

	it.each([
		['a version for a new person', { version: '2026-10-01T09:00:00' }, 'version'],
		[
			'an identity code with a wrong check character',
			{ invoicingInfo: { ...person().invoicingInfo, identifier: '131052-308U' } },
			'invoicingInfo.identifier',
		],
		[
			'an account that is not an IBAN',
			{ paymentInfo: { ...person().paymentInfo, accountNumber: '123' } },
			'paymentInfo.accountNumber',
		],
		['an unknown group', { registryInfo: { active: true, personGroupsIds: [999] } }, 'registryInfo.personGroupsIds'],
		['a missing last name', { lastName: undefined }, 'lastName'],
		['a character outside Windows-1252', { firstName: 'Таня' }, 'firstName'],
	])('rejects %s', async (_, changes, field) => {
		const { status, data } = await http.post('/persons', person(changes));
		expect([status, data.errors[0].field]).toEqual([400, field]);
	});

	it('requires default dimensions that add up to 100 percent', async () => {
		const [{ id }] = await list();
		const [dimension] = (await http.get('/dimensions')).data;
		const items = (first: number) => [
			{ id: dimension.items[0].id, codeName: dimension.items[0].codeName, percent: first },
			{ id: dimension.items[1].id, codeName: dimension.items[1].codeName, percent: 40 },
		];
		const body = (first: number) => ({ id: dimension.id, name: dimension.name, items: items(first) });
		expect((await http.put(`/persons/${id}/defaults/dimensions/${dimension.id}`, body(50))).status).toBe(400);
		expect((await http.put(`/persons/${id}/defaults/dimensions/${dimension.id}`, body(60))).status).toBe(200);
		expect(
			(await http.get(`/persons/${id}/defaults/dimensions`)).data[0].items.map(
				({ percent }: { percent: number }) => percent,
			),
		).toEqual([60, 40]);
		const { data: single } = await http.get(`/persons/${id}/defaults/dimensions/${dimension.id}`);
		expect(single.items.map(({ percent }: { percent: number }) => percent).slice(0, 3)).toEqual([60, 40, 0]);
		expect((await http.get(`/persons/${id}/defaults/dimensions/99`)).status).toBe(404);
		expect((await http.get(`/persons/${id}/defaults/products`)).data[0].productInfo.type).toBe('TRAVEL');
	});

	it('returns 403 without the right, or an empty list if the switch is on', async () => {
		const sales = await login(sandbox, 'sales');
		expect((await sales.get('/persons')).status).toBe(403);
		sandbox.switches.missingRightShowsAsEmpty = true;
		expect((await sales.get('/persons')).data.results).toEqual([]);
		const viewer = await login(sandbox, 'viewer');
		expect((await viewer.post('/persons', person())).status).toBe(403);
	});

	it('returns different persons for the same ID in two companies', async () => {
		const second = await login(sandbox, 'second');
		const [{ id, lastName }] = await list();
		const { data } = await second.get(`/persons/${id}`);
		expect(data.id).toBe(id);
		expect(`${data.lastName} ${data.firstName}`).not.toBe(`${lastName} Aino`);
	});
});
