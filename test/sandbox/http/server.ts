import formbody from '@fastify/formbody';
import multipart, { type Multipart } from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { badRequest, Refusal } from '../errors';
import { handlersOf } from '../records';
import type { Answer, Call, Handler, UploadedFile } from '../records/handler';
import { samplesOnly } from '../records/samplesOnly';
import { registerPage } from '../page/page';
import type { SandboxState } from '../state';
import type { Switches } from '../switches';
import { registerAdmin } from './admin';
import { TokenRefusal } from './auth';
import type { Operation } from './contract';
import type { Fault } from './faults';
import { headersOfInterest, type JournalEntry, redact } from './journal';
import { registerLoginPages } from './pages';

const BASE = /^\/(api|latest\/api|supported\/api|v\d{4}\/api)(?=\/)/;
const FORM = 'application/x-www-form-urlencoded';

/** What the server keeps about a request while it is under way. */
interface Underway {
	base: string;
	entry: JournalEntry;
	faults: Fault[];
	operation?: Operation;
}

/** The sandbox's HTTP: base paths, faults, login, the contract's checks, handlers, answers. */
export class Server {
	readonly app: FastifyInstance;
	private readonly underway = new WeakMap<FastifyRequest, Underway>();

	private constructor(private readonly state: SandboxState) {
		this.app = fastify({
			exposeHeadRoutes: false,
			bodyLimit: 16_000_000,
			forceCloseConnections: true,
			routerOptions: { maxParamLength: 10_000 },
			rewriteUrl: (request) => this.routeOf(request.url ?? '/'),
		});
	}

	/** The path that has a route: without the version, and by switch without a trailing slash. */
	private routeOf(url: string): string {
		const [path, ...query] = url.replace(BASE, '/api').split('?');
		const slash = path.startsWith('/api/') && this.state.switches.trailingSlash === 'accepted';
		return [slash ? path.replace(/(?<=.)\/$/, '') : path, ...query].join('?');
	}

	static async start(state: SandboxState): Promise<Server> {
		const server = new Server(state);
		await server.register();
		await server.app.listen({ host: '127.0.0.1', port: state.options.port ?? 0 });
		return server;
	}

	private async register(): Promise<void> {
		const { app, state } = this;
		await app.register(formbody);
		await app.register(multipart, { attachFieldsToBody: false, limits: { fileSize: 16_000_000 } });
		app.removeContentTypeParser(['application/json', 'text/plain']);
		app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, next) => {
			try {
				next(null, parseJson(bytes as Buffer));
			} catch {
				next(badRequest('Request body is not valid JSON.'), undefined);
			}
		});
		app.addHook('onRequest', (request, reply) => this.receive(request, reply));
		app.addHook('onSend', async ({ raw }) => await restOf(raw));
		app.addHook('onResponse', async (request, reply) => {
			const seen = this.underway.get(request);
			if (seen) seen.entry.status = reply.statusCode;
		});
		app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => this.refuse(error, request, reply));
		app.setNotFoundHandler((request, reply) => this.refuse(new Refusal(404, 'Resource not found.'), request, reply));
		const handlers = state.options.samplesOnly ? samplesOnly(state.contract) : handlersOf(state.contract);
		for (const operation of state.contract.operations) {
			const path = `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
			const handler = handlers.get(operation.operationId);
			for (const url of operation['x-public'] ? [path, `${path}/`] : [path]) {
				app.route({
					method: operation.method as 'GET',
					url,
					config: { operationId: operation.operationId },
					handler: (request, reply) => this.serve(operation, handler, request, reply),
				});
			}
		}
		registerAdmin(app, state);
		registerPage(app, state);
		registerLoginPages(app, state);
	}

	/** Writes the request into the journal, and lets the faults strike that need no handler. */
	private async receive(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const url = new URL(request.originalUrl, 'http://sandbox');
		const base = BASE.exec(url.pathname)?.[0];
		if (!base) return;
		const { state } = this;
		const operationId = (request.routeOptions.config as { operationId?: string }).operationId;
		const operation = operationId === undefined ? undefined : state.contract.operation(operationId);
		const entry = state.journal.add({
			method: request.method,
			path: url.pathname,
			base,
			contractPath: operation?.path,
			operationId,
			query: redact(
				Object.fromEntries(
					[...new Set(url.searchParams.keys())].map((name) => [name, single(url.searchParams.getAll(name))]),
				),
			),
			headers: headersOfInterest(request.headers),
			valid: false,
		});
		const version = base.split('/')[1];
		const faults = state.faults.strike(request.method, url.pathname.slice(base.length), operation?.path);
		this.underway.set(request, { base, entry, faults, operation });
		if (faults.length) entry.fault = faults.map(({ kind }) => kind).join(', ');
		void reply.header('date', new Date(state.clock.now()).toUTCString());
		const limit = state.faults.exceeded(state.switches);
		if (limit) {
			const status = state.switches.limitAnswer === 'unavailable' ? 503 : 429;
			return reply.headers(retryAfter(limit.retryAfter)).code(status).send(errors(status, 'Too many requests.'));
		}
		for (const fault of faults) if (await strike(fault, request, reply)) return reply;
		const slash = url.pathname.endsWith('/') && !operation?.['x-public'];
		if (slash && state.switches.trailingSlash === 'refused') throw new Refusal(404, 'Resource not found.');
		if (version.startsWith('v')) return this.checkVersion(version, reply);
	}

	/** Refuses a version that the API never had with 404, and a closed one as the switch says (docs/procountor.md#versions). */
	private checkVersion(version: string, reply: FastifyReply): FastifyReply | undefined {
		const closes = this.state.versions[version];
		if (closes === undefined) throw new Refusal(404, 'API version not found.');
		if (this.state.clock.today() < closes) return undefined;
		const { closedVersionAnswer: answer } = this.state.switches;
		if (answer === 'page') return reply.code(404).type('text/html').send(page(404));
		throw new Refusal(answer, 'API version is no longer supported.');
	}

	private async serve(
		operation: Operation,
		handler: Handler | undefined,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<unknown> {
		const seen = this.underway.get(request);
		if (!seen || !handler) throw new Refusal(404, 'Resource not found.');
		const { state } = this;
		const session = operation['x-public'] ? undefined : state.auth.session(request.headers.authorization);
		seen.entry.companyId = session?.company.id;
		seen.entry.userId = session?.user.id;
		const params = request.params as Record<string, string>;
		const { body, file } = await readBody(request);
		seen.entry.body = redact(body);
		const { searchParams: search } = new URL(request.originalUrl, 'http://sandbox');
		if (!session && request.headers['content-type'] !== FORM) {
			throw new TokenRefusal(400, 'invalid_request', `Content type must be ${FORM}, without a charset.`);
		}
		const raw = { params, search, headers: request.headers, body };
		const query = state.contract.checkRequest(operation, raw);
		seen.entry.valid = true;
		if (!session) {
			const form = body as Record<string, string>;
			return this.send(
				operation,
				{ status: 200, json: operation.path === '/oauth/key' ? state.auth.key(form) : state.auth.token(form) },
				seen,
				request,
				reply,
			);
		}
		if (request.method !== 'GET') state.clock.tick();
		const call: Call = {
			operation,
			params,
			query,
			file,
			...session,
			base: seen.base,
			headers: request.headers,
			body: file ? (raw.body as { meta?: unknown }).meta : raw.body,
			contract: state.contract,
			world: state.world,
			clock: state.clock,
			switches: state.switches,
		};
		return this.send(operation, await handler(call), seen, request, reply);
	}

	private async send(
		operation: Operation,
		answer: Answer,
		seen: Underway,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<unknown> {
		if (this.state.options.checkAnswers && answer.json !== undefined) {
			const problem = this.state.contract.checkAnswer(
				operation,
				answer.status,
				JSON.parse(JSON.stringify(answer.json)),
			);
			if (problem) throw new Error(`Answer of ${operation.operationId} does not fit the contract: ${problem}`);
		}
		if (seen.faults.some(({ kind }) => kind === 'cutAfter')) {
			seen.entry.status = answer.status;
			return cut(request, reply);
		}
		reply.code(answer.status);
		if (answer.status === 204) return reply.send();
		const bytes = answer.raw?.bytes ?? Buffer.from(JSON.stringify(answer.json));
		reply.header('content-type', answer.raw?.type ?? 'application/json; charset=utf-8');
		const slow = seen.faults.find((fault) => fault.kind === 'slowBody');
		if (slow?.kind === 'slowBody') return this.sendSlowly(bytes, slow.ms, seen, reply);
		return reply.send(bytes);
	}

	/** Sends the head at once and the body in five parts over the given time. */
	private async sendSlowly(bytes: Buffer, ms: number, seen: Underway, reply: FastifyReply): Promise<unknown> {
		seen.entry.status = reply.statusCode;
		reply.hijack();
		reply.raw.writeHead(reply.statusCode, {
			'content-type': String(reply.getHeader('content-type')),
			'content-length': bytes.length,
		});
		reply.raw.flushHeaders();
		for (let part = 0; part < 5 && !reply.raw.destroyed; part++) {
			await wait(ms / 5);
			reply.raw.write(bytes.subarray(Math.ceil((bytes.length * part) / 5), Math.ceil((bytes.length * (part + 1)) / 5)));
		}
		reply.raw.end();
		return reply;
	}

	private refuse(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): unknown {
		const seen = this.underway.get(request);
		if (seen) seen.entry.refusal = error.message;
		if (error instanceof TokenRefusal)
			return reply.code(error.status).send(error.body(this.state.switches.tokenRefusalForm));
		const known =
			error instanceof Refusal
				? error
				: error.statusCode && error.statusCode < 500
					? new Refusal(error.statusCode, error.message)
					: undefined;
		if (known && seen?.operation?.['x-public']) {
			return reply
				.code(known.status)
				.send(
					new TokenRefusal(known.status, 'invalid_request', known.message).body(this.state.switches.tokenRefusalForm),
				);
		}
		if (known) return sendRefusal(reply, known, this.state.switches.refusalForm);
		this.state.problems.push(error.stack ?? error.message);
		return reply.code(500).send(errors(500, `The sandbox itself failed: ${error.message}`));
	}
}

const errors = (status: number, message: string) => ({ errors: [{ status, message }] });
const page = (status: number) => `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;

/** Sends a refusal in the form of the switch (docs/procountor.md#errors). The body of a 401 is documented and always the same. */
function sendRefusal(
	reply: FastifyReply,
	{ status, errors: lines }: Refusal,
	form: Switches['refusalForm'],
): FastifyReply {
	if (status === 401 || form === 'errors') return reply.code(status).send({ errors: lines });
	const reasons = lines.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
	switch (form) {
		case 'constraintViolations':
			return reply
				.code(status)
				.send({ constraintViolations: lines.map(({ field, message }) => ({ errorCode: message, field })) });
		case 'text':
			return reply.code(status).type('text/plain; charset=utf-8').send(reasons.join('\n'));
		case 'strings':
			return reply.code(status).send({ errors: reasons });
		case 'object':
			return reply
				.code(status)
				.send({ errors: Object.fromEntries(lines.map((line) => [line.field ?? 'error', line.message])) });
		case 'status200':
			return reply.code(status === 400 ? 200 : status).send({ errors: lines });
	}
}

const single = (values: string[]) => (values.length === 1 ? values[0] : values);
const retryAfter = (value: string | number | undefined): Record<string, string> =>
	value === undefined ? {} : { 'retry-after': String(value) };

/** UTF-8 that is not UTF-8 is refused, and so is JSON that is none; an empty body is no body. */
function parseJson(bytes: Buffer): unknown {
	if (bytes.length === 0) return undefined;
	return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** The parts of a form. A part of the type application/json without a file name has been parsed already. @throws Refusal 400 */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
	try {
		yield* request.parts();
	} catch (error) {
		if ((error as { code?: string }).code !== 'FST_INVALID_JSON_FIELD_ERROR') throw error;
		throw badRequest('Meta data is not valid JSON.', 'meta');
	}
}

/** What the meta part says: clients send it as JSON with or without a file name, or as a text (docs/procountor.md#attachments). */
function metaOf(value: unknown): unknown {
	if (!Buffer.isBuffer(value) && typeof value !== 'string') return value;
	try {
		return parseJson(Buffer.from(value));
	} catch {
		throw badRequest('Meta data is not valid JSON.', 'meta');
	}
}

async function readBody(request: FastifyRequest): Promise<{ body: unknown; file?: UploadedFile }> {
	const carries =
		Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined;
	if (request.method === 'GET' && carries) throw badRequest('A GET request must not carry a body.');
	if (!carries) return { body: undefined };
	if (!request.isMultipart()) return { body: request.body ?? undefined };
	const body: Record<string, unknown> = {};
	let file: UploadedFile | undefined;
	for await (const part of partsOf(request)) {
		if (part.fieldname === 'meta')
			body.meta = part.type === 'file' ? metaOf(await part.toBuffer()) : metaOf(part.value);
		else if (part.fieldname !== 'file') throw badRequest('Unrecognized part.', part.fieldname);
		else {
			const bytes = part.type === 'file' ? await part.toBuffer() : Buffer.from(String(part.value));
			file = { name: part.type === 'file' ? part.filename : '', mimeType: part.mimetype, bytes };
		}
	}
	if (!file) throw badRequest('File is missing.', 'file');
	return { body, file };
}

function cut(request: FastifyRequest, reply: FastifyReply): unknown {
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}

/** Lets a fault strike; true if the request has got its answer by that. */
async function strike(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
	const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
		void reply.headers(headers).code(status).send(body);
		return true;
	};
	switch (fault.kind) {
		case 'latency':
			await wait(fault.ms);
			return false;
		case 'cutBefore':
			cut(request, reply);
			return true;
		case 'unauthorized':
			return answer(401, errors(401, 'Unauthorized'));
		case 'tooManyRequests':
			return answer(429, errors(429, 'Too many requests.'), retryAfter(fault.retryAfter));
		case 'unavailable':
			return answer(503, errors(503, 'Service unavailable.'), retryAfter(fault.retryAfter));
		case 'badGateway':
		case 'gatewayTimeout':
		case 'htmlError': {
			const status = { badGateway: 502, gatewayTimeout: 504, htmlError: 500 }[fault.kind];
			return answer(status, page(status), { 'content-type': 'text/html' });
		}
		case 'redirect':
			return answer(302, '', { location: fault.location });
		case 'status':
			return answer(fault.status, fault.body ?? errors(fault.status, 'Fault on demand.'));
		default:
			return false;
	}
}

/**
 * Waits until a request has come to its end. Web servers read what a client still sends before they close the connection;
 * otherwise the client meets a broken connection in place of the answer.
 */
async function restOf(request: IncomingMessage): Promise<void> {
	if (request.complete || request.destroyed) return;
	await new Promise<void>((resolve) => {
		request.once('end', resolve);
		request.once('close', resolve);
		request.resume();
	});
}
