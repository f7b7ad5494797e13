import { type Invoice, nextNumber } from '../../records/invoices/model';
import { createJournal } from '../../records/receipts/handlers';
import { receipts, type Transaction } from '../../records/receipts/model';
import type { Company } from '../world';
import { type Planned, planned } from './plan';

type Posting = [account: string, value: number];

const entries = (company: Company, postings: Posting[]): Transaction[] =>
	postings.map(([account, accountingValue]) => ({
		id: nextNumber(company, 'transaction', 700_001),
		transactionType: 'ENTRY',
		account,
		accountingValue,
		vatPercent: 0,
		vatStatus: 12,
		dimensionItemValues: [],
	}));

/** A receipt that Procountor makes by itself. */
function add(company: Company, type: string, name: string, receiptDate: string, postings: Posting[], at: number): void {
	const receiptNumber = nextNumber(company, 'receipt', 1);
	const transactions = entries(company, postings);
	company.register(receipts).add(
		(id) => ({
			id,
			type,
			status: 'APPROVED',
			name,
			receiptDate,
			vatType: 'PURCHASE',
			vatStatus: 12,
			receiptNumber,
			transactions,
		}),
		1001,
		{ at },
	);
}

/** The receipt of money that came or went for an invoice. */
export function addPaymentReceipt(company: Company, invoice: Invoice, amount: number, at: number): void {
	const date = invoice.paymentInfo.dueDate;
	const name = invoice.counterParty.counterPartyAddress.name;
	if (invoice.type === 'SALES_INVOICE')
		add(
			company,
			'REFERENCE_PAYMENT',
			name,
			date,
			[
				['1910', amount],
				['1701', -amount],
			],
			at,
		);
	else
		add(
			company,
			'BANK_STATEMENT_AS_RECEIPT',
			name,
			date,
			[
				[invoice.type === 'PURCHASE_INVOICE' ? '2871' : '2876', amount],
				['1910', -amount],
			],
			at,
		);
}

/** The receipts that no invoice stands behind: opening balance, salaries, VAT, journals. */
export function receiptPlan(company: Company): Planned[] {
	const plan: Planned[] = [];
	const own = (type: string, name: string, day: string, postings: Posting[], time = '12:00:00') =>
		plan.push(planned(`${day}T${time}`, (at) => add(company, type, name, day, postings, at)));
	own('RECEIPT_FOR_OPENING_ACCOUNTS', 'Tilinavaus 2026', '2026-01-01', [
		['1120', 18_000],
		['1530', 9_400],
		['1910', 42_350.6],
		['2000', -2_500],
		['2250', -67_250.6],
	]);
	for (let month = 1; month <= 9; month++) {
		const start = `2026-${String(month).padStart(2, '0')}`;
		own('SALARY', `Palkat ${month}/2026`, `${start}-15`, [
			['5000', 6_800],
			['2920', -1_530],
			['2923', -102],
			['1910', -5_168],
		]);
		own(
			'EMPLOYER_CONTRIBUTION',
			`Työnantajamaksut ${month}/2026`,
			`${start}-15`,
			[
				['6100', 1_183.2],
				['6300', 129.2],
				['2923', -1_312.4],
			],
			'12:01:00',
		);
		if (month % 3 === 0)
			own('VAT_SUMMARY', `ALV ${month}/2026`, `${start}-28`, [
				['2939', 412.5 * month],
				['1763', -412.5 * month],
			]);
	}
	own('VAT_FORM', 'Kausiveroilmoitus 8/2026', '2026-09-12', [
		['2939', 1_834.2],
		['2960', -1_834.2],
	]);
	const journal = (name: string, receiptDate: string, postings: Posting[], status: string) =>
		plan.push(
			planned(`${receiptDate}T15:00:00`, (at) => {
				createJournal(
					company,
					{
						type: 'JOURNAL',
						name,
						receiptDate,
						vatType: 'PURCHASE',
						vatStatus: 12,
						transactions: entries(company, postings),
					},
					1001,
					at,
					status,
				);
			}),
		);
	journal(
		'Poistot Q1',
		'2026-03-31',
		[
			['6830', 450],
			['1129', -450],
		],
		'APPROVED',
	);
	journal(
		'Poistot Q2',
		'2026-06-30',
		[
			['6830', 450],
			['1129', -450],
		],
		'APPROVED',
	);
	journal(
		'Päivämyynti kassa',
		'2026-09-18',
		[
			['1900', 386.4],
			['3000', -386.4],
		],
		'UNFINISHED',
	);
	journal(
		'Väärä tosite',
		'2026-09-19',
		[
			['8500', 20],
			['1900', -20],
		],
		'INVALIDATED',
	);
	journal(
		'Jaksotus',
		'2026-09-30',
		[
			['7230', 700],
			['2960', -700],
		],
		'UNFINISHED',
	);
	return plan;
}
