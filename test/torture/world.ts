/**
 * The sandbox's own registers, search and clock without its server: what a poll asks is answered as over HTTP. Beside it,
 * everything that happened is written down, to be held against what the trigger gave.
 */
import contract from '../contract/contract.json';
import { isLastPage } from '../../nodes/Procountor/api';
import type { PollResponse, PollRequest } from '../../nodes/Procountor/trigger/step';
import { Clock } from '../sandbox/clock';
import { Refusal } from '../sandbox/errors';
import { Faults } from '../sandbox/http/faults';
import type { Call } from '../sandbox/records/handler';
import { type Invoice, type InvoiceStatus, type InvoiceType, invoices } from '../sandbox/records/invoices/model';
import { invoiceSearchHandlers } from '../sandbox/records/invoices/search';
import { defaultSwitches, type Switches } from '../sandbox/switches';
import { rightsOf } from '../sandbox/world/demo';
import { World as SandboxWorld, type Company, type User } from '../sandbox/world/world';

/** One state of a record, from the moment of its change until the next. */
export interface Version {
	/** Unlike any other; the record carries it as its own invoice number. */
	no: number;
	/** When it was made, in milliseconds; by the server's clock; and as the server writes it. */
	stamp: number;
	shown: number;
	text: string;
	visibleAt: number;
	status: string;
	partner: number;
}

export interface Truth {
	id: number;
	type: InvoiceType;
	createdAt: number;
	created: string;
	visibleAt: number;
	/** The end of the poll in whose midst it became visible. */
	shownBy?: number;
	versions: Version[];
	removedAt?: number;
}

export interface Making {
	type: InvoiceType;
	status: string;
	/** Seconds until others see it. */
	late: number;
	partner: number;
}

/** How a server's pages can be shorter than they are asked for. */
export interface Pages {
	/** The most records that the server gives to a page. */
	cap: number;
	/** Whether the server says so. */
	tellsSize: boolean;
	/** How many records the user must not see; they are taken out of the pages. */
	hidden: number;
}

const WHOLE_PAGES: Pages = { cap: 200, tellsSize: true, hidden: 0 };

const operations = {
	searchInvoice: contract.paths['/invoices'].get,
	getInvoice: contract.paths['/invoices/{invoiceId}'].get,
};
/** An answer without records behind which there is nothing. */
const NOTHING = { records: [], last: true, isFull: false };

const user: User = {
	id: 1001,
	username: 'aino',
	firstName: 'Aino',
	lastName: 'Koivuranta',
	email: 'aino@example.com',
	mobilePhone: '',
	role: 'MAIN_USER',
	rights: rightsOf('ALL_RIGHTS'),
	apiLoginOnly: false,
};

interface Pending {
	at: number;
	run(): void;
}

export class World {
	readonly truths: Truth[] = [];
	readonly clock: Clock;
	private readonly switches: Switches;
	private readonly faults = new Faults();
	private readonly world: SandboxWorld;
	private readonly company: Company;
	private pending: Pending[] = [];
	private changes = 0;
	/** Hidden records that are still to come. */
	private left: number;
	/** How wrong the server's clock is, in milliseconds. */
	wrong = 0;
	/** Whether the key may see invoices; without the right, every list is empty. */
	mayRead = true;

	constructor(
		start: { local: string; second: boolean },
		switches: Partial<Switches>,
		private readonly pages = WHOLE_PAGES,
	) {
		this.switches = { ...defaultSwitches(), ...switches, rowsHiddenAfterPaging: pages.hidden > 0 };
		this.left = pages.hidden;
		this.clock = new Clock({ start: start.local }, this.switches);
		if (start.second) this.clock.set(start.local, true);
		this.world = new SandboxWorld({ clock: this.clock, switches: this.switches, faults: this.faults });
		this.company = this.world.addCompany(1, 'Oy Ab');
	}

	get now(): number {
		return this.clock.now();
	}

	/** The day, as the server would write it on a record now. */
	private get day(): string {
		return this.clock.text(this.now + this.wrong).slice(0, 10);
	}

	/** Time goes on; what was to show late shows when its moment has come. */
	pass(seconds: number): void {
		const until = this.now + seconds * 1000;
		const due = this.pending.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
		this.pending = this.pending.filter((one) => !due.includes(one));
		for (const { at, run } of due) {
			this.clock.set(Math.max(at, this.now));
			run();
		}
		this.clock.set(until);
	}

	/** Nothing happens at the very same moment as something else, however equal the times that are written. */
	private tick(): void {
		this.clock.set(this.now + 1);
	}

	create({ type, status, late, partner }: Making): Truth {
		this.tick();
		if (this.left > 0 && this.truths.length % 2 === 1) this.createHidden(type, status, partner);
		const no = ++this.changes;
		if (late) this.faults.late = [{ register: 'invoices', delayMs: late * 1000, times: 1 }];
		const entry = this.company.register(invoices).add((id) => invoiceOf(id, type, status, partner, no, this.day));
		const visibleAt = this.now + late * 1000;
		const shown = this.now + this.wrong;
		entry.created = shown;
		entry.version = shown;
		const truth: Truth = {
			id: entry.id,
			type,
			createdAt: this.now,
			created: this.clock.text(shown),
			visibleAt,
			versions: [],
		};
		truth.versions.push({ no, stamp: this.now, shown, text: truth.created, visibleAt, status, partner });
		this.truths.push(truth);
		return truth;
	}

	private createHidden(type: InvoiceType, status: string, partner: number): void {
		this.left--;
		const register = this.company.register(invoices);
		register.add((id) => invoiceOf(id, type, status, partner, 0, this.day)).hidden = true;
		this.world.hidesRecords = true;
	}

	/** Changes a record that is there; `late` seconds pass until others see it, with the time at which it was made. */
	change(truth: Truth, changes: { status?: string; partner?: number }, late: number): void {
		const last = truth.versions[truth.versions.length - 1];
		this.tick();
		if (truth.removedAt !== undefined || last.visibleAt > this.now || truth.visibleAt > this.now) return;
		const shown = Math.max(this.now + this.wrong, last.shown);
		const version: Version = {
			...last,
			...changes,
			no: ++this.changes,
			stamp: this.now,
			shown,
			text: this.clock.text(shown),
			visibleAt: this.now + late * 1000,
		};
		truth.versions.push(version);
		const show = (): void => {
			const register = this.company.register(invoices);
			const entry = register.get(truth.id);
			if (!entry) return;
			register.put(
				entry,
				invoiceOf(truth.id, truth.type, version.status, version.partner, version.no, truth.created.slice(0, 10)),
			);
			entry.version = shown;
		};
		if (late) this.pending.push({ at: version.visibleAt, run: show });
		else show();
	}

	remove(truth: Truth): void {
		this.tick();
		if (truth.removedAt !== undefined) return;
		truth.removedAt = this.now;
		this.company.register(invoices).delete(truth.id);
	}

	/** What Procountor answers, read as the trigger's own requests read it. @throws Refusal for what it does not accept */
	respond(request: PollRequest): Omit<PollResponse, 'timeIsUp'> {
		this.tick();
		if (request.ask === 'session')
			return {
				...NOTHING,
				records: [{ companyId: 1, name: 'Oy Ab' }],
				time: Math.floor((this.now + this.wrong) / 1000) * 1000,
			};
		if (!this.mayRead) return NOTHING;
		try {
			if (request.ask === 'records') {
				const { json } = this.handle('getInvoice', { params: { invoiceId: request.ids.join(',') } });
				return { ...NOTHING, records: [json].flat() as PollResponse['records'] };
			}
			const query = Object.fromEntries(
				Object.entries(request.query)
					.filter(([, value]) => value !== undefined)
					.map(([name, value]) => [name, name === 'types' || name === 'status' ? [value].flat() : value]),
			);
			const { cap, tellsSize } = this.pages;
			const size = Math.min(request.size, cap);
			const { results, meta } = this.handle('searchInvoice', { query: { ...query, size } as Call['query'] }).json as {
				results: PollResponse['records'];
				meta: { totalCount?: number };
			};
			const isFull = results.length >= (tellsSize ? size : request.size);
			return { records: results, last: isLastPage(results.length, meta.totalCount, isFull), isFull };
		} catch (error) {
			if (error instanceof Refusal && error.status === 404) return NOTHING;
			throw error;
		}
	}

	private handle(name: 'searchInvoice' | 'getInvoice', given: Partial<Call>): { json?: unknown } {
		const call = {
			operation: operations[name],
			clock: this.clock,
			switches: this.switches,
			world: this.world,
			company: this.company,
			user,
			params: {},
			query: {},
			headers: {},
			base: '/latest/api',
			body: undefined,
			...given,
		};
		return invoiceSearchHandlers[name](call as unknown as Call) as { json?: unknown };
	}
}

function invoiceOf(
	id: number,
	type: InvoiceType,
	status: string,
	partnerId: number,
	no: number,
	date: string,
): Invoice {
	return {
		id,
		type,
		partnerId,
		status: status as InvoiceStatus,
		originalInvoiceNumber: String(no),
		date,
		discountPercent: 0,
		invoiceRows: [],
		invoiceChannel: 'NO_SENDING',
		counterParty: { counterPartyAddress: { name: 'Ostaja Oy' } },
		paymentInfo: { paymentMethod: 'CASH', currency: 'EUR', dueDate: '2026-10-01', currencyRate: 1 },
		extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
	};
}

export const isDraftStatus = (status: string): boolean => status === 'EMPTY' || status === 'UNSAVED';

/** The version of a record that others saw at a moment; undefined when it did not show. */
export function versionAt(truth: Truth, instant: number): Version | undefined {
	if (truth.visibleAt > instant || (truth.removedAt !== undefined && truth.removedAt <= instant)) return undefined;
	return truth.versions.filter(({ visibleAt }) => visibleAt <= instant).at(-1);
}
