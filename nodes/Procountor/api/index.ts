/** The public part of the API client: all that other folders may import from it. */
export type { Client, Context, CredentialType, OptionsOf } from './client';
export {
	allCalls,
	callInfo,
	isRequiredAt,
	resolve,
	schemaAt,
	schemaNamed,
	type Call,
	type CallInfo,
	type CallOf,
	type QueryOf,
	type RecordOf,
	type ResponseOf,
	type Schema,
} from './contract';
export type * from './contract/schemas';
export { openClient, openWith } from './credential';
export { untilAborted } from './deadline';
export type { ExplainFaults } from './errorMessages';
export { adviceOf, InputError, problemIn, ProcountorError, messageOf, type Problem } from './errors';
export type { NamedFault } from './faults';
export { Execution } from './execution';
export { parseJson } from './json';
export { isProvenLast } from './listEnd';
export { fileNameIn, jsonIn, type Part, partsOf, safeFileName } from './multipart';
export {
	collectPages,
	inOrder,
	pageAt,
	pages,
	PAGE_SIZE,
	pagingOf,
	pipelined,
	readPage,
	recordsIn,
	type Listing,
} from './pagination';
export { readInParallel } from './readInParallel';
export { loadRecords, RecordLoader } from './recordLoader';
export { splitCall, type Query, type QueryValue, type RepeatedValues, type Request } from './request';
export { bodyWithStatus, header, isResponse, type Response, type Outcome } from './response';
