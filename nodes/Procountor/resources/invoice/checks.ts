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
import { travelEnd, travelTime } from '../../validation/travelTime';
import { coerce, type Fault } from '../../engine/coerce';
import { getPath, listAt, objectAt, setPath, toObject } from '../../utils/objects';
import { InputError, ProcountorError } from '../../api';
import { isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { adviceFor } from '../../utils/texts';

/** The most faults that one message names. */
const MAX_FAULTS = 10;

/**
 * Holds a complete invoice to the contract and to the rules that can be known before it is sent (docs/procountor.md#invoice-fields and
 * #check-digits), and gives it in the API's form. Throws one error that names every fault with its place.
 * @param held what the register has of the counterparty: numbers that Procountor holds already are not judged again
 */
export function checkInvoice(type: InvoiceType, body: IDataObject, held: IDataObject): IDataObject {
	const isGiven = ({ path }: Fault): boolean => {
		const value = getPath(body, path);
		return typeof value !== 'string' || value !== getPath(held, path);
	};
	const shaped = coerce({ $ref: 'Invoice' }, body, '');
	const identities = shaped.faults.length ? { value: shaped.value, faults: [] } : checkIdentities(shaped.value);
	const faults = [...shaped.faults, ...identities.faults.filter(isGiven)];
	if (faults.length) throw faultError(type, faults);
	const ruled = applyRules(type, toObject(identities.value));
	const broken = ruled.faults.filter(isGiven);
	if (broken.length) throw faultError(type, broken);
	return ruled.invoice;
}

function faultError(type: InvoiceType, faults: Fault[]): ProcountorError {
	const lines = faults
		.slice(0, MAX_FAULTS)
		.map(({ path, message }) => `${fieldLabel(path, { counterparty: counterpartyLabel(type) })} ${message}`);
	const rest = faults.length > MAX_FAULTS ? ` and ${faults.length - MAX_FAULTS} more` : '';
	return new ProcountorError({ message: lines.join('; ') + rest, advice: adviceFor(faults) });
}

/** An invoice under check: each value that passes is put into it in the form that Procountor stores. */
class InvoiceCheck {
	readonly faults: Fault[] = [];

	constructor(public invoice: IDataObject) {}

	check(path: string, rule: (value: string) => Result<unknown>): void {
		const value = getPath(this.invoice, path);
		if (value === undefined || value === '') return;
		const verdict = rule(value as string);
		if (!verdict.ok) this.faults.push({ path, message: verdict.message, advice: verdict.advice });
		else if (typeof verdict.value === 'string') this.invoice = setPath(this.invoice, path, verdict.value);
	}

	refuseIf(isWrong: boolean, fault: Fault): void {
		if (isWrong) this.faults.push(fault);
	}
}

/** The invoice with its numbers and addresses in the form that Procountor stores, and what is wrong with it. */
function applyRules(type: InvoiceType, given: IDataObject): InvoiceCheck {
	const checked = new InvoiceCheck(given);
	const date = String(given.date);
	checked.check('paymentInfo.dueDate', (due) => dueDate(due, date));
	checked.check('paymentInfo.bankReferenceCode', referenceNumber);
	checked.check('discountPercent', (value) => decimalWithin(value, 4));
	checked.check('penaltyPercent', (value) => decimalWithin(value, 2));
	checked.check('counterParty.email', email);
	if (isSales(type)) checkSales(checked);
	checked.refuseIf(objectAt(given, 'paymentInfo').paymentMethod === 'DKLMPKRE', {
		path: 'paymentInfo.paymentMethod',
		message: 'can only be read, not given',
	});
	if (type === 'TRAVEL_INVOICE') checkTravel(checked);
	checked.refuseIf(type !== 'TRAVEL_INVOICE' && given.travelInformationItems !== undefined, {
		path: 'travelInformationItems',
		message: 'belongs to travel invoices only',
	});
	return checked;
}

/** The times of a claim's journeys, in Finnish time and in order. */
function checkTravel(checked: InvoiceCheck): void {
	listAt(checked.invoice, 'travelInformationItems').forEach((_journey, index) => {
		const at = `travelInformationItems.${index}`;
		checked.check(`${at}.departure`, travelTime);
		checked.check(`${at}.arrival`, travelTime);
		const start = getPath(checked.invoice, `${at}.departure`);
		if (typeof start === 'string') checked.check(`${at}.arrival`, (end) => travelEnd(end, start));
	});
}

/** Refuses a change of an invoice's journeys in which one ends before it begins. @throws {InputError} */
export function checkChangedJourneys(changes: IDataObject): void {
	listAt(changes, 'travelInformationItems').forEach(({ departure, arrival }, index) => {
		if (typeof departure !== 'string' || typeof arrival !== 'string') return;
		const end = travelEnd(arrival, departure);
		const label = fieldLabel(`travelInformationItems[${index}].arrival`);
		if (!end.ok) throw new InputError(label, end.message, `${end.advice ?? ''}.`);
	});
}

/** What holds for sales invoices and sales orders alone: they are sent. */
function checkSales(checked: InvoiceCheck): void {
	const { invoice } = checked;
	const land = country(objectAt(invoice, 'counterParty.counterPartyAddress').country ?? 'FINLAND');
	const code = (land.ok && countryCode(land.value)) || 'FI';
	checked.check('counterParty.einvoiceAddress.address', (value) => eInvoiceAddress(value, code));
	if (code === 'FI') {
		checked.check('counterParty.einvoiceAddress.operator', eInvoiceOperator);
		checked.check('counterParty.einvoiceAddress.ediId', ovt);
	}
	checked.faults.push(...lacksForChannel(checked.invoice));
	checked.refuseIf(invoice.deliveryMethod === 'OTHER', {
		path: 'deliveryMethod',
		message: "cannot be 'Other' on sales invoices and orders",
	});
	checked.refuseIf(objectAt(invoice, 'paymentInfo.bankAccount').bic !== undefined, {
		path: 'paymentInfo.bankAccount.bic',
		message: 'cannot be given on sales invoices and orders',
		advice: 'Leave it out',
	});
}
