import { country } from './countries';
import { ok, quoted, fail, textOf, type Result } from './result';

/** An e-mail address, by its form. Gives it without the spaces around it. */
export function email(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	if (!/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/.test(text.value)) {
		return fail(
			`is not an email address: ${quoted(text.value)}`,
			'Give one address like name@example.com, without a name',
		);
	}
	return ok(text.value);
}

/** The fields of an address that sending depends on. */
interface Address {
	street?: unknown;
	zip?: unknown;
	city?: unknown;
	country?: unknown;
}

/** The parts of an invoice that sending depends on, as the API names them. */
export interface Sendable {
	invoiceChannel?: unknown;
	billingAddress?: Address;
	counterParty?: {
		email?: unknown;
		bccAddresses?: unknown;
		counterPartyAddress?: Address;
		einvoiceAddress?: { address?: unknown; operator?: unknown };
	};
}

/** Something that an invoice lacks for its channel; `field` is written as the API writes fields. */
export interface Lack {
	field: string;
	problem: string;
	hint: string;
}

/** The longest address of a blind copy that Procountor takes. */
const LONGEST_COPY = 256;

const postal = ['street', 'zip', 'city'] as const;

function blank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * What a sales invoice or sales order lacks for the channel that it is to be sent by: none if it can be sent. A billing address
 * that is left out is copied from the customer's, so only one that is given must be whole. Of their forms
 * only those of the blind copies are judged.
 */
export function lacksForChannel(invoice: Sendable): Lack[] {
	const channel = invoice.invoiceChannel;
	const customer = invoice.counterParty ?? {};
	const own = customer.counterPartyAddress ?? {};
	const billing = invoice.billingAddress;
	const lacks: Lack[] = [];
	const demand = (given: unknown, field: string, why: string) => {
		if (blank(given))
			lacks.push({ field, problem: `is missing, and ${why}`, hint: 'Fill it in, or choose another invoice channel' });
	};
	if (channel === 'EDIFACT' || channel === 'PAPER_INVOICE') {
		lacks.push({
			field: 'invoiceChannel',
			problem: 'cannot be chosen for new invoices',
			hint: 'Choose email, mail, e-invoice or no sending',
		});
	}
	if (channel === 'EMAIL') demand(customer.email, 'counterParty.email', 'an invoice by email needs it');
	if (channel === 'MAIL') {
		for (const part of postal)
			demand(
				blank(billing?.[part]) ? own[part] : billing?.[part],
				`counterParty.counterPartyAddress.${part}`,
				'an invoice by mail needs it',
			);
	}
	if (channel === 'ELECTRONIC_INVOICE') {
		for (const part of postal) {
			demand(own[part], `counterParty.counterPartyAddress.${part}`, 'an e-invoice needs it');
			if (billing !== undefined) demand(billing[part], `billingAddress.${part}`, 'an e-invoice needs it');
		}
		const land = country(own.country ?? 'FINLAND');
		demand(customer.einvoiceAddress?.address, 'counterParty.einvoiceAddress.address', 'an e-invoice needs it');
		if (!land.ok || land.value === 'FINLAND')
			demand(
				customer.einvoiceAddress?.operator,
				'counterParty.einvoiceAddress.operator',
				'an e-invoice in Finland needs it',
			);
	}
	const copies: unknown[] = Array.isArray(customer.bccAddresses) ? customer.bccAddresses : [];
	copies.forEach((copy, index) => {
		const address = email(copy);
		const isMain =
			address.ok &&
			typeof customer.email === 'string' &&
			address.value.toLowerCase() === customer.email.trim().toLowerCase();
		const problem = !address.ok
			? address.message
			: isMain
				? "is the customer's own address"
				: address.value.length > LONGEST_COPY
					? `is longer than ${LONGEST_COPY} characters`
					: undefined;
		if (problem !== undefined)
			lacks.push({ field: `counterParty.bccAddresses[${index}]`, problem, hint: 'Correct it, or leave it out' });
	});
	if (copies.length > 4)
		lacks.push({
			field: 'counterParty.bccAddresses',
			problem: `has ${copies.length} addresses, and at most 4 are allowed`,
			hint: 'Leave some out',
		});
	return lacks;
}
