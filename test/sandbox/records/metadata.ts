import { badRequest } from '../errors';
import type { Company } from '../world/world';
import { accountsOf, type Side, vatStatusesOf } from './accounts';
import type { Call } from './handler';
import { nextNumber } from './invoices/model';

/** How a part of a bank event or a reference payment is to be booked. */
export interface MetadataRow {
	id: number;
	vatPercentage: number;
	sum: number;
	comment?: string;
	vatStatus?: number;
	ledgerAccountCode?: string;
}

/** A row as lists show it: with the whole ledger account. */
export const showMetadata =
	(company: Company) =>
	({ ledgerAccountCode, ...row }: MetadataRow): unknown => {
		const account = accountsOf(company).find(({ code }) => code === ledgerAccountCode);
		return {
			...row,
			...(account ? { ledgerAccount: { ledgerAccountCode, name: account.name, active: account.active } } : {}),
		};
	};

/**
 * The rows of a PUT, which replace those that were there.
 * @param sides where a VAT status must be in use: any of them will do
 * @throws Refusal 400
 */
export function checkedMetadata(call: Call, before: MetadataRow[] = [], sides: Side[]): MetadataRow[] {
	const { company } = call;
	const { allocationMetadataRows = [] } = call.body as {
		allocationMetadataRows?: Array<Omit<MetadataRow, 'id'> & { id?: number }>;
	};
	return allocationMetadataRows.map((row, index) => {
		const at = `allocationMetadataRows[${index}]`;
		if (row.id !== undefined && !before.some(({ id }) => id === row.id))
			throw badRequest('Metadata does not exist.', `${at}.id`);
		if (!company.settings.vatPercents.includes(row.vatPercentage))
			throw badRequest('VAT percentage is not in use.', `${at}.vatPercentage`);
		const status = vatStatusesOf(company).find(({ vatStatus }) => vatStatus === row.vatStatus);
		if (row.vatStatus !== undefined && !sides.some((side) => status?.[side]))
			throw badRequest('VAT status is not in use.', `${at}.vatStatus`);
		if (row.vatPercentage !== 0 && status && !status.domestic)
			throw badRequest('ERROR_VATSTATUS_VATPERC', `${at}.vatPercentage`);
		const exists = accountsOf(company).some(({ code, active }) => code === row.ledgerAccountCode && active);
		if (row.ledgerAccountCode !== undefined && !exists)
			throw badRequest('Ledger account does not exist.', `${at}.ledgerAccountCode`);
		return { ...row, id: row.id ?? nextNumber(company, 'allocationMetadata', 860_001) };
	});
}
