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

/** The address fields that an invoice channel can require. */
interface Address {
	street?: unknown;
	zip?: unknown;
	city?: unknown;
	country?: unknown;
}

/** The invoice fields that an invoice channel can require, as the API names them. */
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

/** A field that is missing or wrong for the invoice's channel. `path` is the API's path of the field. */
export interface ChannelFault {
	path: string;
	message: string;
	advice: string;
}

/** The longest BCC address that Procountor accepts, in characters. */
const MAX_COPY_LENGTH = 256;
/** The most BCC addresses that Procountor accepts. */
const MAX_COPIES = 4;

const POSTAL_FIELDS = ['street', 'zip', 'city'] as const;

/** A field that a channel needs, its value on the invoice, and why it is needed. */
type Need = [path: string, value: unknown, why: string];

/** The fields that each channel needs, with the invoice's values. Channels without an entry need none. */
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
 * Returns the faults that prevent sending a sales invoice or sales order through its channel. Procountor copies a missing
 * billing address from the customer's address, so only an entered one must be complete. Only BCC addresses are checked for
 * their format, other fields only for being filled in.
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
