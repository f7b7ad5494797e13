import { getEventListeners } from 'node:events';
import { exchange, parseBody, type RequestKind } from '../../../nodes/Procountor/api/exchange';
import { untilAborted } from '../../../nodes/Procountor/api/deadline';

/** A body in chunks that notes when it is destroyed. */
class Body {
	destroyed = 0;

	constructor(private readonly chunks: Iterable<Uint8Array | Promise<never>>) {}

	destroy(): void {
		this.destroyed++;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		try {
			for (const chunk of this.chunks) yield await chunk;
		} finally {
			this.destroyed++;
		}
	}
}

const answered =
	(body: unknown, headers = {}) =>
	async () =>
		await Promise.resolve({ statusCode: 200, headers, body });
const never = new Promise<never>(() => undefined);

/** Starts an exchange with a body, and counts the listeners on the signal of its request. */
function sendBody(body: unknown) {
	const cancel = new AbortController();
	const signals: AbortSignal[] = [];
	const send = async (signal: AbortSignal): Promise<unknown> => {
		signals.push(signal);
		return await answered(body)();
	};
	const outcome = exchange({ kind: 'read', cancel: cancel.signal, send });
	return { cancel, outcome, listeners: () => getEventListeners(signals[0], 'abort').length };
}

describe('Exchange', () => {
	it('reads a body in chunks as JSON or as bytes', async () => {
		const chunks = [Buffer.from('{"a":'), Buffer.from('1}')];
		expect(await exchange({ kind: 'read', send: answered(new Body(chunks)) })).toMatchObject({ body: { a: 1 } });
		expect(await exchange({ kind: 'file', bytes: true, send: answered(new Body(chunks)) })).toMatchObject({
			body: Buffer.from('{"a":1}'),
		});
		expect(await exchange({ kind: 'read', send: answered({ a: 1 }) })).toMatchObject({ body: { a: 1 } });
		expect(await exchange({ kind: 'read', send: answered(null) })).toMatchObject({ body: null });
	});

	it('fails if the body breaks off', async () => {
		const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		const broken = new Body([Buffer.from('{"a":'), Promise.reject(reset)]);
		expect(await exchange({ kind: 'read', send: answered(broken) })).toEqual({ failure: 'lost', reason: 'ECONNRESET' });
	});

	it('accepts a body of 100 MB and rejects a larger one', async () => {
		const chunk = Buffer.alloc(20_000_000, 0x20);
		const whole = new Body([chunk, chunk, chunk, chunk, chunk]);
		expect(await exchange({ kind: 'read', bytes: true, send: answered(whole) })).toMatchObject({ statusCode: 200 });
		const larger = new Body([chunk, chunk, chunk, chunk, chunk, Buffer.from(' ')]);
		expect(await exchange({ kind: 'read', bytes: true, send: answered(larger) })).toEqual({
			failure: 'lost',
			reason: 'the response is larger than 100 MB',
			isFinal: true,
		});
		expect(larger.destroyed).toBeGreaterThan(0);
	});

	it('ends when the execution is canceled, before the response or within its body', async () => {
		const cancelled = { failure: 'cancelled', reason: 'while it was sent' };
		for (const send of [async () => await never, answered(new Body([Buffer.from('{'), never]))]) {
			const cancel = new AbortController();
			const outcome = exchange({ kind: 'read', cancel: cancel.signal, send });
			await new Promise((resolve) => setImmediate(resolve));
			cancel.abort();
			expect(await outcome).toEqual(cancelled);
		}
	});

	it('reports the cancellation also if n8n reports only a closed connection', async () => {
		const cancel = new AbortController();
		const send = async () => {
			cancel.abort();
			return await Promise.reject(Object.assign(new Error('canceled'), { code: 'ECONNRESET' }));
		};
		expect(await exchange({ kind: 'read', cancel: cancel.signal, send })).toMatchObject({ failure: 'cancelled' });
	});

	it('destroys a body that is no longer read', async () => {
		const cancel = new AbortController();
		const body = new Body([Buffer.from('{'), never]);
		const outcome = exchange({ kind: 'read', cancel: cancel.signal, send: answered(body) });
		await new Promise((resolve) => setImmediate(resolve));
		cancel.abort();
		await outcome;
		expect(body.destroyed).toBe(1);
	});

	it.each<[string, () => unknown]>([
		['a body that is read to its end', () => new Body([Buffer.from('{"a":1}')])],
		['a body that breaks off', () => new Body([Buffer.from('{"a":'), Promise.reject(new Error('aborted'))])],
		['a response without a stream', () => ({ a: 1 })],
	])('leaves no listener on the signal after %s', async (_name, bodyOf) => {
		const { listeners, outcome } = sendBody(bodyOf());
		expect(listeners()).toBe(1);
		await outcome;
		expect(listeners()).toBe(0);
	});

	it('leaves no listener on the signal after it is canceled', async () => {
		const { cancel, listeners, outcome } = sendBody(new Body([Buffer.from('{'), never]));
		await new Promise((resolve) => setImmediate(resolve));
		// One ends the wait and one destroys the body.
		expect(listeners()).toBe(2);
		cancel.abort();
		await outcome;
		expect(listeners()).toBe(0);
	});

	describe('Deadline', () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		afterEach(() => {
			AbortSignal.timeout = timeout;
		});

		it.each<[RequestKind, number]>([
			['login', 30],
			['read', 120],
			['write', 180],
			['file', 600],
		])('limits a %s to %d seconds', async (kind, seconds) => {
			const asked: number[] = [];
			AbortSignal.timeout = (milliseconds) => {
				asked.push(milliseconds);
				return timeout(1);
			};
			expect(await exchange({ kind, send: async () => await never })).toEqual({
				failure: 'lost',
				reason: `no complete response within ${seconds} seconds`,
				isFinal: true,
			});
			expect(asked).toEqual([seconds * 1000]);
		});
	});
});

describe('Response body', () => {
	const bytes = Buffer.from('{"a":"ä"}');

	it.each<[string, Buffer, string | undefined, unknown]>([
		['JSON', bytes, 'application/json', { a: 'ä' }],
		['JSON with another type', bytes, 'text/plain', { a: 'ä' }],
		['JSON without a type', bytes, undefined, { a: 'ä' }],
		['text', Buffer.from('no JSON'), 'application/json', 'no JSON'],
		['nothing', Buffer.alloc(0), 'application/json', ''],
		['spaces', Buffer.from(' \n'), 'application/json', ''],
		['JSON in Latin-1', Buffer.from('{"a":"\xe4"}', 'latin1'), 'application/json; charset=ISO-8859-1', { a: 'ä' }],
		[
			'JSON with a quoted charset',
			Buffer.from('{"a":"\xe4"}', 'latin1'),
			'application/json; CHARSET = "windows-1252"',
			{ a: 'ä' },
		],
		['JSON with an unknown charset', bytes, 'application/json; charset=klingon', { a: 'ä' }],
	])('is read from %s', (_name, body, type, expected) => {
		expect(parseBody(body, { 'content-type': type })).toEqual(expected);
	});
});

describe('Wait until a signal', () => {
	const reason = new Error('too late');

	it('returns the result or its failure', async () => {
		const { signal } = new AbortController();
		expect(await untilAborted(signal, Promise.resolve(5), reason)).toBe(5);
		await expect(untilAborted(signal, Promise.reject(new Error('own')), reason)).rejects.toThrow('own');
	});

	it('ends with the reason if the signal fires or has fired', async () => {
		const controller = new AbortController();
		const waits = untilAborted(controller.signal, never, reason);
		controller.abort();
		await expect(waits).rejects.toBe(reason);
		await expect(untilAborted(controller.signal, never, reason)).rejects.toBe(reason);
	});

	it('removes its listener', async () => {
		const { signal } = new AbortController();
		const [added, removed] = [jest.spyOn(signal, 'addEventListener'), jest.spyOn(signal, 'removeEventListener')];
		await untilAborted(signal, Promise.resolve(), reason);
		expect(added.mock.calls).toHaveLength(1);
		expect(removed.mock.calls[0].slice(0, 2)).toEqual(added.mock.calls[0].slice(0, 2));
	});
});
