import { channel } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Bench, Done } from '../bench';
import type { Polled } from '../n8n';
import { details, fill, INVOICES } from './lists';
import { expectThat, idsOf, type Case } from './types';

function trigger(bench: Bench, startFrom: 'everything' | 'now', credential = bench.credential): Polled {
	return bench.n8n.trigger({
		type: 'procountorTrigger',
		parameters: { event: 'invoiceCreated', startFrom, includeDetails: true, simple: false },
		credential,
	});
}

/** Polls until one gives less than a page, so that nothing is left: each invoice once, but for the company's drafts, which the trigger waits for. */
async function backlogged(bench: Bench, credential = bench.credential): Promise<Done> {
	const polled = trigger(bench, 'everything', credential);
	const ids: number[] = [];
	for (let given = Infinity; given >= 200;) {
		const items = await polled.poll();
		ids.push(...idsOf(items.map(({ json }) => json)));
		given = items.length;
	}
	expectThat(new Set(ids).size === ids.length, 'the trigger gave an invoice twice');
	expectThat(ids.length > INVOICES - 10, 'the trigger left invoices out');
	return { items: ids.length };
}

export const backlog: Case = {
	key: 'g',
	name: 'trigger: a backlog of 10,000 invoices with details',
	least: (INVOICES / 200) * 2,
	items: INVOICES,
	prepare: async (bench) => await fill(bench, '/invoices', INVOICES, 86_400 / INVOICES),
	ways: {
		node: backlogged,
		bare: details.ways.bare,
		bareKeepAlive: details.ways.bareKeepAlive,
	},
	limited: { node: async (bench) => await backlogged(bench, bench.limitedCredential) },
	notes: [
		'The invoices were created within one day. Each poll reads 2,000 of the backlog, and here one poll follows the other at once. n8n has nothing comparable. The bare loops only read the list with its details, and remember nothing.',
		'The trigger and the bare loops have the same requests under way: one page, and the details of the page before.',
	],
};

export interface IdlePoll {
	requests: number;
	/** On the wire, both ways, headers too. */
	bytesSent: number;
	bytesReceived: number;
	milliseconds: number;
	/** Records that the company has. */
	records: number;
}

/** A poll that finds nothing new, among 10,000 invoices: what n8n does every minute, all day. */
export async function idlePoll(bench: Bench): Promise<IdlePoll> {
	await bench.sandbox.conditions(0);
	await backlog.prepare(bench);
	const polled = trigger(bench, 'now');
	await polled.poll();
	await polled.poll();
	await bench.sandbox.clearJournal();
	const began = performance.now();
	const { sent, received } = await bytesOf(async () =>
		expectThat((await polled.poll()).length === 0, 'an idle poll gave items'),
	);
	const milliseconds = performance.now() - began;
	const { requests, tokenCalls } = await bench.sandbox.asked();
	return { requests: requests + tokenCalls, bytesSent: sent, bytesReceived: received, milliseconds, records: INVOICES };
}

/** Counts the bytes of all requests that a piece of work makes; n8n opens a connection for each. */
async function bytesOf(work: () => Promise<void>): Promise<{ sent: number; received: number }> {
	const ended: Array<Promise<{ sent: number; received: number }>> = [];
	const onAnswer = (message: unknown): void => {
		const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
		if (request.path.startsWith('/_sandbox')) return;
		const { socket } = response;
		ended.push(
			new Promise((resolve) =>
				response.once('end', () => resolve({ sent: socket.bytesWritten, received: socket.bytesRead })),
			),
		);
	};
	const answers = channel('http.client.response.finish');
	answers.subscribe(onAnswer);
	await work();
	answers.unsubscribe(onAnswer);
	const all = await Promise.all(ended);
	return all.reduce((total, one) => ({ sent: total.sent + one.sent, received: total.received + one.received }), {
		sent: 0,
		received: 0,
	});
}
