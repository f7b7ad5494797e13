import {
	businessId,
	finnishIban,
	isBusinessId,
	isEInvoiceAddress,
	isIban,
	isReference,
	reference,
	rfReference,
} from './finnish';

// The examples are those of docs/procountor.md#check-digits, or published by banks and the trade register.
describe('Check of Finnish identifiers', () => {
	it('accepts valid reference numbers and rejects invalid ones', () => {
		expect(reference('12345')).toBe('123453');
		for (const good of ['123453', '1232', 'RF18539007547034', rfReference('123453')])
			expect([good, isReference(good)]).toEqual([good, true]);
		for (const bad of ['123454', '123', '1'.repeat(21), 'RF19539007547034', 'RF00', '12 3453', ''])
			expect([bad, isReference(bad)]).toEqual([bad, false]);
	});

	it('accepts valid account numbers and rejects invalid ones', () => {
		for (const good of ['FI2112345600000785', 'GB82WEST12345698765432', finnishIban('12345600000785')])
			expect([good, isIban(good)]).toEqual([good, true]);
		for (const bad of ['FI2212345600000785', 'FI211234560000078', 'FI21 1234 5600 0007 85', 'fi2112345600000785', ''])
			expect([bad, isIban(bad)]).toEqual([bad, false]);
		expect(finnishIban('12345600000785')).toBe('FI2112345600000785');
	});

	it('accepts valid business IDs and rejects invalid ones', () => {
		for (const good of ['0112038-9', '1572860-0', businessId(1234567), businessId(9999990)])
			expect([good, isBusinessId(good)]).toEqual([good, true]);
		for (const bad of ['0112038-8', '1234567-8', '112038-9', '01120389'])
			expect([bad, isBusinessId(bad)]).toEqual([bad, false]);
	});

	it('accepts valid e-invoice addresses and rejects invalid ones', () => {
		for (const good of ['003701120389', '00370112038912345', 'FI2112345600000785'])
			expect([good, isEInvoiceAddress(good)]).toEqual([good, true]);
		for (const bad of ['00370112038', '003801120389', '003701120389123456', 'x'])
			expect([bad, isEInvoiceAddress(bad)]).toEqual([bad, false]);
	});
});
