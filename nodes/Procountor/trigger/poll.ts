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
import { cachedCompany, cacheCompany } from './companies';
import { selectedFileKinds, createItems, recordLoaderFor, type PollContext } from './items';
import { findNewest } from './manual';
import { beginPoll, endPoll } from './overlap';
import { pollLimitMs, occasionOf, type Occasion } from './registration';
import { Responder } from './responder';
import { accountOf, eventOf, settingsOf } from './settings';
import { poll, readSession, readState, type Company } from './state';
import type { Step } from './step';

/** The share of n8n's time limit for a poll that a scan may use. The rest is for details and files. */
const SCAN_SHARE = 0.5;
/** The longest time until a scan sends its last request. The overlap of polls depends on it (times.ts). */
const MAX_SCAN_MS = 120_000;
/** The longest time for a poll. It then fails, so that the next one can begin. */
const POLL_TIMEOUT_MS = 15 * 60_000;
/**
 * The longest time for the poll of a registration. n8n 2.41 gives up after 84 s, and registers one workflow after the
 * other.
 */
const REGISTRATION_TIMEOUT_MS = 45_000;

/**
 * Runs one poll of the trigger: returns the new items, or null. If a user tests the node, it returns the newest record
 * and does not change the memory.
 */
export async function runPoll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const occasion = context.getMode() === 'manual' ? 'test' : occasionOf(context);
	try {
		if (occasion === 'test')
			return [await withDeadline(POLL_TIMEOUT_MS, async (deadline) => await pollManually(context, deadline))];
		const trigger = `${context.getWorkflow().id} ${context.getNode().id}`;
		if (!beginPoll(trigger)) return null;
		try {
			const limitMs = timeoutMs(context, occasion);
			const items = await withDeadline(limitMs, async (deadline) => await pollOnSchedule(context, deadline));
			return items && [items];
		} finally {
			endPoll(trigger);
		}
	} catch (error) {
		const problem = problemIn(error);
		if (occasion === 'activation' || occasion === 'start') return handleFailedRegistration(context, occasion, problem);
		throw nodeError(context.getNode(), problem);
	}
}

function timeoutMs(context: IPollFunctions, occasion: Occasion): number {
	return occasion === 'schedule'
		? Math.min(POLL_TIMEOUT_MS, pollLimitMs(context) ?? Infinity)
		: REGISTRATION_TIMEOUT_MS;
}

/**
 * If a registration's poll throws, n8n does not start the schedule and gives up after a few tries. A temporary failure
 * is therefore only logged; the next poll fails visibly if it persists. When n8n starts, nobody would see an error, so
 * every failure is only logged.
 */
function handleFailedRegistration(context: IPollFunctions, occasion: Occasion, problem: Problem): null {
	// n8n shows only the message of a failed activation, not the description.
	const message = [messageOf(problem), adviceOf(problem)].filter((part) => part !== '').join('. ');
	const node = context.getNode();
	if (occasion === 'activation' && !problem.temporary) throw nodeError(node, { message, status: problem.status });
	context.logger.warn(`${node.name}: The first poll failed; the next one runs on schedule. ${message}`);
	return null;
}

/** Runs a poll with a time limit. After it, the poll sends no more requests and does not change the memory. */
async function withDeadline<T>(limitMs: number, work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
	const deadline = AbortSignal.timeout(limitMs);
	const timeoutError = new ProcountorError({
		message: `The poll took longer than ${limitMs / 1000} seconds and was stopped`,
		advice:
			'Nothing is lost: the next poll continues from the same place. If this happens again, download fewer files, and check how fast Procountor and the network are.',
		temporary: true,
	});
	return await untilAborted(deadline, work(deadline), timeoutError);
}

async function openPoll(context: IPollFunctions, deadline: AbortSignal, fileKinds: string[]): Promise<PollContext> {
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
		settings: settingsOf(context, event, accountOf(client.address.host, credential), fileKinds.length > 0),
		fileKinds,
		recordLoader: recordLoaderFor(context, event, fileKinds),
	};
}

async function pollOnSchedule(context: IPollFunctions, deadline: AbortSignal): Promise<INodeExecutionData[] | null> {
	const pollContext = await openPoll(context, deadline, selectedFileKinds(context));
	const staticData = context.getWorkflowStaticData('node');
	const pollStep = poll(readState(staticData.state), pollContext.settings);
	const { found, state, notes } = await driveStep(pollStep, new Responder(pollContext), pollContext);
	const items = await createItems(found, pollContext, state.company);
	deadline.throwIfAborted();
	for (const { level, text } of notes) context.logger[level](`${context.getNode().name}: ${text}`);
	// Set last, so that a failure leaves it unchanged, and as a new object, because n8n detects only assignments.
	staticData.state = state;
	cacheCompany(state.account, state.company);
	return items.length ? items : null;
}

/** Runs a test, without files. Because a user waits, the company is requested at the same time as the list. */
async function pollManually(context: IPollFunctions, deadline: AbortSignal): Promise<INodeExecutionData[]> {
	const pollContext = await openPoll(context, deadline, []);
	const responder = new Responder(pollContext);
	const company = companyForManualPoll(pollContext, responder);
	// If the list fails as well, its error is the one that is shown.
	company.catch(() => undefined);
	const found = await driveStep(findNewest(pollContext.settings), responder, pollContext);
	if (found === undefined)
		throw new ProcountorError({
			message: 'There is no record yet that the trigger would react to',
			advice:
				'Create one in Procountor or remove filters, and test again. If there is one, the user may lack the right to see it: run Company: Check Access.',
		});
	return await createItems([found], pollContext, await company);
}

async function companyForManualPoll(pollContext: PollContext, responder: Responder): Promise<Company> {
	const { context, settings } = pollContext;
	const state = readState(context.getWorkflowStaticData('node').state);
	const known = state?.account === settings.account ? state.company : cachedCompany(settings.account);
	if (known !== undefined) return known;
	const { company } = await driveStep(readSession(), responder, pollContext);
	cacheCompany(settings.account, company);
	return company;
}

/** Runs a step: sends each request that it yields and passes the response back. */
async function driveStep<T>(step: Step<T>, responder: Responder, { context }: PollContext): Promise<T> {
	const scanMs = Math.min(MAX_SCAN_MS, (context.getPollBudgetMs?.() ?? Infinity) * SCAN_SHARE);
	const scanEnd = performance.now() + scanMs;
	let next = step.next();
	while (!next.done) {
		const response = await responder.respond(next.value);
		next = step.next({ ...response, timeIsUp: performance.now() > scanEnd });
	}
	return next.value;
}
