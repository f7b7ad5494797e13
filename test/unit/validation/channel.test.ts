import fc from 'fast-check';
import { parseEmail, checkChannel, type Sendable } from '../../../nodes/Procountor/validation/channel';
import { problemOf, valueOf } from './messages';

const address = { street: 'Katu 1', zip: '00100', city: 'Helsinki', country: 'FINLAND' };
const fields = (invoice: Sendable) => checkChannel(invoice).map(({ path }) => path);

describe('Email address', () => {
	it.each(['anna@example.com', ' a.b+c@sub.example.fi '])('accepts %p', (input) => {
		expect(valueOf(parseEmail(input))).toBe(input.trim());
	});

	it.each([
		'anna',
		'anna@example',
		'a@b@example.com',
		'anna@example.com, b@example.com',
		'Anna <anna@example.com>',
		'a b@example.com',
		'anna@.com',
		'anna@example.',
	])('rejects %p', (input) => {
		expect(problemOf(parseEmail(input))).toBe(`is not an email address: "${input}"`);
	});
});

describe('Invoice channel', () => {
	it('requires nothing if the invoice is not sent', () => {
		expect(fields({ invoiceChannel: 'NO_SENDING' })).toEqual([]);
		expect(fields({})).toEqual([]);
	});

	it('requires an email address for email', () => {
		expect(fields({ invoiceChannel: 'EMAIL', counterParty: { email: 'a@example.com' } })).toEqual([]);
		expect(checkChannel({ invoiceChannel: 'EMAIL', counterParty: { email: ' ' } })).toEqual([
			{
				path: 'counterParty.email',
				message: 'is missing, and an invoice by email needs it',
				advice: 'Fill it in, or choose another invoice channel',
			},
		]);
	});

	it('requires street, postal code and city for mail, from either address', () => {
		expect(fields({ invoiceChannel: 'MAIL', counterParty: { counterPartyAddress: address } })).toEqual([]);
		expect(fields({ invoiceChannel: 'MAIL', billingAddress: address })).toEqual([]);
		expect(
			fields({
				invoiceChannel: 'MAIL',
				billingAddress: { street: 'Katu 1' },
				counterParty: { counterPartyAddress: { zip: '00100' } },
			}),
		).toEqual(['counterParty.counterPartyAddress.city']);
	});

	it('requires both addresses, an e-invoice address and an operator for Finnish e-invoices', () => {
		const einvoiceAddress = { address: '003712345671', operator: '003721291126' };
		expect(
			fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty: { counterPartyAddress: address, einvoiceAddress } }),
		).toEqual([]);
		expect(
			fields({
				invoiceChannel: 'ELECTRONIC_INVOICE',
				billingAddress: { ...address, city: '' },
				counterParty: { counterPartyAddress: address, einvoiceAddress },
			}),
		).toEqual(['billingAddress.city']);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty: { counterPartyAddress: address } })).toEqual([
			'counterParty.einvoiceAddress.address',
			'counterParty.einvoiceAddress.operator',
		]);
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE' })).toEqual([
			'counterParty.counterPartyAddress.street',
			'counterParty.counterPartyAddress.zip',
			'counterParty.counterPartyAddress.city',
			'counterParty.einvoiceAddress.address',
			'counterParty.einvoiceAddress.operator',
		]);
	});

	it('requires no operator for e-invoices to other countries', () => {
		const counterParty = {
			counterPartyAddress: { ...address, country: 'SWEDEN' },
			einvoiceAddress: { address: '7300010000001' },
		};
		expect(fields({ invoiceChannel: 'ELECTRONIC_INVOICE', counterParty })).toEqual([]);
	});

	it('is rejected if it can only be read', () => {
		for (const invoiceChannel of ['EDIFACT', 'PAPER_INVOICE'])
			expect(fields({ invoiceChannel })).toEqual(['invoiceChannel']);
	});

	it('rejects copies to invalid, repeated and overlong addresses', () => {
		const copies = (...bccAddresses: string[]) =>
			fields({ invoiceChannel: 'EMAIL', counterParty: { email: 'A@example.com', bccAddresses } });
		expect(copies('b@example.com')).toEqual([]);
		expect(copies('b@example.com', 'nobody', 'a@example.com ', `${'b'.repeat(250)}@example.com`)).toEqual([
			'counterParty.bccAddresses[1]',
			'counterParty.bccAddresses[2]',
			'counterParty.bccAddresses[3]',
		]);
	});

	it('accepts at most four copies', () => {
		const four = ['a@a.fi', 'b@a.fi', 'c@a.fi', 'd@a.fi'];
		expect(fields({ invoiceChannel: 'NO_SENDING', counterParty: { bccAddresses: four } })).toEqual([]);
		expect(fields({ invoiceChannel: 'NO_SENDING', counterParty: { bccAddresses: [...four, 'e@a.fi'] } })).toEqual([
			'counterParty.bccAddresses',
		]);
	});
});

describe('Generated invoice', () => {
	const text = fc.stringMatching(/^[A-Za-zÅÄÖåäö0-9]{1,12}$/);
	const emails = fc
		.tuple(fc.stringMatching(/^[a-z0-9][a-z0-9._+-]{0,10}$/), fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z]{2,5}){1,2}$/))
		.map(([name, host]) => `${name}@${host}`);
	const addresses = fc.record({ street: text, zip: text, city: text });
	const whole = fc
		.record({
			counterPartyAddress: addresses,
			billingAddress: fc.option(addresses, { nil: undefined }),
			email: emails,
			einvoiceAddress: fc.record({ address: text, operator: text }),
			invoiceChannel: fc.constantFrom('EMAIL', 'MAIL', 'ELECTRONIC_INVOICE', 'NO_SENDING'),
		})
		.map(({ billingAddress, invoiceChannel, ...counterParty }) => ({
			invoiceChannel,
			counterParty,
			...(billingAddress ? { billingAddress } : {}),
		}));
	/** The fields that each channel needs, written independently of the code. */
	const needed: Record<string, string[]> = {
		EMAIL: ['counterParty.email'],
		MAIL: ['street', 'zip', 'city'].map((part) => `counterParty.counterPartyAddress.${part}`),
		ELECTRONIC_INVOICE: [
			'counterParty.counterPartyAddress.street',
			'counterParty.counterPartyAddress.zip',
			'counterParty.counterPartyAddress.city',
			'counterParty.einvoiceAddress.address',
			'counterParty.einvoiceAddress.operator',
		],
		NO_SENDING: [],
	};

	it('passes if it is complete, and otherwise reports the missing field', () => {
		fc.assert(
			fc.property(whole, (invoice) => {
				expect(fields(invoice)).toEqual([]);
				const { billingAddress, ...own } = invoice;
				for (const path of needed[invoice.invoiceChannel]) {
					const lacking = structuredClone(own) as Record<string, unknown>;
					const names = path.split('.');
					const parent = names.slice(0, -1).reduce((here, name) => here[name] as Record<string, unknown>, lacking);
					delete parent[names.at(-1) ?? ''];
					expect([path, fields(lacking)]).toEqual([path, [path]]);
				}
				if (billingAddress && invoice.invoiceChannel === 'ELECTRONIC_INVOICE')
					expect(fields({ ...own, billingAddress: { ...billingAddress, zip: ' ' } })).toEqual(['billingAddress.zip']);
			}),
		);
	});

	it('accepts a well-formed email address and rejects a broken or combined one', () => {
		fc.assert(
			fc.property(emails, emails, (one, other) => {
				expect(valueOf(parseEmail(` ${one} `))).toBe(one);
				for (const bad of [
					one.replace('@', ''),
					one.replace('@', ' @'),
					`${one},${other}`,
					`${one};${other}`,
					`<${one}>`,
					`${one}@`,
					`@${one}`,
					one.slice(0, one.indexOf('@') + 1),
				])
					expect([bad, parseEmail(bad).ok]).toEqual([bad, false]);
			}),
		);
	});
});
