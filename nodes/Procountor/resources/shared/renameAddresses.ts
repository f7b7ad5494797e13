import type { IDataObject } from 'n8n-workflow';
import { getPath, setPath } from '../../utils/objects';
import { foldName } from './invoiceRecord';

const ADDRESSES = ['address', 'billingAddress', 'deliveryAddress'];

/**
 * Also writes a partner's new name to the addresses with the old name, because invoices print the name of the address.
 * An address with another name stays, and so does one that `changes` names.
 */
export function renameAddresses(record: IDataObject, changes: IDataObject, addresses = ADDRESSES): IDataObject {
	const { name } = changes;
	if (typeof name !== 'string' || name === record.name) return changes;
	const oldName = foldName(String(record.name ?? ''));
	return addresses.reduce((result, address) => {
		const path = `${address}.name`;
		const current = getPath(record, path);
		const hasOldName = typeof current === 'string' && foldName(current) === oldName;
		return hasOldName && getPath(changes, path) === undefined ? setPath(result, path, name) : result;
	}, changes);
}
