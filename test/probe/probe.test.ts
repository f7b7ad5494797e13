import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from '../../scripts/probe/connection';
import { facts } from '../../scripts/probe/facts';
import { Pace, requestsPerMinute } from '../../scripts/probe/pace';
import { NOT_ASKED } from '../../scripts/probe/notAsked';
import { factList } from '../../scripts/probe/report';
import { checkWrites, type Outcome } from '../../scripts/probe/run';
import { contractFile } from '../../scripts/probe/contradictions';
import { DEMO, type Sandbox, startSandbox } from '../sandbox';
import { readAnswers } from '../sandbox/answers';
import { openFacts, switchTable } from '../sandbox/switches';
import { changesOf, credentials, JumpingClock, probeSandbox, proveSeed, registersOf, resetWith } from './proof';

let sandbox: Sandbox;
const clock = new JumpingClock();

beforeAll(async () => {
	sandbox = await startSandbox({ checkAnswers: true, limitClock: clock.now });
});
beforeEach(() => resetWith(sandbox, {}));
afterAll(() => sandbox.close());

const folderOf = () => mkdtempSync(join(tmpdir(), 'probe-'));

describe('Probe', () => {
	it.each([1, 2, 3])('finds every switch of seed %i and reports everything that it leaves behind', async (seed) => {
		const { problems } = await proveSeed(sandbox, seed, clock);
		expect(problems).toEqual([]);
	});

	it('checks every switch of the sandbox, or states why it does not', () => {
		const asked = [...facts.map(({ name }) => name), ...Object.keys(NOT_ASKED)];
		expect(asked.sort()).toEqual(Object.keys(switchTable).sort());
	});

	it('lists every numbered fact with its question, or with the reason for having none', () => {
		const rows = factList().trim().split('\n').slice(2);
		expect(rows.map((row) => Number(row.split(' | ')[0].slice(2)))).toEqual(
			[...Object.values(switchTable), ...openFacts].map(({ no }) => no),
		);
		for (const row of rows) expect(row).toMatch(/ \| ([^|]+\? \((reads|--[a-z -]+)\)|not asked: [^|]{20,}) \|$/);
	});

	it('only reads without --write and --confirm, and reports which option the other facts need', async () => {
		const before = registersOf(sandbox);
		const { outcome } = await probeSandbox(sandbox, { writes: false, person: undefined, receiver: undefined });
		expect(changesOf(before, registersOf(sandbox))).toEqual([]);
		const methods = new Set(
			sandbox.journal.entries.map(({ method, contractPath }) => `${method} ${contractPath?.split('/')[1]}`),
		);
		expect([...methods].filter((call) => !/^(GET|POST (oauth|reports))/.test(call))).toEqual([]);
		const reasons = facts.filter(({ need }) => need !== 'read');
		for (const { name, need } of reasons)
			expect([name, outcome.findings[name]]).toEqual([
				name,
				{ cannotTell: need === 'login' ? 'needs --confirm' : 'needs --write' },
			]);
		const untold = facts.filter(({ name, need }) => need === 'read' && !('value' in outcome.findings[name]));
		expect(untold).toEqual([]);
	});

	it('refuses to write outside the test environment and this machine', () => {
		expect(() => checkWrites('pts-api.procountor.com')).not.toThrow();
		expect(() => checkWrites('127.0.0.1')).not.toThrow();
		for (const host of ['api.procountor.com', 'procountor.com', 'pts-api.procountor.com.example.com'])
			expect(() => checkWrites(host)).toThrow('--write is allowed in the test environment');
	});

	it('sends nothing when it refuses to write', async () => {
		const before = Connection.sent;
		const run = probeSandbox(sandbox, { baseUrl: 'https://api.procountor.com/api' });
		await expect(run).rejects.toThrow('--write is allowed');
		expect(Connection.sent).toBe(before);
	});

	it('says how to continue an interrupted run, and continues where it stopped', async () => {
		const folder = folderOf();
		try {
			const stop = { requested: false };
			const asked: string[] = [];
			const progress = {
				asking: ({ name }: { name: string }) => {
					asked.push(name);
					if (name === 'negativeRowsRefused') stop.requested = true;
				},
				answered: () => undefined,
				cleaningUp: () => undefined,
			};
			const first = await probeSandbox(sandbox, { folder, stop, progress });
			expect(first.outcome.interrupted).toBe(true);
			expect(first.files['report.md']).toContain('Run the same command again to go on.');
			expect(first.outcome.findings.receiptRowOrder).toEqual({ value: 'asRows' });
			expect(first.outcome.left).toContainEqual(expect.objectContaining({ kind: 'invoice', state: 'invalidated' }));
			asked.length = 0;
			stop.requested = false;
			progress.asking = ({ name }) => asked.push(name);
			const second = await probeSandbox(sandbox, { folder, stop, progress });
			expect(asked).not.toContain('receiptRowOrder');
			expect(asked[0]).toBe('negativeRowsRefused');
			expect(second.outcome.interrupted).toBe(false);
			expect(Object.keys(second.outcome.findings)).toHaveLength(facts.length);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it('cleans up the records of a killed run in the next run', async () => {
		const folder = folderOf();
		try {
			let killed = false;
			const progress = {
				asking: ({ name }: { name: string }) => {
					if (name === 'negativeRowsRefused' && !killed) {
						killed = true;
						throw new Error('killed');
					}
				},
				answered: () => undefined,
				cleaningUp: () => {
					if (killed) throw new Error('killed');
				},
			};
			await expect(probeSandbox(sandbox, { folder, progress })).rejects.toThrow('killed');
			const saved = JSON.parse(readFileSync(join(folder, 'progress.json'), 'utf8'));
			expect(saved.made).toContainEqual({ kind: 'invoice', id: expect.any(String) });
			const { outcome } = await probeSandbox(sandbox, { folder });
			expect(outcome.left.filter(({ state }) => state === undefined)).toEqual([]);
			expect(outcome.left).toContainEqual(expect.objectContaining({ id: saved.made[0].id, state: 'invalidated' }));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it('lets a person log in if there is no API key', async () => {
		const { outcome } = await probeSandbox(sandbox, {
			credentials: { ...credentials, apiKey: undefined },
			limitedApiKey: undefined,
			writes: false,
		});
		expect(outcome.findings.refreshTokenRotates).toEqual({ value: false });
		expect(outcome.findings.totalCount).toEqual({ value: 'exact', evidence: 'counted' });
	});

	it('waits as long as Retry-After asks for after a 429, then repeats the request', async () => {
		sandbox.faults.add({ kind: 'tooManyRequests', retryAfter: 7, path: '/status', times: 1 });
		const { journal } = sandbox;
		const waits: Array<{ ms: number; after?: number; requests: number }> = [];
		const recording = {
			now: clock.now,
			wait: async (ms: number) => {
				// The pace of this run spaces requests by less than a millisecond.
				if (ms >= 1) waits.push({ ms, after: journal.entries.at(-1)?.status, requests: journal.entries.length });
				await clock.wait(ms);
			},
		};
		const { outcome } = await probeSandbox(sandbox, { writes: false, person: undefined, clock: recording });
		expect(waits).toEqual([{ ms: expect.closeTo(7000, 3), after: 429, requests: expect.any(Number) }]);
		const [before, repeated] = journal.entries.slice(waits[0].requests - 1);
		expect([before, repeated].map(({ path, status }) => [path, status])).toEqual([
			['/api/status', 429],
			['/api/status', 200],
		]);
		expect(outcome.findings.bareApiServes).toMatchObject({ value: 'latest' });
	});
});

describe('Pace of the probe', () => {
	it('spaces requests evenly and honours a pause', async () => {
		let now = 0;
		const pace = new Pace(
			1500,
			async (ms) => void (now += ms),
			() => now,
		);
		const sentAt: number[] = [];
		for (let count = 0; count < 4; count++) {
			await pace.turn();
			sentAt.push(now);
			if (count === 2) pace.pause(10_000);
		}
		expect(sentAt).toEqual([0, 1500, 3000, 13_000]);
	});

	it('stays well below the known limits', () => {
		expect(requestsPerMinute('pts-api.procountor.com')).toBeLessThanOrEqual(45);
		expect(requestsPerMinute('api.procountor.com')).toBeLessThanOrEqual(360);
	});
});

describe('Output of the probe', () => {
	/** The sandbox shows the parts of a collective bank statement event, which the contract does not have. */
	const PARTS = 'GET /bankstatements extra results.*.events.*.event: unknown to the contract';
	const told = ({ contradictions }: Outcome) =>
		contradictions.map(({ call, kind, field, detail }) => `${call} ${kind} ${field}: ${detail}`);

	/** Every text of the sandbox's company that is not a constant of the API, and every secret. */
	function dataOfTheCompany(): string[] {
		const constants = new Set<string>();
		const texts = new Set<string>(Object.values(DEMO.keys));
		const walk = (value: unknown, add: (text: string) => void): void => {
			if (typeof value === 'string') add(value);
			else if (Buffer.isBuffer(value)) return;
			else if (typeof value === 'object' && value !== null) Object.values(value).forEach((one) => walk(one, add));
		};
		walk(JSON.parse(readFileSync(contractFile, 'utf8')), (text) => constants.add(text));
		for (const company of sandbox.world.companies.values()) {
			texts.add(company.name);
			for (const register of company.allRegisters())
				for (const { record } of register.all()) walk(record, (text) => texts.add(text));
			for (const user of company.users.values()) walk({ ...user, rights: undefined }, (text) => texts.add(text));
			walk(
				company.fact('company', () => ({})),
				(text) => texts.add(text),
			);
		}
		texts.add(DEMO.client.secret).add(DEMO.client.id);
		return [...texts].filter((text) => text.length >= 4 && !constants.has(text) && !/^PROBE-|^Probe$/.test(text));
	}

	it('contains no data of the company and no secret', async () => {
		const before = dataOfTheCompany();
		expect(before.length).toBeGreaterThan(300);
		const lines: string[] = [];
		const progress = {
			asking: (fact: object) => lines.push(JSON.stringify(fact)),
			answered: (fact: object, finding: object) => lines.push(JSON.stringify([fact, finding])),
			cleaningUp: () => undefined,
		};
		const { outcome, files } = await probeSandbox(sandbox, { progress });
		const own = new Set(outcome.left.map(({ id }) => id));
		const output = [...Object.values(files), ...lines].join('\n');
		const secrets = sandbox.journal.entries.map(({ headers }) => headers.authorization ?? '').filter(Boolean);
		expect(secrets.length).toBeGreaterThan(50);
		const days = /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/;
		/** Whether the output contains the text as a whole word: 2000 does not match in the ID 200081. */
		const occurs = (text: string) => {
			for (let at = output.indexOf(text); at >= 0; at = output.indexOf(text, at + 1))
				if (!/\w/.test(output.charAt(at - 1)) && !/\w/.test(output.charAt(at + text.length))) return true;
			return false;
		};
		const leaked = [...new Set([...before, ...dataOfTheCompany()])].filter(
			(text) => !own.has(text) && !days.test(text) && occurs(text),
		);
		expect(leaked).toEqual([]);
	});

	it('lists where responses contradict the contract, without their values', async () => {
		sandbox.state.options.checkAnswers = false;
		try {
			const [product] = sandbox.world.company(DEMO.companyId).registerByName('products')?.all() ?? [];
			sandbox.backdoor.change('products', product.id, {
				surprise: 'Salainen',
				price: undefined,
				discount: 'Salainen',
				currency: 'Salainen',
			});
			const invoice = sandbox.backdoor.addInvoice();
			sandbox.backdoor.change('invoices', invoice.id, { status: 'WAITING_FOR_MOON' });
			const { outcome, files } = await probeSandbox(sandbox, { writes: false, person: undefined });
			expect(told(outcome)).toEqual([
				PARTS,
				'GET /invoices enumeration results.*.status: new value WAITING_FOR_MOON',
				'GET /ledgerreceipts enumeration results.*.status: new value WAITING_FOR_MOON',
				'GET /products enumeration results.*.currency: a value that the contract does not list (string, not shown)',
				'GET /products extra results.*.surprise: unknown to the contract',
				'GET /products missing results.*.price: required by the contract',
				'GET /products type results.*.discount: number expected, string received',
			]);
			expect(files['report.md']).toContain('`results.*.surprise`');
			expect(Object.values(files).join()).not.toContain('Salainen');
		} finally {
			sandbox.state.options.checkAnswers = true;
		}
	});

	it('lists only the known contradiction of the sandbox', async () => {
		const { outcome } = await probeSandbox(sandbox);
		expect(told(outcome)).toEqual([PARTS]);
		expect(outcome.compared).toBeGreaterThan(35);
	});
});

describe('Answers of the probe', () => {
	it('set the switches of the sandbox', async () => {
		const folder = folderOf();
		try {
			resetWith(sandbox, { totalCount: 'absent', timesUtc: true, receiptRowOrder: 'reversed' });
			await probeSandbox(sandbox, { folder });
			const answers = readAnswers(join(folder, 'answers.json'));
			const told = await startSandbox({ switches: answers });
			try {
				expect(told.switches).toEqual({ ...sandbox.switches, refreshTokenLimit: true });
			} finally {
				await told.close();
			}
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
