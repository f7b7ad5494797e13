import fc from 'fast-check';
import { checkIdentities } from '../../../nodes/Procountor/validation/identities';
import { validIbansOf, validIds, withOneDigitChanged } from './numbers';

const faultsOf = (record: unknown): string[] =>
	checkIdentities(record).faults.map(({ path, message }) => `${path} ${message}`);

describe('Business ID in a record', () => {
	it('is normalized if its type is Finnish', () => {
		expect(checkIdentities({ invoicingInfo: { identifier: 'FI12345671', identifierType: 'FI' } }).value).toEqual({
			invoicingInfo: { identifier: '1234567-1', identifierType: 'FI' },
		});
		expect(checkIdentities({ businessIdentifier: { brnType: 'FI', code: '12345671' } }).value).toEqual({
			businessIdentifier: { brnType: 'FI', code: '1234567-1' },
		});
	});

	it('is rejected with its path and the right check digit', () => {
		expect(faultsOf({ invoicingInfo: { identifier: '1234567-8', identifierType: 'FI' } })).toEqual([
			'invoicingInfo.identifier is not a Finnish business ID: its check digit should be 1',
		]);
		expect(faultsOf({ additionalInfo: { parentCompanyIdType: 'FI', parentCompanyId: '12' } })[0]).toMatch(
			/^additionalInfo\.parentCompanyId is not a Finnish business ID/,
		);
	});

	it('is recognized by its form if it has no type', () => {
		expect(faultsOf({ counterParty: { identifier: '1234567-8' } })).toHaveLength(1);
		expect(faultsOf({ counterParty: { identifier: '556677-8899' } })).toEqual([]);
	});

	it('is not confused with numbers of other registers', () => {
		const record = {
			identifier: '131052-308T',
			identifierType: 'HETU',
			code: 'FI-1',
			registryInfo: { identifier: '912345678', identifierType: 'NO' },
		};
		expect(checkIdentities(record)).toEqual({ value: record, faults: [] });
	});
});

describe('VAT number in a record', () => {
	it('is checked against the form of the country in its prefix', () => {
		expect(checkIdentities({ taxCode: 'FI 1234567-1' }).value).toEqual({ taxCode: 'FI12345671' });
		expect(faultsOf({ counterParty: { taxCode: 'DE12345' } })).toEqual([
			'counterParty.taxCode is not a VAT number: after DE should come 9 digits',
		]);
		expect(faultsOf({ identifier: 'EL12', identifierType: 'EL' })).toHaveLength(1);
	});

	it('is accepted without a country prefix and for countries without a known form', () => {
		expect(faultsOf({ taxCode: '12345' })).toEqual([]);
		expect(faultsOf({ taxCode: 'US12345' })).toEqual([]);
		expect(faultsOf({ identifier: '5566778899', identifierType: 'SE' })).toEqual([]);
	});
});

describe('Bank account in a record', () => {
	it('loses its spaces, and is rejected with a mistyped digit at any depth', () => {
		expect(
			checkIdentities({ paymentInfo: { bankAccount: { accountNumber: 'FI21 1234 5600 0007 85' } } }).value,
		).toEqual({ paymentInfo: { bankAccount: { accountNumber: 'FI2112345600000785' } } });
		expect(faultsOf({ rows: [{}, { recipientBankAccount: 'FI2112345600000786' }] })[0]).toMatch(
			/^rows\[1\]\.recipientBankAccount is not an IBAN/,
		);
	});

	it('is accepted as a foreign domestic number, except in an IBAN field', () => {
		expect(faultsOf({ accountNumber: '5163-5678901' })).toEqual([]);
		expect(faultsOf({ iban: '5163-5678901' })).toHaveLength(1);
	});

	it('requires a well-formed BIC', () => {
		expect(faultsOf({ bic: 'NDEAFIHH' })).toEqual([]);
		expect(faultsOf({ bic: 'NDEA' })).toHaveLength(1);
	});
});

it('Empty texts are accepted, and the record is copied', () => {
	const record = { paymentInfo: { bankAccount: '', bic: ' ' } };
	expect(checkIdentities(record)).toEqual({ value: record, faults: [] });
	expect(checkIdentities(record).value).not.toBe(record);
});

it('Every single-digit change of a business ID, VAT number or IBAN is reported with its path', () => {
	fc.assert(
		fc.property(
			validIds,
			validIbansOf([
				['FI', 18],
				['SE', 24],
			]),
			fc.nat({ max: 3 }),
			(id, account, rows) => {
				const record = (identifier: string, taxCode: string, iban: string) => ({
					counterParty: { identifier, taxCode },
					list: [...Array.from({ length: rows }, () => ({})), { bankAccount: { accountNumber: iban } }],
				});
				const number = `FI${id.replace('-', '')}`;
				expect(checkIdentities(record(id, number, account))).toEqual({
					value: record(id, number, account),
					faults: [],
				});
				const paths = (one: unknown) => checkIdentities(one).faults.map(({ path }) => path);
				for (const changed of withOneDigitChanged(id))
					expect(paths(record(changed, number, account))).toEqual(['counterParty.identifier']);
				for (const changed of withOneDigitChanged(number))
					expect(paths(record(id, changed, account))).toEqual(['counterParty.taxCode']);
				for (const changed of withOneDigitChanged(account))
					expect(paths(record(id, number, changed))).toEqual([`list[${rows}].bankAccount.accountNumber`]);
			},
		),
		{ numRuns: 50 },
	);
});

describe('OVT identifier in a record', () => {
	it('is normalized, or rejected if its business ID is mistyped', () => {
		expect(checkIdentities({ invoicingInfo: { ovt: '0037 1234567-1' } }).value).toEqual({
			invoicingInfo: { ovt: '003712345671' },
		});
		expect(faultsOf({ invoicingInfo: { ovt: '003712345678' } })[0]).toMatch(
			/^invoicingInfo\.ovt is not an OVT identifier: the digits after 0037 should be a business ID/,
		);
	});

	it('of another country passes', () => {
		for (const ovt of ['0007:5567321707', 'SE556732170701', ''])
			expect(faultsOf({ invoicingInfo: { ovt } })).toEqual([]);
	});
});
