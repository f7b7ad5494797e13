import type { IDataObject } from 'n8n-workflow';
import { bodyWithStatus, type Client, type Problem, ProcountorError, type Query, recordsIn } from '../api';
import { accessAreas, type AccessArea } from './areas';
import { rightName, rightsOf, type Right, type Rights } from './rights';
import { objectAt } from '../utils/objects';
import { MENUS } from '../utils/menus';

/** The most unknown IDs that are searched for as numbers in one execution, since each costs requests. */
const MOST_SEARCHED = 20;
const searchedBy = new WeakMap<Client, number>();

/**
 * Completes the error of a call that Procountor refused: a 403 with the missing right and the place where it is granted
 * (docs/procountor.md#rights), a 404 with the record whose number was given instead of its ID. Returns other errors, and
 * what cannot be explained, as they are; never throws.
 */
export async function explainRefusal(client: Client | undefined, error: unknown): Promise<unknown> {
	if (!client || !(error instanceof ProcountorError) || !error.problem.refused) return error;
	const { problem } = error;
	const explained = await (problem.status === 403 ? withRight(client, problem) : withNumber(client, problem)).catch(
		() => problem,
	);
	return explained === problem ? error : new ProcountorError(explained);
}

/** Steps whose right is not that of their records. */
const STEPS: ReadonlyArray<{ path: RegExp; types?: RegExp; right: Right }> = [
	{ path: /\/paymentevents/, right: 'payments.markAsPaid' },
	{ path: /^\/payments\/directbanktransfers/, right: 'payments.directBankTransfer' },
	{ path: /\/verify$/, right: 'invoiceCirculation.verification' },
	{ path: /\/approve$/, types: /^(PURCHASE|TRAVEL|BILL)/, right: 'invoiceCirculation.approval' },
];

/** What a call takes: any one of the rights, and a setting of the company. */
interface RequiredRights {
	rights: Right[];
	/** Viewing rights are not enough. */
	full: boolean;
	setting?: AccessArea['needs'];
}

/** The rights that a call takes, as far as they are known; `type` narrows it to records of a type. */
function requiredFor(call: string, type?: string): RequiredRights {
	const [method, path] = call.split(' ');
	const step = STEPS.find((one) => one.path.test(path) && (one.types?.test(type ?? '') ?? true));
	if (step && method !== 'GET') return { rights: [step.right], full: true };
	const areas = areasOf(path).filter((area) => type === undefined || isOfType(area, type));
	const writes = method !== 'GET' && !path.startsWith('/reports');
	const rights = areas.flatMap(({ edit, view }) => (writes ? (edit ?? []) : view));
	return {
		rights: [...new Set(rights)],
		full: writes || areas.some(({ full }) => full === true),
		setting: areas.find(({ needs }) => needs)?.needs,
	};
}

/** The areas whose list is nearest to a path: `/invoices/{invoiceId}/approve` belongs to `/invoices`. */
function areasOf(path: string): AccessArea[] {
	const pathOf = ({ call }: AccessArea): string => call.split(' ')[1];
	const isUnder = (parent: string): boolean => path === parent || path.startsWith(`${parent}/`);
	const near = accessAreas.filter((area) => isUnder(pathOf(area)));
	const longest = Math.max(0, ...near.map((area) => pathOf(area).length));
	if (near.length) return near.filter((area) => pathOf(area).length === longest);
	return accessAreas.filter((area) => pathOf(area).split('/')[1] === path.split('/')[1]);
}

function isOfType({ query = {} }: AccessArea, type: string): boolean {
	const own = query.types ?? query.type;
	return own === undefined || (Array.isArray(own) ? own.map(String).includes(type) : own === type);
}

async function withRight(client: Client, problem: Problem): Promise<Problem> {
	const { call, type } = problem.refused as NonNullable<Problem['refused']>;
	const required = requiredFor(call, type);
	const rights = await rightsOf(client);
	const { setting } = required;
	if (rights && required.rights.length && required.rights.every((right) => isMissing(rights, right, required.full)))
		return { ...problem, message: `${notAllowed(problem)}: ${missingText(rights, required)}`, advice: ASK };
	const reason = problem.codes?.length ? ` (${problem.codes.join('; ')})` : '';
	if (setting)
		return {
			...problem,
			message: `${notAllowed(problem)}${reason}: check that '${setting.setting}' is on under ${setting.menu} > ${setting.setting}`,
			advice: 'If it is on, the user lacks a right; Company: Check Access shows the rights.',
		};
	if (!rights || required.rights.length === 0) return problem;
	const held = required.rights.filter((right) => !isMissing(rights, right, required.full));
	return {
		...problem,
		message: `${notAllowed(problem)}${reason}, though the user has the right '${held.map(rightName).join("' or '")}'`,
		advice: "The record's status, a closed period, or a setting of the company can forbid it.",
	};
}

const ASK = `Ask an administrator of Procountor to grant it; Company: Check Access shows all rights of the user.`;

/** The error's text up to its guess at the reason. */
const notAllowed = ({ message }: Problem): string => message.replace(/: the user lacks the right, or .*$/, '');

function isMissing(rights: Rights, right: Right, full: boolean): boolean {
	const access = rights.of(right);
	return access !== undefined && access !== 'ALL_RIGHTS' && (full || access !== 'VIEWING_RIGHTS');
}

function missingText(rights: Rights, { rights: required, full }: RequiredRights): string {
	const names = required.map((right) => `'${rightName(right)}'`).join(' or ');
	const sees = full && required.some((right) => rights.of(right) === 'VIEWING_RIGHTS');
	return `the user${sees ? ' may only view, and' : ''} lacks the right ${names}, which is granted under ${MENUS.users}`;
}

/** A number that people know a record by, and the list that finds it. */
interface NumberSearch {
	/** `customer number`, in messages. */
	name: string;
	call: Parameters<Client['request']>[0]['call'];
	queries(number: string): Query[];
	/** The number of a record that was found. */
	numberOf(record: IDataObject): unknown;
	/** The ID that the person needs; the record's own when left out. */
	idOf?(client: Client, record: IDataObject): Promise<unknown>;
	/** How to search by this number. */
	advice: string;
}

const part = (record: IDataObject, name: string, field: string): unknown => objectAt(record, name)[field];

const invoiceNumber: NumberSearch = {
	name: 'invoice number',
	call: 'GET /invoices',
	queries: (number) => [{ invoiceNumber: Number(number) }],
	numberOf: (record) => record.invoiceNumber,
	advice: "To search by number, use Invoice: Get Many with the filter 'Invoice Number'",
};

/** Numbers that are taken for IDs, by the first part of the path; of payroll by the second. */
const NUMBERS: Record<string, NumberSearch[]> = {
	invoices: [
		invoiceNumber,
		{
			...invoiceNumber,
			name: 'own invoice number',
			queries: (number) => [{ originalInvoiceNumber: number }],
			numberOf: (record) => record.originalInvoiceNumber,
			advice: "To search by number, use Invoice: Get Many with the filter 'Own Invoice Number'",
		},
	],
	ledgerreceipts: [
		{
			...invoiceNumber,
			idOf: async (client, { id }) =>
				(await client.getOptional('GET /invoices/{invoiceId}', { path: { invoiceId: String(id) } }))?.ledgerReceiptId,
			advice: "The receipt of an invoice has an ID of its own, the invoice's 'ledgerReceiptId'",
		},
	],
	businesspartners: [
		{
			name: 'customer number',
			call: 'GET /businesspartners',
			queries: (customerNumber) => [
				{ customerNumber, active: true },
				{ customerNumber, active: false },
			],
			numberOf: (record) => part(record, 'invoicingInfo', 'customerNumber'),
			advice: "To search by number, use Business Partner: Get Many with the filter 'Customer Number'",
		},
	],
	persons: [
		{
			name: 'person number',
			call: 'GET /persons',
			queries: (personNumber) => [{ personNumber, includeInactive: true }],
			numberOf: (record) => part(record, 'invoicingInfo', 'personNumber'),
			advice: "To search by number, use Person: Get Many with the filter 'Person Number'",
		},
	],
	salaryslips: [
		{
			name: 'slip number',
			call: 'GET /payrolls/salaryslips',
			queries: (slipNumber) => [{ slipNumber }],
			numberOf: (record) => record.slipNumber,
			advice: "To search by number, use Salary: Get Many Slips with the filter 'Slip Numbers'",
		},
	],
	employees: [
		{
			name: 'person number',
			call: 'GET /payrolls/employees',
			queries: (personNumber) => [{ personNumber, includeInactive: true }],
			numberOf: (record) => record.personNumber,
			advice: "To search by number, use Employee: Get Many with the filter 'Person Number'",
		},
	],
	products: [
		{
			name: 'product code',
			call: 'GET /products',
			queries: (code) => [{ code }],
			numberOf: (record) => record.code,
			advice: "To search by code, use Product: Get Many with the filter 'Code'",
		},
	],
};

async function withNumber(client: Client, problem: Problem): Promise<Problem> {
	const { call, ids = [] } = problem.refused as NonNullable<Problem['refused']>;
	const [, first, second] = call.split('/');
	const searches = NUMBERS[first === 'payrolls' ? second : first] ?? [];
	if (searches.length === 0 || ids.length === 0) return problem;
	const count = searchedBy.get(client) ?? 0;
	if (count >= MOST_SEARCHED) return problem;
	searchedBy.set(client, count + 1);
	const id = String(ids[0]);
	for (const search of searches) {
		const found = await recordNumbered(client, search, id);
		if (found !== undefined)
			return {
				...problem,
				message: `${problem.message}. ${id} is the ${search.name} of the record with ID ${found}: use that ID`,
				advice: `${search.advice}.`,
			};
	}
	return { ...problem, advice: `${problem.advice ?? ''} ${searches[0].advice}.`.trim() };
}

/** The ID of the only record with a number; undefined if there is none, or if there are several. */
async function recordNumbered(client: Client, search: NumberSearch, number: string): Promise<string | undefined> {
	const found = new Set<string>();
	for (const query of search.queries(number)) {
		const body = bodyWithStatus(await client.requestRaw({ call: search.call, query }), 200);
		for (const record of body ? recordsIn(body, 'results') : []) {
			if (String(search.numberOf(record) ?? '').trim() !== number) continue;
			const id = search.idOf ? await search.idOf(client, record) : record.id;
			if (id !== undefined && id !== null) found.add(String(id));
		}
	}
	return found.size === 1 ? [...found][0] : undefined;
}
