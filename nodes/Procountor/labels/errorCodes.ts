import { fieldLabel, type LabelOf } from './fieldLabel';
import { MENUS } from '../utils/menus';

/** The meaning of one of Procountor's messages, and advice: sentences without a full stop. */
export interface Explanation {
	message: string;
	advice: string;
}

/** The validation codes that integrations are known to receive. */
const codes: Readonly<Record<string, Explanation>> = {
	CLOSED_FISCAL_PERIOD: {
		message: 'The date is in a fiscal year or tracking period that is closed',
		advice: 'Use a date in an open period, or have the period opened in Procountor',
	},
	DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE: {
		message: 'The dimension or dimension item does not exist in this company, or is closed',
		advice: 'Choose dimension and item again from the list of this company: their IDs differ between companies',
	},
	DUE_DATE_BEFORE_BILL_DATE: {
		message: 'The due date is before the invoice date',
		advice: 'Set the due date to the invoice date or later',
	},
	ERROR_BRN_CODE: {
		message: 'The business ID or VAT number is missing or has the wrong form',
		advice: 'Write the business ID as 1234567-1 and VAT numbers with their country code, such as FI12345671',
	},
	ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION: {
		message: 'The ledger account cannot be used with this VAT rate, or is not in the chart of accounts',
		advice:
			'Check that the account exists and is in use, and which VAT rates it allows, in the chart of accounts in Procountor',
	},
	ERROR_OPERATOR: {
		message: 'The e-invoice operator is missing or unknown',
		advice: "Enter the EDI identifier or BIC of the recipient's operator, together with the e-invoice address",
	},
	ERROR_VATSTATUS_VATPERC: {
		message: 'The VAT rate is not allowed with the VAT status',
		advice: 'A rate other than 0 needs a domestic VAT status; otherwise set the rate to 0 or change the VAT status',
	},
	INVALID_OVT: {
		message: 'The OVT identifier has the wrong form',
		advice: 'Write 0037, the business ID without its hyphen, and at most 5 digits more: 12 to 17 digits together',
	},
	OVT_NOT_ALLOWED: {
		message: 'An OVT identifier cannot be given here',
		advice: 'Leave it empty: it belongs to Finnish e-invoices only',
	},
	UNABLE_TO_GET_CONNECTION: {
		message: 'Procountor could not reach its own database',
		advice: 'Try again after a while; before repeating a create, check whether the record was saved',
	},
};

/** Messages that Procountor writes as text, with what is taken out of them. */
const texts: ReadonlyArray<{ form: RegExp; explanation: (match: RegExpExecArray, labelOf?: LabelOf) => Explanation }> =
	[
		{
			form: /Value of '([^']+)' cannot be blank/i,
			explanation: (match, labelOf) => ({
				message: `${fieldLabel(match[1], { labelOf })} is missing`,
				advice: 'Fill it in, or leave out the whole group of fields that it belongs to',
			}),
		},
		{
			form: /VAT percentage is not in use/i,
			explanation: () => ({
				message: 'The VAT rate is not among those that the company uses',
				advice: `Use a rate of today, or have an administrator add a rate of earlier years in Procountor under '${MENUS.vatPercentages}'`,
			}),
		},
		{
			form: /another partner .*same number and (?:a )?different VAT number/i,
			explanation: () => ({
				message: 'The business partner register already has a partner with this customer number and another VAT number',
				advice: 'Correct the customer number or the VAT number, so that both agree with the register',
			}),
		},
	];

/** The codes and text patterns of the tables, for tests and documentation. */
export const knownCodes: readonly string[] = Object.keys(codes);
export const knownTexts: readonly RegExp[] = texts.map(({ form }) => form);

/**
 * Explains a message of Procountor: a code, a text that contains a code, or one of the known texts. Returns undefined for
 * any other message, which is shown unchanged.
 */
export function explain(message: string, labelOf?: LabelOf): Explanation | undefined {
	for (const word of message.toUpperCase().match(/[A-Z][A-Z0-9_]+/g) ?? []) {
		if (Object.hasOwn(codes, word)) return codes[word];
	}
	for (const { form, explanation } of texts) {
		const match = form.exec(message);
		if (match !== null) return explanation(match, labelOf);
	}
	return undefined;
}
