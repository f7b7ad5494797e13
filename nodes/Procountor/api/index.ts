/** The API client's public interface. Other folders import only from here. */
export type { Client, Context, CredentialType, OptionsOf } from './client';
export {
	allCalls,
	callInfo,
	isRequiredAt,
	resolve,
	schemaAt,
	schemaNamed,
	type BodyOf,
	type Call,
	type CallInfo,
	type CallOf,
	type QueryOf,
	type RecordOf,
	type ResponseOf,
	type Schema,
} from './contract';
export type * from './contract/schemas';
export { openClient, openClientWithoutItems } from './credential';
export { untilAborted } from './deadline';
export type { ExplainFaults } from './errorMessages';
export { adviceOf, InputError, problemIn, ProcountorError, messageOf, type Problem } from './errors';
export type { NamedFault } from './faults';
export { Execution } from './execution';
export { parseJson } from './json';
export { isLastPage } from './listEnd';
export { fileNameFromDisposition, partJson, type Part, parseMultipart, safeFileName } from './multipart';
export { PAGE_SIZE, pagingOf, type Listing } from './listing';
export { collectPages, inOrder, pageAt, pages, pipelined } from './pagination';
export { readInParallel } from './readInParallel';
export { readPage, recordsIn } from './readPage';
export { loadRecords, RecordLoader } from './recordLoader';
export { splitCall, type Query, type QueryValue, type RepeatedValues, type Request } from './request';
export { isOutcomeUnknown, writeOrFind } from './unknownOutcome';
export { bodyWithStatus, header, isResponse, type Response, type Outcome } from './response';
