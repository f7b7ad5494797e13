import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { objectAt } from '../utils/objects';
import { checkLatin1Header } from '../validation/charset';
import { type Client, openClientWithoutItems, pageAt, ProcountorError } from '../api';
import { hiddenAreas, hiddenMessage } from '../access/missingRightsHint';
import { withoutLocators } from '../n8n/locator';
import { errorFor } from '../n8n/nodeError';
import { explainFaults } from '../labels/explainFaults';
import { searchEnumeration } from './enumerations';
import {
	multiSelectRegisters,
	searchMethodName,
	loadOptionsMethodName,
	type EnumerationName,
	type RegisterName,
} from './names';
import { fileHolderRegisters, registers, type Register } from './registers';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const enumerations: EnumerationName[] = ['country', 'countryCode', 'currency', 'unit'];

/** The node's list searches, one for each register and each long enumeration. */
export const listSearch: Record<string, Search> = Object.fromEntries<Search>([
	...Object.entries(registers).map(([name, register]): [string, Search] => [
		searchMethodName(name as RegisterName),
		searchOf(register),
	]),
	[searchMethodName('fileHolder'), searchFileHolder],
	...enumerations.map((name): [string, Search] => [
		searchMethodName(name),
		async (filter) => searchEnumeration(name, filter),
	]),
]);

/** The lists to choose several users from. */
export const loadOptions: Record<string, (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>> =
	Object.fromEntries(
		(multiSelectRegisters as RegisterName[]).map((name) => [
			loadOptionsMethodName(name),
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
	const name = fileHolderRegisters[kind];
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
			const registerWithQuery = { ...register, query: registerQuery(this, register) };
			const results = await search(
				registerWithQuery,
				client,
				pathIds(this, register),
				filter?.trim() ?? '',
				paginationToken,
			);
			if (results.results.length === 0 && !paginationToken) await checkRights(client, registerWithQuery);
			return results;
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
const MAX_PAGES = 20;

type SearchMethod = NonNullable<Register['search']>[number] | undefined;

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
	const methods: SearchMethod[] = filter === '' || !register.search ? [undefined] : register.search;
	const [, start = '0', given] = /^(?:(\d)\|)?(.*)$/s.exec(token ?? '') ?? [];
	for (let place = Number(start); ; place++) {
		const { results, paginationToken: next } = await found(
			register,
			client,
			ids,
			filter,
			methods[place],
			given || undefined,
		);
		const isLast = results.length > 0 || token !== undefined || place >= methods.length - 1;
		if (isLast) return { results, paginationToken: next && place > 0 ? `${place}|${String(next)}` : next };
	}
}

async function found(
	register: Register,
	client: Client,
	ids: Record<string, string>,
	filter: string,
	way: SearchMethod,
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const terms = way ? searchTerms(way, filter) : {};
	const searchText = way ? '' : filter.toLowerCase();
	const listing = { call: register.call, path: ids, ...terms, query: { ...register.query, ...terms.query } };
	for (let next = token, readParameter = 1; ; readParameter++) {
		const page = await pageAt(client, listing, next, register.rows);
		next = page.next;
		const choices = page.records.map((record) => ({
			name: entryLabel(register, record),
			value: register.value(record) as string | number,
			isInactive: isClosed(record),
		}));
		if (!register.keepOrder)
			choices.sort(
				(a, b) =>
					Number(a.isInactive) - Number(b.isInactive) || a.name.localeCompare(b.name, undefined, { numeric: true }),
			);
		const results = choices
			.filter(({ name }) => name.toLowerCase().includes(searchText))
			.map(({ name, value }) => ({ name, value }));
		// A page without a match would look like the end of the list.
		if (results.length || next === undefined || readParameter === MAX_PAGES) return { results, paginationToken: next };
	}
}

interface Terms {
	query?: Record<string, string>;
	headers?: Record<string, string>;
}

function searchTerms(method: NonNullable<SearchMethod>, filter: string): Terms {
	// No code of a product is longer (contract).
	if ('query' in method) return { query: { [method.query]: method.query === 'code' ? filter.slice(0, 40) : filter } };
	const text = checkLatin1Header(filter);
	// A name that a header cannot carry is searched for by the part that it can.
	return {
		headers: {
			[method.header]: text.ok ? text.value : [...filter].filter((letter) => checkLatin1Header(letter).ok).join(''),
		},
	};
}

/** An account, product, or partner that is no longer in use. */
function isClosed(record: IDataObject): boolean {
	return (record.active ?? objectAt(record, 'registryInfo').active) === false;
}

/** `Oy Esimerkki Ab (1001)`: what a person reads, with what tells two of the same name apart. */
function entryLabel(register: Register, record: IDataObject): string {
	const [first, ...rest] = [...register.label(record), isClosed(record) ? 'closed' : ''].filter(
		(part) => part !== undefined && part !== null && part !== '',
	);
	return rest.length ? `${String(first)} (${rest.join(', ')})` : String(first ?? register.value(record));
}

function registerQuery(context: ILoadOptionsFunctions, { query, queryOf: queryByForm }: Register): Register['query'] {
	if (!queryByForm) return query;
	const [resource, operation] = ['resource', 'operation'].map((name) => String(context.getCurrentNodeParameter(name)));
	return { ...query, ...queryByForm[`${resource}:${operation}`] };
}

function pathIds(context: ILoadOptionsFunctions, { parent }: Register): Record<string, string> {
	if (!parent) return {};
	// In a table the neighbour in the same row comes first.
	const read = (path: string): unknown => withoutLocators(context.getCurrentNodeParameter(path));
	const value = String(read(`&${parent.parameter}`) ?? read(parent.parameter) ?? '');
	// An expression that the editor cannot compute comes as it was written.
	if (!/^\d+$/.test(value)) throw new ProcountorError({ message: `Choose '${parent.label}' first` });
	return { [parent.path]: value };
}
