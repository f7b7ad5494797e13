import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { FaultKind } from '../../sandbox/http/faults';
import type { RunResult } from '../harness';

/** Faults that occur at one write. */
export const faults: Record<string, FaultKind> = {
	'cut after effect': { kind: 'cutAfter' },
	'cut before': { kind: 'cutBefore' },
	500: { kind: 'status', status: 500, body: { errors: [{ status: 500, message: 'SOMETHING' }] } },
	502: { kind: 'badGateway' },
	'504 (time-out)': { kind: 'gatewayTimeout' },
	429: { kind: 'tooManyRequests' },
};

/** Three items with a fault at one of them: how n8n runs them, and the expected requests and failures. */
export interface Mode {
	/** Number of writes before the fault. */
	after: number;
	settings: Partial<INode>;
	retry?: boolean;
	/** Rounds of a loop with one item each, instead of three items in one run. */
	rounds?: boolean;
	/** The fault ends the run, so the third item is not written. */
	ends?: boolean;
}

const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

export const modes: Record<string, Mode> = {
	'Retry On Fail': { after: 1, settings: retrying, ends: true },
	'Retry execution': { after: 1, settings: {}, retry: true, ends: true },
	'Loop Over Items': { after: 1, settings: { ...retrying, onError: 'continueRegularOutput' }, rounds: true },
	Continue: { after: 0, settings: { ...retrying, onError: 'continueRegularOutput' } },
};

/** The file of an item. */
export const file: INodeExecutionData = {
	json: {},
	binary: {
		data: { data: Buffer.from('%PDF-1.4').toString('base64'), mimeType: 'application/pdf', fileName: 'kuitti.pdf' },
	},
};

/** All output items of the node, each with the number of its run. */
export const itemsOf = (result: RunResult): Array<{ run: number; item: INodeExecutionData }> =>
	(result.runData.Procountor ?? []).flatMap(({ data }, run) => (data?.main?.[0] ?? []).map((item) => ({ run, item })));
