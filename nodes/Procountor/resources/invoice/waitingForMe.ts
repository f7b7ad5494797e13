import type { IDataObject } from 'n8n-workflow';
import { splitCall, type Call } from '../../api/contract';
import type { Prepare } from '../../engine/task';
import { shaper } from '../../engine/handlers';
import { readByIds } from '../../api/batchReads';
import type { Client } from '../../api/client';
import { bodyObject } from '../../api/response';

export const callsOfWaiting = [
	'GET /invoices/personalverifications',
	'GET /invoices/personalapprovals',
	'GET /invoices/{invoiceId}',
] as const;

/** The types of invoices that go round. */
export const circulating = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

const questions: ReadonlyArray<[waitingFor: string, call: Call]> = [
	['verification', 'GET /invoices/personalverifications'],
	['approval', 'GET /invoices/personalapprovals'],
];

/** The invoices that wait for the credential's user, whole, with what they wait for. */
export const waitingForMe: Prepare = (operation, input) => {
	const { settings } = input.values(operation);
	const asked = questions.filter(
		([waitingFor]) => settings.waitingFor === 'both' || settings.waitingFor === waitingFor,
	);
	const types = (settings.types as string[] | undefined) ?? circulating;
	const shape = shaper(operation, input);
	return {
		reads: true,
		async run(client) {
			const found = new Map<number, string>();
			for (const [waitingFor, call] of asked)
				for (const type of types)
					for (const id of await waiting(client, call, type, `invoices that wait for ${waitingFor}`))
						found.set(id, waitingFor);
			const invoices = await readByIds(client, 'GET /invoices/{invoiceId}', [...found.keys()]);
			return [...invoices.values()].map((invoice) => ({
				json: { ...shape(invoice), waitingFor: found.get(Number(invoice.id)) },
			}));
		},
	};
};

/** The call answers for one type at a time (contract). */
async function waiting(client: Client, call: Call, type: string, about: string): Promise<number[]> {
	const { invoiceIds = [] } = (bodyObject(await client.ask({ ...splitCall(call), query: { types: type }, about })) ??
		{}) as IDataObject & { invoiceIds?: number[] };
	return invoiceIds.map(Number);
}
