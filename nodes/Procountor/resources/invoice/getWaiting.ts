import { type Client, loadRecords } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { outputShaper } from '../../engine/simplify';

export const callsOfWaiting = [
	'GET /invoices/personalverifications',
	'GET /invoices/personalapprovals',
	'GET /invoices/{invoiceId}',
] as const;

/** The types of invoices that users verify and approve. */
export const CIRCULATING_TYPES: CirculatingType[] = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

type CirculatingType = 'PURCHASE_INVOICE' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES';

type WaitingCall = 'GET /invoices/personalverifications' | 'GET /invoices/personalapprovals';

const lists: ReadonlyArray<[waitingFor: string, call: WaitingCall]> = [
	['verification', 'GET /invoices/personalverifications'],
	['approval', 'GET /invoices/personalapprovals'],
];

/** Returns the invoices that wait for the credential's user, in full, with the step that they wait for. */
export const getWaiting: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const { waitingFor: chosen = 'both' } = settings;
	const chosenLists = lists.filter(([waitingFor]) => chosen === 'both' || chosen === waitingFor);
	const types = (settings.types as CirculatingType[] | undefined) ?? CIRCULATING_TYPES;
	const shape = outputShaper(operation, input);
	return {
		readOnly: true,
		async run(client) {
			const found = new Map<number, string>();
			for (const [waitingFor, call] of chosenLists)
				for (const type of types)
					for (const id of await readWaitingIds(client, call, type, `invoices that wait for ${waitingFor}`))
						found.set(id, waitingFor);
			const invoices = await loadRecords(client, 'GET /invoices/{invoiceId}', [...found.keys()]);
			return invoices.map((invoice) => ({
				json: { ...shape(invoice), waitingFor: found.get(Number(invoice.id)) },
			}));
		},
	};
};

/** Procountor lists one type at a time (contract). */
async function readWaitingIds(
	client: Client,
	call: WaitingCall,
	type: CirculatingType,
	noun: string,
): Promise<number[]> {
	const { invoiceIds = [] } = await client.get(call, { query: { types: type }, noun });
	return invoiceIds.map(Number);
}
