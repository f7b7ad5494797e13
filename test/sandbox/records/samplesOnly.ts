import type { Contract } from '../http/contract';
import type { Call, Handler } from './handler';
import { sampleAnswer } from './sample';

/**
 * Handlers for a run through the whole contract: every operation answers with data of its schema's form, nothing is kept, and
 * lists say that a page holds one record, so that whoever reads them to the end asks for a second page.
 */
export function samplesOnly(contract: Contract): Map<string, Handler> {
	return new Map(contract.operations.map(({ operationId }) => [operationId, sampleInOnePage]));
}

async function sampleInOnePage(call: Call) {
	const answer = await sampleAnswer(call);
	return answer.json === undefined ? answer : { ...answer, json: withIds(onePage(answer.json)) };
}

function onePage(json: unknown): unknown {
	if (typeof json !== 'object' || json === null || !('results' in json) || !('meta' in json)) return json;
	return { ...json, meta: { ...(json.meta as object), pageSize: 1 } };
}

/** The sampler's ids are 0, which no record has. */
function withIds(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withIds);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, inner === 0 && /id$/i.test(name) ? 1 : withIds(inner)]),
	);
}
