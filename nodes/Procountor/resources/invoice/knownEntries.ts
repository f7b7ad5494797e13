import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api';
import { findEntry, type RegisterEntry } from '../shared/registerEntry';
import type { Registers } from './enrich';

/**
 * Remembers the customers and products that this execution has found or written, so that its items search for each of
 * them once.
 */
export class KnownEntries {
	private readonly ids = new Map<string, number>();

	constructor(private readonly registers: Registers) {}

	/** The record that the register has under the entry's number; undefined where it has none. */
	async find(client: Client, entry: RegisterEntry): Promise<IDataObject | undefined> {
		const id = this.ids.get(nameOf(entry)) ?? (await findEntry(client, entry));
		if (id === undefined) return undefined;
		this.ids.set(nameOf(entry), id);
		return (await this.loaderOf(entry).load(client, [id]))[0];
	}

	/** Remembers the record as it is now, for this entry and for the invoices that name it. */
	keep(entry: RegisterEntry, record: IDataObject): void {
		this.ids.set(nameOf(entry), Number(record.id));
		this.loaderOf(entry).prime(Number(record.id), record);
	}

	private loaderOf({ register }: RegisterEntry): Registers['partners'] | Registers['products'] {
		return register.list === 'GET /products' ? this.registers.products : this.registers.partners;
	}
}

const nameOf = ({ key, number }: RegisterEntry): string => `${key.name} ${key.fold(number)}`;
