import { instantOf } from '../../clock';
import { businessId } from '../../finnish';
import type { Access, Company, Rights, User, World } from '../world';
import { demoAccounts, demoDimensions, demoFiscalYears, demoVatStatuses } from './accounts';
import { invoicePlan } from './invoices';
import { carryOut } from './plan';
import { receiptPlan } from './receipts';
import { fillMore } from './more';
import { fillRegisters } from './registers';

/** What a tester needs to log in: the demo's client, and a key for each user. */
export const DEMO = {
	client: {
		id: 'sandboxClient',
		secret: 'sandbox-secret-1',
		redirectUri: 'http://localhost:5678/rest/oauth2-credential/callback',
	},
	otherClient: { id: 'otherClient', secret: 'other-secret-1', redirectUri: 'https://example.com/callback' },
	companyId: 10101,
	secondCompanyId: 20202,
	keys: {
		admin: 'demo-key-admin',
		sales: 'demo-key-sales',
		viewer: 'demo-key-viewer',
		approver: 'demo-key-approver',
		nobody: 'demo-key-nobody',
		second: 'demo-key-second-company',
	},
} as const;

const AREAS: Record<string, { rights: string[]; limits: string[] }> = {
	management: {
		rights: [
			'basicCompanyInfo',
			'basicAccountingInfo',
			'chartOfAccountsAndDefaultReports',
			'usersAndUserRights',
			'companyUserManagement',
			'setUpACompany',
			'importData',
			'notifications',
			'incomesRegisterCertificate',
			'groupLetter',
			'auditLog',
		],
		limits: [],
	},
	user: { rights: ['editPersonalInfo'], limits: ['limitedDimensions', 'blockSoloLoginToProcountor'] },
	sales: {
		rights: ['salesOrGroupInvoices', 'salesInvoiceSearch', 'customerRegister', 'productRegister'],
		limits: ['personalSalesInvoicesOnly'],
	},
	purchases: {
		rights: ['purchaseInvoices', 'purchaseInvoiceSearch', 'supplierRegister', 'productRegister', 'fixedAssetsRegister'],
		limits: ['personalPurchaseInvoicesOnly'],
	},
	travelAndExpenses: {
		rights: ['travelAndExpenseInvoices', 'travelAndExpenseInvoiceSearch'],
		limits: ['personalTravelAndExpenseInvoiceOnly'],
	},
	invoiceCirculation: { rights: ['verification', 'approval'], limits: ['personalApprovalsOrVerificationsOnly'] },
	salaries: {
		rights: ['payroll', 'personRegister', 'workingTimeTracking'],
		limits: ['personalSalariesOnly', 'personalWorkHourTrackingOnly'],
	},
	payments: {
		rights: [
			'payment',
			'salaryPayments',
			'markAsPaid',
			'markSalaryAsPaid',
			'directBankTransfer',
			'bankStatementAndReferencePayment',
			'paymentAllocation',
		],
		limits: [],
	},
	accounting: {
		rights: ['journalReceipts', 'journalReceiptSearch', 'closingOfAccountTools', 'accountingReports', 'archive'],
		limits: ['personalJournalReceiptsOnly', 'preventCreatingEditingInvoices', 'preventEditingAccountingPage'],
	},
};

/** Rights with the same access everywhere, no limitation, and then what differs (`'sales.customerRegister'` → access). */
export function rightsOf(everywhere: Access, differing: Record<string, Access | boolean> = {}): Rights {
	const rights: Rights = {};
	for (const [area, names] of Object.entries(AREAS)) {
		rights[area] = {};
		for (const name of names.rights) rights[area][name] = everywhere;
		for (const name of names.limits) rights[area][name] = false;
	}
	for (const [path, access] of Object.entries(differing)) {
		const [area, name] = path.split('.');
		if (rights[area]?.[name] === undefined) throw new Error(`No right '${path}'`);
		rights[area][name] = access;
	}
	return rights;
}

/** Fills a world with the demo client and its companies. */
export function fillDemo(world: World): void {
	world.clients.set(DEMO.client.id, { ...DEMO.client });
	world.clients.set(DEMO.otherClient.id, { ...DEMO.otherClient });
	const company = world.addCompany(DEMO.companyId, 'Koivurannan Kahvitukku Oy');
	const second = world.addCompany(DEMO.secondCompanyId, 'Meritien Muotoilu Oy');
	const person = (id: number, firstName: string, lastName: string, role: string, rights: Rights): User => ({
		id,
		firstName,
		lastName,
		role,
		rights,
		username: `${firstName}.${lastName}`.toLowerCase().replace(/ä/g, 'a').replace(/ö/g, 'o'),
		email: `${firstName}.${lastName}@example.fi`.toLowerCase().replace(/ä/g, 'a').replace(/ö/g, 'o'),
		mobilePhone: `+35840123${id}`,
		apiLoginOnly: role === 'API_LOGIN_ONLY',
	});
	const sales = rightsOf('NO_ACCESS', {
		'sales.salesOrGroupInvoices': 'ALL_RIGHTS',
		'sales.salesInvoiceSearch': 'ALL_RIGHTS',
		'sales.customerRegister': 'ALL_RIGHTS',
		'sales.productRegister': 'ALL_RIGHTS',
		'user.editPersonalInfo': 'ALL_RIGHTS',
	});
	const approver = rightsOf('NO_ACCESS', {
		'purchases.purchaseInvoiceSearch': 'VIEWING_RIGHTS',
		'invoiceCirculation.verification': 'ALL_RIGHTS',
		'invoiceCirculation.approval': 'ALL_RIGHTS',
		'travelAndExpenses.travelAndExpenseInvoiceSearch': 'VIEWING_RIGHTS',
	});
	const users = {
		admin: person(1001, 'Aino', 'Koivuranta', 'MAIN_USER', rightsOf('ALL_RIGHTS')),
		sales: person(1002, 'Eero', 'Myllymäki', 'USER', sales),
		viewer: person(1003, 'Tilda', 'Laskela', 'API_LOGIN_ONLY', rightsOf('VIEWING_RIGHTS')),
		approver: person(1004, 'Onni', 'Hyväri', 'USER', approver),
		nobody: person(1005, 'Veli', 'Tyhjä', 'USER', rightsOf('NO_ACCESS')),
	};
	for (const [name, user] of Object.entries(users)) {
		company.users.set(user.id, user);
		world.addKey({
			key: DEMO.keys[name as keyof typeof users],
			clientId: DEMO.client.id,
			companyId: company.id,
			userId: user.id,
		});
	}
	const owner = person(1001, 'Saara', 'Meritie', 'MAIN_USER', rightsOf('ALL_RIGHTS'));
	second.users.set(owner.id, owner);
	world.addKey({ key: DEMO.keys.second, clientId: DEMO.client.id, companyId: second.id, userId: owner.id });

	fillCompany(company, 2_345_670, '');
	carryOut([...invoicePlan(company, world), ...receiptPlan(company)]);
	users.admin.partnerId = PERSON_OF_ADMIN;
	// The second company has other data under the same ids.
	fillCompany(second, 3_456_780, ' II');
	carryOut([...invoicePlan(second, world, 12), ...receiptPlan(second)]);
	fillMore(world);
}

/** Id of the admin's own entry in the person register. */
const PERSON_OF_ADMIN = 519;

function fillCompany(company: Company, businessIdBase: number, suffix: string): void {
	const at = instantOf('2025-12-01T08:00:00');
	const code = businessId(businessIdBase);
	company.setFact('accounts', demoAccounts());
	company.setFact('vatStatuses', demoVatStatuses());
	company.setFact('dimensions', demoDimensions());
	company.setFact('fiscalYears', demoFiscalYears(at));
	const address = { street: 'Satamakuja 4', zip: '00160', city: 'HELSINKI', country: 'FINLAND' };
	company.setFact('company', {
		info: {
			country: 'FINLAND',
			productVersion: 'FINANCIALS_PREMIUM',
			operationType: 'TRIAL',
			companyAddress: address,
			billingAddress: address,
			inTradeRegister: true,
			mva: false,
			businessIdentifier: { brnType: 'FI', code },
			accountingCoaLanguages: ['fi', 'en'],
			companyCurrency: 'EUR',
			currencyRateSearchDensity: 'DAILY_EXCHANGE_RATE',
		},
		circulation: {
			verifiers: company.users.has(1004) ? [1004] : [1001],
			acceptors: [1001],
			lists: [{ id: 61, name: 'Ostolaskut', verifiers: company.users.has(1004) ? [1004] : [1001], acceptors: [1001] }],
		},
		invoiceTemplates: [
			{ id: 71, name: 'Vakiolasku' },
			{ id: 72, name: 'English invoice' },
		],
		einvoiceAddresses: [
			{
				operator: 'Maventa',
				operatorId: 1,
				sendingAddress: `0037${code.replace('-', '')}`,
				receivingAddress: `0037${code.replace('-', '')}`,
				receivingAddressPublicInTieke: true,
				edi: '003721291126',
				created: '2025-12-01',
				creator: 'Aino Koivuranta',
			},
		],
		deliveryTerms: ['EXW', 'DAP', 'FCA'],
	});
	fillRegisters(company, at, suffix);
}
