/** Values as Finnish and Swedish systems write them: all spellings match one record, and placeholders for guests are refused. */
import type { INodeParameters } from 'n8n-workflow';
import { useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
useBooks((given) => ({ bench } = given));

const rows: INodeParameters = {
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify([{ product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5 }]),
};
const upsert = async (matchBy: string, matchValue: string) =>
	await bench.run('businessPartner', 'upsert', {
		matchBy,
		matchValue,
		type: 'CUSTOMER',
		name: 'Kund AB',
		additionalFields: { street: 'Storgatan 1', zip: '11122', city: 'Stockholm', country: byId('SWEDEN') },
		simple: false,
	});

describe('Swedish organisation number', () => {
	it.each([
		['Org.nr 556677-8899', '556677-8899'],
		['Organisationsnummer: 5566778899', '5566778899'],
		['556677–8899', '556677-8899'],
		['Momsnr SE556677889901', 'SE556677889901'],
		['VAT no. SE 556677-8899 01', 'SE556677889901'],
	])('is stored without its label and found in other spellings: "%s"', async (given, stored) => {
		const [first] = (await upsert('businessId', given)).items[0];
		expect(first.json).toMatchObject({ invoicingInfo: { identifier: stored } });
		for (const other of ['556677-8899', '5566778899', 'SE556677889901', 'Org.-nr: 556677-8899', given])
			expect((await upsert('businessId', other)).items[0][0].json.id).toBe(first.json.id);
		const { error, items } = await bench.run('invoice', 'create', {
			partnerId: { __rl: true, mode: 'identifier', value: given },
			...rows,
		});
		expect(error?.message).toBeUndefined();
		expect(items).toHaveLength(1);
	});
});

describe('Finnish business ID', () => {
	it.each([
		'FO-nummer: 0112038-9',
		'Y-tunnus 0112038-9',
		'ALV-nro FI01120389',
		'VAT: FI 0112038-9',
		'ALV-tunnus: FI01120389',
	])('is stored in its standard form: "%s"', async (given) => {
		const [first] = (await upsert('businessId', given)).items[0];
		expect(first.json).toMatchObject({ invoicingInfo: { identifier: '0112038-9' } });
		expect((await upsert('businessId', '01120389')).items[0][0].json.id).toBe(first.json.id);
	});
});

describe('Customer number that means a guest', () => {
	it.each(['guest', 'Guest', 'VIERAS', 'Gäst', 'anonymous', 'ei ole', 'Ingen', 'saknas', 'tuntematon'])(
		'is refused, so that guests do not share a register entry: "%s"',
		async (given) => {
			const { error } = await upsert('customerNumber', given);
			expect(error?.message).toContain('all guests would share one register entry');
			expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
		},
	);

	it.each(['guest-17', 'Vieraslahti', 'Ingen AB'])('is accepted if it contains more: "%s"', async (given) => {
		expect((await upsert('customerNumber', given)).error).toBeUndefined();
	});
});

describe('Journal', () => {
	const base = [
		{ account: '1910', accountingValue: 100, vatPercent: 0 },
		{ account: '1900', accountingValue: -100, vatPercent: 0 },
	];
	const post = async (name: string, transactions: unknown[]) =>
		(
			await bench.json('ledgerReceipt', 'create', {
				name,
				receiptDate: '2026-10-01',
				vatType: 'SALES',
				specifyRows: 'json',
				transactionsJson: JSON.stringify(transactions),
			})
		)[0];

	it.each<[string, string, unknown[]]>([
		['a decomposed name', 'Päivän myynti'.normalize('NFD'), base],
		['capitals and two spaces', 'PÄIVÄN  MYYNTI', base],
		[
			'amounts as texts',
			'Päivän myynti',
			[
				{ account: '1910', accountingValue: '100,00', vatPercent: '0 %' },
				{ account: '1900', accountingValue: '−100,00 €', vatPercent: '0' },
			],
		],
		[
			'accounts with names and numbers',
			'Päivän myynti',
			[
				{ ...base[0], account: '1910 Pankkitili' },
				{ ...base[1], account: 1900 },
			],
		],
		[
			'debit and credit',
			'Päivän myynti',
			[
				{ account: '1910', debit: 100 },
				{ account: '1900', credit: 100 },
			],
		],
	])('matches an existing one with %s', async (_, name, transactions) => {
		const made = await post('Päivän myynti', base);
		expect(await post(name, transactions)).toMatchObject({ id: made.id, wasCreated: false });
	});

	it.each<[string, unknown[]]>([
		['a row in two parts', [{ ...base[0], accountingValue: 60 }, { ...base[0], accountingValue: 40 }, base[1]]],
		[
			'debit and credit exchanged',
			[
				{ ...base[0], accountingValue: -100 },
				{ ...base[1], accountingValue: 100 },
			],
		],
		['another account', [{ ...base[0], account: '1930' }, base[1]]],
	])('does not match an existing one with %s', async (_, transactions) => {
		await post('Dagskassa Åbo', base);
		expect((await post('Dagskassa Åbo', transactions)).wasCreated).toBe(true);
	});
});

describe('Bank account on a sales invoice', () => {
	it.each(['123-4567', 'Bankgiro 123-4567', 'SE45 5000 0000 0583 9825 7466'])(
		"is refused if it is not the company's own: %s",
		async (bankAccount) => {
			const { error } = await bench.run('invoice', 'create', {
				counterPartyName: 'Kahvila Oy',
				...rows,
				additionalFields: { bankAccount },
			});
			expect(error?.message).toContain("which is not one of the company's own accounts (FI");
			expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
		},
	);
});
