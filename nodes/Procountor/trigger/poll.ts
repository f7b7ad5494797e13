import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import {
	bodyObject,
	type Call,
	header,
	loadRecords,
	openWith,
	problemIn,
	ProcountorError,
	readPage,
	type Answer,
} from '../api';
import { nodeError } from '../n8n/nodeError';
import { explainFaults } from '../labels/explainFaults';
import { listOf } from './events';
import { filesWanted, itemsOf, type Tick } from './items';
import { newest } from './manual';
import { enter, leave } from './overlap';
import { accountOf, eventOf, settingsOf } from './settings';
import { poll, readState } from './state';
import type { PollResponse, PollRequest, Step } from './step';

/** Of the time that n8n gives a poll, so much may go into scanning; the rest is for details and handing over. */
const SCANNING = 0.5;
/** And never longer than this, in milliseconds: with its last request a scan then takes five minutes at most, which times.ts counts on. */
const LONGEST_SCAN = 120_000;

/** One tick of the trigger: the items that are new, or null; by hand the newest record, with the memory left alone. */
export async function tick(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await guarded(context, show);
	const name = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (!enter(name)) return null;
	try {
		return await guarded(context, advance);
	} finally {
		leave(name);
	}
}

async function guarded(
	context: IPollFunctions,
	work: (context: IPollFunctions) => Promise<INodeExecutionData[] | null>,
): Promise<INodeExecutionData[][] | null> {
	try {
		const items = await work(context);
		return items && [items];
	} catch (error) {
		throw nodeError(context.getNode(), problemIn(error));
	}
}

async function open(context: IPollFunctions): Promise<Tick> {
	const event = eventOf(context);
	const { client, credential } = await openWith(context, context.getNodeParameter('authentication'), explainFaults);
	const files = filesWanted(context);
	return {
		context,
		client,
		event,
		settings: settingsOf(context, event, accountOf(client.address.host, credential), files.length > 0),
		files,
		requests: 0,
	};
}

async function advance(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const tick = await open(context);
	const memory = context.getWorkflowStaticData('node');
	const { found, state, notes } = await played(poll(readState(memory.state), tick.settings), tick);
	const items = await itemsOf(found, tick, state.company, true);
	for (const { level, text } of notes) context.logger[level](`${context.getNode().name}: ${text}`);
	// Last, and whole: what fails leaves the memory as it was, and n8n notices changes of whole values alone.
	memory.state = state as unknown as IDataObject;
	return items.length ? items : null;
}

/** How many requests a test by hand may take: somebody waits for it. */
const MOST_BY_HAND = 2;

/** By hand: no files, and the company's name only when it is known already. */
async function show(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const tick = await open(context);
	const state = readState(context.getWorkflowStaticData('node').state);
	const company = state?.account === tick.settings.account ? state.company : undefined;
	const found = await played(newest(tick.settings), tick);
	if (found === undefined)
		throw new ProcountorError({
			what: 'There is no record yet that the trigger would react to',
			todo: 'Make one in Procountor, or loosen the filters, and test again. If there should be one, the user of the credential may lack the right to see it: Company: Check Access tells.',
		});
	return await itemsOf([found], { ...tick, files: [] }, company, tick.requests < MOST_BY_HAND);
}

/** Lets a step ask its questions of Procountor. */
async function played<T>(step: Step<T>, tick: Tick): Promise<T> {
	const until = performance.now() + Math.min(LONGEST_SCAN, (tick.context.getPollBudgetMs?.() ?? Infinity) * SCANNING);
	let next = step.next();
	while (!next.done) next = step.next({ ...(await responseTo(next.value, tick)), timeIsUp: performance.now() > until });
	return next.value;
}

async function responseTo(request: PollRequest, tick: Tick): Promise<Omit<PollResponse, 'timeIsUp'>> {
	const { client } = tick;
	const { call, details, rows, about } = listOf(tick.event);
	tick.requests++;
	if (request.ask === 'list') {
		const { query, headers, size } = request;
		const { records, served } = await readPage(client, { call: call as Call, headers, rows, about }, query);
		return { records, last: records.length < Math.min(size, served) };
	}
	if (request.ask === 'records')
		return { records: await loadRecords(client, details as Call, request.ids), last: true };
	const response = await client.request({ call: 'GET /sessioninfo' });
	const session = bodyObject(response);
	return { records: session ? [session] : [], last: true, time: sentAt(response) };
}

/** The server's own time in a response, in milliseconds since 1970; where a proxy has removed it, n8n's. */
function sentAt(response: Answer): number {
	const time = Date.parse(header(response, 'date') ?? '');
	return Number.isNaN(time) ? Date.now() : time;
}
