import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { objectAt } from '../utils/objects';
import { latin1Header } from '../validation/charset';
import { type Client, openClientWithoutItems, pageAt, ProcountorError } from '../api';
import { hiddenAreas, hiddenMessage } from '../access/missingRightsHint';
import { withoutLocators } from '../n8n/locator';
import { errorFor } from '../n8n/nodeError';
import { explainFaults } from '../labels/explainFaults';
import { searchEnumeration } from './enumerations';
import { chosenInLists, methodOf, optionsMethodOf, type EnumerationName, type RegisterName } from './names';
import { holderRegisters, registers, type Register } from './registers';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const enumerations: EnumerationName[] = ['country', 'countryCode', 'currency', 'unit'];

/** The node's list searches, one for each register and each long enumeration. */
export const listSearch: Record<string, Search> = Object.fromEntries<Search>([
	...Object.entries(registers).map(([name, register]): [string, Search] => [
		methodOf(name as RegisterName),
		searchOf(register),
	]),
	[methodOf('fileHolder'), searchFileHolder],
	...enumerations.map((name): [string, Search] => [methodOf(name), async (filter) => searchEnumeration(name, filter)]),
]);

/** The lists to choose several users from. */
export const loadOptions: Record<string, (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>> =
	Object.fromEntries(
		(chosenInLists as RegisterName[]).map((name) => [
			optionsMethodOf(name),
			async function (this: ILoadOptionsFunctions) {
				return (await searchOf(registers[name]).call(this)).results;
			},
		]),
	);

/** Searches the register of the kind of record that a file goes to. */
async function searchFileHolder(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const kind = String(this.getCurrentNodeParameter('referenceType') ?? this.getCurrentNodeParameter('to'));
	const name = holderRegisters[kind];
	if (name) return await searchOf(registers[name]).call(this, filter, paginationToken);
	const message = "Records of this kind have no list. Choose 'By ID' and enter the ID";
	throw errorFor(this.getNode(), new ProcountorError({ message }));
}

function searchOf(register: Register): Search {
	return async function (filter, paginationToken) {
		try {
			const { client } = await openClientWithoutItems(
				this,
				this.getNodeParameter('authentication', 'apiKey'),
				explainFaults,
			);
			const chosen = { ...register, query: queryOf(this, register) };
			const found = await search(chosen, client, pathIds(this, register), filter?.trim() ?? '', paginationToken);
			if (found.results.length === 0 && !paginationToken) await checkRights(client, chosen);
			return found;
		} catch (error) {
			throw errorFor(this.getNode(), error);
		}
	};
}

/** Says that a right is missing, where the list would say that there is nothing. @throws ProcountorError */
async function checkRights(client: Client, { call, query }: Register): Promise<void> {
	const [hidden] = await hiddenAreas(client, call, query);
	if (hidden) throw new ProcountorError({ message: hiddenMessage(hidden) });
}

/** How many pages a search without a match reads on. */
const MOST_PAGES = 20;

type Way = NonNullable<Register['search']>[number] | undefined;

/**
 * Searches in each way that the register has, until one finds something: by name, by number. Nothing is remembered between two
 * searches: another credential must never see this one's records. The token of a later way begins with its place.
 */
async function search(
	register: Register,
	client: Client,
	ids: Record<string, string>,
	filter: string,
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const ways: Way[] = filter === '' || !register.search ? [undefined] : register.search;
	const [, start = '0', given] = /^(?:(\d)\|)?(.*)$/s.exec(token ?? '') ?? [];
	for (let place = Number(start); ; place++) {
		const { results, paginationToken: next } = await found(
			register,
			client,
			ids,
			filter,
			ways[place],
			given || undefined,
		);
		const isLast = results.length > 0 || token !== undefined || place >= ways.length - 1;
		if (isLast) return { results, paginationToken: next && place > 0 ? `${place}|${String(next)}` : next };
	}
}

async function found(
	register: Register,
	client: Client,
	ids: Record<string, string>,
	filter: string,
	way: Way,
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const terms = way ? searchTerms(way, filter) : {};
	const wanted = way ? '' : filter.toLowerCase();
	const listing = { call: register.call, path: ids, ...terms, query: { ...register.query, ...terms.query } };
	for (let next = token, read = 1; ; read++) {
		const page = await pageAt(client, listing, next, register.rows);
		next = page.next;
		const choices = page.records.map((record) => ({
			name: labelOf(register, record),
			value: register.value(record) as string | number,
			isClosed: isClosed(record),
		}));
		if (!register.keepsOrder)
			choices.sort(
				(a, b) => Number(a.isClosed) - Number(b.isClosed) || a.name.localeCompare(b.name, undefined, { numeric: true }),
			);
		const results = choices
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.map(({ name, value }) => ({ name, value }));
		// A page without a match would look like the end of the list.
		if (results.length || next === undefined || read === MOST_PAGES) return { results, paginationToken: next };
	}
}

interface Terms {
	query?: Record<string, string>;
	headers?: Record<string, string>;
}

function searchTerms(how: NonNullable<Way>, filter: string): Terms {
	// No code of a product is longer (contract).
	if ('query' in how) return { query: { [how.query]: how.query === 'code' ? filter.slice(0, 40) : filter } };
	const text = latin1Header(filter);
	// A name that a header cannot carry is searched for by the part that it can.
	return {
		headers: { [how.header]: text.ok ? text.value : [...filter].filter((letter) => latin1Header(letter).ok).join('') },
	};
}

/** An account, product, or partner that is no longer in use. */
function isClosed(record: IDataObject): boolean {
	return (record.active ?? objectAt(record, 'registryInfo').active) === false;
}

/** `Oy Esimerkki Ab (1001)`: what a person reads, with what tells two of the same name apart. */
function labelOf(register: Register, record: IDataObject): string {
	const [first, ...rest] = [...register.label(record), isClosed(record) ? 'closed' : ''].filter(
		(part) => part !== undefined && part !== null && part !== '',
	);
	return rest.length ? `${String(first)} (${rest.join(', ')})` : String(first ?? register.value(record));
}

function queryOf(context: ILoadOptionsFunctions, { query, queryOf: byForm }: Register): Register['query'] {
	if (!byForm) return query;
	const [resource, operation] = ['resource', 'operation'].map((name) => String(context.getCurrentNodeParameter(name)));
	return { ...query, ...byForm[`${resource}:${operation}`] };
}

function pathIds(context: ILoadOptionsFunctions, { parent: within }: Register): Record<string, string> {
	if (!within) return {};
	// In a table the neighbour in the same row comes first.
	const read = (path: string): unknown => withoutLocators(context.getCurrentNodeParameter(path));
	const value = String(read(`&${within.parameter}`) ?? read(within.parameter) ?? '');
	// An expression that the editor cannot compute comes as it was written.
	if (!/^\d+$/.test(value)) throw new ProcountorError({ message: `Choose '${within.label}' first` });
	return { [within.path]: value };
}
