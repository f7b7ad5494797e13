import type { IDataObject } from 'n8n-workflow';
import type { Problem } from '../api';
import type { Values } from './input';
import type { Output } from './task';

/** Returns each record as an output. */
export const toOutputs = (records: IDataObject[]): Output[] => records.map((json) => ({ json }));

/** Returns the problem of a record that does not exist. */
export function notFoundProblem(name: string): Problem {
	return {
		message: `Procountor has no such record: ${name}`,
		status: 404,
		advice:
			'Check the ID, and that the credential is of the company that the record belongs to. Records that the user has no right to see are not found either.',
	};
}

/** Adds the IDs of the path to a part of a record that has no ID of its own, such as defaults or a salary base. */
export function withIds(record: IDataObject, path: Values['ids'] = {}): IDataObject {
	return record.id === undefined ? { ...path, ...record } : record;
}
