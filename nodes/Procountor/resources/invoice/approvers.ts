import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError } from '../../api';
import { readVerifierList } from '../shared/companyData';
import { toList } from '../../utils/objects';

/**
 * Returns who verifies and approves a new invoice. If it is left out, Procountor uses its defaults; an empty list means
 * nobody (docs/procountor.md#approvers).
 * @throws {InputError} for what is not a user ID
 */
export async function readApproval(
	client: Client,
	{ circulation, verifiers, acceptors, verifierListId }: IDataObject,
): Promise<IDataObject | undefined> {
	if ((verifiers ?? acceptors ?? verifierListId) === undefined) return circulation === 'none' ? {} : undefined;
	const list = verifierListId === undefined ? {} : await readVerifierList(client, Number(verifierListId));
	const checkers = (given: unknown, ofList: unknown, label: string): IDataObject[] =>
		[...parseIds(given, label), ...toList(ofList).map(({ userId }) => Number(userId))].map((userId) => ({ userId }));
	return {
		verifiers: checkers(verifiers, list.verifiers, 'Verifier Names or IDs'),
		acceptors: checkers(acceptors, list.acceptors, 'Acceptor Names or IDs'),
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

/** Refuses choices of verifiers and acceptors that contradict each other. @throws {InputError} */
export function checkCirculation(settings: IDataObject): void {
	const chosen = settings.verifiers ?? settings.acceptors ?? settings.verifierListId;
	if (chosen === undefined && settings.circulation === 'none' && settings.after === 'circulate')
		throw new InputError(
			'After Creating',
			"is 'Send to Circulation', but nobody is to verify or approve the invoice",
			'Choose users, or leave the invoice unfinished.',
		);
}
