import { addDays } from '../money';
import { addAttachment, type Attachment } from '../records/attachments';
import { bankAccounts } from '../records/bankaccounts';
import { type Invoice, type InvoiceFields, invoices, type InvoiceStatus, nextNumber } from '../records/invoices/model';
import { createInvoice } from '../records/invoices/write';
import { createJournal } from '../records/receipts/handlers';
import { type Receipt, type ReceiptFields, receipts } from '../records/receipts/model';
import type { Entry } from './register';
import type { Access, Company, User, World } from './world';

/** What is done behind the API's back: by people in Procountor, by arriving e-invoices, by time. */
export interface Backdoor {
	/** A sales invoice unless said otherwise; given fields go over a valid one. Status UNFINISHED, or RECEIVED for an arriving purchase invoice. */
	addInvoice(
		fields?: Partial<InvoiceFields>,
		options?: { status?: InvoiceStatus; userId?: number; companyId?: number },
	): Entry<Invoice>;
	/** An unfinished journal that balances; given fields go over it. */
	addJournal(
		fields?: Partial<ReceiptFields>,
		options?: { status?: string; userId?: number; companyId?: number },
	): Entry<Receipt>;
	/** An attachment of an invoice, whose text is its name unless bytes are given; others than invoices by `referenceType`. */
	addAttachment(fields: Pick<Attachment, 'name' | 'referenceId'> & Partial<Attachment>): Entry<Attachment>;
	/** Changes fields of any record and gives it a new version, without the API's checks. */
	change(register: string, id: number, changes: Record<string, unknown>, companyId?: number): Entry<unknown>;
	/** Hides records from the users of the API, by ID or every n-th one; what that does to pages is the switch `rowsHiddenAfterPaging`. */
	hide(register: string, which: number[] | { every: number }, companyId?: number): void;
	/** Grants or withdraws single rights of a user while tokens live: `{'salaries.payroll': 'NO_ACCESS'}`. @throws Error for an unknown right or access */
	setRights(userId: number, rights: Record<string, Access | boolean>, companyId?: number): void;
	/** Deletes any record for good. */
	remove(register: string, id: number, companyId?: number): boolean;
	/** Adds many sales invoices with receipts, and journals, quickly: the records are made when they are read. */
	seed(amounts: SeedAmounts): void;
}

export interface SeedAmounts {
	companyId?: number;
	/** Sales invoices, each with its receipt. */
	invoices?: number;
	/** Journal receipts. */
	journals?: number;
	/** Seconds of the sandbox's clock between two records; 1 if left out. They end now. */
	everySeconds?: number;
}

/** A valid sales invoice of two cups, dated today. */
export function smallestInvoice(company: Company, today: string): InvoiceFields {
	return {
		type: 'SALES_INVOICE',
		date: today,
		counterParty: { counterPartyAddress: { name: 'Ostaja Oy' } },
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			currencyRate: 1,
			dueDate: addDays(today, 14),
			bankAccount: { accountNumber: company.register(bankAccounts).all()[0].record.iban },
		},
		extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
		discountPercent: 0,
		invoiceRows: [
			{ product: 'Kuppi', quantity: 2, unit: 'PIECE', unitPrice: 3.5, discountPercent: 0, vatPercent: 25.5 },
		],
		vatStatus: 1,
		invoiceChannel: 'NO_SENDING',
		language: 'FINNISH',
	};
}

/** The smallest journal that balances, dated today. */
export function smallestJournal(today: string): ReceiptFields {
	const entry = { transactionType: 'ENTRY' as const, vatPercent: 0, vatStatus: 12 };
	return {
		type: 'JOURNAL',
		name: 'Muistiotosite',
		receiptDate: today,
		vatType: 'PURCHASE',
		vatStatus: 12,
		transactions: [
			{ ...entry, id: 0, account: '8500', accountingValue: 10 },
			{ ...entry, id: 0, account: '1910', accountingValue: -10 },
		],
	};
}

export function backdoorOf(world: World): Backdoor {
	const { clock, switches } = world.around;
	const first = [...world.companies.keys()][0];
	const who = (companyId = first, userId?: number): { company: Company; user: User } => {
		const company = world.company(companyId);
		const user = userId === undefined ? [...company.users.values()][0] : company.users.get(userId);
		if (!user) throw new Error(`No user ${userId} in company ${companyId}`);
		return { company, user };
	};
	const registerOf = (name: string, companyId = first) => {
		const register = world.company(companyId).registerByName(name);
		if (!register) throw new Error(`No register '${name}'`);
		return register;
	};
	return {
		addInvoice(fields = {}, { status, userId, companyId } = {}) {
			clock.tick();
			const { company, user } = who(companyId, userId);
			const arriving = fields.type?.startsWith('PURCHASE') ? 'RECEIVED' : 'UNFINISHED';
			return createInvoice(
				{ company, user, switches },
				{ ...smallestInvoice(company, clock.today()), ...fields },
				status ?? arriving,
			);
		},
		addJournal(fields = {}, { status, userId, companyId } = {}) {
			clock.tick();
			const { company, user } = who(companyId, userId);
			return createJournal(company, { ...smallestJournal(clock.today()), ...fields }, user.id, undefined, status);
		},
		addAttachment(fields) {
			const { company, user } = who();
			return addAttachment(
				company,
				{
					referenceType: 'INVOICE',
					sendWithInvoice: false,
					bytes: Buffer.from(fields.name),
					username: user.username,
					...fields,
				},
				user.id,
			);
		},
		change(name, id, changes, companyId) {
			clock.tick();
			const register = registerOf(name, companyId);
			const entry = register.get(id);
			if (!entry) throw new Error(`No record ${id} in '${name}'`);
			register.put(entry, { ...(entry.record as object), ...changes });
			return entry;
		},
		hide(name, which, companyId) {
			world.hidesRecords = true;
			registerOf(name, companyId)
				.all()
				.forEach((entry, index) => {
					if (Array.isArray(which) ? which.includes(entry.id) : index % which.every === 0) entry.hidden = true;
				});
		},
		setRights: (userId, rights, companyId) => setRights(who(companyId, userId).user, rights),
		remove: (name, id, companyId) => registerOf(name, companyId).delete(id),
		seed: (amounts) => seed(world, amounts),
	};
}

const ACCESS: unknown[] = ['ALL_RIGHTS', 'VIEWING_RIGHTS', 'NO_ACCESS', 'NOT_ENABLED'] satisfies Access[];

function setRights(user: User, rights: Record<string, Access | boolean>): void {
	for (const [path, access] of Object.entries(rights)) {
		const [area, name] = path.split('.');
		const current = user.rights[area]?.[name];
		if (current === undefined) throw new Error(`No right '${path}'`);
		if (typeof current === 'boolean' ? typeof access !== 'boolean' : !ACCESS.includes(access))
			throw new Error(`Right '${path}' cannot be ${String(access)}`);
	}
	// A new object, as selections are kept by the rights that they were made with.
	user.rights = structuredClone(user.rights);
	for (const [path, access] of Object.entries(rights)) {
		const [area, name] = path.split('.');
		user.rights[area][name] = access;
	}
}

const NAMES = [
	'Kahvila Aamurusko Oy',
	'Ravintola Pohjantähti Ky',
	'Lähiruoka Järvinen Oy',
	'Hotelli Satakunta Oy',
	'Konditoria Åkerlund Ab',
];

function seed(
	world: World,
	{ companyId, invoices: invoiceCount = 0, journals = 0, everySeconds = 1 }: SeedAmounts,
): void {
	const company = companyId === undefined ? [...world.companies.values()][0] : world.company(companyId);
	const now = world.clock.now();
	const template = smallestInvoice(company, world.clock.today());
	const counterParties = NAMES.map((name) => ({ counterPartyAddress: { name } }));
	for (let index = 0; index < invoiceCount; index++) {
		const at = now - (invoiceCount - index) * everySeconds * 1000;
		const invoiceNumber = nextNumber(company, 'invoice', 1001);
		const receiptNumber = nextNumber(company, 'receipt', 1);
		const quantity = (index % 20) + 1;
		const name = NAMES[index % NAMES.length];
		// Both records know each other's id, and each is made when it is read.
		let invoiceId = 0;
		let receiptId = 0;
		invoiceId = company.register(invoices).add(
			// Written out, as spreading the template takes ten times as long, and this runs for every record that a search looks at.
			(id): Invoice => ({
				id,
				status: index % 4 === 0 ? 'UNFINISHED' : 'SENT',
				invoiceNumber,
				ledgerReceiptId: receiptId,
				originalInvoiceNumber: `S-${index + 1}`,
				type: 'SALES_INVOICE',
				date: template.date,
				counterParty: counterParties[index % NAMES.length],
				paymentInfo: template.paymentInfo,
				extraInfo: template.extraInfo,
				discountPercent: 0,
				vatStatus: 1,
				invoiceChannel: 'NO_SENDING',
				language: 'FINNISH',
				invoiceRows: [
					{
						id: 10_000_000 + index,
						product: 'Kuppi',
						quantity,
						unit: 'PIECE',
						unitPrice: 3.5,
						discountPercent: 0,
						vatPercent: 25.5,
					},
				],
			}),
			1001,
			{ lazy: true, at },
		).id;
		receiptId = company
			.register(receipts)
			.add(
				(id): Receipt =>
					seededReceipt(id, { invoiceId, invoiceNumber, receiptNumber, name, quantity, date: template.date, index }),
				1001,
				{ lazy: true, at },
			).id;
	}
	const journal = smallestJournal(world.clock.today());
	for (let index = 0; index < journals; index++) {
		const receiptNumber = nextNumber(company, 'receipt', 1);
		const amount = (index % 100) + 1;
		company.register(receipts).add(
			(id): Receipt => ({
				...journal,
				id,
				status: 'APPROVED',
				receiptNumber,
				transactions: journal.transactions.map((one, side) => ({
					...one,
					id: 30_000_000 + index * 2 + side,
					accountingValue: side ? -amount : amount,
					dimensionItemValues: [],
				})),
			}),
			1001,
			{ lazy: true, at: now - (journals - index) * everySeconds * 1000 },
		);
	}
}

interface SeededReceipt {
	invoiceId: number;
	invoiceNumber: number;
	receiptNumber: number;
	name: string;
	quantity: number;
	date: string;
	index: number;
}

/** The receipt that goes with a seeded invoice: some cups at 3.50 with 25.5 % VAT. */
function seededReceipt(
	id: number,
	{ invoiceId, invoiceNumber, receiptNumber, name, quantity, date, index }: SeededReceipt,
): Receipt {
	const net = Math.round(quantity * 350) / 100;
	const vat = Math.round(net * 25.5) / 100;
	const first = 20_000_000 + index * 2;
	return {
		id,
		type: 'SALES_INVOICE',
		status: 'UNFINISHED',
		name,
		receiptDate: date,
		vatType: 'SALES',
		vatStatus: 1,
		invoiceId,
		invoiceNumber,
		receiptNumber,
		transactions: [
			{
				id: first,
				transactionType: 'REVERSING_ENTRY',
				account: '1701',
				accountingValue: Math.round((net + vat) * 100) / 100,
				vatPercent: 0,
				dimensionItemValues: [],
			},
			{
				id: first + 1,
				transactionType: 'ENTRY',
				account: '3000',
				accountingValue: -net,
				vatPercent: 25.5,
				vatType: 'SALES',
				vatStatus: 1,
				description: 'Kuppi',
				dimensionItemValues: [],
			},
		],
	};
}
