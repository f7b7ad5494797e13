import { sample } from 'openapi-sampler';

import type { Contract, Schema } from '../http/contract';
import { type Answer, type Call, type Handler, noContent, ok, file } from './handler';

/** The smallest PNG there is: one grey pixel. */
export const ONE_PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
	'base64',
);

/**
 * Answers an operation that no family of records handles yet: data of the schema's form, with what was sent
 * put over it where request and answer are of one kind. Lists have one record on their first page and no more after it.
 */
export const sampleAnswer: Handler = (call: Call): Answer => {
	const [status, good] = Object.entries(call.operation.responses).find(([code]) => code.startsWith('2')) ?? ['204', {}];
	const types = Object.keys(good.content ?? {});
	if (status === '204' || types.length === 0) return noContent();
	if (types[0] === 'multipart/mixed') {
		return file(
			{ name: 'sample.png', referenceType: 'INVOICE', referenceId: 1, sendWithInvoice: false },
			ONE_PIXEL,
			'image/png',
			'sample.png',
			call.switches,
		);
	}
	if (types[0] === 'application/octet-stream')
		return { status: 200, raw: { type: types[0], bytes: Buffer.from('#FLAGGA 0\n') } };
	const schema = call.contract.answerSchema(call.operation);
	if (!schema) return ok({});
	const requested = call.operation.requestBody?.content['application/json']?.schema;
	let value = sampleOf(call.contract, schema);
	if (requested?.$ref !== undefined && requested.$ref === schema.$ref)
		value = { ...(value as object), ...(call.body as object) };
	const ids = call.operation['x-batch']
		? [...new Set(Object.values(call.params)[0].split(',').map(Number))].sort((a, b) => a - b)
		: [];
	if (ids.length > 1) return ok(ids.map((id) => ({ ...(value as object), id })));
	return { status: Number(status), json: withPage(call, withId(call, value)) };
};

/** A value of a schema's form, with times in the API's own writing. */
export function sampleOf(contract: Contract, schema: Schema): unknown {
	const value = sample(schema as object, { quiet: true, maxSampleDepth: 12 }, contract.document);
	return mended(contract, schema, value);
}

/** What texts of samples are by their names: an account, and a business ID. */
const BY_NAME: Record<string, string> = { iban: 'FI2112345600000785', identifier: '1234567-1' };

/** The sampler writes times with a zone, and knows neither URLs, IBANs nor business IDs: corrects all of them. */
function mended(contract: Contract, schema: Schema, value: unknown): unknown {
	const real = contract.resolve(schema);
	if (real.oneOf) return mended(contract, real.oneOf[0], value);
	if (real.format === 'date-time') return '2026-09-01T12:00:00';
	if (real.format === 'url') return 'https://example.com/hook';
	if (Array.isArray(value)) return value.map((item) => mended(contract, real.items ?? {}, item));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			Object.hasOwn(BY_NAME, key) && typeof inner === 'string'
				? BY_NAME[key]
				: mended(contract, real.properties?.[key] ?? {}, inner),
		]),
	);
}

function withId(call: Call, value: unknown): unknown {
	const last = Object.values(call.params).pop();
	if (!last || !/^\d+$/.test(last) || value === null || typeof value !== 'object' || !('id' in value)) return value;
	return { ...value, id: Number(last) };
}

function withPage(call: Call, value: unknown): unknown {
	if (value === null || typeof value !== 'object' || !('results' in value) || !('meta' in value)) return value;
	const page = Number(call.query.page ?? 0);
	const beyond = page > 0 || Number(call.query.previousId ?? 0) > 0;
	const results = beyond ? [] : value.results;
	return {
		results,
		meta: { pageNumber: page, pageSize: Number(call.query.size ?? 50), resultCount: beyond ? 0 : 1, totalCount: 1 },
	};
}
