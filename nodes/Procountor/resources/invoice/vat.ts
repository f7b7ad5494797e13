import type { IDataObject } from 'n8n-workflow';
import { country, countryName } from '../../validation/countries';
import {
	companyVatPercents,
	earlierVatPercents,
	vatPercent,
	vatPercentUnderStatus,
	vatStatus,
	type VatCountry,
	type VatSide,
	type VatStatus,
} from '../../validation/vat';
import { type Client, InputError } from '../../api';
import { readPartnerAccounts, readSession, readVats } from '../shared/companyData';
import { isOfPerson, isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { rowLabel, unwrap } from '../shared/bookkeeping/rows';

/** Sales and purchases within Finland. */
export const DOMESTIC = 1;

/** The VAT treatment of an invoice, and the rules that its rows are held to. */
export class Vat {
	private constructor(
		readonly status: number | undefined,
		/** Whose VAT it is; undefined where the company has but its own country's. */
		readonly country: string | undefined,
		private readonly statuses: VatStatus[],
		private readonly allowedPercents: number[] | undefined,
		private readonly side: VatSide,
		private readonly earlierPercents: readonly number[],
		private readonly isForeign: boolean,
		private readonly readPartnerDefaults: () => Promise<IDataObject>,
	) {}

	/**
	 * The VAT status that is given, or the partner's default, or domestic for a counterparty of the company's own country;
	 * anything else has to be chosen. Travel invoices and expense claims have none unless it is given.
	 */
	static async of(client: Client, type: InvoiceType, invoice: IDataObject, given: unknown): Promise<Vat> {
		const [vats, { country: home = 'FINLAND' }] = await Promise.all([readVats(client), readSession(client)]);
		const statuses = (vats.vatStatuses ?? []) as VatStatus[];
		const side = isSales(type) ? 'sales' : 'purchase';
		const partnerId = isOfPerson(type) ? undefined : (invoice.partnerId as number | undefined);
		const ofPartner = async (): Promise<IDataObject> =>
			partnerId === undefined ? {} : await readPartnerAccounts(client, partnerId);
		const wanted =
			given ?? (isOfPerson(type) ? undefined : ((await ofPartner()).vatStatus ?? domesticStatus(type, invoice, home)));
		const status = wanted === undefined ? undefined : unwrap('VAT Status', vatStatus(wanted, statuses, side));
		const used = (vats.vatInformation ?? []) as VatCountry[];
		const named = (invoice.vatCountry as string | undefined) ?? (used.length > 1 ? home : undefined);
		const vatCountry = named ?? home;
		const allowed = companyVatPercents(used, vatCountry, side);
		const earlier = earlierVatPercents(vatCountry);
		return new Vat(status, named, statuses, allowed, side, earlier, vatCountry !== home, ofPartner);
	}

	/** The status of a row by itself, as a number; undefined where it has the invoice's. */
	rowStatus(row: number, given: string | undefined): number | undefined {
		return given === undefined
			? undefined
			: unwrap(rowLabel(row, 'VAT Status'), vatStatus(given, this.statuses, this.side));
	}

	/** Reverse charge is known by its name in the company's list: its number is the company's. */
	private isReverseCharge(status: number): boolean {
		return /k[äa]änne|reverse|omv[äe]nd/i.test(
			this.statuses.find(({ vatStatus: known }) => known === status)?.description ?? '',
		);
	}

	/** The VAT rate of a row: given, 0 where the status has no VAT, the product's, the partner's. */
	async percent(
		row: number,
		given: number | undefined,
		status: number | undefined,
		ofProduct: unknown,
	): Promise<number> {
		const label = rowLabel(row, 'VAT %');
		const under = status ?? this.status;
		const hasNone =
			under !== undefined &&
			(!vatPercentUnderStatus(1, under, this.statuses, this.isForeign).ok || this.isReverseCharge(under));
		const wanted = given ?? (hasNone ? 0 : (ofProduct ?? (await this.readPartnerDefaults()).vatPercent));
		if (wanted === undefined) throw new InputError(label, 'is empty', 'Enter it, or choose a product that has one.');
		const percent = unwrap(label, vatPercent(wanted, this.allowedPercents, this.earlierPercents));
		return under === undefined
			? percent
			: unwrap(label, vatPercentUnderStatus(percent, under, this.statuses, this.isForeign));
	}
}

function domesticStatus(type: InvoiceType, { counterParty }: IDataObject, home: string): number {
	const { counterPartyAddress } = (counterParty ?? {}) as { counterPartyAddress?: IDataObject };
	const theirs = country(counterPartyAddress?.country ?? home);
	if (!theirs.ok || theirs.value === home) return DOMESTIC;
	throw new InputError(
		'VAT Status',
		`is empty, and the ${counterpartyLabel(type).toLowerCase()} is in another country (${countryName(theirs.value)})`,
		'Choose it, for example sales of services to the EU.',
	);
}
