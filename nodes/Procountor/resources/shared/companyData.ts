import {
	type BusinessPartnerDefaultAccounts,
	type CallOf,
	type Client,
	type CollectionsAndPenalExpenses,
	type CompanyBankAccountBasicInfo,
	type CompanyUsageSettings,
	type Dimension,
	type FiscalYear,
	type LedgerAccount,
	type OptionsOf,
	pages,
	type Person,
	ProcountorError,
	type ResponseOf,
	type VatInformation,
	type VatSettings,
	type VerifierList,
} from '../../api';
import { raise } from '../../utils/raise';
import { toList } from '../../utils/objects';

/**
 * What an execution has read of its company. It hangs on the execution's own client, so that nothing of it ever serves
 * another company or a later run.
 */
const read = new WeakMap<Client, Map<string, Promise<unknown>>>();

/** Reads something once in an execution. After a failure, the next item reads it again. */
export async function once<T>(client: Client, name: string, load: () => Promise<T>): Promise<T> {
	const known = read.get(client) ?? new Map<string, Promise<unknown>>();
	read.set(client, known);
	if (!known.has(name)) {
		const loading = load();
		known.set(name, loading);
		loading.catch(() => known.delete(name));
	}
	return (await known.get(name)) as T;
}

/** A call's answer, read once in an execution. */
async function answerOf<C extends CallOf<'GET'>>(
	client: Client,
	call: C,
	...options: OptionsOf<C>
): Promise<ResponseOf<C>> {
	return await once(client, JSON.stringify([call, options]), async () => await client.get(call, ...options));
}

/** The same for what the user may have no right to, or the company does not have: nothing then, and that is remembered too. */
async function readable<C extends CallOf<'GET'>>(
	client: Client,
	call: C,
	...options: OptionsOf<C>
): Promise<ResponseOf<C> | Record<string, never>> {
	return await once(
		client,
		JSON.stringify(['readable', call, options]),
		async () =>
			await answerOf(client, call, ...options).catch((error: unknown) => {
				if (error instanceof ProcountorError && (error.problem.status === 403 || error.problem.status === 404))
					return {};
				return raise(error);
			}),
	);
}

/** Returns the company's ID and country, and the user's ID, of the credential. */
export async function sessionOf(client: Client): Promise<{ companyId: number; country?: string; userId: number }> {
	const { companyId, country, userId } = await answerOf(client, 'GET /sessioninfo');
	return { companyId: Number(companyId), country, userId: Number(userId) };
}

/** Returns the currency of the books. */
export async function currencyOf(client: Client): Promise<string | undefined> {
	return (await readable(client, 'GET /currencies/company')).companyCurrency;
}

/** Returns the units of a currency per unit of the company's currency on a day, at Procountor's own rates. */
export async function rateOf(
	client: Client,
	baseCurrency: string,
	currency: string,
	day: string,
): Promise<number | undefined> {
	const { rate } = await readable(client, 'GET /currencies/exchangerate', {
		query: { baseCurrency, currency, day, rateType: 'PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE' },
	});
	return rate === undefined ? undefined : Number(rate);
}

/** Returns the company's active bank accounts; none if the user has no right to them. */
export async function bankAccountsOf(client: Client): Promise<CompanyBankAccountBasicInfo[]> {
	return await once(
		client,
		'bank accounts',
		async () =>
			await ownAccounts(client).catch((error: unknown) =>
				error instanceof ProcountorError && error.problem.status === 403 ? [] : raise(error),
			),
	);
}

/** Returns the account for customers' payments: the default account, in the invoice's currency if there is one. */
export async function ownAccount(client: Client, currency: string): Promise<string | undefined> {
	const accounts = await bankAccountsOf(client);
	const defaults = accounts.filter(({ defaultForInvoice }) => defaultForInvoice === true);
	return (defaults.find((one) => one.currency === currency) ?? defaults[0])?.iban;
}

async function ownAccounts(client: Client): Promise<CompanyBankAccountBasicInfo[]> {
	const found: CompanyBankAccountBasicInfo[] = [];
	for await (const page of pages(client, { call: 'GET /bankaccounts' })) found.push(...page);
	return found.filter(({ status }) => status !== 'INACTIVE');
}

/** Returns the invoice channel, and whether accounting by row is on. */
export async function usageOf(client: Client): Promise<CompanyUsageSettings> {
	return await readable(client, 'GET /company/usagesettings');
}

/** Returns the payment term and penal interest of sales invoices. */
export async function salesTermsOf(client: Client): Promise<CollectionsAndPenalExpenses> {
	return await readable(client, 'GET /company/expenses/collectionpenal/settings');
}

/** Returns the VAT statuses and rates that the company uses. */
export async function vatsOf(client: Client): Promise<VatInformation> {
	return await readable(client, 'GET /vats/default');
}

/** Whether the prices of the product register include VAT. */
export async function vatSettingsOf(client: Client): Promise<VatSettings> {
	return await readable(client, 'GET /vats/settings');
}

/** Returns the default accounts, VAT status, and VAT rate of a business partner. */
export async function partnerAccounts(client: Client, id: number): Promise<BusinessPartnerDefaultAccounts> {
	return await readable(client, 'GET /businesspartners/{id}/defaults/accounts', { path: { id } });
}

export async function personOf(client: Client, id: number): Promise<Person> {
	return await answerOf(client, 'GET /persons/{id}', { path: { id } });
}

export async function fiscalYearsOf(client: Client): Promise<FiscalYear[]> {
	return toList((await answerOf(client, 'GET /fiscalyears')).fiscalYears);
}

/** Returns the chart of accounts; empty if it cannot be read. */
export async function ledgerAccountsOf(client: Client): Promise<LedgerAccount[]> {
	return toList((await readable(client, 'GET /coa')).ledgerAccounts);
}

/** Returns the dimensions with their items. */
export async function dimensionsOf(client: Client): Promise<Dimension[]> {
	// One dimension may come as an object.
	return [await answerOf(client, 'GET /dimensions')].flat();
}

/** Returns the verifiers and approvers in a verifier list. */
export async function verifierList(client: Client, id: number): Promise<VerifierList> {
	return await answerOf(client, 'GET /company/invoicecirculation/verifierlists/{id}', { path: { id } });
}
