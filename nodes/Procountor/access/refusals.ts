import type { IDataObject } from 'n8n-workflow';
import { bodyWithStatus, type Client, type Problem, ProcountorError, type Query, recordsIn } from '../api';
import { accessAreas, type AccessArea } from './areas';
import { rightName, rightsOf, type Right, type Rights } from './rights';
import { objectAt } from '../utils/objects';
import { MENUS } from '../utils/menus';

/** How many unknown IDs are searched for as numbers in one execution, because each search takes requests. */
const MAX_SEARCHES = 20;
const searchCounts = new WeakMap<Client, number>();

/**
 * Completes the error of a call that Procountor refused: a 403 with the missing right and the place where it is granted
 * (docs/procountor.md#rights), a 404 with the record whose number was given instead of its ID. Returns other errors
 * unchanged. Never throws.
 */
export async function explainRefusal(client: Client | undefined, error: unknown): Promise<unknown> {
	if (!client || !(error instanceof ProcountorError) || !error.problem.refused) return error;
	const { problem } = error;
	const explained = await (
		problem.status === 403 ? explainForbidden(client, problem) : explainNotFound(client, problem)
	).catch(() => problem);
	return explained === problem ? error : new ProcountorError(explained);
}

/** Steps that need another right than their records. */
const STEP_RIGHTS: ReadonlyArray<{ path: RegExp; types?: RegExp; right: Right }> = [
	{ path: /\/paymentevents/, right: 'payments.markAsPaid' },
	{ path: /^\/payments\/directbanktransfers/, right: 'payments.directBankTransfer' },
	{ path: /\/verify$/, right: 'invoiceCirculation.verification' },
	{ path: /\/approve$/, types: /^(PURCHASE|TRAVEL|BILL)/, right: 'invoiceCirculation.approval' },
];

/** What a call requires: one of the rights, and possibly a setting of the company. */
interface RequiredRights {
	rights: Right[];
	/** Viewing rights are not enough. */
	needsFullRights: boolean;
	setting?: AccessArea['needs'];
}

/** Returns the rights that a call requires, as far as they are known, for records of a type if one is given. */
function requiredRightsFor(call: string, type?: string): RequiredRights {
	const [method, path] = call.split(' ');
	const step = STEP_RIGHTS.find(({ path: pattern, types }) => pattern.test(path) && (types?.test(type ?? '') ?? true));
	if (step && method !== 'GET') return { rights: [step.right], needsFullRights: true };
	const areas = areasOf(path).filter((area) => type === undefined || isOfType(area, type));
	const writes = method !== 'GET' && !path.startsWith('/reports');
	const rights = areas.flatMap(({ edit, view }) => (writes ? (edit ?? []) : view));
	return {
		rights: [...new Set(rights)],
		needsFullRights: writes || areas.some(({ needsFullRights }) => needsFullRights === true),
		setting: areas.find(({ needs }) => needs)?.needs,
	};
}

/** Returns the areas whose list has the longest common path: `/invoices/{invoiceId}/approve` belongs to `/invoices`. */
function areasOf(path: string): AccessArea[] {
	const pathOf = ({ call }: AccessArea): string => call.split(' ')[1];
	const isUnder = (parent: string): boolean => path === parent || path.startsWith(`${parent}/`);
	const candidates = accessAreas.filter((area) => isUnder(pathOf(area)));
	const longest = Math.max(0, ...candidates.map((area) => pathOf(area).length));
	if (candidates.length) return candidates.filter((area) => pathOf(area).length === longest);
	return accessAreas.filter((area) => pathOf(area).split('/')[1] === path.split('/')[1]);
}

function isOfType({ query = {} }: AccessArea, type: string): boolean {
	const areaType = query.types ?? query.type;
	return areaType === undefined || (Array.isArray(areaType) ? areaType.map(String).includes(type) : areaType === type);
}

async function explainForbidden(client: Client, problem: Problem): Promise<Problem> {
	const { call, type, statement = problem.message } = problem.refused as NonNullable<Problem['refused']>;
	const required = requiredRightsFor(call, type);
	const rights = await rightsOf(client);
	const { setting } = required;
	if (
		rights &&
		required.rights.length &&
		required.rights.every((right) => isMissing(rights, right, required.needsFullRights))
	)
		return {
			...problem,
			message: `${statement}: ${missingText(rights, required)}`,
			advice: ASK_ADMINISTRATOR,
		};
	const reason = problem.codes?.length ? ` (${problem.codes.join('; ')})` : '';
	if (setting)
		return {
			...problem,
			message: `${statement}${reason}: check that '${setting.name}' is on under ${setting.menu} > ${setting.name}`,
			advice: 'If it is on, the user lacks a right; Company: Check Access shows the rights.',
		};
	if (!rights || required.rights.length === 0) return problem;
	const heldRights = required.rights.filter((right) => !isMissing(rights, right, required.needsFullRights));
	return {
		...problem,
		message: `${statement}${reason}, though the user has the right '${heldRights.map(rightName).join("' or '")}'`,
		advice: "The record's status, a closed period, or a setting of the company can forbid it.",
	};
}

const ASK_ADMINISTRATOR =
	'Ask an administrator of Procountor to grant it; Company: Check Access shows all rights of the user.';

function isMissing(rights: Rights, right: Right, needsFullRights: boolean): boolean {
	const access = rights.get(right);
	return access !== undefined && access !== 'ALL_RIGHTS' && (needsFullRights || access !== 'VIEWING_RIGHTS');
}

function missingText(rights: Rights, { rights: required, needsFullRights }: RequiredRights): string {
	const names = required.map((right) => `'${rightName(right)}'`).join(' or ');
	const hasViewOnly = needsFullRights && required.some((right) => rights.get(right) === 'VIEWING_RIGHTS');
	return `the user${hasViewOnly ? ' may only view, and' : ''} lacks the right ${names}, which is granted under ${MENUS.users}`;
}

/** A number by which users know a record, and the list in which it is found. */
interface RecordNumber {
	/** The name of the number in messages, such as `customer number`. */
	name: string;
	call: Parameters<Client['request']>[0]['call'];
	queries(number: string): Query[];
	/** Returns the number of a found record. */
	numberOf(record: IDataObject): unknown;
	/** Returns the ID that the user needs; the record's own ID if left out. */
	idOf?(client: Client, record: IDataObject): Promise<unknown>;
	/** How to search by this number. */
	advice: string;
}

const fieldIn = (record: IDataObject, name: string, field: string): unknown => objectAt(record, name)[field];

const invoiceNumber: RecordNumber = {
	name: 'invoice number',
	call: 'GET /invoices',
	queries: (number) => [{ invoiceNumber: Number(number) }],
	numberOf: (record) => record.invoiceNumber,
	advice: "To search by number, use Invoice: Get Many with the filter 'Invoice Number'",
};

/** Numbers that users confuse with IDs, by the first segment of the path; for payroll by the second. */
const RECORD_NUMBERS: Record<string, RecordNumber[]> = {
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
			numberOf: (record) => fieldIn(record, 'invoicingInfo', 'customerNumber'),
			advice: "To search by number, use Business Partner: Get Many with the filter 'Customer Number'",
		},
	],
	persons: [
		{
			name: 'person number',
			call: 'GET /persons',
			queries: (personNumber) => [{ personNumber, includeInactive: true }],
			numberOf: (record) => fieldIn(record, 'invoicingInfo', 'personNumber'),
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

async function explainNotFound(client: Client, problem: Problem): Promise<Problem> {
	const { call, ids = [] } = problem.refused as NonNullable<Problem['refused']>;
	const [, first, second] = call.split('/');
	const searches = RECORD_NUMBERS[first === 'payrolls' ? second : first] ?? [];
	if (searches.length === 0 || ids.length === 0) return problem;
	const count = searchCounts.get(client) ?? 0;
	if (count >= MAX_SEARCHES) return problem;
	searchCounts.set(client, count + 1);
	const id = String(ids[0]);
	for (const search of searches) {
		const found = await findIdByNumber(client, search, id);
		if (found !== undefined)
			return {
				...problem,
				message: `${problem.message}. ${id} is the ${search.name} of the record with ID ${found}: use that ID`,
				advice: `${search.advice}.`,
			};
	}
	return { ...problem, advice: `${problem.advice ?? ''} ${searches[0].advice}.`.trim() };
}

/** Returns the ID of the only record with a number; undefined if there is none, or if there are several. */
async function findIdByNumber(client: Client, search: RecordNumber, number: string): Promise<string | undefined> {
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
