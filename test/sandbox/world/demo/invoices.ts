import { finnishIban } from '../../finnish';
import { addDays } from '../../money';
import {
	type InvoiceFields,
	type InvoiceStatus,
	type InvoiceType,
	invoices,
	isSales,
	sumsOf,
	type Invoice,
} from '../../records/invoices/model';
import { addPayment } from '../../records/invoices/payments';
import { createInvoice } from '../../records/invoices/write';
import { bankAccounts } from '../../records/bankaccounts';
import { partners } from '../../records/partners';
import { products } from '../../records/products';
import type { Entry } from '../register';
import type { Company, World } from '../world';
import { fillHistory } from './history';
import { type Planned, planned } from './plan';
import { addPaymentReceipt } from './receipts';

type Row = [productCode: string, quantity: number, comment?: string];
type Line = [
	type: InvoiceType,
	status: InvoiceStatus,
	date: string,
	customerNumber: string,
	rows: Row[],
	extra?: Partial<InvoiceFields>,
];

const BY_ROW = { extraInfo: { accountingByRow: true, unitPricesIncludeVat: false } };

const LINES: Line[] = [
	[
		'SALES_INVOICE',
		'PAID',
		'2026-01-08',
		'1001',
		[
			['KAH-001', 40],
			['KUP-200', 24],
		],
	],
	['SALES_INVOICE', 'PAID', '2026-01-15', '1002', [['KAH-002', 25]]],
	['PURCHASE_INVOICE', 'PAID', '2026-01-12', '5001', [['OST-001', 6]]],
	['PURCHASE_INVOICE', 'PAID', '2026-02-02', '5004', [['OST-004', 1]]],
	[
		'SALES_INVOICE',
		'PAID',
		'2026-02-10',
		'1003',
		[
			['KON-X2', 1],
			['KOU-001', 4],
		],
		BY_ROW,
	],
	['SALES_INVOICE', 'MARKED_PAID', '2026-02-20', '1004', [['VUO-001', 2]]],
	['PURCHASE_INVOICE', 'MARKED_PAID', '2026-03-03', '5003', [['OST-003', 2]]],
	[
		'SALES_INVOICE',
		'PAID',
		'2026-03-16',
		'1005',
		[
			['TEE-001', 12],
			['KAH-001', 10],
		],
	],
	[
		'TRAVEL_INVOICE',
		'PAID',
		'2026-03-20',
		'9002',
		[
			['KM-2026', 340],
			['PR-2026', 2],
		],
		{
			travelInformationItems: [
				{ departure: '17.3.2026', arrival: '18.3.2026', places: 'Tampere - Pori', purpose: 'Asiakaskäynti' },
			],
		},
	],
	['SALES_INVOICE', 'PARTLY_PAID', '2026-04-09', '1001', [['KON-X2', 2]], BY_ROW],
	['PURCHASE_INVOICE', 'PAID', '2026-04-22', '5002', [['OST-002', 3]], BY_ROW],
	[
		'SALES_INVOICE',
		'PAID',
		'2026-05-05',
		'1006',
		[
			['KAH-001', 15],
			['HUO-001', 3],
		],
		BY_ROW,
	],
	['SALES_INVOICE', 'INVALIDATED', '2026-05-12', '1007', [['KAH-002', 5]]],
	['PURCHASE_INVOICE', 'PAYMENT_DENIED', '2026-05-25', '5003', [['OST-003', 1]]],
	[
		'SALES_INVOICE',
		'SENT',
		'2026-06-11',
		'1009',
		[
			['KAH-001', 20],
			['KAH-002', 20],
		],
	],
	['BILL_OF_CHARGES', 'PAID', '2026-06-15', '9003', [['OST-003', 1]]],
	['SALES_INVOICE', 'SENT', '2026-07-06', '1002', [['KAH-001', 30]]],
	['PURCHASE_INVOICE', 'PAYMENT_SENT_TO_BANK', '2026-07-14', '5001', [['OST-001', 8]]],
	['SALES_ORDER', 'STARTED', '2026-07-20', '1003', [['KON-X2', 4]]],
	['SALES_INVOICE', 'PAYMENT_TRANSACTION_REMOVED', '2026-07-27', '1008', [['KUP-200', 36]]],
	['PURCHASE_INVOICE', 'PAYMENT_QUEUED', '2026-08-03', '5004', [['OST-004', 1]]],
	['SALES_ORDER', 'INVOICED', '2026-08-05', '1001', [['KAH-001', 60]]],
	['SALES_INVOICE', 'SENT', '2026-08-06', '1001', [['KAH-001', 60]], { originalInvoiceNumber: 'WEB-2026-0811' }],
	['PURCHASE_ORDER', 'SENT', '2026-08-10', '5002', [['OST-002', 2]]],
	['SALES_INVOICE', 'OVERRIDDEN', '2026-08-17', '1004', [['VUO-001', 1]]],
	['SALES_INVOICE', 'DELETED', '2026-08-18', '1004', [['VUO-001', 1]]],
	['PURCHASE_INVOICE', 'APPROVED', '2026-08-24', '5005', [['OST-003', 4]], { originalInvoiceNumber: '1001' }],
	['PURCHASE_INVOICE', 'APPROVED', '2026-08-25', '5006', [['OST-003', 5]], { originalInvoiceNumber: '1001' }],
	[
		'SALES_INVOICE',
		'NOT_SENT',
		'2026-09-02',
		'1003',
		[
			['KOU-001', 8],
			['HUO-001', 2],
		],
		BY_ROW,
	],
	['PURCHASE_INVOICE', 'VERIFIED', '2026-09-07', '5007', [['OST-003', 3]]],
	['SALES_INVOICE', 'APPROVED', '2026-09-08', '1007', [['KAH-001', 10]]],
	[
		'TRAVEL_INVOICE',
		'RECEIVED',
		'2026-09-10',
		'9002',
		[
			['KM-2026', 180],
			['PR-2026', 1],
		],
	],
	[
		'PURCHASE_INVOICE',
		'RECEIVED',
		'2026-09-14',
		'5001',
		[['OST-001', 5]],
		{ invoiceChannel: 'ELECTRONIC_INVOICE', originalInvoiceNumber: 'MV-77120' },
	],
	['PURCHASE_INVOICE', 'RECEIVED', '2026-09-16', '5003', [['OST-003', 2]]],
	['SALES_ORDER', 'UNFINISHED', '2026-09-17', '1009', [['KON-X2', 1]], { isOffer: true }],
	[
		'SALES_INVOICE',
		'UNFINISHED',
		'2026-09-21',
		'1005',
		[
			['KAH-001', 12],
			['KUP-200', 12, 'Lahjakuppi\\Sisältää nauhan'],
		],
		BY_ROW,
	],
	['BILL_OF_CHARGES', 'UNFINISHED', '2026-09-22', '9001', [['OST-003', 1]]],
	['SALES_INVOICE', 'UNFINISHED', '2026-09-24', '1002', [['KAH-002', 8]]],
	['PURCHASE_INVOICE', 'UNFINISHED', '2026-09-25', '5002', [['OST-002', 1]]],
	['SALES_INVOICE', 'EMPTY', '2026-09-29', '1008', []],
	['SALES_INVOICE', 'UNSAVED', '2026-09-30', '1006', [['KAH-001', 1]]],
];

const SENT_BY: Record<string, string> = {
	'1001': 'ELECTRONIC_INVOICE',
	'1003': 'ELECTRONIC_INVOICE',
	'1009': 'ELECTRONIC_INVOICE',
	'1006': 'MAIL',
	'1007': 'NO_SENDING',
};

function body(company: Company, [type, status, date, customerNumber, rows, extra]: Line): InvoiceFields {
	const partner = company
		.register(partners)
		.all()
		.find(({ record }) => record.invoicingInfo?.customerNumber === customerNumber)?.record;
	if (!partner) throw new Error(`No partner ${customerNumber}`);
	const info = partner.invoicingInfo ?? {};
	const own = company.register(bankAccounts).all()[0].record.iban;
	const checkers = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'].includes(type)
		? approvals(status, addDays(date, 2))
		: {};
	const channel = isSales(type) ? (SENT_BY[customerNumber] ?? 'EMAIL') : 'NO_SENDING';
	return {
		type,
		date,
		partnerId: partner.id,
		counterParty: {
			customerNumber,
			identifier: info.identifier,
			counterPartyAddress: { ...partner.address, name: partner.name },
			...(channel === 'EMAIL' ? { email: info.email ?? `laskut${customerNumber}@example.fi` } : {}),
			...(channel === 'ELECTRONIC_INVOICE'
				? { einvoiceAddress: { address: String(info.einvoiceAddress), operator: String(info.einvoiceOperator) } }
				: {}),
		},
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			currencyRate: 1,
			dueDate: addDays(date, 14),
			bankAccount: {
				accountNumber: isSales(type) ? own : (partner.paymentInfo.bankAccount ?? finnishIban('12345600000785')),
			},
			...(type === 'SALES_INVOICE' ? { bankReferenceCode: '' } : {}),
		},
		extraInfo: { accountingByRow: false, unitPricesIncludeVat: type === 'TRAVEL_INVOICE' },
		discountPercent: 0,
		invoiceRows: rows.map(([code, quantity, comment]) => {
			const product = company
				.register(products)
				.all()
				.find(({ record }) => record.code === code)?.record;
			if (!product) throw new Error(`No product ${code}`);
			return {
				productId: product.id,
				product: product.name,
				productCode: code,
				quantity,
				unit: product.unit ?? 'PIECE',
				unitPrice: product.price,
				discountPercent: 0,
				vatPercent: product.vat ?? 0,
				...(comment ? { comment } : {}),
			};
		}),
		...(type === 'TRAVEL_INVOICE' || type === 'BILL_OF_CHARGES' ? {} : { vatStatus: 1 }),
		invoiceChannel: channel,
		...(isSales(type) ? { language: 'FINNISH' } : {}),
		...checkers,
		...extra,
	};
}

/** Who has verified and approved by the time an invoice has its status. */
function approvals(status: InvoiceStatus, day: string): Partial<InvoiceFields> {
	const verified = !['RECEIVED', 'UNFINISHED', 'PAYMENT_DENIED'].includes(status);
	const approved = verified && status !== 'VERIFIED';
	const event = (did: boolean) => (did ? { eventPerformed: day } : {});
	return {
		invoiceApprovalInformation: {
			verifiers: [{ userId: 1004, ...event(verified) }],
			acceptors: [{ userId: 1001, ...event(approved) }],
		},
	};
}

/** Pays an invoice as far as its status tells: the payment event, and the receipt of the bank. */
function pay(company: Company, entry: Entry<Invoice>, at: number): void {
	const { record } = entry;
	const amount = Math.round(sumsOf(record).total * (PAID_PART[record.status] ?? 0) * 100) / 100;
	const paymentDate = record.paymentInfo.dueDate;
	const marked = record.status === 'MARKED_PAID';
	addPayment(
		company,
		record,
		{ paymentDate, amount, currency: 'EUR', ...(marked ? {} : { paymentMethodType: 'BANK_STATEMENT' }) },
		marked ? 'MARKED_PAID' : 'PAID',
		1001,
		at,
	);
	entry.record = { ...record, paymentDate };
	entry.version = at;
	if (!marked) addPaymentReceipt(company, record, amount, at);
}

/** How much of an invoice is paid in its status. */
const PAID_PART: Partial<Record<InvoiceStatus, number>> = { PAID: 1, MARKED_PAID: 1, PARTLY_PAID: 0.4 };

/** The demo's invoices in all statuses, each with its receipt, and a tax return. */
export function invoicePlan(company: Company, world: World, count = LINES.length): Planned[] {
	const plan: Planned[] = [];
	LINES.slice(0, count).forEach((line, index) => {
		const [type, status, date] = line;
		const user =
			(type === 'SALES_INVOICE' && index % 3 === 0 ? company.users.get(1002) : undefined) ?? company.users.get(1001);
		if (!user) throw new Error('The demo has no user 1001');
		let entry: Entry<Invoice> | undefined;
		plan.push(
			planned(`${date}T10:${String(index).padStart(2, '0')}:00`, (at) => {
				entry = createInvoice({ company, user, switches: world.around.switches }, body(company, line), status, at);
				fillHistory(company, entry.record);
			}),
		);
		if (PAID_PART[status] === undefined) return;
		plan.push(
			planned(`${addDays(date, 14)}T06:00:00`, (at) => {
				if (entry) pay(company, entry, at);
			}),
		);
	});
	plan.push(planned('2026-09-12T08:00:00', (at) => addTaxReturn(company, at)));
	return plan;
}

function addTaxReturn(company: Company, at: number): void {
	company.register(invoices).add(
		(id): Invoice => ({
			id,
			type: 'PERIODIC_TAX_RETURN',
			status: 'APPROVED',
			date: '2026-09-12',
			sum: 1834.2,
			counterParty: { counterPartyAddress: { name: 'Verohallinto' } },
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'EUR',
				currencyRate: 1,
				dueDate: '2026-09-14',
				bankAccount: { accountNumber: finnishIban('89991900000000') },
			},
			extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
			discountPercent: 0,
			invoiceRows: [],
			invoiceChannel: 'NO_SENDING',
		}),
		1001,
		{ at },
	);
}
