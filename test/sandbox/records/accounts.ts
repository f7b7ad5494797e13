import { badRequest } from '../errors';
import type { Company } from '../world/world';
import { type Call, type Handlers, ok } from './handler';

export interface Account {
	code: string;
	name: string;
	active: boolean;
	english?: string;
}

/** VAT status as in `vat_NN`, where it may be used, and whether it goes with a VAT percentage other than 0. */
export interface VatStatus {
	vatStatus: number;
	description: string;
	sales: boolean;
	purchase: boolean;
	domestic: boolean;
}

export const accountsOf = (company: Company): Account[] => company.fact<Account[]>('accounts', () => []);
export const vatStatusesOf = (company: Company): VatStatus[] => company.fact<VatStatus[]>('vatStatuses', () => []);

export type Side = 'sales' | 'purchase';

/**
 * Checks a VAT status and percentage against what the company uses.
 * @param status undefined where none is given: then domestic
 * @throws Refusal 400
 */
export function checkVat(
	company: Company,
	side: Side,
	status: number | undefined,
	percent: number,
	field: string,
): void {
	checkVatPercent(company, percent, `${field}.vatPercent`);
	const known = checkVatStatus(company, side, status, `${field}.vatStatus`);
	if (percent !== 0 && known && !known.domestic) throw badRequest('ERROR_VATSTATUS_VATPERC', `${field}.vatPercent`);
}

/** Finnish rates of earlier years (docs/procountor.md#vat). */
const OLD_VAT_PERCENTS = [24, 23, 22, 14, 13, 12, 9, 8];

/** @throws Refusal 400 where the company does not use the rate; one of earlier years passes by switch */
export function checkVatPercent(company: Company, percent: number, field: string): void {
	const isOld = company.switches.oldVatRates === 'accepted' && OLD_VAT_PERCENTS.includes(percent);
	if (!company.settings.vatPercents.includes(percent) && !isOld)
		throw badRequest('VAT percentage is not in use.', field);
}

/** @throws Refusal 400 where the company does not use the VAT status on that side */
export function checkVatStatus(
	company: Company,
	side: Side,
	status: number | undefined,
	field: string,
): VatStatus | undefined {
	if (status === undefined) return undefined;
	const known = vatStatusesOf(company).find(({ vatStatus }) => vatStatus === status);
	if (!known || !known[side]) throw badRequest('VAT status is not in use.', field);
	return known;
}

/** Accounts of money, receivables and debts: VAT does not belong on them. */
const hasNoVat = (account: string) => /^(17|19|28|29)/.test(account);

/** @throws Refusal 400 where the account is not in the chart, is not active, or does not go with the VAT percentage */
export function checkAccount(company: Company, code: string, vatPercent: number, field: string): void {
	const account = accountsOf(company).find((one) => one.code === code);
	if (!account?.active) throw badRequest('Ledger account does not exist.', `${field}.account`);
	if (vatPercent !== 0 && hasNoVat(code))
		throw badRequest('ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION', `${field}.vatPercent`);
}

const COUNTRY_VATS: Record<string, number[]> = {
	FI: [25.5, 13.5, 10, 0],
	SE: [25, 12, 6, 0],
	DK: [25, 0],
	NO: [25, 15, 12, 0],
	EE: [24, 13, 9, 0],
	DE: [19, 7, 0],
};

export const accountHandlers: Handlers = {
	getChartOfAccount: (call: Call) =>
		ok({
			ledgerAccounts: accountsOf(call.company).map(({ code, name, active, english }) => ({
				ledgerAccountCode: code,
				name,
				active,
				...(english ? { translations: [{ languageCode: 'en', translation: english }] } : {}),
			})),
		}),
	getVatSettings: () => ok({ unitPricesIncludeVatSales: false, unitPricesIncludeVatPurchase: false }),
	getVatStatusesForCompany: (call: Call) =>
		ok({
			vatInformation: [
				{
					country: 'FINLAND',
					percentages: call.company.settings.vatPercents.map((vatPercent) => ({
						vatPercent,
						sales: true,
						purchase: true,
					})),
				},
			],
			vatStatuses: vatStatusesOf(call.company).map(({ vatStatus, description, sales, purchase }) => ({
				vatStatus,
				description,
				sales,
				purchase,
			})),
		}),
	getVatStatusesForCountry: (call: Call) => {
		const percentages = COUNTRY_VATS[String(call.query.countryCode)];
		if (!percentages) throw badRequest('Country code is invalid.', 'countryCode');
		return ok({ vatPercentages: percentages });
	},
};
