/** The checks before an invoice is sent, and the explanations of what Procountor rejects. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { knownCodes } from '../../../nodes/Procountor/labels/errorCodes';
import { asJson, type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';
import { newPerson } from '../person/newPerson';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const sale = { date: '2026-10-01', counterPartyName: 'Kahvila', ...asJson([row]) };
const create = async (more: IDataObject, operation = 'create') =>
	await bench.run('invoice', operation, { ...sale, ...more } as INodeParameters);
const more = (additionalFields: IDataObject): IDataObject => ({ additionalFields });
const secondRow = (fields: IDataObject): IDataObject => asJson([row, { ...row, ...fields }]);

const cases: Array<[what: string, given: IDataObject, message: RegExp, advice: RegExp | undefined]> = [
	[
		'a wrong business ID',
		more({ identifier: '1234567-2' }),
		/^Business ID is not a Finnish business ID: its check digit should be 1$/,
		/mistyped or swapped digit/,
	],
	[
		'a wrong Finnish VAT number',
		more({ taxCode: 'FI12345672' }),
		/^VAT Number is not a Finnish VAT number: its check digit should be 1$/,
		/mistyped/,
	],
	[
		'a wrong German VAT number',
		more({ taxCode: 'DE12345' }),
		/^VAT Number is not a VAT number: after DE should come 9 digits$/,
		/missing or superfluous character/,
	],
	[
		'a wrong reference number',
		{ reference: 'given', ...more({ bankReferenceCode: '123454' }) },
		/^Reference Number is not a Finnish reference number: its last digit, the check digit, should be 3$/,
		/mistyped/,
	],
	[
		'a wrong RF reference',
		{ reference: 'given', ...more({ bankReferenceCode: 'RF19 5390 0754 7034' }) },
		/^Reference Number is not an RF reference: its check digits should be 18$/,
		/mistyped/,
	],
	[
		'a wrong IBAN',
		more({ bankAccount: 'FI21 1234 5600 0007 86' }),
		/^Bank Account \(IBAN\) is not an IBAN: its check digits do not match the account number$/,
		/mistyped/,
	],
	[
		'a wrong OVT identifier',
		more({ einvoiceAddress: '003712345672', einvoiceOperator: 'NDEAFIHH' }),
		/^Customer, E-Invoice Address is not an OVT identifier: the digits after 0037 should be a business ID, and 12345672 is none$/,
		/mistyped/,
	],
	[
		'an unknown e-invoice operator',
		more({ einvoiceAddress: '003712345671', einvoiceOperator: 'Nordea Bank' }),
		/^Customer, E-Invoice Operator is not an e-invoice operator/,
		/For example 003721291126 or NDEAFIHH/,
	],
	[
		'a due date before the invoice date',
		more({ dueDate: '30.9.2026' }),
		/^Due Date is before the invoice date 2026-10-01$/,
		/Choose the invoice date or a later day/,
	],
	[
		'a due date 1000 days after the invoice date',
		more({ dueDate: '2029-06-27' }),
		/^Due Date is 1000 days after the invoice date 2026-10-01; Procountor takes at most 999$/,
		/Choose an earlier day/,
	],
	[
		'the email channel but no email address',
		more({ invoiceChannel: 'EMAIL' }),
		/^Customer, Email is missing, and an invoice by email needs it$/,
		/another invoice channel/,
	],
	[
		'an invalid email address',
		more({ invoiceChannel: 'EMAIL', counterPartyEmail: 'Anna <a@b.fi>' }),
		/^Customer, Email is not an email address: "Anna <a@b.fi>"$/,
		/without a name/,
	],
	[
		'the mail channel but no city',
		more({ invoiceChannel: 'MAIL', counterPartyStreet: 'Katu 1', counterPartyZip: '00100' }),
		/^Customer Address, City is missing, and an invoice by mail needs it$/,
		/another invoice channel/,
	],
	[
		'the e-invoice channel but no address',
		more({
			invoiceChannel: 'ELECTRONIC_INVOICE',
			counterPartyStreet: 'Katu 1',
			counterPartyZip: '00100',
			counterPartyCity: 'HELSINKI',
			einvoiceOperator: 'NDEAFIHH',
		}),
		/^Customer, E-Invoice Address is missing, and an e-invoice needs it$/,
		/another invoice channel/,
	],
	[
		'a VAT rate that is not in use',
		secondRow({ vatPercent: 20 }),
		/^Row 2, VAT % is 20, which is not among the VAT rates in use$/,
		/Use one of 25.5, 13.5, 10, 0/,
	],
	[
		'a VAT rate that the VAT status does not allow',
		secondRow({ vatStatus: 22 }),
		/^Row 2, VAT % is 25.5, but the VAT status 22 .* allows 0 only$/,
		/Use 0, or a domestic VAT status/,
	],
	[
		'a VAT status that is not in use',
		more({ vatStatus: '77' }),
		/^VAT Status is 77, which the company does not use for sales$/,
		/Choose one of 1 \(Kotimaa\)/,
	],
	['no rows', asJson([]), /^Rows are empty$/, /at least one row/],
	[
		'a text that is too long',
		secondRow({ comment: 'x'.repeat(513) }),
		/Row 2, Comment is longer than 512 characters \(513\)$/,
		undefined,
	],
	[
		'an own number that is too long',
		{ originalInvoiceNumber: 'x'.repeat(41) },
		/^Own Invoice Number is longer than 40 characters \(41\)$/,
		undefined,
	],
	[
		'a character that Procountor does not support',
		secondRow({ comment: 'Hyvä 👍' }),
		/Row 2, Comment contains "👍" at character 6, which Procountor does not accept$/,
		/nearest letter/,
	],
	[
		'too many decimals in a discount',
		secondRow({ discountPercent: 1.12345 }),
		/^Row 2, Discount % has 5 decimals, and at most 4 are allowed: 1.12345$/,
		/Round it first/,
	],
	[
		'too many decimals in the penal interest',
		more({ penaltyPercent: 7.125 }),
		/^Penal Interest % has 3 decimals, and at most 2 are allowed: 7.125$/,
		/Round it first/,
	],
	[
		'a discount of more than 100 percent',
		secondRow({ discountPercent: 100.5 }),
		/^Row 2, Discount % is more than 100$/,
		undefined,
	],
];

it.each(cases)('An invoice with %s is refused before anything is saved', async (_what, given, message, advice) => {
	const { error } = await create(given);
	expect(error?.message).toMatch(message);
	if (advice) expect(error?.description).toMatch(advice);
	expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
});

it('Values at their limits are saved in the form that Procountor stores', async () => {
	const fields = {
		identifier: ' 1234567–1',
		taxCode: 'fi 1234567-1',
		bankReferenceCode: 'rf18 5390 0754 7034',
		bankAccount: 'fi21 5000 0120 0001 01',
		dueDate: '2029-06-26',
		einvoiceAddress: '0037-12345671',
		einvoiceOperator: 'ndeafihh',
		invoiceChannel: 'EMAIL',
		counterPartyEmail: ' laskut@kahvila.fi ',
	};
	const { items, error } = await create({
		reference: 'given',
		originalInvoiceNumber: 'x'.repeat(40),
		...asJson([{ ...row, comment: '€'.repeat(512), discountPercent: 12.3456 }]),
		...more(fields),
	});
	expect(error).toBeUndefined();
	expect(books.invoice(items[0][0].json.id)).toMatchObject({
		counterParty: {
			identifier: '1234567-1',
			taxCode: 'FI12345671',
			email: 'laskut@kahvila.fi',
			einvoiceAddress: { address: '003712345671', operator: 'NDEAFIHH' },
		},
		paymentInfo: {
			bankReferenceCode: 'RF18539007547034',
			dueDate: '2029-06-26',
			bankAccount: { accountNumber: 'FI2150000120000101' },
		},
		invoiceRows: [{ discountPercent: 12.3456, comment: '€'.repeat(512) }],
	});
});

it('Unsupported characters are replaced if chosen, before the length of a text is checked', async () => {
	const { items, error } = await create({
		counterPartyName: 'Łódź Café ☕',
		...asJson([{ ...row, product: 'Čapek', comment: `${'👍'.repeat(300)}${'a'.repeat(500)}` }]),
		...more({ letters: 'nearest', notes: 'Иван' }),
	});
	expect(error).toBeUndefined();
	expect(books.invoice(items[0][0].json.id)).toMatchObject({
		counterParty: { counterPartyAddress: { name: expect.stringMatching(/^Lódz Café ?$/) } },
		notes: '????',
		invoiceRows: [{ product: 'Capek', comment: 'a'.repeat(500) }],
	});
});

describe('Rejection by Procountor', () => {
	const refusing = async (errors: IDataObject[]) => {
		bench.sandbox.faults.add({ kind: 'status', status: 400, body: { errors }, method: 'POST', path: '/invoices' });
		return (await create({})).error;
	};

	it.each(knownCodes)('explains %s with field, row, advice and code', async (code) => {
		const error = await refusing([{ status: 400, field: 'invoiceRows[3].vatStatus', message: code }]);
		expect(error?.message).toMatch(/^Row 4, VAT Status: [A-Z].{20,}$/);
		expect(error?.message).not.toContain(code);
		expect(error?.description).toMatch(/^[A-Z].+\. Procountor's answer: /);
		expect(error?.description).toContain(`invoiceRows[3].vatStatus: ${code}`);
	});

	it('shows unknown codes unchanged, and each error with its field', async () => {
		const error = await refusing([
			{ status: 400, field: 'invoiceRows[0].unit', message: 'SOME_NEW_CODE_17' },
			{ status: 400, field: 'paymentInfo.dueDate', message: 'DUE_DATE_BEFORE_BILL_DATE' },
			{ status: 400, message: 'Jotain muuta' },
		]);
		expect(error?.message).toBe(
			'Row 1, Unit: SOME_NEW_CODE_17; Due Date: The due date is before the invoice date; Jotain muuta',
		);
		expect(error?.description).toContain('Set the due date to the invoice date or later.');
	});

	it('explains known error texts', async () => {
		expect(
			(await refusing([{ status: 400, field: '', message: "Value of 'deliveryAddress.country' cannot be blank" }]))
				?.message,
		).toBe('Delivery Address, Country is missing');
		expect(
			(
				await refusing([
					{ status: 400, message: 'Another partner X with the same number and different VAT number already exists' },
				])
			)?.message,
		).toContain('another VAT number');
	});
});

it('The same checks apply to business partners, persons and payments', async () => {
	const partner = {
		type: 'CUSTOMER',
		name: 'Kahvila',
		paymentMethod: 'BANK_TRANSFER',
		street: 'Katu 1',
		zip: '00100',
		city: 'HELSINKI',
		country: 'FINLAND',
	};
	const partnerError = async (additionalFields: INodeParameters) =>
		(await bench.run('businessPartner', 'create', { ...partner, additionalFields })).error?.message;
	expect(await partnerError({ identifier: '1234567-2', identifierType: 'FI' })).toMatch(/check digit should be 1/);
	expect(await partnerError({ bankAccount: 'FI2112345600000786' })).toMatch(/is not an IBAN/);
	expect(await partnerError({ bic: 'NORDEA' })).toMatch(/is not a BIC/);
	const personError = async (additionalFields: INodeParameters) =>
		(await bench.run('person', 'create', newPerson({ additionalFields }))).error?.message;
	expect(await personError({ accountNumber: 'FI2112345600000786' })).toMatch(/is not an IBAN/);
	expect(await personError({ bic: 'NORDEA' })).toMatch(/is not a BIC/);
	expect(await personError({ identifier: '131052-308U', identifierType: 'HETU' })).toMatch(
		/^Personal Identity Code is not a/,
	);
	const { id } = bench.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', language: undefined },
		{ status: 'APPROVED' },
	);
	const payment = {
		invoiceId: String(id),
		invoiceVersion: '2026-10-01T09:00:00',
		amount: 8.79,
		paymentDate: '2026-10-05',
		recipientName: 'X',
		recipientBankAccount: 'FI21 1234 5600 0007 86',
		paymentMethod: 'FINNISH_BANK_TRANSFER',
	};
	expect(
		(await bench.run('payment', 'create', { specifyRows: 'fields', payments: { row: [payment] } })).error?.message,
	).toMatch(/is not an IBAN/);
	expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
	expect(byId(id).value).toBe(String(id));
});
