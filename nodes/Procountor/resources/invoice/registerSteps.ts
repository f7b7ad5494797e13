import type { IDataObject } from 'n8n-workflow';
import { type Client, type Execution, InputError, problemIn, ProcountorError } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import { fingerprint } from '../../utils/fingerprint';
import { merge, setPath } from '../../utils/objects';
import { pollUntil } from '../shared/createOnce';
import { Duplicates } from '../shared/duplicates';
import { withLock } from '../shared/recentCreates';
import { changesOf, postRequest, readEntry, type RegisterEntry, saveEntry, updateEntry } from '../shared/registerEntry';
import { type CustomerEntries, toCustomerEntries, findCustomer } from './customerEntry';
import type { EnrichedInvoice, Registers, WantedInvoice } from './enrich';
import { EntryCache } from './entryCache';
import { findProducts, toProductEntry, withProducts } from './productEntries';

/** What an item writes to the customer and product registers. */
export interface RegisterOptions {
	customer: { mode: string; entries: CustomerEntries };
	products: { mode: string };
	/** A warning about a customer who is not written to the register. */
	warnings: string[];
	duplicates: Duplicates;
	cache: EntryCache;
}

/** What the register entries need of the invoice that they belong to. */
export interface InvoiceContext {
	memory: ItemMemory;
	lookUpSeconds: number;
	/** Completes and checks the invoice without writing anything. */
	check: (wanted: WantedInvoice) => Promise<EnrichedInvoice>;
	/** Whether Procountor already has the invoice, so that no entry is written. */
	exists: (enriched: EnrichedInvoice) => Promise<boolean>;
	/** Receives the name of each record that was written. */
	done: string[];
}

/**
 * Returns what an item writes to the registers; undefined if it leaves both unchanged.
 * @throws {InputError} for settings that contradict each other, and for a customer that the register would reject
 */
export function readRegisterOptions(
	{ fields }: WantedInvoice,
	{ customerRegister: customer = 'leave', productRegister: products = 'leave', partnerBy }: IDataObject,
	execution: Execution,
	registers: Registers,
): RegisterOptions | undefined {
	if (customer === 'leave' && products === 'leave') return undefined;
	const isChosen = (fields.partnerId ?? partnerBy) !== undefined;
	if (customer === 'update' && isChosen)
		throw new InputError(
			'Customer Register',
			"is 'Create or Update', and Customer is chosen too",
			'Leave Customer empty: the register is searched by business ID or customer number.',
		);
	const entries = customer === 'leave' || isChosen ? [] : toCustomerEntries(fields);
	const isGuest = customer !== 'leave' && !isChosen && entries.length === 0;
	return {
		customer: { mode: String(customer), entries },
		products: { mode: String(products) },
		warnings: isGuest
			? [
					'A customer without business ID and customer number is not in the customer register: the invoice has the name and address alone',
				]
			: [],
		duplicates: execution.shared('duplicates of register entries', () => new Duplicates()),
		cache: execution.shared('register entries', () => new EntryCache(registers)),
	};
}

/**
 * Writes the customer and the products of an invoice to their registers, and returns the invoice with their IDs. The
 * invoice is completed and checked first, so that an invoice that Procountor would reject leaves the registers unchanged.
 */
export async function writeRegisterEntries(
	client: Client,
	wanted: WantedInvoice,
	options: RegisterOptions,
	context: InvoiceContext,
): Promise<WantedInvoice> {
	const { customer, products, cache } = options;
	const found = customer.entries.length
		? await findCustomer(client, customer.entries, customer.mode, cache)
		: undefined;
	const rowProducts = products.mode === 'leave' ? [] : await findProducts(client, wanted.rows, cache);
	const withFound: WantedInvoice = {
		...wanted,
		fields: withPartnerId(wanted.fields, found?.record),
		rows: withProducts(wanted.rows, rowProducts),
	};
	const enriched = await context.check(withFound);
	const productEntries = await Promise.all(
		rowProducts.map(async (product) => ({
			product,
			entry: await toProductEntry(client, product, wanted, enriched),
		})),
	);
	if (await context.exists(enriched)) return withFound;
	// Builds every request before the first is sent, because an entry may lack a required value.
	for (const { product, entry } of productEntries) if (!product.record) await postRequest(client, entry);
	if (found && !found.record) await postRequest(client, found.entry);
	const write = async (entry: RegisterEntry, mode: string, record?: IDataObject): Promise<IDataObject> =>
		await writeEntry(client, entry, { mode, record, options, context });
	const record = found && (await write(found.entry, customer.mode, found.record));
	for (const { product, entry } of productEntries) product.record = await write(entry, products.mode, product.record);
	return { ...wanted, fields: withPartnerId(wanted.fields, record), rows: withProducts(wanted.rows, rowProducts) };
}

const withPartnerId = (fields: IDataObject, record: IDataObject | undefined): IDataObject =>
	record ? setPath(fields, 'partnerId', Number(record.id)) : fields;

interface WriteOptions {
	mode: string;
	/** The existing record. */
	record?: IDataObject;
	options: RegisterOptions;
	context: InvoiceContext;
}

/** Creates a record or updates the existing one, and returns it. Items that write the same record wait for each other. */
async function writeEntry(client: Client, entry: RegisterEntry, write: WriteOptions): Promise<IDataObject> {
	const { memory } = write.context;
	const { operation, key, number } = entry;
	const lock = JSON.stringify([memory.credential, client.address.base, operation.noun, key.name, key.fold(number)]);
	return await withLock(lock, async () => {
		const record = await writeEntryInTurn(client, entry, write);
		write.options.cache.keep(entry, record);
		return record;
	});
}

async function writeEntryInTurn(
	client: Client,
	entry: RegisterEntry,
	{ mode, record, options: { duplicates }, context: { memory, lookUpSeconds, done } }: WriteOptions,
): Promise<IDataObject> {
	const { operation, key, number } = entry;
	const nameOf = ({ id }: IDataObject): string => `${operation.noun} ${number} (ID ${String(id)})`;
	let current = record;
	if (!current) {
		const step = `${operation.noun} ${key.fold(number)}`;
		const created = await saveEntry(client, entry, { memory, duplicates, lookUpSeconds, step });
		const { id } = (current = created.record);
		if (created.isNew) {
			done.push(`${nameOf(current)} created`);
			// Procountor rejects an invoice that refers to a record before it shows the record.
			await pollUntil({ client, lookUpSeconds }, async () => await readEntry(client, entry, Number(id)));
			await duplicates.check(client, Number(id));
			return current;
		}
	}
	if (mode !== 'update' || !wouldChange(entry, current)) return current;
	// Another item or process may have changed the record since it was read.
	const newest = (await readEntry(client, entry, Number(current.id))) ?? current;
	if (!wouldChange(entry, newest)) return newest;
	const updated = await updateEntry(client, entry, newest, newest);
	done.push(`${nameOf(updated)} updated`);
	return updated;
}

/** Whether an update would change the record. */
function wouldChange(entry: RegisterEntry, record: IDataObject): boolean {
	const given = changesOf(entry, record);
	const after = merge(record, entry.register.derive?.(record, given) ?? given);
	return fingerprint(after) !== fingerprint(record);
}

/** Returns the error with the records that were written before it. */
export function withCompleted(error: unknown, done: readonly string[]): unknown {
	if (done.length === 0) return error;
	const problem = problemIn(error);
	return new ProcountorError({ ...problem, completed: [...new Set([...done, ...(problem.completed ?? [])])] });
}
