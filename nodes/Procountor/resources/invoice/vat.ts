import type { IDataObject } from 'n8n-workflow';
import { parseCountry, countryName } from '../../validation/countries';
import {
	companyVatPercents,
	earlierVatPercents,
	parseVatPercent,
	checkVatPercentOfStatus,
	parseVatStatus,
	type VatCountry,
	type VatSide,
	type VatStatus,
} from '../../validation/vat';
import { type Client, InputError } from '../../api';
import { readPartnerAccounts, readSession, readVats } from '../shared/companyData';
import { isOfPerson, isSales, counterpartyLabel, type InvoiceType } from '../shared/invoiceTypes';
import { rowLabel, unwrap } from '../shared/bookkeeping/rows';

/** The VAT status of sales and purchases within Finland. */
export const DOMESTIC = 1;

/** The VAT status and country of an invoice, and the VAT rates that its rows can have. */
export class Vat {
	private constructor(
		readonly status: number | undefined,
		/** The country whose VAT applies; undefined if the company uses only its own country's. */
		readonly country: string | undefined,
		private readonly statuses: VatStatus[],
		private readonly allowedPercents: number[] | undefined,
		private readonly side: VatSide,
		private readonly earlierPercents: readonly number[],
		private readonly isForeign: boolean,
		private readonly readPartnerDefaults: () => Promise<IDataObject>,
	) {}

	/**
	 * Uses the given VAT status, or the partner's default, or the domestic one for a counterparty in the company's own
	 * country. Otherwise the user has to choose it. Travel invoices and expense claims have none unless it is given.
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
		const status = wanted === undefined ? undefined : unwrap('VAT Status', parseVatStatus(wanted, statuses, side));
		const used = (vats.vatInformation ?? []) as VatCountry[];
		const chosen = (invoice.vatCountry as string | undefined) ?? (used.length > 1 ? home : undefined);
		const vatCountry = chosen ?? home;
		const allowed = companyVatPercents(used, vatCountry, side);
		const earlier = earlierVatPercents(vatCountry);
		return new Vat(status, chosen, statuses, allowed, side, earlier, vatCountry !== home, ofPartner);
	}

	/** Returns the VAT status of a row; undefined if it has the invoice's. */
	rowStatus(row: number, given: string | undefined): number | undefined {
		return given === undefined
			? undefined
			: unwrap(rowLabel(row, 'VAT Status'), parseVatStatus(given, this.statuses, this.side));
	}

	/** Each company numbers its reverse charge statuses itself, so they are recognized by name. */
	private isReverseCharge(status: number): boolean {
		return /k[äa]änne|reverse|omv[äe]nd/i.test(
			this.statuses.find(({ vatStatus: known }) => known === status)?.description ?? '',
		);
	}

	/** Returns the VAT rate of a row: the given one, 0 if the status has no VAT, the product's, or the partner's. */
	async percent(
		row: number,
		given: number | undefined,
		status: number | undefined,
		productPercent: unknown,
	): Promise<number> {
		const label = rowLabel(row, 'VAT %');
		const effective = status ?? this.status;
		const hasNone =
			effective !== undefined &&
			(!checkVatPercentOfStatus(1, effective, this.statuses, this.isForeign).ok || this.isReverseCharge(effective));
		const wanted = given ?? (hasNone ? 0 : (productPercent ?? (await this.readPartnerDefaults()).vatPercent));
		if (wanted === undefined) throw new InputError(label, 'is empty', 'Enter it, or choose a product that has one.');
		const percent = unwrap(label, parseVatPercent(wanted, this.allowedPercents, this.earlierPercents));
		return effective === undefined
			? percent
			: unwrap(label, checkVatPercentOfStatus(percent, effective, this.statuses, this.isForeign));
	}
}

/** Returns the domestic status for a counterparty in the company's own country. @throws {InputError} for any other */
function domesticStatus(type: InvoiceType, { counterParty }: IDataObject, home: string): number {
	const { counterPartyAddress } = (counterParty ?? {}) as { counterPartyAddress?: IDataObject };
	const result = parseCountry(counterPartyAddress?.country ?? home);
	if (!result.ok || result.value === home) return DOMESTIC;
	throw new InputError(
		'VAT Status',
		`is empty, and the ${counterpartyLabel(type).toLowerCase()} is in another country (${countryName(result.value)})`,
		'Choose it, for example sales of services to the EU.',
	);
}
