import { badRequest, notFound, Refusal } from '../errors';
import { isIban } from '../finnish';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { accountsOf } from './accounts';
import { type Answer, type Call, type Handlers, idOf, ok } from './handler';
import { checkVersion, listAnswer } from './lists';
import { needEdit } from './rights';

export interface BankAccount {
	id: number;
	iban: string;
	accountNumber?: string;
	bic?: string;
	bankName?: string;
	currency: string;
	defaultForInvoice: boolean;
	defaultForPayment: boolean;
	status: 'ACTIVE' | 'INACTIVE';
	orderNo?: number;
	ledgerAccount?: string;
	showAccountOnInvoice?: boolean;
	allowPayments?: boolean;
	allowForeignPayments?: boolean;
	allowSalaryPayments?: boolean;
	allowExpressPayments?: boolean;
}

export const bankAccounts = defineRegister<BankAccount>('bankAccounts', 11);

/** What an account may do. An account that is out of use may do nothing. */
const PROPERTIES = [
	'defaultForInvoice',
	'defaultForPayment',
	'showAccountOnInvoice',
	'allowPayments',
	'allowForeignPayments',
	'allowSalaryPayments',
	'allowExpressPayments',
] as const;

/** First digits of a Finnish account and the bank's code. */
const BICS: Array<[RegExp, string]> = [
	[/^[12]/, 'NDEAFIHH'],
	[/^4/, 'HELSFIHH'],
	[/^5/, 'OKOYFIHH'],
	[/^8/, 'DABAFIHH'],
];

const show =
	(call: Call) =>
	(entry: Entry<BankAccount>): unknown => ({
		...entry.record,
		version: call.clock.text(entry.version),
		created: call.clock.text(entry.created),
	});

/** The short form of the list. */
const showBasic =
	(call: Call) =>
	(entry: Entry<BankAccount>): unknown => {
		const { id, accountNumber, iban, bic, bankName, currency, defaultForInvoice, defaultForPayment, status, orderNo } =
			entry.record;
		return {
			id,
			accountNumber,
			iban,
			bic,
			bankName,
			currency,
			defaultForInvoice,
			defaultForPayment,
			status,
			orderNo,
			version: call.clock.text(entry.version),
		};
	};

function find(call: Call): Entry<BankAccount> {
	const entry = call.company.register(bankAccounts).get(idOf(call, 'id'));
	if (!entry) throw notFound('Bank account');
	return entry;
}

/** An account as it is stored: domestic number and bank by the IBAN. @throws Refusal 400 */
function stored(company: Company, body: BankAccount): BankAccount {
	const account: BankAccount & {
		version?: string;
		created?: string;
		serviceNumbers?: unknown;
		withholdingTax?: unknown;
	} = { ...body };
	for (const field of ['version', 'created', 'serviceNumbers', 'withholdingTax'] as const) delete account[field];
	if (!isIban(account.iban)) throw badRequest('IBAN is not valid.', 'iban');
	if (!accountsOf(company).some(({ code, active }) => code === account.ledgerAccount && active))
		throw badRequest('Ledger account does not exist.', 'ledgerAccount');
	account.accountNumber = account.iban.slice(4);
	account.bic ??= BICS.find(([digits]) => digits.test(account.accountNumber ?? ''))?.[1];
	if (account.status === 'INACTIVE') for (const property of PROPERTIES) account[property] = false;
	return account;
}

/** At most one account is the default of a kind: the others stop being it. */
function takeDefaults(company: Company, { id, record }: Entry<BankAccount>): void {
	const register = company.register(bankAccounts);
	for (const property of ['defaultForInvoice', 'defaultForPayment'] as const) {
		if (!record[property]) continue;
		for (const other of register.all()) {
			if (other.id !== id && other.record[property]) register.put(other, { ...other.record, [property]: false });
		}
	}
}

/** By the accounts' own order, `previousId` means what comes after that account, which must exist. */
function list(call: Call): Answer {
	const all = call.company.register(bankAccounts).all();
	const form = {
		show: showBasic(call),
		orders: { orderByOrderNo: ({ record }: Entry<BankAccount>) => record.orderNo ?? 0 },
	};
	const { previousId, orderByOrderNo } = call.query;
	if (!previousId) return listAnswer(call, all, form);
	if (!all.some(({ id }) => id === previousId)) throw notFound('Bank account');
	if (orderByOrderNo === undefined) return listAnswer(call, all, form);
	const sign = orderByOrderNo === 'ASC' ? 1 : -1;
	const ordered = [...all].sort((a, b) => sign * ((a.record.orderNo ?? 0) - (b.record.orderNo ?? 0)));
	const rest = ordered.slice(ordered.findIndex(({ id }) => id === previousId) + 1);
	return listAnswer({ ...call, query: { ...call.query, previousId: undefined } }, rest, form);
}

export const bankAccountHandlers: Handlers = {
	getBankAccounts: list,
	getBankAccount: (call: Call) => ok(show(call)(find(call))),
	createBankAccount: (call: Call) => {
		needEdit(call.user, 'management.basicCompanyInfo');
		const account = stored(call.company, call.body as BankAccount);
		const register = call.company.register(bankAccounts);
		if (register.all().some(({ record }) => record.iban === account.iban))
			throw new Refusal(409, 'Bank account is already in use.', 'iban');
		const entry = register.add((id) => ({ orderNo: register.size + 1, ...account, id }), call.user.id);
		takeDefaults(call.company, entry);
		return ok(show(call)(entry));
	},
	/** The account itself stays: IBAN and currency cannot be changed. */
	updateBankAccount: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, 'management.basicCompanyInfo');
		checkVersion(call, entry, (call.body as { version?: string }).version);
		const account = stored(call.company, call.body as BankAccount);
		for (const field of ['iban', 'currency'] as const) {
			if (account[field] !== entry.record[field]) throw badRequest('Cannot be changed.', field);
		}
		if (account.id !== undefined && account.id !== entry.id) throw badRequest('Bank account id does not match.', 'id');
		call.company.register(bankAccounts).put(entry, { orderNo: entry.record.orderNo, ...account, id: entry.id });
		takeDefaults(call.company, entry);
		return ok(show(call)(entry));
	},
};
