import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { Connection, type Credentials } from './connection';
import { type Contradiction, Contradictions } from './contradictions';
import { defineRecords, facts } from './facts';
import { cannotTell, type Fact, type Finding } from './facts/types';
import { logInWithPerson } from './login';
import { isLoopback, Pace, requestsPerMinute } from './pace';
import type { Person } from './person';
import { Probe } from './probe';
import type { WebhookReceiver } from './receiver';
import { type MadeRecord, MadeRecords } from './records';
import { answersOf, reportOf } from './report';
import { textAt } from './values';

/** Where writing is allowed, besides this machine. Production never is. */
const TEST_HOST = 'pts-api.procountor.com';

export interface RunOptions {
	baseUrl: string;
	credentials: Credentials;
	/** Key of another user of the same company who lacks some rights. */
	limitedApiKey?: string;
	writes?: boolean;
	/** The person who logs in and confirms orders; none without `--confirm`. */
	person?: Person;
	receiver?: WebhookReceiver;
	/** Folder of the report, the answers and the state of an interrupted run. */
	folder: string;
	/** Forgets what earlier runs have found. */
	fresh?: boolean;
	requestsPerMinute?: number;
	/** Waits between events that must not share a second; tests shorten it. */
	pause?: (ms: number) => Promise<void>;
	/** Time by which requests are spaced; tests let it pass at once. */
	clock?: { now: () => number; wait: (ms: number) => Promise<void> };
	/** Told of each question before it is asked and once it is answered. */
	progress?: Progress;
	/** Set to true from outside to stop after the request that is under way. */
	stop?: { requested: boolean };
}

export interface Progress {
	asking(fact: Fact, number: number, total: number): void;
	answered(fact: Fact, finding: Finding): void;
	cleaningUp(records: number): void;
}

export interface Outcome {
	findings: Record<string, Finding>;
	contradictions: Contradiction[];
	/** Records of this and earlier runs that could not be removed. */
	left: MadeRecord[];
	requests: number;
	interrupted: boolean;
	environment: 'production' | 'test' | 'this machine';
	apiVersion: string;
	compared: number;
	mark: string;
}

/** What an interrupted run leaves for the next one. Holds neither secrets nor data of the company. */
interface SavedState {
	host: string;
	mark: string;
	findings: Record<string, Finding>;
	made: MadeRecord[];
	contradictions: Contradiction[];
	compared: string[];
}

class Stopped extends Error {}

/** @throws Error unless writing is allowed on the host */
export function checkWrites(host: string): void {
	if (host === TEST_HOST || isLoopback(host)) return;
	throw new Error(
		`--write is allowed in the test environment (${TEST_HOST}) only, not on ${host}. Leave --write out to read there.`,
	);
}

const environmentOf = (host: string): Outcome['environment'] =>
	isLoopback(host) ? 'this machine' : host === TEST_HOST ? 'test' : 'production';

/**
 * Asks every question that the options allow, removes its records, and writes `report.md` and `answers.json`.
 * @throws Error when writing is not allowed, or the first login fails
 */
export async function runProbe(options: RunOptions): Promise<Outcome> {
	const host = new URL(options.baseUrl).hostname;
	if (options.writes) checkWrites(host);
	const before = Connection.sent;
	const run = new Run(options, host);
	await run.logIn();
	const version = textAt((await run.api.get('/status')).json, 'version') ?? 'unknown';
	const interrupted = await run.askAll();
	const outcome: Outcome = {
		findings: run.state.findings,
		contradictions: run.contradictions.list,
		left: run.records.list,
		requests: Connection.sent - before,
		interrupted,
		environment: environmentOf(host),
		apiVersion: version,
		compared: run.contradictions.compared.size,
		mark: run.state.mark,
	};
	writeFileSync(join(options.folder, 'report.md'), reportOf(outcome));
	writeFileSync(join(options.folder, 'answers.json'), answersOf(outcome));
	return outcome;
}

class Run {
	readonly api: Connection;
	readonly records: MadeRecords;
	readonly contradictions = new Contradictions();
	readonly state: SavedState;
	private readonly file: string;
	private readonly probe: Probe;
	private cleaning = false;

	constructor(
		private readonly options: RunOptions,
		host: string,
	) {
		mkdirSync(options.folder, { recursive: true });
		this.file = join(options.folder, 'progress.json');
		this.state = (options.fresh ? undefined : readState(this.file, host)) ?? {
			host,
			mark: `PROBE-${randomBytes(4).toString('hex')}`,
			findings: {},
			made: [],
			contradictions: [],
			compared: [],
		};
		this.contradictions.restore(this.state.contradictions, this.state.compared);
		this.records = new MadeRecords(() => this.save());
		this.records.restore(this.state.made);
		const clock = options.clock ?? { now: Date.now, wait: (ms: number) => wait(ms) };
		const pace = new Pace(60_000 / (options.requestsPerMinute ?? requestsPerMinute(host)), clock.wait, clock.now);
		const connection = (credentials: Credentials) =>
			new Connection({
				baseUrl: options.baseUrl,
				credentials,
				pace,
				observe: (call, status, json) => this.contradictions.compare(call, status, json),
				checkStop: () => {
					if (options.stop?.requested && !this.cleaning) throw new Stopped();
				},
			});
		this.api = connection(options.credentials);
		this.probe = new Probe({
			api: this.api,
			limited: options.limitedApiKey
				? connection({ ...options.credentials, apiKey: options.limitedApiKey })
				: undefined,
			writes: options.writes ?? false,
			person: options.person,
			receiver: options.receiver,
			records: this.records,
			pause: options.pause ?? ((ms) => wait(ms)),
			mark: this.state.mark,
		});
	}

	/** Logs in with the API key, or with the person's help where there is none. @throws Error when that fails */
	async logIn(): Promise<void> {
		const { credentials, person } = this.options;
		if (credentials.apiKey !== undefined) return this.api.logIn();
		if (!person) throw new Error('Without an API key, a person must log in: add --confirm.');
		const { accessToken } = await this.probe.once('login', () => logInWithPerson(this.api, person));
		this.api.useToken(accessToken);
	}

	/** @returns whether it was interrupted */
	async askAll(): Promise<boolean> {
		let interrupted = false;
		defineRecords(this.probe);
		try {
			for (const [index, fact] of facts.entries()) {
				const known = this.state.findings[fact.name];
				if (known && 'value' in known) continue;
				this.options.progress?.asking(fact, index + 1, facts.length);
				const finding = await this.ask(fact);
				this.state.findings[fact.name] = finding;
				this.save();
				this.options.progress?.answered(fact, finding);
			}
		} catch (error) {
			if (!(error instanceof Stopped)) throw error;
			interrupted = true;
		} finally {
			this.cleaning = true;
			const open = this.records.list.filter(({ state }) => state === undefined);
			if (open.length && this.options.writes) {
				this.options.progress?.cleaningUp(open.length);
				await this.records.cleanUp();
			}
			this.save();
		}
		return interrupted;
	}

	private async ask(fact: Fact): Promise<Finding> {
		const { writes, person } = this.options;
		if (!writes && (fact.need === 'write' || fact.need === 'confirm')) return cannotTell('needs --write');
		if (!person && (fact.need === 'login' || fact.need === 'confirm')) return cannotTell('needs --confirm');
		try {
			return await fact.ask(this.probe);
		} catch (error) {
			if (error instanceof Stopped) throw error;
			return cannotTell(`the question failed: ${error instanceof Error ? error.message : 'unknown error'}`);
		}
	}

	private save(): void {
		this.state.made = this.records.list;
		this.state.contradictions = this.contradictions.list;
		this.state.compared = [...this.contradictions.compared];
		writeFileSync(this.file, `${JSON.stringify(this.state, null, '\t')}\n`);
	}
}

function readState(file: string, host: string): SavedState | undefined {
	try {
		const state = JSON.parse(readFileSync(file, 'utf8')) as SavedState;
		return state.host === host ? state : undefined;
	} catch {
		return undefined;
	}
}
