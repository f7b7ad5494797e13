import type { IDataObject } from 'n8n-workflow';
import { bodyObject, type Call, type Client, loadRecords } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { shaper } from '../../engine/simplify';

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
export const waitingForMe: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const { waitingFor: chosen = 'both' } = settings;
	const asked = questions.filter(([waitingFor]) => chosen === 'both' || chosen === waitingFor);
	const types = (settings.types as string[] | undefined) ?? circulating;
	const shape = shaper(operation, input);
	return {
		readOnly: true,
		async run(client) {
			const found = new Map<number, string>();
			for (const [waitingFor, call] of asked)
				for (const type of types)
					for (const id of await waiting(client, call, type, `invoices that wait for ${waitingFor}`))
						found.set(id, waitingFor);
			const invoices = await loadRecords(client, 'GET /invoices/{invoiceId}', [...found.keys()]);
			return invoices.map((invoice) => ({
				json: { ...shape(invoice), waitingFor: found.get(Number(invoice.id)) },
			}));
		},
	};
};

/** The call answers for one type at a time (contract). */
async function waiting(client: Client, call: Call, type: string, noun: string): Promise<number[]> {
	const { invoiceIds = [] } = (bodyObject(await client.request({ call, query: { types: type }, noun })) ??
		{}) as IDataObject & { invoiceIds?: number[] };
	return invoiceIds.map(Number);
}
