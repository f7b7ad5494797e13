import { email, lacksForChannel, type Sendable } from '../../../nodes/Procountor/checks/channel';
import { problemOf, valueOf } from './told';

const address = { street: 'Katu 1', zip: '00100', city: 'Helsinki', country: 'FINLAND' };
const fields = (invoice: Sendable, linked = false) => lacksForChannel(invoice, linked).map(({ field }) => field);

describe('email', () => {
	it.each(['anna@example.com', ' a.b+c@sub.example.fi '])('takes %p', (input) => {
		expect(valueOf(email(input))).toBe(input.trim());
	});

	it.each(['anna', 'anna@example', 'a@b@example.com', 'anna@example.com, b@example.com', 'Anna <anna@example.com>', 'a b@example.com', 'anna@.com', 'anna@example.'])('refuses %p', (input) => {
		expect(problemOf(email(input))).toBe(`is not an email address: "${input}"`);
	});
});

describe('what an invoice needs for its channel', () => {
	it('is nothing without sending', () => {
		expect(fields({ invoiceChannel: 'NO_SENDING' })).toEqual([]);
		expect(fields({})).toEqual([]);
	});

	it('is an address for email', () => {
		expect(fields({ invoiceChannel: 'EMAIL', counterParty: { email: 'a@example.com' } })).toEqual([]);
		expect(lacksForChannel({ invoiceChannel: 'EMAIL', counterParty: { email: ' ' } })).toEqual([
			{ field: 'counterParty.email', problem: 'is missing, and an invoice by email needs it', hint: 'Fill it in, or choose another invoice channel' },
		]);
		expect(lacksForChannel({ invoiceChannel: 'EMAIL', counterParty: { email: 'nobody' } }, true)).toMatchObject([{ field: 'counterParty.email', problem: 'is not an email address: "nobody"' }]);
		expect(fields({ invoiceChannel: 'EMAIL' }, true)).toEqual([]);
	});

	it('is street, zip and city for mail, in either address', () => {
		expect(fields({ invoiceChannel: 'MAIL', counterParty: { counterPartyAddress: address } })).toEqual([]);
		expect(fields({ invoiceChannel: 'MAIL', billingAddress: address })).toEqual([]);
		expect(fields({ invoiceChannel: 'MAIL', billingAddress: { street: 'Katu 1' }, counterParty: { counterPartyAddress: { zip: '00100' } } })).toEqual(['counterParty.counterPartyAddress.city']);
	});

	it('is both addresses, an e-invoice address and an operator for e-invoices in Finland', () => {
		const einvoiceAddress = { address: '003712345671', operator: '003721291126' };
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty: { counterPartyAddress: address, einvoiceAddress } })).toEqual([]);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', billingAddress: { ...address, city: '' }, counterParty: { counterPartyAddress: address, einvoiceAddress } })).toEqual(['billingAddress.city']);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty: { counterPartyAddress: address } })).toEqual(['counterParty.einvoiceAddress.address', 'counterParty.einvoiceAddress.operator']);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty: { counterPartyAddress: address } }, true)).toEqual([]);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE' })).toEqual([
			'counterParty.counterPartyAddress.street',
			'counterParty.counterPartyAddress.zip',
			'counterParty.counterPartyAddress.city',
			'counterParty.einvoiceAddress.address',
			'counterParty.einvoiceAddress.operator',
		]);
	});

	it('is no operator for e-invoices elsewhere', () => {
		const counterParty = { counterPartyAddress: { ...address, country: 'SWEDEN' }, einvoiceAddress: { address: '7300010000001' } };
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty })).toEqual([]);
	});

	it('is another channel where the chosen one can only be read', () => {
		for (const invoiceChannel of ['EDIFACT', 'PAPER_INVOICE']) expect(fields({ invoiceChannel })).toEqual(['invoiceChannel']);
	});

	it('is at most four copies', () => {
		const four = ['a@a.fi', 'b@a.fi', 'c@a.fi', 'd@a.fi'];
		expect(fields({ invoiceChannel: 'NO_SENDING', counterParty: { bccAddresses: four } })).toEqual([]);
		expect(fields({ invoiceChannel: 'NO_SENDING', counterParty: { bccAddresses: [...four, 'e@a.fi'] } })).toEqual(['counterParty.bccAddresses']);
	});
});
