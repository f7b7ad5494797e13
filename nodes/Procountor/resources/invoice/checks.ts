import type { IDataObject } from 'n8n-workflow';
import { email, lacksForChannel } from '../../validation/channel';
import { country, countryCode } from '../../validation/countries';
import { dueDate } from '../../validation/dueDate';
import { eInvoiceAddress, eInvoiceOperator, ovt } from '../../validation/einvoice';
import { fieldLabel } from '../../labels/fieldLabel';
import { checkIdentities } from '../../validation/identities';
import { decimalWithin } from '../../validation/money';
import { referenceNumber } from '../../validation/reference';
import type { Result } from '../../validation/result';
import { coerce, type Fault } from '../../engine/coerce';
import { objectAt, setPath, toObject } from '../../utils/objects';
import { ProcountorError } from '../../api';
import { isSales, partyOf, type InvoiceType } from '../shared/invoiceTypes';

/** The most faults that one message names. */
const MOST_FAULTS = 10;

/**
 * Holds a complete invoice to the contract and to the rules that can be known before it is sent (docs/procountor.md#invoice-fields and
 * #check-digits), and gives it in the API's form. Throws one error that names every fault with its place.
 */
export function checkedInvoice(type: InvoiceType, body: IDataObject): IDataObject {
	const shaped = coerce({ $ref: 'Invoice' }, body, '');
	const identities = shaped.faults.length ? { value: shaped.value, faults: [] } : checkIdentities(shaped.value);
	const faults = [...shaped.faults, ...identities.faults];
	if (faults.length) throw told(type, faults);
	const ruled = byRules(type, toObject(identities.value));
	if (ruled.faults.length) throw told(type, ruled.faults);
	return ruled.invoice;
}

function told(type: InvoiceType, faults: Fault[]): ProcountorError {
	const lines = faults
		.slice(0, MOST_FAULTS)
		.map(({ path, message }) => `${fieldLabel(path, { party: partyOf(type) })} ${message}`);
	const rest = faults.length > MOST_FAULTS ? ` and ${faults.length - MOST_FAULTS} more` : '';
	const hints = [...new Set(faults.flatMap(({ advice }) => advice ?? []))].map((hint) => `${hint}.`).join(' ');
	return new ProcountorError({ message: lines.join('; ') + rest, advice: hints || undefined });
}

/** The invoice with its numbers and addresses in the form that Procountor stores, and what is wrong with it. */
function byRules(type: InvoiceType, given: IDataObject): { invoice: IDataObject; faults: Fault[] } {
	const faults: Fault[] = [];
	let invoice = given;
	const check = (path: string, value: unknown, judge: (value: string) => Result<unknown>): void => {
		if (value === undefined || value === '') return;
		const verdict = judge(value as string);
		if (!verdict.ok) faults.push({ path, message: verdict.message, advice: verdict.advice });
		else if (typeof verdict.value === 'string') invoice = setPath(invoice, path, verdict.value);
	};
	const payment = objectAt(invoice, 'paymentInfo');
	const party = invoice.counterParty as {
		email?: string;
		counterPartyAddress?: IDataObject;
		einvoiceAddress?: IDataObject;
	};
	check('paymentInfo.dueDate', payment.dueDate, (due) => dueDate(due, String(invoice.date)));
	check('paymentInfo.bankReferenceCode', payment.bankReferenceCode, referenceNumber);
	check('discountPercent', invoice.discountPercent, (value) => decimalWithin(value, 4));
	check('penaltyPercent', invoice.penaltyPercent, (value) => decimalWithin(value, 2));
	check('counterParty.email', party.email, email);
	if (isSales(type)) {
		const land = country(party.counterPartyAddress?.country ?? 'FINLAND');
		const code = (land.ok && countryCode(land.value)) || 'FI';
		check('counterParty.einvoiceAddress.address', party.einvoiceAddress?.address, (value) =>
			eInvoiceAddress(value, code),
		);
		if (code === 'FI') {
			check('counterParty.einvoiceAddress.operator', party.einvoiceAddress?.operator, eInvoiceOperator);
			check('counterParty.einvoiceAddress.ediId', party.einvoiceAddress?.ediId, ovt);
		}
		faults.push(
			...lacksForChannel(invoice).map(({ field, problem, hint }) => ({ path: field, message: problem, advice: hint })),
		);
		if (invoice.deliveryMethod === 'OTHER')
			faults.push({ path: 'deliveryMethod', message: "cannot be 'Other' on sales invoices and orders" });
		if (objectAt(payment, 'bankAccount').bic !== undefined)
			faults.push({
				path: 'paymentInfo.bankAccount.bic',
				message: 'cannot be given on sales invoices and orders',
				advice: 'Leave it out',
			});
	}
	if (payment.paymentMethod === 'DKLMPKRE')
		faults.push({ path: 'paymentInfo.paymentMethod', message: 'can only be read, not given' });
	if (type !== 'TRAVEL_INVOICE' && invoice.travelInformationItems !== undefined)
		faults.push({ path: 'travelInformationItems', message: 'belongs to travel invoices only' });
	return { invoice, faults };
}
