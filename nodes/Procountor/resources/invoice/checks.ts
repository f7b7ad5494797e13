import type { IDataObject } from 'n8n-workflow';
import { parseEmail, checkChannel } from '../../validation/channel';
import { parseCountry, countryCode } from '../../validation/countries';
import { checkDueDate } from '../../validation/dueDate';
import { parseEInvoiceAddress, parseEInvoiceOperator, parseOvt } from '../../validation/einvoice';
import { fieldLabel } from '../../labels/fieldLabel';
import { checkIdentities } from '../../validation/identities';
import { decimalWithin } from '../../validation/money';
import { parseReferenceNumber } from '../../validation/reference';
import type { Result } from '../../validation/result';
import { checkTravelEnd, parseTravelTime } from '../../validation/travelTime';
import { coerce, type Fault } from '../../engine/coerce';
import { getPath, listAt, objectAt, setPath, toObject } from '../../utils/objects';
import { InputError, ProcountorError } from '../../api';
import { isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { adviceFor, joinFirst } from '../../utils/texts';

/** The number of faults that one message names. */
const MAX_FAULTS = 10;

/**
 * Checks a complete invoice against the contract and Procountor's known rules (docs/procountor.md#invoice-fields and
 * #check-digits), and returns it in the API's form.
 * @param registerFields the counterparty's register entry; values that Procountor already has are not checked again
 * @throws {ProcountorError} with every fault and its field
 */
export function checkInvoice(type: InvoiceType, body: IDataObject, registerFields: IDataObject): IDataObject {
	const isGiven = ({ path }: Fault): boolean => {
		const value = getPath(body, path);
		return typeof value !== 'string' || value !== getPath(registerFields, path);
	};
	const shaped = coerce({ $ref: 'Invoice' }, body, '');
	const identities = shaped.faults.length ? { value: shaped.value, faults: [] } : checkIdentities(shaped.value);
	const faults = [...shaped.faults, ...identities.faults.filter(isGiven)];
	if (faults.length) throw faultError(type, faults);
	const check = applyRules(type, toObject(identities.value));
	const violations = check.faults.filter(isGiven);
	if (violations.length) throw faultError(type, violations);
	return check.invoice;
}

function faultError(type: InvoiceType, faults: Fault[]): ProcountorError {
	const lines = faults.map(
		({ path, message }) => `${fieldLabel(path, { counterparty: counterpartyLabel(type) })} ${message}`,
	);
	return new ProcountorError({ message: joinFirst(lines, MAX_FAULTS, '; '), advice: adviceFor(faults) });
}

/** Checks the values of an invoice. Each valid value is replaced by the form that Procountor stores. */
class InvoiceCheck {
	readonly faults: Fault[] = [];

	constructor(public invoice: IDataObject) {}

	check(path: string, rule: (value: string) => Result<unknown>): void {
		const value = getPath(this.invoice, path);
		if (value === undefined || value === '') return;
		const result = rule(value as string);
		if (!result.ok) this.faults.push({ path, message: result.message, advice: result.advice });
		else if (typeof result.value === 'string') this.invoice = setPath(this.invoice, path, result.value);
	}

	refuseIf(isWrong: boolean, fault: Fault): void {
		if (isWrong) this.faults.push(fault);
	}
}

/** Applies the rules that the contract does not have. */
function applyRules(type: InvoiceType, given: IDataObject): InvoiceCheck {
	const check = new InvoiceCheck(given);
	const date = String(given.date);
	check.check('paymentInfo.dueDate', (due) => checkDueDate(due, date));
	check.check('paymentInfo.bankReferenceCode', parseReferenceNumber);
	check.check('discountPercent', (value) => decimalWithin(value, 4));
	check.check('penaltyPercent', (value) => decimalWithin(value, 2));
	check.check('counterParty.email', parseEmail);
	if (isSales(type)) checkSales(check);
	check.refuseIf(objectAt(given, 'paymentInfo').paymentMethod === 'DKLMPKRE', {
		path: 'paymentInfo.paymentMethod',
		message: 'can only be read, not given',
	});
	if (type === 'TRAVEL_INVOICE') checkTravel(check);
	check.refuseIf(type !== 'TRAVEL_INVOICE' && given.travelInformationItems !== undefined, {
		path: 'travelInformationItems',
		message: 'belongs to travel invoices only',
	});
	return check;
}

/** Checks that each journey of a travel invoice ends after it begins. Times are in Finnish time. */
function checkTravel(check: InvoiceCheck): void {
	listAt(check.invoice, 'travelInformationItems').forEach((_, index) => {
		const journey = `travelInformationItems.${index}`;
		check.check(`${journey}.departure`, parseTravelTime);
		check.check(`${journey}.arrival`, parseTravelTime);
		const start = getPath(check.invoice, `${journey}.departure`);
		if (typeof start === 'string') check.check(`${journey}.arrival`, (end) => checkTravelEnd(end, start));
	});
}

/** Refuses changed journeys that end before they begin. @throws {InputError} */
export function checkChangedJourneys(changes: IDataObject): void {
	listAt(changes, 'travelInformationItems').forEach(({ departure, arrival }, index) => {
		if (typeof departure !== 'string' || typeof arrival !== 'string') return;
		const end = checkTravelEnd(arrival, departure);
		const label = fieldLabel(`travelInformationItems[${index}].arrival`);
		if (!end.ok) throw new InputError(label, end.message, `${end.advice ?? ''}.`);
	});
}

/** Checks what is needed to send sales invoices and sales orders. */
function checkSales(check: InvoiceCheck): void {
	const { invoice } = check;
	const countryResult = parseCountry(objectAt(invoice, 'counterParty.counterPartyAddress').country ?? 'FINLAND');
	const code = (countryResult.ok && countryCode(countryResult.value)) || 'FI';
	check.check('counterParty.einvoiceAddress.address', (value) => parseEInvoiceAddress(value, code));
	if (code === 'FI') {
		check.check('counterParty.einvoiceAddress.operator', parseEInvoiceOperator);
		check.check('counterParty.einvoiceAddress.ediId', parseOvt);
	}
	check.faults.push(...checkChannel(check.invoice));
	check.refuseIf(invoice.deliveryMethod === 'OTHER', {
		path: 'deliveryMethod',
		message: "cannot be 'Other' on sales invoices and orders",
	});
	check.refuseIf(objectAt(invoice, 'paymentInfo.bankAccount').bic !== undefined, {
		path: 'paymentInfo.bankAccount.bic',
		message: 'cannot be given on sales invoices and orders',
		advice: 'Leave it out',
	});
}
