import { instantOf } from '../../clock';
import { finnishIban } from '../../finnish';
import { addDays } from '../../money';
import { bankAccounts } from '../../records/bankaccounts';
import { type BankStatement, bankStatements, type StatementEvent } from '../../records/bankstatements';
import { factoringContracts } from '../../records/factoring';
import { type Invoice, invoices, nextNumber, sumsOf } from '../../records/invoices/model';
import { addPaymentOf, type Payment, paymentErrors } from '../../records/payments/model';
import { salaryPaymentLists } from '../../records/payments/salary';
import { referencePayments } from '../../records/referencepayments';
import type { Company } from '../world';

const OTHER_ACCOUNT = finnishIban('54600123456789');

const invoicesOf = (company: Company, fulfils: (invoice: Invoice) => boolean): Invoice[] =>
	company
		.register(invoices)
		.all()
		.map(({ record }) => record)
		.filter(fulfils);

type EventLine = Pick<StatementEvent, 'payDate' | 'sum' | 'name'> & Partial<StatementEvent>;

function events(company: Company, lines: EventLine[]): StatementEvent[] {
	return lines.map((one) => {
		const id = nextNumber(company, 'statementEvent', 830_001);
		return {
			id,
			valueDate: one.payDate,
			accountNumber: OTHER_ACCOUNT,
			explanationCode: one.sum > 0 ? 710 : 720,
			archiveCode: `2610${id}`,
			...one,
		};
	});
}

/** A statement a month: customers' money with and without its invoice, withdrawals, a fee, and several payments in one. */
function fillStatements(company: Company): void {
	const account = company.register(bankAccounts).all()[0].record.iban;
	const paid = invoicesOf(company, ({ type, status }) => type === 'PURCHASE_INVOICE' && status === 'PAID')[0];
	const open = invoicesOf(
		company,
		({ type, status }) => type === 'SALES_INVOICE' && (status === 'SENT' || status === 'PARTLY_PAID'),
	).slice(-2);
	const deposit = (invoice: Invoice, payDate: string) => ({
		payDate,
		sum: sumsOf(invoice).total,
		name: invoice.counterParty.counterPartyAddress.name,
		reference: invoice.paymentInfo.bankReferenceCode,
	});
	const august = events(company, [
		{ payDate: '2026-08-05', sum: -2100, name: 'Kiinteistö Oy Satamaranta', message: 'Vuokra 8/2026' },
		{
			payDate: '2026-08-20',
			sum: -sumsOf(paid).total,
			name: paid.counterParty.counterPartyAddress.name,
			invoiceId: paid.id,
		},
		{ payDate: '2026-08-31', sum: -12.4, name: 'Pankki', message: 'Palvelumaksu', explanationCode: 730 },
	]);
	august[2].metadata = [
		{
			id: nextNumber(company, 'allocationMetadata', 860_001),
			vatPercentage: 0,
			sum: -12.4,
			vatStatus: 12,
			ledgerAccountCode: '8500',
			comment: 'Pankkikulut',
		},
	];
	const batch = { payDate: '2026-09-15', sum: -5168, name: 'Palkat', message: 'Palkat 9/2026' };
	const september = events(company, [
		...open.map((invoice, index) => deposit(invoice, `2026-09-0${index + 3}`)),
		batch,
	]);
	september[september.length - 1].parts = events(
		company,
		[-2204, -1824, -1140].map((sum, index) => ({ payDate: '2026-09-15', sum, name: `Palkansaaja ${index + 1}` })),
	);
	const add = (fields: Omit<BankStatement, 'id' | 'accountNumber' | 'currency'>) =>
		company.register(bankStatements).add((id) => ({ ...fields, id, accountNumber: account, currency: 'EUR' }), 0, {
			at: instantOf(`${fields.endDate}T23:00:00`),
		}).record;
	const first = add({
		startDate: '2026-08-01',
		endDate: '2026-08-31',
		startBalance: 38_912.77,
		statementNumber: 8,
		events: august,
	});
	const endBalance = Math.round((first.startBalance + august.reduce((total, { sum }) => total + sum, 0)) * 100) / 100;
	add({
		startDate: '2026-09-01',
		endDate: '2026-09-30',
		startBalance: endBalance,
		statementNumber: 9,
		events: september,
	});
}

/** One for every sales invoice that was paid, and one whose reference nobody knows. */
function fillReferencePayments(company: Company): void {
	const accountNumber = company.register(bankAccounts).all()[0].record.iban;
	const add = (valueDate: string, sum: number, name: string, bankReference: string, invoiceId?: number) =>
		company.register(referencePayments).add(
			(id) => ({
				id,
				accountNumber,
				valueDate,
				paymentDate: addDays(valueDate, -1),
				sum,
				name,
				bankReference,
				archiveId: `RP${id}`,
				...(invoiceId === undefined ? {} : { invoiceId }),
			}),
			0,
			{ at: instantOf(`${valueDate}T06:00:00`) },
		);
	const paid = invoicesOf(company, ({ type, status }) => type === 'SALES_INVOICE' && status === 'PAID');
	for (const invoice of paid)
		add(
			invoice.paymentDate ?? invoice.date,
			sumsOf(invoice).total,
			invoice.counterParty.counterPartyAddress.name,
			invoice.paymentInfo.bankReferenceCode ?? '',
			invoice.id,
		);
	add('2026-09-28', 150, 'Tuntematon Maksaja', '1232');
}

/** Payments in every state: direct ones and salaries that are paid, invoices on their way, an error. The clock leaves them alone. */
function fillPayments(company: Company): void {
	const payerAccount = company.register(bankAccounts).all()[0].record.iban;
	const at = instantOf('2026-09-14T10:00:00');
	const common = { payerAccount, payerBic: 'OKOYFIHH', currency: 'EUR', createdBy: 'Aino Koivuranta', held: true };
	const transfer: Omit<Payment, 'id'> = {
		...common,
		kind: 'transfer',
		customId: 'VEROT-8',
		paymentDate: '2026-09-14',
		amount: 1834.2,
		receiverName: 'Verohallinto',
		receiverAccount: finnishIban('89991900000000'),
		message: 'ALV 7/2026',
		status: 'PAID',
	};
	addPaymentOf(company, transfer, 1001, at);
	const list = company.register(salaryPaymentLists).add(
		(id) => ({
			id,
			listName: 'Palkat 9/2026',
			paymentMethod: 'FINNISH_SALARY_TRANSFER',
			paymentDate: '2026-09-15',
			payerBankAccount: payerAccount,
			customId: 'PALKAT-9',
			cancelled: false,
		}),
		1001,
		{ at },
	);
	[2204, 1824, 1140].forEach((amount, index) => {
		const receiverAccount = finnishIban(`1234560000900${index + 1}`);
		addPaymentOf(
			company,
			{
				...common,
				kind: 'salary',
				listId: list.id,
				customId: `PALKKA-${index + 1}`,
				paymentDate: '2026-09-15',
				amount,
				receiverName: `Palkansaaja ${index + 1}`,
				receiverAccount,
				status: 'PAID',
			},
			1001,
			at,
		);
	});
	for (const { id, status, counterParty, paymentInfo } of invoicesOf(
		company,
		(one) => one.status === 'PAYMENT_QUEUED' || one.status === 'PAYMENT_SENT_TO_BANK',
	)) {
		const amount = sumsOf(company.register(invoices).get(id)?.record as Invoice).total;
		addPaymentOf(
			company,
			{
				...common,
				kind: 'invoice',
				invoiceId: id,
				paymentDate: paymentInfo.dueDate,
				amount,
				receiverName: counterParty.counterPartyAddress.name,
				receiverAccount: paymentInfo.bankAccount?.accountNumber ?? OTHER_ACCOUNT,
				status: status as Payment['status'],
			},
			1001,
			at,
		);
	}
	const handled = {
		date: '2026-06-03',
		userId: 1001,
		firstName: 'Aino',
		lastName: 'Koivuranta',
		comment: 'Tilinumero korjattu',
	};
	company.register(paymentErrors).add(
		(id) => ({
			id,
			createdDate: '2026-06-02',
			type: 'PAYMENT_ERROR',
			status: 'HANDLED',
			errorCode: 'AC01',
			referenceId: 800_900,
			referenceType: 'DIRECT_BANK_TRANSFER',
			errorHandlingInfo: handled,
		}),
		0,
		{ at },
	);
}

export function fillBanking(company: Company): void {
	fillStatements(company);
	fillReferencePayments(company);
	fillPayments(company);
	const contract = {
		financingCompany: { id: 'OPR', name: 'OP Yrityspankki Oyj' },
		financingCompanyBankAccount: finnishIban('50000120000123'),
		contractNumber: 'RAH-2026-17',
		status: 'ACTIVE' as const,
	};
	company.register(factoringContracts).add(
		(id) => ({
			...contract,
			id,
			transferNotification: [{ lang: 'FINNISH', notification: 'Saatava on siirretty rahoitusyhtiölle.' }],
		}),
		1001,
		{ at: instantOf('2026-01-05T09:00:00') },
	);
}
