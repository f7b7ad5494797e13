import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import {
	adviceOf,
	openClientWithoutItems,
	type Problem,
	problemIn,
	ProcountorError,
	messageOf,
	untilAborted,
} from '../api';
import { nodeError } from '../n8n/nodeError';
import { explainFaults } from '../labels/explainFaults';
import { companyOf, keepCompany } from './companies';
import { filesWanted, itemsOf, wholeLoader, type Tick } from './items';
import { newest } from './manual';
import { enter, leave } from './overlap';
import { limitOf, occasionOf, type Occasion } from './registration';
import { Responder } from './responder';
import { accountOf, eventOf, settingsOf } from './settings';
import { poll, readSession, readState, type Company } from './state';
import type { Step } from './step';

/** Of the time that n8n gives a poll, so much may go into scanning; the rest is for details and handing over. */
const SCANNING = 0.5;
/** And never longer than this, in milliseconds: with its last request a scan then takes five minutes at most, which times.ts counts on. */
const LONGEST_SCAN = 120_000;
/** After this time a poll fails, so that the next one can begin; in milliseconds. */
const LONGEST_POLL = 15 * 60_000;
/** n8n 2.41 abandons a registration after 84 s, and n8n starts one workflow after the other: an outage must not hold that up. */
const LONGEST_REGISTRATION = 45_000;

/**
 * Runs one poll of the trigger: returns the new items, or null. By hand, it returns the newest record and does not
 * change the memory.
 */
export async function tick(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const occasion = context.getMode() === 'manual' ? 'test' : occasionOf(context);
	try {
		if (occasion === 'test') return [await inTime(LONGEST_POLL, async (deadline) => await show(context, deadline))];
		const name = `${context.getWorkflow().id} ${context.getNode().id}`;
		if (!enter(name)) return null;
		try {
			const items = await inTime(timeFor(context, occasion), async (deadline) => await advance(context, deadline));
			return items && [items];
		} finally {
			leave(name);
		}
	} catch (error) {
		const problem = problemIn(error);
		if (occasion === 'activation' || occasion === 'start') return failedRegistration(context, occasion, problem);
		throw nodeError(context.getNode(), problem);
	}
}

function timeFor(context: IPollFunctions, occasion: Occasion): number {
	return occasion === 'schedule' ? Math.min(LONGEST_POLL, limitOf(context) ?? Infinity) : LONGEST_REGISTRATION;
}

/**
 * If a registration's poll throws, n8n does not start the schedule and gives up after a few tries. So a failure that may pass is
 * left to the next poll, which fails visibly if it has not passed. At a start of n8n nobody reads the reason, so all are left to it.
 */
function failedRegistration(context: IPollFunctions, occasion: Occasion, problem: Problem): null {
	// n8n shows the message of a failed activation alone.
	const message = [messageOf(problem), adviceOf(problem)].filter((part) => part !== '').join('. ');
	const node = context.getNode();
	if (occasion === 'activation' && !problem.temporary)
		throw nodeError(node, { message: message, status: problem.status });
	context.logger.warn(`${node.name}: The first poll failed; the next one runs on schedule. ${message}`);
	return null;
}

/** Lets a poll work until a deadline; after it, nothing more is sent, and nothing is remembered. */
async function inTime<T>(milliseconds: number, work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
	const deadline = AbortSignal.timeout(milliseconds);
	const tooLate = new ProcountorError({
		message: `The poll took longer than ${milliseconds / 1000} seconds and was stopped`,
		advice:
			'Nothing is lost: the next poll continues from the same place. If this happens again, download fewer files, and check how fast Procountor and the network are.',
		temporary: true,
	});
	return await untilAborted(deadline, work(deadline), tooLate);
}

async function open(context: IPollFunctions, deadline: AbortSignal, files: string[]): Promise<Tick> {
	const event = eventOf(context);
	const { client, credential } = await openClientWithoutItems(
		context,
		context.getNodeParameter('authentication'),
		explainFaults,
	);
	deadline.addEventListener('abort', () => client.close(), { once: true });
	return {
		context,
		client,
		event,
		settings: settingsOf(context, event, accountOf(client.address.host, credential), files.length > 0),
		files,
		whole: wholeLoader(context, event, files),
	};
}

async function advance(context: IPollFunctions, deadline: AbortSignal): Promise<INodeExecutionData[] | null> {
	const tick = await open(context, deadline, filesWanted(context));
	const memory = context.getWorkflowStaticData('node');
	const { found, state, notes } = await played(poll(readState(memory.state), tick.settings), new Responder(tick), tick);
	const items = await itemsOf(found, tick, state.company);
	deadline.throwIfAborted();
	for (const { level, text } of notes) context.logger[level](`${context.getNode().name}: ${text}`);
	// Last, and whole: what fails leaves the memory as it was, and n8n notices changes of whole values alone.
	memory.state = state;
	keepCompany(state.account, state.company);
	return items.length ? items : null;
}

/** By hand: no files. Somebody waits, so the company is asked for at the same time as the list. */
async function show(context: IPollFunctions, deadline: AbortSignal): Promise<INodeExecutionData[]> {
	const tick = await open(context, deadline, []);
	const responder = new Responder(tick);
	const company = companyByHand(tick, responder);
	// If the list fails as well, its error is the one that is shown.
	company.catch(() => undefined);
	const found = await played(newest(tick.settings), responder, tick);
	if (found === undefined)
		throw new ProcountorError({
			message: 'There is no record yet that the trigger would react to',
			advice:
				'Create one in Procountor or remove filters, and test again. If there is one, the user may lack the right to see it: run Company: Check Access.',
		});
	return await itemsOf([found], tick, await company);
}

async function companyByHand(tick: Tick, responder: Responder): Promise<Company> {
	const { context, settings } = tick;
	const state = readState(context.getWorkflowStaticData('node').state);
	const known = state?.account === settings.account ? state.company : companyOf(settings.account);
	if (known !== undefined) return known;
	const { company } = await played(readSession(), responder, tick);
	keepCompany(settings.account, company);
	return company;
}

/** Lets a step ask its questions of Procountor. */
async function played<T>(step: Step<T>, responder: Responder, { context }: Tick): Promise<T> {
	const until = performance.now() + Math.min(LONGEST_SCAN, (context.getPollBudgetMs?.() ?? Infinity) * SCANNING);
	let next = step.next();
	while (!next.done) {
		const response = await responder.respond(next.value);
		next = step.next({ ...response, timeIsUp: performance.now() > until });
	}
	return next.value;
}
