import type { Clock } from '../clock';
import type { Contract, Operation, QueryValue } from '../http/contract';
import { multipartMixed, type PartForm } from '../http/multipart';
import type { Switches } from '../switches';
import type { Company, User, World } from '../world/world';

/** A file that came as a part of a multipart body. */
export interface UploadedFile {
	name: string;
	mimeType: string;
	bytes: Buffer;
}

/** One request that has passed routing, login and the contract's checks. */
export interface Call {
	operation: Operation;
	contract: Contract;
	world: World;
	clock: Clock;
	switches: Switches;
	company: Company;
	user: User;
	/** Base path that was used, such as `/v2604/api`. */
	base: string;
	/** Path parameters, decoded. */
	params: Record<string, string>;
	/** Query parameters in the contract's types, without its defaults. */
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string | string[] | undefined>;
	/** JSON body, or the `meta` part of a multipart one. */
	body: unknown;
	file?: UploadedFile;
}

/** What goes back: JSON, or bytes of some type, or nothing. */
export interface Answer {
	status: number;
	json?: unknown;
	raw?: { type: string; bytes: Buffer };
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Handlers of a family of records, by operationId. */
export type Handlers = Record<string, Handler>;

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const done = (message = 'OK'): Answer => ({ status: 200, json: { message } });
export const noContent = (): Answer => ({ status: 204 });
/** A file as multipart/mixed, in the form that the switches say. */
export const file = (meta: unknown, bytes: Buffer, mimeType: string, name: string, form: PartForm): Answer => ({
	status: 200,
	raw: multipartMixed(meta, bytes, mimeType, name, form),
});

/** Path parameter as a number. */
export const idOf = (call: Call, name: string): number => Number(call.params[name]);
