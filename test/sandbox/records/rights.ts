import { forbidden } from '../errors';
import type { Operation } from '../http/contract';
import type { Access, User } from '../world/world';
import { type Answer, type Call, ok } from './handler';
import { metaOf } from './lists';

/** A right as `area.name` of `GET /users/rights`. */
export type Right = `${string}.${string}`;

function accessOf(user: User, right: Right): Access {
	const [area, name] = right.split('.');
	const access = user.rights[area]?.[name];
	if (typeof access !== 'string') throw new Error(`No right '${right}'`);
	return access;
}

export const mayView = (user: User, ...rights: Right[]) =>
	rights.some((right) => ['ALL_RIGHTS', 'VIEWING_RIGHTS'].includes(accessOf(user, right)));
export const mayEdit = (user: User, right: Right) => accessOf(user, right) === 'ALL_RIGHTS';
export const isLimited = (user: User, limit: Right) => user.rights[limit.split('.')[0]][limit.split('.')[1]] === true;

/** @throws Refusal 403 */
export function needEdit(user: User, right: Right): void {
	if (!mayEdit(user, right)) throw forbidden();
}

const SALES: Right[] = ['sales.salesInvoiceSearch', 'sales.salesOrGroupInvoices'];
const PURCHASES: Right[] = ['purchases.purchaseInvoiceSearch', 'purchases.purchaseInvoices'];
const TRAVEL: Right[] = [
	'travelAndExpenses.travelAndExpenseInvoiceSearch',
	'travelAndExpenses.travelAndExpenseInvoices',
];
const JOURNALS: Right[] = ['accounting.journalReceiptSearch', 'accounting.journalReceipts'];

/** Rights for invoices and receipts of a type: any of the first to see them, the second to make and change them. */
export function rightsForType(type: string): { view: Right[]; edit: Right; personalOnly?: Right } {
	if (type.startsWith('SALES'))
		return { view: SALES, edit: 'sales.salesOrGroupInvoices', personalOnly: 'sales.personalSalesInvoicesOnly' };
	if (type.startsWith('PURCHASE'))
		return {
			view: PURCHASES,
			edit: 'purchases.purchaseInvoices',
			personalOnly: 'purchases.personalPurchaseInvoicesOnly',
		};
	if (type === 'TRAVEL_INVOICE' || type === 'BILL_OF_CHARGES') {
		return {
			view: TRAVEL,
			edit: 'travelAndExpenses.travelAndExpenseInvoices',
			personalOnly: 'travelAndExpenses.personalTravelAndExpenseInvoiceOnly',
		};
	}
	if (type === 'SALARY' || type === 'EMPLOYER_CONTRIBUTION')
		return { view: ['salaries.payroll'], edit: 'salaries.payroll' };
	return { view: JOURNALS, edit: 'accounting.journalReceipts', personalOnly: 'accounting.personalJournalReceiptsOnly' };
}

/** Whether a user sees a record of a type that was made by `creatorId`. */
export function mayViewType(user: User, type: string, creatorId: number): boolean {
	const { view, personalOnly } = rightsForType(type);
	return mayView(user, ...view) && (!personalOnly || !isLimited(user, personalOnly) || creatorId === user.id);
}

/** What the paths ask for. The first that fits counts; several rights mean any of them. A path that is not here is open to every user. */
const BY_PATH: Array<[RegExp, Right[]]> = [
	[/^\/invoices\/\{invoiceId\}\/paymentevents\/markpaid/, ['payments.markAsPaid']],
	[
		/^\/invoices\/(personal|\{invoiceId\}\/(approve|verify|reject|comments))/,
		['invoiceCirculation.approval', 'invoiceCirculation.verification', ...SALES, ...PURCHASES, ...TRAVEL],
	],
	[/^\/invoices/, [...SALES, ...PURCHASES, ...TRAVEL, ...JOURNALS]],
	[/^\/journals/, JOURNALS],
	[/^\/ledgerreceipts/, [...JOURNALS, ...SALES, ...PURCHASES, ...TRAVEL, 'salaries.payroll']],
	[/^\/businesspartners\/personaldetails/, []],
	[/^\/businesspartners/, ['sales.customerRegister', 'purchases.supplierRegister', 'salaries.personRegister']],
	[/^\/persons/, ['salaries.personRegister']],
	[/^\/products/, ['sales.productRegister', 'purchases.productRegister']],
	[/^\/payments\/(directsalarypayments)/, ['payments.salaryPayments']],
	[/^\/payments\/directbanktransfers/, ['payments.directBankTransfer']],
	[/^\/payments/, ['payments.payment']],
	[/^\/(bankstatements|referencepayments)/, ['payments.bankStatementAndReferencePayment']],
	[/^\/payrolls/, ['salaries.payroll']],
	[/^\/reports/, ['accounting.accountingReports']],
	[/^\/sie/, ['accounting.accountingReports']],
	[/^\/coa/, ['management.chartOfAccountsAndDefaultReports']],
	[/^\/(dimensions|fiscalyears)/, ['management.basicAccountingInfo']],
	[/^\/(company|bankaccounts|factoringcontracts|se\/factoringcontracts)/, ['management.basicCompanyInfo']],
	[/^\/webhooks/, ['management.setUpACompany']],
];

/** Reading, though it is a POST. */
const READS = /^\/reports\//;

/**
 * Checks the right that a path asks for, before its handler.
 * @returns an empty answer where a missing right shows as empty data: always for a read that documents no 403, else by the switch
 * @throws Refusal 403
 */
export function checkPathRight(call: Call): Answer | undefined {
	const { path, method } = call.operation;
	const rights = BY_PATH.find(([pattern]) => pattern.test(path))?.[1];
	if (!rights || rights.length === 0) return undefined;
	const reads = method === 'GET' || READS.test(path);
	if (reads ? mayView(call.user, ...rights) : rights.some((right) => mayEdit(call.user, right))) return undefined;
	return missingRight(call, reads);
}

/** The answer to a read without the right to it. @throws Refusal 403 */
export function missingRight(call: Call, reads = true): Answer {
	const documented = call.operation.responses['403'] !== undefined;
	const empty =
		reads && (!documented || call.switches.missingRightShowsAsEmpty) ? emptyAnswer(call, call.operation) : undefined;
	if (!empty) throw forbidden();
	return empty;
}

/** What a list answers when there is nothing: `[]`, `{results: [], meta}` or `{fiscalYears: []}`. */
function emptyAnswer(call: Call, operation: Operation): Answer | undefined {
	const schema = call.contract.answerSchema(operation);
	if (!schema) return undefined;
	const real = call.contract.resolve(schema.oneOf?.find(({ type }) => type === 'array') ?? schema);
	if (operation['x-batch']) return undefined;
	if (real.type === 'array') return ok([]);
	const lists = Object.entries(real.properties ?? {}).filter(([name]) => name !== 'meta');
	if (lists.length !== 1 || lists[0][1].type !== 'array') return undefined;
	const meta = real.properties?.meta ? { meta: metaOf(call, 0, 0) } : {};
	return ok({ [lists[0][0]]: [], ...meta });
}
