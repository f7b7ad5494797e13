import { badRequest, notFound } from '../errors';
import { isIban } from '../finnish';
import { defineRegister, type Entry } from '../world/register';
import { type Call, type Handlers, idOf, ok } from './handler';
import { checkVersion, listAnswer } from './lists';

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
}

export const bankAccounts = defineRegister<BankAccount>('bankAccounts', 11);

const show = (call: Call) => (entry: Entry<BankAccount>): unknown => ({ ...entry.record, version: call.clock.text(entry.version) });

function find(call: Call): Entry<BankAccount> {
	const entry = call.company.register(bankAccounts).get(idOf(call, 'id'));
	if (!entry) throw notFound('Bank account');
	return entry;
}

/** The domestic number is part of the IBAN. */
const withNumber = (account: BankAccount): BankAccount => ({ ...account, accountNumber: account.iban.slice(4) });

function body(call: Call): BankAccount {
	const account: BankAccount & { version?: string } = { ...(call.body as BankAccount) };
	delete account.version;
	return account;
}

export const bankAccountHandlers: Handlers = {
	getBankAccounts: (call: Call) =>
		listAnswer(call, call.company.register(bankAccounts).all(), { show: show(call), orders: { orderByOrderNo: ({ record }) => record.orderNo ?? 0 } }),
	getBankAccount: (call: Call) => ok(show(call)(find(call))),
	createBankAccount: (call: Call) => {
		const account = body(call);
		if (!isIban(account.iban)) throw badRequest('IBAN is not valid.', 'iban');
		const register = call.company.register(bankAccounts);
		if (register.all().some(({ record }) => record.iban === account.iban)) throw badRequest('Bank account exists already.', 'iban');
		return ok(show(call)(register.add((id) => withNumber({ orderNo: register.size + 1, ...account, id }), call.user.id)));
	},
	/** The account itself stays: IBAN and currency cannot be changed. */
	updateBankAccount: (call: Call) => {
		const entry = find(call);
		const account = body(call);
		checkVersion(call, entry, (call.body as { version?: string }).version);
		for (const field of ['iban', 'currency'] as const) {
			if (account[field] !== entry.record[field]) throw badRequest('Cannot be changed.', field);
		}
		const inactive = account.status === 'INACTIVE' ? { defaultForInvoice: false, defaultForPayment: false } : {};
		call.company.register(bankAccounts).put(entry, withNumber({ ...account, ...inactive, id: entry.id }));
		return ok(show(call)(entry));
	},
};
