import { isBlank } from './cellValues';
import { parseCountry } from './countries';
import { ok, quoted, fail, textOf, type Result } from './result';

/** Checks the form of an email address. Returns it without the spaces around it. */
export function parseEmail(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	if (!/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/.test(text.value)) {
		return fail(
			`is not an email address: ${quoted(text.value)}`,
			'Enter one address like name@example.com, without a name',
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

/** Something that an invoice lacks for its channel; `path` is written as the API writes fields. */
export interface ChannelFault {
	path: string;
	message: string;
	advice: string;
}

/** The longest address of a blind copy that Procountor takes. */
const MAX_COPY_LENGTH = 256;
/** The most blind copies that Procountor takes. */
const MAX_COPIES = 4;

const POSTAL_FIELDS = ['street', 'zip', 'city'] as const;

/** A field that a channel needs, its value on the invoice, and why it is needed. */
type Need = [path: string, value: unknown, why: string];

/** What each channel needs, read from the invoice; channels without an entry need nothing. */
const NEEDS_BY_CHANNEL: Readonly<Record<string, (invoice: Sendable) => Need[]>> = {
	EMAIL: ({ counterParty }) => [['counterParty.email', counterParty?.email, 'an invoice by email needs it']],
	MAIL: ({ billingAddress, counterParty }) =>
		POSTAL_FIELDS.map((part) => [
			`counterParty.counterPartyAddress.${part}`,
			isBlank(billingAddress?.[part]) ? counterParty?.counterPartyAddress?.[part] : billingAddress?.[part],
			'an invoice by mail needs it',
		]),
	ELECTRONIC_INVOICE: eInvoiceNeeds,
};

function eInvoiceNeeds({ billingAddress, counterParty }: Sendable): Need[] {
	const address = counterParty?.counterPartyAddress;
	const eInvoice = counterParty?.einvoiceAddress;
	const why = 'an e-invoice needs it';
	const needs = POSTAL_FIELDS.flatMap((part): Need[] => [
		[`counterParty.counterPartyAddress.${part}`, address?.[part], why],
		...(billingAddress ? [[`billingAddress.${part}`, billingAddress[part], why] satisfies Need] : []),
	]);
	needs.push(['counterParty.einvoiceAddress.address', eInvoice?.address, why]);
	const land = parseCountry(address?.country ?? 'FINLAND');
	if (!land.ok || land.value === 'FINLAND')
		needs.push(['counterParty.einvoiceAddress.operator', eInvoice?.operator, 'an e-invoice in Finland needs it']);
	return needs;
}

/**
 * What a sales invoice or sales order lacks for the channel that it is to be sent by: none if it can be sent. A billing address
 * that is left out is copied from the customer's, so only one that is given must be whole. Of their forms
 * only those of the blind copies are judged.
 */
export function checkChannel(invoice: Sendable): ChannelFault[] {
	const channel = String(invoice.invoiceChannel);
	const needs = Object.hasOwn(NEEDS_BY_CHANNEL, channel) ? NEEDS_BY_CHANNEL[channel](invoice) : [];
	return [
		...(channel === 'EDIFACT' || channel === 'PAPER_INVOICE' ? [OLD_CHANNEL_FAULT] : []),
		...needs
			.filter(([, value]) => isBlank(value))
			.map(([path, , why]) => ({
				path,
				message: `is missing, and ${why}`,
				advice: 'Fill it in, or choose another invoice channel',
			})),
		...copyFaults(invoice.counterParty ?? {}),
	];
}

const OLD_CHANNEL_FAULT: ChannelFault = {
	path: 'invoiceChannel',
	message: 'cannot be chosen for new invoices',
	advice: 'Choose email, mail, e-invoice or no sending',
};

function copyFaults({ bccAddresses, email: main }: NonNullable<Sendable['counterParty']>): ChannelFault[] {
	const copies: unknown[] = Array.isArray(bccAddresses) ? bccAddresses : [];
	const faults = copies.flatMap((copy, index): ChannelFault[] => {
		const message = copyFault(copy, typeof main === 'string' ? main.trim().toLowerCase() : undefined);
		const path = `counterParty.bccAddresses[${index}]`;
		return message === undefined ? [] : [{ path, message, advice: 'Correct it, or leave it out' }];
	});
	if (copies.length > MAX_COPIES)
		faults.push({
			path: 'counterParty.bccAddresses',
			message: `has ${copies.length} addresses, and at most ${MAX_COPIES} are allowed`,
			advice: 'Leave some out',
		});
	return faults;
}

function copyFault(copy: unknown, main: string | undefined): string | undefined {
	const address = parseEmail(copy);
	if (!address.ok) return address.message;
	if (address.value.toLowerCase() === main) return "is the customer's own address";
	return address.value.length > MAX_COPY_LENGTH ? `is longer than ${MAX_COPY_LENGTH} characters` : undefined;
}
