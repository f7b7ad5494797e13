import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError } from '../../api';
import { readVerifierList } from '../shared/companyData';
import { toList } from '../../utils/objects';

/**
 * Returns who verifies and approves a new invoice. Undefined means Procountor's defaults; an empty object means nobody
 * (docs/procountor.md#approvers).
 * @throws {InputError} for a value that is not a user ID
 */
export async function readApproval(
	client: Client,
	{ circulation, verifiers, acceptors, verifierListId }: IDataObject,
): Promise<IDataObject | undefined> {
	if ((verifiers ?? acceptors ?? verifierListId) === undefined) return circulation === 'none' ? {} : undefined;
	const list = verifierListId === undefined ? {} : await readVerifierList(client, Number(verifierListId));
	const users = (given: unknown, listed: unknown, label: string): IDataObject[] =>
		[...parseIds(given, label), ...toList(listed).map(({ userId }) => Number(userId))].map((userId) => ({ userId }));
	return {
		verifiers: users(verifiers, list.verifiers, 'Verifier Names or IDs'),
		acceptors: users(acceptors, list.acceptors, 'Acceptor Names or IDs'),
	};
}

function parseIds(value: unknown, label: string): number[] {
	return String(value ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part) => {
			if (!/^\d{1,15}$/.test(part)) throw new InputError(label, `contain something other than IDs: '${part}'`);
			return Number(part);
		});
}

/** Refuses to circulate an invoice that nobody verifies or approves. @throws {InputError} */
export function checkCirculation(settings: IDataObject): void {
	const chosen = settings.verifiers ?? settings.acceptors ?? settings.verifierListId;
	if (chosen === undefined && settings.circulation === 'none' && settings.after === 'circulate')
		throw new InputError(
			'After Creating',
			"is 'Send to Circulation', but nobody is to verify or approve the invoice",
			'Choose users, or leave the invoice unfinished.',
		);
}
