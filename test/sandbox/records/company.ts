import { badRequest, notFound } from '../errors';
import type { Company } from '../world/world';
import { type Call, done, type Handlers, idOf, ok } from './handler';
import { listOrObject } from './lists';
import { userDetails } from './users';

/** What the company tells about itself, in the contract's own forms. */
export interface CompanyFacts {
	info: Record<string, unknown>;
	circulation: {
		verifiers: number[];
		acceptors: number[];
		lists: Array<{ id: number; name: string; verifiers: number[]; acceptors: number[] }>;
	};
	invoiceTemplates: Array<{ id: number; name: string }>;
	einvoiceAddresses: Array<Record<string, unknown>>;
	deliveryTerms: string[];
}

export const factsOf = (company: Company): CompanyFacts =>
	company.fact<CompanyFacts>('company', () => ({
		info: {},
		circulation: { verifiers: [], acceptors: [], lists: [] },
		invoiceTemplates: [],
		einvoiceAddresses: [],
		deliveryTerms: [],
	}));

const verifier = (company: Company) => (userId: number, index: number) => {
	const user = company.users.get(userId);
	return { firstname: user?.firstName ?? '', surname: user?.lastName ?? '', userId, orderNo: index + 1 };
};

/** Rates against the euro on any day: fixed, as the sandbox must answer the same every time. */
const RATES: Record<string, number> = {
	EUR: 1,
	SEK: 11.2,
	NOK: 11.6,
	DKK: 7.46,
	USD: 1.08,
	GBP: 0.86,
	CHF: 0.95,
	PLN: 4.3,
};

export const companyHandlers: Handlers = {
	getCompanyInfo: (call: Call) => ok({ ...factsOf(call.company).info, id: call.company.id, name: call.company.name }),
	updateCompanyInfo: (call: Call) => {
		const { id, ...info } = call.body as { id: number; name: string };
		if (id !== call.company.id) throw badRequest('Company id does not match.', 'id');
		factsOf(call.company).info = info;
		call.company.name = info.name;
		return done('Company info was updated.');
	},
	getUsageSettings: ({ company: { settings } }: Call) =>
		ok({
			defaultInvoiceChannel: 'ELECTRONIC_INVOICE',
			cashDiscount: { cashDiscountForSales: true, cashDiscountForPurchase: true },
			accountingByRow: {
				salesInvoicePosting: settings.accountingByRow,
				purchaseInvoicePosting: settings.accountingByRow,
				travelAndExpenseInvoicePosting: settings.accountingByRow,
				salaryPosting: false,
			},
		}),
	getCompanyInvoiceTemplates: (call: Call) => listOrObject(call, factsOf(call.company).invoiceTemplates),
	getEInvoiceAddresses: (call: Call) => listOrObject(call, factsOf(call.company).einvoiceAddresses),
	getCompanyDeliveryTerms: (call: Call) => ok({ deliveryTerms: factsOf(call.company).deliveryTerms }),
	getCompanyCollectionPenalExpensesSettings: () =>
		ok({
			useAutomaticHandling: false,
			penalInterestDateMargin: 5,
			minimumPenalInterestSum: 5,
			defaultSalesInvoiceInterest: 10.5,
			defaultSalesInvoicePaymentTerms: 14,
		}),
	getCompanyInvoiceCirculationSettings: (call: Call) => {
		const { verifiers, acceptors } = factsOf(call.company).circulation;
		return ok({
			useForPurchaseInvoices: call.company.settings.circulationForPurchases,
			useForTravelAndExpenseInvoices: call.company.settings.circulationForTravelAndExpenses,
			reminderInterval: 'ONCE_A_DAY',
			forceNotifications: false,
			useDeterminedOrder: false,
			allowPaymentOnlyWhenApproved: true,
			allowInvoiceSpecificDiscussion: call.company.settings.discussionEnabled,
			allowExtendedTaggingInDiscussion: false,
			allocatePurchaseOrdersAndInvoicesInChecking: false,
			maxVerifiers: 5,
			maxAcceptors: 5,
			verifiers: verifiers.map(verifier(call.company)),
			acceptors: acceptors.map(verifier(call.company)),
			allowPersonalSubstitution: false,
			substitutions: [],
		});
	},
	getVerifierList: (call: Call) => ok(factsOf(call.company).circulation.lists),
	getVerifierList1: (call: Call) => {
		const list = factsOf(call.company).circulation.lists.find(({ id }) => id === idOf(call, 'id'));
		if (!list) throw notFound('Verifier list');
		return ok({
			...list,
			verifiers: list.verifiers.map(verifier(call.company)),
			acceptors: list.acceptors.map(verifier(call.company)),
		});
	},

	getSessionInfo: ({ company, user }: Call) =>
		ok({
			companyId: company.id,
			name: company.name,
			country: company.settings.country,
			productVersion: 'FINANCIALS_PREMIUM',
			userId: user.id,
			userName: user.username,
			companySettings: { invoiceDiscussionEnabled: company.settings.discussionEnabled },
		}),
	getCurrentUser: ({ company, user }: Call) => {
		const { id, username, firstName, lastName, email, mobilePhone, partnerId } = user;
		return ok({
			id,
			username,
			companyId: company.id,
			countryCode: company.settings.country,
			loginMethod: 'PROCOUNTOR_KEY',
			firstName,
			lastName,
			email,
			mobilePhone,
			...userDetails(company).get(id),
			...(partnerId === undefined ? {} : { partnerId }),
		});
	},
	getCurrentUserRights: ({ user }: Call) => ok({ role: user.role, rights: user.rights }),
	getUserProfile: (call: Call) => {
		const user = call.company.users.get(idOf(call, 'userId'));
		if (!user) throw notFound('User');
		return ok({ firstname: user.firstName, surname: user.lastName });
	},
	getStatus: (call: Call) => {
		const bare = call.switches.bareApiServes === 'latest' ? '26.04' : '26.01';
		const version = /^\/v(\d\d)(\d\d)\//.exec(`${call.base}/`);
		const named = call.base === '/supported/api' ? '26.01' : call.base === '/api' ? bare : '26.04';
		return ok({
			name: 'Procountor API',
			version: version ? `${version[1]}.${version[2]}` : named,
			status: 'OK',
			procountorVersion: '111.0',
		});
	},

	getCurrencies: () => ok({ currencies: Object.keys(RATES) }),
	getCurrenciesForCompany: () => ok({ companyCurrency: 'EUR' }),
	getCurrencyExchangeRate: (call: Call) => {
		const { baseCurrency, currency, day } = call.query;
		const base = RATES[String(baseCurrency)];
		if (base === undefined) throw badRequest('Base currency is not supported.', 'baseCurrency');
		const rate = RATES[String(currency)];
		if (rate === undefined) throw notFound('Exchange rate');
		return ok({ queryDay: day, currency, day, rate: Math.round((rate / base) * 1e6) / 1e6 });
	},
	getCompanyLatestRates: (call: Call) => {
		const rateType = Number(call.query.rateType ?? 1);
		if (![1, 2, 3, 4, 5, 6].includes(rateType)) throw badRequest('Rate type must be from 1 to 6.', 'rateType');
		const rates = Object.entries(RATES)
			.filter(([code]) => code !== 'EUR')
			.map(([currencyCode, currencyRate]) => ({ currencyCode, currencyRate }));
		return ok({ baseCurrency: 'EUR', currencyDate: call.clock.today(), rates });
	},
};
