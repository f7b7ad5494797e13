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
const caches = new WeakMap<Client, Map<string, Promise<unknown>>>();

/** Reads something once in an execution. After a failure, the next item reads it again. */
export async function readOnce<T>(client: Client, name: string, load: () => Promise<T>): Promise<T> {
	const known = caches.get(client) ?? new Map<string, Promise<unknown>>();
	caches.set(client, known);
	if (!known.has(name)) {
		const loading = load();
		known.set(name, loading);
		loading.catch(() => known.delete(name));
	}
	return (await known.get(name)) as T;
}

/** A call's answer, read once in an execution. */
async function readResponse<C extends CallOf<'GET'>>(
	client: Client,
	call: C,
	...options: OptionsOf<C>
): Promise<ResponseOf<C>> {
	return await readOnce(client, JSON.stringify([call, options]), async () => await client.get(call, ...options));
}

/** The same for what the user may have no right to, or the company does not have: nothing then, and that is remembered too. */
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

/** Returns the company's ID and country, and the user's ID, of the credential. */
export async function readSession(client: Client): Promise<{ companyId: number; country?: string; userId: number }> {
	const { companyId, country, userId } = await readResponse(client, 'GET /sessioninfo');
	return { companyId: Number(companyId), country, userId: Number(userId) };
}

/** Returns the currency of the books. */
export async function readCompanyCurrency(client: Client): Promise<string | undefined> {
	return (await readIfAllowed(client, 'GET /currencies/company')).companyCurrency;
}

/** Returns the units of a currency per unit of the company's currency on a day, at Procountor's own rates. */
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

/** Returns the company's active bank accounts; none if the user has no right to them. */
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

/** Returns the account for customers' payments: the default account, in the invoice's currency if there is one. */
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

/** Returns the invoice channel, and whether accounting by row is on. */
export async function readUsageSettings(client: Client): Promise<CompanyUsageSettings> {
	return await readIfAllowed(client, 'GET /company/usagesettings');
}

/** Returns the payment term and penal interest of sales invoices. */
export async function readSalesTerms(client: Client): Promise<CollectionsAndPenalExpenses> {
	return await readIfAllowed(client, 'GET /company/expenses/collectionpenal/settings');
}

/** Returns the VAT statuses and rates that the company uses. */
export async function readVats(client: Client): Promise<VatInformation> {
	return await readIfAllowed(client, 'GET /vats/default');
}

/** Whether the prices of the product register include VAT. */
export async function readVatSettings(client: Client): Promise<VatSettings> {
	return await readIfAllowed(client, 'GET /vats/settings');
}

/** Returns the default accounts, VAT status, and VAT rate of a business partner. */
export async function readPartnerAccounts(client: Client, id: number): Promise<BusinessPartnerDefaultAccounts> {
	return await readIfAllowed(client, 'GET /businesspartners/{id}/defaults/accounts', { path: { id } });
}

export async function readPerson(client: Client, id: number): Promise<Person> {
	return await readResponse(client, 'GET /persons/{id}', { path: { id } });
}

export async function readFiscalYears(client: Client): Promise<FiscalYear[]> {
	return toList((await readResponse(client, 'GET /fiscalyears')).fiscalYears);
}

/** Returns the chart of accounts; empty if it cannot be read. */
export async function readLedgerAccounts(client: Client): Promise<LedgerAccount[]> {
	return toList((await readIfAllowed(client, 'GET /coa')).ledgerAccounts);
}

/** Returns the dimensions with their items. */
export async function readDimensions(client: Client): Promise<Dimension[]> {
	// One dimension may come as an object.
	return [await readResponse(client, 'GET /dimensions')].flat();
}

/** Returns the verifiers and approvers in a verifier list. */
export async function readVerifierList(client: Client, id: number): Promise<VerifierList> {
	return await readResponse(client, 'GET /company/invoicecirculation/verifierlists/{id}', { path: { id } });
}
