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
 * The responses about the company that an execution has read. Each execution has its own client, so no other company and
 * no later run gets them.
 */
const caches = new WeakMap<Client, Map<string, Promise<unknown>>>();

/** Loads a value once in an execution. After a failure, the next item loads it again. */
export async function readOnce<T>(client: Client, name: string, load: () => Promise<T>): Promise<T> {
	const cache = caches.get(client) ?? new Map<string, Promise<unknown>>();
	caches.set(client, cache);
	if (!cache.has(name)) {
		const loading = load();
		cache.set(name, loading);
		loading.catch(() => cache.delete(name));
	}
	return (await cache.get(name)) as T;
}

/** Reads a call's response once in an execution. */
async function readResponse<C extends CallOf<'GET'>>(
	client: Client,
	call: C,
	...options: OptionsOf<C>
): Promise<ResponseOf<C>> {
	return await readOnce(client, JSON.stringify([call, options]), async () => await client.get(call, ...options));
}

/** Reads a response once in an execution; an empty object if the user has no right to it, or the company has none. */
async function readIfAllowed<C extends CallOf<'GET'>>(
	client: Client,
	call: C,
	...options: OptionsOf<C>
): Promise<ResponseOf<C> | Record<string, never>> {
	return await readOnce(
		client,
		JSON.stringify(['readable', call, options]),
		async () =>
			await readResponse(client, call, ...options).catch((error: unknown) => {
				if (error instanceof ProcountorError && (error.problem.status === 403 || error.problem.status === 404))
					return {};
				return raise(error);
			}),
	);
}

/** Reads the IDs of the credential's company and user, and the company's country. */
export async function readSession(client: Client): Promise<{ companyId: number; country?: string; userId: number }> {
	const { companyId, country, userId } = await readResponse(client, 'GET /sessioninfo');
	return { companyId: Number(companyId), country, userId: Number(userId) };
}

/** Reads the currency of the books. */
export async function readCompanyCurrency(client: Client): Promise<string | undefined> {
	return (await readIfAllowed(client, 'GET /currencies/company')).companyCurrency;
}

/** Reads the units of a currency per unit of the company's currency on a day, at Procountor's own rates. */
export async function readExchangeRate(
	client: Client,
	baseCurrency: string,
	currency: string,
	day: string,
): Promise<number | undefined> {
	const { rate } = await readIfAllowed(client, 'GET /currencies/exchangerate', {
		query: { baseCurrency, currency, day, rateType: 'PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE' },
	});
	return rate === undefined ? undefined : Number(rate);
}

/** Reads the company's active bank accounts; none if the user has no right to them. */
export async function readBankAccounts(client: Client): Promise<CompanyBankAccountBasicInfo[]> {
	return await readOnce(
		client,
		'bank accounts',
		async () =>
			await readActiveAccounts(client).catch((error: unknown) =>
				error instanceof ProcountorError && error.problem.status === 403 ? [] : raise(error),
			),
	);
}

/** Reads the account for customers' payments: the default account, in the invoice's currency if there is one. */
export async function readDefaultAccount(client: Client, currency: string): Promise<string | undefined> {
	const accounts = await readBankAccounts(client);
	const defaults = accounts.filter(({ defaultForInvoice }) => defaultForInvoice === true);
	return (defaults.find((one) => one.currency === currency) ?? defaults[0])?.iban;
}

async function readActiveAccounts(client: Client): Promise<CompanyBankAccountBasicInfo[]> {
	const found: CompanyBankAccountBasicInfo[] = [];
	for await (const page of pages(client, { call: 'GET /bankaccounts' })) found.push(...page);
	return found.filter(({ status }) => status !== 'INACTIVE');
}

/** Reads the company's invoice channel, and whether accounting by row is on. */
export async function readUsageSettings(client: Client): Promise<CompanyUsageSettings> {
	return await readIfAllowed(client, 'GET /company/usagesettings');
}

/** Reads the payment term and penal interest of sales invoices. */
export async function readSalesTerms(client: Client): Promise<CollectionsAndPenalExpenses> {
	return await readIfAllowed(client, 'GET /company/expenses/collectionpenal/settings');
}

/** Reads the VAT statuses and rates that the company uses. */
export async function readVats(client: Client): Promise<VatInformation> {
	return await readIfAllowed(client, 'GET /vats/default');
}

/** Reads whether the prices of the product register include VAT. */
export async function readVatSettings(client: Client): Promise<VatSettings> {
	return await readIfAllowed(client, 'GET /vats/settings');
}

/** Reads the default accounts, VAT status, and VAT rate of a business partner. */
export async function readPartnerAccounts(client: Client, id: number): Promise<BusinessPartnerDefaultAccounts> {
	return await readIfAllowed(client, 'GET /businesspartners/{id}/defaults/accounts', { path: { id } });
}

/** Reads a person of the register. */
export async function readPerson(client: Client, id: number): Promise<Person> {
	return await readResponse(client, 'GET /persons/{id}', { path: { id } });
}

/** Reads the fiscal years with their tracking periods. */
export async function readFiscalYears(client: Client): Promise<FiscalYear[]> {
	return toList((await readResponse(client, 'GET /fiscalyears')).fiscalYears);
}

/** Reads the chart of accounts; empty if the user has no right to it. */
export async function readLedgerAccounts(client: Client): Promise<LedgerAccount[]> {
	return toList((await readIfAllowed(client, 'GET /coa')).ledgerAccounts);
}

/** Reads the dimensions with their items. */
export async function readDimensions(client: Client): Promise<Dimension[]> {
	// Procountor may return a single dimension as an object.
	return [await readResponse(client, 'GET /dimensions')].flat();
}

/** Reads the verifiers and approvers in a verifier list. */
export async function readVerifierList(client: Client, id: number): Promise<VerifierList> {
	return await readResponse(client, 'GET /company/invoicecirculation/verifierlists/{id}', { path: { id } });
}
