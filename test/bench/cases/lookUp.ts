import { shareOf, type Bench, type Done } from '../bench';
import { eachOf } from '../bareLoop';
import { shuffled } from '../random';
import { seed } from '../settings';
import { BATCH } from './lists';
import { all, expectThat, idsOf, type Case } from './types';

const PARTNERS = 5_000;
const TAUGHT = 500;
const PATH = '/businesspartners';

/** The ids to look up, not in their order, as records come from another system. */
let wanted: number[] = [];

/** The ids that the case asks for, once it is prepared. */
export const lookUpIds = (): readonly number[] => wanted;

const customer = (name: string): object => ({
	type: 'CUSTOMER',
	name,
	address: { city: 'Helsinki', country: 'FINLAND' },
	invoicingInfo: { language: 'FINNISH', invoiceChannel: 'EMAIL' },
	paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'EUR' },
});

async function byNode(bench: Bench, credential = bench.credential): Promise<Done> {
	const items = await bench.node(
		'businessPartner',
		'get',
		{ businessPartnerId: '={{ $json.id }}', simple: false },
		wanted.map((id) => ({ json: { id } })),
		credential,
	);
	const isKept = items.every(
		({ json, pairedItem }, index) =>
			json.id === wanted[index] && typeof pairedItem === 'object' && 'item' in pairedItem && pairedItem.item === index,
	);
	expectThat(isKept, 'partners came out in another order or paired to other items than they were asked for');
	return { items: items.length };
}

export const lookUp: Case = {
	key: 'd',
	name: 'look up 5,000 partners by ID',
	least: PARTNERS / 200,
	items: PARTNERS,
	async prepare(bench) {
		await bench.reset();
		const names = Array.from({ length: PARTNERS }, (_, index) => `Asiakas ${index + 1}`);
		const made = await eachOf(
			names,
			8,
			async (name) => await bench.bareKeepAlive.request<{ id: number }>('POST', PATH, customer(name)),
		);
		wanted = shuffled(idsOf(made), seed());
	},
	ways: {
		node: byNode,
		taught: async (bench) => await shareOf(wanted, TAUGHT, async (ids) => await bench.http.eachItem(PATH, ids)),
		expert: async (bench) => await all(bench.http.batches(PATH, wanted)),
		bare: async (bench) => await all(bench.bare.batches(PATH, wanted)),
		bareKeepAlive: async (bench) => await all(bench.bareKeepAlive.batches(PATH, wanted)),
	},
	limited: {
		node: async (bench) => await byNode(bench, bench.limitedCredential),
		taught: async (bench) =>
			await shareOf(wanted, TAUGHT, async (ids) => await bench.http.eachItem(PATH, ids, { batch: BATCH })),
		expert: async (bench) => await all(bench.http.batches(PATH, wanted, { batch: BATCH })),
	},
	notes: [
		'The node returns the partners in the order of the incoming items, and pairs each with its item. Every run checks this. The expert and the bare loops return them in the order of each batch, and pair nothing.',
		`As taught: the benchmark sends ${TAUGHT} of the single requests and extrapolates the rest.`,
		'The bare loop sends sixteen batches side by side, as the node does. So there is no wider form.',
	],
};
