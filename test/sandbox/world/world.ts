import type { Clock } from '../clock';
import type { Switches } from '../switches';
import { Register, type RegisterKey, type Surroundings } from './register';

export type Access = 'ALL_RIGHTS' | 'VIEWING_RIGHTS' | 'NO_ACCESS' | 'NOT_ENABLED';

/** Rights as `GET /users/rights` tells them: area → right → access, or a limitation that is on or off. */
export type Rights = Record<string, Record<string, Access | boolean>>;

export interface User {
	id: number;
	username: string;
	firstName: string;
	lastName: string;
	email: string;
	mobilePhone: string;
	role: string;
	rights: Rights;
	/** May log in by API key alone, not by a login page. */
	apiLoginOnly: boolean;
	/** Id in the person register, if the user is there. */
	partnerId?: number;
}

/** Settings of a company that a person changes in Procountor's user interface. */
export interface CompanySettings {
	/** Company info > Usage settings > Integration settings: 'Allow the usage of invoiceable API clients'. */
	apiAllowed: boolean;
	/** Usage settings: Documents, needed for lists of attachments. */
	documentsActivated: boolean;
	circulationForPurchases: boolean;
	circulationForTravelAndExpenses: boolean;
	discussionEnabled: boolean;
	accountingByRow: boolean;
	/** Whether foreign VAT is in use, so that invoices must name the VAT country. */
	foreignVat: boolean;
	/** VAT percentages in use. */
	vatPercents: number[];
	/** Country of the environment: SIE files are Swedish, salary payments and Finnish factoring contracts Finnish. */
	country: 'FINLAND' | 'SWEDEN';
	/** External financing, needed for factoring contracts. */
	externalFinancing: boolean;
	/** The API Integrator tool, needed for integration requests. */
	apiIntegrator: boolean;
	holidayCalculation: boolean;
	workingHourReduction: boolean;
}

/** One company with its users and registers. Record ids mean something only together with the company. */
export class Company {
	readonly users = new Map<number, User>();
	private readonly registers = new Map<string, Register<unknown>>();
	private readonly facts = new Map<string, unknown>();

	constructor(
		readonly id: number,
		public name: string,
		readonly settings: CompanySettings,
		private readonly around: Surroundings,
	) {}

	/** How the API behaves where no source says. */
	get switches(): Switches {
		return this.around.switches;
	}

	/** The register of a kind of record, empty at first. */
	register<T>(key: RegisterKey<T>): Register<T> {
		let register = this.registers.get(key.name);
		if (!register) this.registers.set(key.name, (register = new Register<unknown>(key.name, key.firstId, this.around)));
		return register as Register<T>;
	}

	registerByName(name: string): Register<unknown> | undefined {
		return this.registers.get(name);
	}

	/** Every register that holds, or has held, records. */
	allRegisters(): Array<Register<unknown>> {
		return [...this.registers.values()];
	}

	/** Something that a company has one of (its chart of accounts, its address): made from `initial` at first use. */
	fact<T>(name: string, initial: () => T): T {
		if (!this.facts.has(name)) this.facts.set(name, initial());
		return this.facts.get(name) as T;
	}

	setFact(name: string, value: unknown): void {
		this.facts.set(name, value);
	}
}

/** A client that Procountor has registered: an id, a secret and one redirect URI without query. */
export interface ApiClient {
	id: string;
	secret: string;
	redirectUri: string;
}

/** An API key: one user in one company for one client. */
export interface ApiKey {
	key: string;
	clientId: string;
	companyId: number;
	userId: number;
	revoked: boolean;
}

/** Everything that the server remembers. */
export class World {
	readonly companies = new Map<number, Company>();
	readonly clients = new Map<string, ApiClient>();
	readonly keys = new Map<string, ApiKey>();
	/** Whether any record is hidden from the users of the API. */
	hidesRecords = false;

	constructor(readonly around: Surroundings) {}

	get clock(): Clock {
		return this.around.clock;
	}

	company(id: number): Company {
		const company = this.companies.get(id);
		if (!company) throw new Error(`No company ${id}`);
		return company;
	}

	addCompany(id: number, name: string, settings: Partial<CompanySettings> = {}): Company {
		const company = new Company(id, name, { ...DEFAULT_SETTINGS, ...settings }, this.around);
		this.companies.set(id, company);
		return company;
	}

	addKey(key: Omit<ApiKey, 'revoked'>): ApiKey {
		const full = { ...key, revoked: false };
		this.keys.set(key.key, full);
		return full;
	}
}

const DEFAULT_SETTINGS: CompanySettings = {
	apiAllowed: true,
	documentsActivated: true,
	circulationForPurchases: true,
	circulationForTravelAndExpenses: true,
	discussionEnabled: true,
	accountingByRow: true,
	foreignVat: false,
	vatPercents: [25.5, 13.5, 10, 0],
	country: 'FINLAND',
	externalFinancing: true,
	apiIntegrator: true,
	holidayCalculation: true,
	workingHourReduction: true,
};
