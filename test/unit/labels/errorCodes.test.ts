import contract from '../../contract/contract.json';
import { explain, knownCodes } from '../../../nodes/Procountor/labels/errorCodes';
import { fieldLabel } from '../../../nodes/Procountor/labels/fieldLabel';

describe("Explanations of Procountor's error codes", () => {
	it('cover the codes that integrations encounter', () => {
		expect([...knownCodes].sort()).toEqual([
			'CLOSED_FISCAL_PERIOD',
			'DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE',
			'DUE_DATE_BEFORE_BILL_DATE',
			'ERROR_BRN_CODE',
			'ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION',
			'ERROR_OPERATOR',
			'ERROR_VATSTATUS_VATPERC',
			'INVALID_OVT',
			'OVT_NOT_ALLOWED',
			'UNABLE_TO_GET_CONNECTION',
		]);
	});

	it('are found for a code and for a text with the code, and do not repeat it', () => {
		for (const code of knownCodes) {
			const explanation = explain(code);
			expect(explanation).toBeDefined();
			expect(explain(` Error: ${code.toLowerCase()} (400)`)).toEqual(explanation);
			for (const sentence of [explanation?.message ?? '', explanation?.advice ?? '']) {
				expect(sentence).toMatch(/^[A-Z].{20,}[^.]$/);
				expect(sentence).not.toMatch(/[A-Z]+_[A-Z]+/);
			}
		}
		expect(new Set(knownCodes.map((code) => explain(code)?.message)).size).toBe(knownCodes.length);
	});

	it('cover the known texts', () => {
		expect(explain("Value of 'deliveryAddress.country' cannot be blank")?.message).toBe(
			'Delivery Address, Country is missing',
		);
		expect(
			explain('Another partner Buyer Oy with the same number and different VAT number already exists')?.message,
		).toContain('another VAT number');
	});

	it.each(['', 'SOMETHING_NEW', 'constructor', 'toString', 'Something else went wrong', 'ERROR_OPERATOR_2'])(
		'do not exist for %p',
		(message) => {
			expect(explain(message)).toBeUndefined();
		},
	);
});

describe('Field labels', () => {
	it.each([
		['invoiceRows[3].vatStatus', 'Row 4, VAT Status'],
		['invoiceRows.3.vatStatus', 'Row 4, VAT Status'],
		['invoiceRows[0]', 'Row 1'],
		['invoiceRows', 'Rows'],
		['invoiceRows[0].vatPercent', 'Row 1, VAT %'],
		['invoiceRows[10].unitPrice', 'Row 11, Unit Price'],
		['transactions[2].account', 'Transaction 3, Ledger Account'],
		['transactions[0].dimensionItemValues[1].value', 'Transaction 1, Dimension 2, Value'],
		['transactions[0].dimensionItemValues', 'Transaction 1, Dimensions'],
		['paymentInfo.dueDate', 'Due Date'],
		['paymentInfo.bankReferenceCode', 'Reference Number'],
		['paymentInfo.bankAccount.accountNumber', 'Bank Account'],
		['paymentInfo.bankAccount', 'Bank Account'],
		['paymentInfo.cashDiscount.discount', 'Cash Discount, Discount %'],
		['paymentInfo', 'Payment Info'],
		['extraInfo.accountingByRow', 'Accounting by Row'],
		['counterParty', 'Customer'],
		['counterParty.email', 'Customer, Email'],
		['counterParty.identifier', 'Customer, Business ID'],
		['counterParty.taxCode', 'Customer, VAT Number'],
		['counterParty.counterPartyAddress.zip', 'Customer Address, Zip Code'],
		['counterParty.einvoiceAddress.operator', 'Customer, E-Invoice Operator'],
		['counterParty.bccAddresses[1]', 'Customer, BCC Address 2'],
		['deliveryAddress.country', 'Delivery Address, Country'],
		['originalInvoiceNumber', 'Own Invoice Number'],
		['vatStatus', 'VAT Status'],
		['discountPercent', 'Discount %'],
		['attachments[0].sendWithInvoice', 'Attachment 1, Send with Invoice'],
		['someNewThings[4].fooBarId', 'Some New Thing 5, Foo Bar ID'],
		['[2].name', 'Name'],
		['', ''],
	])('show %p as %p', (field, label) => {
		expect(fieldLabel(field)).toBe(label);
	});

	it('name the counterparty by its role', () => {
		expect(fieldLabel('counterParty.counterPartyAddress.street', { counterparty: 'Supplier' })).toBe(
			'Supplier Address, Street',
		);
		expect(fieldLabel('counterParty.identifier', { counterparty: 'Person' })).toBe('Person, Business ID');
	});

	it('consist of words for every property of the contract', () => {
		const names = new Set(
			Object.values(contract.components.schemas).flatMap((schema) =>
				Object.keys('properties' in schema ? schema.properties : {}),
			),
		);
		expect(names.size).toBeGreaterThan(600);
		for (const name of names) {
			const label = fieldLabel(name);
			if (!/^[A-Z][^\s]*( [^\s]+)*$/.test(label) || /[a-z][A-Z]/.test(label))
				throw new Error(`${name} becomes "${label}"`);
			expect(fieldLabel(`${name}[0].x`)).toMatch(/^[A-Z].* 1, X$/);
		}
	});
});
