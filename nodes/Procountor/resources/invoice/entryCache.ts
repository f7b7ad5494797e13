import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api';
import { findEntry, type RegisterEntry } from '../shared/registerEntry';
import type { Registers } from './enrich';

/**
 * Remembers the customers and products that this execution has found or written, so that it searches for each of them
 * once.
 */
export class EntryCache {
	private readonly ids = new Map<string, number>();

	constructor(private readonly registers: Registers) {}

	/** Returns the register's record with the entry's number; undefined if there is none. */
	async find(client: Client, entry: RegisterEntry): Promise<IDataObject | undefined> {
		const id = this.ids.get(cacheKey(entry)) ?? (await findEntry(client, entry));
		if (id === undefined) return undefined;
		this.ids.set(cacheKey(entry), id);
		return (await this.loaderOf(entry).load(client, [id]))[0];
	}

	/** Remembers a written record, for its entry and for the invoices that refer to it. */
	keep(entry: RegisterEntry, record: IDataObject): void {
		this.ids.set(cacheKey(entry), Number(record.id));
		this.loaderOf(entry).prime(Number(record.id), record);
	}

	private loaderOf({ register }: RegisterEntry): Registers['partners'] | Registers['products'] {
		return register.list === 'GET /products' ? this.registers.products : this.registers.partners;
	}
}

const cacheKey = ({ key, number }: RegisterEntry): string => `${key.name} ${key.fold(number)}`;
