import type { Response } from '../connection';
import type { Probe } from '../probe';
import { type Json, listAt, numberAt } from '../values';
import { search } from './lists';
import { cannotTell, type Fact, type Finding, found } from './types';

/** Lists that have most records, in this order. */
const LONG_LISTS = ['/ledgerreceipts', '/invoices', '/businesspartners', '/products', '/payments'];
const LARGEST = 200;
const CAPS = [100, 50];
/** A page that no company has. */
const FAR_PAGE = 99_999;

const idsOf = (rows: Json[]): unknown[] => rows.map(({ id }) => id);

async function pageSizeCap(probe: Probe): Promise<Finding> {
	let told: number | undefined;
	for (const path of LONG_LISTS) {
		const { rows, json } = await search(probe, path, { size: LARGEST });
		told = numberAt(json, 'meta.pageSize') ?? told;
		if (rows.length > CAPS[0]) return found(LARGEST, `${path} returned more than ${CAPS[0]} records`);
		if (!CAPS.includes(rows.length)) continue;
		const next = await search(probe, path, { size: LARGEST, page: 1 });
		const known = idsOf(rows);
		if (idsOf(next.rows).some((id) => !known.includes(id))) return found(rows.length, path);
	}
	if (told !== undefined && [LARGEST, ...CAPS].includes(told)) return found(told, 'by meta.pageSize alone');
	return cannotTell(`no list has more than ${CAPS[0]} records, and meta.pageSize is missing`);
}

async function pageBeyondLast(probe: Probe): Promise<Finding> {
	for (const path of LONG_LISTS) {
		if ((await search(probe, path, { size: 1 })).rows.length === 0) continue;
		const { status, rows } = await search(probe, path, { size: 1, page: FAR_PAGE });
		if (status !== 200) return cannotTell(`page ${FAR_PAGE} of ${path} returned ${status}`);
		return found(rows.length === 0 ? 'empty' : 'lastPage', path);
	}
	return cannotTell('the company has no records');
}

/** Compares the first page of a user with all rights with that of a user who must not see some of its records. */
async function rowsHiddenAfterPaging(probe: Probe): Promise<Finding> {
	const { limited, api } = probe.options;
	if (!limited) return cannotTell('needs the API key of a user who lacks a right: PROCOUNTOR_LIMITED_API_KEY');
	const size = 10;
	for (const path of ['/invoices', '/ledgerreceipts', '/businesspartners']) {
		const pageOf = async (user: typeof api, page: number): Promise<Json[]> =>
			listAt((await user.get(path, { query: { size, page, orderById: 'ASC' } })).json, 'results');
		const [all, seen] = [await pageOf(api, 0), idsOf(await pageOf(limited, 0))];
		if (all.length < size || idsOf(all).every((id) => seen.includes(id))) continue;
		if (seen.length === size) return found(false, path);
		const more = idsOf(await pageOf(limited, 1)).filter((id) => !seen.includes(id));
		if (more.length > 0) return found(true, path);
	}
	return cannotTell('the second user sees the same first pages, or too few records');
}

/** Forms of a refusal with one wrong parameter, which nothing accepts. */
async function refusalForm(probe: Probe): Promise<Finding> {
	const response = await probe.api.get('/invoices', { query: { startDate: 'probe' } });
	if (response.status < 400) return cannotTell('a start date that is no date was accepted');
	return formOf(response);
}

function formOf({ status, httpStatus, headers, json }: Response): Finding {
	const evidence = `status ${httpStatus}`;
	if (httpStatus === 200) return found('status200', `errors with status ${status}`);
	if (json === undefined && (headers['content-type'] ?? '').startsWith('text/plain')) return found('text', evidence);
	if (typeof json !== 'object' || json === null) return cannotTell(`${evidence} with a body of another form`);
	const { errors, constraintViolations } = json as Json;
	if (Array.isArray(constraintViolations)) return found('constraintViolations', evidence);
	if (Array.isArray(errors)) return found(typeof errors[0] === 'string' ? 'strings' : 'errors', evidence);
	return typeof errors === 'object' ? found('object', evidence) : cannotTell(`${evidence} with a body of another form`);
}

export const pageFacts: Fact[] = [
	{
		name: 'refusalForm',
		need: 'read',
		question: 'What form has the body of a refusal?',
		ask: refusalForm,
	},
	{
		name: 'pageSizeCap',
		need: 'read',
		question: 'How many records has the largest page?',
		ask: pageSizeCap,
	},
	{
		name: 'pageBeyondLast',
		need: 'read',
		question: 'Is a page beyond the last one empty?',
		ask: pageBeyondLast,
	},
	{
		name: 'rowsHiddenAfterPaging',
		need: 'read',
		question: 'Is a page short when the user must not see some of its records?',
		ask: rowsHiddenAfterPaging,
	},
];
