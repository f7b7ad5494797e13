import type { IDataObject } from 'n8n-workflow';
import { parseBusinessId } from '../../validation/businessId';
import { type Client, type Execution, InputError } from '../../api';
import { checkedBody, type Input } from '../../engine/input';
import { objectAt, setPath } from '../../utils/objects';
import { twoPhaseTask } from '../../engine/phases';
import type { Output, OperationHandler, ItemTask } from '../../engine/task';
import { outputShaper } from '../../engine/simplify';
import { ItemMemory } from '../../engine/itemMemory';
import { lookUpSecondsOf } from './formSettings';
import { type Created, creationNote } from './createOnce';
import { RecordTurns } from './recordTurns';
import { Duplicates } from './duplicates';
import {
	toRegisterEntry,
	isGuestNumber,
	nameOfEntry,
	type RegisterEntry,
	saveEntry,
	updateEntry,
} from './registerEntry';
import { partners, persons, products } from './registers';

/** The values of the setting *Match By*, in the order of the register's keys. */
export const PARTNER_KEYS = ['businessId', 'customerNumber'];

export const upsertPartner: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const key = partners.keys[PARTNER_KEYS.indexOf(String(values.settings.matchBy))] ?? partners.keys[0];
	const given = String(values.settings.matchValue).trim();
	refuseGuest('Number', given);
	const id = key === partners.keys[0] ? parseBusinessId(given) : undefined;
	const body = setPath(objectAt(values, 'body'), key.path, id?.ok ? id.value : given);
	const entry = toRegisterEntry(partners, key, operation, checkedBody(operation, body, { requireAll: false }));
	return upsert(entry, values.settings, input, execution);
};

/** Refuses a number that shops write for customers without a number. */
function refuseGuest(label: string, number: string): void {
	if (!isGuestNumber(number)) return;
	throw new InputError(
		label,
		`is "${number}", as shops write it for guests: all guests would share one register entry`,
		'Skip guests before this node; invoices take a name and an address without a register entry.',
	);
}

export const upsertProduct: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const entry = toRegisterEntry(products, products.keys[0], operation, objectAt(values, 'body'));
	return upsert(entry, values.settings, input, execution);
};

export const upsertPerson: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const entry = toRegisterEntry(persons, persons.keys[0], operation, objectAt(values, 'body'));
	refuseGuest('Person Number', entry.number);
	return upsert(entry, values.settings, input, execution);
};

/** Creates the record once, or updates the existing one with the given fields. */
function upsert(entry: RegisterEntry, settings: IDataObject, input: Input, execution: Execution): ItemTask {
	const { operation } = entry;
	const shape = outputShaper(operation, input);
	const memory = new ItemMemory(input);
	const duplicates = Duplicates.of(execution);
	const turns = RecordTurns.of(execution);
	const lookUpSeconds = lookUpSecondsOf(settings);
	const finish = async (client: Client, created: Created): Promise<Output[]> =>
		await turns.take(Number(created.record.id), async (isFirst) => await finishInTurn(client, created, isFirst));
	const finishInTurn = async (client: Client, created: Created, isFirst: boolean): Promise<Output[]> => {
		const { record, isNew } = created;
		if (isNew) {
			await duplicates.check(client, Number(record.id));
			return [{ json: { ...shape(record), ...creationNote(input.context, created, operation.noun) } }];
		}
		// Another item of the run may have changed the record since it was read.
		const current = isFirst && created.createdByItem === undefined ? record : undefined;
		const answer = await updateEntry(client, entry, record, current);
		return [{ json: { ...shape(answer), ...updateNote(input, created, operation.noun) } }];
	};
	return {
		readOnly: false,
		resumable: true,
		...twoPhaseTask({
			begin: async (client) => await saveEntry(client, entry, { memory, duplicates, lookUpSeconds }),
			finish,
			name: ({ record }) => `${nameOfEntry(entry)} (ID ${String(record.id)})`,
		}),
	};
}

/** Adds a note and a hint if another item of this run created the record: two items with one number may be a mistake. */
function updateNote(input: Input, { record, createdByItem }: Created, noun: string): IDataObject {
	if (createdByItem === undefined) return {};
	const note = `Item ${createdByItem} of this run created this ${noun} (ID ${String(record.id)}); this item updated it`;
	input.context.addExecutionHints({
		message: `${note}. If they are two, give each its own number.`,
		type: 'warning',
		location: 'outputPane',
	});
	return { note };
}
