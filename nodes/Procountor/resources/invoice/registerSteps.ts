import type { IDataObject } from 'n8n-workflow';
import { type Client, type Execution, InputError, problemIn, ProcountorError } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import { fingerprint } from '../../utils/fingerprint';
import { merge, setPath } from '../../utils/objects';
import { pollUntil } from '../shared/createOnce';
import { Duplicates } from '../shared/duplicates';
import { withLock } from '../shared/recentCreates';
import { changesOf, postRequest, readEntry, type RegisterEntry, saveEntry, updateEntry } from '../shared/registerEntry';
import { type CustomerEntries, customerEntries, foundCustomer } from './customerEntry';
import type { EnrichedInvoice, Registers, WantedInvoice } from './enrich';
import { KnownEntries } from './knownEntries';
import { foundProducts, productEntry, withProducts } from './productEntries';

/** What an invoice asks of the registers of customers and products. */
export interface RegisterWishes {
	customer: { mode: string; entries: CustomerEntries };
	products: { mode: string };
	/** What a person should know of a customer who stays out of the register. */
	warnings: string[];
	doubles: Duplicates;
	known: KnownEntries;
}

/** How the work of an invoice goes on around its register entries. */
export interface AroundEntries {
	memory: ItemMemory;
	lookUpSeconds: number;
	/** Completes and checks the invoice, without writing. */
	check: (wanted: WantedInvoice) => Promise<EnrichedInvoice>;
	/** Whether Procountor has the invoice already, so that nothing is to be written. */
	exists: (complete: EnrichedInvoice) => Promise<boolean>;
	/** Receives the name of each record that was written. */
	done: string[];
}

/**
 * Returns what an item writes to the registers; undefined if it leaves both unchanged.
 * @throws {InputError} for choices that contradict each other and for a customer that the register would not take
 */
export function registerWishes(
	{ fields }: WantedInvoice,
	{ customerRegister: customer = 'leave', productRegister: products = 'leave', partnerBy }: IDataObject,
	execution: Execution,
	registers: Registers,
): RegisterWishes | undefined {
	if (customer === 'leave' && products === 'leave') return undefined;
	const isChosen = (fields.partnerId ?? partnerBy) !== undefined;
	if (customer === 'update' && isChosen)
		throw new InputError(
			'Customer Register',
			"is 'Create or Update', and Customer is chosen too",
			'Leave Customer empty: the register is searched by business ID or customer number.',
		);
	const entries = customer === 'leave' || isChosen ? [] : customerEntries(fields);
	const isGuest = customer !== 'leave' && !isChosen && entries.length === 0;
	return {
		customer: { mode: String(customer), entries },
		products: { mode: String(products) },
		warnings: isGuest
			? [
					'A customer without business ID and customer number is not in the customer register: the invoice has the name and address alone',
				]
			: [],
		doubles: execution.shared('doubles of register entries', () => new Duplicates()),
		known: execution.shared('known register entries', () => new KnownEntries(registers)),
	};
}

/**
 * Writes the customer and the products of an invoice into their registers, and returns the invoice with them. The invoice
 * is completed and checked first, so that one that Procountor would not take leaves the registers as they are.
 */
export async function withRegisterEntries(
	client: Client,
	wanted: WantedInvoice,
	wishes: RegisterWishes,
	around: AroundEntries,
): Promise<WantedInvoice> {
	const { customer, products, known } = wishes;
	const found = customer.entries.length
		? await foundCustomer(client, customer.entries, customer.mode, known)
		: undefined;
	const rowProducts = products.mode === 'leave' ? [] : await foundProducts(client, wanted.rows, known);
	const asFound: WantedInvoice = {
		...wanted,
		fields: withCustomer(wanted.fields, found?.record),
		rows: withProducts(wanted.rows, rowProducts),
	};
	const complete = await around.check(asFound);
	const entries = await Promise.all(
		rowProducts.map(async (one) => ({ one, entry: await productEntry(client, one, wanted, complete) })),
	);
	if (await around.exists(complete)) return asFound;
	for (const { one, entry } of entries) if (!one.record) await postRequest(client, entry);
	if (found && !found.record) await postRequest(client, found.entry);
	const write = async (entry: RegisterEntry, mode: string, record?: IDataObject): Promise<IDataObject> =>
		await written(client, entry, { mode, record, doubles: wishes.doubles, known, around });
	const record = found && (await write(found.entry, customer.mode, found.record));
	for (const { one, entry } of entries) one.record = await write(entry, products.mode, one.record);
	return { ...wanted, fields: withCustomer(wanted.fields, record), rows: withProducts(wanted.rows, rowProducts) };
}

const withCustomer = (fields: IDataObject, record: IDataObject | undefined): IDataObject =>
	record ? setPath(fields, 'partnerId', Number(record.id)) : fields;

interface Writing {
	mode: string;
	record?: IDataObject;
	doubles: Duplicates;
	known: KnownEntries;
	around: AroundEntries;
}

/** Creates a record or updates the one that is there, one item after the other; returns it as it is then. */
async function written(client: Client, entry: RegisterEntry, writing: Writing): Promise<IDataObject> {
	const { memory } = writing.around;
	const { operation, key, number } = entry;
	const line = JSON.stringify([memory.credential, client.address.base, operation.noun, key.name, key.fold(number)]);
	return await withLock(line, async () => {
		const record = await writtenInTurn(client, entry, writing);
		writing.known.keep(entry, record);
		return record;
	});
}

async function writtenInTurn(
	client: Client,
	entry: RegisterEntry,
	{ mode, record, doubles, around: { memory, lookUpSeconds, done } }: Writing,
): Promise<IDataObject> {
	const { operation, key, number } = entry;
	const nameOf = ({ id }: IDataObject): string => `${operation.noun} ${number} (ID ${String(id)})`;
	let current = record;
	if (!current) {
		const step = `${operation.noun} ${key.fold(number)}`;
		const created = await saveEntry(client, entry, { memory, doubles, lookUpSeconds, step });
		const { id } = (current = created.record);
		if (created.how === 'made') {
			done.push(`${nameOf(current)} created`);
			// An invoice cannot name it before Procountor shows it.
			await pollUntil({ client, lookUpSeconds }, async () => await readEntry(client, entry, Number(id)));
			await doubles.check(client, Number(id));
			return current;
		}
	}
	if (mode !== 'update' || !changes(entry, current)) return current;
	// Another item or process may have changed it since it was read.
	const newest = (await readEntry(client, entry, Number(current.id))) ?? current;
	if (!changes(entry, newest)) return newest;
	const updated = await updateEntry(client, entry, newest, newest);
	done.push(`${nameOf(updated)} updated`);
	return updated;
}

/** Whether an update would change the record. */
function changes(entry: RegisterEntry, record: IDataObject): boolean {
	const given = changesOf(entry, record);
	const after = merge(record, entry.register.derive?.(record, given) ?? given);
	return fingerprint(after) !== fingerprint(record);
}

/** An error with the records that were written before it. */
export function afterEntries(error: unknown, done: readonly string[]): unknown {
	if (done.length === 0) return error;
	const problem = problemIn(error);
	return new ProcountorError({ ...problem, completed: [...new Set([...done, ...(problem.completed ?? [])])] });
}
